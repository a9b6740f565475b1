"""A unit fills in and sends its report; the focal unit returns it with reasons, or accepts it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import DESK, FOLLOWING, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme import services as programme_services
from xulang.programme.enums import AWAITING, EntryKind, Mode, UnitRole
from xulang.programme.models import Entry, ExpectedReport
from xulang.programme.rules import may_confirm
from xulang.programme.selectors.figures import of_programme
from xulang.programme.services.desk import post_among
from xulang.reporting.counting import activities_of
from xulang.reporting.enums import SENDING, WORKING, LineKind, ReportState
from xulang.reporting.errors import (
    BadNumber,
    NotEntered,
    NotOpen,
    NotSeen,
    NotWaiting,
    NotYetBegun,
    SomethingDone,
    Unfinished,
)
from xulang.reporting.models import Content, Figure, FigureKey, LineNote, ReportLine, UnitReport
from xulang.reporting.preparing import Line, Prepared, prepared, until
from xulang.reporting.rules import sourced

_MOST = 2**53  # the largest whole number that every spreadsheet keeps exactly


@transaction.atomic
def save_draft(
    *, report: UnitReport, entered: Mapping[str, int | None], narrative: Mapping[str, str], by: Person, now: dt.datetime
) -> UnitReport:
    """Keeps what the unit typed: figures by indicator (None takes one away), text by heading.

    Raises NotPermitted, NotOpen, NotEntered (a figure that is counted), BadNumber.
    """
    report, _post = _working(report, by, now)
    _keep(report, entered, narrative)
    data = {"figures": sorted(entered), "headings": sorted(narrative)}
    journal.record(by=by, action="unit_report.drafted", subject=report, data=data, now=now)
    return report


@transaction.atomic
def send(*, report: UnitReport, by: Person, now: dt.datetime, seen: bool = False) -> ReportLine:
    """Sends the report as it is prepared now; what was counted is frozen with its receipts.

    `seen`: the person looked at what the check found. Raises NotPermitted, NotOpen, NotYetBegun, Unfinished, NotSeen.
    """
    report, post = _working(report, by, now)
    whole = prepared(report, timezone.localdate(now))
    if must := sum(doubt.must for doubt in whole.doubts):
        raise Unfinished(count=must)
    if whole.doubts and not seen:
        raise NotSeen(count=len(whole.doubts))
    narrative = [
        {
            "heading": part.heading.code,
            "text": part.text.strip(),
            "receipts": [one.receipt for one in part.told],
            "traces": sourced(part.text, [(one.receipt, one.text) for one in part.told]),
        }
        for part in whole.parts
        if part.text.strip()
    ]
    return _sent(report, LineKind.SENT, _figures(whole), narrative, post, by, now)


@transaction.atomic
def nothing_new(*, report: UnitReport, by: Person, now: dt.datetime) -> ReportLine:
    """One click: nothing to report. Every open duty of the period is answered by NIL, and the report is sent.

    Refused where something of the period stands on record or was typed. Raises NotPermitted, NotOpen, NotYetBegun,
    SomethingDone.
    """
    report, post = _working(report, by, now)
    asked, today = report.round, timezone.localdate(now)
    span = (asked.starts, until(report, today))
    done = activities_of([report.unit_id], *span, asked.programme).count()
    mine = ExpectedReport.objects.filter(of_programme(asked.programme), unit_id=report.unit_id)
    told = Entry.objects.filter(
        expected__in=mine, kind__in=[EntryKind.PROGRESS, EntryKind.DONE], on__range=span
    ).count()
    whole = prepared(report, today)
    if count := done + told + _money(whole) + whole.typed:
        raise SomethingDone(count=count)
    owed = mine.filter(
        state__in=AWAITING,
        period_start__lte=today,
        period_end__range=(asked.starts, asked.cut_off),
        assignment__mode=Mode.ORDER,
        assignment__role=UnitRole.LEAD,
    ).exclude(period="date")
    for one in owed.select_related("assignment__task__programme__directive").order_by("due", "id"):
        programme_services.report(assignment=one.assignment, kind=EntryKind.NIL, expected=one, by=by, now=now)
    whole = prepared(report, today)
    return _sent(report, LineKind.NIL, _figures(whole), [], post, by, now)


@transaction.atomic
def return_report(*, report: UnitReport, reason: str, by: Person, now: dt.datetime) -> ReportLine:
    """Gives a report back, with the reason; one that was accepted can still be returned: its figures count no more.

    Raises NotPermitted, ReasonNeeded, NotWaiting.
    """
    if not reason.strip():
        raise ReasonNeeded
    report, sent, post = _answering(report, {ReportState.SENT, ReportState.ACCEPTED}, by, now)
    line = _line(report, LineKind.RETURNED, post, by, now, answers=sent)
    LineNote.objects.create(line=line, text=reason.strip()[:4000])
    _noted("unit_report.returned", line, by, now)
    return line


@transaction.atomic
def accept(*, report: UnitReport, by: Person, now: dt.datetime) -> ReportLine:
    """The focal unit accepts what was sent; from now on its figures are added up. Never the unit itself.

    Raises NotPermitted, NotWaiting.
    """
    report, sent, post = _answering(report, {ReportState.SENT}, by, now)
    line = _line(report, LineKind.ACCEPTED, post, by, now, answers=sent)
    _noted("unit_report.accepted", line, by, now)
    return line


def may_answer(report: UnitReport, by: Person, now: dt.datetime) -> bool:
    """Whether the person may accept or return the report that stands."""
    sent = sent_line(report)
    programme = report.round.programme
    return sent is not None and may_confirm(
        scope=acting(by, now),
        reporter=sent.by_id,
        reporting_unit=report.unit_id,
        focal_unit=programme.focal_unit_id or 0,
        home_unit=programme.directive.home_unit_id,
    )


def may_work(report: UnitReport, by: Person, now: dt.datetime) -> bool:
    """Whether the person fills in and sends the report."""
    return by.is_active and report.state in WORKING and report.unit_id in acting(by, now).units(DESK)


def sent_line(report: UnitReport) -> ReportLine | None:
    """The last line by which the report was sent."""
    return report.lines.filter(kind__in=SENDING).order_by("-id").first()


def project(report: UnitReport) -> None:
    """Makes the state and the standing figures anew from the ledger."""
    lines = list(report.lines.order_by("id"))
    state, sent_on, first, accepted_on = ReportState.OPEN, None, None, None
    content: Content | None = None
    for line in lines:
        if line.kind in SENDING:
            state, sent_on, first, accepted_on = ReportState.SENT, line.on, first or line.on, None
        elif line.kind == LineKind.RETURNED:
            state, accepted_on, content = ReportState.RETURNED, None, None
        elif line.kind == LineKind.ACCEPTED:
            state, accepted_on, content = ReportState.ACCEPTED, line.on, Content.objects.get(line=line.answers)
    report.state, report.sent_on, report.first_sent_on, report.accepted_on = state, sent_on, first, accepted_on
    report.save(update_fields=["state", "sent_on", "first_sent_on", "accepted_on"])
    Figure.objects.filter(report=report).delete()
    FigureKey.objects.filter(report=report).delete()
    if content is not None and state == ReportState.ACCEPTED:
        stands(report, content.figures)


def stands(report: UnitReport, figures: list[dict[str, Any]]) -> None:
    """Writes the figures of an accepted report down to be added up."""
    of = {"report": report, "round_id": report.round_id}
    Figure.objects.bulk_create(Figure(code=row["code"], of=row["of"], value=row["value"], **of) for row in figures)
    FigureKey.objects.bulk_create(
        FigureKey(code=row["code"], of=row["of"], key=key[:200], **of) for row in figures for key in row["keys"]
    )


# --- What the verbs are made of ---


def _working(report: UnitReport, by: Person, now: dt.datetime) -> tuple[UnitReport, Post | None]:
    """The report, locked, with the post in which its unit speaks."""
    report = _locked(report)
    post = post_among(by, now, DESK, [report.unit_id])
    if post is None or not by.is_active:
        raise NotPermitted
    if report.state not in WORKING:
        raise NotOpen
    if timezone.localdate(now) < report.round.starts:
        raise NotYetBegun(day=f"{report.round.starts:%d/%m/%Y}")
    return report, post


def _answering(
    report: UnitReport, states: set[ReportState], by: Person, now: dt.datetime
) -> tuple[UnitReport, ReportLine, Post | None]:
    report = _locked(report)
    sent = sent_line(report)
    if sent is None:
        raise NotWaiting
    if not may_answer(report, by, now):
        raise NotPermitted
    if report.state not in states:
        raise NotWaiting
    roles = FOLLOWING | {Role.LEADER}
    return report, sent, post_among(by, now, roles, acting(by, now).units(roles))


def _locked(report: UnitReport) -> UnitReport:
    rows = UnitReport.objects.select_for_update(of=("self",)).select_related("unit", "round__programme__directive")
    return rows.get(pk=report.pk)


def _keep(report: UnitReport, entered: Mapping[str, int | None], narrative: Mapping[str, str]) -> None:
    known = {one.code: one for one in report.round.asks.indicators(report.round.cut_off)}
    for code, value in entered.items():
        one = known.get(code)
        if one is None or one.counting is not None:
            raise NotEntered
        if value is not None and not 0 <= value < _MOST:
            raise BadNumber(name=one.name)
        report.entered[code] = value
    report.entered = {code: value for code, value in report.entered.items() if value is not None}
    report.narrative |= {heading: text.strip() for heading, text in narrative.items()}
    report.save(update_fields=["entered", "narrative"])


def _money(whole: Prepared) -> int:
    """How many rows of the budget are behind a report."""
    counted = (line for line in whole.lines if line.indicator.counting and line.indicator.counting.of == "budget")
    return len({receipt for line in counted for receipt in line.receipts})


def _figures(whole: Prepared) -> list[dict[str, Any]]:
    return [_figure(line) for line in whole.lines]


def _figure(line: Line) -> dict[str, Any]:
    return {
        "code": line.indicator.code,
        "of": line.of,
        "value": line.value or 0,
        "receipts": list(line.receipts),
        "keys": list(line.keys),
        "from": "counted" if line.is_counted else "carried" if line.carried else "entered",
    }


def _sent(
    report: UnitReport,
    kind: LineKind,
    figures: list[dict[str, Any]],
    narrative: list[dict[str, Any]],
    post: Post | None,
    by: Person,
    now: dt.datetime,
) -> ReportLine:
    told = json.dumps([figures, narrative], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    line = ReportLine.objects.create(
        report=report,
        kind=kind,
        on=timezone.localdate(now),
        at=now,
        by=by,
        post=post,
        sha256=hashlib.sha256(told.encode()).hexdigest(),
    )
    Content.objects.create(line=line, figures=figures, narrative=narrative)
    project(report)
    action = "unit_report.nil" if kind == LineKind.NIL else "unit_report.sent"
    _noted(action, line, by, now)
    return line


def _line(
    report: UnitReport, kind: LineKind, post: Post | None, by: Person, now: dt.datetime, *, answers: ReportLine
) -> ReportLine:
    line = ReportLine.objects.create(
        report=report, kind=kind, on=timezone.localdate(now), at=now, by=by, post=post, answers=answers
    )
    project(report)
    return line


def _noted(action: str, line: ReportLine, by: Person, now: dt.datetime) -> None:
    data = {"line": line.pk, "unit": line.report.unit_id}
    journal.record(by=by, action=action, subject=line.report, data=data, now=now)
