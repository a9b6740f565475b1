"""A Word document's body in reading order: paragraphs, tables, text boxes, and its notes at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from xulang.reading.files.document import Align, Document
from xulang.reading.files.docx.numbering import Numbering
from xulang.reading.files.docx.package import Package, W
from xulang.reading.files.docx.runs import MC, RunReader, Runs, alternative
from xulang.reading.files.docx.styles import (
    Properties,
    Styles,
    has_inner_borders,
    number,
    paragraph_properties,
    value,
)
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph, tidied
from xulang.reading.files.faults import RefusedError
from xulang.reading.files.layout import laid_out, side_by_side

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ALIGN: dict[str, Align] = {
    "left": "left", "start": "left", "right": "right", "end": "right", "center": "center", "both": "justify",
    "distribute": "justify",
}  # fmt: skip
_WRAPPERS = {W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "smartTag", W + "customXml"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MAX_DEPTH = 20  # tables within tables


def read_docx(data: bytes) -> Document:
    """The Document of a Word file. Raises RefusedError."""
    package = Package(data)
    body = package.parsed(package.main).find(W + "body")
    if body is None:
        raise RefusedError("unreadable")
    draft = Draft()
    draft.blocks = side_by_side(list(_Body(package).blocks(body)))
    return draft.document(MEDIA_TYPE)


Block = Paragraph | Grid


class _Body:
    """Reads blocks in order; numbers and notes are counted as they come."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        self._runs = RunReader(self._styles)
        self._carried: Runs | None = None  # words of a paragraph whose mark was deleted: they join the next one
        self._notes: list[tuple[str, str]] = []

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        """The whole document; footnotes and endnotes follow at the end, each with its number raised, as printed."""
        yield from self._inside(body)
        parts: dict[str, dict[str, etree._Element]] = {}
        for at, (kind, name) in enumerate(self._notes, start=1):
            if kind not in parts:
                root = self._package.part(kind)
                parts[kind] = {n.get(W + "id", ""): n for n in root} if root is not None else {}
            note = parts[kind].get(name)
            if note is not None:
                inner = [b for b in self._inside(note) if isinstance(b, Paragraph) and b.printed]
                if inner:
                    inner[0].text = f"{str(at).translate(_SUPERSCRIPT)} {inner[0].text}"
                yield from inner

    def _inside(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child, depth)
            elif child.tag == W + "tbl":
                yield from self._table(child, depth)
            elif child.tag in _WRAPPERS:
                yield from self._inside(child, depth)
            elif child.tag == MC + "AlternateContent":
                yield from self._inside(alternative(child), depth)

    def _paragraph(self, p: etree._Element, depth: int) -> Iterator[Block]:
        ppr = p.find(W + "pPr")
        own = paragraph_properties(ppr)
        style = str(own.get("style") or self._styles.default)
        runs, self._carried = self._carried or Runs(), None
        self._runs.read(p, style, runs)
        if ppr is not None and any(ppr.find(f"{W}rPr/{W}{mark}") is not None for mark in ("del", "moveFrom")):
            self._carried = runs
            return
        self._notes += runs.notes
        inherited = self._styles.paragraph(style)
        label, indents = self._label(own, inherited)
        look = inherited | indents | own
        outline = int(look.get("outline", 9))
        first = Paragraph(
            "",
            heading=outline + 1 if outline < 6 else None,
            align=_ALIGN.get(str(look.get("align", ""))),
            indent=(int(look.get("left", 0)) + int(look.get("first", 0))) / 20,
        )
        for line in runs.lines:
            text = "\t".join(map(tidied, line.text.split("\t")))
            words = bool(text.strip())
            if words or label:
                yield replace(first, text=text, label=label, bold=words and line.bold, italic=words and line.italic)
            label = ""
        for box in runs.boxes:
            if depth < _MAX_DEPTH:
                yield from self._inside(box, depth + 1)

    def _label(self, own: Properties, inherited: Properties) -> tuple[str, Properties]:
        """The label that Word makes for a paragraph, and the indents of its level."""
        num = str(own.get("num", inherited.get("num", "")))
        if num in ("", "0"):
            return "", {}
        named = own.get("level", inherited.get("level") if "num" not in own else None)
        style = str(inherited.get("numbered_by", "")) if "num" not in own else str(own.get("style", ""))
        level = self._numbering.level(num, int(named) if named is not None else None, style)
        return self._numbering.label(num, level), self._numbering.indents(num, level)

    def _table(self, tbl: etree._Element, depth: int) -> Iterator[Block]:
        rows, header_rows = self._grid(tbl, depth)
        yield from laid_out(Grid(rows, header_rows), bordered=self._bordered(tbl))

    def _grid(self, tbl: etree._Element, depth: int) -> tuple[list[list[Box]], int]:
        """The cells of a table, merged ones once, where they begin; how many rows repeat as its heading."""
        rows: list[list[Box]] = []
        header_rows = 0
        open_above: dict[int, Box] = {}
        for tr in _below(tbl, W + "tr"):
            trpr = tr.find(W + "trPr")
            if trpr is not None and trpr.find(W + "del") is not None:
                continue
            header = trpr is not None and trpr.find(W + "tblHeader") is not None
            header_rows += header and header_rows == len(rows)
            row: list[Box] = []
            column = number(value(trpr.find(W + "gridBefore"))) if trpr is not None else 0
            for tc in _below(tr, W + "tc"):
                tcpr = tc.find(W + "tcPr")
                span = max(number(value(tcpr.find(W + "gridSpan")), 1), 1) if tcpr is not None else 1
                merge = tcpr.find(W + "vMerge") if tcpr is not None else None
                above = open_above.get(column)
                if merge is not None and value(merge) != "restart" and above is not None:
                    above.rowspan += 1
                    above.paragraphs += self._cell(tc, depth)
                else:
                    box = Box(self._cell(tc, depth), len(rows), column, 1, span)
                    row.append(box)
                    open_above.pop(column, None)
                    if merge is not None:
                        open_above[column] = box
                column += span
            rows.append(row)
        return rows, header_rows

    def _cell(self, tc: etree._Element, depth: int) -> list[Paragraph]:
        """The paragraphs of a cell; a table inside is read row by row into it."""
        found: list[Paragraph] = []
        if depth >= _MAX_DEPTH:
            return found
        for block in self._inside(tc, depth + 1):
            if isinstance(block, Grid):
                found += [Paragraph(" ".join(box.text for box in row if box.text)) for row in block.rows]
            else:
                found.append(block)
        return found

    def _bordered(self, tbl: etree._Element) -> bool:
        tblpr = tbl.find(W + "tblPr")
        if tblpr is not None:
            borders = tblpr.find(W + "tblBorders")
            if borders is not None:
                if has_inner_borders(borders):
                    return True
            elif self._styles.table_has_borders(value(tblpr.find(W + "tblStyle"))):
                return True
        drawn = [
            b
            for b in tbl.iter(W + "tcBorders")
            if any(value(side) not in ("", "nil", "none") for side in b if side.tag != W + "tl2br")
        ]
        return len(drawn) > 1


def _below(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, inside whatever wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _below(child, tag)
