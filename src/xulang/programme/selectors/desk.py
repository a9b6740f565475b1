"""Questions of the unit's desk: what it is asked, and the whole story of an assignment."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from xulang.organisation.enums import DESK
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, scope_of
from xulang.programme.enums import (
    AWAITING,
    AssignmentState,
    EntryKind,
    Mode,
    ProgrammeState,
    ReportState,
)
from xulang.programme.models import (
    Assignment,
    ChangeNotice,
    DutyDelegation,
    Entry,
    ExpectedReport,
    TaskSource,
)
from xulang.programme.models.ledger import assignments_seen
from xulang.programme.rules import may_change, may_direct, may_enter_letter, may_settle, may_withdraw
from xulang.programme.selectors.confirming import confirms
from xulang.programme.selectors.figures import Place, beyond

_SOURCES = (
    TaskSource.objects.select_related("passage__directive")
    .defer("passage__directive__reading")
    .order_by(F("passage__directive__issued_date").asc(nulls_last=True), "passage__directive_id", "passage__start")
)
SOURCES = Prefetch("task__sources", _SOURCES)
# For lists: where a duty stands, without the words.
CODES = Prefetch(
    "task__sources",
    _SOURCES.only("task", "passage__directive__code", "passage__section", "passage__start"),
)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A duty as a desk shows it: one report that is owed, or an assignment that owes none just now.

    After a merger a unit may have a duty twice, from either of the units before it: one row, the other its `twins`.

    `days_left` is negative when overdue, None where nothing is ever late (requests, coordinating). `delegate` is the
    colleague on whom the unit laid it.
    """

    assignment: Assignment
    expected: ExpectedReport | None
    days_left: int | None
    twins: "tuple[DeskRow, ...]" = ()
    delegate: str = ""

    @property
    def received_from(self) -> str:
        """What the unit that it was laid on was called that day."""
        return self.assignment.issued_to.name_on(self.assignment.issued_on)

    @property
    def overdue(self) -> bool:
        """Whether the due day is past."""
        return self.days_left is not None and self.days_left < 0

    @property
    def place(self) -> Place:
        """Where it stands in the list: by due day and report, after all of these what owes none by its own number."""
        return (NEVER, self.assignment.pk) if self.expected is None else (self.expected.due, self.expected.pk)


NEVER = dt.date.max


def desk(
    person: Person,
    today: dt.date,
    *,
    after: Place | None = None,
    limit: int | None = None,
    only: frozenset[int] | None = None,
    without: frozenset[int] = frozenset(),
) -> list[DeskRow]:
    """The open duties of the units whose officer the person is, by due day; what is never late comes last.

    A row for every report that can be made today, and one for the next of each assignment that has none today. At most
    `limit` rows, those that come `after` a place in the list; `only` of some assignments, or `without` them.
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    owed: list[ExpectedReport] = []
    doubled = _doubled(scope)
    if after is None or after[0] < NEVER:
        reports = _leading(scope, today, doubled).exclude(assignment__in=without)
        if only is not None:
            reports = reports.filter(assignment__in=only)
        if after is not None:
            reports = reports.filter(beyond(after))
        told = reports.select_related("assignment").order_by("due", "id")
        owed = list(told if limit is None else told[:limit])
    left = None if limit is None else limit - len(owed)
    never: list[Assignment] = []
    if left is None or left > 0:
        rest = _never_late(scope).exclude(pk__in=without)
        if only is not None:
            rest = rest.filter(pk__in=only)
        if after is not None and after[0] == NEVER:
            rest = rest.filter(pk__gt=after[1])
        never = list(rest.order_by("pk") if left is None else rest.order_by("pk")[:left])
    twins = _twins(scope, today, owed, doubled)
    every = [*owed, *(twin for some in twins.values() for twin in some)]
    told_of = _with_words([*(row.assignment_id for row in every), *(row.pk for row in never)])
    lies_with = delegates(told_of, today)

    def shown(row: ExpectedReport) -> DeskRow:
        one = told_of[row.assignment_id]
        under = tuple(shown(twin) for twin in twins.get(row.pk, ()))
        return DeskRow(one, row, (row.due - today).days, under, lies_with.get(one.pk, ""))

    rest_of = (DeskRow(told_of[row.pk], None, None, delegate=lies_with.get(row.pk, "")) for row in never)
    return [*map(shown, owed), *rest_of]


def delegates(assignments: Iterable[int], today: dt.date) -> dict[int, str]:
    """On whom the units laid some assignments: by id, the colleague's name."""
    rows = DutyDelegation.objects.living(today).filter(assignment__in=list(assignments)).order_by()
    return dict(rows.values_list("assignment_id", "holding__person__full_name"))


