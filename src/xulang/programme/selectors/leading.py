"""The leader's questions: what is late, by whom and since when; what ended and was not wound up.

Units come without their names: the page asks for those of all its units at once.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import Scope, scope_of
from xulang.programme.enums import AWAITING, OPEN_STATES, Bucket, ProgrammeState, ReportState
from xulang.programme.models import Assignment, ExpectedReport, Programme, Task
from xulang.programme.models.ledger import assignments_seen
from xulang.programme.selectors.figures import Figures
from xulang.programme.selectors.lateness import Clock, of_programmes


@dataclass(frozen=True, slots=True)
class Late:
    """A task with reports overdue today: since which due day, how many, and how many of them were sent meanwhile.

    `units` counts those that are late; `worst` are the assignments of some of them, the longest overdue first.
    """

    task: Task
    since: dt.date
    reports: int
    sent: int
    units: int
    worst: list[Assignment]

    @property
    def more(self) -> int:
        """How many units are late that `worst` does not name."""
        return self.units - len(self.worst)


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with reports overdue today: how many, and since which due day."""

    unit: Unit
    reports: int
    since: dt.date


def late(person: Person, today: dt.date, *, most: int, named: int = 3) -> list[Late]:
    """The tasks of running programmes that are overdue for the longest, as the figure counts them."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    overdue = _overdue(scope, today)
    # By name, so that an index finds their reports: some tasks have as many assignments as there are units.
    of_task = list(Assignment.objects.filter(task__in=_oldest(overdue, most)).order_by().values_list("pk", flat=True))
    told = overdue.filter(assignment__in=of_task).order_by("due", "assignment")
    reports: dict[int, list[tuple[int, int | None, dt.date, str]]] = defaultdict(list)
    for task, assignment, unit, due, state in told.values_list("task", "assignment", "unit", "due", "state"):
        assert task is not None, "the database keeps it"
        reports[task].append((assignment, unit, due, state))
    worst = {task: list(dict.fromkeys(row[0] for row in rows))[:named] for task, rows in reports.items()}
    ids = [id for some in worst.values() for id in some]
    assignments = Assignment.objects.select_related("task", "unit").in_bulk(ids)
    found = [
        Late(
            task=assignments[worst[task][0]].task,
            since=rows[0][2],
            reports=len(rows),
            sent=sum(state == ReportState.REPORTED for *_rest, state in rows),
            units=len({unit for _assignment, unit, *_rest in rows}),
            worst=[assignments[id] for id in worst[task]],
        )
        for task, rows in reports.items()
    ]
    return sorted(found, key=lambda one: (one.since, -one.reports, one.task.pk))[:most]


def _oldest(overdue: "QuerySet[ExpectedReport]", most: int) -> list[int]:
    """The tasks of the reports that are overdue for the longest, at most so many."""
    found: dict[int | None, None] = {}
    rows, size = overdue.order_by("due", "id").values_list("task", flat=True), 500
    while len(found) < most:  # a task's reports stand together: mostly the first piece has them all
        piece = list(rows[:size])
        found.update(dict.fromkeys(piece))
        if len(piece) < size:
            break
        size *= 8
    return [task for task in found if task is not None][:most]


def late_of(person: Person, today: dt.date, task_id: int) -> list[int]:
    """The assignments of a task that are overdue today and still owed, by id."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = _overdue(scope, today).filter(task=task_id, state__in=AWAITING)
    return list(rows.values_list("assignment", flat=True).distinct())


def late_units(person: Person, today: dt.date, told: Mapping[int, Figures], *, most: int) -> list[LateUnit]:
    """The units with the most reports overdue; `told`: the figures of today by unit, without choice."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    counted = Counter({unit: its.open_overdue for unit, its in told.items()})
    counted.subtract(_stopped(scope, today))
    ranked = +counted
    worst = sorted(ranked.values(), reverse=True)[:most]
    ids = [unit for unit, reports in ranked.items() if reports >= worst[-1]]  # with those that are as late as the last
    oldest = _overdue(scope, today).filter(unit=OuterRef("pk")).order_by("due").values("due")[:1]
    units: Any = Unit.objects.filter(pk__in=ids).annotate(since=Subquery(oldest))
    found = [LateUnit(unit, ranked[unit.pk], unit.since) for unit in units]
    return sorted(found, key=lambda one: (-one.reports, one.since, one.unit.pk))[:most]


def _stopped(scope: Scope, today: dt.date) -> dict[int, int]:
    """How many of each unit's overdue reports are of programmes that were closed: nobody can make them any more."""
    clock = Clock(today)
    if not clock.stopped:
        return {}
    rows = ExpectedReport.objects.filter(assignments_seen(scope), clock.standing(Bucket.OPEN_OVERDUE)).order_by()
    return dict(rows.filter(of_programmes(clock.stopped)).values_list("unit").annotate(n=Count("pk")))


def _overdue(scope: Scope, today: dt.date) -> "QuerySet[ExpectedReport]":
    """By the projections: owed and past due, or reported after the due day and not confirmed yet."""
    owed = Q(state__in=AWAITING, due__lt=today)
    sent = Q(state=ReportState.REPORTED, due__lt=F("reported_on"))
    rows = ExpectedReport.objects.filter(assignments_seen(scope), owed | sent).order_by()
    rows = rows.filter(state__in=OPEN_STATES)  # said anew, for the index of what is open
    running = Task.objects.filter(programme__state=ProgrammeState.ISSUED).order_by()
    return rows.filter(task_id__in=running.values("pk"))


def unwound(person: Person, today: dt.date) -> "QuerySet[Programme]":
    """The programmes whose time is over and whose final review this person may write, the longest over first.

    Not those whose duties a later programme that runs has taken over: they are closed after it.
    """
    scope = scope_of(person, today)
    homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER]) if scope else ()
    rows = Programme.objects.for_user(person, today).filter(
        state=ProgrammeState.ISSUED, ends_on__lt=today, directive__home_unit__in=homes
    )
    # What a programme that runs took over is still owed there: this one cannot be closed before that is.
    serving = Programme.objects.filter(state=ProgrammeState.ISSUED, tasks__same_as__programme=OuterRef("pk"))
    rows = rows.exclude(Exists(serving))
    return rows.select_related("directive").defer("directive__text", "directive__reading").order_by("ends_on", "id")
