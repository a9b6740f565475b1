"""Each rule of the checker breaks on a paper spoiled in that one place, and only sound papers pass."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from papers.copies import LETTER_COPIED, MARKED, PLAN_COPIED, SHEET
from papers.samples import DECISION, LETTER, MINUTES, PLAN, RULES_OF_WORK, papers
from papers.spoiling import (
    Spoil,
    after_end,
    cased,
    coloured,
    font,
    form,
    in_text_box,
    letters,
    moved_down,
    number_below,
    own,
    page,
    removed,
    rule_above,
    rule_aside,
    rule_beneath,
    say,
    shifted,
    spoiled,
    unpage,
)
from xulang.papers.checking.check import check
from xulang.papers.checking.components import components
from xulang.papers.checking.rules import rules
from xulang.papers.checking.sheet import open_sheet
from xulang.papers.layout import Element, layout_on, measured, types
from xulang.papers.paper import Paper, Paragraph, UnfitPaperError
from xulang.papers.writing.write import write
from xulang.reading.files.faults import RefusedError

LAYOUT = layout_on(None)
SAMPLES = {"PLAN": PLAN, "LETTER": LETTER, "DECISION": DECISION, "RULES_OF_WORK": RULES_OF_WORK, "MINUTES": MINUTES}
TO_ONE = replace(LETTER, addressees=("Ủy ban nhân dân các phường",))

# One spoiled paper for each rule that does not follow from a component's size, style, case and alignment.
SPOILED: dict[str, tuple[Paper | bytes, Spoil]] = {
    "page.size": (LETTER, page("pgSz", w="12240", h="15840")),
    "page.orientation": (replace(LETTER, addressees=("A",)), page("pgSz", w="16838", h="11906")),
    "page.margin_top": (LETTER, page("pgMar", top="850")),
    "page.margin_bottom": (LETTER, page("pgMar", bottom="1500")),
    "page.margin_left": (LETTER, page("pgMar", left="1134")),
    "page.margin_right": (LETTER, page("pgMar", right="1400")),
    "font.family": (LETTER, font("body", "Arial")),
    "font.unicode": (LETTER, font("body", ".VnTime")),
    "font.colour": (LETTER, coloured("body", "0000FF")),
    "page_number.present": (PLAN, lambda parts: [unpage("headerReference", i)(parts) for i in range(3)] and None),
    "page_number.top": (PLAN, number_below()),
    "page_number.first_hidden": (PLAN, unpage("titlePg")),
    "page_number.from_one": (PLAN, page("pgNumType", start="3")),
    "page_number.arabic": (PLAN, page("pgNumType", fmt="upperRoman")),
    "national_name.words": (LETTER, say("national_name", "NGHĨA VIỆT", "NGHIÃ VIỆT")),
    "motto.words": (LETTER, say("motto", "Độc lập - Tự do", "Độc lập-Tự do")),
    "motto.rule": (LETTER, rule_beneath("motto", None)),
    "motto.rule_length": (LETTER, rule_beneath("motto", 100)),
    "motto.single_line": (LETTER, form("motto", "spacing", line="360")),
    "issuer.rule": (LETTER, rule_beneath("issuer", None)),
    "issuer.rule_length": (LETTER, rule_beneath("issuer", 0)),
    "issuer.rule_centred": (LETTER, rule_aside("issuer", 700)),
    "issuer.single_line": (LETTER, form("issuer", "spacing", line="360")),
    "number.word": (LETTER, say("number", "Số:", "SỐ:")),
    "number.colon": (LETTER, say("number", "Số:", "Số")),
    "number.padded": (PLAN, say("number", "07", "7")),
    "number.slash": (LETTER, say("number", "12/VHTT", "12 VHTT")),
    "number.hyphens": (LETTER, say("number", "VHTT-TT", "VHTT - TT")),
    "number.upper": (LETTER, say("number", "VHTT-TT", "Vhtt-TT")),
    "number.type": (PLAN, say("number", "KH-UBND", "BC-UBND")),
    "place_date.capitals": (LETTER, say("place_date", "Mường Hoa,", "Mường hoa,")),
    "place_date.comma": (LETTER, say("place_date", "Mường Hoa,", "Mường Hoa")),
    "place_date.padded": (PLAN, say("place_date", "tháng 02", "tháng 2")),
    "place_date.complete": (LETTER, say("place_date", "tháng 3", "tháng ba")),
    "place_date.same_line": (LETTER, moved_down("place_date")),
    "type_name.present": (PLAN, removed("type_name")),
    "title.present": (PLAN, removed("title")),
    "title.rule": (PLAN, rule_beneath("title", None)),
    "title.rule_length": (PLAN, rule_beneath("title", 100)),
    "title.rule_centred": (PLAN, rule_aside("title", 2000)),
    "subject.vv": (LETTER, say("subject", "V/v cử", "Về việc cử")),
    "subject.gap": (LETTER, form("subject", "spacing", before="0")),
    "basis.semicolon": (DECISION, say("basis", "địa phương;", "địa phương,")),
    "basis.period": (DECISION, say("basis", "và Thông tin.", "và Thông tin;")),
    "division.roman": (RULES_OF_WORK, say("division_label", "Chương I", "Chương 1")),
    "division.arabic": (RULES_OF_WORK, say("division_label", "Mục 1", "Mục I")),
    "division.own_line": (RULES_OF_WORK, say("division_label", "Chương I", "Chương I. Quy định")),
    "division.title": (RULES_OF_WORK, removed("division_title")),
    "roman_heading.dot": (PLAN, say("roman_heading", "I. MỤC", "I/ MỤC")),
    "roman_heading.case": (PLAN, say("roman_heading", "MỤC ĐÍCH, YÊU CẦU", "Mục đích, yêu cầu")),
    "article_heading.dot": (DECISION, say("article_heading", "Điều 2.", "Điều 2:")),
    "article_heading.indent": (DECISION, form("article_heading", "ind", firstLine="0")),
    "article_heading.as_body": (DECISION, letters("article_heading", sz="26")),
    "clause_heading.as_body": (PLAN, letters("clause_heading", sz="26")),
    "clause.dot": (PLAN, say("body", "2. Mở", "2/ Mở")),
    "point.parenthesis": (PLAN, say("body", "a) Lớp", "a. Lớp")),
    "point.alphabet": (PLAN, say("body", "đ) Lớp", "e) Lớp")),
    "body.indent": (PLAN, form("body", "ind", firstLine="300")),
    "body.gap": (LETTER, form("body", "spacing", before="40")),
    "body.line_least": (LETTER, form("body", "spacing", line="200")),
    "body.line_most": (LETTER, form("body", "spacing", line="480")),
    "signer_authority.abbreviation": (PLAN, say("signer_authority", "KT. CHỦ", "KT CHỦ")),
    "signer_authority.own_post": (PLAN, say("signer_authority", "PHÓ CHỦ TỊCH", "")),
    "signer_name.no_titles": (LETTER, say("signer_name", "Vàng", "TS. Vàng")),
    "addressees.present": (LETTER, removed("addressees")),
    "addressees.unwanted": (PLAN, say("body", "Thực hiện Kế hoạch số 61", "Kính gửi: Sở Văn hóa số 61")),
    "addressees.colon": (TO_ONE, say("addressees", "Kính gửi:", "Kính gửi")),
    "addressees.one_line": (LETTER, say("addressees", "- Trung tâm Văn hóa, Thể thao và Truyền thông.", "")),
    "addressees.dashes": (LETTER, say("addressees", "- Ủy ban", "Ủy ban")),
    "addressees.in_line": (LETTER, shifted("addressees", "- Ủy ban", 600)),
    "addressees.ends": (LETTER, say("addressees", "phường, xã;", "phường, xã")),
    "recipients_word.colon": (LETTER, say("recipients_word", "nhận:", "nhận")),
    "recipients_word.same_line": (LETTER, moved_down("recipients_word")),
    "recipients.dash": (PLAN, say("recipients", "- Các", "Các")),
    "recipients.left_edge": (PLAN, form("recipients", "ind", left="400")),
    "recipients.semicolon": (PLAN, say("recipients", "phòng, ban;", "phòng, ban,")),
    "recipients.filed": (PLAN, say("recipients", "Lưu: VT", "Lưu VP")),
    "recipients.period": (LETTER, say("recipients", "VT.", "VT")),
    "recipients.as_above": (LETTER, say("recipients", "Như trên", "Văn phòng")),
    "urgency.frame": (PLAN, own("urgency", "pBdr")),
    "urgency.frame_size": (PLAN, own("urgency", "ind")),
    "urgency.red": (PLAN, coloured("urgency", "000000")),
    "circulation.frame": (PLAN, own("circulation", "pBdr")),
    "contact.line": (PLAN, own("contact", "pBdr")),
    "annex.roman": (PLAN, say("annex_label", "Phụ lục II", "Phụ lục 2")),
    "annex.mentioned": (PLAN, say("body", "Phụ lục I và Phụ lục II kèm theo", "bảng sau")),
    "annex.reference": (PLAN, removed("annex_reference")),
    "annex_reference.words": (PLAN, say("annex_reference", "ngày", "năm")),
    "annex.own_pages": (PLAN, unpage("pgNumType", 1)),
    "copy_form.words": (LETTER_COPIED, say("copy_form", "SAO Y", "SAO Y BẢN CHÍNH")),
    "copy_form.symbol": (LETTER_COPIED, say("copy_number", "SY-UBND", "SL-UBND")),
    "copy_form.line": (LETTER_COPIED, rule_above("copy_form", None)),
    "copy_form.last": (LETTER_COPIED, after_end("Phụ lục")),
    "copy_mark.words": (MARKED, say("copy_mark", "08:05:09 +07:00", "")),
}  # fmt: skip


def base(element: str) -> bytes:
    """The first sample that has the component."""
    written = [*map(write, SAMPLES.values()), MARKED]
    sound = (data for data in written if components(open_sheet(data)).of(element))
    return next(sound, LETTER_COPIED)


def derived(element: Element) -> dict[str, Spoil]:
    """The spoiled papers for what a layout says of a component."""
    name = element.id
    spoils: dict[str, Spoil] = {
        f"{name}.present": removed(name),
        f"{name}.size": letters(name, sz="44"),
        f"{name}.style": letters(name, b="0") if element.bold else letters(name, b="1"),
        f"{name}.case": cased(name, upper=element.case == "lower"),
        f"{name}.align": form(name, "jc", val="right"),
    }
    if name == "body":
        spoils["body.style"] = letters(name, i="1")
    return {rule: spoil for rule, spoil in spoils.items() if rule in rules(LAYOUT) and rule not in SPOILED}


DERIVED = {rule: (e.id, spoil) for e in LAYOUT.elements.values() for rule, spoil in derived(e).items()}


def test_every_rule_has_a_spoiled_paper() -> None:
    assert set(rules(LAYOUT)) == set(SPOILED) | set(DERIVED)


@pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES)
def test_sound_papers_pass(paper: Paper) -> None:
    assert check(write(paper)) == []


@pytest.mark.parametrize("rule", SPOILED)
def test_rule_breaks(rule: str) -> None:
    paper, spoil = SPOILED[rule]
    data = paper if isinstance(paper, bytes) else write(paper)
    found = [b.rule.id for b in check(spoiled(data, spoil))]
    assert rule in found


@pytest.mark.parametrize("rule", DERIVED)
def test_rule_of_a_component_breaks(rule: str) -> None:
    element, spoil = DERIVED[rule]
    data = write(LETTER) if rule == "body.present" else base(element)
    found = [b.rule.id for b in check(spoiled(data, spoil))]
    assert rule in found


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(papers())
def test_own_papers_are_clean(paper: Paper) -> None:
    assert check(write(paper)) == []


# What is wrong in a copy's own block, or about it, as in the paper itself, and in which sample.
IN_COPIES = [
    ("issuer.rule", PLAN_COPIED, rule_beneath("copy_issuer", None)),
    ("issuer.size", SHEET, letters("copy_issuer", sz="44")),
    ("place_date.present", LETTER_COPIED, removed("copy_place_date")),
    ("number.padded", LETTER_COPIED, say("copy_number", "03/", "3/")),
    ("number.colon", SHEET, say("copy_number", "Số:", "Số")),
    ("place_date.padded", PLAN_COPIED, say("copy_place_date", "tháng 3", "tháng 03")),
    ("signer_authority.abbreviation", LETTER_COPIED, say("copy_signer_authority", "TL.", "T/L")),
    ("signer_name.no_titles", LETTER_COPIED, say("copy_signer_name", "Lò", "ThS. Lò")),
    ("recipients.filed", SHEET, say("copy_recipients", "Lưu: VT", "Lưu: HS")),
    ("recipients_word.present", PLAN_COPIED, removed("copy_recipients_word")),
    ("copy_form.line", SHEET, rule_above("copy_form", 1500)),
    ("page.size", SHEET, page("pgSz", w="12240", h="15840")),
    ("font.family", SHEET, font("copy_form", "Arial")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "data", "spoil"), IN_COPIES, ids=[row[0] for row in IN_COPIES])
def test_rule_breaks_in_a_copy(rule: str, data: bytes, spoil: Spoil) -> None:
    assert rule in [b.rule.id for b in check(spoiled(data, spoil))]


def of_type(code: str) -> Paper:
    """A paper of the type with all that its form asks for, and no more."""
    kind = types()[code]
    return replace(
        LETTER,
        type=code,
        symbol=f"{code}-UBND" if kind.in_symbol else "UBND-VX",
        title="Về công tác thông tin đối ngoại",
        addressees=("Ủy ban nhân dân tỉnh Sơn Khê",) if kind.addressees == "must" else (),
        issued_by="Ủy ban nhân dân phường Bản Lau" if kind.resolves or kind.calls else "",
        basis=("Căn cứ Luật Tổ chức chính quyền địa phương",) if kind.resolves else (),
    )


@pytest.mark.parametrize("code", [code for code, kind in types().items() if kind.form])
def test_each_type_of_the_decree_is_written_clean(code: str) -> None:
    assert check(write(of_type(code))) == []


def test_the_types_of_the_decree() -> None:
    """Nghị định 30/2020/NĐ-CP, Điều 7: twenty-nine; Phụ lục III: two have no abbreviation, one of them no template."""
    assert len(types()) == 29
    assert [code for code, kind in types().items() if not kind.form] == ["Thư công"]
    with pytest.raises(UnfitPaperError, match="không có mẫu cho Thư công"):
        write(of_type("Thư công"))
    assert {code for code, kind in types().items() if not kind.in_symbol} == {"CV", "Thư công"}


# A stamp in a text box: as the decree has it, too wide, without an outline.
@pytest.mark.parametrize(
    ("wide", "outlined", "broken"), [(20, True, []), (60, True, ["urgency.frame_size"]), (20, False, ["urgency.frame"])]
)
def test_a_stamp_in_a_text_box(wide: float, outlined: bool, broken: list[str]) -> None:
    data = spoiled(write(replace(PLAN, urgency="KHẨN")), in_text_box("urgency", wide, outlined=outlined))
    assert [b.rule.id for b in check(data)] == broken


def test_a_breach_tells_article_and_place() -> None:
    [broken] = check(spoiled(write(LETTER), say("number", "12/VHTT", "12 VHTT")))
    assert broken.rule.article == "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.3.c"
    assert broken.words == "Số: 12 VHTT-TT"
    assert broken.paragraph == 7


# Under the type's name: a numbered part is no title; a title may begin with a number, or stand at the left.
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("1. Giao Phòng Văn hóa chủ trì thực hiện.", False),
        ("II. Nhiệm vụ", False),
        ("01 năm thực hiện Kế hoạch số 12", True),
        ("Thông tin đối ngoại năm 2026", True),
    ],
)
def test_a_numbered_part_is_no_title(words: str, title: bool) -> None:
    broken = check(spoiled(write(PLAN), say("title", PLAN.title, words), form("title", "jc", val="both")))
    assert ("title.present" not in {b.rule.id for b in broken}) is title


def test_measures_are_said_as_vietnamese_writes_them() -> None:
    assert [measured(value) for value in (13.0, 31.75, 0.5)] == ["13", "31,8", "0,5"]


def test_not_a_word_file() -> None:
    with pytest.raises(RefusedError):
        check(b"no zip at all")


def test_papers_of_the_party_have_their_own_form() -> None:
    data = spoiled(write(LETTER), say("national_name", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "ĐẢNG CỘNG SẢN"))
    with pytest.raises(UnfitPaperError, match="quy định của Đảng"):
        check(data)


def test_a_day_in_the_text_is_not_the_heads() -> None:
    paper = replace(LETTER, body=(Paragraph("Thời gian: từ ngày 20 tháng 3 năm 2026"), *LETTER.body))
    assert check(write(paper)) == []


def test_before_the_oldest_edition() -> None:
    with pytest.raises(UnfitPaperError, match="05/03/2020"):
        layout_on(date(2019, 12, 31))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_papers_saved_again_by_libreoffice_are_clean(tmp_path: Path) -> None:
    files = {name: write(paper) for name, paper in SAMPLES.items()}
    files |= {"COPIED": PLAN_COPIED, "SHEET": SHEET, "MARKED": MARKED}
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    again = tmp_path / "again"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", again, *sorted(tmp_path.glob("*.docx"))],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    broken = {name: check((again / f"{name}.docx").read_bytes()) for name in files}
    assert broken == {name: [] for name in files}
