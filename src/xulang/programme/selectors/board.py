"""Questions of the programme board: the reports owed by unit, by section and by deadline, filtered in any way."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xulang.organisation.enums import UnitsOf
from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import Scope, scope_of
from xulang.plumbing.wording import Query
from xulang.programme.enums import OPEN_STATES, AssignmentState, Bucket, Mode, ReportState, UnitRole
from xulang.programme.models import Assignment, ExpectedReport, Programme, Tally, Task
from xulang.programme.models.ledger import assignments_seen
from xulang.programme.models.tally import TallyQuerySet, partly_seen
from xulang.programme.rules import bucket_of
from xulang.programme.selectors.figures import Place, beyond, of_programme, reports_in_order
from xulang.programme.selectors.lateness import Clock, by_lateness
from xulang.programme.selectors.search import found_tasks
from xulang.programme.selectors.units_of import bearer, named, of_unit

_MOST_FOUND = 5_000  # tasks that words may name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the board is asked for; what is not given filters nothing.

    `first` and `last`: the due days. `section`: of the directive, with all beneath it. Coordinating units and requests
    owe no report, so that `role` COORDINATING and `mode` REQUEST list assignments without a due day. `units_of` says
    which unit a row is of: the one that answers for it today, or the one that it was laid on.
    """

    programme: Programme | None = None
    unit: Unit | None = None
    section: str = ""
    bucket: Bucket | None = None
    waiting: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    role: UnitRole = UnitRole.LEAD
    mode: Mode = Mode.ORDER
    words: Query | None = None
    units_of: UnitsOf = UnitsOf.TODAY

    @property
    def owes(self) -> bool:
        """Whether what is asked for owes reports."""
        return self.role == UnitRole.LEAD and self.mode == Mode.ORDER


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A report that is or was owed, as it stands today; without one, an assignment that owes none.

    After a merger a unit may have a duty twice: read on today's units that is one row, the other its `twins`.
    """

    assignment: Assignment
    expected: ExpectedReport | None
    bucket: Bucket | None
    place: Place
    twins: "tuple[BoardRow, ...]" = ()

    @property
    def parts(self) -> "tuple[BoardRow, ...]":
        """The row and its twins, each by itself."""
        return (replace(self, twins=()), *self.twins) if self.twins else (self,)

    @property
    def received_from(self) -> str:
        """What the unit that it was laid on was called that day."""
        return self.assignment.issued_to.name_on(self.assignment.issued_on)


def board(
    person: Person, today: dt.date, wanted: Wanted, *, after: Place | None = None, limit: int | None = None
) -> list[BoardRow]:
    """What is asked for, by due day (what owes no report: by the day it was issued), as far as the person sees it."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    if not wanted.owes:
        return _without_reports(person, today, scope, wanted, after, limit)
    clock = Clock(today)
    every = rows = _reports(person, today, scope, wanted, clock)
    if wanted.units_of == UnitsOf.TODAY:
        rows = rows.exclude(Exists(_twins(ExpectedReport.objects.filter(_standing(wanted, clock))).filter(_SOONER)))
    if after is not None:
        rows = rows.filter(beyond(after))
    ids = list(rows.order_by("due", "id").values_list("pk", flat=True)[:limit])
    found = named([_row(one, clock) for one in reports_in_order(ids)], wanted.units_of)
    return found if wanted.units_of == UnitsOf.THE_DAY else _with_twins(found, every, clock)


# What comes before a report in the list: of twins the first is the row, the others are told beneath it.
_SOONER = Q(due__lt=OuterRef("due")) | Q(due=OuterRef("due"), pk__lt=OuterRef("pk"))


def _twins(rows: "QuerySet[ExpectedReport]") -> "QuerySet[ExpectedReport]":
    """Of these the ones that are the same duty of the same unit for the same period as the row that is asked about."""
    return rows.filter(
        assignment__task=OuterRef("task"),
        assignment__unit=OuterRef("unit"),
        assignment__role=UnitRole.LEAD,
        period=OuterRef("period"),
    ).exclude(assignment=OuterRef("assignment"))


def _with_twins(found: list[BoardRow], every: "QuerySet[ExpectedReport]", clock: Clock) -> list[BoardRow]:
    """The rows, each with its twins: looked for only where a unit has one of the tasks more than once."""
    tasks = {row.assignment.task_id for row in found}
    many = Assignment.objects.filter(task__in=tasks, role=UnitRole.LEAD).order_by().values("task", "unit")
    doubled = {(row["task"], row["unit"]) for row in many.annotate(times=Count("pk")).filter(times__gt=1)}
    heads = {
        (row.assignment.task_id, row.assignment.unit_id, row.expected.period): row
        for row in found
        if row.expected and (row.assignment.task_id, row.assignment.unit_id) in doubled
    }
    if not heads:
        return found
    rows = every.filter(task__in={task for task, _unit, _period in heads}, period__in={key[2] for key in heads})
    others = rows.exclude(pk__in=[row.expected.pk for row in heads.values() if row.expected])
    beneath: dict[tuple[int, int, str], list[BoardRow]] = defaultdict(list)
    for one in reports_in_order(list(others.order_by("due", "id").values_list("pk", flat=True))):
        beneath[one.assignment.task_id, one.assignment.unit_id, one.period].append(_row(one, clock))
    parts = {key: replace(row, twins=tuple(beneath[key])) for key, row in heads.items() if beneath[key]}
    named([part for row in parts.values() for part in row.parts], UnitsOf.THE_DAY)  # each says where it came from
    changed = {row.place: row for row in parts.values()}
    return [changed.get(row.place, row) for row in found]


