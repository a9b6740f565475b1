"""The review of differences as its screen shows it, the record of it, and what a unit is told of a change."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from xulang.organisation.enums import ACTING_ROLES
from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import scope_of
from xulang.programme.comparing import Comparison, Row, still_ordered
from xulang.programme.differences import marked, same_words
from xulang.programme.enums import Cadence, DifferenceKind, Field, ProgrammeState
from xulang.programme.models import Amendment, ChangeNotice, Difference, Programme, Task
from xulang.programme.selectors.review import Review, tasks_for_review


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of a difference in words: pieces of the text with whether the other has not got them, and who, by when.

    `coordinating` and `time` likewise come with whether they differ.
    """

    words: list[tuple[bool, str]]
    leads: list[str]
    coordinating: list[str]
    due_on: dt.date | None
    cadence: str
    ends_on: dt.date | None


Told = dict[str, Any]


def sides(before: Told | None, after: Told | None, names: dict[int, str]) -> tuple[Shown | None, Shown | None]:
    """Both sides as they were kept (`differences.Side.told`), with what differs marked in their words."""
    if before is None or after is None:
        left, right = ([(False, side["words"])] if side else [] for side in (before, after))
    else:
        left, right = marked(before["words"], after["words"])
    return _shown(before, left, names) if before else None, _shown(after, right, names) if after else None


def _shown(side: Told, pieces: list[tuple[bool, str]], names: dict[int, str]) -> Shown:
    return Shown(
        words=pieces,
        leads=[names[unit] for unit in side["leads"] if unit in names],
        coordinating=[names[unit] for unit in side["coordinating"] if unit in names],
        due_on=dt.date.fromisoformat(side["due_on"]) if side["due_on"] else None,
        cadence=str(Cadence(side["cadence"]).label) if side["cadence"] else "",
        ends_on=dt.date.fromisoformat(side["ends_on"]) if side["ends_on"] else None,
    )


def fields_of(before: Told | None, after: Told | None) -> list[Field]:
    """What was changed, of two sides as they were kept."""
    if before is None or after is None:
        return []
    time = ("due_on", "cadence", "day", "ends_on")
    found = {
        Field.WORDS: not same_words(before["words"], after["words"]),
        Field.UNITS: before["leads"] != after["leads"],
        Field.COORDINATION: before["coordinating"] != after["coordinating"],
        Field.DEADLINE: any(before[name] != after[name] for name in time),
    }
    return [field for field, differs in found.items() if differs]


def unit_names(told: Iterable[Told | None], today: dt.date) -> dict[int, str]:
    """The names of every unit that these sides speak of."""
    ids = {unit for side in told if side for unit in (*side["leads"], *side["coordinating"])}
    return {unit.pk: unit.name_on(today) for unit in Unit.objects.filter(pk__in=ids).prefetch_related("names")}


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of the review with both sides in words; `still`: another directive orders the task all the same."""

    row: Row
    before: Shown | None
    after: Shown | None
    still: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """Everything that the review of differences shows; `others`: programmes that it could be about as well."""

    review: Review
    comparison: Comparison
    rows: list[Beside]
    others: list[Programme]


def differences(person: Person, today: dt.date, programme_id: int) -> Differing:
    """The review of differences. Raises Programme.DoesNotExist where the review would."""
    review = tasks_for_review(person, today, programme_id)
    programme, comparison = review.programme, review.comparison or Comparison((), (), (), ())
    told = [(row.before.told() if row.before else None, _after(row)) for row in comparison.rows]
    names = unit_names((side for pair in told for side in pair), today)
    others = (
        Programme.objects.for_user(person, today)
        .filter(state=ProgrammeState.ISSUED, directive__home_unit=programme.directive.home_unit_id)
        .exclude(pk__in=[row.programme.pk for row in comparison.earlier])
        .select_related("directive")
        .defer("directive__text", "directive__reading")
    )
    still = still_ordered(
        [row.old for row in comparison.rows if row.old and row.kind == DifferenceKind.ENDED], comparison
    )
    return Differing(
        review=review,
        comparison=comparison,
        rows=[
            Beside(row, before, after, row.old is not None and row.old.pk in still)
            for row, pair in zip(comparison.rows, told, strict=True)
            for before, after in [sides(*pair, names)]
        ],
        others=list(others),
    )


def _after(row: Row) -> Told | None:
    """The new side; of a task that a clause rewords the old one with those words."""
    if row.becomes and row.before:
        return row.before.told() | {"words": row.becomes}
    return row.after.told() if row.after else None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a unit's duty, with both sides in words; `opens`: whether the duty is the unit's still."""

    notice: ChangeNotice
    difference: Difference
    fields: list[Field]
    before: Shown | None
    after: Shown | None
    opens: bool


