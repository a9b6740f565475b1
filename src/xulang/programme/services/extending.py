"""Deadlines that move: a unit asks for more time with a reason, the focal unit or a leader grants or refuses it.

The focal unit is told of what is asked, the unit's officers and who asked of what became of it, in the next digest.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from xulang.organisation.calendars import working_days
from xulang.organisation.enums import DESK, FOLLOWING, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme.enums import AWAITING, EntryKind, Mode
from xulang.programme.errors import AlreadyReported, AskedAlready, DayNotLater, IsRequest, SettledAlready
from xulang.programme.ladder import ASKED, GRANTED, REFUSED
from xulang.programme.models import Assignment, Entry, ExpectedReport
from xulang.programme.rules import may_settle
from xulang.programme.services.desk import opened, post_among, told, write
from xulang.programme.services.reminding import tell_of


@transaction.atomic
def ask_extension(*, expected: ExpectedReport, due: dt.date, reason: str, by: Person, now: dt.datetime) -> Entry:
    """An officer of the unit that owes a report asks for a later day; nothing moves before it is granted.

    A day off counts as the next working day. Raises NotPermitted, ReasonNeeded, NotRunning, IsRequest,
    AlreadyReported, DayNotLater, AskedAlready.
    """
    assignment = expected.assignment
    post = post_among(by, now, DESK, [assignment.unit_id])
    if post is None or not by.is_active:
        raise NotPermitted
    if not reason.strip():
        raise ReasonNeeded
    if assignment.mode == Mode.REQUEST:
        raise IsRequest
    assignment = opened(assignment)
    expected = _owed(assignment, expected.pk)
    due = _later(assignment, expected, due, now)
    if expected.entries.filter(kind=EntryKind.EXTENSION, answered_by__isnull=True).exists():
        raise AskedAlready
    entry = write(assignment, EntryKind.EXTENSION, by, now, post=post, expected=expected, note=reason, due=due)
    data = told(entry) | {"due": due.isoformat()}
    journal.record(by=by, action="extension.asked", subject=assignment, data=data, now=now)
    tell_of(entry, ASKED, now=now)
    return entry


@transaction.atomic
def grant_extension(*, asked: Entry, by: Person, now: dt.datetime, due: dt.date | None = None, note: str = "") -> Entry:
    """Moves the deadline to the day that was asked for, or to another; the first one stays visible.

    The report is judged by the new day from today on; figures as of earlier days stay what they were. For who may, see
    `rules.may_settle`. Raises NotPermitted, NotRunning, SettledAlready, AlreadyReported, DayNotLater.
    """
    assignment, expected = _settling(asked, by, now)
    due = _later(assignment, expected, due or asked.due or expected.due, now)
    return _settle(EntryKind.REDATED, assignment, expected, asked, note, due, by, now, action="extension.granted")


@transaction.atomic
def refuse_extension(*, asked: Entry, reason: str, by: Person, now: dt.datetime) -> Entry:
    """The deadline stays, for a reason. Raises NotPermitted, ReasonNeeded, NotRunning, SettledAlready."""
    if not reason.strip():
        raise ReasonNeeded
    assignment, expected = _settling(asked, by, now)
    return _settle(EntryKind.REFUSED, assignment, expected, asked, reason, None, by, now, action="extension.refused")


def _settle(
    kind: EntryKind,
    assignment: Assignment,
    expected: ExpectedReport,
    asked: Entry,
    note: str,
    due: dt.date | None,
    by: Person,
    now: dt.datetime,
    *,
    action: str,
) -> Entry:
    units = acting(by, now).units(FOLLOWING | {Role.LEADER})
    post = post_among(by, now, FOLLOWING | {Role.LEADER}, units)
    entry = write(assignment, kind, by, now, post=post, expected=expected, note=note, answers=asked, due=due)
    data = told(entry) | ({"due": due.isoformat()} if due else {})
    journal.record(by=by, action=action, subject=assignment, data=data, now=now)
    tell_of(entry, GRANTED if due else REFUSED, now=now, also=[asked.by_id])
    return entry


def _settling(asked: Entry, by: Person, now: dt.datetime) -> tuple[Assignment, ExpectedReport]:
    programme = asked.assignment.task.programme
    if not may_settle(
        scope=acting(by, now),
        unit=asked.assignment.unit_id,
        focal_unit=programme.focal_unit_id,
        home_unit=programme.directive.home_unit_id,
    ):
        raise NotPermitted
    assignment = opened(asked.assignment)
    if asked.kind != EntryKind.EXTENSION or asked.expected_id is None or asked.answered_by.exists():
        raise SettledAlready
    return assignment, _owed(assignment, asked.expected_id)


def _owed(assignment: Assignment, id: int) -> ExpectedReport:
    expected = assignment.expected.select_for_update(of=("self",)).get(pk=id)
    if expected.state not in AWAITING:
        raise AlreadyReported
    return expected


def _later(assignment: Assignment, expected: ExpectedReport, due: dt.date, now: dt.datetime) -> dt.date:
    """The day as it is kept; later than the one in force, and than today."""
    kept = working_days(assignment.task.programme.directive.home_unit_id).kept_on(due)
    if due <= max(expected.due, timezone.localdate(now)):
        raise DayNotLater(due=date_format(expected.due, "SHORT_DATE_FORMAT"))
    return kept
