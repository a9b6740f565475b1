"""The body: divisions with the labels of their place, paragraphs, lists, tables (Annex I, II.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xulang.papers.numerals import point, roman
from xulang.papers.paper import Block, Column, Items, Level, Paragraph, Row, Run, Section, Table, Words
from xulang.papers.writing import ooxml
from xulang.papers.writing.setting import Setting

_OWN_LINE = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
_IN_ROMAN = (Level.PART, Level.CHAPTER)


def ended(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with "./." at their end, as the templates of Annex III close; a table at the end stays as it is."""
    if not blocks:
        return blocks
    *front, last = blocks
    if isinstance(last, Paragraph):
        last = replace(last, words=ooxml.closed(last.words, "./."))
    elif isinstance(last, Items) and last.items:
        last = replace(last, items=(*last.items[:-1], ooxml.closed(last.items[-1], "./.")))
    elif isinstance(last, Section):
        last = replace(last, blocks=ended(last.blocks))
    return (*front, last)


class Body:
    """Sets blocks one after the other; articles are numbered through the whole body."""

    def __init__(self, setting: Setting, measure: int) -> None:
        """`measure`: the width of the text in twips, for tables."""
        self._setting = setting
        self._measure = measure
        self._articles = 0

    def blocks(self, blocks: Sequence[Block], parent: str = "") -> Iterator[str]:
        """The paragraphs and tables; `parent` is the number of the clause that holds them ("3.")."""
        counts: dict[Level, int] = {}
        for block in blocks:
            if isinstance(block, Paragraph):
                yield self._paragraph(block)
            elif isinstance(block, Items):
                for item in block.items:
                    yield self._setting.element("body", _after(f"{block.mark} ", item))
            elif isinstance(block, Table):
                yield self._setting.gap() + table(block, self._measure)
            else:
                counts[block.level] = counts.get(block.level, 0) + 1
                yield from self._section(block, counts[block.level], parent)

    def _paragraph(self, block: Paragraph, label: Words = "") -> str:
        align = f'<w:jc w:val="{"both" if block.align == "justify" else block.align}"/>' if block.align else ""
        if block.align == "center":
            align = f'<w:ind w:firstLine="0"/>{align}'
        return self._setting.element("body", _after(label, block.words) if label else block.words, align)

    def _section(self, section: Section, at: int, parent: str) -> Iterator[str]:
        """A division: its heading, or its label run into its first paragraph, then what it holds."""
        level, rest = section.level, section.blocks
        inner = ""
        if level in _OWN_LINE:
            number = roman(at) if level in _IN_ROMAN else str(at)
            yield self._setting.element("division_label", f"{level} {number}")
            yield self._setting.element("division_title", section.title)
        elif level is Level.ROMAN:
            yield self._setting.element("roman_heading", f"{roman(at)}. {section.title}")
        else:
            label, inner = self._label(level, at, parent)
            if section.title:
                yield self._setting.element(*_headed(level, f"{label} {section.title}"))
            else:
                first, rest = _first(section)
                bold = level is Level.ARTICLE
                yield self._paragraph(first, (Run(f"{label} ", bold=bold),))
        yield from self.blocks(rest, inner)

    def _label(self, level: Level, at: int, parent: str) -> tuple[str, str]:
        """The label, and the number that clauses inside begin with."""
        if level is Level.ARTICLE:
            self._articles += 1
            return f"Điều {self._articles}.", ""
        if level is Level.POINT:
            return f"{point(at - 1)})", ""
        return f"{parent}{at}.", f"{parent}{at}."


def _headed(level: Level, words: str) -> tuple[str, Words]:
    """The component that a heading of that level is; a point with a title is upright running text."""
    names = {Level.ARTICLE: "article_heading", Level.CLAUSE: "clause_heading"}
    return names.get(level, "body"), words


def _first(section: Section) -> tuple[Paragraph, tuple[Block, ...]]:
    """The paragraph a label runs into, and the blocks after it."""
    if section.blocks and isinstance(section.blocks[0], Paragraph):
        return section.blocks[0], section.blocks[1:]
    return Paragraph(""), section.blocks


