"""The programme's decisions. PURE: plain rows in, a decision or a list of faults out; every rule is tested by table."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DESK, FOLLOWING, Role
from xulang.organisation.scopes import Scope, beneath
from xulang.programme.enums import REPORTS, Bucket, Cadence, DeadlineKind, EntryKind, ReportState, UnitRole, Waits

EVERY = {
    "week": Cadence.WEEK,
    "month": Cadence.MONTH,
    "quarter": Cadence.QUARTER,
    "half": Cadence.HALF,
    "year": Cadence.YEAR,
}

# --- Deadlines ---

_DURATION = re.compile(r"P(\d+)([DWMY])\Z")
_DAY_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?\Z")


def due_of(kind: str, value: str | None, base: dt.date | None) -> dt.date | None:
    """The last day by which a worded deadline is kept: of a month its last day, of an interval its last part.

    A relative one counts from `base`, the day of signing; None where the words give no day, or the base is not known.
    """
    if kind == DeadlineKind.DATE and value:
        return _last_day(value.rsplit("/", 1)[-1])
    if kind == DeadlineKind.RELATIVE and value and base and (found := _DURATION.match(value)):
        number, unit = int(found[1]), found[2]
        if unit in "DW":
            return base + dt.timedelta(days=number * (7 if unit == "W" else 1))
        month = base.month - 1 + number * (12 if unit == "Y" else 1)
        year, month = base.year + month // 12, month % 12 + 1
        return dt.date(year, month, min(base.day, calendar.monthrange(year, month)[1]))
    return None


def _last_day(part: str) -> dt.date | None:
    found = _DAY_PART.match(part)
    if not found:
        return None
    year, quarter, month, day = (int(number) if number else None for number in found.groups())
    assert year is not None
    month = month or (quarter * 3 if quarter else 12)
    try:
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None


# --- What stands in the way of issuing ---


@dataclass(frozen=True, slots=True)
class SetRow:
    """A set's meaning as rules see it."""

    id: int
    words: str
    sure: bool
    confirmed: bool
    open: bool
    unit_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that a task names, as rules see it."""

    id: int
    role: UnitRole
    words: str
    sure: bool
    confirmed: bool
    unit_id: int | None = None
    meaning: SetRow | None = None

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units that are meant."""
        if self.meaning is not None:
            return self.meaning.unit_ids
        return frozenset() if self.unit_id is None else frozenset([self.unit_id])


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as rules see it. `periods` is the number of reports that its cadence gives in the programme's span."""

    id: int
    sure: bool
    confirmed: bool
    timed: bool
    deadline_sure: bool
    deadline_confirmed: bool
    units: tuple[UnitRow, ...] = ()
    periods: int = 1

    def unit_ids(self, role: UnitRole) -> frozenset[int]:
        """The units in that role; a unit that leads does not coordinate as well."""
        lead = frozenset().union(*(row.unit_ids for row in self.units if row.role == UnitRole.LEAD))
        if role == UnitRole.LEAD:
            return lead
        return frozenset().union(*(row.unit_ids for row in self.units if row.role == role)) - lead


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """A task that was joined to one issued before, and whether that is in force still."""

    id: int
    words: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that stands in the way: what it is, where, and a sentence that says what to do."""

    code: str
    sentence: str | Promise
    task_id: int | None = None
    task_unit_id: int | None = None
    set_id: int | None = None

    def __str__(self) -> str:
        return str(self.sentence)


_SENTENCES = {
    "unmatched": _("Chưa rõ “%(words)s” là đơn vị nào: hãy chọn đơn vị."),
    "doubt_unit": _("Chưa chắc “%(words)s” là đơn vị đã chọn: hãy xác nhận hoặc chọn lại."),
    "doubt_deadline": _("Thời hạn đọc được chưa chắc đúng: hãy xác nhận hoặc sửa."),
    "doubt_task": _("Chưa chắc đây là một nhiệm vụ: hãy xác nhận hoặc bỏ."),
    "set": _("Chưa xác nhận “%(words)s” gồm những đơn vị nào."),
    "no_lead": _("Chưa có đơn vị thực hiện: hãy thêm đơn vị."),
    "no_time": _("Chưa có ngày hoặc kỳ báo cáo: hãy chọn ngày hoặc kỳ báo cáo."),
    "no_period": _("Không có kỳ báo cáo nào trong thời gian thực hiện: hãy chọn kỳ ngắn hơn hoặc kéo dài thời gian."),
    "unconfirmed": _("Chưa xác nhận nhiệm vụ."),
    "no_tasks": _("Chưa có nhiệm vụ nào để giao."),
    "joined_ended": _("“%(words)s” được ghép với một việc không còn thực hiện: hãy tách ra."),
    "differences": _(
        "Còn %(words)s điểm chưa rõ giữ nguyên, thay đổi, kết thúc hay mới so với văn bản trước: "
        "hãy mở “Những gì thay đổi”."
    ),
    "no_focal": _("Chưa có đơn vị đầu mối theo dõi: hãy chọn đơn vị."),
    "doubt_focal": _("Đơn vị đầu mối theo dõi chưa chắc đúng: hãy xác nhận hoặc chọn lại."),
}


def _fault(
    code: str, *, words: str = "", task: int | None = None, unit: int | None = None, set: int | None = None
) -> Fault:
    return Fault(code, str(_SENTENCES[code]) % {"words": words}, task, unit, set)


def doubts(task: TaskRow) -> list[Fault]:
    """The findings of a task that still need an act of their own: its units, sets, deadline, and the task itself."""
    found = []
    for row in task.units:
        if row.meaning is not None:
            if not row.meaning.sure and not row.meaning.confirmed:
                found.append(_fault("set", words=row.words, task=task.id, unit=row.id, set=row.meaning.id))
        elif row.unit_id is None:
            found.append(_fault("unmatched", words=row.words, task=task.id, unit=row.id))
        elif not row.sure and not row.confirmed:
            found.append(_fault("doubt_unit", words=row.words, task=task.id, unit=row.id))
    if not task.deadline_sure and not task.deadline_confirmed:
        found.append(_fault("doubt_deadline", task=task.id))
    if not task.sure and not task.confirmed:
        found.append(_fault("doubt_task", task=task.id))
    return found


def faults_of(task: TaskRow) -> list[Fault]:
    """Everything that keeps one task from being issued, its doubts first."""
    found = doubts(task)
    told = {fault.set_id for fault in found}
    for row in task.units:
        if row.meaning is not None and not row.meaning.confirmed and row.meaning.id not in told:
            found.append(_fault("set", words=row.words, task=task.id, unit=row.id, set=row.meaning.id))
    unclear = any(fault.code in {"unmatched", "set"} for fault in found)
    if not unclear and not task.unit_ids(UnitRole.LEAD):
        found.append(_fault("no_lead", task=task.id))
    if not task.timed:
        found.append(_fault("no_time", task=task.id))
    elif not task.periods:
        found.append(_fault("no_period", task=task.id))
    if not task.confirmed and not any(fault.code == "doubt_task" for fault in found):
        found.append(_fault("unconfirmed", task=task.id))
    return found


def missing_to_issue(
    tasks: Iterable[TaskRow],
    *,
    focal_unit: bool,
    focal_settled: bool,
    joined: Iterable[JoinedRow] = (),
    amends: bool = False,
    differences: int = 0,
) -> list[Fault]:
    """Everything that keeps a programme from being issued: its own faults, then task by task; empty means ready.

    `joined`: the tasks that are the same duty as one issued before, which must be in force still. A directive that
    `amends` another may have no task of its own; `differences` is how much of that is not said yet.
    """
    tasks, joined = list(tasks), list(joined)
    found = [] if tasks or joined or amends else [_fault("no_tasks")]
    found += [_fault("differences", words=str(differences))] if differences else []
    found += [_fault("joined_ended", words=row.words, task=row.id) for row in joined if not row.in_force]
    if not focal_unit:
        found.append(_fault("no_focal"))
    elif not focal_settled:
        found.append(_fault("doubt_focal"))
    return found + [fault for task in tasks for fault in faults_of(task)]


# --- The ledger ---


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of the ledger as rules see it."""

    id: int
    kind: str
    on: dt.date
    answers: int | None = None
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an expected report stands after some lines of its ledger.

    `due` is the day that it is judged by, `told` the day that was told last, from which a report given back is owed.
    """

    state: ReportState = ReportState.EXPECTED
    report: int | None = None
    reported_on: dt.date | None = None
    confirmed_on: dt.date | None = None
    due: dt.date = dt.date.max
    told: dt.date = dt.date.max


def standing(entries: Iterable[EntryRow], first_due: dt.date = dt.date.max) -> Standing:
    """Reads an expected report's ledger from the first line on.

    A report stands until it is returned; a confirmation counts for the report it answers, until that is returned. One
    that was still owed when its assignment was withdrawn is owed no more, until another deadline is told for it. A
    report is judged by the deadline told when it was made: one that is changed after it changes nothing of what was
    done.
    """
    now = Standing(due=first_due, told=first_due)
    for entry in entries:
        if entry.kind == EntryKind.REDATED and entry.due is not None:
            now = _redated(now, entry.due)
        elif entry.kind in REPORTS:
            now = Standing(ReportState.REPORTED, entry.id, entry.on, due=now.told, told=now.told)
        elif entry.kind == EntryKind.WITHDRAWN:
            now = Standing(ReportState.WITHDRAWN, due=now.told, told=now.told)
        elif now.report is None or entry.answers != now.report:
            continue
        elif entry.kind == EntryKind.CONFIRMED:
            now = replace(now, state=ReportState.CONFIRMED, confirmed_on=entry.on)
        elif entry.kind == EntryKind.RETURNED:
            now = Standing(ReportState.RETURNED, due=now.told, told=now.told)
    return now


def _redated(now: Standing, due: dt.date) -> Standing:
    if now.report is not None:
        return replace(now, told=due)
    state = ReportState.EXPECTED if now.state == ReportState.WITHDRAWN else now.state
    return Standing(state, due=due, told=due)


def bucket(now: Standing, day: dt.date) -> Bucket | None:
    """Which of the four figures an expected report counts in on a day; none from the day it was withdrawn on.

    Done: confirmed; on time where the unit reported by the due day, however long confirming took. Open: a report that
    waits for confirmation stops the clock on the day it was made; without one the clock runs.
    """
    return bucket_of(now.state, late=(now.reported_on or day) > now.due)


def bucket_of(state: str, *, late: bool) -> Bucket | None:
    """The same of many at once that stand alike: `late` by the day of the report, without one by the day asked for."""
    if state == ReportState.WITHDRAWN:
        return None
    if state == ReportState.CONFIRMED:
        return Bucket.DONE_LATE if late else Bucket.DONE_ON_TIME
    return Bucket.OPEN_OVERDUE if late else Bucket.OPEN_IN_TIME


# Whose posts can give the right to change what was issued.
CHANGING = frozenset({Role.LEAD_OFFICER, Role.LEADER})


def may_change(*, scope: Scope, home_unit: int) -> bool:
    """Whether the person may change what was issued: a lead officer of the office that issued it, a leader above it."""
    return home_unit in scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])


def may_settle(*, scope: Scope, unit: int, focal_unit: int | None, home_unit: int) -> bool:
    """Whether the person answers what a unit raises (an obstacle, a wish for more time): never that unit itself.

    For the focal unit; a leader above the office may always.
    """
    return _follows(scope, unit, focal_unit) or may_direct(scope=scope, home_unit=home_unit)


def comes_to(*, scope: Scope, unit: int, focal_unit: int | None, home_unit: int) -> bool:
    """Whether a unit's wish for more time comes to this person: to the focal unit, its own to a leader."""
    return _follows(scope, unit, focal_unit) or (unit == focal_unit and may_direct(scope=scope, home_unit=home_unit))


