"""Decisions of the room: adding figures, checking a report, what changed. PURE: values in, a decision out."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypeVar

from xulang.organisation.working_days import WorkingDays
from xulang.plumbing.folding import fold
from xulang.reporting.enums import Additivity, Doubtful, Timeliness
from xulang.reporting.prose import said

Cell = tuple[str, str]  # an indicator's code, and the part of it ("en", "PORTAL"; "" the whole)


# --- Counting and adding ---


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is counted: which one, by how much, which names it bears, and the parts that it belongs to."""

    receipt: str
    amount: int = 1
    keys: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one unit with the rows behind it ("a12": activity 12). `keys`: the names that it counts once."""

    value: int
    receipts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def figure(rows: Iterable[Row], additivity: Additivity, part: str = "") -> Figure:
    """The figure that rows make, whole or of one part; rows that add nothing are no receipts."""
    mine = [row for row in rows if (not part or part in row.parts) and (row.amount or row.keys)]
    keys = tuple(sorted(frozenset[str]().union(*(row.keys for row in mine))))
    value = len(keys) if additivity == Additivity.DISTINCT else sum(row.amount for row in mine)
    return Figure(value, tuple(row.receipt for row in mine), keys)


@dataclass(frozen=True, slots=True)
class Amount:
    """A unit's figure of one period (`order`: the later period has the greater), as it goes into a sum."""

    unit: int
    order: int
    value: int
    keys: frozenset[str] = frozenset()


def added(additivity: Additivity, amounts: Iterable[Amount]) -> int:
    """Units and periods made one: all added; of each unit the last period's; or each name once.

    The order in which amounts come makes no difference, and neither does how they are put together before.
    """
    if additivity == Additivity.SUM:
        return sum(one.value for one in amounts)
    if additivity == Additivity.DISTINCT:
        return len(frozenset[str]().union(*(one.keys for one in amounts)))
    by_unit: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for one in amounts:
        by_unit[one.unit][one.order] += one.value  # two in one period: of a unit and of one that went into it
    return sum(periods[max(periods)] for periods in by_unit.values())


# --- The check before sending ---


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the check found, where ("figure" code or heading), and what it is about. `must`: has to be mended first."""

    kind: Doubtful
    place: str
    told: Mapping[str, str | int | tuple[int, ...]] = field(default_factory=dict)
    must: bool = False


_FEW = 3  # periods without which nothing is unusual


def outlier(value: int, past: Sequence[int]) -> bool:
    """Whether a figure stands far off the unit's last ones: past three times their usual spread from their middle.

    The spread is the median of the distances (made comparable with a standard deviation by 1.4826), at least a tenth
    of the middle and at least 1, so that a row of equal figures does not make every other one strange.
    """
    if len(past) < _FEW:
        return False
    middle = median(past)
    spread = max(1.4826 * median(abs(one - middle) for one in past), middle / 10, 1)
    return abs(value - middle) > 3 * spread


def prose_doubts(place: str, text: str, named: Mapping[str, Sequence[int]]) -> list[Doubt]:
    """The numbers of prose that agree with none of the figures that go by that word."""
    return [
        Doubt(Doubtful.PROSE, place, {"said": one.text, "word": one.word, "counted": tuple(named[one.word])})
        for one in said(text, named)
        if not any(one.fits(value) for value in named[one.word])
    ]


def check(
    *,
    figures: Mapping[Cell, int | None],
    past: Mapping[Cell, Sequence[int]],
    narrative: Mapping[str, str],
    said_as: Mapping[str, Sequence[str]],
    part_of: Mapping[str, str],
) -> list[Doubt]:
    """What a report lacks or must be looked at again before it is sent.

    `figures`: None where nobody gave it; `past`: the unit's figures of earlier periods; `narrative`: text by heading;
    `said_as`: how prose names an indicator; `part_of`: of which other one it counts some. Those may be more in a period
    (a request of last month is answered in this one), so it is asked, not refused.
    """
    found = [Doubt(Doubtful.MISSING, code, must=True) for (code, _part), value in figures.items() if value is None]
    found += [Doubt(Doubtful.EMPTY, heading) for heading, text in narrative.items() if not text.strip()]
    for (code, part), value in figures.items():
        if value is not None and not part and outlier(value, past.get((code, part), ())):
            found.append(Doubt(Doubtful.OUTLIER, code, {"value": value, "past": tuple(past[code, part])}))
    for code, whole_code in part_of.items():
        some, whole = figures.get((code, "")), figures.get((whole_code, ""))
        if some is not None and whole is not None and some > whole:
            found.append(Doubt(Doubtful.EXCEEDS, code, {"value": some, "of": whole_code, "whole": whole}))
    named: dict[str, list[int]] = defaultdict(list)
    for code, words in said_as.items():
        whole = figures.get((code, ""))
        if whole is not None:
            for word in words:
                named[word.lower()].append(whole)
    for heading, text in narrative.items():
        found += prose_doubts(heading, text, named)
    return found


# --- Time ---


def timeliness(due: dt.date, sent_on: dt.date | None, today: dt.date, days: WorkingDays) -> Timeliness:
    """Whether a report came in time; a due day that is a day off is kept on the next working day."""
    last = days.kept_on(due)
    if sent_on is not None:
        return Timeliness.ON_TIME if sent_on <= last else Timeliness.LATE
    return Timeliness.OPEN if today <= last else Timeliness.SILENT


# --- Sentences and where they come from ---


_END = re.compile(r"(?<=[.;!?])\s+|\n+")


def sentences(text: str) -> list[str]:
    """The sentences of a text; "1.240" and "02.3" do not end one."""
    return [one.strip() for one in _END.split(text) if one.strip()]


_K = TypeVar("_K")


def traced(text: str, passages: Sequence[tuple[int, str]]) -> list[tuple[str, int | None]]:
    """Each sentence of a text that was put together from passages, with the passage that it was taken from.

    A sentence that was reworded goes to the passage with which it has most words in common, at least half of its own;
    None where somebody wrote it anew.
    """
    held = _folded(passages)
    told: list[tuple[str, int | None]] = []
    for one in sentences(text):
        words = frozenset(fold(one).split())
        exact = next((key for key, whole, _words in held if fold(one).rstrip(".;") in whole), None)
        likest = max(((len(words & there), -key, key) for key, _whole, there in held), default=(0, 0, 0))
        told.append((one, exact if exact is not None else likest[2] if 2 * likest[0] > len(words) else None))
    return told


def _folded(texts: Sequence[tuple[_K, str]]) -> list[tuple[_K, str, frozenset[str]]]:
    """Texts as they are compared: each without marks and capitals, whole and as its words."""
    return [(key, fold(whole), frozenset(fold(whole).split())) for key, whole in texts]


_TOLD = 3  # words in common; fewer are so by chance


def sourced(text: str, told: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Of each sentence of a text the rows (their receipt and words) that it tells of; none where it tells of no row.

    Those in whose words it stands; else those that share at least three words with it and half of its words or of
    their own: "Mở 3 lớp, đón 2 đoàn" tells of several.
    """
    held = _folded(told)
    found: list[list[str]] = []
    for one in sentences(text):
        plain, words = fold(one).rstrip(".;"), frozenset(fold(one).split())
        exact = [key for key, whole, _words in held if plain in whole]
        shared = [(key, len(words & there), min(len(words), len(there))) for key, _whole, there in held]
        found.append(exact or [key for key, both, fewer in shared if both >= _TOLD and 2 * both >= fewer])
    return found


