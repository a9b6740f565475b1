"""The whole story of a task: what orders it, who was given it, what each unit told, and who did what about it when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from xulang.organisation.models import Person
from xulang.programme.enums import AWAITING, EntryKind, ReportState, TaskState, UnitRole
from xulang.programme.models import Assignment, Correction, Entry, ExpectedReport, Task, TaskSource
from xulang.registry.models import Directive, Distribution


@dataclass(frozen=True, slots=True)
class TaskTally:
    """How much of a task there is, over the assignments that the person may see."""

    leading: int
    coordinating: int
    reports: int
    confirmed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part in a task: the assignment, its expected reports, its ledger's lines, the papers it was given.

    `later`: the reports of periods that have not begun; there is nothing to tell of them but that they will be owed.
    """

    assignment: Assignment
    expected: Sequence[ExpectedReport]
    later: Sequence[ExpectedReport]
    entries: Sequence[Entry]
    given: Sequence[Distribution]


@dataclass(frozen=True, slots=True)
class TaskStory:
    """A task from the sentence that orders it. `readable` are the directives that the person may open."""

    task: Task
    sources: Sequence[TaskSource]
    readable: frozenset[int]
    also_in: Sequence[Task]
    corrections: Sequence[Correction]
    tally: TaskTally


def task(person: Person, today: dt.date, id: int) -> TaskStory:
    """The story without its units: those are asked for by the page, see `parts`. Raises Task.DoesNotExist.

    Seen by whoever may see the task or one of its assignments; one that is reviewed still has no story.
    """
    assignments = Assignment.objects.for_user(person, today).filter(task=id).order_by()
    seen = Task.objects.for_user(person, today).filter(pk=id).values("pk")
    found = (
        Task.objects.filter(Q(pk__in=seen) | Q(pk__in=assignments.values("task")), state=TaskState.ISSUED)
        .select_related("programme__directive", "programme__focal_unit", "programme__issued_by", "confirmed_by")
        .select_related("deadline_confirmed_by")
        .prefetch_related("programme__focal_unit__names")
        .defer("programme__directive__reading")
        .get(pk=id)
    )
    sources = list(
        found.sources.select_related("passage__directive").defer("passage__directive__reading").order_by("pk")
    )
    papers = {source.passage.directive_id for source in sources} | {found.programme.directive_id}
    joined = Task.objects.for_user(person, today).filter(same_as=found, programme__issued_at__isnull=False)
    owed = Q(expected__state__in=AWAITING, expected__due__lt=today)
    counts = assignments.aggregate(
        leading=Count("pk", distinct=True, filter=Q(role=UnitRole.LEAD)),
        coordinating=Count("pk", distinct=True, filter=Q(role=UnitRole.COORDINATING)),
        reports=Count("expected", filter=~Q(expected__state=ReportState.WITHDRAWN)),
        confirmed=Count("expected", filter=Q(expected__state=ReportState.CONFIRMED)),
        overdue=Count("expected", filter=owed),
    )
    return TaskStory(
        task=found,
        sources=sources,
        readable=frozenset(
            Directive.objects.for_user(person, today).filter(pk__in=papers).values_list("pk", flat=True)
        ),
        also_in=list(joined.select_related("programme__directive").defer("programme__directive__text")),
        corrections=list(Correction.objects.for_user(person, today).filter(task=found).select_related("by")),
        tally=TaskTally(**counts),
    )


def assignments_of(person: Person, today: dt.date, task_id: int) -> "QuerySet[Assignment]":
    """The task's assignments that the person may see: leading units first, of those the ones with most overdue."""
    owed = Count("expected", filter=Q(expected__state__in=AWAITING, expected__due__lt=today))
    rows = Assignment.objects.for_user(person, today).filter(task=task_id)
    return rows.annotate(overdue=owed).order_by("-role", "-overdue", "pk")


def parts(person: Person, today: dt.date, story: TaskStory, some: Sequence[Assignment]) -> list[Part]:
    """What each of these assignments has to tell, in a number of queries that does not grow with them."""
    ids = [one.pk for one in some]
    entries = (
        Entry.objects.for_user(person, today)
        .filter(assignment__in=ids)
        .exclude(kind=EntryKind.WITHDRAWN, expected__isnull=False)
        .select_related(
            "by",
            "post",
            "delegation__delegated_by__person",
            "expected",
            "note",
            "act",
            "letter",
            "unit",
            "from_unit",
            "by_link__holding__post",
        )
        .prefetch_related("evidence__file", "unit__names", "from_unit__names")
        .order_by("pk")
    )
    rows = (
        Assignment.objects.filter(pk__in=ids)
        .select_related("unit")
        .prefetch_related("unit__names", "expected", Prefetch("entries", entries, to_attr="told"))
        .in_bulk()
    )
    papers = {source.passage.directive_id for source in story.sources}
    given: dict[int, list[Distribution]] = {}
    for row in (
        Distribution.objects.for_user(person, today)
        .filter(directive__in=papers, unit__in={one.unit_id for one in rows.values()}, post__isnull=True)
        .select_related("directive", "read_by")
        .defer("directive__text", "directive__reading")
        .order_by("given_on", "pk")
    ):
        given.setdefault(row.unit_id, []).append(row)
    found = []
    for one in (rows[id] for id in ids):
        later = [row for row in one.expected.all() if row.state == ReportState.EXPECTED and row.period_start > today]
        now = [row for row in one.expected.all() if row not in later]
        found.append(Part(one, now, later, one.told, given.get(one.unit_id, [])))  # type: ignore[attr-defined]
    return found
