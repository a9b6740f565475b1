"""Where a paper bears a copy: the blocks after its end, and the mark at the top right of an electronic copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from xulang.papers.checking.sheet import Line
from xulang.papers.layout import copy_forms
from xulang.reading.text.level import level

_MOMENT = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[T;,\s]*\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}[T;,\s]*\d{1,2}:\d{2}")


@cache
def names() -> dict[str, str]:
    """The forms of a copy as a line says them, in one spelling, and their abbreviations."""
    return {level(form.name): code for code, form in copy_forms().items()}


def form_of(words: str) -> str | None:
    """The form that a line names, "SAO Y BẢN CHÍNH" and the like included; None where it names none."""
    known = names().items()
    return next((code for name, code in known if re.fullmatch(rf"{name}( bản (chính|gốc|sao))?", words)), None)


def blocks(lines: Sequence[Line]) -> list[int]:
    """At which lines the copies begin, in order: where the table that names the form does, or the line itself."""
    found = []
    for at, line in enumerate(lines):
        if form_of(level(line.text)) is None or not _signed(lines[at:]):
            continue
        start = at
        while start and _same_table(lines[start - 1], line):
            start -= 1
        if line.cell is None:  # set with tabs or one under the other: the agency stands on the same line, or above
            while start and lines[start - 1].number == line.number:
                start -= 1
        found.append(start)
    return found


def _signed(lines: Sequence[Line]) -> bool:
    """Whether a copy's number follows, so that words in a text are taken for none."""
    return any(re.match(r"số\s*[:.]?.*/", level(line.text)) for line in lines[:12])


def _same_table(line: Line, other: Line) -> bool:
    return bool(line.cell and other.cell and line.cell.table == other.cell.table)


def mark(lines: Sequence[Line]) -> list[Line]:
    """The lines of cell 14, which stand before the head: from the form on, as far as the moment of signing."""
    first = lines[0] if lines else None
    if first is None or first.cell is not None or not any(level(first.text).startswith(name) for name in names()):
        return []
    taken: list[Line] = []
    for line in lines[:4]:
        if taken and line.number != first.number and _MOMENT.search(" ".join(one.text for one in taken)):
            break
        if level(line.text).startswith(("cộng h", "số:")):
            break
        taken.append(line)
    return taken if len(taken) < 4 else taken[:3]
