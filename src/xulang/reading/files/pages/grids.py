"""Tables of data on a page: by the lines that are drawn, else by columns that stay apart over many lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xulang.reading.files.draft import Box, Grid, Paragraph, is_broken, joined
from xulang.reading.files.pages.page import Page, Row, Rule, Word, rows_of

_NEAR = 3.0  # points between two drawn lines that are the same line
_ITEM = re.compile(r"[-+•*–] |\d{1,2}[.)] |[a-zđ]\) ")


@dataclass(slots=True)
class Placed:
    """A table with the box it fills on its page, and its column borders, to be compared with the next page's."""

    grid: Grid
    left: float
    top: float
    right: float
    bottom: float
    borders: list[float]

    def holds(self, word: Word) -> bool:
        """Whether a word stands inside."""
        return self.left < word.middle < self.right and self.top < (word.top + word.bottom) / 2 < self.bottom


def ruled(page: Page) -> list[Placed]:
    """The tables that are drawn on a page: every group of lines that cross and make two cells or more."""
    found = []
    for group in _touching(page.rules):
        xs = _merged([r.left for r in group if r.left == r.right])
        ys = _merged([r.top for r in group if r.top == r.bottom])
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [
            w for w in page.words
            if xs[0] < w.middle < xs[-1] and ys[0] < (w.top + w.bottom) / 2 < ys[-1]
        ]  # fmt: skip
        if inside:
            found.append(_drawn(group, xs, ys, inside, page.number))
    return sorted(found, key=lambda p: p.top)


def _drawn(group: list[Rule], xs: list[float], ys: list[float], words: list[Word], page: int) -> Placed:
    """The cells between drawn lines; a line that is missing between two joins them."""
    upright = [r for r in group if r.left == r.right]
    level = [r for r in group if r.top == r.bottom]

    def wall(x: float, y: float) -> bool:
        return any(abs(r.left - x) <= _NEAR and r.top - _NEAR <= y <= r.bottom + _NEAR for r in upright)

    def floor(y: float, x: float) -> bool:
        return any(abs(r.top - y) <= _NEAR and r.left - _NEAR <= x <= r.right + _NEAR for r in level)

    taken: set[tuple[int, int]] = set()
    rows: list[list[Box]] = []
    places: dict[tuple[int, int], list[Word]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(len(ys) - 1):
        row: list[Box] = []
        for c in range(len(xs) - 1):
            if (r, c) in taken:
                continue
            middle_y, wide, high = (ys[r] + ys[r + 1]) / 2, 1, 1
            while c + wide < len(xs) - 1 and not wall(xs[c + wide], middle_y):
                wide += 1
            while r + high < len(ys) - 1 and not any(
                floor(ys[r + high], (xs[n] + xs[n + 1]) / 2) for n in range(c, c + wide)
            ):
                high += 1
            cells = {(r + i, c + j) for i in range(high) for j in range(wide)}
            taken |= cells
            owner |= dict.fromkeys(cells, (r, c))
            places[r, c] = []
            row.append(Box([], r, c, high, wide))
        rows.append(row)
    for word in words:
        r = _between(ys, (word.top + word.bottom) / 2)
        c = _between(xs, word.middle)
        places[owner[r, c]].append(word)
    for row in rows:
        for box in row:
            box.paragraphs = paragraphs_of(places[box.row, box.column], page)
    return Placed(Grid(rows, page=page), xs[0], ys[0], xs[-1], ys[-1], xs)


def paragraphs_of(words: list[Word], page: int) -> list[Paragraph]:
    """The paragraphs of one cell: a line goes on in the next unless that begins an item or there was room for it."""
    rows = rows_of(words, page)
    if not rows:
        return []
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    found: list[list[Row]] = []
    for row in rows:
        if found and _goes_on(found[-1][-1], row, right - left):
            found[-1].append(row)
        else:
            found.append([row])
    return [
        Paragraph(joined([r.text for r in lines]), bold=all(w.bold for r in lines for w in r.words), page=page)
        for lines in found
    ]


def _goes_on(above: Row, row: Row, width: float) -> bool:
    if is_broken(above.text, row.text):
        return True
    if _ITEM.match(row.text):
        return False
    first = row.words[0]
    fits = above.right - above.left + (first.right - first.left) + 0.3 * row.size < width - 1
    return not fits or not above.text.endswith((".", ";", ":")) or row.text[:1].islower()


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """The drawn lines in groups that touch each other."""
    groups: list[list[Rule]] = []
    for rule in rules:
        near = [g for g in groups if any(_touch(rule, other) for other in g)]
        groups = [g for g in groups if not any(g is n for n in near)]
        groups.append([rule, *(r for g in near for r in g)])
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.left <= b.right + _NEAR
        and b.left <= a.right + _NEAR
        and a.top <= b.bottom + _NEAR
        and b.top <= a.bottom + _NEAR
    )


def _merged(values: list[float]) -> list[float]:
    """Places in order, those of one line made one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _between(places: list[float], value: float) -> int:
    return max(i for i in range(len(places) - 1) if places[i] <= value or i == 0)


def aligned(rows: list[Row]) -> list[tuple[int, int, list[float]]]:
    """Runs of lines that make a table by their columns alone: start, end, and where the columns part.

    Three columns or more must stay apart over three lines or more, the first of them narrow (a running number) or
    most lines filled in all columns.
    """
    found = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and (len(rows[end].pieces) > 1 or (end > at and _same_block(rows[end - 1], rows[end]))):
            end += 1
        gutters = _gutters(rows[at:end]) if end - at >= 3 else []
        if len(gutters) >= 2 and sum(len(r.pieces) >= 3 for r in rows[at:end]) >= 2:
            found.append((at, end, gutters))
            at = end
        else:
            at += 1
    return found


def _same_block(above: Row, row: Row) -> bool:
    return row.top - above.bottom < 1.2 * row.size


def _gutters(rows: list[Row]) -> list[float]:
    """The middles of the upright strips that no word of these lines enters."""
    spans = sorted((p.left, p.right) for r in rows for p in r.pieces)
    gutters, reach = [], spans[0][1]
    for left, right in spans:
        if left - reach > 6:
            gutters.append((reach + left) / 2)
        reach = max(reach, right)
    return gutters


def by_columns(rows: list[Row], gutters: list[float]) -> Placed:
    """The table of such lines; a line with nothing in the first column goes on with the row above."""
    edges = [float("-inf"), *gutters, float("inf")]
    cells: list[list[list[Word]]] = []
    for row in rows:
        line: list[list[Word]] = [[] for _ in edges[1:]]
        for word in row.words:
            line[_between(edges, word.middle)].append(word)
        if cells and not line[0]:
            for above, more in zip(cells[-1], line, strict=True):
                above += more
        else:
            cells.append(line)
    page = rows[0].page
    boxes = [[Box(paragraphs_of(c, page), r, n) for n, c in enumerate(line)] for r, line in enumerate(cells)]
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    return Placed(Grid(boxes, page=page), left, rows[0].top, right, rows[-1].bottom, [left, *gutters, right])