def _follows(scope: Scope, unit: int, focal_unit: int | None) -> bool:
    return focal_unit in scope.units(FOLLOWING) and unit != focal_unit and unit not in scope.roles_by_unit


def may_withdraw(*, scope: Scope, unit: int, focal_unit: int | None) -> bool:
    """Whether the person may erase what a unit sent, or say who is in its pictures: for it, or for the focal unit."""
    return unit in scope.units(DESK) or focal_unit in scope.units(FOLLOWING)


def may_direct(*, scope: Scope, home_unit: int) -> bool:
    """Whether the person is a leader of the office that issued it, or above."""
    return home_unit in scope.reach([Role.LEADER])


def waits_for(answers: Iterable[str], *, own: bool) -> Waits:
    """Whose turn it is after the kinds of line that answered an obstacle so far.

    `own`: the unit that raised it follows the directive up itself, so that its obstacles go to the leader at once.
    """
    now = first = Waits.LEADER if own else Waits.FOCAL
    for kind in answers:
        if kind == EntryKind.RESOLVED:
            return Waits.NOBODY
        now = {EntryKind.OBSTACLE: first, EntryKind.ESCALATED: Waits.LEADER}.get(EntryKind(kind), Waits.UNIT)
    return now


def may_enter_letter(*, scope: Scope, focal_unit: int | None, home_unit: int) -> bool:
    """Whether the person may enter the letter of a body that was asked: for the focal unit, or for who asked."""
    return home_unit in scope.homes([Role.LEAD_OFFICER]) or focal_unit in scope.units(FOLLOWING)


def may_confirm(*, scope: Scope, reporter: int, reporting_unit: int, focal_unit: int, home_unit: int) -> bool:
    """Whether the person may confirm or return a report: for the focal unit, and never for the unit that reported.

    The focal unit's own reports go to a leader above it (to one in it where it is the governing body itself). Nobody
    answers an own report, nor one of a unit in which they hold a post.
    """
    if scope.person_id == reporter:
        return False
    if reporting_unit != focal_unit:
        return focal_unit in scope.units(FOLLOWING) and reporting_unit not in scope.roles_by_unit
    leads = {
        unit
        for unit in scope.units([Role.LEADER])
        if focal_unit in beneath([unit], scope.parents) and (unit != focal_unit or focal_unit == home_unit)
    }
    return bool(leads) and (focal_unit not in scope.roles_by_unit or focal_unit == home_unit)
