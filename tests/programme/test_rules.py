"""The programme's decisions, row by row."""

from datetime import date as D  # noqa: N812

import pytest

from xulang.organisation.enums import Role
from xulang.organisation.scopes import Scope
from xulang.programme.enums import Bucket, EntryKind, ReportState, UnitRole
from xulang.programme.rules import (
    EntryRow,
    SetRow,
    Standing,
    TaskRow,
    UnitRow,
    bucket,
    doubts,
    due_of,
    faults_of,
    may_confirm,
    missing_to_issue,
    standing,
)

SIGNED = D(2026, 1, 31)
# kind, value, the last day to keep it
DEADLINES = [
    ("date", "2026-06-30", D(2026, 6, 30)),
    ("date", "2026-02", D(2026, 2, 28)),
    ("date", "2026-Q2", D(2026, 6, 30)),
    ("date", "2026", D(2026, 12, 31)),
    # an interval ends with its last part
    ("date", "2026-01/2026-06", D(2026, 6, 30)),
    ("date", "2026/2030", D(2030, 12, 31)),
    # counted from the day of signing
    ("relative", "P15D", D(2026, 2, 15)),
    ("relative", "P2W", D(2026, 2, 14)),
    ("relative", "P1M", D(2026, 2, 28)),
    ("relative", "P1Y", D(2027, 1, 31)),
    # nothing to count
    ("relative", None, None),
    ("relative", "P15X", None),
    ("ongoing", None, None),
    ("recurring", "12-15", None),
    ("none", None, None),
    ("date", "2026-02-30", None),
    ("date", "2026-13", None),
    ("date", "sớm", None),
]


@pytest.mark.parametrize(("kind", "value", "day"), DEADLINES)
def test_deadlines(kind, value, day):
    assert due_of(kind, value, SIGNED) == day


def test_relative_deadline_without_a_date_of_signing_is_unknown():
    assert due_of("relative", "P15D", None) is None


def a_row(*units, **more):
    """A task that is ready, but for what is given."""
    ready = {
        "id": 1,
        "sure": True,
        "confirmed": True,
        "timed": True,
        "deadline_sure": True,
        "deadline_confirmed": False,
    }
    return TaskRow(units=units or (LEAD,), **ready | more)


LEAD = UnitRow(1, UnitRole.LEAD, "Phòng A", sure=True, confirmed=False, unit_id=10)
LIKELY = UnitRow(2, UnitRole.LEAD, "Phòng B", sure=False, confirmed=False, unit_id=11)
SETTLED = UnitRow(3, UnitRole.LEAD, "Phòng B", sure=False, confirmed=True, unit_id=11)
UNKNOWN = UnitRow(4, UnitRole.LEAD, "Phòng ?", sure=False, confirmed=False)
HELPER = UnitRow(5, UnitRole.COORDINATING, "Phòng C", sure=True, confirmed=False, unit_id=12)


def a_set(*units, role=UnitRole.LEAD, sure=True, confirmed=True, is_open=False):
    """A set that a task names."""
    meaning = SetRow(7, "các phòng", sure, confirmed, is_open, frozenset(units))
    return UnitRow(6, role, "các phòng", sure=sure, confirmed=False, meaning=meaning)


# the task, its doubts, all its faults
TASKS = [
    (a_row(), [], []),
    (a_row(LEAD, HELPER), [], []),
    # doubts, each of its own
    (a_row(LIKELY), ["doubt_unit"], ["doubt_unit"]),
    (a_row(SETTLED), [], []),
    (a_row(UNKNOWN), ["unmatched"], ["unmatched"]),
    (a_row(LEAD, LIKELY, UNKNOWN), ["doubt_unit", "unmatched"], ["doubt_unit", "unmatched"]),
    (a_row(deadline_sure=False), ["doubt_deadline"], ["doubt_deadline"]),
    (a_row(deadline_sure=False, deadline_confirmed=True), [], []),
    (a_row(sure=False, confirmed=False), ["doubt_task"], ["doubt_task"]),
    (a_row(sure=False, confirmed=True), [], []),
    # sets: a sure one waits for its meaning, a doubtful one is a doubt
    (a_row(a_set(10, confirmed=False)), [], ["set"]),
    (a_row(a_set(10, confirmed=False, sure=False)), ["set"], ["set"]),
    (a_row(a_set(10)), [], []),
    # nobody to do it: no unit, only helpers, an open set
    (TaskRow(1, True, True, True, True, False), [], ["no_lead"]),
    (a_row(HELPER), [], ["no_lead"]),
    (a_row(a_set(is_open=True)), [], ["no_lead"]),
    (a_row(LEAD, a_set(role=UnitRole.COORDINATING, is_open=True)), [], []),
    # no time, no period, no confirmation
    (a_row(timed=False, periods=0), [], ["no_time"]),
    (a_row(periods=0), [], ["no_period"]),
    (a_row(confirmed=False), [], ["unconfirmed"]),
    (a_row(UNKNOWN, timed=False, confirmed=False), ["unmatched"], ["unmatched", "no_time", "unconfirmed"]),
]


