"""What a person may see on a day, and the queryset that starts every question by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias, TypeVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models

from xulang.organisation.enums import Role

Visitor: TypeAlias = AbstractBaseUser | AnonymousUser

_M = TypeVar("_M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """The posts of one person on one day, and the tree of units they stand in. Inert: no further questions asked."""

    person_id: int
    day: dt.date
    roles_by_unit: Mapping[int, frozenset[Role]]
    parents: Mapping[int, int] = field(default_factory=dict)
    governing: frozenset[int] = frozenset()
    # One page asks for the same reach some thirty times.
    _reached: dict[frozenset[Role], frozenset[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held in any unit."""
        return frozenset().union(*self.roles_by_unit.values())

    def holds(self, *roles: Role) -> bool:
        """Whether any of the roles is held anywhere."""
        return not self.roles.isdisjoint(roles)

    def units(self, roles: Iterable[Role]) -> frozenset[int]:
        """The units in which one of the roles is held."""
        wanted = frozenset(roles)
        return frozenset(unit for unit, held in self.roles_by_unit.items() if not wanted.isdisjoint(held))

    def reach(self, roles: Iterable[Role]) -> frozenset[int]:
        """Those units and everything beneath them on the day."""
        wanted = frozenset(roles)
        if wanted not in self._reached:
            self._reached[wanted] = beneath(self.units(wanted), self.parents)
        return self._reached[wanted]

    def homes(self, roles: Iterable[Role]) -> frozenset[int]:
        """The governing bodies that the posts with these roles serve: the unit itself, or the nearest above it."""
        return frozenset(home_of(unit, self.parents, self.governing) for unit in self.units(roles))


def home_of(unit_id: int, parents: Mapping[int, int], governing: frozenset[int]) -> int:
    """The nearest governing body, from the unit upwards; the topmost unit where there is none."""
    here, seen = unit_id, {unit_id}
    while here not in governing and (above := parents.get(here)) is not None and above not in seen:
        here = above
        seen.add(here)
    return here


def beneath(tops: Iterable[int], parents: Mapping[int, int]) -> frozenset[int]:
    """The units `tops` and all units beneath them in the tree `parents` (child → parent)."""
    children: dict[int, list[int]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    found, waiting = set[int](), list(tops)
    while waiting:
        if (unit := waiting.pop()) not in found:
            found.add(unit)
            waiting.extend(children.get(unit, ()))
    return frozenset(found)


def scope_of(person: Visitor, day: dt.date) -> Scope | None:
    """The scope of a person on a day; None for nobody, for a closed account, and for a person without a post.

    Asked anew each time (three short queries): a post that ended a moment ago counts no more. Within `reading` once.
    """
    if isinstance(person, AnonymousUser) or not person.is_active:
        return None
    if (kept := _kept.get()) is None:
        return _asked(person, day)
    if (person.pk, day) not in kept:
        kept[person.pk, day] = _asked(person, day)
    return kept[person.pk, day]


_kept: ContextVar[dict[tuple[int, dt.date], Scope | None] | None] = ContextVar("scopes", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """While one page is only read its reader's posts are asked for once, however many questions it puts."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def _asked(person: AbstractBaseUser, day: dt.date) -> Scope | None:
    roles: dict[int, set[Role]] = {}
    # By name, since the models' own querysets are made of this module.
    holdings, units, parents = (_rows(name) for name in ("PostHolding", "Unit", "UnitParent"))
    held = holdings.on(day).filter(person_id=person.pk).values_list("post__unit_id", "post__role")
    for unit_id, role in held:
        roles.setdefault(unit_id, set()).add(Role(role))
    if not roles:
        return None
    return Scope(
        person_id=person.pk,
        day=day,
        roles_by_unit={unit: frozenset(those) for unit, those in roles.items()},
        parents=dict(parents.on(day).values_list("unit_id", "parent_id")),
        governing=frozenset(units.governing().values_list("id", flat=True)),
    )


def _rows(name: str) -> Any:
    return apps.get_model("organisation", name)._default_manager


class ScopedQuerySet(models.QuerySet[_M]):
    """A queryset that knows whose rows it holds: every question in the rooms above starts with `for_user`."""

    def for_user(self, person: Visitor, today: dt.date) -> Self:
        """The rows that the person may see today; none without a post, none for a visitor without a log-in."""
        scope = scope_of(person, today)
        return self.none() if scope is None else self.filter(self.scope_q(scope))

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """The condition of this table; a filter that never doubles a row (subqueries, not joins to many)."""
        raise NotImplementedError(f"{cls.__name__} must say whose rows it holds")


def nothing() -> models.Q:
    """A condition that no row meets."""
    return models.Q(pk__in=())
