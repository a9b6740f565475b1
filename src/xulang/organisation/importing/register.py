"""The directory as it stands on a day, as the rules of importing compare it: inert, asked once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q

from xulang.organisation.calling import Names
from xulang.organisation.enums import Capacity, Role
from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitAlias, UnitCode, UnitName, UnitParent
from xulang.organisation.selectors import UnitRow, units_on


@dataclass(frozen=True, slots=True)
class UnitNow:
    """A unit of the day. `settled` is the last day on which anything of it begins: it changes then or later."""

    id: int
    kind: str
    name: str
    short_name: str
    english: str
    parent: int | None
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    begins: dt.date
    ends: dt.date | None
    settled: dt.date


@dataclass(frozen=True, slots=True)
class PersonNow:
    """A person with an account."""

    id: int
    username: str
    full_name: str
    email: str


@dataclass(frozen=True, slots=True)
class PostNow:
    """A post that has not ended."""

    id: int
    unit: int
    title: str
    role: Role


@dataclass(frozen=True, slots=True)
class HoldingNow:
    """Who holds a post, on the day or later; delegations have their own desk."""

    id: int
    post: int
    person: int
    capacity: Capacity
    first: dt.date
    ends: dt.date | None
    basis: str


@dataclass(frozen=True)
class Register:
    """The whole directory on a day."""

    day: dt.date
    units: Mapping[int, UnitNow] = field(default_factory=dict)
    people: Mapping[int, PersonNow] = field(default_factory=dict)
    posts: Mapping[int, PostNow] = field(default_factory=dict)
    holdings: Mapping[int, HoldingNow] = field(default_factory=dict)

    def names(self) -> Names:
        """What its units can be called."""
        rows = [
            UnitRow(unit.id, unit.kind, "", unit.name, unit.short_name or unit.name, unit.parent)
            for unit in self.units.values()
        ]
        return Names.of(rows, ((code, unit.id) for unit in self.units.values() for code in unit.codes))


def register_on(day: dt.date) -> Register:
    """What stands on the day: nine questions, whatever its size."""
    rows = units_on(day)
    there = {row.id for row in rows}
    times = {unit: (begins, ends) for unit, begins, ends in Unit.objects.values_list("id", "begins", "ends")}
    english = dict(UnitName.objects.on(day).values_list("unit_id", "english"))
    codes, aliases, settled = defaultdict(list), defaultdict(list), {row.id: times[row.id][0] for row in rows}
    for unit, scheme, code in (
        UnitCode.objects.on(day).order_by("scheme", "code").values_list("unit_id", "scheme", "code")
    ):
        codes[unit].append(f"{scheme}:{code}")
    for unit, alias in UnitAlias.objects.order_by("alias", "id").values_list("unit_id", "alias"):
        aliases[unit].append(alias)
    for table in (UnitName, UnitParent, UnitCode):
        began = table.objects.exclude(valid_to=F("valid_from")).filter(valid_from__gt=day)
        for unit, first in began.values_list("unit_id", "valid_from"):
            settled[unit] = max(first, settled.get(unit, first))
    posts = Post.objects.on(day).order_by("unit_id", "id")
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    held = PostHolding.objects.filter(later, post__in=posts.values("id")).exclude(capacity=Capacity.DELEGATE)
    return Register(
        day=day,
        units={
            row.id: UnitNow(
                id=row.id,
                kind=row.kind,
                name=row.name,
                short_name="" if row.short_name == row.name else row.short_name,
                english=english.get(row.id, ""),
                parent=row.parent_id if row.parent_id in there else None,
                codes=tuple(codes[row.id]),
                aliases=tuple(aliases[row.id]),
                begins=times[row.id][0],
                ends=times[row.id][1],
                settled=settled[row.id],
            )
            for row in rows
        },
        people={
            row[0]: PersonNow(*row)
            for row in Person.objects.order_by("username").values_list("id", "username", "full_name", "email")
        },
        posts={row.pk: PostNow(row.pk, row.unit_id, row.title, Role(row.role)) for row in posts},
        holdings={
            row.pk: HoldingNow(
                row.pk, row.post_id, row.person_id, Capacity(row.capacity), row.valid_from, row.valid_to, row.basis
            )
            for row in held.order_by("post_id", "valid_from", "id")
        },
    )
