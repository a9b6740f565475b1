"""The reading as Akoma Ntoso 1.0 (OASIS LegalDocML): a `doc`, its sections as a hierarchy of numbered parts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from xulang.reading.directive.findings import Citation, Reading, Section

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_UNKNOWN_DAY = "0001-01-01"  # the schema wants a day where the paper has none
_ONTOLOGY = "/akn/ontology/organization/vn/"
_BY_WORD = {"Phần": "part", "Chương": "chapter", "Mục": "section", "Điều": "article"}
_ANNEX = re.compile(r"\s*(phụ lục|phụ biểu|biểu|danh mục|danh sách|bảng)\b", re.IGNORECASE)
_BY_DEPTH = ("section", "paragraph", "point", "indent")


@dataclass
class _Part:
    """A section, and the parts in it."""

    section: Section
    parts: list[_Part] = field(default_factory=list)


def written(reading: Reading) -> bytes:
    """An Akoma Ntoso file: heading in `preface`, sections in `mainBody`, signature in `conclusions`, then annexes."""
    root = etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
    doc = _add(root, "doc", name=_kind(reading))
    _meta(doc, reading)
    top = _tree(reading)
    annexes = _annexes(reading, [part for part in top if _annex(part.section)])
    end = annexes[0].start if annexes else len(reading.text)
    parts = [part for part in top if part.section.at.start < end]
    closing = _closing(reading, end)
    begin = parts[0].section.at.start if parts else 0
    text = _Text(reading)
    if begin:
        text.lines(_add(doc, "preface"), 0, begin)
    text.body(_add(doc, "mainBody"), parts, begin, closing, "")
    if reading.text[closing:end].strip():
        text.lines(_add(doc, "conclusions"), closing, end)
    if annexes:
        attachments = _add(doc, "attachments")
    for number, annex in enumerate(annexes, start=1):
        attachment = _add(attachments, "attachment", eId=f"att_{number}")
        inner = _add(attachment, "doc", name="phu-luc")
        _meta(inner, reading, f"phu-luc-{number}")
        first = annex.parts[0].section.at.start if annex.parts else annex.start
        if first > annex.start:
            text.lines(_add(inner, "preface"), annex.start, first)
        text.body(_add(inner, "mainBody"), annex.parts, first, annex.end, f"att_{number}")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


@dataclass
class _Annex:
    """An annex: where it stands, and its parts."""

    start: int
    end: int
    parts: list[_Part]


class _Text:
    """Writes stretches of the text as paragraphs and tables, with what is cited in them as references."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._mentions = sorted((span, number) for number, c in enumerate(reading.citations) for span in c.at)
        self._hrefs = [_href(c) for c in reading.citations]
        self._ids: set[str] = set()

    def body(self, body: etree._Element, parts: list[_Part], begin: int, end: int, above: str) -> None:
        """The parts of a paper or an annex, one after the other; where it has none, its lines."""
        for number, part in enumerate(parts):
            stop = parts[number + 1].section.at.start if number + 1 < len(parts) else end
            self.part(body, part, max(stop, part.section.at.start), above)
        if not parts:
            self.lines(body, begin, end)
        if not len(body):
            _add(body, "p")

    def part(self, parent: etree._Element, part: _Part, end: int, above: str) -> None:
        """One section with its number, its own lines, and its parts."""
        section = part.section
        word = section.label.split(" ")[0]
        name = _BY_WORD.get(word) or _BY_DEPTH[min(section.depth - 1, len(_BY_DEPTH) - 1)]
        own = self._unique(f"{above}__{name}_" if above else f"{name}_", _slug(section.label) or "x")
        element = _add(parent, name, eId=own)
        _add(element, "num").text = _allowed(section.label)
        start = section.at.start
        if self._text.startswith(section.label, start):
            start += len(section.label)
        if (
            section.title
            and (found := self._text.find(section.title, start, end)) >= 0
            and not self._text[start:found].strip()
        ):
            self._words(_add(element, "heading"), found, found + len(section.title))
            start = found + len(section.title)
        inner = part.parts[0].section.at.start if part.parts else end
        if not part.parts:
            self.lines(_add(element, "content"), start, end, filled=True)
            return
        if self._text[start:inner].strip():
            self.lines(_add(element, "intro"), start, inner)
        for number, child in enumerate(part.parts):
            stop = part.parts[number + 1].section.at.start if number + 1 < len(part.parts) else end
            self.part(element, child, stop, own)

    def lines(self, parent: etree._Element, start: int, end: int, *, filled: bool = False) -> None:
        """The lines of a stretch: paragraphs, and rows of a table one after the other as a table."""
        places = []
        at = start
        for line in self._text[start:end].split("\n"):
            if line.strip():
                places.append((at, at + len(line)))
            at += len(line) + 1
        for tabbed, group in groupby(places, key=lambda p: "\t" in self._text[p[0] : p[1]]):
            if tabbed:
                self._table(parent, list(group))
            else:
                for place in group:
                    self._words(_add(parent, "p"), *place)
        if filled and not len(parent):
            _add(parent, "p")

    def _table(self, parent: etree._Element, rows: list[tuple[int, int]]) -> None:
        table = _add(parent, "table")
        for start, end in rows:
            row, at = _add(table, "tr"), start
            for cell in self._text[start:end].split("\t"):
                self._words(_add(_add(row, "td"), "p"), at, at + len(cell))
                at += len(cell) + 1

    def _words(self, element: etree._Element, start: int, end: int) -> None:
        """The words of a stretch, each citation in it a `ref`."""
        at, last = start, None
        for span, number in self._mentions:
            if span.start < at or span.end > end:
                continue
            before = _allowed(self._text[at : span.start])
            if last is None:
                element.text = (element.text or "") + before
            else:
                last.tail = before
            last = _add(element, "ref", href=self._hrefs[number])
            last.text = _allowed(self._text[span.start : span.end])
            at = span.end
        rest = _allowed(self._text[at:end])
        if last is None:
            element.text = rest.strip()
        else:
            last.tail = rest

    def _unique(self, head: str, name: str) -> str:
        number, wanted = 1, head + name
        while wanted in self._ids:
            number += 1
            wanted = f"{head}{name}-{number}"
        self._ids.add(wanted)
        return wanted


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _tree(reading: Reading) -> list[_Part]:
    """The sections as a tree, in the order of the text."""
    parts = {section.id: _Part(section) for section in reading.sections}
    top: list[_Part] = []
    for part in parts.values():
        parent = parts.get(part.section.parent or "")
        (parent.parts if parent else top).append(part)
    return top


