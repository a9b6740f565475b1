"""The leader's four figures over expected reports, as of any day, and what is behind each.

How every report stands today is counted already (`Tally`); what the ledger says of the days since is taken back from
that, so that the figures of today cost the same however many reports there are, and those of a past day only what was
written since. Where housekeeping wrote a day that is over down already (`Course`), it is read. Which figure a report
counts in, `rules` alone says.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from heapq import merge
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from xulang.organisation.enums import DUTY_ROLES, FOLLOWING, UnitsOf
from xulang.organisation.models import Person, Unit, unit_then
from xulang.organisation.scopes import Scope, scope_of
from xulang.programme.courses import FIGURES
from xulang.programme.enums import Bucket, EntryKind, ReportState, TaskState
from xulang.programme.models import (
    Course,
    CourseDrawn,
    Entry,
    ExpectedReport,
    Programme,
    Tally,
    Task,
)
from xulang.programme.models.course import CourseQuerySet
from xulang.programme.models.ledger import assignments_seen, programmes_seen
from xulang.programme.models.tally import TallyQuerySet
from xulang.programme.rows import entry_rows
from xulang.programme.rules import EntryRow, Standing, bucket, bucket_of, standing
from xulang.programme.selectors.lateness import Clock, by_lateness


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

    def of(self, bucket: Bucket) -> int:
        """One of the four."""
        number: int = getattr(self, bucket.lower())
        return number

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An expected report behind a figure, as it stood on the day, with the unit that it is counted for.

    `due`: by which day it was to be made, as told by that day.
    """

    expected: ExpectedReport
    unit: Unit
    bucket: Bucket
    waiting: bool
    reported_on: dt.date | None
    confirmed_on: dt.date | None
    due: dt.date

    @property
    def place(self) -> "Place":
        """Where it stands in the list: the next page begins after it."""
        return self.due, self.expected.pk


Place = tuple[dt.date, int]


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

    By the ledger's lines up to that day, so that a figure once told can be told again. `unit` is asked of the units of
    today, or of those of the day: both readings count every report once.
    """
    told = figures_by_unit(person, today, on=on, programme=programme, unit=unit, units_of=units_of)
    return sum(told.values(), Figures())


def figures_by_unit(
    person: Person,
    today: dt.date,
    *,
    on: dt.date,
    programme: Programme | None = None,
    unit: Unit | None = None,
    units_of: UnitsOf = UnitsOf.TODAY,
) -> dict[int, Figures]:
    """The same for each unit that counts at all, by its id."""
    scope = scope_of(person, today)
    if scope is None:
        return {}
    asked = _Asked(scope, on, programme, units_of)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in [*asked.tallied(), *asked.beside()]:
        _count(counts[row["unit_id"]], row["state"], bucket_of(row["state"], late=row["behind"]), row["rows"])
    for row in asked.drawn():
        counts[row.pop("unit")].update(row)
    for since in asked.changed():
        now, then = since.now, since.then
        _count(counts[since.unit], now.state, bucket(now, since.until), -1)
        _count(counts[since.unit_then], then.state, bucket(then, since.until), 1)
    chosen = counts if unit is None else {unit.pk: counts[unit.pk]}
    told = {
        id: Figures(**{field.name: number[field.name] for field in fields(Figures)}) for id, number in chosen.items()
    }
    return {id: its for id, its in told.items() if its.total}


def _count(number: Counter[str], state: str, its: Bucket | None, n: int) -> None:
    if its is not None:
        number[its.lower()] += n
    number["waiting"] += n * (state == ReportState.REPORTED)


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
    after: Place | None = None,
    limit: int | None = None,
) -> list[FigureRow]:
    """What is behind a figure (without `bucket`: behind all four), by due day; `waiting`: only what is unanswered.

    At most `limit` rows, those that come `after` a place in the list: as quick in its depth as at its head.
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    asked = _Asked(scope, on, programme, units_of)
    if asked.past:
        return _rows_then(asked, bucket, waiting=waiting, unit=unit, after=after, limit=limit)
    rows = asked.seen().filter(asked.clock.standing(bucket, waiting=waiting), issued_on__lte=on)
    if unit is not None:
        rows = rows.filter(unit=unit)
    if after is not None:
        rows = rows.filter(beyond(after))
    found = reports_in_order(list(rows.order_by("due", "id").values_list("pk", flat=True)[:limit]))
    return [_figure_row(row, _as_projected(row), row.assignment.unit, asked.clock) for row in found]


