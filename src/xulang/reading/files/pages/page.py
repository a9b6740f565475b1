"""A page before it is understood: words with their boxes, and the lines that are drawn on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple


@dataclass(slots=True)
class Word:
    """A word with its box in points, y counted downwards; the box is as high as the font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool = False
    italic: bool = False

    @property
    def middle(self) -> float:
        """Where the word stands from left to right."""
        return (self.left + self.right) / 2


class Rule(NamedTuple):
    """A drawn line: horizontal where top == bottom, vertical where left == right."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Page:
    """A page from 1 with its words in the file's order; `rules` only where something on it looks like a table."""

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule] = field(default_factory=list)
    has_picture: bool = False  # asked for only where the words are few or strange
    recognised: bool = False  # out of a picture: sizes of letters are not exact
    turns: int = 0  # quarter turns, counterclockwise, that set a page upright which lay on its side or its head

    @cached_property
    def rows(self) -> list[Row]:
        """Its lines, from the top down."""
        return rows_of(self.words, self.number)


@dataclass(slots=True)
class Piece:
    """Words of one line that follow each other without a wide gap."""

    words: list[Word]

    @property
    def text(self) -> str:
        """The words, a blank between."""
        return " ".join([w.text for w in self.words])

    @property
    def left(self) -> float:
        """Where its first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where its last word ends."""
        return self.words[-1].right


@dataclass
class Row:
    """All that stands on one line of a page, from left to right; never empty."""

    pieces: list[Piece]
    top: float
    bottom: float
    page: int

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [w for p in self.pieces for w in p.words]

    @cached_property
    def text(self) -> str:
        """All its words, a blank between."""
        return " ".join([p.text for p in self.pieces])

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right

    @property
    def size(self) -> float:
        """The height of its letters' font."""
        return self.bottom - self.top


def rows_of(words: list[Word], page: int) -> list[Row]:
    """The lines of some words, from the top down; each parted where a gap is wide."""
    rows: list[list[list[Word]]] = []
    for run in sorted(_runs(words), key=_height):
        # Compared with each line's first run (a chain of small steps must not pull two lines into one), and with the
        # last few lines, since those of two columns lie between each other.
        near = [(abs(_height(run) - _height(row[0])), row) for row in rows[-3:]]
        close = [(d, row) for d, row in near if d < 0.45 * min(_size(run), _size(row[0]))]
        if close:
            min(close, key=lambda c: c[0])[1].append(run)
        else:
            rows.append([run])
    return [_row(sorted((w for run in row for w in run), key=lambda w: w.left), page) for row in rows]


def _runs(words: list[Word]) -> list[list[Word]]:
    """Words that follow each other on one line in the order the file gives them, whatever their fonts."""
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in words:
        if last is not None and last.left < word.left:
            apart = abs(word.top + word.bottom - last.top - last.bottom) / 2
            if apart < 0.45 * (word.bottom - word.top) and apart < 0.45 * (last.bottom - last.top):
                runs[-1].append(word)
                last = word
                continue
        runs.append([word])
        last = word
    return runs


def _size(run: list[Word]) -> float:
    return run[0].bottom - run[0].top


def _height(run: list[Word]) -> float:
    return (run[0].top + run[0].bottom) / 2


def _row(words: list[Word], page: int) -> Row:
    size = words[len(words) // 2].bottom - words[len(words) // 2].top
    pieces = [Piece([words[0]])]
    for before, word in pairwise(words):
        if word.left - before.right > 0.8 * size:
            pieces.append(Piece([word]))
        else:
            pieces[-1].words.append(word)
    return Row(pieces, min([w.top for w in words]), max([w.bottom for w in words]), page)
