"""Markdown as converters leave it: pipe tables, HTML tables, emphasis, headings at any level, escaped marks."""

from __future__ import annotations

import re

from xulang.reading.files.document import Document
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph
from xulang.reading.files.layout import is_layout, side_by_side

MEDIA_TYPE = "text/markdown"

_MARKS = re.compile(r"^#{1,6} |^\s*\|.*\|\s*$|\*\*\S.*?\S\*\*|^\s*<table", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_RULER = re.compile(r"\s*([-*_])(\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CELLS = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.+?)(?<=\S)(\1)(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")


def is_markdown(text: str) -> bool:
    """Whether a text has enough marks of Markdown to be read as such."""
    return sum(1 for _, _ in zip(range(2), _MARKS.finditer(text), strict=False)) == 2


def read_markdown(text: str) -> Document:
    """The Document of a Markdown text. Raises RefusedError."""
    draft = Draft()
    table: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("|"):
            table.append(line)
            continue
        if table:
            draft.blocks += _table(table)
            table = []
        if line.strip() and not _RULER.match(line):
            draft.blocks.append(_paragraph(line))
    draft.blocks = side_by_side(draft.blocks)
    return draft.document(MEDIA_TYPE)


def _paragraph(line: str) -> Paragraph:
    heading = _HEADING.match(line.strip())
    level = len(heading[1]) if heading else None
    text = heading[2] if heading else line
    bare = text.strip()
    bold = bare.startswith(("**", "__")) and bare.endswith(("**", "__"))
    italic = not bold and bare.startswith(("*", "_")) and bare.endswith(("*", "_")) and len(bare) > 2
    return Paragraph(_plain(text), heading=level, bold=bold, italic=italic)


def _plain(text: str) -> str:
    """The words without the marks of emphasis, links and escapes."""
    text = _LINK.sub(r"\1", text)
    for _ in range(3):
        text, found = _EMPHASIS.subn(r"\2", text)
        if not found:
            break
    return _ESCAPE.sub(r"\1", text)


def _table(lines: list[str]) -> list[Paragraph | Grid]:
    header_rows = 1 if len(lines) > 1 and _TABLE_RULE.match(lines[1]) else 0
    rows = [
        [
            Box([_paragraph(piece) for piece in _BREAK.split(cell) if piece.strip()], row, column)
            for column, cell in enumerate(_CELLS.split(line.strip().removeprefix("|").removesuffix("|")))
        ]
        for row, line in enumerate(line for line in lines if not _TABLE_RULE.match(line))
    ]
    boxes = [box for row in rows for box in row]
    columns = max((len(row) for row in rows), default=0)
    if is_layout([[p.printed for p in b.paragraphs] for b in boxes], columns, len(rows), bordered=True):
        found: list[Paragraph | Grid] = []
        for column in range(columns):
            for box in boxes:
                if box.column == column:
                    for p in box.paragraphs:
                        p.column = min(column, 1) if columns > 1 else None
                        found.append(p)
        return found
    return [Grid(rows, header_rows)]
