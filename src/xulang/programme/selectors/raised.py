"""Questions about what units raised: obstacles that stand in the way, extensions that were asked for."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from xulang.organisation.enums import DESK, FOLLOWING, Role, UnitsOf
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, scope_of
from xulang.programme.enums import AWAITING, AssignmentState, EntryKind, ProgrammeState, Waits
from xulang.programme.models import Entry
from xulang.programme.rules import may_direct, may_settle, waits_for
from xulang.programme.selectors.figures import Place
from xulang.programme.selectors.units_of import names_of, with_unit_of
from xulang.registry.models import Directive

# Beside the rows, not joined to them: a directive's row is long, and many rows are of one.
_DIRECTIVE: Any = Prefetch("assignment__task__programme__directive", Directive.objects.defer("text", "reading"))


def _of_homes(scope: Scope) -> "QuerySet[Any]":
    """The directives of the offices beneath a leader, told by an index alone."""
    return Directive.objects.filter(home_unit__in=scope.reach([Role.LEADER])).order_by().values("pk")


@dataclass(frozen=True, slots=True)
class Raised:
    """An obstacle from the line that raised it on, whose turn it is since when, and what this person may do with it.

    `unit`: what the unit is called, on the reading of the list.
    """

    entry: Entry
    unit: str
    answers: list[Entry]
    waits: Waits
    days: int
    may_answer: bool
    may_escalate: bool
    may_direct: bool
    may_close: bool

    @property
    def since(self) -> dt.date:
        """The day from which whose turn it is has had it."""
        return self.answers[-1].on if self.answers else self.entry.on

    @property
    def place(self) -> Place:
        """Where it stands in the list: the next page begins after it."""
        return self.entry.on, self.entry.pk

    @property
    def needs_me(self) -> bool:
        """Whether it is this person's turn."""
        return (
            (self.waits == Waits.FOCAL and self.may_answer and not self.may_direct)
            or (self.waits == Waits.LEADER and self.may_direct)
            or (self.waits == Waits.UNIT and self.may_close)
        )


