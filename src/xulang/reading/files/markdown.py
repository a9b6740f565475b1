"""Markdown as converters leave it: pipe tables, HTML tables, emphasis, headings at any level, escaped marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xulang.reading.files.document import Document
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph
from xulang.reading.files.layout import laid_out, side_by_side
from xulang.reading.files.plain import rejoined, unwrapped

MEDIA_TYPE = "text/markdown"

_MARKS = re.compile(r"^#{1,6} |^\s*\|.*\|\s*$|\*\*\S.{0,400}?\S\*\*|^\s*<table|^\\-", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_RULER = re.compile(r"([-*_=])(\s*\1){2,}$|(```|~~~)\w*$")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?$|\|\s*:?-{2,}:?\s*\|$")
_CELLS = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&\"'/:;,])")
_EMPHASIS = re.compile(r"(?<![*\w])(\*{1,3}|_{1,3})(?=[^\s*])(.{1,1500}?)(?<=[^\s*])\1(?![*_])")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\((?:[^()\s]|\([^()]{0,200}\)){0,500}(?:\s\"[^\"]{0,200}\")?\)")
_ITEM = re.compile(r"(\s*)([-*+•]|\d{1,3}[.)])\s+(?=\S)")


def is_markdown(text: str) -> bool:
    """Whether a text has enough marks of Markdown to be read as such."""
    return sum(1 for _, _ in zip(range(2), _MARKS.finditer(text[:200_000]), strict=False)) == 2


def read_markdown(text: str) -> Document:
    """The Document of a Markdown text. Raises RefusedError."""
    blocks = [block for chunk in _chunks(text) for block in _blocks(chunk)]
    return Draft(rejoined(side_by_side(blocks))).document(MEDIA_TYPE)


def _chunks(text: str) -> Iterator[list[str]]:
    """The text in pieces: pipe tables, HTML tables, and the lines between blank lines and headings."""
    pending: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at
        if re.match(r"\s*<table\b", line, re.IGNORECASE):
            end = _closing(lines, at)
        elif line.lstrip().startswith("|") or (
            at + 1 < len(lines) and "|" in line and _TABLE_RULE.match(lines[at + 1].strip())
        ):
            while end < len(lines) and "|" in lines[end]:
                end += 1
        if end > at:
            yield pending
            yield lines[at:end]
            pending, at = [], end
            continue
        if not line.strip() or _HEADING.match(line.strip()) or _RULER.match(line.strip()):
            yield pending
            yield [line] if not _RULER.match(line.strip()) else []
            pending = []
        else:
            pending.append(line)
        at += 1
    yield pending


def _closing(lines: list[str], at: int) -> int:
    """The line below the end of the table that begins here; tables in it are passed over."""
    depth = 0
    for end in range(at, len(lines)):
        depth += len(re.findall(r"<table\b", lines[end], re.IGNORECASE))
        depth -= len(re.findall(r"</table>", lines[end], re.IGNORECASE))
        if depth <= 0:
            return end + 1
    return len(lines)


def _blocks(lines: list[str]) -> list[Paragraph | Grid]:
    """The paragraphs or the table of one piece."""
    if not any(line.strip() for line in lines):
        return []
    if re.match(r"\s*<table\b", lines[0], re.IGNORECASE):
        from xulang.reading.files.html import blocks_of  # few Markdown files need it, and it is slow to load

        return [_unmarked(block) for block in blocks_of("\n".join(lines))]
    if "|" in lines[0] and len(lines) > 1 and any(_TABLE_RULE.match(line.strip()) for line in lines[:3]):
        return _table(lines)
    if lines[0].lstrip().startswith("|"):
        return _table(lines)
    return [p for line in unwrapped(lines) for piece in _BREAK.split(line) if (p := _paragraph(piece)).printed]


def _unmarked(block: Paragraph | Grid) -> Paragraph | Grid:
    """A block of an HTML table: marks of Markdown may stand in it too."""
    inner = [block] if isinstance(block, Paragraph) else [p for row in block.rows for b in row for p in b.paragraphs]
    for p in inner:
        p.text = _plain(p.text)
    return block


def _paragraph(line: str) -> Paragraph:
    line = line.rstrip("\\ ").removeprefix("> ")
    heading = _HEADING.match(line.strip())
    text = heading[2].rstrip("# ") if heading else line
    item = None if heading else _ITEM.match(text)
    label, indent = "", 0.0
    if item:
        # A star is Markdown's bullet; what was printed was mostly a dash.
        label = "-" if item[2] == "*" else item[2]
        indent, text = len(item[1].expandtabs(4)) * 6.0, text[item.end() :]
    bare = text.strip()
    bold = len(bare) > 4 and bare[:2] == bare[-2:] and bare[:2] in ("**", "__")
    inner = bare[2:-2] if bold else bare
    italic = len(inner) > 2 and inner[0] == inner[-1] and inner[0] in "*_" and (bold or inner[1] not in "*_")
    return Paragraph(_plain(text), label, len(heading[1]) if heading else None, None, bold, italic, indent)


def _plain(text: str) -> str:
    """The words without the marks of emphasis, links, escapes, tags and entities."""
    if not any(c in text for c in "*_\\<&[`"):
        return text
    text = _LINK.sub(r"\1", text)
    # Escaped marks are hidden from the search for emphasis, and come back as they are.
    text = _ESCAPE.sub(lambda m: chr(0xE000 + ord(m[1])), text)
    for _ in range(3):
        text, found = _EMPHASIS.subn(r"\2", text)
        if not found:
            break
    text = _TAG.sub("", text.replace("**", "").replace("`", ""))
    if "&" in text:
        from html import unescape  # a large table, and seldom needed

        text = unescape(text)
    return re.sub("[\ue000-\ue07f]", lambda m: chr(ord(m[0]) - 0xE000), text)


def _table(lines: list[str]) -> list[Paragraph | Grid]:
    rule = next((at for at, line in enumerate(lines) if _TABLE_RULE.match(line.strip())), None)
    rows: list[list[Box]] = []
    for line in lines:
        if _TABLE_RULE.match(line.strip()):
            continue
        cells = _CELLS.split(line.strip().removeprefix("|").removesuffix("|"))
        row = [
            Box([_paragraph(piece) for piece in _BREAK.split(cell) if piece.strip()], len(rows), column)
            for column, cell in enumerate(cells)
        ]
        if any(box.text for box in row):
            rows.append(row)
    header_rows = 1 if rule == 1 and rows and len(rows) == len(lines) - 1 else 0
    return laid_out(Grid(rows, header_rows), bordered=True)
