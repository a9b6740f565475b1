"""Obstacles go up and come back: raised by a unit, answered by the focal unit or the leader, closed by the unit.

A leader's direction is a line of its own, with or without an obstacle that it answers.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from xulang.organisation.enums import DESK, FOLLOWING, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.enums import EntryKind, Waits
from xulang.programme.errors import SettledAlready, WordsNeeded
from xulang.programme.models import Assignment, Entry
from xulang.programme.rules import may_direct, may_settle, waits_for
from xulang.programme.services.desk import NewEvidence, opened, post_among, told, write
from xulang.programme.services.rousing import rouse

_SETTLING = FOLLOWING | {Role.LEADER}


@transaction.atomic
def raise_obstacle(
    *, assignment: Assignment, note: str, by: Person, now: dt.datetime, evidence: Sequence[NewEvidence] = ()
) -> Entry:
    """An officer of the assigned unit says what stands in the way; the focal unit is to answer.

    Raises NotPermitted, WordsNeeded, NotRunning, BadAddress, and the refusals of `plumbing.files`.
    """
    post = post_among(by, now, DESK, [assignment.unit_id])
    if post is None or not by.is_active:
        raise NotPermitted
    if not note.strip():
        raise WordsNeeded
    assignment = opened(assignment)
    entry = write(assignment, EntryKind.OBSTACLE, by, now, post=post, note=note, evidence=evidence)
    rouse(entry, now=now, waits=_waits(entry, assignment))
    journal.record(by=by, action="obstacle.raised", subject=assignment, data=told(entry), now=now)
    return entry


@transaction.atomic
def advise(*, obstacle: Entry, note: str, by: Person, now: dt.datetime) -> Entry:
    """The focal unit or a leader answers; it is the unit's turn then. A leader's answer is a direction.

    Raises NotPermitted, WordsNeeded, NotRunning, SettledAlready.
    """
    if not note.strip():
        raise WordsNeeded
    assignment, leads = _settling(obstacle, {Waits.FOCAL, Waits.LEADER, Waits.UNIT}, by, now)
    kind = EntryKind.DIRECTED if leads else EntryKind.ADVISED
    return _answer(obstacle, assignment, kind, note, by, now, action="obstacle.answered")


@transaction.atomic
def escalate(*, obstacle: Entry, note: str, by: Person, now: dt.datetime) -> Entry:
    """The focal unit lays an obstacle before the leader, with its view. Raises what `advise` does."""
    assignment, _leads = _settling(obstacle, {Waits.FOCAL, Waits.UNIT}, by, now)
    return _answer(obstacle, assignment, EntryKind.ESCALATED, note, by, now, action="obstacle.escalated")


@transaction.atomic
def resolve(*, obstacle: Entry, note: str, by: Person, now: dt.datetime) -> Entry:
    """The unit that raised it says that it stands in the way no more: its officers, or who has its work today.

    Raises NotPermitted, NotRunning, SettledAlready.
    """
    return _by_unit(obstacle, EntryKind.RESOLVED, note, by, now, action="obstacle.resolved")


@transaction.atomic
def raise_again(*, obstacle: Entry, note: str, by: Person, now: dt.datetime) -> Entry:
    """The unit says why the answer does not help; it waits for the focal unit again. Raises WordsNeeded as well."""
    if not note.strip():
        raise WordsNeeded
    return _by_unit(obstacle, EntryKind.OBSTACLE, note, by, now, action="obstacle.raised_again")


@transaction.atomic
def direct(*, assignments: Iterable[Assignment], text: str, by: Person, now: dt.datetime) -> list[Entry]:
    """A leader's direction becomes a line on each of the duties; the units are told on their desks.

    Raises NotPermitted, WordsNeeded, NotRunning.
    """
    if not text.strip():
        raise WordsNeeded
    scope, entries = acting(by, now), []
    post = post_among(by, now, [Role.LEADER], scope.units([Role.LEADER]))
    for one in sorted(assignments, key=lambda row: row.pk):
        if not may_direct(scope=scope, home_unit=one.task.programme.directive.home_unit_id):
            raise NotPermitted
        assignment = opened(one)
        entry = write(assignment, EntryKind.DIRECTED, by, now, post=post, note=text)
        rouse(entry, now=now)
        journal.record(by=by, action="assignment.directed", subject=assignment, data=told(entry), now=now)
        entries.append(entry)
    return entries


def _settling(obstacle: Entry, turns: set[Waits], by: Person, now: dt.datetime) -> tuple[Assignment, bool]:
    """The assignment, locked, and whether the person is a leader above it."""
    scope, programme = acting(by, now), obstacle.assignment.task.programme
    home = programme.directive.home_unit_id
    if not may_settle(
        scope=scope, unit=obstacle.assignment.unit_id, focal_unit=programme.focal_unit_id, home_unit=home
    ):
        raise NotPermitted
    assignment = opened(obstacle.assignment)
    if _waits(obstacle, assignment) not in turns:
        raise SettledAlready
    return assignment, may_direct(scope=scope, home_unit=home)


def _by_unit(obstacle: Entry, kind: EntryKind, note: str, by: Person, now: dt.datetime, *, action: str) -> Entry:
    post = post_among(by, now, DESK, [obstacle.assignment.unit_id])
    if post is None or not by.is_active:
        raise NotPermitted
    assignment = opened(obstacle.assignment)
    if _waits(obstacle, assignment) == Waits.NOBODY:
        raise SettledAlready
    entry = write(assignment, kind, by, now, post=post, note=note, answers=obstacle)
    rouse(entry, now=now, waits=_waits(obstacle, assignment))
    journal.record(by=by, action=action, subject=assignment, data=told(entry), now=now)
    return entry


def _answer(
    obstacle: Entry, assignment: Assignment, kind: EntryKind, note: str, by: Person, now: dt.datetime, *, action: str
) -> Entry:
    post = post_among(by, now, _SETTLING, acting(by, now).units(_SETTLING))
    entry = write(assignment, kind, by, now, post=post, note=note, answers=obstacle)
    rouse(entry, now=now, waits=_waits(obstacle, assignment))
    journal.record(by=by, action=action, subject=assignment, data=told(entry), now=now)
    return entry


def _waits(obstacle: Entry, assignment: Assignment) -> Waits:
    if obstacle.kind != EntryKind.OBSTACLE or obstacle.answers_id is not None:
        return Waits.NOBODY
    kinds = obstacle.answered_by.order_by("id").values_list("kind", flat=True)
    return waits_for(kinds, own=assignment.unit_id == assignment.task.programme.focal_unit_id)
