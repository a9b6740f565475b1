"""Decisions of the room. PURE: values in, a decision out."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xulang.activities.enums import RECORDING, EventForm
from xulang.organisation.scopes import Scope
from xulang.plumbing.folding import fold


def may_record(scope: Scope, unit: int) -> bool:
    """Whether a person puts on record what that very unit did."""
    return unit in scope.units(RECORDING)


def in_order(begins: dt.date, ends: dt.date, starts_at: dt.time | None, ends_at: dt.time | None) -> bool:
    """Whether the end comes after the beginning, the time of day included where both are told."""
    if begins != ends or starts_at is None or ends_at is None:
        return begins <= ends
    return starts_at <= ends_at


def needs_permission(form: str, foreign: bool, permitted: bool) -> bool:
    """Whether an international conference still lacks the permission that it needs (see data/permissions.toml).

    Foreign participation or funding makes a conference international; other events and press briefings are not meant.
    """
    return form == EventForm.CONFERENCE and foreign and not permitted


def over_whole(numbers: Mapping[str, Any], parts: Mapping[str, str]) -> list[str]:
    """The numbers that are greater than what they are a part of; what is not known is greater than nothing.

    >>> over_whole({"people": 5, "foreigners": 9}, {"foreigners": "people"})
    ['foreigners']
    """
    return [
        part
        for part, whole in parts.items()
        if None not in (numbers.get(part), numbers.get(whole)) and numbers[part] > numbers[whole]
    ]


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where something is: what two activities can have in common."""

    id: int
    begins: dt.date
    ends: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    place: str
    unit: int


def conflicts(slots: Iterable[Slot]) -> list[tuple[int, int]]:
    """Pairs that are at one place at one time, or that one unit has at one time by the clock; the lower id first.

    A day without a time takes the whole day, for its place; it binds nobody's unit, which has many hands.
    """
    rows = sorted(slots, key=lambda slot: (slot.begins, slot.id))
    found = set()
    open_: list[Slot] = []
    for slot in rows:
        open_ = [other for other in open_ if other.ends >= slot.begins]
        found |= {(min(slot.id, other.id), max(slot.id, other.id)) for other in open_ if _clash(slot, other)}
        open_.append(slot)
    return sorted(found)


def _clash(one: Slot, other: Slot) -> bool:
    if not _same_time(one, other):
        return False
    if one.place and fold(one.place) == fold(other.place):
        return True
    timed = one.starts_at is not None and other.starts_at is not None
    return timed and one.unit == other.unit


def _same_time(one: Slot, other: Slot) -> bool:
    if one.ends < other.begins or other.ends < one.begins:
        return False
    if one.begins != one.ends or other.begins != other.ends or one.starts_at is None or other.starts_at is None:
        return True
    last = dt.time.max
    return one.starts_at < (other.ends_at or last) and other.starts_at < (one.ends_at or last)


def countries(typed: str) -> list[str]:
    """The countries that were typed, one each, however parted.

    >>> countries("Trung Quốc, Hàn Quốc; trung quốc và Lào")
    ['Trung Quốc', 'Hàn Quốc', 'Lào']
    """
    names = [
        name.strip() for part in typed.replace(";", ",").replace("\n", ",").split(",") for name in part.split(" và ")
    ]
    return list({fold(name): name for name in reversed(names) if name}.values())[::-1]
