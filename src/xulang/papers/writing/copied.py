"""Copies of papers: the copy's block after a paper's end, on a sheet of its own, or its mark on an electronic copy.

Nghị định 30/2020/NĐ-CP, Điều 25, Phụ lục I, Phần II and Phụ lục III, Mẫu 3.1, 3.2. The paper itself stays as it is: the
block goes into the Word file that there is, whoever wrote it, with styles of its own.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from datetime import datetime

from lxml import etree

from xulang.papers.layout import copy_forms, layout_on
from xulang.papers.numerals import BLANK, day_in_words, padded
from xulang.papers.paper import Copy, UnfitPaperError
from xulang.papers.writing import ooxml
from xulang.papers.writing.closing import recipients, signature
from xulang.papers.writing.heading import columns
from xulang.papers.writing.setting import Setting
from xulang.papers.writing.styles import copy_styles, of_copy, settings_xml, styles_xml
from xulang.papers.writing.write import law_day
from xulang.reading.files.docx.package import Package, W
from xulang.reading.files.faults import MAX_BYTES, RefusedError

_USED = re.compile(r'<w:pStyle w:val="(\w+)"/>')
_CENTRE = '<w:jc w:val="center"/>'
# Top right of the first page (cell 14), inside the top margin, whatever stands in the heading.
_CORNER = '<w:framePr w:w="5200" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:xAlign="right" w:y="260"/>'


def copied(data: bytes, copy: Copy) -> bytes:
    """The Word file with the copy's block right after its end, under a line across the text.

    The same file and copy give the same bytes. Raises UnfitPaperError where the copy lacks something or the file cannot
    take the block, and RefusedError (a fault with a Vietnamese sentence) for what is no Word file.
    """
    setting = _fitting(copy)
    opened = _Opened(data)
    last = opened.body[-1] if len(opened.body) else None
    end = last if last is not None and last.tag == W + "sectPr" else None
    made = _parsed(_block(setting, copy, _width(setting, end)))
    for one in made:
        if end is None:
            opened.body.append(one)
        else:
            end.addprevious(one)
    return opened.written(setting, made)


def on_sheet(copy: Copy, *, of: str) -> bytes:
    """The copy's block on a sheet of its own, for a paper of which there is no Word file; `of` says which paper."""
    setting = _fitting(copy)
    layout, m = setting.layout, setting.layout.margins
    told = setting.element("body", f"Tờ này liền sau trang cuối cùng của {of}.")
    sides = " ".join(f'w:{s}="{ooxml.twips(getattr(m, s).written)}"' for s in ("top", "right", "bottom", "left"))
    page = (
        f'<w:sectPr><w:pgSz w:w="{ooxml.twips(layout.width)}" w:h="{ooxml.twips(layout.height)}"/>'
        f'<w:pgMar {sides} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    parts = {"document": ooxml.document(told + page), "styles": styles_xml(layout), "settings": settings_xml()}
    return copied(ooxml.packed(parts, f"{copy_forms()[copy.form].name}: {of}"), copy)


def marked(data: bytes, copy: Copy, *, signed_at: datetime) -> bytes:
    """The Word file of an electronic copy: cell 14 at the top right of its first page, and no block.

    `signed_at` is the moment at which the agency signs, with its time zone. Raises as `copied` does.
    """
    setting = _fitting(copy)
    opened = _Opened(data)
    words = "\n".join(mark_lines(copy, signed_at=signed_at))
    mark = setting.element("copy_mark", words, f'{_CORNER}<w:jc w:val="right"/>')
    made = _parsed(mark + ooxml.paragraph("Blank"))  # a frame right before a table would not be shown
    for at, one in enumerate(made):
        opened.body.insert(at, one)
    return opened.written(setting, made)


def mark_lines(copy: Copy, *, signed_at: datetime) -> tuple[str, str, str]:
    """What cell 14 says: the form, who copies, and when it is signed, with the offset of ISO 8601."""
    zone = f"{signed_at:%z}"
    moment = f"{signed_at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:5]}"
    return copy_forms()[copy.form].name, copy.issuer.replace("\n", " "), moment


def code(copy: Copy) -> str:
    """Số, ký hiệu bản sao: "03/SY-UBND", with the blank that a clerk fills where the number is not yet given."""
    return f"{BLANK if copy.number is None else padded(copy.number)}/{copy.form}-{copy.symbol}"


def _fitting(copy: Copy) -> Setting:
    """The layout that the copy is set in. Raises UnfitPaperError where the copy lacks something."""
    if copy.form not in copy_forms():
        raise UnfitPaperError(f"Không có hình thức sao “{copy.form}”. Hãy chọn SY, SL hoặc TrS.")
    if copy.number is not None and copy.number < 1:
        raise UnfitPaperError(f"Số bản sao phải từ 1 trở lên, không nhận {copy.number}.")
    if not copy.signature.lines or not copy.signature.name:
        raise UnfitPaperError("Bản sao thiếu chức vụ hoặc họ tên người ký. Hãy ghi đủ.")
    return Setting(layout_on(law_day(copy.date)))


def _block(setting: Setting, copy: Copy, across: int) -> str:
    """Mẫu 3.1: a line across, then form, agency, number, place and day, signature, recipients; kept on one sheet."""
    left, right = (round(across * one / sum(columns(setting))) for one in columns(setting))
    issuer = setting.element("issuer", copy.issuer)
    issuer += setting.rule("issuer", copy.issuer.split("\n")[-1], setting.layout.rule_issuer.written, left / 20)
    form = setting.element("copy_form", copy_forms()[copy.form].name, _CENTRE)
    number = setting.element("number", f"Số: {code(copy)}")
    place = setting.element("place_date", f"{copy.place}, {day_in_words(copy.date)}".removeprefix(", "))
    below = recipients(setting, copy.recipients, copy.filed)
    block = ooxml.rule(across / 20, across / 20) + setting.gap()
    block += ooxml.side_by_side((left, right), [(issuer, form), (number, place)]) + setting.gap()
    block += ooxml.side_by_side((left, right), [(below, signature(setting, copy.signature))])
    return _USED.sub(r'<w:pStyle w:val="\1"/><w:keepNext/>', block) + ooxml.paragraph("Blank")


def _parsed(block: str) -> list[etree._Element]:
    """The block's elements, its styles under the names that a copy gives them."""
    apart = _USED.sub(lambda told: f'<w:pStyle w:val="{of_copy(told[1])}"/>', block)
    return list(etree.fromstring(ooxml.document(apart).encode())[0])


def _width(setting: Setting, end: etree._Element | None) -> int:
    """How wide the text of the last section is, in twips; as the writer sets it where the file does not say."""
    size, margins = (end.find(W + tag) if end is not None else None for tag in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return ooxml.twips(setting.layout.measure)
    told = [size.get(W + "w"), *(margins.get(W + side) for side in ("left", "right"))]
    if not all(one is not None and one.isdigit() for one in told):
        return ooxml.twips(setting.layout.measure)
    wide, *sides = (int(one or 0) for one in told)
    return wide - sum(sides)


class _Opened:
    """A Word file whose text takes more paragraphs; all else in it stays as it was."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        package = Package(data)
        self._main = package.main
        self._document = package.parsed(package.main)
        folder, name = posixpath.split(package.main)
        self._styles = self._styles_root = None
        for relation in package.parsed(f"{folder}/_rels/{name}.rels"):
            if relation.get("Type", "").endswith("/styles"):
                self._styles = posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", ""))).lstrip("/")
                self._styles_root = package.parsed(self._styles)
        body = self._document.find(W + "body")
        if body is None or self._styles_root is None:
            raise UnfitPaperError("Tệp Word này không nhận được phần bản sao. Hãy mở bằng Word, lưu lại rồi sao.")
        self.body = body

    def written(self, setting: Setting, made: list[etree._Element]) -> bytes:
        """The file anew, with the styles of what was put into it."""
        assert self._styles is not None
        assert self._styles_root is not None
        used = {p.get(W + "val", "") for one in made for p in one.iter(W + "pStyle")}
        there = {style.get(W + "styleId") for style in self._styles_root.iter(W + "style")}
        known = copy_styles(setting.layout)
        told = "".join(known[name] for name in known if name in used - there)
        self._styles_root.extend(list(etree.fromstring(ooxml.part("styles", told).encode())))
        changed = {self._main: self._document, self._styles: self._styles_root}
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            if sum(info.file_size for info in old.infolist()) > 4 * MAX_BYTES:
                raise RefusedError("too_large")
            for info in old.infolist():
                root = changed.get(info.filename)
                new.writestr(info, old.read(info) if root is None else _bytes(root))
        return out.getvalue()


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