def _after(label: Words, words: Words) -> Words:
    """Words with others before them."""
    if isinstance(label, str) and isinstance(words, str):
        return label + words
    return _spread(label) + _spread(words)


def _spread(words: Words) -> tuple[Run, ...]:
    return (Run(words),) if isinstance(words, str) else words


def table(table: Table, measure: int) -> str:
    """A table as wide as the text: heading repeated on each page, rows kept whole."""
    widths = _widths(table.columns, measure)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_rows(table, widths, measure))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{measure}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_head(table.columns, widths)}{rows}</w:tbl>"
    )


_NARROWEST = ooxml.twips(10)  # a column of numbers still holds "TT" and "100"


def _widths(columns: Sequence[Column], measure: int) -> list[int]:
    """The columns' widths: their shares of the measure, none too narrow for a number where there is room."""
    least = min(_NARROWEST, measure // len(columns))
    whole = sum(c.width for c in columns)
    widths = [least + int((measure - least * len(columns)) * c.width / whole) for c in columns]
    widths[-1] += measure - sum(widths)
    return widths


def _head(columns: Sequence[Column], widths: Sequence[int]) -> str:
    """The heading's rows: two where any column stands under a common heading."""
    if not any(c.group for c in columns):
        return _head_row([_head_cell(c.title, w) for c, w in zip(columns, widths, strict=True)])
    upper, lower, at = [], [], 0
    while at < len(columns):
        column = columns[at]
        if not column.group:
            upper.append(_head_cell(column.title, widths[at], '<w:vMerge w:val="restart"/>'))
            lower.append(_head_cell("", widths[at], "<w:vMerge/>"))
            at += 1
            continue
        end = at
        while end < len(columns) and columns[end].group == column.group:
            lower.append(_head_cell(columns[end].title, widths[end]))
            end += 1
        upper.append(_head_cell(column.group, sum(widths[at:end]), f'<w:gridSpan w:val="{end - at}"/>'))
        at = end
    return _head_row(upper) + _head_row(lower)


def _head_row(cells: Sequence[str]) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _head_cell(title: str, wide: int, merged: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{ooxml.paragraph('TableHead', ooxml.run(title) if title else '')}</w:tc>"
    )


_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_TEXT, _BOLD_TEXT = '<w:r><w:t xml:space="preserve">', '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
_LEFT = '<w:p><w:pPr><w:pStyle w:val="TableLeft"/><w:keepNext/></w:pPr>'  # a row over all columns heads others
_END = "</w:t></w:r></w:p></w:tc>"


def _rows(table: Table, widths: Sequence[int], measure: int) -> Iterator[str]:
    """The rows, with all that repeats made once: annexes run to thousands of rows."""
    styles = [f'<w:p><w:pPr><w:pStyle w:val="Table{c.align.capitalize()}"/></w:pPr>' for c in table.columns]
    heads = [
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{style}'
        for w, style in zip(widths, styles, strict=True)
    ]
    for row in table.rows:
        text = _BOLD_TEXT if row.bold else _TEXT
        if len(row.cells) == 1 < len(heads):
            spans = f'<w:tc><w:tcPr><w:tcW w:w="{measure}" w:type="dxa"/><w:gridSpan w:val="{len(heads)}"/></w:tcPr>'
            cells = [f"{spans}{_LEFT}{text}{_cell(row.cells[0], _LEFT, text)}{_END}"]
        else:
            cells = [
                f"{head}{text}{_cell(cell, style, text)}{_END}"
                for head, style, cell in zip(heads, styles, _filled(row, len(heads)), strict=True)
            ]
        yield f"{_ROW}{''.join(cells)}</w:tr>"


def _filled(row: Row, columns: int) -> tuple[str, ...]:
    """A row's cells, empty ones added where it is short."""
    return row.cells + ("",) * (columns - len(row.cells))


def _cell(words: str, style: str, text: str) -> str:
    words = ooxml.escaped(words)
    return words.replace("\n", f"</w:t></w:r></w:p>{style}{text}") if "\n" in words else words