@pytest.mark.parametrize(("task", "doubtful", "faults"), TASKS)
def test_faults(task, doubtful, faults):
    assert [fault.code for fault in doubts(task)] == doubtful
    assert [fault.code for fault in faults_of(task)] == faults
    for fault in faults_of(task):
        assert str(fault).endswith(".")
        assert fault.task_id == task.id


# focal unit there, settled, tasks, faults
PROGRAMMES = [
    (True, True, [a_row()], []),
    (True, True, [], ["no_tasks"]),
    (False, False, [a_row()], ["no_focal"]),
    (True, False, [a_row()], ["doubt_focal"]),
    (False, False, [a_row(timed=False), a_row(UNKNOWN)], ["no_focal", "no_time", "unmatched"]),
]


@pytest.mark.parametrize(("focal", "settled", "tasks", "faults"), PROGRAMMES)
def test_missing_to_issue(focal, settled, tasks, faults):
    found = missing_to_issue(tasks, focal_unit=focal, focal_settled=settled)
    assert [fault.code for fault in found] == faults


def test_leading_goes_before_coordinating():
    task = a_row(LEAD, a_set(10, 12, role=UnitRole.COORDINATING), HELPER)
    assert task.unit_ids(UnitRole.LEAD) == {10}
    assert task.unit_ids(UnitRole.COORDINATING) == {12}


DUE = D(2026, 3, 17)
EARLY, LATE, LATER = D(2026, 3, 16), D(2026, 3, 18), D(2026, 3, 20)
# the ledger's lines (kind, day, answered line), the state, the bucket on the 20th
LEDGERS = [
    ([], ReportState.EXPECTED, Bucket.OPEN_OVERDUE),
    ([("ISSUED", EARLY, None)], ReportState.EXPECTED, Bucket.OPEN_OVERDUE),
    # a report that waits stops the clock
    ([("PROGRESS", EARLY, None)], ReportState.REPORTED, Bucket.OPEN_IN_TIME),
    ([("PROGRESS", DUE, None)], ReportState.REPORTED, Bucket.OPEN_IN_TIME),
    ([("PROGRESS", LATE, None)], ReportState.REPORTED, Bucket.OPEN_OVERDUE),
    # confirming takes its time at nobody's cost
    ([("NIL", EARLY, None), ("CONFIRMED", LATER, 1)], ReportState.CONFIRMED, Bucket.DONE_ON_TIME),
    ([("DONE", LATE, None), ("CONFIRMED", LATER, 1)], ReportState.CONFIRMED, Bucket.DONE_LATE),
    # given back: the clock runs on
    ([("DONE", EARLY, None), ("RETURNED", EARLY, 1)], ReportState.RETURNED, Bucket.OPEN_OVERDUE),
    ([("DONE", EARLY, None), ("RETURNED", EARLY, 1), ("DONE", DUE, None)], ReportState.REPORTED, Bucket.OPEN_IN_TIME),
    (
        [("DONE", EARLY, None), ("RETURNED", EARLY, 1), ("DONE", LATE, None), ("CONFIRMED", LATE, 3)],
        ReportState.CONFIRMED,
        Bucket.DONE_LATE,
    ),
    # confirmed, then given back after all
    (
        [("DONE", EARLY, None), ("CONFIRMED", EARLY, 1), ("RETURNED", LATE, 1)],
        ReportState.RETURNED,
        Bucket.OPEN_OVERDUE,
    ),
    # an answer to a report that no longer stands changes nothing
    (
        [("DONE", EARLY, None), ("RETURNED", EARLY, 1), ("CONFIRMED", LATE, 1)],
        ReportState.RETURNED,
        Bucket.OPEN_OVERDUE,
    ),
]


