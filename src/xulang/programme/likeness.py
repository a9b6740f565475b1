"""Whether two directives order one duty. PURE: words and units in, a proposal out; a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from xulang.plumbing.folding import fold

ALIKE = 82.0  # of 100; under this, words of one trade are alike in most tasks of a unit


@dataclass(frozen=True, slots=True)
class Duty:
    """A task as likeness sees it: its words, who leads, and whether it is ordered or asked."""

    id: int
    words: str
    units: frozenset[int]
    mode: str


@dataclass(frozen=True, slots=True)
class Same:
    """The task `id` is perhaps the same duty as `other`, which is in force; `likeness` of their words, 0 to 100."""

    id: int
    other: int
    likeness: float


def same_duties(asked: Iterable[Duty], in_force: Iterable[Duty]) -> list[Same]:
    """For each task that is asked for, the one in force that is most like it; tasks without one are left out.

    Only tasks of the same leading units and mode are compared, however alike the words of others are. Words are
    compared without marks and in any order, so that the same duty told the other way round is found too.
    """
    held: dict[tuple[frozenset[int], str], list[tuple[int, str]]] = {}
    for duty in in_force:
        held.setdefault((duty.units, duty.mode), []).append((duty.id, fold(duty.words)))
    found = []
    for duty in asked:
        words = fold(duty.words)
        rows = [
            Same(duty.id, other, like)
            for other, there in (held.get((duty.units, duty.mode), ()) if duty.units else ())
            if (like := fuzz.token_sort_ratio(words, there, score_cutoff=ALIKE))
        ]
        if rows:
            found.append(max(rows, key=lambda row: (row.likeness, -row.other)))
    return found
