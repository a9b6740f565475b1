"""Cell 6: basis, divisions, articles, clauses, points, and how running text is set."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from xulang.papers.checking.components import (
    article_mark,
    clause_mark,
    division,
    listed,
    point_mark,
    roman_mark,
    shown,
)
from xulang.papers.checking.rules import Broke, Case
from xulang.papers.checking.sheet import Line
from xulang.papers.layout import measured
from xulang.papers.measure import width
from xulang.papers.numerals import from_roman

_NATURAL = 1.15  # a single line of Times New Roman, as a multiple of its size
_TWIPS_A_MM = 1440 / 25.4


def basis_rules(case: Case) -> Broke:
    """Each basis on its own line, ended as it should."""
    lines = case.found.of("basis")
    for line in lines[:-1]:
        if not line.text.endswith(";"):
            yield case.broken("basis.semicolon", line=line)
    if lines and not lines[-1].text.endswith("."):
        yield case.broken("basis.period", line=lines[-1])


def division_rules(case: Case) -> Broke:
    """Phần, Chương, Mục, Tiểu mục."""
    titled = {line.number for line in case.found.of("division_title")}
    for line in case.found.of("division_label"):
        word, number, title = division(line)
        roman = from_roman(number.upper()) is not None
        if word in ("phần", "chương") and not roman:
            yield case.broken("division.roman", line=line)
        if word in ("mục", "tiểu mục") and not number.isdigit():
            yield case.broken("division.arabic", line=line)
        if title:
            yield case.broken("division.own_line", line=line)
        elif not any(n in titled for n in range(line.number, line.number + 4)):  # empty paragraphs may lie between
            yield case.broken("division.title", line=line)


def label_rules(case: Case) -> Broke:
    """The marks after the numbers of mục, điều and khoản."""
    for line in case.found.of("roman_heading"):
        if roman_mark(line) not in (".", None):
            yield case.broken("roman_heading.dot", line=line)
    for line in case.found.of("article_heading"):
        if article_mark(line) != ".":
            yield case.broken("article_heading.dot", line=line)
        if not _indented(case, line):
            yield case.broken("article_heading.indent", line=line)
    for line in (*case.found.of("clause_heading"), *case.found.of("body")):
        mark = clause_mark(line)
        if mark not in (None, "", "."):  # without a mark it may be a sentence that begins with a number
            yield case.broken("clause.dot", line=line)


def size_rules(case: Case) -> Broke:
    """Điều and khoản are as large as the running text."""
    sizes = Counter(p.letters.size for line in case.found.of("body") for p in line.visible for _ in p.text)
    if not sizes:
        return
    usual = sizes.most_common(1)[0][0]
    for name in ("article_heading", "clause_heading"):
        for line in case.found.of(name):
            wrong = next((p.letters.size for p in line.visible if p.letters.size != usual), None)
            if wrong is not None:
                yield case.broken(f"{name}.as_body", f"ở đây cỡ {measured(wrong)}, lời văn cỡ {measured(usual)}", line)


def point_rules(case: Case) -> Broke:
    """Points: a) b) c) d) đ) e) … by the Vietnamese alphabet."""
    before = ""
    for line in case.found.body:
        found = point_mark(line)
        if found is None:
            before = "" if clause_mark(line) is not None else before
            continue
        letter, mark = found
        if mark != ")":
            yield case.broken("point.parenthesis", line=line)
        if letter in "fjwz" or (before == "d" and letter == "e"):
            yield case.broken("point.alphabet", f"sau điểm {before}) không phải là {letter})", line)
        before = letter


def text_rules(case: Case) -> Broke:
    """How the running text is set: alignment, indent, spaces between paragraphs and lines."""
    lines = case.found.of("body")
    for line in lines:
        if line.form.align != "justify" and _wraps(line):
            yield case.broken("body.align", line=line)
        if _runs(line) and not _indented(case, line):
            yield case.broken("body.indent", f"ở đây lùi {begins_at(case, line) / _TWIPS_A_MM / 10:.2f} cm", line)
        yield from _line_space(case, line)
    for above, below in pairwise(case.found.body):
        apart = below.number - above.number
        if apart == 1 and _gap(above, below) < 20 * case.layout.gap - 3:
            yield case.broken("body.gap", f"ở đây cách {measured(_gap(above, below) / 20)}pt", below)
    for line in case.found.of("basis"):
        if line.form.align != "justify" and _wraps(line):
            yield case.broken("basis.align", line=line)


def _runs(line: Line) -> bool:
    """Whether a line is running text: no list item, no point or clause that hangs, not set in the middle."""
    return line.form.align not in ("center", "right") and not listed(line) and len(line.text) > 60 and not line.label


def _wraps(line: Line) -> bool:
    """Whether a paragraph is longer than its line."""
    whole = sum(width(p.text, p.letters.size, bold=p.letters.bold, italic=p.letters.italic) for p in line.pieces)
    return whole > (line.room - line.form.left - line.form.right) / 20 * 1.02


def begins_at(case: Case, line: Line) -> float:
    """Where the first letter stands, in twentieths of a point from the text's edge."""
    start = line.form.left + line.form.first
    if line.tabbed:
        stop = case.sheet.tab_stop
        start = (start // stop + 1) * stop
    return start


def _indented(case: Case, line: Line) -> bool:
    start = begins_at(case, line) / _TWIPS_A_MM
    return any(abs(start - allowed) <= 0.6 for allowed in case.layout.first_line)


def _gap(above: Line, below: Line) -> float:
    """The space between two paragraphs; the sum, since programs differ in whether they add or take the larger."""
    if above.style == below.style and above.form.contextual and below.form.contextual:
        return 0.0
    return above.form.after + below.form.before


def _line_space(case: Case, line: Line) -> Broke:
    size = max((p.letters.size for p in line.visible), default=14.0)
    lines = line.form.line / 240 if line.form.rule == "auto" else line.form.line / 20 / (_NATURAL * size)
    if line.form.rule != "atLeast" and lines < case.layout.line.least - 0.06:
        yield case.broken("body.line_least", f"ở đây là {lines:.2f} dòng", line)
    if lines > case.layout.line.most + 0.06:
        yield case.broken("body.line_most", f"ở đây là {lines:.2f} dòng", line)


def mentions_annex(case: Case) -> bool:
    """Whether the text speaks of an annex."""
    return any(
        "phụ lục" in shown(line) or "kèm theo" in shown(line) for line in case.sheet.lines if _is_text(case, line)
    )


def _is_text(case: Case, line: Line) -> bool:
    labels = case.found.of("annex_label")
    return not labels or line.number < labels[0].number