def told_changes(person: Person, today: dt.date) -> list[Change]:
    """What the person's own units were told and nobody there has seen; the newest first, each change once."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = ChangeNotice.objects.for_user(person, today).filter(
        unit_id__in=scope.units(ACTING_ROLES), seen_at__isnull=True
    )
    found = {row.difference_id: row for row in _told(rows)}
    return _changes(found.values(), today)


def _told(rows: "QuerySet[ChangeNotice]") -> "QuerySet[ChangeNotice]":
    return (
        rows.select_related(
            "difference__programme__directive", "difference__old", "assignment__task", "unit", "seen_by"
        )
        .defer("difference__programme__directive__text", "difference__programme__directive__reading")
        .order_by("-id")
    )


def _changes(rows: Iterable[ChangeNotice], today: dt.date) -> list[Change]:
    rows = list(rows)
    names = unit_names((side for row in rows for side in (row.difference.before, row.difference.after)), today)
    found = []
    for row in rows:
        one = row.difference
        before, after = sides(one.before, one.after, names)
        opens = row.assignment.unit_id == row.unit_id
        found.append(Change(row, one, fields_of(one.before, one.after), before, after, opens))
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """A row of the record: what became of a task, and which units have seen that they were told."""

    difference: Difference
    fields: list[Field]
    before: Shown | None
    after: Shown | None
    notices: list[ChangeNotice]


@dataclass(frozen=True, slots=True)
class Record:
    """What an issued directive made of the tasks of earlier ones."""

    programme: Programme
    amendments: list[Amendment]
    rows: list[Said]


def record(person: Person, today: dt.date, programme_id: int) -> Record:
    """The record of a programme that was issued. Raises Programme.DoesNotExist where it is not to be seen, or none."""
    programme = tasks_for_review(person, today, programme_id).programme
    amendments = list(
        Amendment.objects.for_user(person, today)
        .filter(programme=programme)
        .select_related("earlier__directive")
        .defer("earlier__directive__text", "earlier__directive__reading")
    )
    told = Prefetch(
        "change_notices", ChangeNotice.objects.select_related("unit", "seen_by").prefetch_related("unit__names")
    )
    rows = list(
        Difference.objects.for_user(person, today)
        .filter(programme=programme)
        .select_related("old", "new")
        .prefetch_related(told)
    )
    names = unit_names((side for row in rows for side in (row.before, row.after)), today)
    return Record(
        programme,
        amendments,
        [
            Said(row, fields_of(row.before, row.after), before, after, list(row.change_notices.all()))
            for row in rows
            for before, after in [sides(row.before, row.after, names)]
        ],
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """A later directive that changed or ended a task, and the words that the task had before."""

    task_id: int
    kind: DifferenceKind
    programme: Programme
    words: str
    fields: list[Field]


def turns(person: Person, today: dt.date, tasks: Iterable[Task]) -> dict[int, list[Turn]]:
    """What later directives made of these tasks, by task, in the order of time; not what is only proposed."""
    seen = Task.objects.for_user(person, today).filter(pk__in=[task.pk for task in tasks])
    rows = (
        Difference.objects.filter(old__in=seen, before__isnull=False)
        .exclude(programme__state=ProgrammeState.REVIEW)
        .exclude(kind=DifferenceKind.KEPT, new__isnull=True)
        .select_related("programme__directive")
        .defer("programme__directive__text", "programme__directive__reading")
        .order_by("programme__issued_at", "id")
    )
    found: dict[int, list[Turn]] = {}
    for row in rows:
        assert row.old_id is not None
        assert row.before is not None
        fields = fields_of(row.before, row.after) if row.kind == DifferenceKind.CHANGED else []
        turn = Turn(row.old_id, DifferenceKind(row.kind), row.programme, row.before["words"], fields)
        found.setdefault(row.old_id, []).append(turn)
    return found
