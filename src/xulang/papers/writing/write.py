"""Sets a Paper as a Word file in the form of the law of its day (Nghị định 30/2020/NĐ-CP, Annexes I and III)."""

from datetime import date

from xulang.papers.layout import Layout, Type, layout_on, type_of
from xulang.papers.paper import Annex, Block, Day, Paper, Section, Table, UnfitPaperError
from xulang.papers.writing import ooxml
from xulang.papers.writing.annexes import annexes, text_width
from xulang.papers.writing.body import Body, ended
from xulang.papers.writing.closing import closing
from xulang.papers.writing.heading import heading
from xulang.papers.writing.setting import Setting
from xulang.papers.writing.styles import settings_xml, style_id, styles_xml

_HEADER_MM = 10  # from the paper's edge to the page number, which stands inside the top margin


def write(paper: Paper) -> bytes:
    """The paper as DOCX; the same paper gives the same bytes.

    Raises UnfitPaperError, with a sentence that says what to mend, where the paper does not fit its type.
    """
    type = type_of(paper.type)
    _fit(paper, type)
    setting = Setting(layout_on(law_day(paper.date)))
    across = text_width(setting, landscape=paper.landscape)
    main = heading(setting, paper, type) + _basis(setting, paper, type)
    *body, last = Body(setting, across).blocks(ended(paper.body)) if paper.body else ("",)
    # The signature never stands alone on a page.
    main += "".join(body) + (ooxml.kept(last) if last.startswith("<w:p>") else last)
    main += closing(setting, paper, type)
    sections = [(main, paper.landscape), *annexes(setting, paper)]
    contact = _contact(paper)
    parts = {
        "document": ooxml.document(_sections(setting.layout, sections, contact=bool(contact))),
        "styles": styles_xml(setting.layout),
        "settings": settings_xml(),
        "header1": ooxml.part("hdr", _page_number()),
    }
    if contact:
        parts |= {
            "footer1": ooxml.part("ftr", contact),
            "footer2": ooxml.part("ftr", ooxml.paragraph("Blank")),
        }
    return ooxml.packed(parts, paper.title.replace("\n", " "))


def _fit(paper: Paper, type: Type) -> None:
    """Raises UnfitPaperError where paper and type do not fit."""
    if not type.form:
        raise UnfitPaperError(f"Nghị định 30/2020/NĐ-CP không có mẫu cho {type.name}. Hãy soạn thành công văn.")
    if paper.number is not None and paper.number < 1:
        raise UnfitPaperError(f"Số văn bản phải từ 1 trở lên, không nhận {paper.number}.")
    if type.addressees == "must" and not paper.addressees:
        raise UnfitPaperError(f"{type.name} phải có nơi “Kính gửi”. Hãy ghi nơi nhận trực tiếp giải quyết.")
    if type.addressees == "no" and paper.addressees:
        raise UnfitPaperError(f"{type.name} không có phần “Kính gửi”. Hãy chuyển các nơi này xuống “Nơi nhận”.")
    if not paper.signature.lines or not paper.signature.name:
        raise UnfitPaperError("Văn bản thiếu chức vụ hoặc họ tên người ký. Hãy ghi đủ.")
    law_day(paper.date)
    broad = [(paper.landscape, paper.body)]
    broad += [(annex.landscape, annex.blocks) for annex in paper.annexes if isinstance(annex, Annex)]
    if any(landscape and not _has_table(blocks) for landscape, blocks in broad):
        raise UnfitPaperError("Chỉ trình bày trang ngang khi có bảng, biểu. Hãy để trang dọc.")


def _has_table(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(b, Table) or (isinstance(b, Section) and _has_table(b.blocks)) for b in blocks)


def law_day(day: Day) -> date | None:
    """The day whose law holds: of a draft with blanks, the last day that it may be."""
    try:
        if day.month is None:
            return date(day.year, 12, 31)
        return date(day.year, day.month, day.day or 28)
    except ValueError as error:
        raise UnfitPaperError("Ngày ban hành không có thật. Hãy kiểm tra ngày, tháng, năm.") from error


def _basis(setting: Setting, paper: Paper, type: Type) -> str:
    """Who decides, on what basis, and the word of decision, where the type has them."""
    shown = ""
    if paper.issued_by and not type.calls:
        shown += setting.element("authority", paper.issued_by)
    last = len(paper.basis) - 1
    for at, line in enumerate(paper.basis):
        shown += setting.element("basis", ooxml.closed(line, "." if at == last else ";"))
    return shown + (setting.element("authority", type.resolves) if type.resolves else "")


def _contact(paper: Paper) -> str:
    """Cell 13: under a line across the page, at the foot of the first."""
    if not paper.contact:
        return ""
    line = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="2" w:color="000000"/></w:pBdr>'
    return ooxml.paragraph(style_id("contact"), ooxml.run(paper.contact), line)


def _page_number() -> str:
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return ooxml.paragraph(style_id("page_number"), field)


def _sections(layout: Layout, sections: list[tuple[str, bool]], *, contact: bool) -> str:
    """The sections one after the other: all but the last carry their page in a closing paragraph."""
    shown = []
    for at, (content, landscape) in enumerate(sections):
        page = _page(layout, landscape=landscape, first=at == 0, contact=contact)
        if at == len(sections) - 1:
            shown.append(content + (page if at == 0 else ooxml.paragraph("Blank") + page))
        elif at == 0:  # the closing's last paragraph is the section's last
            shown.append(content.removesuffix(ooxml.paragraph("Blank")) + ooxml.paragraph("Blank", "", page))
        else:
            shown.append(content + ooxml.paragraph("Blank", "", page))
    return "".join(shown)


def _page(layout: Layout, *, landscape: bool, first: bool, contact: bool) -> str:
    wide, high = ooxml.twips(layout.width), ooxml.twips(layout.height)
    size = f'w:w="{high}" w:h="{wide}" w:orient="landscape"' if landscape else f'w:w="{wide}" w:h="{high}"'
    m = layout.margins
    sides = " ".join(f'w:{s}="{ooxml.twips(getattr(m, s).written)}"' for s in ("top", "right", "bottom", "left"))
    edge = ooxml.twips(_HEADER_MM)
    foot = f'<w:footerReference w:type="first" r:id="footer{1 if first else 2}"/>' if contact else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="header1"/>{foot}<w:type w:val="nextPage"/>'
        f'<w:pgSz {size}/><w:pgMar {sides} w:header="{edge}" w:footer="{edge}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )
