"""The words of one Word paragraph as printed: runs, fields, signs and breaks; deletions and hidden words left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from xulang.reading.files.docx.labels import sign
from xulang.reading.files.docx.package import W
from xulang.reading.files.docx.styles import Properties, Styles, run_properties
from xulang.reading.files.legacy import converted, encoding_of_font

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# Not printed once tracked changes are accepted, or never printed at all.
_DROPPED = {W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "sdtPr", W + "instrText", W + "delText", W + "fldData"}
_MARKS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": "",
}  # fmt: skip


_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(slots=True)
class Printed:
    """One line of a paragraph as printed, tabs kept; bold and italic where all its letters are."""

    text: str = ""
    bold: bool = True
    italic: bool = True


@dataclass(slots=True)
class Runs:
    """What was collected of a paragraph: its lines, its text boxes, the notes it refers to."""

    lines: list[Printed] = field(default_factory=lambda: [Printed()])
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnotes" | "endnotes", id)

    def add(self, text: str, look: Properties) -> None:
        """Words of one look; a line feed in them begins a new line."""
        for at, piece in enumerate(text.split("\n")):
            if at:
                self.lines.append(Printed())
            line = self.lines[-1]
            line.text += piece
            if piece.strip():
                line.bold = line.bold and bool(look.get("bold"))
                line.italic = line.italic and bool(look.get("italic"))


class RunReader:
    """Reads the runs of paragraphs; keeps track of fields, which may run over several paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # of each open field, whether its result has begun

    def read(self, paragraph: etree._Element, style: str, into: Runs) -> None:
        """Collects all that the paragraph prints."""
        base = self._styles.defaults | self._styles.run(style)
        for element in walk(paragraph):
            if element.tag == W + "r":
                self._run(element, base, into)
            elif element.tag == _MATH_TEXT:
                into.add(element.text or "", base)

    def _run(self, run: etree._Element, base: Properties, into: Runs) -> None:
        look = base
        rpr = run.find(W + "rPr")
        if rpr is not None:
            own = run_properties(rpr)
            named = own.pop("style", None)
            look = base | (self._styles.run(str(named)) if named else {}) | own
        hidden = bool(look.get("hidden"))
        for child in run:
            if child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType", ""))
            elif child.tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
                into.boxes += _text_boxes(child)
            elif not hidden and all(self._fields):
                self._piece(child, look, into)

    def _piece(self, child: etree._Element, look: Properties, into: Runs) -> None:
        tag = child.tag
        if tag == W + "t":
            text = child.text or ""
            if encoding := encoding_of_font(str(look.get("font", ""))):
                text = converted(text, encoding)
            elif _PRIVATE.search(text):
                text = "".join(map(sign, text))
            into.add(text.upper() if look.get("caps") else text, look)
        elif tag in _MARKS:
            mark = _MARKS[tag]
            if tag == W + "softHyphen" and (encoding := encoding_of_font(str(look.get("font", "")))):
                mark = converted("\u00ad", encoding)  # its place is a letter's there: ư
            into.add(mark, look)
        elif tag == W + "sym":
            into.add(_symbol(child.get(W + "char", "")), look)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            into.notes.append((tag.removeprefix(W).replace("Reference", "s"), child.get(W + "id", "")))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()


def walk(element: etree._Element) -> Iterator[etree._Element]:
    """Runs and the like below `element`, inside whatever wraps them; of alternatives, the first; no deletions."""
    for child in element:
        if child.tag == W + "r":
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from walk(alternative(child))
        elif child.tag not in _DROPPED:
            yield child
            yield from walk(child)


def alternative(element: etree._Element) -> etree._Element:
    """Of an AlternateContent the part to read: its choice, else its fallback; never both."""
    for name in ("Choice", "Fallback"):
        if (found := element.find(MC + name)) is not None:
            return found
    return element


def _text_boxes(element: etree._Element) -> list[etree._Element]:
    if element.tag == MC + "AlternateContent":
        return [box for child in alternative(element) for box in _text_boxes(child)]
    if element.tag == W + "txbxContent":
        return [element]
    return [box for child in element for box in _text_boxes(child)]


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return sign(chr(point if point >= 0xE000 else 0xF000 + point)) if 0x20 <= point <= 0xFFFF else ""
