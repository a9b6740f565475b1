"""The canonical export: what stands on a day, byte for byte, so that two states can be compared.

Units with name, place and codes, posts with their holders, everybody's scope, and each room's rows with their unit of
today and their projections. Since when something stands is history and not told here: an act and its undoing leave the
same bytes, while ledgers and journal keep both.
"""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from xulang.organisation import ports
from xulang.organisation.models import Post, PostHolding, Unit, UnitAlias, UnitCode, UnitName, UnitParent
from xulang.organisation.scopes import beneath


def canonical(day: dt.date) -> bytes:
    """One JSON array a line, in a fixed order; equal bytes are equal states."""
    lines = (json.dumps(row, ensure_ascii=False, default=str, separators=(",", ":")) for row in _rows(day))
    return ("\n".join(lines) + "\n").encode()


def _rows(day: dt.date) -> Iterator[list[Any]]:
    units = list(Unit.objects.on(day).order_by("id").values_list("id", "kind", "tree", "begins"))
    there = {unit for unit, *_told in units}
    yield from (["unit", *row] for row in units)
    yield from _held(UnitName.objects.on(day), there, "name", "short_name", "english")
    yield from _held(UnitParent.objects.on(day), there, "parent_id")
    yield from _held(UnitCode.objects.on(day), there, "scheme", "code")
    yield from _held(UnitAlias.objects.all(), there, "alias")
    posts = Post.objects.on(day).order_by("id")
    yield from (["post", *row] for row in posts.values_list("id", "unit_id", "title", "role"))
    held = PostHolding.objects.on(day).filter(post__in=posts.values("id"), person__is_active=True)
    yield from (
        ["holding", *row]
        for row in held.order_by("post_id", "person_id").values_list("post_id", "person_id", "capacity")
    )
    yield from _scopes(day)
    for room in ports.affected():
        yield from (list(row) for row in room.standing())


def _held(rows: Any, there: set[int], *fields: str) -> Iterator[list[Any]]:
    kind = rows.model._meta.model_name
    for row in rows.order_by("unit_id", *fields).values_list("unit_id", *fields):
        if row[0] in there:
            yield [kind, *row]


def _scopes(day: dt.date) -> Iterator[list[Any]]:
    """For each person in each role, the units held and the units reached."""
    parents = dict(UnitParent.objects.on(day).values_list("unit_id", "parent_id"))
    held: dict[tuple[int, str], list[int]] = {}
    rows = PostHolding.objects.on(day).filter(person__is_active=True)
    for person, role, unit in rows.order_by("person_id", "post__role", "post__unit_id").values_list(
        "person_id", "post__role", "post__unit_id"
    ):
        held.setdefault((person, role), []).append(unit)
    for (person, role), tops in held.items():
        yield ["scope", person, role, tops, sorted(beneath(tops, parents))]
