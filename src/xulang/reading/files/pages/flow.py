"""Pages in reading order: running heads left out, lines joined to paragraphs, tables and notes in their place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from xulang.reading.files.document import Align
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph, is_broken, joined, tidied
from xulang.reading.files.pages.columns import is_item, parted
from xulang.reading.files.pages.grids import Placed, aligned, by_columns, ruled
from xulang.reading.files.pages.page import Page, Row

_LABEL = re.compile(
    r"[-–+•*▪] ?\S|(\d{1,2}(\.\d{1,2})*[.)]?|[IVXLC]{1,6}[.)]|[A-ZĐa-zđ][.)]|\(\w{1,3}\)) |"
    r"(Điều|Chương|Mục|Phần) [\dIVX]+\b"
)
_PAGE_NUMBER = re.compile(r"(trang )?[-–]? ?\d{1,3} ?[-–]?( ?/ ?\d{1,3})?", re.IGNORECASE)
_SENTENCE_END = (".", ";", ":", "!", "?", "./.", "…", "”")
_LONG_IN_COLUMNS = ("-", "–", "+", "V/v", "v/v", "Về việc")  # a recipient, or what a công văn is about
_NOTE = re.compile(r"[\d*⁰¹²³⁴-⁹]{1,3}( ?[^\W\d]| ?\(|$)")  # a raised number without a full stop
_MARGIN = 0.09  # of the page's height: where running heads and page numbers stand


def drafted(pages: list[Page]) -> Draft:
    """The paragraphs and tables of some pages."""
    running = _running(pages)
    notes: list[Paragraph] = []
    blocks: list[tuple[Page, Block]] = []
    gutter: float | None = None  # where the columns part of a signature row that the end of a page has cut
    for page in pages:
        rows = [r for r in page.rows if not _left_out(r, page, running)]
        tables = ruled(page) if page.rules else []
        body = [r for r in rows if not any(t.holds(w) for t in tables for w in r.words)]
        body, below = _noted(body, page, going_on=bool(notes) and not notes[-1].text.endswith("."))
        notes += below
        cut = gutter is not None and bool(body) and is_item(body[0].text)
        found, gutter = _blocks(body, tables, page, gutter if cut else None)
        _gathered(blocks, found, page, cut=cut)
    flow = _Flow()
    for page, block in blocks:
        if isinstance(block, Placed):
            flow.end()
            flow.blocks.append(block.grid)
        else:
            flow.add(block[1], block[0], page)
    flow.end()
    return Draft(flow.blocks + list(notes))


Block = Placed | tuple[int | None, list[Row]]


def _blocks(
    rows: list[Row], tables: list[Placed], page: Page, gutter: float | None
) -> tuple[list[Block], float | None]:
    """Lines and tables of a page from the top down, columns of a heading or signature row left first.

    Also where the columns part that go on to the end of the page, None where the page does not end in columns.
    """
    found: list[Block] = []
    edges = [t.top for t in tables] + [page.height * 2]
    for at, edge in enumerate(edges):
        above = [r for r in rows if r.top < edge and (at == 0 or r.top >= edges[at - 1])]
        blocks, gutter = parted(above, page.width, gutter)
        for column, lines in blocks:
            found += [(column, lines)] if column is not None else _unruled(lines)
        if at < len(tables):
            found.append(tables[at])
    return found, gutter


def _unruled(lines: list[Row]) -> list[Block]:
    """Lines across the page, with tables in them that no lines are drawn for."""
    found: list[Block] = []
    at = 0
    for start, end, gutters in aligned(lines):
        if lines[at:start]:
            found.append((None, lines[at:start]))
        found.append(by_columns(lines[start:end], gutters))
        at = end
    if lines[at:]:
        found.append((None, lines[at:]))
    return found


def _gathered(blocks: list[tuple[Page, Block]], found: list[Block], page: Page, *, cut: bool) -> None:
    """Adds the blocks of a page; a table or (`cut`) a signature row broken by the end of a page is made whole."""
    for block in found:
        before = blocks[-1][1] if blocks else None
        if isinstance(block, Placed):
            if block is found[0] and isinstance(before, Placed) and _continues(before, block):
                _append(before.grid, block.grid)
                continue
        elif cut and block[0] is not None and block in found[:2]:
            columns = [b for _, b in blocks[-2:] if not isinstance(b, Placed) and b[0] == block[0]]
            if columns:
                columns[-1][1].extend(block[1])
                continue
        blocks.append((page, block))


def _running(pages: list[Page]) -> set[str]:
    """What stands at the head or foot of several pages, its figures left out of account."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_key(r.text) for r in page.rows if _in_margin(r, page)})
    return {key for key, times in seen.items() if times > 1 and times * 2 >= len(pages)}


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _in_margin(row: Row, page: Page) -> bool:
    return row.bottom < page.height * _MARGIN or row.top > page.height * (1 - _MARGIN)


