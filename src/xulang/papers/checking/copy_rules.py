"""Copies: the block after the paper's end, and cell 14 of an electronic copy (Annex I, Part II)."""

from __future__ import annotations

import re

from xulang.papers.checking.components import shown
from xulang.papers.checking.copy_parts import names
from xulang.papers.checking.rules import Broke, Case
from xulang.papers.checking.sheet import Line
from xulang.papers.measure import width

_WHOLE = 0.97  # of the text's width: lines drawn by hand
_SYMBOL = re.compile(r"/\s*([^\s/–-]+)")
_ROW = re.compile(r"[_\-–—─═]{10,}")
_MOMENT = re.compile(r"\d{1,2}:\d{2}:\d{2}.*?(\+07(:?00)?|Z)", re.IGNORECASE)


def block_rules(case: Case) -> Broke:
    """The block of one copy."""
    named, number = case.found.first("copy_form"), case.found.first("number")
    if named is None:
        return
    if shown(named) not in names():
        yield case.broken("copy_form.words", f"ở đây là “{named.text}”", named)
    symbol = _SYMBOL.search(number.text) if number else None
    if number and (symbol is None or symbol[1] != case.found.copy):
        yield case.broken("copy_form.symbol", f"ở đây là “{number.text}”", number)
    if not _ruled(case, named):
        yield case.broken("copy_form.line", line=named)
    if case.found.after:
        yield case.broken("copy_form.last", line=case.found.after[0])


def _ruled(case: Case, named: Line) -> bool:
    """Whether a solid line across the whole text stands above the block: a border, a drawn line, a row of dashes."""
    lines = case.sheet.lines
    first = next(line for line in lines if line.number == named.number)
    at = lines.index(first)
    while at and (above := lines[at - 1].cell) and named.cell and above.table == named.cell.table:
        at -= 1
    for line in reversed(lines[max(0, at - 4) : at]):
        if line.cell is None and _across(line) >= _WHOLE:
            return True
        if line.text and not _ROW.fullmatch(line.text):
            return "bottom" in line.form.borders
    return False


def _across(line: Line) -> float:
    """Which part of the text's width the line that stands here takes."""
    drawn = line.drawn[0] if line.drawn else 0.0
    if not line.text and line.form.borders & {"top", "bottom", "between"}:
        drawn = line.room - line.form.left - line.form.right
    if _ROW.fullmatch(line.text):
        drawn = 20 * sum(width(p.text, p.letters.size, bold=p.letters.bold) for p in line.pieces)
    return drawn / line.room


def mark_rules(case: Case) -> Broke:
    """Cell 14."""
    lines = case.found.of("copy_mark")
    if not lines:
        return
    told = " ".join(line.text for line in lines)
    agency = re.sub(r"[\d/.:;,+-]", " ", shown(lines[0]) if len(lines) == 1 else " ".join(map(shown, lines)))
    named = next(name for name in names() if agency.startswith(name))
    if not _MOMENT.search(told) or len(agency.removeprefix(named).split()) < 2:
        yield case.broken("copy_mark.words", f"ở đây là “{told}”", lines[0])
