"""Types a paper as Word, digital or scanned PDF, Markdown, plain text or HTML, as clerks and converters lay it out."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Any, Literal
from xml.sax.saxutils import escape

import docx
import pypdfium2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

FONTS = Path("/usr/share/fonts/truetype/liberation2")
ABOVE, LEFT = "^^", "<<"  # a cell that belongs to the one above, or to the one at its left
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Columns:
    """Lines side by side, with no borders: the heading of a paper, or its recipients and signature.

    `shape`: all in one row of a layout table, each line a paragraph ("cells") or ended by a line break ("breaks");
    a row of the table for each pair ("rows"); no table, the right set by tabs ("tabs").
    """

    lines: tuple[tuple[str, str], ...]
    shape: Literal["cells", "breaks", "rows", "tabs"] = "cells"

    def side(self, place: int) -> list[str]:
        return [pair[place] for pair in self.lines]


@dataclass(frozen=True)
class Para:
    """One paragraph. `label` is a number or bullet that Word makes by itself; other formats print it."""

    text: str
    label: str = ""
    centered: bool = False
    heading: bool = False

    @property
    def printed(self) -> str:
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(frozen=True)
class Grid:
    """A table of data; the first row is its heading."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        """Each merged cell: its first row and column, its last row and column."""
        for r, c in itertools.product(range(len(self.rows)), range(len(self.rows[0]))):
            if self.rows[r][c] in (ABOVE, LEFT):
                continue
            down, right = r, c
            while down + 1 < len(self.rows) and self.rows[down + 1][c] == ABOVE:
                down += 1
            while right + 1 < len(self.rows[0]) and self.rows[r][right + 1] == LEFT:
                right += 1
            if (down, right) != (r, c):
                yield r, c, down, right


Block = Columns | Para | Grid


def bare(text: str) -> str:
    """The words without the marks of bold."""
    return BOLD.sub(r"\1", text)


def type_paper(blocks: Sequence[Block], path: Path) -> None:
    """Writes the paper as the format that the file's name ends with; `.scan.pdf` is pictures only."""
    if path.name.endswith(".scan.pdf"):
        path.write_bytes(scanned(pdf(blocks)))
    elif path.name.endswith(".wrapped.txt"):
        path.write_bytes(wrapped(plain(blocks)))
    else:
        path.write_bytes(
            {".docx": word, ".pdf": pdf, ".md": markdown, ".txt": plain, ".html": page}[path.suffix](blocks)
        )


# Word


LEVELS: tuple[tuple[str, str, str], ...] = (  # Word's number format and level text; the label that selects the level
    ("upperRoman", "%1.", r"[IVX]+\.$"),
    ("decimal", "%2.", r"\d+\.$"),
    ("decimal", "%2.%3.", r"\d+\.\d+\.$"),
    ("lowerLetter", "%4)", r"[a-z]\)$"),
    ("bullet", "-", r"-$"),
    ("bullet", "+", r"\+$"),
)
ARTICLE, ROW = "Điều", "STT"  # lists of their own: articles, and the numbers of a table's rows


@dataclass
class Numbering:
    """The numbers Word will make, counted here too, so that a paper cannot ask for one that Word would not print."""

    document: Any
    lists: dict[str, int] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def list_of(self, kind: str) -> int:
        if kind not in self.lists:
            number = 700 + len(self.lists)
            part = self.document.part.numbering_part.element
            levels = {ARTICLE: (("decimal", "Điều %1."),), ROW: (("decimal", "%1"),)}.get(
                kind.partition(":")[0], tuple((form, text) for form, text, _ in LEVELS)
            )
            inner = "".join(
                f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
                for i, (form, text) in enumerate(levels)
            )
            abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'
            part.insert(0, parse_xml(abstract))
            part.append(
                parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
            )
            self.lists[kind] = number
        return self.lists[kind]

    def mark(self, paragraph: Any, label: str, kind: str = "body") -> None:
        """Gives the paragraph the numbering that makes this label; says so where Word would make another."""
        if label.startswith(ARTICLE):
            kind, level = ARTICLE, 0
        elif kind.startswith(ROW):
            level = 0
        else:
            level = next(i for i, (_, _, pattern) in enumerate(LEVELS) if re.match(pattern, label))
        self.counts[kind, level] = self.counts.get((kind, level), 0) + 1
        for deeper in range(level + 1, len(LEVELS)):
            self.counts.pop((kind, deeper), None)
        made = self.counts[kind, level]
        told = re.findall(r"\d+", label)
        if told and made != int(told[-1]):
            raise ValueError(f"Word makes {made} where the paper has {label}")
        if re.match(r"[a-z]\)$", label) and made != ord(label[0]) - ord("a") + 1:
            raise ValueError(f"Word makes letter {made} where the paper has {label}")
        properties = paragraph._p.get_or_add_pPr()
        listing = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", level), ("w:numId", self.list_of(kind))):
            child = OxmlElement(tag)
            child.set(qn("w:val"), str(value))
            listing.append(child)
        properties.append(listing)


