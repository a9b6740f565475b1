"""One duty that several directives order is one task: joined while the later one is reviewed, done by issuing it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from xulang.organisation.models import Person, Post
from xulang.programme.enums import STANDING, AssignmentState, EntryKind, TaskState
from xulang.programme.errors import CannotJoin
from xulang.programme.models import Assignment, Programme, Task, TaskSource
from xulang.programme.rows import tasks_in_force
from xulang.programme.services.desk import write
from xulang.programme.services.reviewing import noted, reviewing


@transaction.atomic
def join(*, task: Task, other: Task, by: Person, now: dt.datetime) -> Task:
    """Says that a proposed task is the same duty as one in force: it will be a further source of that, reported once.

    Until issue it can be parted again. Raises NotPermitted, NotInReview, CannotJoin.
    """
    programme = reviewing(task.programme, by, now)
    task = programme.tasks.select_for_update().get(pk=task.pk, state__in=STANDING)
    if not tasks_in_force(programme).filter(pk=other.pk, mode=task.mode).exists():
        raise CannotJoin
    task.state, task.same_as, task.confirmed_at, task.confirmed_by = TaskState.JOINED, other, now, by
    task.save(update_fields=["state", "same_as", "confirmed_at", "confirmed_by"])
    noted(programme, "task.joined", by, now, task=task, data={"same_as": other.pk})
    return task


@transaction.atomic
def part(*, task: Task, by: Person, now: dt.datetime) -> Task:
    """Takes a joining back: the task is to be confirmed by itself again. Raises NotPermitted, NotInReview."""
    programme = reviewing(task.programme, by, now)
    task = programme.tasks.select_for_update().get(pk=task.pk)
    if task.state == TaskState.JOINED:
        task.state, task.same_as, task.confirmed_at, task.confirmed_by = TaskState.PROPOSED, None, None, None
        task.save(update_fields=["state", "same_as", "confirmed_at", "confirmed_by"])
        noted(programme, "task.parted", by, now, task=task)
    return task


def add_sources(
    programme: Programme, joined: Sequence[Task], post: Post | None, by: Person, now: dt.datetime
) -> list[Assignment]:
    """Issuing: the passages of joined tasks become sources of those in force; gives the assignments so ordered anew.

    Each of those gets one line of its ledger, however many passages name it.
    """
    if not joined:
        return []
    for task in joined:
        assert task.same_as_id is not None, "a joined task names the other"
        for passage in task.sources.values_list("passage_id", flat=True):
            TaskSource.objects.get_or_create(task_id=task.same_as_id, passage_id=passage)
    rows = Assignment.objects.filter(task__in={task.same_as_id for task in joined})
    running = list(rows.exclude(state=AssignmentState.WITHDRAWN).select_for_update(of=("self",)).order_by("id"))
    told = programme.directive.code or programme.title[:200]
    for one in running:
        write(one, EntryKind.SOURCED, by, now, post=post, note=told)
    return running
