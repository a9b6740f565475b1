"""The heading of two columns and the signature row: lines of a page that are to be read left side first."""

from __future__ import annotations

from itertools import pairwise

from xulang.reading.files.layout import (
    begins_heading,
    begins_signature,
    ends_heading,
    is_authority,
    is_place_and_day,
)
from xulang.reading.files.pages.page import Piece, Row


def parted(rows: list[Row], width: float) -> list[tuple[int | None, list[Row]]]:
    """The lines of a page in reading order, in blocks: (None, lines) across the page, (0 or 1, lines) of one column."""
    blocks: list[tuple[int | None, list[Row]]] = []
    at = 0
    while at < len(rows):
        end, gutter = _block(rows, at, width)
        if end == at:
            if blocks and blocks[-1][0] is None:
                blocks[-1][1].append(rows[at])
            else:
                blocks.append((None, [rows[at]]))
            at += 1
            continue
        for side in (0, 1):
            lines = [half for row in rows[at:end] if (half := _half(row, gutter, side))]
            if lines:
                blocks.append((side, lines))
        at = end
    return blocks


def _half(row: Row, gutter: float, side: int) -> Row | None:
    words = [w for w in row.words if (w.middle > gutter) == bool(side)]
    return Row([Piece(words)], row.top, row.bottom, row.page) if words else None


def _block(rows: list[Row], at: int, width: float) -> tuple[int, float]:
    """Where the block of two columns ends that begins at this line, and where its columns part; (at, 0) for none."""
    first = rows[at]
    left, right = first.pieces[0].text, first.pieces[-1].text
    both = len(first.pieces) > 1
    if both and begins_heading(left, right):
        return _grown(rows, at, width, heading=True)
    after = rows[at + 1 : at + 16]
    beside = any(len(r.pieces) > 1 or begins_signature(r.pieces[0].text, "") for r in after)
    alone = not both and beside and first.left > width * 0.4 and is_authority(left)
    recipients = not both and begins_signature(left, "") and first.right < width * 0.5
    if alone or recipients or (both and begins_signature(left, right)):
        return _grown(rows, at, width, heading=False)
    return at, 0.0


def _grown(rows: list[Row], at: int, width: float, *, heading: bool) -> tuple[int, float]:
    """Takes in lines while a strip between the columns stays free; a heading ends below its place and day."""
    low, high = _strip(rows, at, width)
    end, dated = at, False
    while end < len(rows):
        row = rows[end]
        pieces = row.pieces
        free = [low, high]
        for piece in pieces:
            if (piece.left + piece.right) / 2 < (low + high) / 2:
                free[0] = max(free[0], piece.right)
            else:
                free[1] = min(free[1], piece.left)
        far = end > at and row.top - rows[end - 1].bottom > (3 if heading else 9) * row.size
        if free[1] - free[0] < 2 or far:
            break
        only_right = len(pieces) == 1 and row.left + row.right > low + high
        centred = len(pieces) == 1 and abs((row.left + row.right) / 2 - width / 2) < 12
        below = (dated and only_right) or (centred and end - at >= 2) or ends_heading(pieces[0].text)
        if heading and end > at and below:
            break
        dated = dated or is_place_and_day(pieces[-1].text)
        low, high = free
        end += 1
    return end, (low + high) / 2


def _strip(rows: list[Row], at: int, width: float) -> tuple[float, float]:
    """The free strip at the first line of two columns, or the page's middle where the first line has only one."""
    for row in rows[at : at + 8]:
        if len(row.pieces) > 1:
            gaps = [(b.left - a.right, a.right, b.left) for a, b in pairwise(row.pieces)]
            _, low, high = max(gaps)
            return low, high
    return width * 0.45, width * 0.5
