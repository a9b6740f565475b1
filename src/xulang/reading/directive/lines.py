"""The lines of a document as the reader sees them, with or without the help of layout."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from xulang.reading.directive.knowledge import phrases
from xulang.reading.directive.labels import Label, label_of
from xulang.reading.files.document import Cell, Document, Line, Table
from xulang.reading.text.level import level
from xulang.reading.text.mending import mended
from xulang.reading.text.spans import Span, trimmed


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its place, the label at its head, and the words behind the label."""

    at: Span
    label: Label | None
    body: Span
    line: Line
    cells: bool = False  # a row of a table, by layout or by its tabs

    @property
    def bullet(self) -> bool:
        return self.label is not None and self.label.kind == "bullet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document made ready for reading: the text, the same in level spelling, and its lines without the empty ones.

    `text` is the document's own, place by place; only of a scan the marks that recognition lost are put right.
    """

    document: Document
    text: str
    low: str
    rows: tuple[Row, ...]
    tables: tuple[Table, ...]

    def rows_in(self, place: Span) -> tuple[Row, ...]:
        """The lines that lie wholly inside a place."""
        first = bisect_left(self.rows, place.start, key=lambda row: row.at.start)
        last = bisect_right(self.rows, place.end, key=lambda row: row.at.end)
        return self.rows[first:last]


def sheet_of(document: Document) -> Sheet:
    """The lines of a document; of its bare text where the format gave none."""
    text = mended(document.text, phrases()) if document.ocr else document.text
    lines = document.lines or _lines_of(text)
    rows = []
    for line in lines:
        at = trimmed(text, line.at.start, min(line.at.end, len(text)), " \t\n\u00a0*_#\ufeff\x0c")
        if at.end > at.start:
            rows.append(_row(text, at, line, scanned=document.ocr))
    if not document.lines:
        rows = _with_group_rows(text, rows)
    return Sheet(document, text, level(text), tuple(rows), document.tables or tuple(_tables_of(text, rows)))


def _with_group_rows(text: str, rows: list[Row]) -> list[Row]:
    """A line inside a table with fewer tabs is a row of it too: its other cells were merged."""
    out = list(rows)
    for index, row in enumerate(rows):
        above = out[index - 1].cells if index else False
        below = index + 1 < len(rows) and rows[index + 1].cells and not _HEAD.match(rows[index + 1].at.of(text))
        tabbed = "\t" in text[row.line.at.start : row.line.at.end]
        if not row.cells and ((above and below) or (tabbed and (above or below))):
            out[index] = Row(row.at, None, row.at, row.line, cells=True)
    return out


_HEAD = re.compile(r"(?:S?TT|Số TT)\b", re.IGNORECASE)  # the first row of another table


def _tables_of(text: str, rows: list[Row]) -> Iterator[Table]:
    """Tables of a bare text: consecutive lines of tabbed cells."""
    for tabbed, lines in groupby(rows, key=lambda row: row.cells):
        table = list(lines) if tabbed else []
        if len(table) > 1:
            cells = tuple(tuple(_cells(text, row.line.at, number)) for number, row in enumerate(table))
            yield Table(Span(table[0].at.start, table[-1].at.end), cells)


def _cells(text: str, at: Span, number: int) -> Iterator[Cell]:
    start = at.start
    for column, words in enumerate(text[at.start : at.end].split("\t")):
        yield Cell(trimmed(text, start, start + len(words)), number, column)
        start += len(words) + 1


def _lines_of(text: str) -> tuple[Line, ...]:
    lines, start = [], 0
    for words in text.split("\n"):
        lines.append(Line(Span(start, start + len(words))))
        start += len(words) + 1
    return tuple(lines)


def _row(text: str, at: Span, line: Line, *, scanned: bool) -> Row:
    if line.table is not None or _is_cells(text, line.at):
        return Row(at, None, at, line, cells=True)
    label = label_of(text, at, scanned=scanned)
    body = trimmed(text, label.at.end, at.end, " \t\n\u00a0*_") if label else at
    return Row(at, label, body, line)


def _is_cells(text: str, at: Span) -> bool:
    """Whether a line without layout is a table row: two tabs and more part its words, and it is no heading."""
    return text.count("\t", at.start, at.end) >= 2 and not _SIDE_BY_SIDE.search(text, at.start, at.end)


# The right half of a heading or of a signature row that tabs set beside the left.
_SIDE_BY_SIDE = re.compile(
    r"C[ỘO]NG H[ÒO]A X|Độc lập|ĐẢNG CỘNG SẢN|ngày .{0,12}tháng|[KT][MTL]\.|TUQ\.|CHỦ TỊCH|GIÁM ĐỐC"
)