def _left_out(row: Row, page: Page, running: set[str]) -> bool:
    return _in_margin(row, page) and (bool(_PAGE_NUMBER.fullmatch(row.text)) or _key(row.text) in running)


def _noted(rows: list[Row], page: Page, *, going_on: bool) -> tuple[list[Row], list[Paragraph]]:
    """The lines without the footnotes at the foot of the page, and these: small letters after a raised number."""
    if len(rows) < 6 or page.recognised:
        return rows, []
    usual = median(r.size for r in rows)
    at = len(rows)
    while at > 0 and rows[at - 1].size < 0.88 * usual and rows[at - 1].top > page.height * 0.5:
        at -= 1
    begun = at < len(rows) and bool(_NOTE.match(rows[at].text) or (going_on and not _LABEL.match(rows[at].text)))
    if not begun or len(rows) - at > 24:
        return rows, []
    notes: list[list[str]] = []
    for row in rows[at:]:
        if not notes or _NOTE.match(row.text):
            notes.append([])
        notes[-1].append(row.text)
    return rows[:at], [Paragraph(tidied(joined(lines)), page=page.number) for lines in notes]


def _continues(before: Placed, block: Placed) -> bool:
    """Whether a table at the head of a page goes on with the one that ended the page before."""
    same = len(before.borders) == len(block.borders)
    return same and all(abs(a - b) < 8 for a, b in zip(before.borders, block.borders, strict=True))


def _append(grid: Grid, more: Grid) -> None:
    """Adds the rows of the next page; a repeated heading is left out, a row broken over the pages made whole."""
    rows = more.rows
    if rows and grid.rows and [b.text for b in rows[0]] == [b.text for b in grid.rows[0]]:
        rows = rows[1:]
        grid.header_rows = max(grid.header_rows, 1)
    shift = len(grid.rows) - (len(more.rows) - len(rows))
    last = grid.rows[-1] if grid.rows else []
    if rows and len(rows[0]) == len(last) and rows[0] and not rows[0][0].text and any(b.text for b in rows[0]):
        if any(b.text[:1].islower() for b in rows[0]):  # a row broken over the pages
            _join(last, rows[0])
            rows = rows[1:]
            shift -= 1
        else:  # a row of its own beside cells that go on from above
            for above, box in zip(last, rows[0], strict=True):
                above.rowspan += not box.text
            rows[0] = [box for box in rows[0] if box.text]
    for row in rows:
        for box in row:
            box.row += shift
    grid.rows += rows


def _join(row: list[Box], rest: list[Box]) -> None:
    """Adds to each cell what stands of it on the next page."""
    for box, more in zip(row, rest, strict=True):
        if box.paragraphs and more.paragraphs:
            box.paragraphs[-1].text = joined([box.paragraphs[-1].text, more.paragraphs[0].text])
            box.paragraphs += more.paragraphs[1:]
        else:
            box.paragraphs += more.paragraphs


