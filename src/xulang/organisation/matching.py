"""What a directive calls a unit, matched to the register. PURE: names come in, a proposal goes out.

An exact name of the day, spelled in any usual way, is sure; likeness only proposes, and a person decides.
"""

import itertools
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from xulang.plumbing.folding import fold

# From here on a likeness is worth proposing; measured on the rows of tests/organisation/test_matching.py.
LIKELY = 0.80
_TYPED = 120  # characters of what is typed that are looked at
_SPELLINGS = 24  # an abbreviation may mean several things: so many readings of one name are tried at most


@dataclass(frozen=True, slots=True)
class KnownName:
    """Something that a unit is called."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Home:
    """From whose seat a name is said: "UBND thành phố" is the home's own when the home is a city."""

    unit_id: int
    beneath: frozenset[int] = frozenset()
    above: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The unit that is meant, if one is, how alike the names are (0 to 1), and the nearest others."""

    unit_id: int | None
    score: float
    sure: bool
    candidates: tuple[int, ...] = ()


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(files("xulang.organisation").joinpath("data/abbreviations.toml").read_text("utf-8"))
    return {short: tuple(_plain(fold(full)) for full in fulls) for short, fulls in table["abbreviation"].items()}


def spellings(words: str) -> list[str]:
    """The full spellings that the words can stand for, folded, without dashes and stops.

    >>> spellings("P. VH&TT")
    ['phong van hoa va thong tin', 'phuong van hoa va thong tin']
    """
    tokens = fold(words).replace("–", "-").split()
    readings = [_expanded(token) for token in tokens if token.strip("-.,;:()\"'")]
    return [" ".join(" ".join(row).split()) for row in itertools.islice(itertools.product(*readings), _SPELLINGS)]


def _expanded(token: str) -> tuple[str, ...]:
    """What one token stands for; a stop inside joins two ("tp.muong")."""
    bare = token.strip("-.,;:()\"'")
    if bare in _abbreviations():
        return _abbreviations()[bare]
    if "." in bare:
        parts = [_expanded(part) for part in bare.split(".") if part]
        return tuple(" ".join(row) for row in itertools.product(*parts))
    return (_plain(bare),)


def _plain(folded: str) -> str:
    """Without dashes and stops, "&" read out."""
    return " ".join(re.sub(r"[-/,;:()\"']", " ", folded).replace("&", " va ").split())


def sought(*names: str) -> str:
    """What names are found by, a line each with a blank before every word: as they stand, and written out.

    >>> sought("P. VHTT")
    ' p vhtt\\n phong van hoa thong tin\\n phuong van hoa thong tin'
    """
    keys = (key for name in names if name for key in (_words(name), *spellings(name)[:4]))
    return "\n".join(dict.fromkeys(f" {key}" for key in keys if key))


def readings(typed: str) -> list[str]:
    """What somebody who types this may mean, as `sought` has it."""
    return list(dict.fromkeys(key for key in (_words(typed[:_TYPED]), *spellings(typed[:_TYPED])) if key))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


# What a place is called before its own name.
_LEVELS = ("thanh pho", "thi xa", "huyen", "tinh", "phuong", "xa", "thi tran")
_PLACE = re.compile(rf"\b({'|'.join(_LEVELS)}) (.+)$")


class NameIndex:
    """The names of the register, made ready once for all mentions of a directive."""

    def __init__(self, names: Sequence[KnownName], home: Home) -> None:
        self._home = home
        self._exact: dict[str, set[int]] = {}
        places = self._places(names)
        for known in names:
            for spelling in spellings(known.name):
                for key in {spelling, *_without_place(spelling, places)}:
                    self._exact.setdefault(key, set()).add(known.unit_id)
        self._keys = list(self._exact)
        self._level = next((level for level, _name in places), None)

    def _places(self, names: Iterable[KnownName]) -> list[tuple[str, str]]:
        """The level and name of the home's place and of those above it: ("thanh pho", "muong hoa")."""
        near = {self._home.unit_id: 0} | {unit: n for n, unit in enumerate(self._home.above, 1)}
        found = {
            (near[known.unit_id], place[1], place[2])
            for known in names
            if known.unit_id in near and (place := _PLACE.search(spellings(known.name)[0]))
        }
        return [(level, name) for _n, level, name in sorted(found)]

    def match(self, words: str) -> Match:
        """The unit that the words mean: sure where a name is exactly that and only one unit near home bears it."""
        for key in self._keys_of(words):
            if units := self._nearest(self._exact.get(key, set())):
                return Match(units[0] if len(units) == 1 else None, 1.0, len(units) == 1, tuple(units))
        return self._like(words)

    def _keys_of(self, words: str) -> list[str]:
        """The words' spellings, then the same without the home's own level at the end ("Phòng Y tế thành phố")."""
        keys = spellings(words)
        if self._level:
            keys += [key.removesuffix(f" {self._level}") for key in keys if key.endswith(f" {self._level}")]
        return keys

    def _nearest(self, units: set[int]) -> list[int]:
        """Of several units with one name, the home and those beneath it come before those above and elsewhere."""
        home = self._home
        for near in ({home.unit_id}, home.beneath, set(home.above)):
            if inside := units & near:
                return sorted(inside)
        return sorted(units)

    def _like(self, words: str) -> Match:
        scores: dict[int, float] = {}
        for key in spellings(words):
            for name, score, _n in process.extract(key, self._keys, scorer=fuzz.token_sort_ratio, limit=8):
                for unit in self._exact[name]:
                    scores[unit] = max(scores.get(unit, 0.0), score / 100)
        nearer = self._home.beneath | {self._home.unit_id}
        ranked = sorted(scores, key=lambda unit: (-scores[unit], unit not in nearer, unit))[:5]
        if not ranked:
            return Match(None, 0.0, False)
        best = scores[ranked[0]]
        return Match(ranked[0] if best >= LIKELY else None, best, False, tuple(ranked))


def _without_place(spelling: str, places: Iterable[tuple[str, str]]) -> set[str]:
    """The name without the home's place: "Công an thành phố Mường Hoa" is also "Công an thành phố" and "Công an"."""
    found = set()
    for level, name in places:
        if spelling.endswith(f" {level} {name}"):
            short = spelling.removesuffix(f" {name}")
            found |= {short, short.removesuffix(f" {level}")}
        elif spelling.endswith(f" {name}"):
            found.add(spelling.removesuffix(f" {name}"))
    return found


def match(words: str, names: Sequence[KnownName], *, home: Home) -> Match:
    """One name against the register; for many, make the NameIndex once."""
    return NameIndex(names, home).match(words)
