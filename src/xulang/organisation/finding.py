"""Finding a unit or a person by what somebody types: marks, abbreviations and slips forgiven, the nearest first.

"lang son" finds Lạng Sơn, "p vhtt" Phòng Văn hóa và Thông tin, "phong van hao" the same. Every word that was typed must
begin a word of one name; only where nothing does, names that are alike are offered.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz, process

from xulang.organisation.matching import readings
from xulang.organisation.models import Unit, UnitAlias, UnitName, UnitParent
from xulang.plumbing.folding import fold

SHOWN = 12  # of more nobody chooses
ALIKE, ALIKE_WITHIN = 74, 86  # of 100: from here on a slip of the pen is likely, in the whole name or a part of it
_SHORTEST = 4  # letters in which a slip is looked for


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit that was found, as it is called on the day; `sure` where what was typed is what it is called."""

    id: int
    kind: str
    name: str
    short_name: str
    above: str
    sure: bool


def find_units(typed: str, day: dt.date, limit: int = SHOWN) -> list[UnitFound]:
    """The units of the day that are meant, the nearest first; none where nothing was typed."""
    if not (meant := readings(typed)):
        return []
    said = Q()
    for reading in meant:
        words = Q()
        for word in reading.split():
            words &= Q(sought__contains=f" {word}")
        said |= words
    near: dict[int, tuple[int, bool, int]] = {}
    for unit, name, keys in _called(day, said):
        told = _rank(typed, meant, name, keys)
        if told is not None and (unit not in near or told < near[unit]):
            near[unit] = told
    order = sorted(near, key=lambda unit: (near[unit], unit))[:limit] or _alike(meant, day, limit)
    return _shown(order, day, {unit for unit, told in near.items() if told[0] == 0})


def _called(day: dt.date, said: Q) -> Iterable[tuple[int, str, str]]:
    """Names of the day and other names, of units that are there: unit, name, and what it is found by."""
    there = Q(unit__ends__isnull=True) | Q(unit__ends__gt=day)
    yield from UnitName.objects.on(day).filter(there, said).values_list("unit_id", "name", "sought")
    others = UnitAlias.objects.filter(there, said, unit__begins__lte=day)
    yield from others.values_list("unit_id", "alias", "sought")


def _rank(typed: str, meant: Sequence[str], name: str, keys: str) -> tuple[int, bool, int] | None:
    """How near a name is, least first: whole, its beginning, words in a row, in any order; then its very marks."""
    best: tuple[int, int] | None = None
    for key in keys.split("\n"):
        for reading in meant:
            if (near := _near(f" {reading}", key)) is not None and (best is None or (near, len(key)) < best):
                best = near, len(key)
    return None if best is None else (best[0], _marked(typed) not in _marked(name), best[1])


def _near(reading: str, key: str) -> int | None:
    if (at := key.find(reading)) >= 0:
        return 0 if key == reading else 1 if at == 0 else 2
    return 3 if all(f" {word}" in key for word in reading.split()) else None


def _marked(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _alike(meant: Sequence[str], day: dt.date, limit: int) -> list[int]:
    """Units whose names are alike, for slips of the pen."""
    keys = [(key, unit) for unit, _name, told in _called(day, Q()) for key in told.split("\n")]
    choices = [key for key, _unit in keys]
    near: dict[int, float] = {}
    for reading in meant[:3]:
        if len(reading) < _SHORTEST:
            continue
        for scorer, least in ((fuzz.ratio, ALIKE), (fuzz.partial_ratio, ALIKE_WITHIN)):
            alike = process.extract(f" {reading}", choices, scorer=scorer, limit=limit, score_cutoff=least)
            for _key, score, n in alike:
                near[keys[n][1]] = max(near.get(keys[n][1], 0), score)
    return sorted(near, key=lambda unit: (-near[unit], unit))[:limit]


def _shown(order: Sequence[int], day: dt.date, sure: set[int]) -> list[UnitFound]:
    """The units in this order, each with the name of the one above it."""
    above = dict(UnitParent.objects.on(day).filter(unit__in=order).values_list("unit_id", "parent_id"))
    rows: Any = UnitName.objects.on(day).filter(unit__in={*order, *above.values()})
    names = {unit: (name, short or name) for unit, name, short in rows.values_list("unit_id", "name", "short_name")}
    kinds = dict(Unit.objects.filter(pk__in=order).values_list("pk", "kind"))
    return [
        UnitFound(unit, kinds[unit], *names[unit], names.get(above.get(unit, 0), ("", ""))[0], unit in sure)
        for unit in order
        if unit in names
    ]


def matches(typed: str, told: Sequence[str]) -> bool:
    """Whether every word that was typed begins a word of what is told of a person or thing.

    >>> matches("may hua", ["Hứa Thị Mây", "mayht"])
    True
    """
    sought = _words(typed)
    whole = "".join(f" {word}" for text in told for word in _words(text)) if sought else ""
    return all(f" {word}" in whole for word in sought)


@lru_cache(maxsize=1 << 15)  # a list of some thousand names is sought through at every letter
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text)))
