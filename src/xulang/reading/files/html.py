"""HTML, whole pages or the tables that Markdown carries: blocks in reading order, lists with the numbers they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree, html

from xulang.reading.files.document import Align, Document
from xulang.reading.files.docx.labels import written
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph, tidied
from xulang.reading.files.faults import RefusedError
from xulang.reading.files.layout import laid_out, side_by_side

MEDIA_TYPE = "text/html"

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "button",
        "textarea",
        "title",
    ]
)
_NUMBERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.IGNORECASE)
_MAX_DEPTH = 150  # blocks within blocks; what is deeper is no paper


def read_html(data: bytes) -> Document:
    """The Document of an HTML page. Raises RefusedError."""
    from xulang.reading.files.plain import decoded

    return Draft(side_by_side(list(blocks_of(decoded(data))))).document(MEDIA_TYPE)


def blocks_of(text: str) -> Iterator[Paragraph | Grid]:
    """The paragraphs and tables of some HTML, as a browser would show them. Raises RefusedError."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        # Declared encodings are of no account any more, and lxml takes no declaration in text.
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("empty" if "empty" in str(error).lower() else "unreadable") from error
    walker = _Walker()
    walker.walk(root, _Look())
    walker.end()
    yield from walker.found


@dataclass(frozen=True, slots=True)
class _Look:
    """What elements around some text say of it."""

    bold: bool = False
    italic: bool = False
    heading: int | None = None
    align: Align | None = None
    depth: int = 0


@dataclass
class _Walker:
    """Collects words until a block begins or ends."""

    found: list[Paragraph | Grid] = field(default_factory=list)
    words: list[tuple[str, _Look]] = field(default_factory=list)
    label: str = ""

    def end(self) -> None:
        """Closes the open paragraph, if it has words."""
        if any(text.strip() for text, _ in self.words):
            inked = [look for text, look in self.words if text.strip()]
            self.found.append(
                Paragraph(
                    tidied("".join(text for text, _ in self.words)),
                    label=self.label,
                    heading=inked[0].heading,
                    align=inked[0].align,
                    bold=all(look.bold for look in inked),
                    italic=all(look.italic for look in inked),
                )
            )
            self.label = ""
        self.words = []

    def walk(self, element: html.HtmlElement, look: _Look) -> None:
        """Everything in an element; what browsers do not show is passed over."""
        tag = element.tag
        if tag in _UNSEEN or _is_hidden(element) or look.depth > _MAX_DEPTH:
            return
        look = _within(element, look)
        if tag in ("br", "hr"):
            self.end()
        elif tag == "table":
            self.end()
            self.found += _table(element, look)
        elif tag in ("ol", "ul"):
            self.end()
            self._list(element, look)
        else:
            if tag in _BLOCKS:
                self.end()
            self.inside(element, look)
            if tag in _BLOCKS:
                self.end()

    def inside(self, element: html.HtmlElement, look: _Look) -> None:
        """The words and elements in an element, in order."""
        if element.text:
            self.words.append((element.text, look))
        for child in element:
            if isinstance(child.tag, str):
                self.walk(child, look)
            if child.tail:
                self.words.append((child.tail, look))

    def _list(self, element: html.HtmlElement, look: _Look) -> None:
        number = _whole(element.get("start"), 1)
        for item in element:
            if item.tag != "li":
                if isinstance(item.tag, str):
                    self.walk(item, look)
                continue
            number = _whole(item.get("value"), number)
            kind = _NUMBERS.get(item.get("type") or element.get("type") or "1", "decimal")
            self.label = f"{written(number, kind)}." if element.tag == "ol" else "•"
            self.inside(item, _within(item, look))
            self.end()
            self.label = ""
            number += 1


def _within(element: html.HtmlElement, look: _Look) -> _Look:
    tag = element.tag
    style = element.get("style") or ""
    aligned = _ALIGN.search(style)
    named = aligned[1].lower() if aligned else (element.get("align") or "").lower()
    align = next((a for a in _ALIGNS if a == named), "center" if tag == "center" else look.align)
    heading = int(tag[1]) if re.fullmatch("h[1-6]", tag) else look.heading
    return replace(
        look,
        bold=look.bold
        or tag in ("b", "strong", "th")
        or heading is not None
        or "font-weight:bold" in style.replace(" ", ""),
        italic=look.italic or tag in ("i", "em"),
        heading=heading,
        align=align,
        depth=look.depth + 1,
    )


_ALIGNS: tuple[Align, ...] = ("left", "right", "center", "justify")


def _is_hidden(element: html.HtmlElement) -> bool:
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text.strip()) else default


def _table(table: html.HtmlElement, look: _Look) -> list[Paragraph | Grid]:
    """A table as data, or as its cells' lines where it only sets text side by side."""
    rows: list[list[Box]] = []
    header_rows = 0
    taken: dict[tuple[int, int], bool] = {}
    for at, tr in enumerate(_rows(table)):
        row: list[Box] = []
        cells = [cell for cell in tr if cell.tag in ("td", "th")]
        column = 0
        for cell in cells:
            while taken.get((at, column)):
                column += 1
            wide = min(max(_whole(cell.get("colspan"), 1), 1), 100)
            high = min(max(_whole(cell.get("rowspan"), 1), 1), 1000)
            taken |= {(at + r, column + c): True for r in range(min(high, 200)) for c in range(wide)}
            row.append(Box(_cell(cell, look), at, column, high, wide))
            column += wide
        if cells and header_rows == at and all(cell.tag == "th" for cell in cells):
            header_rows += 1
        rows.append(row)
    bordered = (table.get("border") or "0") not in ("0", "") or "border" in (table.get("style") or "")
    return laid_out(Grid(rows, header_rows), bordered=bordered or header_rows > 0)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (tr for tr in child if tr.tag == "tr")


def _cell(cell: html.HtmlElement, look: _Look) -> list[Paragraph]:
    walker = _Walker()
    walker.inside(cell, _within(cell, look))
    walker.end()
    found: list[Paragraph] = []
    for block in walker.found:
        if isinstance(block, Grid):  # a table inside is read row by row into its cell
            found += [Paragraph(" ".join(box.text for box in row if box.text)) for row in block.rows]
        else:
            found.append(block)
    return found