def _annex(section: Section) -> str:
    """Which annex a section stands in: "PL1"; "" for the paper itself."""
    return found[0] if (found := re.match(r"PL\d*(?=:|~|$)", section.id)) else ""


def _annexes(reading: Reading, parts: list[_Part]) -> list[_Annex]:
    """The annexes in order: what follows the signature, parted where the sections of the next one begin."""
    closed = [f.at.end for f in (*reading.recipients, *reading.signature.lines, reading.signature.name) if f]
    below = reading.text.find("\n", max(closed)) + 1 if closed else 0
    if below and not parts and _ANNEX.match(reading.text, below):
        return [_Annex(below, len(reading.text), [])]  # a table, a list without numbers
    found: list[_Annex] = []
    for _, group in groupby(parts, key=lambda part: _annex(part.section)):
        head, *others = group
        # An annex that is named is itself a section, whose parts are the annex's; else its sections stand alone.
        inner = [head, *others] if ":" in head.section.id else [*head.parts, *others]
        start = head.section.at.start if found or inner[:1] != [head] else below or head.section.at.start
        found.append(_Annex(start, len(reading.text), inner))
        if len(found) > 1:
            found[-2].end = start
    return found


def _closing(reading: Reading, end: int) -> int:
    """Where recipients and signature begin: they stand below every section and task, or they are not set apart."""
    ends = [found.at.start for found in (*reading.recipients, *reading.signature.lines) if found.at.start < end]
    begun = [s.at.start for s in reading.sections if s.at.start < end]
    begun += [t.at.end for t in reading.tasks if t.at.start < end]
    start = reading.text.rfind("\n", 0, min(ends)) + 1 if ends else end
    return start if start >= max(begun, default=0) else end


def _meta(doc: etree._Element, reading: Reading, component: str = "main") -> None:
    header = reading.header
    both = [found.value for found in (header.number, header.symbol) if found]
    date = _day(header.date.value if header.date else None)
    work = f"/akn/vn/doc/{_kind(reading)}/{date}/{_slug('-'.join(both)) or 'khong-so'}"
    meta = _add(doc, "meta")
    identification = _add(meta, "identification", source="#xulang")
    levels = (
        ("FRBRWork", f"{work}/!{component}", work),
        ("FRBRExpression", f"{work}/vie@/!{component}", f"{work}/vie@"),
        ("FRBRManifestation", f"{work}/vie@/!{component}.xml", f"{work}/vie@.xml"),
    )
    for name, this, uri in levels:
        level = _add(identification, name)
        _add(level, "FRBRthis", value=this)
        _add(level, "FRBRuri", value=uri)
        _add(level, "FRBRdate", date=date, name="ban-hanh")
        _add(level, "FRBRauthor", href="#issuer")
        if name == "FRBRWork":
            _add(level, "FRBRcountry", value="vn")
            if both:
                _add(level, "FRBRnumber", value="/".join(both))
        elif name == "FRBRExpression":
            _add(level, "FRBRlanguage", language="vie")
    if component != "main":
        return  # the references of the paper hold for its annexes
    references = _add(meta, "references", source="#xulang")
    for number, cited in enumerate(reading.citations, start=1):
        _add(references, "activeRef", eId=f"ref_{number}", href=_href(cited), showAs=cited.code)
    issuer = header.issuer.value if header.issuer else "không rõ"
    _add(references, "TLCOrganization", eId="issuer", href=_ONTOLOGY + _slug(issuer), showAs=_allowed(issuer))
    _add(references, "TLCOrganization", eId="xulang", href=f"{_ONTOLOGY}xulang", showAs="xulang")


def _kind(reading: Reading) -> str:
    return _slug(reading.header.type.value) if reading.header.type else "van-ban"


def _href(cited: Citation) -> str:
    return f"/akn/vn/doc/{_slug(cited.type or '') or 'van-ban'}/{_day(cited.date)}/{_slug(cited.code)}"


def _day(value: str | None) -> str:
    return value if value and len(value) == 10 else _UNKNOWN_DAY


def _slug(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower().replace("đ", "d")) if c.isascii())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _allowed(text: str) -> str:
    """The text without what XML cannot hold."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