def _row(one: ExpectedReport, clock: Clock) -> BoardRow:
    late = (one.reported_on or clock.until(one.assignment.task.programme_id)) > one.due
    return BoardRow(one.assignment, one, bucket_of(one.state, late=late), (one.due, one.pk))


def _reports(person: Person, today: dt.date, scope: Scope, wanted: Wanted, clock: Clock) -> "QuerySet[ExpectedReport]":
    rows = ExpectedReport.objects.filter(assignments_seen(scope), _standing(wanted, clock))
    if wanted.bucket in {Bucket.OPEN_IN_TIME, Bucket.OPEN_OVERDUE}:  # said anew, for the index of what is open
        rows = rows.filter(state__in=OPEN_STATES)
    if wanted.unit is not None:
        rows = rows.filter(of_unit(wanted.unit, wanted.units_of, "assignment__"))
    return rows.filter(_of_tasks(person, today, wanted))


def _standing(wanted: Wanted, clock: Clock) -> Q:
    """The filters that choose among the reports of one duty."""
    found = clock.standing(wanted.bucket, waiting=wanted.waiting)
    if wanted.first is not None:
        found &= Q(due__gte=wanted.first)
    if wanted.last is not None:
        found &= Q(due__lte=wanted.last)
    return found


def _of_tasks(person: Person, today: dt.date, wanted: Wanted) -> Q:
    """The filters that choose tasks."""
    found = Q() if wanted.programme is None else of_programme(wanted.programme)
    if wanted.section:
        beneath = Q(section=wanted.section) | Q(section__startswith=f"{wanted.section}.")
        found &= Q(task_id__in=Task.objects.filter(beneath).order_by().values("pk"))
    if wanted.words:
        hits = found_tasks(person, today, wanted.words).page(limit=_MOST_FOUND).hits
        found &= Q(task_id__in={hit.row_id for hit in hits})
    return found


def _without_reports(
    person: Person, today: dt.date, scope: Scope, wanted: Wanted, after: Place | None, limit: int | None
) -> list[BoardRow]:
    rows = Assignment.objects.filter(assignments_seen(scope), _of_tasks(person, today, wanted))
    rows = rows.filter(role=wanted.role, mode=wanted.mode).exclude(state=AssignmentState.WITHDRAWN)
    if wanted.unit is not None:
        rows = rows.filter(of_unit(wanted.unit, wanted.units_of))
    if after is not None:
        day, id = after
        rows = rows.filter(Q(issued_on__gt=day) | Q(issued_on=day, pk__gt=id), issued_on__gte=day)
    rows = rows.select_related("task__programme__directive", "unit").defer(
        "task__programme__directive__text", "task__programme__directive__reading", "task__read_as"
    )
    rows = rows.prefetch_related("unit__names").order_by("issued_on", "id")[:limit]
    return named([BoardRow(one, None, None, (one.issued_on, one.pk)) for one in rows], wanted.units_of)


