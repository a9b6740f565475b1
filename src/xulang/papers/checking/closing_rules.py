"""Cells 7 and 9 to 13, and the annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xulang.papers.checking.body_rules import begins_at, mentions_annex
from xulang.papers.checking.components import annex_number, cues, listed, shown
from xulang.papers.checking.rules import Broke, Case
from xulang.papers.checking.sheet import Cell, Line
from xulang.papers.layout import types
from xulang.papers.measure import width
from xulang.papers.numerals import from_roman
from xulang.reading.text.level import level

_WRONG_MARK = re.compile(r"(T/M|K/T|T/L|T/UQ|(TM|KT|TL|TUQ|Q)(?![.\w]))")
_IN_LINE, _UNDER = 60, 340  # twentieths of a point: 1 mm and 6 mm, set by eye
_FRAME_SLACK = 3  # millimetres, set by eye
_TO = "kính gửi"
_FRAME = frozenset({"top", "left", "bottom", "right"})


def signature_rules(case: Case) -> Broke:
    """Cell 7."""
    for line in case.found.of("signer_authority"):
        if _WRONG_MARK.match(line.text):
            yield case.broken("signer_authority.abbreviation", line=line)
    blocks: dict[Cell | None, Line] = {line.cell: line for line in case.found.of("signer_authority")}
    for last in blocks.values():
        if re.match(r"(KT|TL|TUQ)\.", last.text):
            yield case.broken("signer_authority.own_post", line=last)
    for line in case.found.of("signer_name"):
        if any(re.match(rf"{title}[.\s]", line.text) for title in cues()["titles"]):
            yield case.broken("signer_name.no_titles", line=line)


def addressee_rules(case: Case) -> Broke:
    """Cell 9a."""
    lines = case.found.of("addressees")
    type = types().get(case.found.type or "")
    if type and type.addressees == "must" and not lines and not type.calls:
        yield case.broken("addressees.present")
    if type and type.addressees == "no" and lines:
        yield case.broken("addressees.unwanted", line=lines[0])
    if not lines:
        return
    first, *rest = lines
    if not re.match(r"kính gửi\s*:", shown(first)) and not (type and type.calls):
        yield case.broken("addressees.colon", line=first)
    if len(rest) == 1 and re.fullmatch(r"kính gửi\s*:?", shown(first)):
        yield case.broken("addressees.one_line", line=first)
    bare = next((line for line in rest if not listed(line)), None)
    if bare or (";" in first.text and not rest):
        yield case.broken("addressees.dashes", line=bare or first)
    if aslant := _out_of_line(case, first, rest):
        yield case.broken("addressees.in_line", line=aslant)
    wrong = next((ln for ln in rest[:-1] if not ln.text.endswith(";")), None)
    if wrong is None and len(rest) > 1 and not rest[-1].text.endswith("."):
        wrong = rest[-1]
    if wrong:
        yield case.broken("addressees.ends", line=wrong)


def _out_of_line(case: Case, first: Line, rest: Sequence[Line]) -> Line | None:
    """The first dash that is not in line with the others, or not under the colon of "Kính gửi:"."""
    unlike = any(ln.tabbed or ln.form.align in ("center", "right") or ln.cell != rest[0].cell for ln in rest)
    if len(rest) < 2 or unlike:
        return None
    starts = [begins_at(case, line) for line in rest]
    for line, here in zip(rest, starts, strict=True):
        if abs(here - starts[0]) > _IN_LINE:
            return line
    hangs = first.tabbed or first.cell != rest[0].cell or first.form.align in ("center", "right")
    if hangs or not shown(first).startswith(_TO):
        return None
    look = first.visible[0].letters
    colon = begins_at(case, first) + 20 * width(_TO, look.size, bold=look.bold)
    return rest[0] if abs(starts[0] - colon) > _UNDER else None


def recipient_rules(case: Case) -> Broke:
    """Cell 9b."""
    word, lines = case.found.first("recipients_word"), case.found.of("recipients")
    if word is None:
        return
    if not re.match(r"nơi nhận\s*:", shown(word)):
        yield case.broken("recipients_word.colon", line=word)
    signer = case.found.first("signer_authority")
    beneath = len(case.found.of("signer_name")) > 1  # two signers: the recipients stand under them (template 1.9)
    if signer and word.cell and signer.cell and word.cell.row != signer.cell.row and not beneath:
        yield case.broken("recipients_word.same_line", line=word)
    for line in lines:
        if not listed(line):
            yield case.broken("recipients.dash", line=line)
        elif line.form.left + line.form.first > 60:
            yield case.broken("recipients.left_edge", line=line)
    for line in lines[:-1]:
        if not line.text.endswith(";"):
            yield case.broken("recipients.semicolon", line=line)
    last = lines[-1] if lines else None
    if last is None or not re.match(r"[-–+•]?\s*lưu\s*:\s*vt\b", shown(last)):
        yield case.broken("recipients.filed", line=last or word)
    elif not last.text.endswith("."):
        yield case.broken("recipients.period", line=last)
    if case.found.of("addressees") and lines and "như trên" not in shown(lines[0]) and case.found.type != "CĐ":
        yield case.broken("recipients.as_above", line=lines[0])


def mark_rules(case: Case) -> Broke:
    """Cells 10b, 11 and 13."""
    for name in ("urgency", "circulation"):
        for line in case.found.of(name):
            if _frame_width(case, line) is None:
                yield case.broken(f"{name}.frame", line=line)
    for line in case.found.of("urgency"):
        wanted = next((mm for words, mm in case.layout.frames.items() if level(words) == shown(line)), None)
        wide = _frame_width(case, line)
        if wide and wanted and abs(wide - wanted) > _FRAME_SLACK:
            yield case.broken("urgency.frame_size", f"ở đây rộng {wide:.0f} mm", line)
        if not all(_red(p.letters.colour) for p in line.visible):
            yield case.broken("urgency.red", line=line)
    contact = case.found.first("contact")
    if contact and "top" not in contact.form.borders and not contact.drawn:
        yield case.broken("contact.line", line=contact)


def _frame_width(case: Case, line: Line) -> float | None:
    """How wide a stamp's frame is, in millimetres: borders, a text box, a table of its own; None without one."""
    if line.box is not None:
        return line.box * 25.4 / 1440
    if line.form.borders >= _FRAME:
        return (line.room - line.form.left - line.form.right) * 25.4 / 1440
    return line.room * 25.4 / 1440 if _boxed(case, line) else None