# --- What a new version changes ---


@dataclass(frozen=True, slots=True)
class Change:
    """A place that a new version says otherwise: a figure ("figure", its code and part), a plan, a heading, a unit …"""

    what: str
    place: str
    before: str
    after: str


_WORDED = ("narrative", "from_ledger")  # the parts of a content that have text


def changes(old: Mapping[str, object], new: Mapping[str, object]) -> list[Change]:
    """Every place at which two contents of one round differ, in the order of the report."""
    found = _differing("figure", _figures(old, "value"), _figures(new, "value"))
    told = {change.place for change in found}
    for beside in ("year", "last"):  # another round was corrected
        other = _differing(beside, _figures(old, beside), _figures(new, beside))
        found += [change for change in other if change.place not in told]
    found += _differing("lack", _lacks(old), _lacks(new))
    found += _differing("plan", _plans(old), _plans(new))
    found += _differing("heading", _headings(old), _headings(new))
    return found + _differing("unit", _units(old), _units(new))


def _differing(what: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    places = [*new, *(place for place in old if place not in new)]
    pairs = ((place, old.get(place, ""), new.get(place, "")) for place in places)
    return [Change(what, place, before, after) for place, before, after in pairs if before != after]


def _listed(
    content: Mapping[str, object], key: str, told: Callable[[dict[str, object]], tuple[str, str]]
) -> dict[str, str]:
    rows = content.get(key, ())
    assert isinstance(rows, Sequence)
    return dict(told(row) for row in rows)


def _figures(content: Mapping[str, object], key: str) -> dict[str, str]:
    told = _listed(content, "figures", lambda row: (f"{row['code']}/{row['of']}", _number(row[key])))
    return {place: number for place, number in told.items() if number}


def _number(value: object) -> str:
    return "" if value is None else str(value)


def _lacks(content: Mapping[str, object]) -> dict[str, str]:
    """The periods that the year so far has not whole, each with the reports accepted of those asked for."""
    return _listed(content, "year_lacks", lambda row: (str(row["period"]), f"{row['accepted']}/{row['asked']}"))


def _plans(content: Mapping[str, object]) -> dict[str, str]:
    """The targets, each by its indicator and its period."""
    year = str(content["period"])[:4]
    rows = content["figures"]
    assert isinstance(rows, Sequence)
    aims = ((row["code"], {year: row["plan"], **row.get("aims", {})}) for row in rows if not row["of"])
    return {f"{code}/{at}": str(value) for code, told in aims for at, value in told.items() if value is not None}


def _headings(content: Mapping[str, object]) -> dict[str, str]:
    told = (_listed(content, key, lambda row: (str(row["heading"]), str(row["text"]))) for key in _WORDED)
    return {heading: text for part in told for heading, text in part.items()}


def _units(content: Mapping[str, object]) -> dict[str, str]:
    return _listed(content, "units", lambda row: (str(row["unit"]), str(row["state"])))
