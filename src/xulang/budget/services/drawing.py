"""A unit draws an estimate up line by line, and sends it to the finance office."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from xulang.activities.models import Activity, ActivityDuty
from xulang.budget.checking import findings_of
from xulang.budget.enums import DRAWING, WORKING, ActKind, Source
from xulang.budget.errors import (
    ApprovedLater,
    BadFigure,
    Faulty,
    NoLines,
    NotLed,
    NotRunning,
    NotServing,
    NotWorking,
    UnknownNorm,
)
from xulang.budget.models import BudgetEntry, Drafter, Estimate, EstimateLine, Regularity, Version
from xulang.budget.norms import norms
from xulang.budget.services.ledger import draws, fingerprint, locked, write
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Unit
from xulang.papers.money_words import MOST
from xulang.plumbing import journal
from xulang.programme.enums import AssignmentState, Mode, ProgrammeState, UnitRole
from xulang.programme.models import Assignment, Programme
from xulang.programme.services.desk import post_among

_MOST_TIMES = 2**31 - 1


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a line says. `amount` None: what quantities and price come to."""

    assignment: Assignment
    content: str
    measure: str
    quantity: int
    price: int
    source: Source
    times: int = 1
    amount: int | None = None
    activity: Activity | None = None
    norm: str = ""
    document: str = ""
    basis: str = ""
    origin: str = ""
    index_codes: str = ""


@transaction.atomic
def draw_up(
    *,
    unit: Unit,
    programme: Programme,
    year: int,
    title: str,
    approved_on: dt.date,
    by: Person,
    now: dt.datetime,
    adjusted_by: str = "",
) -> Estimate:
    """Begins an estimate of the unit for its tasks of a programme in a year.

    Raises NotPermitted, NotLed where the unit leads no task of the programme, NotRunning, ApprovedLater.
    """
    post = post_among(by, now, DRAWING, [unit.pk])
    if post is None or not by.is_active:
        raise NotPermitted
    if not led(unit, programme).exists():
        raise NotLed
    if not programme.starts_on.year <= year <= programme.ends_on.year:
        raise NotRunning(year=year)
    _grounded(approved_on, year)
    made = Estimate.objects.create(
        programme=programme,
        year=year,
        title=title.strip(),
        drawn_by=unit,
        unit=unit,
        approved_on=approved_on,
        adjusted_by=adjusted_by.strip(),
    )
    version = Version.objects.create(estimate=made, number=1, made_at=now)
    Drafter.objects.create(estimate=made, person=by)
    write(made, ActKind.DRAWN, by, now, post=post, version=version)
    return made


@transaction.atomic
def describe(
    *, estimate: Estimate, title: str, approved_on: dt.date, adjusted_by: str, by: Person, now: dt.datetime
) -> Estimate:
    """Says anew what the whole estimate is called and by which norms it goes.

    Raises NotPermitted, NotWorking, ApprovedLater.
    """
    estimate = _working(estimate, by, now)
    _grounded(approved_on, estimate.year)
    estimate.title, estimate.approved_on, estimate.adjusted_by = title.strip(), approved_on, adjusted_by.strip()
    estimate.save(update_fields=["title", "approved_on", "adjusted_by"])
    journal.record(by=by, action="estimate.described", subject=estimate, now=now)
    return estimate


def _grounded(approved_on: dt.date, year: int) -> None:
    """Raises ApprovedLater where the plan was approved when the year was over: nothing can have gone by it."""
    if approved_on.year > year:
        raise ApprovedLater(year=year)


@transaction.atomic
def add_line(*, estimate: Estimate, new: NewLine, by: Person, now: dt.datetime) -> EstimateLine:
    """Adds a line. Raises NotPermitted, NotWorking, NotLed, NotServing, BadFigure, UnknownNorm."""
    estimate = _working(estimate, by, now)
    line = _said(EstimateLine(version=estimate.current), _ground(estimate, [new]), new)
    line.save()
    journal.record(by=by, action="estimate.line_added", subject=estimate, data=_told(line), now=now)
    return line


@transaction.atomic
def change_line(*, line: EstimateLine, new: NewLine, by: Person, now: dt.datetime) -> EstimateLine:
    """Says a line of the version at work anew. Raises what `add_line` does."""
    estimate = _working(line.version.estimate, by, now)
    line = _said(_of_current(estimate, line), _ground(estimate, [new]), new)
    line.save()
    journal.record(by=by, action="estimate.line_changed", subject=estimate, data=_told(line), now=now)
    return line


@transaction.atomic
def drop_line(*, line: EstimateLine, by: Person, now: dt.datetime) -> None:
    """Takes a line out of the version at work. Raises NotPermitted, NotWorking."""
    estimate = _working(line.version.estimate, by, now)
    line = _of_current(estimate, line)
    told = _told(line)
    line.delete()
    journal.record(by=by, action="estimate.line_dropped", subject=estimate, data=told, now=now)


@transaction.atomic
def replace_lines(*, estimate: Estimate, rows: Sequence[NewLine], by: Person, now: dt.datetime) -> list[EstimateLine]:
    """Puts the lines of a sheet in the place of those there. Raises what `add_line` does, NoLines."""
    estimate = _working(estimate, by, now)
    if not rows:
        raise NoLines
    version, ground = estimate.current, _ground(estimate, rows)
    version.lines.all().delete()
    lines = EstimateLine.objects.bulk_create(_said(EstimateLine(version=version), ground, new) for new in rows)
    data = {"lines": len(lines), "amount": sum(line.amount for line in lines)}
    journal.record(by=by, action="estimate.lines_replaced", subject=estimate, data=data, now=now)
    return lines