@dataclass
class _Flow:
    """Joins lines to paragraphs, over the ends of pages too."""

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    open: list[Row] = field(default_factory=list)  # the lines of the paragraph that may go on
    column: int | None = None
    left: float = 0.0  # where the text of this page or column begins and ends
    right: float = 0.0
    middles: list[float] = field(default_factory=lambda: [0.0])  # of the text, and of the page
    begun_left: float = 0.0  # the same for the page on which the open paragraph began
    begun_right: float = 0.0

    def add(self, rows: list[Row], column: int | None, page: Page) -> None:
        """Takes lines of one page, or of one column of it."""
        if column != self.column or column is not None:
            self.end()
        self.column = column
        self.left = min(r.left for r in rows)
        self.right = max(r.right for r in rows)
        if column is None:
            self.left = min(self.left, _usual([r.left for r in page.rows], self.left))
            if len(rows) < 8:  # a title over a table is seldom as wide as the text
                rights = sorted(r.right for r in page.rows)
                self.right = max(self.right, _usual(rights, rights[-2:][0]))  # the last may be a speck
            self.right = max(self.right, page.width - self.left - 20 if len(page.rows) < 4 else 0)
        self.middles = [(self.left + self.right) / 2] + ([page.width / 2] if column is None else [])
        pitch = _pitch(rows)
        for at, row in enumerate(rows):
            gap = row.top - rows[at - 1].bottom if at else 0.0
            if self.open and (gap > 1.1 * row.size + pitch or not self._goes_on(row)):
                self.end()
            if not self.open:
                self.begun_left, self.begun_right = self.left, self.right
            self.open.append(row)

    def end(self) -> None:
        """Closes the open paragraph."""
        if not self.open:
            return
        rows, self.open = self.open, []
        words = [w for r in rows for w in r.words]
        self.blocks.append(
            Paragraph(
                tidied(joined([r.text for r in rows])),
                align=self._align(rows[0]),
                bold=all(w.bold for w in words),
                italic=all(w.italic for w in words),
                indent=round(max(rows[0].left - self.begun_left, 0.0), 1),
                page=rows[0].page,
                column=self.column,
            )
        )

    def _centred(self, row: Row) -> bool:
        middle = (row.left + row.right) / 2
        near = 2 if _LABEL.match(row.text) else 8
        return (
            min(abs(middle - m) for m in self.middles) < near
            and row.left - self.left > 12
            and self.right - row.right > 12
        )

    def _align(self, row: Row) -> Align | None:
        if self._centred(row):
            return "center"
        return "right" if row.left > self.middles[0] and self.right - row.right < 6 else None

    def _goes_on(self, row: Row) -> bool:
        """Whether the open paragraph goes on in this line."""
        above, begun = self.open[-1], self.open[0].text
        labelled = bool(_LABEL.match(row.text))
        ended = above.text.endswith(_SENTENCE_END)
        if above.text.isupper() and row.text != row.text.upper():
            return False  # a kind of paper, or a heading in capitals
        same = above.words[-1].bold == row.words[0].bold
        if not labelled and (_is_open(self.open) or (same and row.text[0].islower() and not ended)):
            return True
        if self.column is not None:  # short lines of a heading or signature stand for themselves
            return not labelled and not ended and begun.startswith(_LONG_IN_COLUMNS) and self._full(above, row)
        if not self._full(above, row) and not is_broken(above.text, row.text):
            return False
        if labelled and (ended or row.left - self.left > 8 or above.text.endswith(",")):
            return False
        if self._centred(above):
            return same and abs(above.size - row.size) < 1 and self._centred(row)
        step = row.left - above.left
        if step > 8:  # hangs under a label, or begins a paragraph
            return bool(_LABEL.match(begun)) and len(self.open) == 1 and not ended
        indented = row.left - self.left > 8 and abs(step) <= 8 and len(self.open) == 1
        if indented and not same and above.words[0].bold and row.text[0].isupper():
            return False  # a heading as wide as the page over the first line of its text
        return not (indented and ended and above.left - self.left > 8)

    def _full(self, above: Row, row: Row) -> bool:
        """Whether the line above had no room left for the first word of this one."""
        room = self.right - above.right
        if self.column is not None or self._centred(above):
            # Centred lines are seldom as long as the text is wide, unless they were broken.
            room = (self.right - self.left) - (above.right - above.left) - row.size
        first = row.words[0]
        return first.right - first.left + 0.25 * row.size >= room - 1


def _is_open(rows: list[Row]) -> bool:
    """Whether a bracket was opened in these lines and not closed."""
    text = " ".join(r.text for r in rows[-4:])
    return text.count("(") > text.count(")") and len(rows) < 4 and "(" in rows[-1].text


def _usual(places: list[float], default: float) -> float:
    """The place where most lines begin."""
    counted = Counter(round(p / 3) for p in places)
    best, times = counted.most_common(1)[0]
    return best * 3.0 - 1.5 if times > 2 else default


def _pitch(rows: list[Row]) -> float:
    """The usual white between two lines."""
    gaps = [b.top - a.bottom for a, b in pairwise(rows)]
    return max(median(gaps), 0.0) if gaps else 0.0
