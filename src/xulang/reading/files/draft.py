"""How a Document is put together: paragraphs and tables in reading order, every place counted once at the end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from xulang.reading.files.document import Align, Cell, Document, Fault, Line, Table
from xulang.reading.files.faults import MAX_TEXT, RefusedError
from xulang.reading.text.spans import Span

# Marks that are not printed: zero-width marks, byte order marks, soft hyphens, controls other than tab and line feed.
_UNPRINTED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff0-\uffff]"
)

# Letters of Iceland and of Africa that look like Đ; old keyboards and fonts left them in many Vietnamese papers.
_SAME = str.maketrans("ÐƉð", "ĐĐđ")

_RULER = re.compile(r"[-–—_=*.~ ]{3,}")  # a line drawn with marks is an ornament, no text


def tidied(text: str) -> str:
    """The text as printed: NFC, one blank between words, unprinted marks left out; tabs and line feeds are blanks."""
    return unicodedata.normalize("NFC", " ".join(_UNPRINTED.sub("", text).split())).translate(_SAME)


_CUT_DATE = re.compile(r"(?<!\d)(?:\d{1,2}/){1,2}(?P<begun>\d{1,3})$")
_REST = re.compile(r"\d{1,3}(?!\d)")


def is_broken(above: str, line: str) -> bool:
    """Whether a code or a range was broken after its dash or slash, or a date within its year, at the end of a line."""
    end = above.rstrip()[-2:]
    if len(end) == 2 and end[0].isalnum() and end[1] in "-/" and line[:1].isalnum():
        return True
    cut, rest = _CUT_DATE.search(above.rstrip()), _REST.match(line)
    return bool(cut and rest and re.fullmatch(r"(?:19|20)\d\d", cut["begun"] + rest.group()))


def joined(lines: Iterable[str]) -> str:
    """Lines as one text; what was broken after a dash or slash is made whole."""
    parts: list[str] = []
    for line in map(str.strip, lines):
        if parts:
            parts.append("" if is_broken(parts[-1], line) else " ")
        parts.append(line)
    return "".join(parts)


@dataclass(slots=True)
class Paragraph:
    """A paragraph before it has its place; `label` is the number or bullet that the format made."""

    text: str
    label: str = ""
    heading: int | None = None
    align: Align | None = None
    bold: bool = False
    italic: bool = False
    indent: float = 0.0
    page: int | None = None
    column: int | None = None

    @property
    def printed(self) -> str:
        """Label and words, one blank between."""
        return " ".join(f"{self.label} {self.text}".split())


@dataclass(slots=True)
class Box:
    """A cell before it has its place; each paragraph in it is one entry of `paragraphs`."""

    paragraphs: list[Paragraph]
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1

    @property
    def text(self) -> str:
        """All words of the cell, its paragraphs parted by a blank."""
        return " ".join(p.printed for p in self.paragraphs if p.printed)


@dataclass(slots=True)
class Grid:
    """A table of data before it has its place."""

    rows: list[list[Box]]
    header_rows: int = 0
    page: int | None = None


@dataclass
class Draft:
    """What a reader of one format has found so far, in reading order."""

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def document(self, media_type: str, *, pages: int | None = None, ocr: bool = False) -> Document:
        """The Document; raises RefusedError `empty` where nothing is printed, `too_large` beyond MAX_TEXT."""
        writer = _Writer()
        for block in self.blocks:
            if isinstance(block, Grid):
                writer.table(block)
            else:
                writer.paragraph(block)
        text = writer.text()
        if not text.strip():
            raise RefusedError("empty")
        return Document(text, media_type, tuple(writer.lines), tuple(writer.tables), pages, ocr, tuple(self.faults))


class _Writer:
    """Writes blocks one after the other and notes where each stands."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.lines: list[Line] = []
        self.tables: list[Table] = []

    def text(self) -> str:
        return "".join(self.parts)

    def write(self, text: str) -> Span:
        start = self.at
        self.at += len(text)
        if self.at > MAX_TEXT:
            raise RefusedError("too_large")
        self.parts.append(text)
        return Span(start, self.at)

    def paragraph(self, p: Paragraph) -> None:
        printed = tidied(p.printed)
        if not printed or _RULER.fullmatch(printed):
            return
        at = self.write(printed)
        label = Span(at.start, at.start + len(tidied(p.label))) if p.label else None
        self.lines.append(Line(at, label, p.heading, p.align, p.bold, p.italic, p.indent, p.page, p.column))
        self.write("\n")

    def table(self, grid: Grid) -> None:
        start = self.at
        rows: list[tuple[Cell, ...]] = []
        for boxes in grid.rows:
            row_start = self.at
            cells: list[Cell] = []
            for box in boxes:
                if cells:
                    self.write("\t")
                cells.append(self.cell(box, len(rows)))
            bold = bool(cells) and all(c.bold or c.at.start == c.at.end for c in cells)
            at = Span(row_start, self.at)
            self.lines.append(Line(at, bold=bold, page=grid.page, table=len(self.tables), row=len(rows)))
            self.write("\n")
            rows.append(tuple(cells))
        self.tables.append(Table(Span(start, self.at), tuple(rows), grid.header_rows))

    def cell(self, box: Box, row: int) -> Cell:
        inner = [(p, printed) for p in box.paragraphs if (printed := tidied(p.printed))]
        starts: list[int] = []
        start = self.at
        for _, printed in inner:
            if starts:
                self.write(" ")
            starts.append(self.write(printed).start)
        return Cell(
            Span(start, self.at),
            row,
            box.column,
            box.rowspan,
            box.colspan,
            bold=bool(inner) and all(p.bold for p, _ in inner),
            align=inner[0][0].align if inner else None,
            breaks=tuple(starts[1:]),
        )