def runs(paragraph: Any, text: str, bold: bool = False) -> None:
    """Puts the text in, `**…**` as bold runs of their own."""
    for i, piece in enumerate(BOLD.split(text)):
        if piece:
            paragraph.add_run(piece).bold = True if bold or i % 2 else None


def fill(cell: Any, lines: Sequence[str], centered: bool = False) -> None:
    for i, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
        runs(paragraph, line)
        if centered:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def word(blocks: Sequence[Block]) -> bytes:
    """A Word file; numbers in braces are made by Word."""
    document = docx.Document()
    numbering = Numbering(document)
    for place, block in enumerate(blocks):
        if isinstance(block, Columns):
            columns(document, block)
        elif isinstance(block, Grid):
            grid(document, numbering, block, place)
        else:
            paragraph = document.add_paragraph()
            runs(paragraph, block.text, bold=block.heading)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if block.centered else WD_ALIGN_PARAGRAPH.JUSTIFY
            if block.label:
                numbering.mark(paragraph, block.label)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def columns(document: Any, block: Columns) -> None:
    """Lines side by side, as the block's shape has it."""
    if block.shape == "tabs":
        for left, right in block.lines:
            runs(document.add_paragraph(), "\t\t\t".join(side for side in (left, right) if side or side is right))
        return
    rows = [(block.side(0), block.side(1))]
    if block.shape == "rows":
        rows = [([left], [right]) for left, right in block.lines]
    elif block.shape == "breaks":
        rows = [(["\n".join(left)], ["\n".join(right)]) for left, right in rows]
    table = document.add_table(rows=len(rows), cols=2)
    for row, (left, right) in zip(table.rows, rows, strict=True):
        fill(row.cells[0], left)
        fill(row.cells[1], right, centered=True)


def grid(document: Any, numbering: Numbering, block: Grid, place: int) -> None:
    """A bordered table with its cells merged; `{1}` in a cell is numbered by Word, `//` is a new paragraph."""
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
    for first_row, first, last_row, last in block.spans():
        table.cell(first_row, first).merge(table.cell(last_row, last))
    for row, texts in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            auto = re.fullmatch(r"\{(\d+)\}", text)
            if auto:
                numbering.mark(cell.paragraphs[0], auto[1], f"{ROW}:{place}")
            elif text not in (ABOVE, LEFT):
                fill(cell, [piece.strip() for piece in text.split("//")])


# PDF


def fonts() -> None:
    if "Serif" not in pdfmetrics.getRegisteredFontNames():
        for name, file in (("Serif", "LiberationSerif-Regular"), ("Serif-Bold", "LiberationSerif-Bold")):
            pdfmetrics.registerFont(TTFont(name, FONTS / f"{file}.ttf"))
        pdfmetrics.registerFontFamily(
            "Serif", normal="Serif", bold="Serif-Bold", italic="Serif", boldItalic="Serif-Bold"
        )


def style(align: int, bold: bool = False, indent: float = 0, size: float = 13) -> ParagraphStyle:
    return ParagraphStyle(
        "text",
        fontName="Serif-Bold" if bold else "Serif",
        fontSize=size,
        leading=size * 1.25,
        alignment=align,
        firstLineIndent=indent,
        spaceAfter=4 if size > 12 else 0,
    )


def mark_up(text: str) -> str:
    return BOLD.sub(r"<b>\1</b>", escape(text))


def pdf(blocks: Sequence[Block]) -> bytes:
    """A digital PDF: justified A4 pages, a page number on top from the second, tables with borders."""
    fonts()
    flow: list[Flowable] = []
    for block in blocks:
        if isinstance(block, Columns):
            rows = list(block.lines) if block.shape == "rows" else [block.lines]
            if block.shape != "rows":
                cells = [
                    [
                        [
                            Paragraph(
                                mark_up(t) or "&nbsp;",
                                style((TA_LEFT, TA_CENTER)[i] if recipients(block) else TA_CENTER, size=12),
                            )
                            for t in block.side(i)
                        ]
                        for i in (0, 1)
                    ]
                ]
            else:
                cells = [[Paragraph(mark_up(t), style(TA_CENTER, size=12)) for t in pair] for pair in rows]
            flow.append(
                Table(cells, colWidths=[72 * mm, 93 * mm], style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
            )
        elif isinstance(block, Grid):
            flow.append(ruled(block))
        else:
            align = TA_CENTER if block.centered else TA_JUSTIFY
            flow.append(Paragraph(mark_up(block.printed), style(align, block.heading, 0 if block.centered else 28)))
    out = BytesIO()
    SimpleDocTemplate(
        out, pagesize=A4, leftMargin=30 * mm, rightMargin=15 * mm, topMargin=20 * mm, bottomMargin=20 * mm
    ).build(flow, onLaterPages=number_page)
    return out.getvalue()


def recipients(block: Columns) -> bool:
    return any("Nơi nhận" in line for line in block.side(0))


def number_page(canvas: Any, document: Any) -> None:
    canvas.setFont("Serif", 13)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 13 * mm, str(document.page))


