"""Which lines are the paper's own words, and where what is attached to it begins.

After "./." and after the signature stand footnotes, the drafter's mark, the heading of an annex once more: none of it
lays anything on anybody. An annex, or a regulation issued with a decision, begins a new tree.
"""

import re

from xulang.reading.directive.knowledge import cue, types
from xulang.reading.directive.labels import RANK
from xulang.reading.directive.lines import Row, Sheet

_END = re.compile(r"\.[ ]?/[ ]?\.?[ *_\d¹²³]*$")
_FOOTNOTE = re.compile(r"[¹²³⁰⁴-⁹]+[ ]*\w")


def bodies_of(sheet: Sheet, first: int, closing: frozenset[int]) -> list[list[Row]]:
    """The lines of the paper from row `first` on, and the lines of each thing attached to it, one list each."""
    bodies: list[list[Row]] = [[]]
    over = False  # past the end of the paper or of what is attached, up to the next beginning
    for number, row in enumerate(sheet.rows):
        if number < first:
            continue
        if number in closing:
            over = over or number > first
            continue
        if over and _begins(sheet, row):
            bodies.append([])
            over = False
        if over or _is_furniture(sheet, row):
            continue
        bodies[-1].append(row)
        over = bool(_END.search(sheet.text[row.at.start : row.at.end])) and not row.cells
    return bodies


def _begins(sheet: Sheet, row: Row) -> bool:
    """Whether something attached begins here: an annex's label, its name in capitals, a numbered part, a table."""
    if row.cells:
        return True
    if row.label is not None and (RANK[row.label.kind] <= RANK["roman"] or row.label.parts == (1,)):
        return True
    low = sheet.low[row.at.start : row.at.end]
    words = row.at.of(sheet.text)
    return words.isupper() and bool(
        cue("heading", "attached").match(low) or re.match(rf"(?:{types().names})(?!\w)", low)
    )


def _is_furniture(sheet: Sheet, row: Row) -> bool:
    """A footnote that a format set between the lines."""
    return row.label is None and bool(_FOOTNOTE.match(row.at.of(sheet.text)))
