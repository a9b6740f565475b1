"""Questions about guidance: what a task has, what is new to a unit, who has read it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from xulang.organisation.enums import DESK
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.programme.enums import ProgrammeState, TaskState
from xulang.programme.models import Guidance, GuidanceReceipt, Task
from xulang.registry.models import Directive


def guidance_of(tasks: Iterable[int]) -> "QuerySet[Guidance]":
    """What is attached to some tasks that were asked for within scope, the newest first: its titles alone."""
    rows = Guidance.objects.filter(task__in=list(tasks), detached_at__isnull=True).select_related("directive", "by")
    return rows.defer("directive__text", "directive__reading").order_by("-at", "-id")


def readable_guidance(person: Person, today: dt.date, task: int) -> "QuerySet[Any]":
    """The same of one task, each `readable` where the person may open the paper itself."""
    open_to = Directive.objects.for_user(person, today).filter(pk=OuterRef("directive"))
    return guidance_of([task]).annotate(readable=Exists(open_to))


@dataclass(frozen=True, slots=True)
class NewGuidance:
    """A directive that a person's units have not read yet, and for which of their duties it is meant."""

    directive: Directive
    duties: list[GuidanceReceipt]


def new_guidance(person: Person, today: dt.date) -> list[NewGuidance]:
    """What the person's units were told of and nobody there has read, the newest first."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = GuidanceReceipt.objects.filter(
        assignment__unit__in=scope.units(DESK), seen_at__isnull=True, guidance__detached_at__isnull=True
    )
    rows = rows.select_related("guidance__directive", "assignment__task").order_by("-guidance__at", "assignment")
    found: dict[int, NewGuidance] = {}
    for row in rows.defer("guidance__directive__text", "guidance__directive__reading"):
        directive = row.guidance.directive
        found.setdefault(directive.pk, NewGuidance(directive, [])).duties.append(row)
    return list(found.values())


def receipts(person: Person, today: dt.date, directive: Directive) -> "QuerySet[GuidanceReceipt]":
    """Who was told of a directive as guidance and who has read it, those who have not first; as far as they may see."""
    rows = GuidanceReceipt.objects.for_user(person, today)
    rows = rows.filter(guidance__directive=directive, guidance__detached_at__isnull=True)
    rows = rows.select_related("assignment__unit", "assignment__task", "seen_by").prefetch_related(
        "assignment__unit__names"
    )
    return rows.order_by(F("seen_at").asc(nulls_first=True), "assignment__unit", "assignment")


def may_be_guided(person: Person, today: dt.date, directive: Directive) -> "QuerySet[Task]":
    """The tasks of the directive's office that run and that it may be attached to, by programme and section."""
    rows = Task.objects.for_user(person, today).filter(
        state=TaskState.ISSUED,
        programme__state=ProgrammeState.ISSUED,
        programme__directive__home_unit=directive.home_unit_id,
    )
    rows = rows.exclude(programme__directive=directive).select_related("programme__directive")
    return rows.defer("programme__directive__text", "programme__directive__reading").order_by("programme", "position")
