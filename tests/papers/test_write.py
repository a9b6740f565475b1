"""The writer: bytes that repeat, XML that Word takes, hostile words, sections, tables, and papers that do not fit."""

import io
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from papers.samples import DECISION, LETTER, MINUTES, PLAN, papers
from papers.spoiling import W
from xulang.papers.checking.check import check
from xulang.papers.paper import (
    Annex,
    Column,
    Day,
    Level,
    Paper,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
    UnfitPaperError,
)
from xulang.papers.writing.write import write

# The order in which the standard wants the children (ECMA-376 Part 1, annex A); Word refuses files that break it.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr shd tabs spacing ind contextualSpacing jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs caps color sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg",
    "style": "name basedOn next qFormat pPr rPr",
    "pBdr": "top left bottom right between",
    "tblBorders": "top left bottom right insideH insideV",
}


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: etree.fromstring(file.read(name)) for name in file.namelist()}


def disorder(data: bytes) -> list[str]:
    """Elements whose children stand in another order, or are not known here."""
    found = []
    for name, root in parts(data).items():
        for tag, order in ORDER.items():
            for element in root.iter(W + tag):
                places = [order.split().index(child.tag.removeprefix(W)) for child in element]
                if places != sorted(places):
                    found.append(f"{name}: {tag} {[c.tag for c in element]}")
    return found


@pytest.mark.parametrize("paper", [PLAN, LETTER, DECISION, MINUTES], ids=["plan", "letter", "decision", "minutes"])
def test_bytes_repeat_and_children_stand_in_order(paper: Paper) -> None:
    assert write(paper) == write(replace(paper))
    assert disorder(write(paper)) == []


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(papers())
def test_any_paper_opens_in_another_program(paper: Paper) -> None:
    data = write(paper)
    assert disorder(data) == []
    opened = docx.Document(io.BytesIO(data))
    assert len(opened.sections) == 1 + len(paper.annexes)
    broad = [paper.landscape, *(annex.landscape for annex in paper.annexes)]  # type: ignore[union-attr]
    assert [s.orientation == WD_ORIENT.LANDSCAPE for s in opened.sections] == broad
    assert all(s.different_first_page_header_footer for s in opened.sections)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_words_are_written_as_they_are(words: str) -> None:
    paper = replace(LETTER, body=(Paragraph(f"[{words}]"), Table((Column("a"),), (Row((words,)),))))
    texts = "".join("".join(root.itertext()) for root in parts(write(paper)).values())
    kept = "".join(c for c in unicodedata.normalize("NFC", words) if c in "\t\n\r" or _allowed(c))
    assert "".join(kept.split()) in "".join(texts.split())


def _allowed(char: str) -> bool:
    point = ord(char)
    return point >= 0x20 and not 0xD800 <= point <= 0xDFFF and point not in (0xFFFE, 0xFFFF)


def test_python_docx_sees_the_head() -> None:
    opened = docx.Document(io.BytesIO(write(LETTER)))
    head = opened.tables[0]
    assert head.cell(0, 0).text.startswith("UBND THÀNH PHỐ MƯỜNG HOA\nPHÒNG VĂN HÓA\nVÀ THÔNG TIN")
    assert head.cell(0, 1).text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert head.cell(1, 0).text == "Số: 12/VHTT-TT\nV/v cử cán bộ dự lớp tập huấn"
    assert head.cell(1, 1).text == "Mường Hoa, ngày 20 tháng 3 năm 2026"
    assert opened.core_properties.title == "cử cán bộ dự lớp tập huấn"


def test_annex_table() -> None:
    opened = docx.Document(io.BytesIO(write(PLAN)))
    annex = next(t for t in opened.tables if t.cell(0, 0).text == "TT" and t is not opened.tables[1])
    assert [c.text for c in annex.rows[0].cells] == [
        "TT", "Nội dung nhiệm vụ", "Đơn vị", "Đơn vị", "Thời hạn", "Kinh phí (đồng)",
    ]  # fmt: skip
    assert [c.text for c in annex.rows[1].cells][2:4] == ["Chủ trì", "Phối hợp"]
    assert {c.text for c in annex.rows[2].cells} == {"A. Quảng bá"}
    repeated = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in annex.rows]
    assert repeated == [True, True, False, False, False]


