"""The leader's four figures over expected reports, as of any day, and what is behind each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from xulang.organisation.enums import UnitsOf
from xulang.organisation.models import Person, Unit, unit_then
from xulang.programme.enums import Bucket, ReportState, TaskState
from xulang.programme.models import Closing, Entry, ExpectedReport, Programme, Task
from xulang.programme.rules import EntryRow, Standing, bucket, standing


@dataclass(frozen=True, slots=True)
class Figures:
    """The four figures; together they are every expected report issued by the day, but for those withdrawn since.

    `waiting` is a part of the two open ones: reported, and not yet confirmed.
    """

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """Every expected report."""
        return self.done_on_time + self.done_late + self.open_in_time + self.open_overdue


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An expected report behind a figure, as it stood on the day, with the unit that it is counted for."""

    expected: ExpectedReport
    unit: Unit
    bucket: Bucket
    waiting: bool
    reported_on: dt.date | None
    confirmed_on: dt.date | None


def figures(
    person: Person,
    today: dt.date,
    *,
    on: dt.date,
    programme: Programme | None = None,
    unit: Unit | None = None,
    units_of: UnitsOf = UnitsOf.TODAY,
) -> Figures:
    """The four figures as of the end of the day `on`, over what the person may see today.

    Reckoned from the ledger's lines up to that day, so that a figure once told can be told again. Four queries and
    the scope's, however many reports there are. `unit` is asked of the units of today, or of those of the day: both
    readings count every report once.
    """
    rows = _expected(person, today, on, programme, unit, units_of)
    counts: Counter[str] = Counter()
    for _id, now, until in _standings(rows, on):
        counts[bucket(now, until) or "withdrawn"] += 1
        counts["waiting"] += now.state == ReportState.REPORTED
    return Figures(
        done_on_time=counts[Bucket.DONE_ON_TIME],
        done_late=counts[Bucket.DONE_LATE],
        open_in_time=counts[Bucket.OPEN_IN_TIME],
        open_overdue=counts[Bucket.OPEN_OVERDUE],
        waiting=counts["waiting"],
    )


def figure_rows(
    person: Person,
    today: dt.date,
    *,
    on: dt.date,
    bucket: Bucket | None = None,
    waiting: bool = False,
    programme: Programme | None = None,
    unit: Unit | None = None,
    units_of: UnitsOf = UnitsOf.TODAY,
) -> list[FigureRow]:
    """What is behind a figure (without `bucket`: behind all four), by due day; `waiting`: only what is unanswered."""
    rows = _expected(person, today, on, programme, unit, units_of)
    wanted = {
        id: (now, its)
        for id, now, until in _standings(rows, on)
        if (its := _bucket(now, until)) is not None
        and bucket in (None, its)
        and (not waiting or now.state == ReportState.REPORTED)
    }
    full = (
        rows.filter(pk__in=wanted)
        .select_related("assignment__task__programme", "assignment__unit")
        .prefetch_related("assignment__unit__names")
        .order_by("due", "id")
    )
    then: dict[int, Unit] = {}
    if units_of == UnitsOf.THE_DAY:
        found = dict(rows.filter(pk__in=wanted).annotate(then=_then(on)).values_list("pk", "then"))
        units = Unit.objects.prefetch_related("names").in_bulk(found.values())
        then = {row: units[unit] for row, unit in found.items()}
    return [
        FigureRow(
            row,
            then.get(row.pk, row.assignment.unit),
            its,
            now.state == ReportState.REPORTED,
            now.reported_on,
            now.confirmed_on,
        )
        for row in full
        for now, its in [wanted[row.pk]]
    ]


_bucket = bucket  # the rule, where an argument bears its name


def _expected(
    person: Person, today: dt.date, on: dt.date, programme: Programme | None, unit: Unit | None, units_of: UnitsOf
) -> "QuerySet[ExpectedReport]":
    rows = ExpectedReport.objects.for_user(person, today).filter(issued_on__lte=on)
    if programme is not None:
        joined = Task.objects.filter(programme=programme, state=TaskState.JOINED).values("same_as")
        rows = rows.filter(Q(assignment__task__programme=programme) | Q(assignment__task__in=joined))
    if unit is None:
        return rows
    if units_of == UnitsOf.THE_DAY:
        return rows.filter(pk__in=ExpectedReport.objects.annotate(then=_then(on)).filter(then=unit.pk).values("pk"))
    return rows.filter(assignment__unit=unit)


def _then(on: dt.date) -> Any:
    """The unit that was responsible at the end of the day."""
    return unit_then(Entry.objects.all(), "assignment_id", "assignment_id", "assignment__unit_id", on)


def _standings(rows: "QuerySet[ExpectedReport]", on: dt.date) -> Iterator[tuple[int, Standing, dt.date]]:
    """Each expected report with its standing on the day, by its lines up to then, and the day of its clock."""
    lines: dict[int | None, list[EntryRow]] = {}
    entries = Entry.objects.filter(expected__in=rows.order_by(), on__lte=on).order_by("id")
    told = entries.values_list("id", "expected_id", "kind", "on", "answers_id", "due")
    for id, expected, kind, day, answers, due in told:
        lines.setdefault(expected, []).append(EntryRow(id, kind, day, answers, due))
    stopped = Closing.objects.stopped(on)
    for id, due, programme in rows.values_list("id", "first_due", "assignment__task__programme_id"):
        yield id, standing(lines.get(id, ()), due), stopped.get(programme, on)
