"""Questions of the desks: what a unit is asked, the whole story of an assignment, what waits to be confirmed."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from xulang.organisation.enums import DESK, FOLLOWING, Role
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, scope_of
from xulang.programme.enums import AWAITING, AssignmentState, EntryKind, Mode, ProgrammeState, ReportState
from xulang.programme.models import Assignment, ChangeNotice, Entry, Evidence, ExpectedReport, TaskSource
from xulang.programme.models.ledger import assignments_seen
from xulang.programme.rules import may_change, may_confirm, may_direct, may_enter_letter, may_settle

SOURCES = Prefetch(
    "task__sources",
    TaskSource.objects.select_related("passage__directive")
    .defer("passage__directive__reading")
    .order_by(F("passage__directive__issued_date").asc(nulls_last=True), "passage__directive_id", "passage__start"),
)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A duty as a desk shows it: one report that is owed, or an assignment that owes none just now.

    After a merger a unit may have a duty twice, from either of the units before it: one row, the other its `twins`.

    `days_left` is negative when overdue, None where nothing is ever late (requests, coordinating).
    """

    assignment: Assignment
    expected: ExpectedReport | None
    days_left: int | None
    twins: "tuple[DeskRow, ...]" = ()

    @property
    def received_from(self) -> str:
        """What the unit that it was laid on was called that day."""
        return self.assignment.issued_to.name_on(self.assignment.issued_on)

    @property
    def overdue(self) -> bool:
        """Whether the due day is past."""
        return self.days_left is not None and self.days_left < 0


def desk(person: Person, today: dt.date) -> list[DeskRow]:
    """The open duties of the units whose officer the person is, by due day; what is never late comes last.

    A row for every report that can be made today, and one for the next of each assignment that has none today.
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = (
        Assignment.objects.for_user(person, today)
        .filter(unit_id__in=scope.units(DESK), state=AssignmentState.OPEN, task__programme__state=ProgrammeState.ISSUED)
        .select_related("task__programme__focal_unit", "unit", "issued_to")
        .prefetch_related("unit__names", "issued_to__names", "task__programme__focal_unit__names", SOURCES, "expected")
    )
    never = dt.date.max
    found = sorted(
        (row for assignment in rows for row in _desk_rows(assignment, today)),
        key=lambda row: (row.expected.due if row.expected else never, row.assignment.pk),
    )
    duties: dict[tuple[object, ...], list[DeskRow]] = {}
    for row in found:
        one = row.assignment
        duties.setdefault((one.task_id, one.role, one.unit_id, row.expected and row.expected.period), []).append(row)
    return [replace(row, twins=tuple(twins)) for row, *twins in duties.values()]


def _desk_rows(assignment: Assignment, today: dt.date) -> list[DeskRow]:
    owed = [row for row in assignment.expected.all() if row.state in AWAITING]
    begun = [row for row in owed if row.period_start <= today]
    if owed:
        return [DeskRow(assignment, row, (row.due - today).days) for row in (begun or owed[:1])]
    # Everything owed is reported and waits for the focal unit: not this desk's turn.
    return [] if assignment.expected.all() else [DeskRow(assignment, None, None)]


@dataclass(frozen=True, slots=True)
class Story:
    """An assignment from the words that order it to its last line, and what this person may do with it."""

    assignment: Assignment
    expected: list[ExpectedReport]
    entries: list[Entry]
    may_report: bool
    may_answer: bool
    may_enter_letter: bool
    may_change: bool
    may_raise: bool
    may_settle: bool
    may_direct: bool
    to_confirm: list[Entry]
    to_return: list[Entry]
    to_extend: list[Entry]

    @property
    def told(self) -> list[Entry]:
        """The lines worth telling: that each report lapsed with its assignment goes without saying."""
        return [row for row in self.entries if row.kind != EntryKind.WITHDRAWN or row.expected_id is None]


def assignment(person: Person, today: dt.date, id: int) -> Story:
    """The whole story. Raises Assignment.DoesNotExist for one not to be seen."""
    scope = scope_of(person, today)
    if scope is None:
        raise Assignment.DoesNotExist
    found = (
        Assignment.objects.for_user(person, today)
        .select_related("task__programme__focal_unit", "task__programme__directive", "unit")
        .prefetch_related("unit__names", "task__programme__focal_unit__names", SOURCES)
        .get(pk=id)
    )
    entries = list(
        found.entries.select_related(
            "by",
            "post__unit",
            "delegation__delegated_by__person",
            "expected",
            "note",
            "act",
            "letter",
            "by_link__holding__post",
        ).prefetch_related("evidence__file", "answered_by", "unit__names", "from_unit__names")
    )
    expected = list(found.expected.select_related("report_entry"))
    for row in expected:
        row.assignment = found
    at_desk = found.unit_id in scope.units(DESK)
    issued = found.task.programme.state == ProgrammeState.ISSUED
    open = issued and found.state != AssignmentState.WITHDRAWN
    standing = {row.report_entry_id: row.state for row in expected}
    mine = [entry for entry in entries if entry.pk in standing and _may_confirm(scope, found, entry.by_id)]
    settles = may_settle(
        scope=scope,
        unit=found.unit_id,
        focal_unit=found.task.programme.focal_unit_id,
        home_unit=found.task.programme.directive.home_unit_id,
    )
    asked = [row for row in entries if row.kind == EntryKind.EXTENSION and not row.answered_by.all()]
    return Story(
        assignment=found,
        expected=expected,
        entries=entries,
        may_report=at_desk and found.mode == Mode.ORDER and open,
        may_answer=at_desk and found.mode == Mode.REQUEST and open,
        may_enter_letter=found.mode == Mode.REQUEST
        and open
        and may_enter_letter(
            scope=scope,
            focal_unit=found.task.programme.focal_unit_id,
            home_unit=found.task.programme.directive.home_unit_id,
        ),
        may_change=may_change(scope=scope, home_unit=found.task.programme.directive.home_unit_id) and open,
        may_raise=at_desk and open,
        may_settle=settles and open,
        may_direct=may_direct(scope=scope, home_unit=found.task.programme.directive.home_unit_id) and open,
        to_confirm=[entry for entry in mine if standing[entry.pk] == ReportState.REPORTED],
        to_return=mine if open else [],
        to_extend=[row for row in asked if row.expected and row.expected.state in AWAITING] if settles and open else [],
    )


@dataclass(frozen=True, slots=True)
class Company:
    """Who carries out a task beside one assignment's unit: the leading ones first, and how many are not named."""

    named: list[Assignment]
    more: int