def ruled(block: Grid) -> Table:
    text = style(TA_LEFT, size=11)
    cells = [
        [
            Paragraph("<br/>".join(mark_up(p.strip()) for p in re.sub(r"^\{(\d+)\}$", r"\1", cell).split("//")), text)
            if cell not in (ABOVE, LEFT)
            else ""
            for cell in row
        ]
        for row in block.rows
    ]
    widths = block.widths or (1,) * len(block.rows[0])
    rules: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    rules += [("SPAN", (first, top), (last, bottom)) for top, first, bottom, last in block.spans()]
    return Table(
        cells,
        colWidths=[165 * mm * w / sum(widths) for w in widths],
        style=TableStyle(rules),
        repeatRows=2 if ABOVE in block.rows[1] else 1,
    )


def scanned(digital: bytes, angle: float = 0.4, scale: float = 150 / 72) -> bytes:
    """The pages as grey pictures, a little turned, as an office scanner gives them."""
    pages: list[Image.Image] = []
    with pypdfium2.PdfDocument(digital) as document:
        for page in document:
            picture = page.render(scale=scale).to_pil().convert("L")
            pages.append(picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC))
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=72 * scale)
    return out.getvalue()


# Text


def markdown(blocks: Sequence[Block]) -> bytes:
    """Markdown as converters make it: columns one after the other, headings marked, tables with pipes."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Columns) and block.shape == "rows":
            rows = [list(pair) for pair in block.lines]
            parts.append("\n".join("| " + " | ".join(row) + " |" for row in [rows[0], ["---", "---"], *rows[1:]]))
        elif isinstance(block, Columns):
            for side in (0, 1):
                parts += [line for line in block.side(side) if line]
        elif isinstance(block, Grid):
            rows = [[re.sub(r"^\{(\d+)\}$", r"\1", piped(cell)) for cell in row] for row in block.rows]
            rows.insert(1, ["---"] * len(rows[0]))
            parts.append("\n".join("| " + " | ".join(row) + " |" for row in rows))
        else:
            parts.append(f"### {bare(block.printed)}" if block.heading else block.printed)
    return ("\n\n".join(parts) + "\n").encode()


def piped(cell: str) -> str:
    return "" if cell in (ABOVE, LEFT) else cell.replace(" // ", "<br>")


def plain(blocks: Sequence[Block]) -> bytes:
    """Plain text as a text extractor leaves it: columns by blanks, table cells by tabs."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Columns):
            width = max(len(bare(line)) for line in block.side(0)) + 8
            lines += [f"{bare(a):<{width}}{bare(b)}".rstrip() for a, b in block.lines]
        elif isinstance(block, Grid):
            lines += [
                "\t".join(re.sub(r"^\{(\d+)\}$", r"\1", bare(piped(c)).replace("<br>", " ")) for c in row)
                for row in block.rows
            ]
        else:
            lines.append(bare(block.printed))
        lines.append("")
    return "\n".join(lines).encode()


def wrapped(text: bytes, width: int = 70) -> bytes:
    """The same text, its long lines broken; columns and tables stay as they are."""
    lines = text.decode().split("\n")
    long = [len(line) > width and not re.search(r"\t| {4}", line) for line in lines]
    return "\n".join("\n".join(wrap(a, width)) if b else a for a, b in zip(lines, long, strict=True)).encode()


def page(blocks: Sequence[Block]) -> bytes:
    """HTML as an office's site shows it: the columns in a table without borders, bold as strong, merged cells."""
    parts = ['<!DOCTYPE html>\n<meta charset="utf-8">']
    for block in blocks:
        if isinstance(block, Columns):
            sides = ("".join(f"<p>{strong(text)}</p>" for text in block.side(i) if text) for i in (0, 1))
            parts.append('<table border="0"><tr>' + "".join(f"<td>{side}</td>" for side in sides) + "</tr></table>")
        elif isinstance(block, Grid):
            parts.append('<table border="1">' + "".join(rows_of(block)) + "</table>")
        else:
            parts.append(f"<p{' align=center' if block.centered else ''}>{strong(block.printed)}</p>")
    return "\n".join(parts).encode()


def strong(text: str) -> str:
    return BOLD.sub(r"<strong>\1</strong>", escape(text))


def rows_of(grid: Grid) -> Iterator[str]:
    spans = {(top, first): (bottom, last) for top, first, bottom, last in grid.spans()}
    for r, row in enumerate(grid.rows):
        cells = ""
        for c, cell in enumerate(row):
            bottom, last = spans.get((r, c), (r, c))
            if cell not in (ABOVE, LEFT):
                lines = "<br>".join(strong(part.strip()) for part in cell.split("//"))
                cells += f'<td rowspan="{bottom - r + 1}" colspan="{last - c + 1}">{lines}</td>'
        yield f"<tr>{cells}</tr>"
