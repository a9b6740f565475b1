"""Questions about units, posts and people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from xulang.organisation.enums import Capacity, Role
from xulang.organisation.matching import KnownName
from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitAlias, UnitName, UnitParent
from xulang.organisation.models.directory import listed_as
from xulang.organisation.scopes import beneath, home_of, scope_of
from xulang.plumbing.models import JournalEntry


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it was on a day."""

    id: int
    kind: str
    tree: str
    name: str
    short_name: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A person in the list of people; `posts` in words."""

    id: int
    full_name: str
    username: str
    posts: list[str]


def units_on(day: dt.date) -> list[UnitRow]:
    """Every unit of the day with its name and parent of the day, in the order of the register: three queries.

    The directory is open to whoever holds a post; doors ask `for_user` first.
    """
    names = {row.unit_id: row for row in UnitName.objects.on(day)}
    parents = dict(UnitParent.objects.on(day).values_list("unit_id", "parent_id"))
    return [
        UnitRow(unit.pk, unit.kind, unit.tree, row.name, row.short_name or row.name, parents.get(unit.pk))
        for unit in Unit.objects.on(day).order_by("id")
        if (row := names.get(unit.pk))
    ]


def subtree(unit_id: int, day: dt.date) -> frozenset[int]:
    """The unit and all units beneath it on the day."""
    return beneath([unit_id], dict(UnitParent.objects.on(day).values_list("unit_id", "parent_id")))


def known_names(day: dt.date) -> list[KnownName]:
    """Everything that a unit of the day is called: its name and short name of the day, and its aliases."""
    there = set(Unit.objects.on(day).values_list("id", flat=True))
    found = []
    for row in UnitName.objects.on(day).filter(unit_id__in=there):
        found.append(KnownName(row.unit_id, row.name))
        if row.short_name:
            found.append(KnownName(row.unit_id, row.short_name))
    aliases = UnitAlias.objects.filter(unit_id__in=there).values_list("unit_id", "alias")
    return found + [KnownName(unit_id, alias) for unit_id, alias in aliases]


def home_unit(person: Person, today: dt.date) -> Unit | None:
    """The governing body for which the person receives directives: that of the first post as lead officer."""
    post = (
        Post.objects.filter(role=Role.LEAD_OFFICER, holdings__in=PostHolding.objects.on(today).filter(person=person))
        .order_by("id")
        .first()
    )
    if post is None:
        return None
    parents = dict(UnitParent.objects.on(today).values_list("unit_id", "parent_id"))
    governing = frozenset(Unit.objects.on(today).governing().values_list("id", flat=True))
    return Unit.objects.get(pk=home_of(post.unit_id, parents, governing))


def delegation_of(person: Person, post: Post | None, day: dt.date) -> PostHolding | None:
    """The delegation under which the person acts in the post on the day; None for one who holds it in own right."""
    held = list(PostHolding.objects.on(day).filter(person=person, post=post)) if post else []
    own = any(row.capacity != Capacity.DELEGATE for row in held)
    return None if own or not held else held[0]


def signing(units: Iterable[int], day: dt.date) -> list[str]:
    """Who may sign for the units on the day by the post that they hold there: the heads, then those in their stead."""
    held = PostHolding.objects.on(day).filter(post__unit__in=units, post__role__in=(Role.LEADER, Role.HEAD))
    rows = sorted(held.select_related("person"), key=lambda row: (row.capacity != Capacity.HOLDER, row.post_id, row.pk))
    return list(dict.fromkeys(row.person.full_name for row in rows))


def delegators(ids: Iterable[int]) -> dict[int, int]:
    """Who gave each delegation, by number: the journal says in whose stead an act was done."""
    rows = PostHolding.objects.filter(pk__in=set(ids), delegated_by__isnull=False)
    return dict(rows.values_list("pk", "delegated_by__person_id"))


@dataclass(frozen=True, slots=True)
class Named:
    """The names behind some numbers of the journal, as they are read today: it holds none itself."""

    people: Mapping[int, str]
    units: Mapping[int, Unit]
    posts: Mapping[int, str]


def named(*, people: Iterable[int], units: Iterable[int], posts: Iterable[int]) -> Named:
    """Who and what those numbers are, for whoever reads the journal."""
    return Named(
        dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "full_name")),
        Unit.objects.prefetch_related("names").in_bulk(set(units)),
        dict(Post.objects.filter(pk__in=set(posts)).values_list("pk", "title")),
    )


def units(person: Person, today: dt.date) -> list[Unit]:
    """The directory, each unit with its names."""
    return list(Unit.objects.for_user(person, today).on(today).prefetch_related("names").order_by("id"))


def people(person: Person, today: dt.date) -> list[Listed]:
    """The persons one may see, by given name, each with the posts held today."""
    holdings: Any = PostHolding.objects.for_user(person, today).on(today).order_by("pk")
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for holder, title, unit in holdings.values_list("person_id", "post__title", "post__unit_id"):
        held[holder].append((title, unit))
    units = Unit.objects.prefetch_related("names").in_bulk({unit for posts in held.values() for _title, unit in posts})
    names = {pk: unit.name_on(today) for pk, unit in units.items()}
    found = Person.objects.for_user(person, today).values_list("pk", "full_name", "username")
    rows = [
        Listed(pk, full_name, username, [f"{title}, {names[unit]}" for title, unit in held.get(pk, ())])
        for pk, full_name, username in found
    ]
    return sorted(rows, key=lambda row: listed_as(row.full_name))


def journal(person: Person, today: dt.date) -> "QuerySet[JournalEntry]":
    """The journal, newest first: for auditors only."""
    scope = scope_of(person, today)
    rows = JournalEntry.objects.order_by("-id")
    return rows if scope is not None and scope.holds(Role.AUDITOR) else rows.none()
