"""Nhắc báo cáo kỳ: who sends a unit's report of a round is told by the ladder of duties; late, who stands above.

The focal unit is told by the same ladder of its own day, on which the whole is due.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from xulang.organisation.calendars import working_days
from xulang.organisation.working_days import WorkingDays
from xulang.plumbing import journal
from xulang.programme.enums import ProgrammeState
from xulang.programme.ladder import Rung, Step, days_of, fired
from xulang.programme.services.audience import Audience, rungs
from xulang.reporting.enums import WORKING
from xulang.reporting.models import Consolidation, Round, RoundNotice, UnitReport, WholeNotice

_AHEAD = dt.timedelta(days=31)  # seven working days reach no further, whatever holidays lie between


def owed() -> "models.QuerySet[UnitReport]":
    """The unit reports that wait for their unit, of programmes that run: never sent, or given back."""
    return UnitReport.objects.filter(state__in=WORKING, round__programme__state=ProgrammeState.ISSUED)


class Rounds:
    """`programme.ports.DueItems` of the reports that units owe in a round."""

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """See the port. A round and due day is one transaction, with its line in the journal."""
        groups = list(_groups(today))
        audience = Audience(today) if groups else None
        return sum(_tell(round, due, timed, audience, today, now) for round, due, timed in groups if audience)

    def notices(self) -> "models.QuerySet[Any]":
        """See the port."""
        rows = RoundNotice.objects.select_related("report__round__programme__directive", "unit")
        rows = rows.defer(*(f"report__round__programme__directive__{name}" for name in ("text", "reading")))
        return rows.prefetch_related("unit__names")

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """See the port: what is not sent yet, each report by its last notice."""
        same = {"report": models.OuterRef("report"), "person": models.OuterRef("person")}
        later = RoundNotice.objects.filter(pk__gt=models.OuterRef("pk"), **same)
        running = models.Q(report__round__programme__state=ProgrammeState.ISSUED)
        return rows.filter(running, ~models.Exists(later), report__state__in=WORKING).order_by("due", "pk")


def unmade() -> "models.QuerySet[Round]":
    """The rounds of programmes that run of which nobody put the whole together yet."""
    made = Consolidation.objects.filter(round=models.OuterRef("pk"))
    return Round.objects.filter(~models.Exists(made), programme__state=ProgrammeState.ISSUED)


class Wholes:
    """`programme.ports.DueItems` of the reports that focal units put together."""

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """See the port. A round is one transaction, with its line in the journal."""
        rows = unmade().filter(due__lte=today + _AHEAD).filter(_before(today)).select_related("programme__directive")
        told, audience = 0, None
        for round in rows.order_by("pk"):
            timed = days_of(round.due, working_days(round.programme.directive.home_unit_id))
            last = max((day for day, _step in timed if day <= today), default=None)
            if last is not None and (round.reminded_to is None or round.reminded_to < last):
                audience = audience or Audience(today)
                told += _tell_whole(round, timed, audience, today, now)
        return told

    def notices(self) -> "models.QuerySet[Any]":
        """See the port."""
        rows = WholeNotice.objects.select_related("round__programme__directive")
        return rows.defer(*(f"round__programme__directive__{name}" for name in ("text", "reading")))

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """See the port: what is not put together yet, each round by its last notice."""
        same = {"round": models.OuterRef("round"), "person": models.OuterRef("person")}
        later = WholeNotice.objects.filter(pk__gt=models.OuterRef("pk"), **same)
        return rows.filter(~models.Exists(later), round__in=unmade()).order_by("due", "pk")


ROUNDS, WHOLES = Rounds(), Wholes()


def _groups(today: dt.date) -> Iterator[tuple[Round, dt.date, list[tuple[dt.date, Step]]]]:
    """The rounds and due days of which some report was not told of its last step, with the days of the steps."""
    calendars: dict[int, WorkingDays] = {}
    found = owed().filter(due__lte=today + _AHEAD).filter(_before(today)).order_by("round", "due")
    groups = list(found.values_list("round", "due").distinct())
    rounds = Round.objects.select_related("programme__directive").in_bulk({pk for pk, _due in groups})
    for pk, due in groups:
        home = rounds[pk].programme.directive.home_unit_id
        if home not in calendars:
            calendars[home] = working_days(home)
        timed = days_of(due, calendars[home])
        last = max((day for day, _step in timed if day <= today), default=None)
        if last is not None and owed().filter(_before(last), round=pk, due=due).exists():
            yield rounds[pk], due, timed


def _before(day: dt.date) -> models.Q:
    return models.Q(reminded_to__isnull=True) | models.Q(reminded_to__lt=day)


@transaction.atomic
def _tell(
    round: Round,
    due: dt.date,
    timed: list[tuple[dt.date, Step]],
    audience: Audience,
    today: dt.date,
    now: dt.datetime,
) -> int:
    """Writes the notices of a round's reports that are due on one day; how many."""
    rows = list(owed().select_for_update(of=("self",)).filter(_before(today), round=round, due=due).order_by("pk"))
    opened = timezone.localdate(round.opened_at) - dt.timedelta(days=1)
    programme = round.programme
    told = set(RoundNotice.objects.filter(report__in=rows).values_list("person_id", "report_id", "step", "day"))
    notices = [
        RoundNotice(
            report=row, person_id=person, unit_id=row.unit_id, step=step.code, day=day, due=due, stands_in=stands_in,
            told_at=now,
        )
        for row in rows
        for day, step in fired(timed, row.reminded_to or opened, today)
        for person, stands_in in audience.of_units(
            step, rungs(row.unit_id, programme.focal_unit_id, programme.directive.home_unit_id)
        )
        if (person, row.pk, step.code, day) not in told
    ]  # fmt: skip
    # The constraint has the last word, should two clocks run at once.
    RoundNotice.objects.bulk_create(notices, ignore_conflicts=True)
    UnitReport.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_to=today)
    if notices:
        data = {"reports": sorted({row.report_id for row in notices}), "told": len(notices)}
        journal.record(by=None, action="round.reminded", subject=round, data=data, now=now)
    return len(notices)


@transaction.atomic
def _tell_whole(
    round: Round, timed: list[tuple[dt.date, Step]], audience: Audience, today: dt.date, now: dt.datetime
) -> int:
    """Writes the notices of a round's whole; how many.

    Where the ladder tells officers, the lead officers are told: no other officer puts a round together.
    """
    row = unmade().select_for_update(of=("self",)).select_related("programme__directive").filter(_before(today))
    here = row.filter(pk=round.pk).first()
    if here is None or (focal := here.programme.focal_unit_id) is None:
        return 0
    opened = timezone.localdate(here.opened_at) - dt.timedelta(days=1)
    told = set(WholeNotice.objects.filter(round=here).values_list("person_id", "step", "day"))
    notices = [
        WholeNotice(
            round=here, person_id=person, unit_id=focal, step=step.code, day=day, due=here.due, stands_in=stands_in,
            told_at=now,
        )
        for day, step in fired(timed, here.reminded_to or opened, today)
        for person, stands_in in audience.of_units(
            replace(step, to=tuple(Rung.FOCAL if one is Rung.OFFICER else one for one in step.to)),
            rungs(focal, focal, here.programme.directive.home_unit_id),
        )
        if (person, step.code, day) not in told
    ]  # fmt: skip
    WholeNotice.objects.bulk_create(notices, ignore_conflicts=True)
    Round.objects.filter(pk=here.pk).update(reminded_to=today)
    if notices:
        journal.record(by=None, action="round.whole_reminded", subject=here, data={"told": len(notices)}, now=now)
    return len(notices)