def _rows_then(
    asked: "_Asked", its: Bucket | None, *, waiting: bool, unit: Unit | None, after: Place | None, limit: int | None
) -> list[FigureRow]:
    """The same of a day since which something was written: read in the list's order, piece by piece, by the ledger."""

    def fits(row: _Then) -> bool:
        found = bucket(row.stood, row.until)
        return (
            found is not None
            and its in (None, found)
            and (not waiting or row.stood.state == ReportState.REPORTED)
            and (unit is None or row.unit == unit.pk)
        )

    redated = asked.redated()
    rows = asked.may_fit(its, waiting=waiting, unit=unit).exclude(pk__in=redated.values("pk"))
    apart = [row for row in asked.then(redated) if after is None or row.place > after]
    apart.sort(key=lambda row: row.place)
    places = merge(asked.in_pieces(rows, after), apart, key=lambda row: row.place)
    shown = list(islice((row for row in places if fits(row)), limit))
    units = Unit.objects.prefetch_related("names").in_bulk({row.unit for row in shown})
    full = reports_in_order([row.id for row in shown])
    return [_figure_row(one, row.stood, units[row.unit], asked.clock) for one, row in zip(full, shown, strict=True)]


def reports_in_order(ids: list[int]) -> list[ExpectedReport]:
    """These expected reports, in this order, with all that a list shows of them."""
    rows = ExpectedReport.objects.select_related("assignment__task__programme__directive", "assignment__unit").defer(
        "assignment__task__read_as",
        "assignment__task__programme__directive__text",
        "assignment__task__programme__directive__reading",
    )
    return with_words_in_order(ids, rows.prefetch_related("assignment__unit__names"))


def with_words_in_order(ids: list[int], rows: "QuerySet[ExpectedReport]") -> list[ExpectedReport]:
    """These of the rows, in this order; asked by number alone, apart from the question that found them."""
    found: dict[int, ExpectedReport] = {}
    for start in range(0, len(ids), _PIECE):
        found |= {row.pk: row for row in rows.filter(pk__in=ids[start : start + _PIECE]).order_by()}
    return [found[id] for id in ids]


# The last step of each course up to a day, found once: as the ORM says it PostgreSQL looks for each three times.
_SUMS = ", ".join(f"sum(s.{name})" for name in FIGURES)
_LAST = "programme_coursestep WHERE course_id = c.id AND since <= %s ORDER BY since DESC LIMIT 1"
_LAST_STEPS = {
    "postgresql": f"SELECT c.unit_id, {_SUMS} FROM ({{courses}}) c, LATERAL (SELECT * FROM {_LAST}) s GROUP BY 1",
    "sqlite": f"SELECT c.unit_id, {_SUMS} FROM ({{courses}}) c JOIN programme_coursestep s"
    f" ON s.id = (SELECT id FROM {_LAST}) GROUP BY 1",
}

_PIECE = 900  # ids that one question may name on every database
_FIRST_PIECE = 150


def beyond(after: Place) -> Q:
    """What comes after a place in a list that stands in the order of due day and number."""
    day, id = after
    return Q(due__gte=day) & (Q(due__gt=day) | Q(pk__gt=id))


def _figure_row(row: ExpectedReport, stood: Standing, unit: Unit, clock: Clock) -> FigureRow:
    its = bucket(stood, clock.until(row.assignment.task.programme_id))
    assert its is not None, "a row behind a figure counts in one"
    waits = stood.state == ReportState.REPORTED
    return FigureRow(row, unit, its, waits, stood.reported_on, stood.confirmed_on, stood.due)


def _as_projected(row: ExpectedReport) -> Standing:
    return _projected(row.state, row.due, row.reported_on, row.confirmed_on)


def _projected(state: str, due: dt.date, reported_on: dt.date | None, confirmed_on: dt.date | None = None) -> Standing:
    return Standing(ReportState(state), reported_on=reported_on, confirmed_on=confirmed_on, due=due, told=due)


@dataclass(frozen=True, slots=True)
class _Then:
    """A report as it stood at the end of a day, by its ledger; `until`: the day to which its clock ran."""

    id: int
    until: dt.date
    unit: int
    stood: Standing

    @property
    def place(self) -> Place:
        """Where it stands in the list of that day."""
        return self.stood.due, self.id


