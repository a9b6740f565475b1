"""A directive as it reads: its text in lines, headings and tables, with the places of what was found. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, Literal

Kind = Literal["lead", "coordinating", "deadline", "cites", "found"]
Look = Literal["left-head", "right-head", "title", "heading", "text", "bullet", "row", "sign", "recipient"]

TOP_LEVEL = 3  # the page's own headings are h1 and h2
DEEPEST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that something was read from. `card` is the task they lead to; a citation leads to none."""

    kind: Kind
    start: int
    end: int
    card: int | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """Where a task stands, and how its card is known."""

    card: int
    number: int
    start: int
    end: int
    anchor: str
    label: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words under the same marks. `first` is the task that begins here: its number stands in the margin."""

    text: str
    mark: Mark | None = None
    task: TaskPlace | None = None
    first: TaskPlace | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The pieces of a line or of a table cell, and where they begin in the text."""

    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the paper. `level` is that of its heading, `section` the label of the part that begins in it."""

    look: Look
    words: Words
    level: int = 0
    section: str = ""
    whole: TaskPlace | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines set together: the two columns of the head, a table, a list of recipients, or simply text."""

    look: Literal["head", "table", "text", "recipients"]
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    headed: bool = False

    @property
    def sides(self) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The head's two columns, left and right."""
        left = tuple(line for line in self.lines if line.look == "left-head")
        return left, tuple(line for line in self.lines if line.look == "right-head")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the reading's parts begin, by the start of the line that holds them."""

    sections: Mapping[int, tuple[str, int, str | None]] = field(default_factory=dict)
    left_head: int = 0
    right_head: int = 0
    title: int = 0
    signature: tuple[tuple[int, int], ...] = ()
    recipients: tuple[tuple[int, int], ...] = ()


def blocks(reading: Mapping[str, Any], tasks: Iterable[TaskPlace], marks: Iterable[Mark]) -> tuple[Block, ...]:
    """The paper of a reading (`xulang.reading/1`), in order; the pieces of all lines make up its whole text."""
    text: str = reading["text"]
    tasks, marks = sorted(tasks, key=lambda t: (t.start, -t.end)), _apart(marks)
    places = _places(reading)
    lines, level, numbered = [], TOP_LEVEL - 1, set[TaskPlace]()
    for start, end in _lines(text):
        look, section, wanted = _look(text[start:end], start, end, places)
        if look == "heading":
            level = min(wanted, level + 1)  # a heading never skips a level, whatever the paper's labels do
        whole = next((t for t in tasks if t.start <= start and end <= t.end + 1), None)
        words = _words(text, start, end, tasks, marks, numbered)
        lines.append(Line(look, words, level if look == "heading" else 0, section, whole))
    return tuple(_block(list(group), look) for look, group in groupby(lines, key=lambda line: _GROUP[line.look]))


_GROUP: Mapping[Look, Literal["head", "table", "text", "recipients"]] = {
    "left-head": "head",
    "right-head": "head",
    "row": "table",
    "recipient": "recipients",
    "title": "text",
    "heading": "text",
    "text": "text",
    "bullet": "text",
    "sign": "text",
}


def _block(lines: list[Line], look: Literal["head", "table", "text", "recipients"]) -> Block:
    if look != "table":
        return Block(look, tuple(lines))
    rows = tuple(_cells(line.words) for line in lines)
    headed = len(rows) > 1 and not any(piece.task for cell in rows[0] for piece in cell.pieces)
    return Block(look, tuple(lines), rows, headed)


def _cells(words: Words) -> tuple[Words, ...]:
    """A row's line parted at its tabs; the tabs themselves are not shown."""
    cells: list[Words] = []
    start, pieces, here = words.start, list[Piece](), words.start
    for piece in words.pieces:
        for n, part in enumerate(piece.text.split("\t")):
            if n:
                cells.append(Words(start, tuple(pieces)))
                here += 1
                start, pieces = here, []
            if part:
                pieces.append(Piece(part, piece.mark, piece.task, None if n else piece.first))
                here += len(part)
    return (*cells, Words(start, tuple(pieces)))


def _lines(text: str) -> Iterable[tuple[int, int]]:
    """The places of all lines that are not empty."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in order, those that overlap an earlier and longer one left out: links cannot hold links."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.start < mark.end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def _words(
    text: str, start: int, end: int, tasks: Sequence[TaskPlace], marks: Sequence[Mark], numbered: set[TaskPlace]
) -> Words:
    """The pieces of one line; `numbered` gathers the places whose number stands in the margin already."""
    here_tasks = [t for t in tasks if t.start < end and start < t.end]
    here_marks = [m for m in marks if m.start < end and start < m.end]
    cuts = {start, end}
    for at in [(place.start, place.end) for place in here_tasks] + [(mark.start, mark.end) for mark in here_marks]:
        cuts |= {min(max(edge, start), end) for edge in at}
    pieces = []
    for left, right in pairwise(sorted(cuts)):
        task = next((t for t in here_tasks if t.start <= left < t.end), None)
        mark = next((m for m in here_marks if m.start <= left < m.end), None)
        pieces.append(Piece(text[left:right], mark, task, task if task not in numbered else None))
        if task:
            numbered.add(task)
    return Words(start, tuple(pieces))


def _places(reading: Mapping[str, Any]) -> _Places:
    text: str = reading["text"]
    header = reading["header"]

    def last_line(*names: str) -> int:
        ends = [header[name]["at"][1] for name in names if header.get(name)]
        return max((_line_end(text, end) for end in ends), default=0)

    left = last_line("superior", "issuer", "number", "symbol")
    # What stands between the two columns and the title: the motto, the place and the date.
    begins = [header[name]["at"][0] for name in ("type", "title") if header.get(name)]
    right = max(left, min((text.rfind("\n", 0, begin) + 1 for begin in begins), default=0), last_line("place", "date"))
    signature = reading["signature"]
    return _Places(
        sections={s["at"][0]: (s["label"], s["depth"], s["title"]) for s in reading["sections"]},
        left_head=left,
        right_head=right,
        title=max(right, last_line("type", "title")),
        signature=tuple(tuple(f["at"]) for f in [*signature["lines"], signature["name"]] if f),
        recipients=tuple(tuple(f["at"]) for f in reading["recipients"]),
    )


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _look(line: str, start: int, end: int, places: _Places) -> tuple[Look, str, int]:
    """How a line looks, the label of the section that begins in it, and the level its heading asks for."""
    label, depth, title = places.sections.get(start, ("", 0, None))
    if "\t" in line:
        return "row", label, 0
    if label and title and len(line) <= len(label) + len(title) + 4:
        return "heading", label, min(TOP_LEVEL + depth - 1, DEEPEST_LEVEL)
    for limit, look in _HEAD:
        if end <= getattr(places, limit):
            return look, label, 0
    if any(s < end and start < e for s, e in places.signature):
        return "sign", label, 0
    if any(s < end and start < e for s, e in places.recipients):
        return "recipient", label, 0
    return ("bullet" if line.lstrip()[:2] in {"- ", "+ ", "– ", "• "} else "text"), label, 0


_HEAD: tuple[tuple[str, Look], ...] = (("left_head", "left-head"), ("right_head", "right-head"), ("title", "title"))