def delegated_to(person: Person, today: dt.date) -> frozenset[int]:
    """The assignments that the person's units laid on them."""
    rows = DutyDelegation.objects.living(today).filter(holding__person=person).order_by()
    return frozenset(rows.values_list("assignment_id", flat=True))


def delegation(assignment: Assignment, today: dt.date) -> DutyDelegation | None:
    """On whom the unit laid an assignment; mostly on nobody, so who they are is asked for when they are told."""
    return DutyDelegation.objects.living(today).filter(assignment=assignment).first()


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many rows the desk has of each urgency; `near`: in the days that were asked for."""

    overdue: int
    near: int
    later: int
    requests: int
    coordinating: int


def desk_counts(person: Person, today: dt.date, *, near: int, without: frozenset[int] = frozenset()) -> DeskCounts:
    """How many rows `desk` gives; due within `near` days is near."""
    scope = scope_of(person, today)
    if scope is None:
        return DeskCounts(0, 0, 0, 0, 0)
    soon = today + dt.timedelta(days=near)
    timed = (
        _leading(scope, today, _doubled(scope))
        .exclude(assignment__in=without)
        .order_by()
        .aggregate(
            overdue=Count("pk", filter=Q(due__lt=today)),
            near=Count("pk", filter=Q(due__range=(today, soon))),
            later=Count("pk", filter=Q(due__gt=soon)),
        )
    )
    modes = dict(_never_late(scope).exclude(pk__in=without).order_by().values_list("mode").annotate(rows=Count("pk")))
    return DeskCounts(**timed, requests=modes.get(Mode.REQUEST, 0), coordinating=modes.get(Mode.ORDER, 0))


def _at_desk(scope: Scope) -> "QuerySet[Assignment]":
    """The open assignments of the units whose officer they are."""
    rows = Assignment.objects.filter(assignments_seen(scope), unit_id__in=scope.units(DESK), state=AssignmentState.OPEN)
    return rows.filter(task__programme__state=ProgrammeState.ISSUED)


def _never_late(scope: Scope) -> "QuerySet[Assignment]":
    """Those that owe no report: where all that was owed is reported it is the focal unit's turn."""
    return _at_desk(scope).exclude(Exists(ExpectedReport.objects.filter(assignment=OuterRef("pk"))))


def _owed(scope: Scope, today: dt.date) -> "QuerySet[ExpectedReport]":
    """The reports that can be made today, and of the assignments at their desk without one the next that is owed.

    The unit is said of both tables, and the assignments beside the reports instead of joined to them: so the database
    knows how many there are of either.
    """
    desk = _at_desk(scope).order_by().values("pk")
    rows = ExpectedReport.objects.filter(unit_id__in=scope.units(DESK), state__in=AWAITING, assignment__in=desk)
    sooner = ExpectedReport.objects.filter(
        Q(period_start__lte=today) | Q(due__lt=OuterRef("due")) | Q(due=OuterRef("due"), pk__lt=OuterRef("pk")),
        assignment=OuterRef("assignment"),
        state__in=AWAITING,
    )
    return rows.filter(Q(period_start__lte=today) | ~Exists(sooner))


