"""The pages of a directive as they look, with the places of what was found laid over them. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from xulang.office.paper import Mark, TaskPlace

Word = Sequence[float]  # start, end, page, left, top, right, bottom: as `registry.ports.Pages` has them
MARGIN = 14.0  # points left of a task's first words: where its number stands


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return round(self.top + self.height, 1)


@dataclass(frozen=True, slots=True)
class Laid:
    """A finding's words on one line of a page. `words` are read out to whoever cannot see them."""

    mark: Mark
    box: Box
    words: str


@dataclass(frozen=True, slots=True)
class Band:
    """The part of a page that a task takes; its number stands beside the `first` of its bands."""

    place: TaskPlace
    box: Box
    first: bool

    @property
    def x(self) -> float:
        """Where the number stands: left of the words, and on the page."""
        return max(self.box.left - MARGIN, MARGIN)

    @property
    def y(self) -> float:
        """How far down the number stands."""
        return self.box.top + 8


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page."""

    number: int
    width: float
    height: float
    laid: list[Laid] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Leaves:
    """All pages, and the places of tasks whose words were found on none."""

    pages: list[Leaf]
    lost: list[TaskPlace]


def laid_out(
    sizes: Sequence[Sequence[float]],
    words: Sequence[Word],
    text: str,
    tasks: Iterable[TaskPlace],
    marks: Iterable[Mark],
) -> Leaves:
    """The pages with tasks and marks; `words` in the order of the text."""
    pages = [Leaf(number, width, height) for number, (width, height, *_turns) in enumerate(sizes, 1)]
    starts = [word[0] for word in words]
    lost = []
    for task in sorted(tasks, key=lambda place: place.start):
        under = _within(words, starts, task.start, task.end)
        if not under:
            lost.append(task)
        for n, (page, on_page) in enumerate(groupby(under, key=_page)):
            pages[page - 1].bands.append(Band(task, _around(list(on_page)), n == 0))
    for mark in marks:
        for line in _lines(_within(words, starts, mark.start, mark.end)):
            pages[_page(line[0]) - 1].laid.append(Laid(mark, _around(line), text[mark.start : mark.end]))
    return Leaves(pages, lost)


def _page(word: Word) -> int:
    return int(word[2])


def _within(words: Sequence[Word], starts: Sequence[float], start: int, end: int) -> list[Word]:
    """The words of a place in the text, page by page."""
    first = max(bisect_left(starts, start) - 1, 0)
    found = [word for word in words[first : bisect_left(starts, end)] if word[1] > start]
    return sorted(found, key=_page)


def _lines(words: list[Word]) -> Iterator[list[Word]]:
    """Words that follow each other on one line."""
    line: list[Word] = []
    for word in words:
        if line:
            before = line[-1]
            level = abs(word[4] - before[4]) < (before[6] - before[4]) / 2
            if not (_page(word) == _page(before) and level and word[3] > before[3]):
                yield line
                line = []
        line.append(word)
    if line:
        yield line


def _around(words: list[Word]) -> Box:
    left, top = min(word[3] for word in words), min(word[4] for word in words)
    right, bottom = max(word[5] for word in words), max(word[6] for word in words)
    return Box(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))
