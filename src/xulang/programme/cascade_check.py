"""A superior's duties beside the tasks here: what is missing, without a basis, or later. PURE; every rule by table.

It tells only what stands beside what; a person decides what becomes of it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from xulang.plumbing.folding import fold
from xulang.programme.enums import Cadence, CascadeFinding

# Of 100; on the rows of tests/programme/test_cascade_check.py reworded duties reach 88 and others of the trade 63.
ALIKE = 72.0
# How long a cadence's period is, in months; a week is a quarter of one.
_MONTHS = {Cadence.WEEK: 0.25, Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF: 6, Cadence.NINE: 9, Cadence.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Asked:
    """A duty of the superior's, by its place in the text; `ours`: it falls to the office."""

    place: tuple[int, int]
    words: str
    due_on: dt.date | None = None
    cadence: str | None = None
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Answering:
    """A task or a draft's item here: the places of the duties that it carries out, or that it is the office's `own`."""

    id: int
    words: str
    basis: frozenset[tuple[int, int]] = frozenset()
    due_on: dt.date | None = None
    cadence: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, with the sides that it is about."""

    kind: CascadeFinding
    asked: Asked | None = None
    answering: Answering | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """The task `id` here perhaps carries out the duty at `place`; `likeness` of their words, 0 to 100."""

    id: int
    place: tuple[int, int]
    likeness: float


def findings(asked: Sequence[Asked], answering: Sequence[Answering]) -> list[Found]:
    """Every finding: duties that fall to the office in their order, then tasks without a basis, then those too late.

    A duty answered by several tasks is held against each of them. A duty with a date is answered too late by a later
    date, and not in time by a task without one; a recurring duty by a task that is told of less often.
    """
    by_place = {duty.place: duty for duty in asked}
    met = {place for task in answering for place in task.basis}
    found = [Found(CascadeFinding.UNMET, duty) for duty in asked if duty.ours and duty.place not in met]
    found += [
        Found(CascadeFinding.UNFOUNDED, None, task)
        for task in answering
        if not task.own and not task.basis & by_place.keys()
    ]
    for task in answering:
        for place in sorted(task.basis & by_place.keys()):
            if kind := _time_of(by_place[place], task):
                found.append(Found(kind, by_place[place], task))
    return found


def _time_of(duty: Asked, task: Answering) -> CascadeFinding | None:
    if duty.due_on is not None:
        if task.due_on is None:
            return CascadeFinding.UNDATED
        return CascadeFinding.LATER if task.due_on > duty.due_on else None
    if duty.cadence and task.cadence and _MONTHS[Cadence(task.cadence)] > _MONTHS[Cadence(duty.cadence)]:
        return CascadeFinding.RARER
    return None


def alike(asked: Sequence[Asked], answering: Iterable[Answering]) -> list[Alike]:
    """For each task without a basis, the duty whose words are most like its own; those like none are left out.

    A duty comes down reworded and shortened, so that what matters is how much of the shorter text stands in the longer.
    """
    known = [fold(duty.words) for duty in asked]
    found = []
    for task in answering:
        if task.basis or task.own:
            continue
        best = process.extractOne(fold(task.words), known, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE)
        if best:
            found.append(Alike(task.id, asked[best[2]].place, best[1]))
    return found
