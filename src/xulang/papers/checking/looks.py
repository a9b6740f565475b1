"""What words and paragraphs of a Word file look like, all inheritance resolved (ECMA-376 Part 1, 17.7.2 and 17.7.3).

Document defaults, then table style, paragraph style, numbering, character style, and what is set directly; fonts of
the theme by name. Bold, italic and capitals of several styles cancel each other out, as the standard has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lxml import etree

from xulang.reading.files.docx.package import W
from xulang.reading.files.docx.styles import number, on, value

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TOGGLES = {W + "b": "bold", W + "i": "italic", W + "caps": "caps"}
_ALIGNS = {"start": "left", "end": "right", "both": "justify", "distribute": "justify"}
_LENGTHS = ("left", "right", "first", "before", "after")
Look = dict[str, str | bool | float]


@dataclass(frozen=True, slots=True)
class Letters:
    """How a piece of text is printed. `size` in points; `colour` as RRGGBB, "auto" for black."""

    ascii_font: str
    other_font: str
    size: float
    bold: bool
    italic: bool
    caps: bool
    underlined: bool
    raised: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph is set; in twentieths of a point; `line` in 240ths of a line where `rule` is "auto"."""

    align: str
    left: float
    right: float
    first: float
    before: float
    after: float
    line: float
    rule: str
    contextual: bool
    borders: frozenset[str]


def theme_fonts(root: etree._Element | None) -> dict[str, str]:
    """The fonts that a theme names: "major" and "minor"."""
    found: dict[str, str] = {}
    if root is not None:
        for kind in ("major", "minor"):
            latin = root.find(f".//{_A}{kind}Font/{_A}latin")
            if latin is not None:
                found[kind] = latin.get("typeface", "")
    return found


