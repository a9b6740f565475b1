"""Giấy chứng nhận of a course: a landscape page for each person, under the national name, with the office's signature.

A certificate is none of the 29 types of Nghị định 30/2020/NĐ-CP (Điều 7), so its form is no rule of that decree: it
takes the head and the signature from it, and its number from the book of certificates of whoever issues it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xulang.papers.layout import layout_on
from xulang.papers.numerals import day_in_words, padded
from xulang.papers.paper import Day, Run, Signature, UnfitPaperError
from xulang.papers.writing import ooxml
from xulang.papers.writing.annexes import text_width
from xulang.papers.writing.closing import signature
from xulang.papers.writing.heading import MOTTO, NATIONAL_NAME
from xulang.papers.writing.setting import Setting
from xulang.papers.writing.styles import settings_xml, style_id, styles_xml

_PAGE = ooxml.paragraph("Blank", '<w:r><w:br w:type="page"/></w:r>')
_CENTRE = '<w:jc w:val="center"/>'


@dataclass(frozen=True, slots=True)
class Holder:
    """Who completed the course, from where, and the number of the certificate in the book."""

    name: str
    body: str
    number: int


@dataclass(frozen=True, slots=True)
class Course:
    """What the certificates say of the course, and who issues them."""

    issuer: str
    superior: str
    symbol: str
    place: str
    issued_on: date
    title: str
    held: str
    signature: Signature


def write_certificates(course: Course, holders: Sequence[Holder]) -> bytes:
    """A DOCX with a page for each holder; the same holders give the same bytes. Raises UnfitPaperError without any."""
    if not holders:
        raise UnfitPaperError("Chưa có ai được cấp giấy chứng nhận. Hãy chọn người đã hoàn thành.")
    if not course.signature.lines or not course.signature.name:
        raise UnfitPaperError("Giấy chứng nhận thiếu chức vụ hoặc họ tên người ký. Hãy ghi đủ.")
    setting = Setting(layout_on(course.issued_on))
    pages = _PAGE.join(_page(setting, course, one) for one in holders)
    parts = {
        "document": ooxml.document(pages + _section(setting)),
        "styles": styles_xml(setting.layout),
        "settings": settings_xml(),
    }
    return ooxml.packed(parts, f"Giấy chứng nhận: {course.title}")


def _page(setting: Setting, course: Course, holder: Holder) -> str:
    whole = text_width(setting, landscape=True)
    left, right = round(0.41 * whole), whole - round(0.41 * whole)
    above = setting.element("superior", course.superior) if course.superior else ""
    above += setting.element("issuer", course.issuer)
    above += setting.rule("issuer", course.issuer.split("\n")[-1], setting.layout.rule_issuer.written, left / 20)
    nation = setting.element("national_name", NATIONAL_NAME) + setting.element("motto", MOTTO)
    nation += setting.rule("motto", MOTTO, setting.layout.rule_motto.written, right / 20)
    day = course.issued_on
    dated = f"{course.place}, {day_in_words(Day(day.year, day.month, day.day))}".removeprefix(", ")
    number = setting.element("number", f"Số: {padded(holder.number)}/{course.symbol}")
    signed = setting.element("place_date", dated) + signature(setting, course.signature)
    return (
        ooxml.side_by_side((left, right), [(above, nation)])
        + setting.gap()
        + setting.element("type_name", "Giấy chứng nhận")
        + setting.gap()
        + "".join(_line(words) for words in _words(course, holder))
        + setting.gap()
        + ooxml.side_by_side((left, right), [(number, signed)])
    )


def _words(course: Course, holder: Holder) -> list[tuple[Run, ...]]:
    told = [(Run("Chứng nhận ông (bà)"),), (Run(holder.name, bold=True),)]
    told += [(Run(holder.body),)] if holder.body else []
    return [*told, (Run("đã hoàn thành"),), (Run(course.title, bold=True),), (Run(course.held),)]


def _line(words: tuple[Run, ...]) -> str:
    return ooxml.paragraph(style_id("body"), ooxml.runs(words), f'<w:ind w:firstLine="0"/>{_CENTRE}')


def _section(setting: Setting) -> str:
    layout, m = setting.layout, setting.layout.margins
    sides = " ".join(f'w:{s}="{ooxml.twips(getattr(m, s).written)}"' for s in ("top", "right", "bottom", "left"))
    wide, high = ooxml.twips(layout.height), ooxml.twips(layout.width)
    return (
        f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{high}" w:orient="landscape"/>'
        f'<w:pgMar {sides} w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    )
