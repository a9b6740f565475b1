"""The XML of a Word file (ECMA-376 Part 1): words, paragraphs, tables, sections, and the package around them.

Written as text, since a tree of a hundred thousand elements takes ten times as long. Every word from outside goes
through `escaped`, which is what keeps the result well-formed.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence

from xulang.papers.paper import Run, Words

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# No XML may hold these, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

TWIPS_A_MM = 1440 / 25.4


def twips(mm: float) -> int:
    """Twentieths of a point."""
    return round(mm * TWIPS_A_MM)


def escaped(text: str) -> str:
    """The text as XML: composed (NFC), without signs that no XML may hold."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """A run; its look only where it differs from the paragraph's style. A line feed breaks the line."""
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    words = escaped(text).replace("\t", " ").replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def runs(words: Words) -> str:
    """The runs of a paragraph's words."""
    if isinstance(words, str):
        return run(words)
    return "".join(run(r.text, bold=r.bold, italic=r.italic) for r in words)


def plain(words: Words) -> str:
    """The words without their look."""
    return words if isinstance(words, str) else "".join(r.text for r in words)


def closed(words: Words, mark: str) -> Words:
    """The words with that mark at their end in place of whatever closing mark stands there."""
    if isinstance(words, str):
        return words.rstrip(" .;,/") + mark
    *front, last = words
    return (*front, Run(last.text.rstrip(" .;,/") + mark, last.bold, last.italic))


def paragraph(style: str, inner: str = "", properties: str = "") -> str:
    """A paragraph of a named style; `properties` are further children of w:pPr, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def kept(paragraph: str) -> str:
    """A paragraph made by `paragraph`, held on the page of what follows: its style is its first closed element."""
    return paragraph.replace("/>", "/><w:keepNext/>", 1)


def rule(length: float, across: float) -> str:
    """A thin line of that length in points, in the middle of a column `across` points wide."""
    side = max(0, round((across - length) * 10))
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    return paragraph("Rule", "", f'{border}<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>')


def side_by_side(widths: Sequence[int], rows: Sequence[Sequence[str]]) -> str:
    """A table without lines that only sets text side by side; every cell is a string of paragraphs."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{cell or paragraph("Blank")}</w:tc>'
            for w, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def document(body: str) -> str:
    """The main part."""
    return f"{_DECLARATION}<w:document {_NS}><w:body>{body}</w:body></w:document>"


def part(tag: str, inner: str) -> str:
    """Another part whose root is that WordprocessingML element."""
    return f"{_DECLARATION}<w:{tag} {_NS}>{inner}</w:{tag}>"


_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def packed(parts: dict[str, str], title: str) -> bytes:
    """The file: the same parts give the same bytes. Keys are names in word/ ("document", "header1" …)."""
    kinds = {name: "main" if name == "document" else name.rstrip("0123456789") for name in parts}
    types = {kind: f"{_TYPES}{'document.main' if kind == 'main' else kind}+xml" for kind in kinds.values()}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{types[kind]}"/>' for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
        if kind != "main"
    )
    core = "docProps/core.xml"
    written = {
        "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{core}" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="{core}"/>'
        "</Relationships>",
        core: f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(title)}</dc:title>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>",
        "word/_rels/document.xml.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">'
        f"{relations}</Relationships>",
    } | {f"word/{name}.xml": text for name, text in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, text in written.items():
            entry = zipfile.ZipInfo(name)  # dated 1980 and nothing of this machine, so that bytes repeat
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, text.encode(), compresslevel=3)
    return file.getvalue()
