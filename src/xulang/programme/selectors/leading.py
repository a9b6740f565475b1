"""The leader's questions: what is late, by whom and since when; what ended and was not wound up."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet

from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import scope_of
from xulang.programme.enums import AWAITING, ProgrammeState, ReportState
from xulang.programme.models import Assignment, ExpectedReport, Programme, Task


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
    overdue = _overdue(person, today)
    rows = list(
        overdue.values("assignment__task")
        .annotate(
            since=Min("due"),
            reports=Count("pk"),
            sent=Count("pk", filter=Q(state=ReportState.REPORTED)),
            units=Count("assignment__unit", distinct=True),
        )
        .order_by("since", "-reports", "assignment__task")[:most]
    )
    tasks = Task.objects.in_bulk([row["assignment__task"] for row in rows])
    worst = {}
    for row in rows:
        of_task = overdue.filter(assignment__task=row["assignment__task"]).values("assignment")
        of_task = of_task.annotate(since=Min("due")).order_by("since", "assignment")[:named]
        worst[row["assignment__task"]] = [one["assignment"] for one in of_task]
    ids = [id for some in worst.values() for id in some]
    assignments = Assignment.objects.select_related("unit").prefetch_related("unit__names").in_bulk(ids)
    return [
        Late(
            tasks[row["assignment__task"]],
            row["since"],
            row["reports"],
            row["sent"],
            row["units"],
            [assignments[id] for id in worst[row["assignment__task"]]],
        )
        for row in rows
    ]


def late_of(person: Person, today: dt.date, task_id: int) -> "QuerySet[ExpectedReport, int]":
    """The assignments of a task that are overdue today and still owed, by id."""
    rows = _overdue(person, today).filter(task=task_id, state__in=AWAITING)
    return rows.values_list("assignment", flat=True).distinct()


def late_units(person: Person, today: dt.date, *, most: int) -> list[LateUnit]:
    """The units with the most reports overdue."""
    rows = (
        _overdue(person, today)
        .values("assignment__unit")
        .annotate(reports=Count("pk"), since=Min("due"))
        .order_by("-reports", "since", "assignment__unit")[:most]
    )
    found = list(rows)
    units = Unit.objects.prefetch_related("names").in_bulk([row["assignment__unit"] for row in found])
    return [LateUnit(units[row["assignment__unit"]], row["reports"], row["since"]) for row in found]


def _overdue(person: Person, today: dt.date) -> "QuerySet[ExpectedReport]":
    """By the projections: owed and past due, or reported after the due day and not confirmed yet."""
    owed = Q(state__in=AWAITING, due__lt=today)
    sent = Q(state=ReportState.REPORTED, due__lt=F("reported_on"))
    rows = ExpectedReport.objects.for_user(person, today).filter(owed | sent).order_by()
    return rows.filter(assignment__task__programme__state=ProgrammeState.ISSUED)


def unwound(person: Person, today: dt.date) -> "QuerySet[Programme]":
    """The programmes whose time is over and whose final review this person may write, the longest over first."""
    scope = scope_of(person, today)
    homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER]) if scope else ()
    rows = Programme.objects.for_user(person, today).filter(
        state=ProgrammeState.ISSUED, ends_on__lt=today, directive__home_unit__in=homes
    )
    return rows.select_related("directive").defer("directive__text", "directive__reading").order_by("ends_on", "id")
