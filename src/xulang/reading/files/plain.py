"""Plain text: bytes of any usual encoding into lines, and paragraphs out of hard-wrapped lines."""

import unicodedata
from itertools import groupby

from xulang.reading.files.document import Document
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph
from xulang.reading.files.layout import side_by_side

MEDIA_TYPE = "text/plain"
TABLE_TABS, TABLE_ROWS = 2, 2  # from so many tabs a line and so many lines alike, tabs part the cells of a table


def decoded(data: bytes) -> str:
    """The text of some bytes: by its mark, else UTF-8, UTF-16 or Windows-1258; NFC, its lines ended by line feeds."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1258", "replace")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_plain(text: str) -> Document:
    """The Document of a plain text. Raises RefusedError."""
    draft = Draft()
    for tabs, group in groupby(text.split("\n"), key=lambda line: line.rstrip(" ").count("\t")):
        lines = list(group)
        if tabs >= TABLE_TABS and len(lines) >= TABLE_ROWS and all(line.strip() for line in lines):
            draft.blocks.append(_table(lines))
        else:
            draft.blocks += [Paragraph(line) for line in lines]
    draft.blocks = side_by_side(draft.blocks)
    return draft.document(MEDIA_TYPE)


def _table(lines: list[str]) -> Grid:
    """Rows whose cells are parted by tabs, as a table comes out of a word processor saved as text."""
    rows = enumerate(line.rstrip(" ").split("\t") for line in lines)
    return Grid([[Box([Paragraph(cell)], row, column) for column, cell in enumerate(cells)] for row, cells in rows])