@transaction.atomic
def send(*, estimate: Estimate, by: Person, now: dt.datetime) -> BudgetEntry:
    """Sends the estimate to the finance office; what the checks stop must be mended first.

    Raises NotPermitted, NotWorking, NoLines, Faulty.
    """
    estimate = _working(estimate, by, now)
    version = estimate.current
    if not version.lines.exists():
        raise NoLines
    _hold_subjects(version)
    if stops := sum(finding.stops for finding in findings_of(version)):
        raise Faulty(count=stops)
    post = draws(estimate, by, now)
    return write(estimate, ActKind.SENT, by, now, post=post, version=version, sha256=fingerprint(version))


@transaction.atomic
def say_regular(*, assignment: Assignment, regular: bool, by: Person, now: dt.datetime) -> Regularity:
    """The lead unit says whether a task is among its regular duties. Raises NotPermitted, NotLed."""
    if post_among(by, now, DRAWING, [assignment.unit_id]) is None or not by.is_active:
        raise NotPermitted
    if assignment.role != UnitRole.LEAD or assignment.mode != Mode.ORDER:
        raise NotLed
    said, _made = Regularity.objects.update_or_create(
        assignment=assignment, defaults={"regular": regular, "at": now, "by": by}
    )
    data = {"regular": regular, "unit": assignment.unit_id}
    journal.record(by=by, action="assignment.regularity_said", subject=assignment, data=data, now=now)
    return said


def led(unit: Unit, programme: Programme) -> Any:
    """The assignments of a programme that runs which the unit leads: what an estimate may be drawn up for."""
    return Assignment.objects.filter(
        unit=unit,
        role=UnitRole.LEAD,
        mode=Mode.ORDER,
        task__programme=programme,
        task__programme__state=ProgrammeState.ISSUED,
    ).exclude(state=AssignmentState.WITHDRAWN)


# --- What the verbs are made of ---


def _working(estimate: Estimate, by: Person, now: dt.datetime) -> Estimate:
    """The estimate, held and still the unit's to work on; who touches it is put down as one who drew it up."""
    estimate = locked(estimate)
    draws(estimate, by, now)
    if estimate.state not in WORKING:
        raise NotWorking
    Drafter.objects.get_or_create(estimate=estimate, person=by)
    return estimate


def _of_current(estimate: Estimate, line: EstimateLine) -> EstimateLine:
    found = EstimateLine.objects.filter(pk=line.pk, version=estimate.current).first()
    if found is None:
        raise NotWorking
    return found


def _hold_subjects(version: Version) -> None:
    """Holds the duties and activities of the lines: of two who ask for the same thing at once one waits, and is told.

    Always in one order, so that no two wait for each other; who only adds a line for one of them does not wait.
    """
    for model, path in ((Assignment, "assignment"), (Activity, "activity")):
        found = model._default_manager.filter(pk__in=version.lines.order_by().values(path))
        list(found.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What lines may be for: the duties that the unit leads, and which activity serves which of them."""

    duties: frozenset[int]
    served: frozenset[tuple[int, int]]


def _ground(estimate: Estimate, rows: Sequence[NewLine]) -> _Ground:
    duties = led(estimate.unit, estimate.programme).filter(pk__in={new.assignment.pk for new in rows})
    serving = ActivityDuty.objects.filter(activity__withdrawn_at__isnull=True, assignment__in=duties)
    serving = serving.filter(activity__in={new.activity.pk for new in rows if new.activity})
    return _Ground(
        frozenset(duties.values_list("pk", flat=True)), frozenset(serving.values_list("assignment_id", "activity_id"))
    )


def _said(line: EstimateLine, ground: _Ground, new: NewLine) -> EstimateLine:
    """The line with what is said of it, not kept yet."""
    if new.assignment.pk not in ground.duties:
        raise NotLed
    if new.activity is not None and (new.assignment.pk, new.activity.pk) not in ground.served:
        raise NotServing
    if new.norm and (new.norm not in norms() or norms()[new.norm].of(new.document) is None):
        raise UnknownNorm
    amount = new.quantity * new.times * new.price if new.amount is None else new.amount
    if min(new.quantity, new.times, new.price) < 1 or max(new.quantity, new.times) > _MOST_TIMES:
        raise BadFigure
    if not 0 <= amount <= MOST or new.quantity * new.times * new.price > MOST:
        raise BadFigure
    line.assignment, line.activity, line.source = new.assignment, new.activity, new.source
    line.content, line.measure = new.content.strip()[:300], new.measure.strip()[:60]
    line.quantity, line.times, line.price, line.amount = new.quantity, new.times, new.price, amount
    line.norm, line.document = (new.norm, new.document) if new.norm else ("", "")
    line.basis, line.origin, line.index_codes = new.basis.strip(), new.origin.strip(), new.index_codes.strip()
    return line


def _told(line: EstimateLine) -> dict[str, int]:
    return {"line": line.pk, "amount": line.amount}


def next_version(estimate: Estimate, now: dt.datetime) -> Version:
    """The version that is worked on after a return: the lines as they were, to be mended; the old ones stay."""
    last = estimate.current
    made = Version.objects.create(estimate=estimate, number=last.number + 1, made_at=now)
    for line in last.lines.order_by("id"):
        line.pk, line._state.adding, line.version = None, True, made
        line.save(force_insert=True)
    return made
