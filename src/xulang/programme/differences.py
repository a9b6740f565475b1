"""What a later directive makes of the tasks of an earlier one: a proposal, task by task. PURE; a person decides."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

from xulang.plumbing.folding import fold
from xulang.programme.amending import Clause, Does, reworded
from xulang.programme.enums import DifferenceKind, Field

# Of 100: eighty by the words, ten by the place, ten by the units.
ALIKE = 50.0  # under this two tasks are not proposed to be one
SURELY = 72.0  # from here on they are, where nothing else comes near
APART = 8.0  # what another pair must stay below to be no rival
NEAR = 40.0  # what is left over is doubtful when something on the other side comes this near
PLACED = 25.0  # likeness of words from which the place that a clause names is believed


@dataclass(frozen=True, slots=True)
class Side:
    """A task as the comparison sees it; of one in force, as it is today.

    `cadence` and `day` (the day that the directive names within the period) or `due_on`; `ends_on` of a task that goes
    on where the later directive says anew until when. `clause` is what the later directive says that it does by it.
    """

    id: int
    place: str
    words: str
    leads: frozenset[int]
    coordinating: frozenset[int]
    mode: str
    due_on: dt.date | None = None
    cadence: str | None = None
    day: str | None = None
    ends_on: dt.date | None = None
    clause: Clause | None = None

    @property
    def timed(self) -> bool:
        """Whether anybody has said yet by when or how often."""
        return self.due_on is not None or self.cadence is not None

    def told(self) -> dict[str, Any]:
        """The side as it is kept with what a person said of it."""
        return {
            "words": self.words,
            "leads": sorted(self.leads),
            "coordinating": sorted(self.coordinating),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "cadence": self.cadence,
            "day": self.day,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a task in force, a proposed one, or both as one; `becomes` are words that a clause gives."""

    old: Side | None
    new: Side | None
    kind: DifferenceKind
    sure: bool
    becomes: str = ""


def changed(old: Side, new: Side) -> tuple[Field, ...]:
    """What differs; marks, capitals and stops in the words do not count, nor a time that nobody has said yet."""
    time = (old.due_on, old.cadence, old.day, old.ends_on) != (new.due_on, new.cadence, new.day, new.ends_on)
    found = {
        Field.WORDS: not same_words(old.words, new.words),
        Field.UNITS: old.leads != new.leads,
        Field.COORDINATION: old.coordinating != new.coordinating,
        Field.DEADLINE: time and new.timed,
    }
    return tuple(field for field, differs in found.items() if differs)


def same_words(old: str, new: str) -> bool:
    """Whether two wordings are one, but for marks, capitals and stops."""
    return _plain(old) == _plain(new)


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", fold(words)).strip()


def _sorted(side: Side) -> list[str]:
    """The words in any order, whole: of two plans' tasks half the letters are alike, but few of the words."""
    return sorted(_plain(side.words).split())


def likenesses(olds: Sequence[Side], news: Sequence[Side]) -> dict[tuple[int, int], float]:
    """How alike the tasks of both sides are, from `NEAR` to 100: by words in any order, the place and who leads.

    Nothing that is ordered is like what is asked.
    """
    words = {side: _sorted(side) for side in (*olds, *news)}
    found = {}
    for old in olds:
        for new in news:
            if old.mode != new.mode:
                continue
            either = old.leads | new.leads
            same = 10 * len(old.leads & new.leads) / len(either) if either else 0
            same += 10 if old.place and old.place == _place(new) else 0
            score = 80 * Indel.normalized_similarity(words[old], words[new]) + same
            if score >= NEAR:
                found[old.id, new.id] = score
    return found


def _place(new: Side) -> str:
    """Where the new task stands, or the one place that it is said to amend."""
    if new.clause is not None:
        return new.clause.places[0] if len(new.clause.places) == 1 else ""
    return new.place