def company(found: Assignment, *, at_most: int) -> Company:
    """A task may be given to every commune of a province: only so many are named."""
    others = found.task.assignments.exclude(pk=found.pk)
    rows = others.select_related("unit").prefetch_related("unit__names").order_by("-role", "pk")
    named = list(rows[: at_most + 1])
    return Company(named[:at_most], others.count() - at_most if len(named) > at_most else 0)


@dataclass(frozen=True, slots=True)
class Change:
    """What others did to a unit's assignment: it came or went, got a further source, more time, an answer, a direction.

    Told for some days.
    """

    entry: Entry
    came: bool
    opens: bool


def changes(person: Person, today: dt.date, *, days: int) -> list[Change]:
    """What others did in the last `days` days to the assignments of the units whose officer the person is.

    Newest first; without what a later directive changed, which is told with both its sides (see `told_changes`).
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    units = scope.units(DESK)
    rows = (
        Entry.objects.filter(
            Q(kind__in=[EntryKind.MOVED, EntryKind.WITHDRAWN, EntryKind.SOURCED], expected__isnull=True)
            | Q(kind__in=[EntryKind.DIRECTED, EntryKind.ADVISED, EntryKind.REFUSED])
            | Q(kind=EntryKind.REDATED, answers__isnull=False)
        )
        .filter(Q(unit__in=units) | Q(from_unit__in=units) | Q(unit__isnull=True, assignment__unit__in=units))
        .exclude(Exists(ChangeNotice.objects.filter(assignment=OuterRef("assignment"), at=OuterRef("at"))))
        .filter(on__gt=today - dt.timedelta(days=days), on__lte=today)
        .select_related("assignment__task", "note", "unit", "from_unit", "expected")
        .prefetch_related("unit__names", "from_unit__names")
        .order_by("-id")
    )
    return [Change(row, row.unit_id in units, row.assignment.unit_id in units) for row in rows]


def to_confirm(
    person: Person, today: dt.date, *, after: tuple[dt.date, int] | None = None, limit: int | None = None
) -> list[ExpectedReport]:
    """The reports that wait for this person to confirm or return them, the oldest first.

    At most `limit`, those that come `after` a day of report and its entry.
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = (
        _waiting(scope)
        .select_related(
            "assignment__task__programme__directive",
            "assignment__unit",
            "report_entry__by",
            "report_entry__post",
            "report_entry__note",
            "report_entry__expected",
            "report_entry__by_link__holding__post",
        )
        .defer("assignment__task__programme__directive__text", "assignment__task__programme__directive__reading")
        .prefetch_related(
            "assignment__unit__names", Prefetch("report_entry__evidence", Evidence.objects.select_related("file"))
        )
        .order_by("reported_on", "report_entry_id")
    )
    if after is not None:
        day, entry = after
        rows = rows.filter(Q(reported_on__gt=day) | Q(reported_on=day, report_entry_id__gt=entry), reported_on__gte=day)
    found = rows if limit is None else rows[:limit]
    return [row for row in found if row.report_entry and _may_confirm(scope, row.assignment, row.report_entry.by_id)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many reports wait for a person, and since when the oldest does."""

    count: int
    since: dt.date | None


def waiting(person: Person, today: dt.date) -> Waiting:
    """How much `to_confirm` would give."""
    scope = scope_of(person, today)
    if scope is None:
        return Waiting(0, None)
    told = _waiting(scope).order_by().aggregate(count=Count("pk"), since=Min("reported_on"))
    return Waiting(told["count"], told["since"])


def _waiting(scope: Scope) -> "QuerySet[ExpectedReport]":
    """What waits for them; the same as `rules.may_confirm`, asked of all at once."""
    programme = "assignment__task__programme__"
    focal, beneath, own = f"{programme}focal_unit_id", scope.reach([Role.LEADER]), frozenset(scope.roles_by_unit)
    above = Q(**{f"{focal}__in": beneath - own}) | Q(
        **{f"{focal}__in": beneath & own, f"{programme}directive__home_unit_id": F(focal)}
    )
    others = Q(**{f"{focal}__in": scope.units(FOLLOWING)}) & ~Q(unit_id__in=own) & ~Q(unit_id=F(focal))
    return (
        ExpectedReport.objects.filter(others | (above & Q(unit_id=F(focal))), state=ReportState.REPORTED)
        .filter(assignments_seen(scope))
        .exclude(report_entry__by=scope.person_id)
    )


def _may_confirm(scope: Scope, found: Assignment, reporter: int) -> bool:
    programme = found.task.programme
    return programme.focal_unit_id is not None and may_confirm(
        scope=scope,
        reporter=reporter,
        reporting_unit=found.unit_id,
        focal_unit=programme.focal_unit_id,
        home_unit=programme.directive.home_unit_id,
    )