@dataclass(frozen=True, slots=True)
class _Since:
    """A report of which something was written since the day: as it stands today, and as it stood then.

    `until`: the day to which its clock ran.
    """

    id: int
    until: dt.date
    unit: int
    now: Standing
    unit_then: int
    then: Standing


class _Asked:
    """One question: by whom, as of which day, over which programme, on which units."""

    def __init__(self, scope: Scope, on: dt.date, programme: Programme | None, units_of: UnitsOf) -> None:
        self.scope, self.on, self.programme, self.units_of = scope, on, programme, units_of
        self.clock = Clock(on)
        self.since = Entry.objects.filter(on__gt=on).order_by()
        self.past = self.since.exists()  # nothing was written since: the day is like today
        self._joined_tasks: list[int] | None = None
        # The programmes whose figures of the day are written down, and whether there are others.
        self.covered: frozenset[int] = frozenset()
        if self.past:
            drawn = CourseDrawn.objects.filter(before__gt=on)
            if units_of == UnitsOf.THE_DAY:  # a part is seen by the units of today
                drawn = drawn.filter(programme__in=programmes_seen(scope))
            self.covered = frozenset(drawn.values_list("programme_id", flat=True))
        others = Programme.objects.filter(issued_at__isnull=False).exclude(pk__in=self.covered)
        self.whole = bool(self.covered) and not any(
            timezone.localdate(at) <= on for at in others.values_list("issued_at", flat=True)
        )

    def drawn(self) -> Iterable[dict[str, Any]]:
        """Of the programmes whose figures of the day are written down: by unit, what its courses had come to on it."""
        if not self.covered:
            return []
        courses = Course.objects.filter(CourseQuerySet.scope_q(self.scope), programme__in=self.covered)
        if self.programme is not None:
            courses = courses.filter(programme=self.programme)
        courses = courses.filter(of_the_day=self.units_of == UnitsOf.THE_DAY).order_by()
        of_courses, params = courses.values("id", "unit_id").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(_LAST_STEPS[connection.vendor].format(courses=of_courses), [*params, self.on])
            return [{"unit": unit, **dict(zip(FIGURES, told, strict=True))} for unit, *told in cursor.fetchall()]

    def tallied(self) -> Iterable[dict[str, Any]]:
        """Of the units and programmes seen whole: by unit, state and whether late, how many."""
        if self.whole:
            return []
        rows = Tally.objects.filter(TallyQuerySet.scope_q(self.scope), issued_on__lte=self.on)
        if self.programme is not None:
            rows = rows.filter(programme=self.programme)
        if self.covered:
            rows = rows.exclude(programme__in=self.covered)
        return by_lateness(rows, self.clock, "unit_id")

    def beside(self) -> Iterable[dict[str, Any]]:
        """Of what is seen, or asked for, by a task that was joined to another programme's: the same."""
        if not self._joined():
            return []
        rows = self.seen().filter(assignment__task__in=self._joined(), issued_on__lte=self.on).exclude(self._told())
        return by_lateness(rows, self.clock, "unit_id")

    def _joined(self) -> list[int]:
        if self._joined_tasks is None:
            whose = Q(programme__focal_unit_id__in=self.scope.units(FOLLOWING), programme__issued_at__isnull=False)
            if self.programme is not None:
                whose |= Q(programme=self.programme)
            tasks = Task.objects.filter(whose, state=TaskState.JOINED).values_list("same_as_id", flat=True)
            self._joined_tasks = [task for task in tasks if task is not None]
        return self._joined_tasks

    def _told(self) -> Q:
        """The reports that are counted with their unit or programme."""
        told = Q(unit_id__in=self.scope.reach(DUTY_ROLES)) | Q(task__programme__in=programmes_seen(self.scope))
        return told if self.programme is None else told & Q(task__programme=self.programme)

    def changed(self) -> Iterator[_Since]:
        """The reports of which something was written since the day, but for those whose figures are written down."""
        if not self.past or (self.whole and not self._joined()):
            return
        rows = self.seen().filter(self._written_since(), issued_on__lte=self.on).order_by()
        if self.covered:
            rows = rows.exclude(self._told() & Q(task__programme__in=self.covered))
        then = self._unit_then() if self.units_of == UnitsOf.THE_DAY else F("unit")
        lines = self._lines(rows.values("pk"))
        told = rows.annotate(then=then).values_list(
            "pk", "due", "first_due", "task__programme_id", "unit_id", "state", "reported_on", "then"
        )
        for pk, due, first, whose, unit, state, reported_on, had in told:
            now, before = _projected(state, due, reported_on), standing(lines.get(pk, ()), first)
            yield _Since(pk, self.clock.until(whose), unit, now, had, before)

    def then(self, rows: "QuerySet[ExpectedReport]") -> list[_Then]:
        """Reports as they stood at the end of the day, in the order of the question."""
        had = self._unit_then() if self.units_of == UnitsOf.THE_DAY else F("unit")
        told = list(rows.annotate(had=had).values_list("pk", "first_due", "task__programme_id", "had"))
        lines: dict[int | None, list[EntryRow]] = {}
        for start in range(0, len(told), _PIECE):
            lines |= self._lines([row[0] for row in told[start : start + _PIECE]])
        return [
            _Then(pk, self.clock.until(whose), unit, standing(lines.get(pk, ()), first))
            for pk, first, whose, unit in told
        ]

    def in_pieces(self, rows: "QuerySet[ExpectedReport]", after: Place | None) -> Iterator[_Then]:
        """The same in the order of the list from a place on; rows whose due day never changed."""
        size = _FIRST_PIECE
        while True:
            piece = rows if after is None else rows.filter(beyond(after))
            found = self.then(piece.order_by("due", "id")[:size])
            yield from found
            if len(found) < size:
                return
            after, size = found[-1].place, _PIECE

    def redated(self) -> "QuerySet[ExpectedReport]":
        """The reports that ever had another due day: their place in the list of the day is not today's."""
        lines = Entry.objects.filter(kind=EntryKind.REDATED).order_by()
        return self.seen().filter(pk__in=lines.values("expected"), issued_on__lte=self.on)

    def may_fit(self, its: Bucket | None, *, waiting: bool, unit: Unit | None) -> "QuerySet[ExpectedReport]":
        """The reports that stood so, and some that did not: told by how they stand now, and when they last changed."""
        since = Exists(self.since.filter(expected=OuterRef("pk")))
        rows = self.seen().filter(issued_on__lte=self.on)
        rows = rows.filter(self.clock.standing(its, waiting=waiting) | since)
        if its in {Bucket.OPEN_IN_TIME, Bucket.OPEN_OVERDUE} or waiting:
            rows = rows.filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__gt=self.on))
        if its == Bucket.OPEN_OVERDUE:
            rows = rows.filter(due__lt=self.on)
        if unit is not None:
            gave = self.since.filter(kind=EntryKind.MOVED, from_unit=unit).values("assignment")
            rows = rows.filter(Q(unit=unit) | Q(assignment__in=gave))
        return rows

    def seen(self) -> "QuerySet[ExpectedReport]":
        """What the person may see of it."""
        rows = ExpectedReport.objects.filter(assignments_seen(self.scope))
        return rows if self.programme is None else rows.filter(of_programme(self.programme))

    def _lines(self, reports: Any) -> dict[int | None, list[EntryRow]]:
        """What the ledger had of some reports at the end of the day."""
        return entry_rows(Entry.objects.filter(expected__in=reports, on__lte=self.on))

    def _written_since(self) -> Q:
        written = Q(pk__in=self.since.filter(expected__isnull=False).values("expected"))
        if self.units_of == UnitsOf.THE_DAY:
            written |= Q(assignment__in=self.since.filter(kind=EntryKind.MOVED).values("assignment"))
        return written

    def _unit_then(self) -> Any:
        """The unit that was responsible at the end of the day."""
        return unit_then(Entry.objects.all(), "assignment_id", "assignment_id", "unit_id", self.on)


def of_programme(programme: Programme) -> Q:
    """What a programme orders: by tasks of its own, and by those joined to tasks that were issued before."""
    joined = Task.objects.filter(programme=programme, state=TaskState.JOINED).values("same_as")
    own = Task.objects.filter(Q(programme=programme) | Q(pk__in=joined))
    return Q(task_id__in=own.order_by().values("pk"))
