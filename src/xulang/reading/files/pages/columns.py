"""The heading of two columns and the signature row: lines of a page that are to be read left side first."""

from __future__ import annotations

from itertools import pairwise

from xulang.reading.files.layout import (
    begins_heading,
    begins_signature,
    ends_heading,
    is_authority,
    is_number,
    is_place_and_day,
)
from xulang.reading.files.pages.page import Piece, Row


def parted(
    rows: list[Row], width: float, gutter: float | None = None
) -> tuple[list[tuple[int | None, list[Row]]], float | None]:
    """The lines of a page in reading order, in blocks: (None, lines) across the page, (0 or 1, lines) of one column.

    `gutter` says where columns part that go on from the page before. Also returned: the same for the next page.
    """
    blocks: list[tuple[int | None, list[Row]]] = []
    at = 0
    while at < len(rows):
        end, strip = _block(rows, at, width)
        if at == 0 and gutter is not None:
            end, strip = _grown(rows, 0, (gutter - 1, gutter + 1), width, heading=False)
        if end == at:
            if blocks and blocks[-1][0] is None:
                blocks[-1][1].append(rows[at])
            else:
                blocks.append((None, [rows[at]]))
            at += 1
            continue
        for side in (0, 1):
            lines = [half for row in rows[at:end] if (half := _half(row, strip, side))]
            if lines:
                blocks.append((side, lines))
        at = end
        if at == len(rows):
            return blocks, strip
    return blocks, None


def is_item(text: str) -> bool:
    """Whether a line is one of the recipients: where a signature row goes on on the next page, it begins with one."""
    return text.startswith(("-", "+", "–"))


def _half(row: Row, gutter: float, side: int) -> Row | None:
    words = [w for w in row.words if (w.middle > gutter) == bool(side)]
    return Row([Piece(words)], row.top, row.bottom, row.page) if words else None


def _block(rows: list[Row], at: int, width: float) -> tuple[int, float]:
    """Where the block of two columns ends that begins at this line, and where its columns part; (at, 0) for none."""
    first = rows[at]
    left, right = first.pieces[0].text, first.pieces[-1].text
    if len(first.pieces) > 1:
        heading = begins_heading(left, right) or (at < 4 and _numbered_below(rows[at : at + 7]))
        if not heading and not begins_signature(left, right):
            return at, 0.0
        return _grown(rows, at, _strip(rows, at, width), width, heading=heading)
    recipients = first.right < width * 0.5 and begins_signature(left, "")
    if not recipients:
        if first.left < width * 0.4 or not is_authority(left):
            return at, 0.0
        if not any(len(r.pieces) > 1 or begins_signature(r.pieces[0].text, "") for r in rows[at + 1 : at + 16]):
            return at, 0.0
    return _grown(rows, at, _strip(rows, at, width), width, heading=False)


def _numbered_below(rows: list[Row]) -> bool:
    """Whether a line with a number on the left and a place and day on the right follows: the end of a heading."""
    return any(is_number(r.pieces[0].text) and is_place_and_day(r.pieces[-1].text) for r in rows if len(r.pieces) > 1)


def _grown(rows: list[Row], at: int, strip: tuple[float, float], width: float, *, heading: bool) -> tuple[int, float]:
    """Takes in lines while a strip between the columns stays free; a heading ends below its place and day."""
    low, high = strip
    end, dated = at, False
    while end < len(rows):
        row = rows[end]
        free = _freed(row, low, high)
        far = end > at and row.top - rows[end - 1].bottom > (3 if heading else 9) * row.size
        if free[1] - free[0] < 2 or far or (heading and end > at and _is_below(row, end - at, free, width, dated)):
            break
        right = _half(row, sum(free) / 2, 1)
        dated = dated or (right is not None and is_place_and_day(right.text))
        low, high = free
        end += 1
    return end, (low + high) / 2


def _freed(row: Row, low: float, high: float) -> tuple[float, float]:
    """What is left of the free strip between the columns beside the words of a line."""
    middle = (low + high) / 2
    for piece in row.pieces:
        if (piece.left + piece.right) / 2 < middle:
            low = max(low, piece.right)
        else:
            high = min(high, piece.left)
    return low, high


def _is_below(row: Row, lines: int, strip: tuple[float, float], width: float, dated: bool) -> bool:
    """Whether a line stands below the heading: centred on the page, or on the right below the place and day."""
    if ends_heading(row.pieces[0].text):
        return True
    if len(row.pieces) > 1:
        return False
    middle = (row.left + row.right) / 2
    # The left edge of a page is up to 15 mm wider (Nghị định 30/2020, Annex I): its text's middle lies to the right.
    return (dated and middle > sum(strip) / 2) or (lines >= 2 and -12 < middle - width / 2 < 30)


def _strip(rows: list[Row], at: int, width: float) -> tuple[float, float]:
    """The free strip at the first line of two columns, or the page's middle where the first line has only one."""
    for row in rows[at : at + 8]:
        if len(row.pieces) > 1:
            gaps = [(b.left - a.right, a.right, b.left) for a, b in pairwise(row.pieces)]
            _, low, high = max(gaps)
            return low, high
    return width * 0.45, width * 0.5
