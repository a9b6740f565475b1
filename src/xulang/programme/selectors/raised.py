"""Questions about what units raised: obstacles that stand in the way, extensions that were asked for."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from xulang.organisation.enums import DESK, UnitsOf
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, scope_of
from xulang.programme.enums import AWAITING, AssignmentState, EntryKind, ProgrammeState, Waits
from xulang.programme.models import Entry, Programme
from xulang.programme.rules import comes_to, may_direct, may_settle, waits_for
from xulang.programme.selectors.figures import Place
from xulang.programme.selectors.units_of import names_of, with_unit_of
from xulang.registry.models import Directive

# Beside the rows, not joined to them: a directive's row is long, and many rows are of one.
_DIRECTIVE: Any = Prefetch("assignment__task__programme__directive", Directive.objects.defer("text", "reading"))


_RUNNING = Q(assignment__task__programme__state=ProgrammeState.ISSUED)
_KEPT = ~Q(assignment__state=AssignmentState.WITHDRAWN)
_OPEN = _RUNNING & _KEPT & Q(kind=EntryKind.OBSTACLE)
_ENDS = (EntryKind.RESOLVED, EntryKind.REDATED, EntryKind.REFUSED)  # an obstacle; a wish for more time, either way


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn it is with an obstacle, and what one person may do with it."""

    waits: Waits
    may_answer: bool
    may_escalate: bool
    may_direct: bool
    may_close: bool

    @property
    def needs_me(self) -> bool:
        """Whether it is this person's turn."""
        return (
            (self.waits == Waits.FOCAL and self.may_answer and not self.may_direct)
            or (self.waits == Waits.LEADER and self.may_direct)
            or (self.waits == Waits.UNIT and self.may_close)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised(Turn):
    """An obstacle from the line that raised it on, and since when it is whose turn.

    `unit`: what the unit is called, on the reading of the list.
    """

    entry: Entry
    unit: str
    answers: list[Entry]
    days: int

    @property
    def since(self) -> dt.date:
        """The day from which whose turn it is has had it."""
        return self.answers[-1].on if self.answers else self.entry.on

    @property
    def place(self) -> Place:
        """Where it stands in the list: the next page begins after it."""
        return self.entry.on, self.entry.pk


def obstacles(
    person: Person,
    today: dt.date,
    *,
    only: Collection[int] | None = None,
    units_of: UnitsOf = UnitsOf.TODAY,
    most: int | None = None,
) -> list[Raised]:
    """Every open obstacle that the person may see, in running programmes, the oldest first; at most `most`.

    `only`: of these alone, which `obstacles_by_turn` gave. The unit of its day is the one that had the duty on the day
    of the obstacle.
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    seen = Entry.objects.for_user(person, today)
    rows = _open(seen) if only is None else seen.filter(pk__in=only).order_by("id")
    return _told(rows, scope, today, most, units_of)


def obstacles_by_turn(person: Person, today: dt.date) -> tuple[list[int], list[int]]:
    """The lines that raised what `obstacles` gives: those whose turn is the person's, and the others; oldest first."""
    scope = scope_of(person, today)
    if scope is None:
        return [], []
    last = _last_answers(EntryKind.OBSTACLE)
    turns = _turns(_sides(Entry.objects.for_user(person, today).filter(_OPEN, pk__in=last)), last, scope)
    return [pk for pk, turn in turns.items() if turn.needs_me], [pk for pk, turn in turns.items() if not turn.needs_me]


@dataclass(frozen=True, slots=True)
class Laid:
    """What units raised and a leader settles: the oldest obstacles and wishes for more time, and how many there are.

    Units come without their names: the page asks for those of all its units at once.
    """

    stuck: list[Entry]
    turns: dict[int, Turn]
    obstacles_count: int
    extensions: list[Entry]
    extensions_count: int

    def obstacles(self, today: dt.date) -> list[Raised]:
        """The oldest obstacles, once the units of their assignments have their names."""
        return [_raised(row, row.assignment.unit.name_on(today), self.turns[row.pk], today) for row in self.stuck]


def laid_before(person: Person, today: dt.date, *, most: int) -> Laid:
    """The obstacles laid before the leader or raised by the focal unit itself, and what `extensions` gives."""
    scope = scope_of(person, today)
    if scope is None:
        return Laid([], {}, 0, [], 0)
    last = _last_answers(EntryKind.OBSTACLE, EntryKind.EXTENSION)
    told = _sides(Entry.objects.filter(_KEPT, pk__in=last))
    before = [one for one in told if one.kind == EntryKind.OBSTACLE and may_direct(scope=scope, home_unit=one.home)]
    turns = _turns(before, last, scope)
    stuck = [pk for pk, turn in turns.items() if turn.waits == Waits.LEADER]
    wishes = _undecided([one for one in told if one.kind == EntryKind.EXTENSION], scope)
    rows = _with_words(Entry.objects.filter(pk__in=stuck[:most] + wishes[:most]).order_by("id"))
    return Laid(
        [row for row in rows if row.pk in turns],
        turns,
        len(stuck),
        [row for row in rows if row.pk not in turns],
        len(wishes),
    )


class _Sides(NamedTuple):
    """A line that raised something: whose it is, and between whom it is settled."""

    pk: int
    kind: str
    unit: int
    focal: int | None
    home: int


def _sides(rows: "QuerySet[Entry]") -> list[_Sides]:
    """Of those of these lines that are of running programmes, without their words, the oldest first."""
    running = Programme.objects.filter(state=ProgrammeState.ISSUED).order_by()
    # Beside the lines, not joined to them: hundreds of lines are of a few programmes.
    between = {pk: its for pk, *its in running.values_list("pk", "focal_unit_id", "directive__home_unit_id")}
    columns = ("pk", "kind", "assignment__unit_id", "assignment__task__programme_id")
    told = rows.order_by("id").values_list(*columns)
    return [_Sides(*one, *between[programme]) for *one, programme in told if programme in between]


def _turns(raised: list[_Sides], last: Mapping[int, str | None], scope: Scope) -> dict[int, Turn]:
    """Whose turn each of the obstacles is, in their order; `last`: the kind of the line that answered it last."""
    answers = {pk: [kind] if kind else [] for pk, kind in last.items()}
    return {one.pk: _turn(scope, one.unit, one.focal, one.home, answers[one.pk]) for one in raised}


def obstacles_of(person: Person, today: dt.date, assignment_id: int) -> list[Raised]:
    """The open ones of one assignment."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    return _told(_open(Entry.objects.for_user(person, today), Q(assignment=assignment_id)), scope, today, None)


def open_obstacles() -> "QuerySet[Entry]":
    """Whoever's: for the clock, which asks for nobody."""
    return _open(Entry.objects.all())


def _open(rows: "QuerySet[Entry]", among: Q | None = None) -> "QuerySet[Entry]":
    """The obstacles among the lines that still stand in the way, the oldest first."""
    return _standing(rows, EntryKind.OBSTACLE, among=among).filter(_OPEN).order_by("id")


def _standing(rows: "QuerySet[Entry]", *kinds: EntryKind, among: Q | None = None) -> "QuerySet[Entry]":
    """What was raised and did not end, found first and by itself: most of what the years raised is over."""
    return rows.filter(pk__in=list(_unended(*kinds).filter(among or Q()).values_list("pk", flat=True)))


def _last_answers(*kinds: EntryKind) -> dict[int, str | None]:
    """What was raised and did not end, by number: the kind of the line that answered it last, if any did."""
    answers = Entry.objects.filter(answers=OuterRef("pk")).order_by("-id")
    return dict(_unended(*kinds).values_list("pk", Subquery(answers.values("kind")[:1])))


def _unended(*kinds: EntryKind) -> "QuerySet[Entry]":
    ends = Entry.objects.filter(kind__in=_ENDS, answers=OuterRef("pk"))
    # In the very words of the index `entry_raised`: few lines raise a thing, and most lines answer no other.
    raised = Q(kind__in=[EntryKind.EXTENSION, EntryKind.OBSTACLE], answers__isnull=True)
    return Entry.objects.filter(raised, ~Exists(ends), kind__in=kinds).order_by()


def _with_words(rows: "QuerySet[Entry]") -> "QuerySet[Entry]":
    """Lines that raised something, with all that a page says of them but the names of units."""
    lines = Entry.objects.order_by("id").select_related("by", "post__unit", "note")
    return (
        rows.select_related("assignment__task__programme", "assignment__unit", "expected", "by", "post", "note")
        .select_related("by_link__holding__post")
        .prefetch_related("evidence__file", Prefetch("answered_by", lines))
    )


def _with_names(rows: "QuerySet[Entry]") -> "QuerySet[Entry]":
    """The same with these, and with the directive, by whose office it is told what a person may do."""
    return _with_words(rows).prefetch_related(_DIRECTIVE, "assignment__unit__names")


def _told(
    rows: "QuerySet[Entry]", scope: Scope, today: dt.date, most: int | None, units_of: UnitsOf = UnitsOf.TODAY
) -> list[Raised]:
    shown: list[Any] = list(with_unit_of(_with_names(rows), units_of, "on")[:most])
    if units_of == UnitsOf.TODAY:
        names = [row.assignment.unit.name_on(today) for row in shown]
    else:
        names = names_of([(row.had, row.on) for row in shown], units_of, today)
    return [_raised(row, name, _turn_of(row, scope), today) for row, name in zip(shown, names, strict=True)]


def _raised(row: Entry, name: str, turn: Turn, today: dt.date) -> Raised:
    return Raised(entry=row, unit=name, answers=list(row.answered_by.all()), days=(today - row.on).days, **asdict(turn))


def _turn_of(row: Entry, scope: Scope) -> Turn:
    programme, answers = row.assignment.task.programme, [one.kind for one in row.answered_by.all()]
    home = programme.directive.home_unit_id
    return _turn(scope, row.assignment.unit_id, programme.focal_unit_id, home, answers)


def _turn(scope: Scope, unit: int, focal: int | None, home: int, answers: list[str]) -> Turn:
    """Of an open obstacle of a unit, by the kinds of line that answered it, or by the last of them alone."""
    settles = may_settle(scope=scope, unit=unit, focal_unit=focal, home_unit=home)
    waits, leads = waits_for(answers, own=unit == focal), may_direct(scope=scope, home_unit=home)
    return Turn(
        waits=waits,
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
    ids = _undecided(_sides(_standing(Entry.objects.all(), EntryKind.EXTENSION)), scope)
    rows = _with_names(Entry.objects.filter(pk__in=[one for one in ids if one > after][:most]))
    return list(with_unit_of(rows, units_of, "on").order_by("id")), len(ids)


def _undecided(wishes: list[_Sides], scope: Scope) -> list[int]:
    """The wishes for more time that they decide, of reports still owed: the oldest first."""
    theirs = [
        one.pk for one in wishes if comes_to(scope=scope, unit=one.unit, focal_unit=one.focal, home_unit=one.home)
    ]
    owed = Entry.objects.filter(pk__in=theirs, expected__state__in=sorted(AWAITING)).order_by("id")
    return list(owed.values_list("pk", flat=True)) if theirs else []