def obstacles(
    person: Person,
    today: dt.date,
    *,
    only: Collection[int] | None = None,
    units_of: UnitsOf = UnitsOf.TODAY,
    most: int | None = None,
) -> list[Raised]:
    """Every open obstacle that the person may see, in running programmes, the oldest first; at most `most`.

    `only`: of these lines alone. The unit of its day is the one that had the duty on the day of the obstacle.
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = _open(person, today)
    return _told(rows if only is None else rows.filter(pk__in=only), scope, today, most, units_of)


def obstacles_by_turn(person: Person, today: dt.date) -> tuple[list[int], list[int]]:
    """The lines that raised what `obstacles` gives: those whose turn is the person's, and the others; oldest first.

    The same as `Raised.needs_me`, asked of all at once and without their words.
    """
    scope = scope_of(person, today)
    if scope is None:
        return [], []
    programme = "assignment__task__programme__"
    focal = f"{programme}focal_unit_id"
    led = Q(**{f"{programme}directive__in": _of_homes(scope)})
    first = Q(last__isnull=True) | Q(last=EntryKind.OBSTACLE)
    own = Q(assignment__unit_id=F(focal))
    follows = Q(**{f"{focal}__in": scope.units(FOLLOWING)}) & ~Q(assignment__unit_id__in=frozenset(scope.roles_by_unit))
    theirs = first & ~own & follows & ~led
    theirs |= (Q(last=EntryKind.ESCALATED) | first & own) & led
    answered = Q(last__isnull=False) & ~Q(last__in=[EntryKind.OBSTACLE, EntryKind.ESCALATED])
    theirs |= answered & Q(assignment__unit_id__in=scope.units(DESK))
    turn = Case(When(theirs, then=Value(True)), default=Value(False))
    told = list(_open(person, today).annotate(last=_last()).annotate(turn=turn).values_list("pk", "turn"))
    return [pk for pk, turn in told if turn], [pk for pk, turn in told if not turn]


def _last() -> Subquery:
    """The kind of the last line that answered an obstacle."""
    return Subquery(Entry.objects.filter(answers=OuterRef("pk")).order_by("-id").values("kind")[:1])


def obstacles_before(person: Person, today: dt.date, *, most: int) -> tuple[list[Raised], int]:
    """Those that wait for the leader, laid before them or raised by the focal unit itself: the oldest, and how many."""
    scope = scope_of(person, today)
    if scope is None:
        return [], 0
    own = Q(assignment__unit=F("assignment__task__programme__focal_unit"))
    rows = (
        _open(person, today)
        .annotate(last=_last())
        .filter(Q(last=EntryKind.ESCALATED) | own & (Q(last__isnull=True) | Q(last=EntryKind.OBSTACLE)))
        .filter(assignment__task__programme__directive__in=_of_homes(scope))
    )
    ids = list(rows.values_list("pk", flat=True))
    return _told(Entry.objects.filter(pk__in=ids[:most]).order_by("id"), scope, today, None), len(ids)


def obstacles_of(person: Person, today: dt.date, assignment_id: int) -> list[Raised]:
    """The open ones of one assignment."""
    scope = scope_of(person, today)
    return [] if scope is None else _told(_open(person, today, Q(assignment=assignment_id)), scope, today, None)


def _open(person: Person, today: dt.date, among: Q | None = None) -> "QuerySet[Entry]":
    return (
        Entry.objects.for_user(person, today)
        .filter(_standing(EntryKind.OBSTACLE, ended_by=Q(kind=EntryKind.RESOLVED), among=among))
        .filter(assignment__task__programme__state=ProgrammeState.ISSUED)
        .exclude(assignment__state=AssignmentState.WITHDRAWN)
        .order_by("id")
    )


def _standing(kind: EntryKind, *, ended_by: Q, among: Q | None = None) -> Q:
    """What was raised and did not end: found first and by itself, since most of what the years raised is over."""
    ends = Entry.objects.filter(ended_by, answers=OuterRef("pk"))
    # In the very words of the index `entry_raised`: few lines raise a thing, and most lines answer no other.
    raised = Q(kind__in=[EntryKind.EXTENSION, EntryKind.OBSTACLE], answers__isnull=True)
    rows = Entry.objects.filter(raised, ~Exists(ends), among or Q(), kind=kind).order_by()
    return Q(pk__in=list(rows.values_list("pk", flat=True)))


def _told(
    rows: "QuerySet[Entry]", scope: Scope, today: dt.date, most: int | None, units_of: UnitsOf = UnitsOf.TODAY
) -> list[Raised]:
    lines = Entry.objects.order_by("id").select_related("by", "post__unit", "note")
    found = (
        rows.select_related("assignment__task__programme", "assignment__unit", "by", "post", "note")
        .select_related("by_link__holding__post")
        .prefetch_related(_DIRECTIVE, "evidence__file", Prefetch("answered_by", lines))
    )
    shown: list[Any] = list(with_unit_of(found, units_of, "on")[:most])
    names = names_of([(row.had, row.on) for row in shown], units_of, today)
    return [_raised(row, name, scope, today) for row, name in zip(shown, names, strict=True)]


def _raised(row: Entry, name: str, scope: Scope, today: dt.date) -> Raised:
    unit, programme = row.assignment.unit_id, row.assignment.task.programme
    home, answers = programme.directive.home_unit_id, list(row.answered_by.all())
    own = unit == programme.focal_unit_id
    settles = may_settle(scope=scope, unit=unit, focal_unit=programme.focal_unit_id, home_unit=home)
    waits, leads = waits_for([one.kind for one in answers], own=own), may_direct(scope=scope, home_unit=home)
    return Raised(
        entry=row,
        unit=name,
        answers=answers,
        waits=waits,
        days=(today - row.on).days,
        may_answer=settles,
        may_escalate=settles and not leads and waits != Waits.LEADER,
        may_direct=leads,
        may_close=unit in scope.units(DESK),
    )


def extensions(
    person: Person, today: dt.date, *, units_of: UnitsOf = UnitsOf.TODAY, after: int = 0, most: int
) -> tuple[list[Any], int]:
    """The wishes for more time that this person may decide: the oldest behind entry `after`, and how many in all.

    `had` is their unit on this reading. A leader decides those of the focal unit itself; the others the focal unit,
    though a leader may (see `assignment`).
    """
    scope = scope_of(person, today)
    if scope is None:
        return [], 0
    programme = "assignment__task__programme__"
    focal, own = f"{programme}focal_unit_id", frozenset(scope.roles_by_unit)
    followed = Q(**{f"{focal}__in": scope.units(FOLLOWING)}) & ~Q(assignment__unit_id__in=own)
    led = Q(**{f"{programme}directive__in": _of_homes(scope), focal: F("assignment__unit_id")})
    ids = list(undecided().filter(followed | led).order_by("id").values_list("pk", flat=True))
    rows = (
        Entry.objects.filter(pk__in=[one for one in ids if one > after][:most])
        .select_related("assignment__task__programme", "assignment__unit", "expected", "by", "post", "note")
        .prefetch_related(_DIRECTIVE, "assignment__unit__names", "evidence__file")
    )
    return list(with_unit_of(rows, units_of, "on").order_by("id")), len(ids)


def undecided() -> "QuerySet[Entry]":
    """Every wish for more time that nobody decided and that still matters."""
    return Entry.objects.filter(
        _standing(EntryKind.EXTENSION, ended_by=Q()),
        expected__state__in=AWAITING,
        assignment__task__programme__state=ProgrammeState.ISSUED,
    )
