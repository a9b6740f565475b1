"""Plain text: bytes of any usual encoding into lines, and paragraphs out of hard-wrapped lines."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, pairwise

from xulang.reading.files.document import Document
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph, is_broken, joined
from xulang.reading.files.faults import MAX_TEXT, RefusedError
from xulang.reading.files.layout import side_by_side
from xulang.reading.files.legacy import converted, encoding_of_text, frequent_in, modern

MEDIA_TYPE = "text/plain"
TABLE_TABS, TABLE_ROWS = 2, 2  # from so many tabs a line and so many lines alike, tabs part the cells of a table

_CONTROLS = re.compile("[\u0000-\u0008\u000e-\u001b\u007f-\u009f\ufffd]")
_LABEL = re.compile(
    r"\s*([-–+•*▪]\s|(\d{1,2}(\.\d{1,2})*[.)]|[IVXLC]{1,6}[.)]|[A-ZĐa-zđ][.)]|\(\w{1,3}\))\s|"
    r"(Điều|Chương|Mục|Phần|Phụ lục) [\dIVX]+\b)"
)
_ENDED = re.compile(r"[.;:!?…”]\s*$")
_GAP = re.compile(r"\S(\t| {4,})\s*\S")


def decoded(data: bytes) -> str:
    """The text of some bytes, NFC, line ends made line feeds. Raises RefusedError where the bytes are no text.

    By its mark, else UTF-16 (every other byte zero), else UTF-8, else what makes it Vietnamese: TCVN3, VNI, cp1258.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    elif data[1:4000:2].count(0) > 600 or (len(data) < 4000 and data[1::2].count(0) * 3 > len(data) // 2):
        text = data.decode("utf-16-le", "replace")
    else:
        try:
            text = modern(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            text = _old(data)
    if len(text) > MAX_TEXT:
        raise RefusedError("too_large")
    if len(_CONTROLS.findall(text)) * 50 > len(text):
        raise RefusedError("unreadable")
    text = unicodedata.normalize("NFC", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")


def _old(data: bytes) -> str:
    """Bytes that are no UTF-8: the old Vietnamese encodings, or UTF-8 with a few bytes broken."""
    shown = data.decode("cp1252", "replace")
    if encoding := encoding_of_text(shown):
        return converted(shown, encoding)
    candidates = (data.decode("utf-8", "replace"), data.decode("cp1258", "replace"))
    return max(candidates, key=lambda text: frequent_in(text[:20_000]))


def read_plain(text: str) -> Document:
    """The Document of a plain text. Raises RefusedError."""
    blocks: list[Paragraph | Grid] = []
    for tabs, group in groupby(unwrapped(text.split("\n")), key=lambda line: line.rstrip(" ").count("\t")):
        lines = list(group)
        if tabs >= TABLE_TABS and len(lines) >= TABLE_ROWS and all(line.strip() for line in lines):
            blocks.append(_table(lines))
        else:
            blocks += [Paragraph(line) for line in lines]
    return Draft(rejoined(side_by_side(blocks))).document(MEDIA_TYPE)


def _table(lines: list[str]) -> Grid:
    """Rows whose cells are parted by tabs, as a table comes out of a word processor saved as text."""
    rows = enumerate(line.rstrip(" ").split("\t") for line in lines)
    return Grid([[Box([Paragraph(cell)], row, column) for column, cell in enumerate(cells)] for row, cells in rows])


def rejoined(blocks: list[Paragraph | Grid]) -> list[Paragraph | Grid]:
    """The same blocks, where a sentence that a converter cut at the end of a page goes on in its paragraph."""
    found: list[Paragraph | Grid] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            found.append(block)
        elif block.text.strip():
            above = found[-1] if found else None
            if isinstance(above, Paragraph) and _is_cut(above, block):
                above.text = joined([above.text, block.text.strip()])
            else:
                found.append(block)
    return found


def _is_cut(above: Paragraph, below: Paragraph) -> bool:
    text = below.text.strip()
    plain = not (above.heading or below.heading or below.label or below.column is not None or _LABEL.match(text))
    return plain and text[0].islower() and len(above.text) > 80 and bool(re.search(r"[\w,]$", above.text.strip()))


def unwrapped(lines: list[str]) -> list[str]:
    """The paragraphs of some lines: a line that was broken for want of room goes on in the next one.

    Lines are taken as broken where they end about where the longest ones do; texts with a paragraph a line have no
    such measure, and stay as they are.
    """
    if not any(above.strip() and below.strip() for above, below in pairwise(lines)):  # a blank line behind each
        dense = [line for line in lines if line.strip()]
        width = _width(dense)
        lines = lines if width is None or _broken_lines(dense, width) < 3 else dense
    width = _width(lines)
    if width is None:
        return lines
    found: list[list[str]] = []
    above = ""
    for line in lines:
        if above.strip() and line.strip() and _goes_on(above, line, width):
            found[-1].append(line)
        else:
            found.append([line])
        above = line
    return [joined(parts) if len(parts) > 1 else parts[0] for parts in found]


def _width(lines: list[str]) -> int | None:
    """The measure at which a text was wrapped; None where it was not."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip() and not _GAP.search(line))
    if len(lengths) < 5:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(width * 0.85 <= length <= width * 1.1 for length in lengths)
    if not (40 <= width <= 130 and lengths[-1] < width * 1.5):
        return None
    return width if full * 3 >= len(lengths) or _broken_lines(lines, width) * 12 >= len(lengths) else None


def _broken_lines(lines: list[str], width: int) -> int:
    """How many full lines are surely broken: no mark at the end, and the next goes on in small letters."""
    return sum(
        len(above.rstrip()) >= 0.8 * width and not _ENDED.search(above) and below[:1].islower()
        for above, below in pairwise(lines)
    )


def _goes_on(above: str, line: str, width: int) -> bool:
    if _GAP.search(above) or _GAP.search(line) or above.endswith(("  ", "\\")):
        return False
    if _LABEL.match(line) and (_ENDED.search(above) or line[:1].isspace()):
        return False
    bare = line.strip()
    if len(line) - len(line.lstrip()) > len(above) - len(above.lstrip()) + 1:
        return False  # indented: begins a paragraph
    if is_broken(above, bare):
        return True
    full = len(above.rstrip()) + 1 + len(bare.split(" ", 1)[0]) > width - 2
    return full or (bare[0].islower() and not _ENDED.search(above) and not _LABEL.match(line))