def proposals(
    olds: Sequence[Side], news: Sequence[Side], clauses: Iterable[Clause] = (), *, replaces: bool
) -> list[Proposal]:
    """What becomes of every task of both sides, the tasks in force first, each side in its order.

    Pairs are made from the most alike on, each task in one at most; a place that a clause names goes before. Of what is
    left of the earlier directive a replacing one ends all; of an amending one only what a clause repeals ends, or
    changes where it rewords, and the rest is kept.
    """
    clauses = list(clauses)
    by_id = {new.id: new for new in news}
    scores = likenesses(olds, [new for new in news if not _adds(new)])
    pairs = _named(olds, news)
    taken, sure = set(pairs.values()), dict.fromkeys(pairs, True)
    best = _best(scores)
    for (old, new), score in sorted(scores.items(), key=lambda row: (-row[1], row[0])):
        if score < ALIKE:
            break
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
            rivals = [like for side in (("old", old), ("new", new)) for like, pair in best[side] if pair != (old, new)]
            sure[old] = score >= SURELY and score - max(rivals, default=0.0) >= APART
    near_old: dict[int, float] = {}
    near_new: dict[int, float] = {}
    for (old, new), score in scores.items():
        if old not in pairs and new not in taken:
            near_old[old] = max(score, near_old.get(old, 0.0))
            near_new[new] = max(score, near_new.get(new, 0.0))
    found = []
    for side in olds:
        if side.id in pairs:
            other = by_id[pairs[side.id]]
            kind = DifferenceKind.CHANGED if changed(side, other) else DifferenceKind.KEPT
            found.append(Proposal(side, other, kind, sure[side.id]))
        else:
            found.append(_left(side, olds, clauses, near=side.id in near_old, replaces=replaces))
    return found + [
        Proposal(None, new, DifferenceKind.NEW, new.id not in near_new) for new in news if new.id not in taken
    ]


def _adds(new: Side) -> bool:
    return new.clause is not None and new.clause.does is Does.ADDS


def _best(scores: Mapping[tuple[int, int], float]) -> dict[tuple[str, int], list[tuple[float, tuple[int, int]]]]:
    """The two most alike pairs that each task could be in."""
    best: dict[tuple[str, int], list[tuple[float, tuple[int, int]]]] = {}
    for pair, score in scores.items():
        for side in zip(("old", "new"), pair, strict=True):
            there = best.setdefault(side, [])
            there.append((score, pair))
            there.sort(reverse=True)
            del there[2:]
    return best


def _named(olds: Sequence[Side], news: Sequence[Side]) -> dict[int, int]:
    """The pairs that clauses name: "khoản 2 mục II" is one task in force, and the new one is about it."""
    pairs: dict[int, int] = {}
    for new in news:
        if new.clause is None or new.clause.does is not Does.AMENDS:
            continue
        there = [old for old in olds if old.place in new.clause.places and old.mode == new.mode]
        alike = len(there) == 1 and 100 * Indel.normalized_similarity(_sorted(there[0]), _sorted(new)) >= PLACED
        if alike and there[0].id not in pairs:
            pairs[there[0].id] = new.id
    return pairs


def _left(old: Side, olds: Sequence[Side], clauses: Sequence[Clause], *, near: bool, replaces: bool) -> Proposal:
    """What becomes of a task in force that no new one is about; `near`: one that is left over comes near it."""
    if replaces:
        return Proposal(old, None, DifferenceKind.ENDED, not near)
    for clause in clauses:
        if clause.does is Does.REPEALS and (only := _meant(old, clause, olds)) is not None:
            return Proposal(old, None, DifferenceKind.ENDED, only)
    rewords = [
        one for one in clauses if one.does is Does.REWORDS and (not one.places or _meant(old, one, olds) is not None)
    ]
    becomes = reworded(old.words, iter(rewords))
    if becomes != old.words:
        return Proposal(old, None, DifferenceKind.CHANGED, True, becomes)
    # One that a clause was to reword and that has not the words, or that is amended by words nobody could match.
    named = [one for one in clauses if one.places and one.does is not Does.ADDS and _meant(old, one, olds) is not None]
    return Proposal(old, None, DifferenceKind.KEPT, not named and not near)


def _meant(old: Side, clause: Clause, olds: Sequence[Side]) -> bool | None:
    """Whether a clause means the task; sure (True) where its place is this one task's and no other's."""
    for place in clause.places:
        if old.place == place:
            return sum(other.place == place for other in olds) == 1
        if old.place.startswith(place + "."):
            return False
    return None


def marked(old: str, new: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both wordings in pieces, each with whether the other has not got it; word by word."""
    was, becomes = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    matcher = difflib.SequenceMatcher(None, [word.strip() for word in was], [word.strip() for word in becomes], False)
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for tag, start, end, begin, last in matcher.get_opcodes():
        left += _pieces(tag, was[start:end])
        right += _pieces(tag, becomes[begin:last])
    return left, right


def _pieces(tag: str, words: Sequence[str]) -> list[tuple[bool, str]]:
    """The words as one piece; the blank after words that differ does not differ."""
    whole = "".join(words)
    if not whole or tag == "equal":
        return [(False, whole)] if whole else []
    end = len(whole.rstrip())
    return [(True, whole[:end])] + ([(False, whole[end:])] if whole[end:] else [])