@pytest.mark.parametrize(("lines", "state", "figure"), LEDGERS)
def test_standing_and_bucket(lines, state, figure):
    rows = [EntryRow(n, EntryKind(kind), on, answers) for n, (kind, on, answers) in enumerate(lines, 1)]
    now = standing(rows, DUE)
    assert now.state == state
    assert bucket(now, LATER) == figure


# the day asked for, without any report
DAYS = [(EARLY, Bucket.OPEN_IN_TIME), (DUE, Bucket.OPEN_IN_TIME), (LATE, Bucket.OPEN_OVERDUE)]


@pytest.mark.parametrize(("day", "figure"), DAYS)
def test_the_due_day_itself_is_in_time(day, figure):
    assert bucket(Standing(due=DUE), day) == figure


HOME, FOCAL, OTHER, BENEATH = 1, 2, 3, 4
PARENTS = {FOCAL: HOME, OTHER: HOME, BENEATH: FOCAL}
ME, SOMEBODY = 50, 51
# posts held, reporting unit, reporter, may confirm
CONFIRMERS = [
    ({FOCAL: Role.LEAD_OFFICER}, OTHER, SOMEBODY, True),
    ({FOCAL: Role.HEAD}, OTHER, SOMEBODY, True),
    ({FOCAL: Role.LEAD_OFFICER}, BENEATH, SOMEBODY, True),
    # an ordinary officer of the focal unit, the reporting unit, and any other
    ({FOCAL: Role.UNIT_OFFICER}, OTHER, SOMEBODY, False),
    ({OTHER: Role.HEAD}, OTHER, SOMEBODY, False),
    ({BENEATH: Role.LEAD_OFFICER}, OTHER, SOMEBODY, False),
    # a leader does not step in for the focal unit
    ({HOME: Role.LEADER}, OTHER, SOMEBODY, False),
    # nobody answers an own report, or one of a unit where they hold a post as well
    ({FOCAL: Role.LEAD_OFFICER}, OTHER, ME, False),
    ({FOCAL: Role.LEAD_OFFICER, OTHER: Role.HEAD}, OTHER, SOMEBODY, False),
    # the focal unit's own report: a leader above it, not itself
    ({FOCAL: Role.LEAD_OFFICER}, FOCAL, SOMEBODY, False),
    ({FOCAL: Role.LEADER}, FOCAL, SOMEBODY, False),
    ({HOME: Role.LEADER}, FOCAL, SOMEBODY, True),
    ({HOME: Role.LEADER}, FOCAL, ME, False),
    ({HOME: Role.LEADER, FOCAL: Role.HEAD}, FOCAL, SOMEBODY, False),
    ({OTHER: Role.LEADER}, FOCAL, SOMEBODY, False),
    ({HOME: Role.ADMINISTRATOR}, FOCAL, SOMEBODY, False),
]


@pytest.mark.parametrize(("posts", "unit", "reporter", "may"), CONFIRMERS)
def test_who_may_confirm(posts, unit, reporter, may):
    scope = Scope(ME, DUE, {unit: frozenset([role]) for unit, role in posts.items()}, PARENTS, frozenset([HOME]))
    found = may_confirm(scope=scope, reporter=reporter, reporting_unit=unit, focal_unit=FOCAL, home_unit=HOME)
    assert found is may


def test_governing_body_that_follows_up_itself_is_confirmed_by_its_own_leader():
    scope = Scope(ME, DUE, {HOME: frozenset([Role.LEADER])}, PARENTS, frozenset([HOME]))
    kwargs = {"scope": scope, "reporting_unit": HOME, "focal_unit": HOME, "home_unit": HOME}
    assert may_confirm(reporter=SOMEBODY, **kwargs)
    assert not may_confirm(reporter=ME, **kwargs)