def sections(person: Person, today: dt.date, programme: Programme) -> list[str]:
    """The sections of a programme that have tasks, in its order."""
    rows = Task.objects.for_user(person, today).filter(programme=programme).exclude(section="")
    return list(dict.fromkeys(rows.order_by("position", "id").values_list("section", flat=True)))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many reports are due, and how many of them are overdue, or done."""

    due: int
    overdue: int
    done: int


def by_day(person: Person, today: dt.date, wanted: Wanted, first: dt.date, last: dt.date) -> dict[dt.date, Counted]:
    """What is due on each day between two, for a calendar; days on which nothing is due are left out."""
    told: dict[dt.date, Counter[str]] = defaultdict(Counter)
    for row in _grouped(person, today, wanted, first, last, ["due"]):
        _add(told[row["due"]], row)
    return {day: _counted(number) for day, number in sorted(told.items()) if number.total()}


def by_unit_and_month(
    person: Person, today: dt.date, wanted: Wanted, first: dt.date, last: dt.date
) -> dict[int, dict[tuple[int, int], Counted]]:
    """What is due of each unit in each month between two days, for a timeline."""
    told: dict[int, dict[tuple[int, int], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in _grouped(person, today, wanted, first, last, ["unit_id", "due"]):
        _add(told[row["unit_id"]][row["due"].year, row["due"].month], row)
    found = {
        unit: {month: _counted(number) for month, number in months.items() if number.total()}
        for unit, months in told.items()
    }
    return {unit: months for unit, months in found.items() if months}


def by_section(person: Person, today: dt.date, wanted: Wanted) -> dict[tuple[int, str], Counted]:
    """What is owed by the sections of the directive that is asked for, in its order; without one, by each programme.

    By programme's number and section ("" for a whole programme).
    """
    scope, clock = scope_of(person, today), Clock(today)
    if scope is None:
        return {}
    told: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    if wanted.programme is None and not wanted.words and not _apart(wanted) and not partly_seen(scope):
        rows = Tally.objects.filter(_counted_of(scope, wanted)).order_by()
        for row in by_lateness(rows, clock, "programme_id"):
            if _chosen(wanted, row):
                _add(told[row["programme_id"], ""], row)
        return {key: _counted(number) for key, number in told.items() if sum(number.values())}
    reports = list(by_lateness(_reports(person, today, scope, wanted, clock), clock, "task_id"))
    tasks = Task.objects.filter(pk__in={row["task_id"] for row in reports}).order_by("position", "id")
    places = {pk: (whose, section) for pk, whose, section in tasks.values_list("pk", "programme_id", "section")}
    if wanted.programme is None:
        places = {pk: (whose, "") for pk, (whose, _section) in places.items()}
    told = {place: Counter() for place in places.values()}
    for row in reports:
        _add(told[places[row["task_id"]]], row)
    return {key: _counted(number) for key, number in told.items()}


def _counted_of(scope: Scope, wanted: Wanted) -> Q:
    """The counts of what is asked for, by what they are kept by."""
    found = TallyQuerySet.scope_q(scope)
    if wanted.unit is not None:
        found &= Q(unit=wanted.unit)
    if wanted.first is not None:
        found &= Q(due__gte=wanted.first)
    if wanted.last is not None:
        found &= Q(due__lte=wanted.last)
    return found


def _chosen(wanted: Wanted, row: dict[str, Any]) -> bool:
    its = bucket_of(row["state"], late=row["behind"])
    return wanted.bucket in {None, its} and (not wanted.waiting or row["state"] == ReportState.REPORTED)


def _grouped(
    person: Person, today: dt.date, wanted: Wanted, first: dt.date, last: dt.date, keys: list[str]
) -> Iterable[dict[str, Any]]:
    """How many stand how, by the columns `keys`: out of the counts where they can tell it, else counted now."""
    scope, clock = scope_of(person, today), Clock(today)
    if scope is None:
        return []
    wanted = replace(wanted, first=max(first, wanted.first or first), last=min(last, wanted.last or last))
    if wanted.programme or wanted.section or wanted.words or _apart(wanted) or partly_seen(scope):
        rows = _reports(person, today, scope, wanted, clock).order_by()
        return _counted_by(rows, clock, wanted.units_of, keys)
    told = by_lateness(Tally.objects.filter(_counted_of(scope, wanted)), clock, *keys)
    found = [row for row in told if _chosen(wanted, row)]
    if "unit_id" in keys and wanted.units_of == UnitsOf.THE_DAY:  # what went over counts with the unit it came from
        moved = _reports(person, today, scope, wanted, clock).order_by()
        moved = moved.filter(assignment__in=Assignment.objects.moved().order_by().values("pk"))
        found += [row | {"rows": -row["rows"]} for row in _counted_by(moved, clock, UnitsOf.TODAY, keys)]
        found += _counted_by(moved, clock, UnitsOf.THE_DAY, keys)
    return found


def _apart(wanted: Wanted) -> bool:
    """Whether a unit of the day is asked for: the counts are kept by the units of today."""
    return wanted.unit is not None and wanted.units_of == UnitsOf.THE_DAY


def _counted_by(
    rows: "QuerySet[ExpectedReport]", clock: Clock, units_of: UnitsOf, keys: list[str]
) -> list[dict[str, Any]]:
    """How many of these reports stand how, by `keys`, of which `unit_id` is the unit on this reading."""
    if units_of == UnitsOf.TODAY or "unit_id" not in keys:
        return list(by_lateness(rows, clock, *keys))
    rows = rows.annotate(had=bearer(units_of, "assignment__"))
    keys = ["had" if key == "unit_id" else key for key in keys]
    return [row | {"unit_id": row["had"]} for row in by_lateness(rows, clock, *keys)]


def _add(number: Counter[str], row: dict[str, Any]) -> None:
    its = bucket_of(row["state"], late=row["behind"])
    if its is not None:
        number[its] += row["rows"]


def _counted(number: Counter[str]) -> Counted:
    done = number[Bucket.DONE_ON_TIME] + number[Bucket.DONE_LATE]
    return Counted(sum(number.values()), number[Bucket.OPEN_OVERDUE], done)
