"""Size, style, case and alignment of every component, as the layout's elements say; fonts and colours of all words."""

from __future__ import annotations

import re

from xulang.papers.checking.components import article_mark, cues, listed
from xulang.papers.checking.rules import Broke, Case, style_words
from xulang.papers.checking.sheet import Line, Piece
from xulang.papers.layout import Element, copy_parts, measured

_BLACK = {"auto", "000000", "windowtext"}
# Looked at by their own rules: the words of a heading that runs on, or components that hold several looks.
_OWN_STYLE = {"body", "article_heading", "addressees", "urgency"}
_OWN_ALIGN = {"body", "basis"}


def element_rules(case: Case) -> Broke:
    """Every component that the layout knows."""
    for element in case.layout.elements.values():
        lines = case.found.of(element.id)
        if element.required and not lines and not _excused(case, element):
            yield case.broken(f"{element.id}.present")
        for line in lines:
            yield from _line(case, element, line)


def _excused(case: Case, element: Element) -> bool:
    """A biên bản has no place and day in its head (template 1.9); articles are a body too; a copy has its own parts."""
    if case.found.copy is not None:
        return element.id not in copy_parts()
    articles = bool(case.found.of("article_heading") or case.found.of("clause_heading"))
    return (element.id == "place_date" and case.found.type == "BB") or (element.id == "body" and articles)


def _line(case: Case, element: Element, line: Line) -> Broke:
    pieces = line.visible
    wrong = next((p for p in pieces if not element.size.allows(p.letters.size)), None)
    if wrong:
        yield case.broken(f"{element.id}.size", f"ở đây cỡ chữ {measured(wrong.letters.size)}", line)
    if element.id not in _OWN_STYLE:
        yield from _style(case, element, line, pieces)
    if element.case == "upper" and _letters(line.text) != _letters(line.text).upper():
        yield case.broken(f"{element.id}.case", "ở đây là chữ in thường", line)
    if element.case == "lower" and line.text.isupper() and len(_letters(line.text)) > (20 if listed(line) else 3):
        yield case.broken(f"{element.id}.case", "ở đây là chữ in hoa", line)
    allowed = {element.align, "justify"} if element.align == "left" else {element.align}
    if element.align and element.id not in _OWN_ALIGN and line.form.align not in allowed:
        yield case.broken(f"{element.id}.align", line=line)


def _style(case: Case, element: Element, line: Line, pieces: list[Piece]) -> Broke:
    wanted = (element.bold, element.italic)
    wrong = next((p for p in pieces if (p.letters.bold, p.letters.italic) != wanted and _speaks(p)), None)
    if wrong:
        here = style_words(bold=wrong.letters.bold, italic=wrong.letters.italic)
        yield case.broken(f"{element.id}.style", f"ở đây là chữ {here}", line)


def _speaks(piece: Piece) -> bool:
    """Whether a piece has letters or digits, whose style can be seen."""
    return any(c.isalnum() for c in piece.text)


def _letters(text: str) -> str:
    """The letters alone; the abbreviations of types keep their small letters (TTr, CTr)."""
    return "".join(c for c in text if c.isalpha())


def body_style_rules(case: Case) -> Broke:
    """Upright text, bold "Điều n.", upright Kính gửi."""
    for line in case.found.of("body"):
        pieces = line.visible
        if pieces and all(p.letters.italic for p in pieces) and not line.text.startswith("(") and len(line.text) > 60:
            yield case.broken("body.style", "cả đoạn này là chữ nghiêng", line)
    for line in case.found.of("article_heading"):
        label = line.visible[:1]
        if article_mark(line) is not None and label and not (label[0].letters.bold and not label[0].letters.italic):
            yield case.broken("article_heading.style", "từ “Điều” và số thứ tự chưa đậm", line)
    for line in case.found.of("addressees"):
        if any(p.letters.bold or p.letters.italic for p in line.visible if _speaks(p)):
            yield case.broken("addressees.style", line=line)
    for line in case.found.of("urgency"):
        if not all(p.letters.bold and not p.letters.italic for p in line.visible):
            yield case.broken("urgency.style", line=line)


def font_rules(case: Case) -> Broke:
    """One font, in Unicode, black; the first breach of a kind in each paragraph."""
    red = {line.number for name in ("urgency", "secrecy") for line in case.found.of(name)}
    for line in case.sheet.lines:
        wrong = {name: piece for piece in reversed(line.visible) for name in _fonts(piece)}
        for name, piece in sorted(wrong.items()):
            rule = "font.unicode" if name.lower().startswith(tuple(cues()["old_codes"])) else "font.family"
            yield case.broken(rule, f"“{piece.text.strip()[:40]}” dùng phông {name}", line)
        coloured = next((p for p in line.visible if p.letters.colour.lower() not in _BLACK), None)
        if coloured and line.number not in red and not _blackish(coloured.letters.colour):
            yield case.broken("font.colour", f"“{coloured.text.strip()[:40]}” màu {coloured.letters.colour}", line)


def _fonts(piece: Piece) -> set[str]:
    """The fonts of a piece that are not the one asked for; signs have their own."""
    words = piece.text.strip()
    used = set()
    if any(c.isascii() and c.isalnum() for c in words):
        used.add(piece.letters.ascii_font)
    if any(not c.isascii() and c.isalpha() for c in words):
        used.add(piece.letters.other_font)
    letters, signs = tuple(cues()["times"]), cues()["signs"]
    return {font for font in used if not font.lower().startswith(letters) and font.lower() not in signs}


def _blackish(colour: str) -> bool:
    """Whether a colour prints as black."""
    return bool(re.fullmatch(r"[0-2][0-9A-Fa-f]{5}", colour)) and all(
        int(colour[i : i + 2], 16) < 0x30 for i in (0, 2, 4)
    )
