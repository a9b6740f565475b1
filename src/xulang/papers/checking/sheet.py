"""A Word file as the checker sees it: its lines with their looks and places, the lines drawn, its pages and headers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from xulang.papers.checking.looks import Form, Letters, Looks, theme_fonts
from xulang.reading.files.docx.numbering import Numbering
from xulang.reading.files.docx.package import Package, W
from xulang.reading.files.docx.runs import MC, alternative, walk
from xulang.reading.files.docx.styles import Styles, number, paragraph_properties, value
from xulang.reading.files.faults import RefusedError

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WRAPPERS = {W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "smartTag", W + "customXml"}
_TWIPS_AN_EMU = 1 / 635
_LENGTH = re.compile(r"(-?[\d.]+)(pt|in|mm|cm|px)?")
_Boxes = list[tuple[etree._Element, float | None]]  # text boxes, with the widths of their outlines
_UNITS = {"pt": 20.0, "in": 1440.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "px": 15.0, None: 20.0}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look."""

    text: str
    letters: Letters


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a line stands; tables are counted through the document, their inner ones too."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line as its maker broke it; one paragraph may have several. Lengths in twentieths of a point.

    `number` counts paragraphs from 1; `label` is the number or bullet that Word makes; `drawn` are the lengths of the
    straight lines anchored here; `room` is how wide the column is; `fields` the fields inside (PAGE …); `box` how wide
    the outlined text box is that it stands in.
    """

    number: int
    pieces: tuple[Piece, ...]
    form: Form
    style: str
    section: int
    room: float
    label: str = ""
    cell: Cell | None = None
    drawn: tuple[float, ...] = ()
    fields: frozenset[str] = frozenset()
    tabbed: bool = False  # begins with a tab
    box: float | None = None

    @property
    def text(self) -> str:
        """What is printed, its label included."""
        words = "".join(p.text.upper() if p.letters.caps else p.text for p in self.pieces)
        return " ".join(f"{self.label} {words}".split())

    @property
    def visible(self) -> list[Piece]:
        """The pieces that show: no blanks, no raised notes."""
        return [p for p in self.pieces if p.text.strip() and not p.letters.raised]


@dataclass(frozen=True, slots=True)
class Page:
    """A section's page; millimetres. `headers`: what its headers print, by type ("default", "first", "even")."""

    width: float
    height: float
    margins: dict[str, float]
    titled: bool
    starts_at: int | None
    number_format: str
    headers: dict[str, list[Line]]
    footers: dict[str, list[Line]]


@dataclass(slots=True)
class Sheet:
    """The whole file."""

    lines: list[Line] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    tab_stop: float = 720.0


def open_sheet(data: bytes) -> Sheet:
    """A Word file's lines and pages. Raises RefusedError where it cannot be read."""
    package = Package(data)
    body = package.parsed(package.main).find(W + "body")
    if body is None:
        raise RefusedError("unreadable")
    return _Opening(package).sheet(body)


