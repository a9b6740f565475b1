"""Questions about activities; each starts from what the person may see today."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from xulang.activities.enums import DECIDING, RECORDING, Kind
from xulang.activities.indexing import ACTIVITIES
from xulang.activities.models import Activity, ActivityDirective, ActivityDuty, ActivityLine, Agreement
from xulang.activities.rules import Slot, conflicts
from xulang.organisation.enums import UnitsOf
from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import scope_of
from xulang.plumbing.searching import Asked
from xulang.plumbing.wording import Query
from xulang.programme.enums import AWAITING, AssignmentState, Mode, ProgrammeState, UnitRole
from xulang.programme.models import Assignment, ExpectedReport

_MOST_FOUND = 5_000  # activities that words may name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for: nothing of it, and everything is.

    On the units of the day an activity is that unit's who did it, else that unit's who answers for it today.
    """

    kind: Kind | None = None
    unit: Unit | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    words: Query | None = None
    units_of: UnitsOf = UnitsOf.TODAY


def activities(person: Person, today: dt.date, wanted: Wanted) -> "QuerySet[Activity]":
    """The activities that stand, the latest first; those of days from `first` to `last` by any of their days."""
    rows = Activity.objects.for_user(person, today).filter(withdrawn_at__isnull=True)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.unit:
        rows = rows.filter(**{_BEARER[wanted.units_of]: wanted.unit})
    if wanted.first:
        rows = rows.filter(ends__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(begins__lte=wanted.last)
    if wanted.words:
        among = Activity.objects.for_user(person, today).order_by().values("pk")
        hits = Asked(ACTIVITIES, wanted.words, among).page(limit=_MOST_FOUND).hits
        rows = rows.filter(pk__in={hit.row_id for hit in hits})
    bearer = _BEARER[wanted.units_of]
    return rows.select_related(bearer, *_DETAILS).prefetch_related(f"{bearer}__names", "languages")


_BEARER = {UnitsOf.TODAY: "unit", UnitsOf.THE_DAY: "done_by"}


def name_of(activity: Activity, units_of: UnitsOf, today: dt.date) -> str:
    """What the unit of an activity is called on this reading; an activity's day is its last."""
    if units_of == UnitsOf.THE_DAY:
        return activity.done_by.name_on(activity.ends)
    return activity.unit.name_on(today)


_DETAILS = ("event", "training", "publication", "press", "dissemination", "commendation")


def units_of(person: Person, today: dt.date) -> list[Unit]:
    """The units for which the person puts activities on record, by name."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = Unit.objects.for_user(person, today).filter(pk__in=scope.units(RECORDING)).prefetch_related("names")
    return sorted(rows, key=lambda unit: unit.name_on(today))


def duties_of(person: Person, today: dt.date, unit: Unit) -> list[Assignment]:
    """The assignments of a unit that an activity of it may serve: what runs, leading ones first."""
    rows = Assignment.objects.for_user(person, today).filter(
        unit=unit, state__in=[AssignmentState.OPEN, AssignmentState.DONE], task__programme__state=ProgrammeState.ISSUED
    )
    return list(rows.select_related("task__programme__directive").order_by("-role", "task__programme", "pk"))


@dataclass(frozen=True, slots=True)
class Owed:
    """An assignment that an activity serves, and the reports of it that wait to be made."""

    assignment: Assignment
    expected: Sequence[ExpectedReport]
    reports: bool


@dataclass(frozen=True, slots=True)
class ActivityStory:
    """One activity with everything that became of it, and what the person may do to it."""

    activity: Activity
    duties: Sequence[Owed]
    lines: Sequence[ActivityLine]
    records: bool
    decides: bool


def activity(person: Person, today: dt.date, id: int) -> ActivityStory:
    """The activity's own page. Raises Activity.DoesNotExist.

    Of the assignments that it serves those are told which the person may see.
    """
    found = (
        Activity.objects.for_user(person, today)
        .select_related("unit", "done_by", *_DETAILS)
        .prefetch_related("unit__names", "done_by__names", "languages", "evidence__file")
        .get(pk=id)
    )
    scope = scope_of(person, today)
    assert scope is not None, "somebody who sees a row has a post"
    lines = (
        ActivityLine.objects.for_user(person, today)
        .filter(activity=found)
        .select_related("by", "post", "filed_in__assignment__task", "filed_in__assignment__unit", "filed_in__expected")
    )
    records = found.unit_id in scope.units(RECORDING) and not found.withdrawn_at
    return ActivityStory(
        activity=found,
        duties=_owed(person, today, found),
        lines=list(lines),
        records=records,
        decides=found.unit_id in scope.reach(DECIDING) and not found.withdrawn_at,
    )


def _owed(person: Person, today: dt.date, found: Activity) -> list[Owed]:
    rows = (
        Assignment.objects.for_user(person, today)
        .filter(pk__in=found.duties.values("assignment"))
        .select_related("task__programme__directive", "unit")
        .prefetch_related("unit__names")
    )
    waiting = ExpectedReport.objects.filter(
        assignment__in=rows.order_by().values("pk"), state__in=AWAITING, period_start__lte=today
    )
    owed: dict[int, list[ExpectedReport]] = {}
    for report in waiting.order_by("due", "pk"):
        owed.setdefault(report.assignment_id, []).append(report)
    told = []
    for row in rows:
        runs = row.task.programme.state == ProgrammeState.ISSUED and row.state != AssignmentState.WITHDRAWN
        reports = runs and row.mode == Mode.ORDER and row.unit_id == found.unit_id
        leads = reports and row.role == UnitRole.LEAD
        told.append(Owed(row, owed.get(row.pk, []) if leads else [], reports))
    return told


def of_task(person: Person, today: dt.date, task_id: int) -> "QuerySet[Activity]":
    """The activities that serve an assignment of the task which the person may see."""
    return _serving(person, today, Assignment.objects.for_user(person, today).filter(task=task_id))


def of_assignment(person: Person, today: dt.date, assignment_id: int) -> "QuerySet[Activity]":
    """The activities that serve that assignment, where the person may see it."""
    return _serving(person, today, Assignment.objects.for_user(person, today).filter(pk=assignment_id))


def _serving(person: Person, today: dt.date, assignments: "QuerySet[Assignment]") -> "QuerySet[Activity]":
    serving = ActivityDuty.objects.filter(assignment__in=assignments.order_by().values("pk"))
    rows = Activity.objects.for_user(person, today).filter(
        pk__in=serving.order_by().values("activity"), withdrawn_at__isnull=True
    )
    return rows.select_related("unit", *_DETAILS).prefetch_related("unit__names", "evidence__file", "languages")


def filed(person: Person, today: dt.date, entries: Iterable[int]) -> dict[int, Activity]:
    """Which of some entries of the ledger were made by giving an activity, and by which."""
    rows = ActivityLine.objects.for_user(person, today).filter(filed_in__in=list(entries)).select_related("activity")
    return {row.filed_in_id: row.activity for row in rows if row.filed_in_id is not None}


def sessions_of(person: Person, today: dt.date, directive_id: int) -> "QuerySet[Activity]":
    """The sessions that tell of a directive, the latest first, each with `present`: how many names its list has."""
    rows = Activity.objects.for_user(person, today).filter(
        pk__in=ActivityDirective.objects.filter(directive=directive_id).order_by().values("activity"),
        withdrawn_at__isnull=True,
    )
    rows = rows.select_related("unit").prefetch_related("unit__names").annotate(present=Count("attendees"))
    return rows.order_by("-begins", "-pk")


TOLD_BEFORE = 90  # days before an agreement ends


def expiring(person: Person, today: dt.date) -> "QuerySet[Agreement]":
    """The agreements that end within the next ninety days, or ended in the last ninety, the first first."""
    span = dt.timedelta(days=TOLD_BEFORE)
    rows = Agreement.objects.for_user(person, today).filter(expires_on__gte=today - span, expires_on__lte=today + span)
    rows = rows.filter(settled_on__isnull=True)
    return rows.select_related("partner").order_by("expires_on", "pk")


def in_the_way(person: Person, today: dt.date, one: Activity) -> list[Activity]:
    """What is at the same place and time as an activity that is still to come, or that its unit has then as well.

    Of those that the person may see: an officer of a unit is not told of another unit's.
    """
    if one.ends < today or one.withdrawn_at:
        return []
    rows = activities(person, today, Wanted(first=one.begins, last=one.ends)).order_by("begins", "starts_at", "pk")
    return [row for pair in clashes(rows) if one in pair for row in pair if row != one]


def clashes(rows: Iterable[Activity]) -> list[tuple[Activity, Activity]]:
    """Of these activities those that are at one place at one time, or that one unit has at one time by the clock."""
    by_id = {row.pk: row for row in rows}
    slots = [
        Slot(row.pk, row.begins, row.ends, row.starts_at, row.ends_at, row.place, row.unit_id) for row in by_id.values()
    ]
    return [(by_id[one], by_id[other]) for one, other in conflicts(slots)]


def clashing(rows: Sequence[Activity]) -> list[list[Activity]]:
    """Clashes that hang together, each as one list in the order of the rows: what is to be told of once."""
    knots: list[set[Activity]] = []
    for pair in clashes(rows):
        touched = [knot for knot in knots if knot & set(pair)]
        knots = [knot for knot in knots if knot not in touched] + [set(pair).union(*touched)]
    told = [[row for row in rows if row in knot] for knot in knots]
    return sorted(told, key=lambda knot: rows.index(knot[0]))