def _leading(scope: Scope, today: dt.date, doubled: list[int]) -> "QuerySet[ExpectedReport]":
    """These without the twins that are told beneath another: the same duty, unit, role and period, due no sooner."""
    rows = _owed(scope, today)
    if not doubled:
        return rows
    first = _owed(scope, today).filter(
        Q(due__lt=OuterRef("due")) | Q(due=OuterRef("due"), assignment__lt=OuterRef("assignment")),
        assignment__task=OuterRef("task"),
        assignment__unit=OuterRef("unit"),
        assignment__role=OuterRef("assignment__role"),
        period=OuterRef("period"),
    )
    return rows.exclude(Exists(first), task__in=doubled)


def _twins(
    scope: Scope, today: dt.date, owed: list[ExpectedReport], doubled: list[int]
) -> dict[int, list[ExpectedReport]]:
    """What is told beneath each of some reports, by its id."""
    heads = {(row.task_id, row.unit_id, row.assignment.role, row.period): row for row in owed}
    found: dict[int, list[ExpectedReport]] = {}
    many = {row.task_id for row in owed} & set(doubled)
    if many:
        rows = _owed(scope, today).filter(assignment__task__in=many).exclude(pk__in=[row.pk for row in owed])
        for row in rows.select_related("assignment").order_by("due", "assignment"):
            head = heads.get((row.task_id, row.unit_id, row.assignment.role, row.period))
            if head is not None and (head.due, head.assignment_id) < (row.due, row.assignment_id):
                found.setdefault(head.pk, []).append(row)
    return found


def _doubled(scope: Scope) -> list[int]:
    """The tasks that one of the units has more than once, as after a merger."""
    rows = Assignment.objects.filter(unit_id__in=scope.units(DESK), state=AssignmentState.OPEN)
    many = rows.order_by().values("task", "unit", "role").annotate(times=Count("pk")).filter(times__gt=1)
    return [row["task"] for row in many]


def _with_words(ids: list[int]) -> dict[int, Assignment]:
    """Assignments with what a desk shows of them."""
    rows = (
        Assignment.objects.filter(pk__in=ids)
        .order_by()
        .select_related("task")
        .defer("task__read_as")
        .prefetch_related("unit__names", "issued_to__names", CODES)
    )
    return {row.pk: row for row in rows}


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
    may_withdraw: bool
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
    mine = [entry for entry in entries if entry.pk in standing and confirms(scope, found, entry.by_id)]
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
        may_withdraw=may_withdraw(scope=scope, unit=found.unit_id, focal_unit=found.task.programme.focal_unit_id),
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
    kinds = [EntryKind.MOVED, EntryKind.WITHDRAWN, EntryKind.SOURCED, EntryKind.REDATED]
    kinds += [EntryKind.DIRECTED, EntryKind.ADVISED, EntryKind.REFUSED]
    theirs = Assignment.objects.filter(unit__in=units).order_by().values("pk")  # few of all lines
    rows = (
        Entry.objects.filter(kind__in=kinds)
        .filter(
            Q(kind__in=[EntryKind.MOVED, EntryKind.WITHDRAWN, EntryKind.SOURCED], expected__isnull=True)
            | Q(kind__in=[EntryKind.DIRECTED, EntryKind.ADVISED, EntryKind.REFUSED])
            | Q(kind=EntryKind.REDATED, answers__isnull=False)
        )
        .filter(Q(unit__in=units) | Q(from_unit__in=units) | Q(unit__isnull=True, assignment__in=theirs))
        .exclude(Exists(ChangeNotice.objects.filter(assignment=OuterRef("assignment"), at=OuterRef("at"))))
        .filter(on__gt=today - dt.timedelta(days=days), on__lte=today)
        .select_related("assignment__task", "note", "unit", "from_unit", "expected")
        .prefetch_related("unit__names", "from_unit__names")
        .order_by("-on", "-id")
    )
    return [Change(row, row.unit_id in units, row.assignment.unit_id in units) for row in rows]
