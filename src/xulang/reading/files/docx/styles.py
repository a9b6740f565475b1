"""What a paragraph and a run look like: own properties over those of their styles (ECMA-376 Part 1, 17.7)."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from xulang.reading.files.docx.package import W

Properties = dict[str, str | int | bool]

_OFF = {"0", "false", "off", "none"}
_TOGGLES = {W + "b": "bold", W + "i": "italic", W + "caps": "caps", W + "vanish": "hidden"}
_HEADINGS = {f"heading {n}": n - 1 for n in range(1, 7)} | {"title": 0}


def on(element: etree._Element) -> bool:
    """Whether a toggle such as <w:b/> is switched on."""
    return element.get(W + "val", "1") not in _OFF


def value(element: etree._Element | None) -> str:
    """The w:val of an element, "" where there is none."""
    return "" if element is None else element.get(W + "val", "")


def number(text: str | None, default: int = 0) -> int:
    """A whole number as files write it; `default` where it is none."""
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return default


def run_properties(rpr: etree._Element | None) -> Properties:
    """Bold, italic, caps, hidden, font and style of a <w:rPr>."""
    found: Properties = {}
    for child in rpr if rpr is not None else ():
        if name := _TOGGLES.get(child.tag):
            found[name] = on(child)
        elif child.tag == W + "rFonts":
            if font := child.get(W + "ascii") or child.get(W + "hAnsi"):
                found["font"] = font
        elif child.tag == W + "rStyle":
            found["style"] = value(child)
    return found


def paragraph_properties(ppr: etree._Element | None) -> Properties:
    """Style, numbering, outline level, alignment and indents (twentieths of a point) of a <w:pPr>."""
    found: Properties = {}
    for child in ppr if ppr is not None else ():
        tag = child.tag
        if tag == W + "pStyle":
            found["style"] = value(child)
        elif tag == W + "jc":
            found["align"] = value(child)
        elif tag == W + "outlineLvl":
            found["outline"] = number(value(child), 9)
        elif tag == W + "ind":
            found |= _indents(child)
        elif tag == W + "numPr":
            for part in child:
                if part.tag == W + "numId":
                    found["num"] = value(part)
                elif part.tag == W + "ilvl":
                    found["level"] = number(value(part))
    return found


def _indents(ind: etree._Element) -> Properties:
    found: Properties = {}
    left = ind.get(W + "left") or ind.get(W + "start")
    if left is not None:
        found["left"] = number(left)
    if ind.get(W + "hanging") is not None:
        found["first"] = -number(ind.get(W + "hanging"))
    elif ind.get(W + "firstLine") is not None:
        found["first"] = number(ind.get(W + "firstLine"))
    return found


class Styles:
    """The styles of a document; unknown ids and circles of basedOn give the defaults."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._paragraphs: dict[str, Properties] = {}
        self._runs: dict[str, Properties] = {}
        self._root = root
        self.default = ""
        for style in root.iter(W + "style") if root is not None else ():
            name = style.get(W + "styleId", "")
            self._styles[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = name

    def paragraph(self, name: str) -> Properties:
        """The paragraph properties of a style and those it is based on; `numbered_by` names the style that numbers."""
        if name not in self._paragraphs:
            merged: Properties = {}
            for style in self._chain(name):
                own = paragraph_properties(style.find(W + "pPr"))
                own.pop("style", None)
                if "num" in own or "level" in own:
                    own["numbered_by"] = style.get(W + "styleId", "")
                level = _HEADINGS.get(value(style.find(W + "name")).lower())
                merged |= ({"outline": level} if level is not None else {}) | own
            self._paragraphs[name] = merged
        return self._paragraphs[name]

    def run(self, name: str) -> Properties:
        """The run properties that a style of either kind gives, those it is based on included."""
        if name not in self._runs:
            merged: Properties = {}
            for style in self._chain(name):
                merged |= run_properties(style.find(W + "rPr"))
            merged.pop("style", None)
            self._runs[name] = merged
        return self._runs[name]

    def numbering(self, name: str) -> str:
        """The numId of a numbering style, "" where it has none."""
        style = self._styles.get(name)
        return value(style.find(f"{W}pPr/{W}numPr/{W}numId")) if style is not None else ""

    def table_has_borders(self, name: str) -> bool:
        """Whether a table style draws inner lines."""
        return any(has_inner_borders(style.find(f"{W}tblPr/{W}tblBorders")) for style in self._chain(name))

    @cached_property
    def defaults(self) -> Properties:
        """The run properties of docDefaults."""
        if self._root is None:
            return {}
        return run_properties(self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def _chain(self, name: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            chain.insert(0, self._styles[name])
            name = value(self._styles[name].find(W + "basedOn"))
        return chain


def has_inner_borders(borders: etree._Element | None) -> bool:
    """Whether a <w:tblBorders> draws lines between cells."""
    return borders is not None and any(
        value(borders.find(W + side)) not in ("", "nil", "none") for side in ("insideH", "insideV")
    )