def _boxed(case: Case, line: Line) -> bool:
    """Whether a stamp stands in a table of its own, whose lines are its frame."""
    nation = case.found.first("national_name")
    return bool(line.cell and not (nation and nation.cell and nation.cell.table == line.cell.table))


def _red(colour: str) -> bool:
    try:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    except ValueError:
        return False
    return red >= 0xC0 and green < 0x60 and blue < 0x60


def annex_rules(case: Case) -> Broke:
    """Phụ lục."""
    labels = case.found.of("annex_label")
    if len(labels) > 1:
        for label in labels:
            if from_roman(annex_number(label).upper()) is None:
                yield case.broken("annex.roman", line=label)
    if labels and not mentions_annex(case):
        yield case.broken("annex.mentioned", line=labels[0])
    references = case.found.of("annex_reference")
    for line in references:
        whole = " ".join(level(one.text) for one in references if line.number <= one.number <= line.number + 2)
        if "kèm theo" in shown(line) and not re.search(r"\bsố\b.*\bngày\b.*\bcủa\b", whole):
            yield case.broken("annex_reference.words", line=line)
    for annex in case.found.annexes:
        if not any(line in references for line in annex[:8]):
            yield case.broken("annex.reference", line=annex[0])
        page = case.sheet.pages[annex[0].section] if annex[0].section < len(case.sheet.pages) else None
        if page is None or page.starts_at != 1 or annex[0].section == 0:
            yield case.broken("annex.own_pages", line=annex[0])