class _Opening:
    """Walks a document once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = package.part("styles")
        self._looks = Looks(styles, theme_fonts(package.part("theme")))
        named = Styles(styles)
        self._named = named
        self._numbering = Numbering(package.part("numbering"), named)
        self._paragraphs = self._tables = self._section = 0
        self._fields: list[list[str]] = []
        self._rooms: list[float] = []
        self._box: float | None = None

    def sheet(self, body: etree._Element) -> Sheet:
        """The lines of the body, then its pages with their headers."""
        settings = self._package.part("settings")
        stop = settings.find(W + "defaultTabStop") if settings is not None else None
        sheet = Sheet(tab_stop=float(number(value(stop), 720)))
        ends = list(body.iter(W + "sectPr"))
        self._rooms = [_room(end) for end in ends] or [_room(None)]
        sheet.lines = list(self._blocks(body, None, "", None))
        targets = self._targets() if ends else {}
        headers: dict[str, list[Line]] = {}
        footers: dict[str, list[Line]] = {}
        for end in ends:
            headers = headers | self._edges(end, "headerReference", targets)
            footers = footers | self._edges(end, "footerReference", targets)
            sheet.pages.append(_page(end, headers, footers))
        return sheet

    def _targets(self) -> dict[str, str]:
        """The parts that the main document refers to, by id."""
        folder, name = posixpath.split(self._package.main)
        try:
            relations = self._package.parsed(f"{folder}/_rels/{name}.rels")
        except RefusedError:
            return {}
        return {r.get("Id", ""): posixpath.normpath(posixpath.join(folder, r.get("Target", ""))) for r in relations}

    def _edges(self, end: etree._Element, kind: str, targets: dict[str, str]) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for reference in end.iter(W + kind):
            name = targets.get(reference.get(_R + "id", ""), "").lstrip("/")
            try:
                root = self._package.parsed(name)
            except RefusedError:
                continue
            found[reference.get(W + "type", "default")] = list(self._blocks(root, None, "", None))
        return found

    def _blocks(
        self, parent: etree._Element, cell: Cell | None, table_style: str, room: float | None
    ) -> Iterator[Line]:
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child, cell, table_style, room)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child, cell, table_style, room)
            elif child.tag == MC + "AlternateContent":
                yield from self._blocks(alternative(child), cell, table_style, room)

    def _table(self, tbl: etree._Element) -> Iterator[Line]:
        self._tables += 1
        table = self._tables
        tblpr = tbl.find(W + "tblPr")
        style = (value(tblpr.find(W + "tblStyle")) if tblpr is not None else "") or self._looks.default("table")
        free = self._looks.table_margins(tblpr)
        grid = [number(c.get(W + "w")) for c in tbl.findall(f"{W}tblGrid/{W}gridCol")]
        for at, row in enumerate(_below(tbl, W + "tr")):
            column = 0
            for tc in _below(row, W + "tc"):
                tcpr = tc.find(W + "tcPr")
                span = max(1, number(value(tcpr.find(W + "gridSpan")), 1)) if tcpr is not None else 1
                told = tcpr.find(W + "tcW") if tcpr is not None else None
                wide = sum(grid[column : column + span])
                if told is not None and told.get(W + "type") == "dxa":
                    wide = number(told.get(W + "w")) or wide
                yield from self._blocks(tc, Cell(table, at, column), style, wide - free)
                column += span

    def _paragraph(self, p: etree._Element, cell: Cell | None, table_style: str, room: float | None) -> Iterator[Line]:
        self._paragraphs += 1
        ppr = p.find(W + "pPr")
        own = paragraph_properties(ppr)
        style = str(own.get("style") or self._looks.default("paragraph"))
        label, indents = self._label(own, style)
        section = min(self._section, len(self._rooms) - 1)
        line = Line(
            self._paragraphs,
            (),
            self._looks.form(ppr, style, table_style, indents),
            style,
            section,
            self._rooms[section] if room is None else room,
            label,
            cell,
            box=self._box,
        )
        boxes: _Boxes = []
        yield from self._lines(p, replace(line), table_style, boxes)
        around = self._box
        for words, self._box in boxes:
            yield from self._blocks(words, cell, table_style, None)
        self._box = around
        if ppr is not None and ppr.find(W + "sectPr") is not None:
            self._section += 1

    def _lines(self, p: etree._Element, line: Line, table_style: str, boxes: _Boxes) -> Iterator[Line]:
        """The lines of one paragraph: a break ends one; tabs are kept in the words."""
        pieces: list[Piece] = []
        drawn: list[float] = []
        fields: set[str] = set()
        for simple in p.iter(W + "fldSimple"):
            fields |= set(simple.get(W + "instr", "").split()[:1])
        for run in walk(p):
            if run.tag != W + "r":
                continue
            letters = self._looks.letters(run.find(W + "rPr"), line.style, table_style)
            for text in self._texts(run, fields, drawn, boxes):
                if text == "\n":
                    yield self._made(line, pieces, drawn, fields)
                    line = replace(line, label="")
                    pieces, drawn = [], []
                else:
                    pieces.append(Piece(text, letters))
        yield self._made(line, pieces, drawn, fields)

    def _made(self, line: Line, pieces: list[Piece], drawn: list[float], fields: set[str]) -> Line:
        words = "".join(p.text for p in pieces)
        tabbed = words.lstrip(" ").startswith("\t")
        return replace(line, pieces=tuple(pieces), drawn=tuple(drawn), fields=frozenset(fields), tabbed=tabbed)

    def _texts(
        self,
        run: etree._Element,
        fields: set[str],
        drawn: list[float],
        boxes: _Boxes,
    ) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                self._field(child.get(W + "fldCharType", ""))
            elif tag == W + "instrText" and self._fields:
                self._fields[-1].append(child.text or "")
                fields |= set("".join(self._fields[-1]).split()[:1])
            elif tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
                shape = alternative(child) if tag == MC + "AlternateContent" else child
                boxes += [(words, outline(shape)) for words in shape.iter(W + "txbxContent")]
                drawn += straight_lines(shape)
            elif tag == W + "t":
                yield child.text or ""
            elif tag in (W + "tab", W + "ptab"):
                yield "\t"
            elif tag == W + "noBreakHyphen":
                yield "-"
            elif tag in (W + "br", W + "cr") and child.get(W + "type", "textWrapping") == "textWrapping":
                yield "\n"

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _label(self, own: dict[str, str | int | bool], style: str) -> tuple[str, dict[str, str | bool | float]]:
        """The label that Word makes, and the indents of its level."""
        inherited = self._named.paragraph(style)
        num = str(own.get("num", inherited.get("num", "")))
        if num in ("", "0"):
            return "", {}
        at = own.get("level", inherited.get("level") if "num" not in own else None)
        level = self._numbering.level(num, int(at) if at is not None else None, str(inherited.get("numbered_by", "")))
        indents = self._numbering.indents(num, level)
        return self._numbering.label(num, level), {k: float(v) for k, v in indents.items()}


def outline(shape: etree._Element) -> float | None:
    """How wide the frame of a text box is, in twentieths of a point; None of one without an outline."""
    if shape.find(f".//{_A}ln/{_A}noFill") is not None:
        return None
    extent = next(shape.iter(_WP + "extent"), None)
    if extent is not None:
        return number(extent.get("cx")) * _TWIPS_AN_EMU
    for old in shape.iter(_V + "shape", _V + "rect"):
        style = dict(part.split(":", 1) for part in old.get("style", "").split(";") if ":" in part)
        return None if old.get("stroked") in ("f", "false", "0") else _vml(style.get("width", "0"))
    return None


def straight_lines(shape: etree._Element) -> list[float]:
    """How long the straight level lines of a drawing are, in twentieths of a point."""
    found = []
    for drawing in shape.iter(_WP + "anchor", _WP + "inline"):
        extent = drawing.find(_WP + "extent")
        geometry = next((g.get("prst", "") for g in drawing.iter(_A + "prstGeom")), "")
        if extent is None or next(drawing.iter(W + "txbxContent"), None) is not None:
            continue
        wide = number(extent.get("cx"))
        if geometry in ("line", "straightConnector1") or wide > 50 * max(number(extent.get("cy")), 1):
            found.append(wide * _TWIPS_AN_EMU)
    for line in shape.iter(_V + "line"):
        ends = [line.get(end, "0,0").split(",")[0] for end in ("from", "to")]
        found.append(abs(_vml(ends[1]) - _vml(ends[0])))
    for other in shape.iter(_V + "shape", _V + "rect"):
        style = dict(part.split(":", 1) for part in other.get("style", "").split(";") if ":" in part)
        across, high = _vml(style.get("width", "0")), _vml(style.get("height", "0"))
        if next(other.iter(W + "txbxContent"), None) is None and across > 10 * max(high, 1) and high <= 40:
            found.append(across)
    return found


def _vml(length: str) -> float:
    told = _LENGTH.match(length.strip())
    return float(told[1]) * _UNITS.get(told[2], 20.0) if told else 0.0


def _below(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _below(child, tag)


def _mm(text: str | None, default: int = 0) -> float:
    return number(text, default) * 25.4 / 1440


def _room(end: etree._Element | None) -> float:
    size = end.find(W + "pgSz") if end is not None else None
    margin = end.find(W + "pgMar") if end is not None else None
    wide = number(size.get(W + "w"), 11906) if size is not None else 11906
    sides = sum(number(margin.get(W + s), 1440) for s in ("left", "right")) if margin is not None else 2880
    return float(wide - sides)


def _page(end: etree._Element, headers: dict[str, list[Line]], footers: dict[str, list[Line]]) -> Page:
    size, margin = end.find(W + "pgSz"), end.find(W + "pgMar")
    numbers, titled = end.find(W + "pgNumType"), end.find(W + "titlePg")
    start = numbers.get(W + "start") if numbers is not None else None
    return Page(
        _mm(size.get(W + "w") if size is not None else None, 12240),
        _mm(size.get(W + "h") if size is not None else None, 15840),
        {
            s: abs(_mm(margin.get(W + s) if margin is not None else None, 1440))
            for s in ("top", "bottom", "left", "right")
        },
        titled is not None and titled.get(W + "val", "1") not in ("0", "false", "off"),
        int(start) if start is not None and start.isdigit() else None,
        numbers.get(W + "fmt", "decimal") if numbers is not None else "decimal",
        headers,
        footers,
    )
