"""What every file becomes before it is read: one text, its lines and tables, and what went wrong."""

from dataclasses import dataclass
from typing import Literal

from xulang.reading.text.spans import Span

Align = Literal["left", "right", "center", "justify"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as printed: a paragraph, a heading, a list item or a table row; never holds a line break.

    `at` is its place in `Document.text`, its label included. `label` is the place of the number or bullet at its head
    ("1.", "a)", "3.2.", "-"), typed or made by Word, where the format told it; the reader finds others itself.
    """

    at: Span
    label: Span | None = None
    heading: int | None = None  # 1 … 6 where the format calls it a heading; converters are often wrong about the level
    align: Align | None = None
    bold: bool = False  # the whole line
    italic: bool = False  # the whole line
    indent: float = 0.0  # points from the left edge of the text
    page: int | None = None  # from 1
    column: int | None = None  # 0 left, 1 right: a line out of a layout table or of two columns set side by side
    table: int | None = None  # index in `Document.tables`, for a table row
    row: int | None = None  # index in `Table.rows`


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a data table. `at` may be empty (start == end). A merged cell stands once, where it begins."""

    at: Span
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False
    align: Align | None = None
    breaks: tuple[int, ...] = ()  # where its second and further paragraphs begin in the text, a blank before each


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data. Each row is one line of the text, its cells parted by a tab.

    Tables used only to set text side by side (the heading of two columns, the signature row) are no Table:
    their cells are given one after the other, left first, as lines with `column` set.
    """

    at: Span
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0  # rows that the format marks as repeated heading; 0 where it does not tell


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the file made hard. `code` as in the reading contract; `message` Vietnamese, a sentence to act on."""

    code: str
    message: str
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text: NFC, lines ended by a line feed, every place counted in code points of `text`."""

    text: str
    media_type: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    ocr: bool = False
    faults: tuple[Fault, ...] = ()