LABELS = [
    # a clause in a clause takes its number along
    (
        (Section(Level.CLAUSE, "Việc", (Section(Level.CLAUSE, "", (Paragraph("Một."),)),)),),
        ["1. Việc", "1.1. Một./."],
    ),
    # articles are numbered through the whole body, chapters in Roman
    (
        tuple(
            Section(Level.CHAPTER, "Phần chung", (Section(Level.ARTICLE, "Tên", (Paragraph("Lời."),)),)) for _ in "ab"
        ),
        ["Chương I", "PHẦN CHUNG", "Điều 1. Tên", "Lời.", "Chương II", "PHẦN CHUNG", "Điều 2. Tên", "Lời./."],
    ),
    # the fifth point is đ
    (
        (
            Section(
                Level.CLAUSE, "", (Paragraph("Gồm:"), *(Section(Level.POINT, "", (Paragraph(c),)) for c in "ABCDE"))
            ),
        ),
        ["1. Gồm:", "a) A", "b) B", "c) C", "d) D", "đ) E./."],
    ),
]


@pytest.mark.parametrize(("body", "shown"), LABELS)
def test_labels(body: tuple[Section, ...], shown: list[str]) -> None:
    opened = docx.Document(io.BytesIO(write(replace(LETTER, body=body))))
    texts = [p.text for p in opened.paragraphs if p.text]
    start = next(i for i, text in enumerate(texts) if not text.startswith(("Kính gửi", "- ")))
    assert texts[start:] == shown


UNFIT = [
    (replace(LETTER, type="XX"), "Không có loại văn bản"),
    (replace(LETTER, addressees=()), "Kính gửi"),
    (replace(PLAN, addressees=("Sở Nội vụ",)), "không có phần"),
    (replace(LETTER, number=0), "từ 1 trở lên"),
    (replace(LETTER, date=Day(2026, 2, 30)), "không có thật"),
    (replace(LETTER, date=Day(2019, 5, 6)), "Chưa có thể thức"),
    (replace(LETTER, signature=Signature((), "A")), "người ký"),
    (replace(LETTER, landscape=True), "trang ngang"),
]


@pytest.mark.parametrize(("paper", "sentence"), UNFIT, ids=[sentence for _, sentence in UNFIT])
def test_unfit_papers(paper: Paper, sentence: str) -> None:
    with pytest.raises(UnfitPaperError, match=sentence):
        write(paper)


def test_long_tables_lie_across_and_repeat_their_headings_as_printed(tmp_path: Path) -> None:
    """A body across with its table, an annex across, one upright: what LibreOffice prints of them, page by page."""

    def table(mark: str) -> Table:
        columns = (Column("TT", 0.6), Column(f"Cột {mark}", 4), Column("Kinh phí", 1, group="Trong đó"))
        return Table(columns, tuple(Row((str(n), f"Việc thứ {n}", "1.000")) for n in range(1, 61)))

    blocks = (Paragraph("Danh mục tại Phụ lục I và Phụ lục II kèm theo."), table("A"))
    annexes = (Annex("Danh mục việc", (table("B"),), landscape=True), Annex("Danh mục nơi", (table("C"),)))
    paper = replace(LETTER, body=blocks, landscape=True, annexes=annexes)
    assert check(write(paper)) == []
    (tmp_path / "bang.docx").write_bytes(write(paper))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", tmp_path, tmp_path / "bang.docx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    seen: dict[str, list[tuple[bool, bool]]] = {mark: [] for mark in "ABC"}
    mark = "A"
    for page in pypdfium2.PdfDocument(tmp_path / "bang.pdf"):
        words = " ".join(page.get_textpage().get_text_range().split())
        mark = next((one for one in "ABC" if f"Cột {one}" in words), mark)
        if "Việc thứ" in words:
            heads = [f"Cột {mark}" in words, "Trong đó" in words, "Kinh phí" in words]
            seen[mark].append((page.get_width() > page.get_height(), all(heads)))
    assert all(len(pages) > 1 for pages in seen.values())
    assert {mark: set(pages) for mark, pages in seen.items()} == {
        "A": {(True, True)},
        "B": {(True, True)},
        "C": {(False, True)},
    }