class Looks:
    """The styles of a document, asked for whole looks."""

    def __init__(self, styles: etree._Element | None, theme: dict[str, str]) -> None:
        self._theme = theme
        self._styles: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        for style in styles.iter(W + "style") if styles is not None else ():
            name = style.get(W + "styleId", "")
            self._styles[name] = style
            if style.get(W + "default") in ("1", "true"):
                self._defaults[style.get(W + "type", "")] = name
        base = styles.find(W + "docDefaults") if styles is not None else None
        self._base_letters = self.letters_of(base.find(f"{W}rPrDefault/{W}rPr") if base is not None else None)
        self._base_form = form_of(base.find(f"{W}pPrDefault/{W}pPr") if base is not None else None)
        self.style_letters = cache(self._style_letters)
        self.style_form = cache(self._style_form)

    def default(self, kind: str) -> str:
        """The id of the default style of a kind, "" where there is none."""
        return self._defaults.get(kind, "")

    def letters(self, rpr: etree._Element | None, paragraph_style: str, table_style: str = "") -> Letters:
        """How a run prints."""
        own = self.letters_of(rpr)
        layers = [self.style_letters(table_style), self.style_letters(paragraph_style)]
        layers.append(self.style_letters(str(own.pop("style", ""))))
        merged: Look = dict(self._base_letters)
        for layer in layers:
            merged |= layer
        for toggle in _TOGGLES.values():
            cancelled = sum(bool(layer.get(toggle)) for layer in layers) % 2 == 1
            merged[toggle] = cancelled or bool(self._base_letters.get(toggle))
        merged |= own
        ascii_font = str(merged.get("ascii", "Times New Roman"))
        return Letters(
            ascii_font,
            str(merged.get("other", ascii_font)),
            float(merged.get("size", 10.0)),
            bool(merged["bold"]),
            bool(merged["italic"]),
            bool(merged["caps"]),
            bool(merged.get("underlined")),
            bool(merged.get("raised")),
            str(merged.get("colour", "auto")),
        )

    def form(self, ppr: etree._Element | None, style: str, table_style: str, numbered: Look) -> Form:
        """How a paragraph is set; `numbered`: the indents its list level gives."""
        inherited = self._base_form | self.style_form(table_style) | self.style_form(style)
        merged = inherited | numbered | form_of(ppr)
        left, right, first, before, after = (float(merged.get(name, 0)) for name in _LENGTHS)
        align = str(merged.get("align", "left"))
        return Form(
            _ALIGNS.get(align, align),
            left,
            right,
            first,
            before,
            after,
            float(merged.get("line", 240)),
            str(merged.get("rule", "auto")),
            bool(merged.get("contextual")),
            frozenset(str(merged.get("borders", "")).split()),
        )

    def letters_of(self, rpr: etree._Element | None) -> Look:
        """What one <w:rPr> sets."""
        found: Look = {}
        for child in rpr if rpr is not None else ():
            tag = child.tag
            if name := _TOGGLES.get(tag):
                found[name] = on(child)
            elif tag == W + "rFonts":
                found |= self._fonts(child)
            elif tag == W + "sz":
                found["size"] = number(value(child), 20) / 2
            elif tag == W + "u":
                found["underlined"] = value(child) not in ("", "none")
            elif tag == W + "vertAlign":
                found["raised"] = value(child) in ("superscript", "subscript")
            elif tag == W + "color":
                found["colour"] = value(child) or "auto"
            elif tag == W + "rStyle":
                found["style"] = value(child)
        return found

    def _fonts(self, fonts: etree._Element) -> Look:
        found: Look = {}
        for slot, name in (("ascii", "ascii"), ("hAnsi", "other")):
            themed = fonts.get(f"{W}{slot}Theme", "")
            font = self._theme.get(themed[:5]) if themed else fonts.get(W + slot)
            if font:
                found[name] = font
        return found

    def _style_letters(self, name: str) -> Look:
        merged: Look = {}
        for style in self._chain(name):
            merged |= self.letters_of(style.find(W + "rPr"))
        merged.pop("style", None)
        return merged

    def _style_form(self, name: str) -> Look:
        merged: Look = {}
        for style in self._chain(name):
            merged |= form_of(style.find(W + "pPr"))
        return merged

    def table_margins(self, tblpr: etree._Element | None) -> float:
        """What the cells of a table keep free on their left and right together, in twentieths of a point."""
        places: list[etree._Element | None] = [tblpr]
        name = value(tblpr.find(W + "tblStyle")) if tblpr is not None else ""
        places += [s.find(W + "tblPr") for s in reversed(self._chain(name or self.default("table")))]
        whole = 0.0
        for sides in (("left", "start"), ("right", "end")):
            found = (p.find(f"{W}tblCellMar/{W}{side}") for p in places if p is not None for side in sides)
            first = next((f for f in found if f is not None), None)
            whole += number(first.get(W + "w")) if first is not None else 108
        return whole

    def _chain(self, name: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while name in self._styles and self._styles[name] not in chain:
            chain.insert(0, self._styles[name])
            name = value(self._styles[name].find(W + "basedOn"))
        return chain


def form_of(ppr: etree._Element | None) -> Look:
    """What one <w:pPr> sets."""
    found: Look = {}
    for child in ppr if ppr is not None else ():
        tag = child.tag
        if tag == W + "jc":
            found["align"] = value(child)
        elif tag == W + "ind":
            found |= _indents(child)
        elif tag == W + "spacing":
            found |= _spacing(child)
        elif tag == W + "contextualSpacing":
            found["contextual"] = on(child)
        elif tag == W + "pBdr":
            found["borders"] = " ".join(b.tag.removeprefix(W) for b in child if value(b) not in ("", "nil", "none"))
    return found


def _indents(ind: etree._Element) -> Look:
    found: Look = {}
    for name, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        told = next((ind.get(W + n) for n in names if ind.get(W + n) is not None), None)
        if told is not None:
            found[name] = number(told)
    if ind.get(W + "hanging") is not None:
        found["first"] = -number(ind.get(W + "hanging"))
    elif ind.get(W + "firstLine") is not None:
        found["first"] = number(ind.get(W + "firstLine"))
    return found


def _spacing(spacing: etree._Element) -> Look:
    found: Look = {}
    for name in ("before", "after", "line"):
        if spacing.get(W + name) is not None:
            found[name] = number(spacing.get(W + name))
        if spacing.get(f"{W}{name}Autospacing") in ("1", "true", "on"):
            found[name] = 280  # Word's own space of 14 points
    if spacing.get(W + "lineRule") is not None:
        found["rule"] = spacing.get(W + "lineRule", "auto")
    elif "line" in found:
        found["rule"] = "auto"
    return found
