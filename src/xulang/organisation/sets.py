"""Which units a set's words mean ("UBND các phường, xã"). PURE: the day's units come in, a proposal goes out.

The words are taken apart into terms of `data/unit_sets.toml`. Made of known terms only, the proposal is sure; with
words left over it is not. "… liên quan" is open: it names nobody, and so proposes none.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from xulang.organisation.matching import spellings


class UnitOfDay(Protocol):
    """What must be known of a unit: `selectors.UnitRow` has it."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class SetProposal:
    """The units meant, whether that is sure, and whether the words leave open who is meant."""

    unit_ids: tuple[int, ...]
    sure: bool
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Terms:
    kinds: dict[str, tuple[str, ...]]
    open: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def _terms() -> _Terms:
    table = tomllib.loads(files("xulang.organisation").joinpath("data/unit_sets.toml").read_text("utf-8"))
    kinds = {spellings(term)[0]: tuple(row) for term, row in table["term"].items()}
    words = sorted({*kinds, *(spellings(word)[0] for word in table["silent"])}, key=len, reverse=True)
    return _Terms(
        kinds=kinds,
        open=re.compile("|".join(rf"\b{spellings(word)[0]}\b" for word in table["open"])),
        whole=re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words)),
    )


def propose(words: str, units_on_day: Iterable[UnitOfDay], home_id: int) -> SetProposal:
    """The units directly beneath the home that the words mean.

    Only those directly beneath: a department of a ward is none of the city's "phòng, ban".
    """
    terms, units = _terms(), list(units_on_day)
    folded = spellings(words)[0]
    if terms.open.search(folded):
        return SetProposal((), sure=True, open=True)
    place = _place_of(units, home_id)
    found = terms.whole.findall(folded.removesuffix(place) if place else folded)
    left = terms.whole.sub(" ", folded.removesuffix(place) if place else folded).split()
    wanted = {kind for term in found for kind in terms.kinds.get(term, ())}
    meant = tuple(unit.id for unit in units if unit.parent_id == home_id and unit.kind in wanted)
    known = {unit.kind for unit in units if unit.id in meant}
    # A term none of whose kinds is there (unions hang in another tree) leaves the meaning unsure.
    whole = all(known & set(terms.kinds[term]) for term in found if term in terms.kinds)
    return SetProposal(meant, sure=bool(meant) and not left and whole)


def _place_of(units: Iterable[UnitOfDay], home_id: int) -> str:
    """The home's own place as it can end a set's words: "muong hoa"."""
    name = next((spellings(unit.name)[0] for unit in units if unit.id == home_id), "")
    found = re.search(r"\b(?:thanh pho|thi xa|huyen|tinh|phuong|xa|thi tran) (.+)$", name)
    return f" {found[1]}" if found else ""
