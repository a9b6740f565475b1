"""Looks resolved through defaults, theme, styles and direct settings; heads set with tabs; rules drawn in every way."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from xulang.papers.checking.check import check
from xulang.papers.checking.components import components
from xulang.papers.checking.sheet import Line, open_sheet, straight_lines


def lines(build: Callable[[Document], object]) -> list[Line]:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return [line for line in open_sheet(out.getvalue()).lines if line.text]


def test_theme_font_and_size_of_the_template() -> None:
    # python-docx's own template names fonts by theme and its size in the defaults
    [line] = lines(lambda d: d.add_paragraph("Kế hoạch"))
    letters = line.pieces[0].letters
    assert (letters.ascii_font, letters.other_font, letters.size) == ("Cambria", "Cambria", 11.0)


def test_styles_based_on_styles() -> None:
    def build(d: Document) -> None:
        base = d.styles.add_style("Gốc", WD_STYLE_TYPE.PARAGRAPH)
        base.font.name, base.font.size, base.font.bold = "Times New Roman", Pt(13), True
        base.paragraph_format.space_before = Pt(6)
        child = d.styles.add_style("Con", WD_STYLE_TYPE.PARAGRAPH)
        child.base_style = base
        child.font.italic = True
        child.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        d.add_paragraph("chữ", style="Con")

    [line] = lines(build)
    letters = line.pieces[0].letters
    assert (letters.ascii_font, letters.size, letters.bold, letters.italic) == ("Times New Roman", 13.0, True, True)
    assert (line.form.align, line.form.before) == ("center", 120)


def test_bold_of_two_styles_cancels_and_direct_bold_holds() -> None:
    def build(d: Document) -> None:
        paragraph = d.styles.add_style("Đậm", WD_STYLE_TYPE.PARAGRAPH)
        paragraph.font.bold = True
        character = d.styles.add_style("Chữ đậm", WD_STYLE_TYPE.CHARACTER)
        character.font.bold = True
        p = d.add_paragraph(style="Đậm")
        p.add_run("hai kiểu", style="Chữ đậm")
        p.add_run("trực tiếp", style="Chữ đậm").bold = True
        p.add_run("không").bold = False

    [line] = lines(build)
    assert [p.letters.bold for p in line.pieces] == [False, True, False]


def test_capitals_by_look_are_capitals() -> None:
    def build(d: Document) -> None:
        d.add_paragraph().add_run("mục đích").font.all_caps = True

    assert lines(build)[0].text == "MỤC ĐÍCH"


def test_head_set_with_tabs() -> None:
    def build(d: Document) -> None:
        d.add_paragraph("ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        d.add_paragraph("XÃ BẢN LAU\tĐộc lập - Tự do - Hạnh phúc")
        d.add_paragraph("Số: 05/KH-UBND\tBản Lau, ngày 04 tháng 3 năm 2026")
        d.add_paragraph("KẾ HOẠCH")
        d.add_paragraph("Làm đường năm 2026")

    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    found = components(open_sheet(out.getvalue()))
    told = {name: [line.text for line in found.of(name)] for name in found.found}
    assert told["issuer"] == ["ỦY BAN NHÂN DÂN", "XÃ BẢN LAU"]
    assert told["motto"] == ["Độc lập - Tự do - Hạnh phúc"]
    assert told["number"] == ["Số: 05/KH-UBND"]
    assert told["place_date"] == ["Bản Lau, ngày 04 tháng 3 năm 2026"]
    assert (found.type, told["title"]) == ("KH", ["Làm đường năm 2026"])


_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICT = f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
DRAWN = [
    # a line of DrawingML, 2 cm
    (
        f'<w:drawing {nsdecls("w")} xmlns:wp="{_WP}" xmlns:a="{_A}"><wp:anchor><wp:extent cx="720000" cy="0"/>'
        '<a:prstGeom prst="line"/></wp:anchor></w:drawing>',
        1134,
    ),
    # lines of VML, by their ends or by their style
    (f'{_PICT}<v:line from="10pt,0" to="66.7pt,0"/></w:pict>', 1134),
    (
        f'{_PICT}<v:shape style="width:2cm;height:0"/></w:pict>',
        1134,
    ),
    # a box with words is no rule
    (
        f'{_PICT}<v:shape style="width:2cm;height:0">'
        "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict>",
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "long"), DRAWN)
def test_drawn_rules(xml: str, long: int | None) -> None:
    found = straight_lines(parse_xml(xml))
    assert found == ([] if long is None else [pytest.approx(long, abs=1)])


@pytest.mark.parametrize("way", ["border", "dashes", "underline"])
def test_rules_beneath_in_every_way(way: str) -> None:
    def build(d: Document) -> None:
        for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
            p = d.add_paragraph()
            run = p.add_run(words)
            run.font.name, run.font.size, run.bold = "Times New Roman", Pt(13), True
            run._r.get_or_add_rPr().rFonts.set(qn("w:hAnsi"), "Times New Roman")
            run.underline = way == "underline" and words.startswith("Độc")
        if way == "dashes":
            run = d.add_paragraph().add_run("_" * 24)
            run.font.name, run.font.size = "Times New Roman", Pt(13)
        if way == "border":
            ppr = p._p.get_or_add_pPr()
            room = 8640 - 3160  # as long as the words
            ppr.append(parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="4"/></w:pBdr>'))
            ppr.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="{room // 2}" w:right="{room // 2}"/>'))

    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    broken = {b.rule.id for b in check(out.getvalue())}
    assert not broken & {"motto.rule", "motto.rule_length"}
