"""Digital PDF is read by its geometry: columns, tables, paragraphs over lines and pages."""

import pytest

from reading.files.printed import WIDTH, Sheet
from xulang.reading.files.document import Document
from xulang.reading.files.draft import is_broken
from xulang.reading.files.opening import open_document

LONG = (
    "Phòng Kinh tế chủ trì, phối hợp với các thôn rà soát toàn bộ tuyến đường bị hư hỏng sau mưa lũ, lập danh mục, "
    "đề xuất phương án sửa chữa và báo cáo Ủy ban nhân dân xã xem xét, quyết định theo thẩm quyền."
)


def lines(document: Document) -> list[tuple[int | None, str]]:
    return [(line.column, line.at.of(document.text)) for line in document.lines]


def test_lines_become_paragraphs() -> None:
    sheet = Sheet()
    y = sheet.paragraph(100, LONG)
    y = sheet.paragraph(y, "- " + LONG)
    sheet.paragraph(y, "2. " + LONG)
    found = open_document(sheet.bytes())
    assert lines(found) == [(None, LONG), (None, "- " + LONG), (None, "2. " + LONG)]
    assert (found.media_type, found.pages, found.ocr) == ("application/pdf", 1, False)


def test_a_paragraph_goes_on_over_the_page() -> None:
    """The page number between is left out, and the broken code is made whole."""
    sheet = Sheet()
    sheet.paragraph(60, LONG)
    sheet.text(113, 740, "Thực hiện Kế hoạch công tác năm của Ủy ban nhân dân tỉnh tại Văn bản số 12-")
    sheet.centred(WIDTH / 2, 815, "1").page()
    sheet.text(85, 60, "KH/TU ngày 03/4/2026.").centred(WIDTH / 2, 30, "2")
    sheet.paragraph(90, LONG)
    found = open_document(sheet.bytes())
    assert lines(found)[1] == (
        None,
        "Thực hiện Kế hoạch công tác năm của Ủy ban nhân dân tỉnh tại Văn bản số 12-KH/TU ngày 03/4/2026.",
    )
    assert [line.page for line in found.lines] == [1, 1, 2]


def test_running_heads_are_left_out() -> None:
    sheet = Sheet()
    for number in range(1, 4):
        sheet.text(85, 30, f"Văn phòng UBND xã – trang {number}")
        sheet.paragraph(100, LONG)
        sheet.page()
    assert [text for _, text in lines(open_document(sheet.bytes()))] == [LONG] * 3


def test_what_a_registry_filled_in_is_read() -> None:
    """Number and day are fields of signatures, no part of the page's text; who signed by machine is not the paper's."""
    sheet = Sheet()
    sheet.centred(160, 60, "SỞ Y TẾ", bold=True).centred(400, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    sheet.text(110, 100, "Số:").text(165, 100, "/KH-SYT").field(132, 100, "228")
    sheet.text(310, 100, "Mường Hoa, ngày").text(430, 100, "tháng 5 năm 2026").field(404, 100, "07")
    sheet.paragraph(180, LONG)
    sheet.field(300, 400, "Ky boi: So Y te 07/5/2026")
    found = [" ".join(words.split()) for _, words in lines(open_document(sheet.bytes()))]
    assert "Số: 228 /KH-SYT" in found
    assert "Mường Hoa, ngày 07 tháng 5 năm 2026" in found
    assert not any("boi" in words for words in found)


def headed(sheet: Sheet) -> Sheet:
    sheet.centred(160, 60, "ỦY BAN NHÂN DÂN", bold=True).centred(
        400, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True
    )
    sheet.centred(160, 76, "XÃ MƯỜNG HOA", bold=True).centred(400, 76, "Độc lập - Tự do - Hạnh phúc", bold=True)
    sheet.centred(160, 100, "Số: 12/KH-UBND").centred(400, 100, "Mường Hoa, ngày 03 tháng 5 năm 2026")
    sheet.centred(312, 130, "KẾ HOẠCH", bold=True)
    return sheet


def test_the_heading_is_read_left_side_first() -> None:
    sheet = headed(Sheet())
    sheet.paragraph(160, LONG)
    assert lines(open_document(sheet.bytes())) == [
        (0, "ỦY BAN NHÂN DÂN"),
        (0, "XÃ MƯỜNG HOA"),
        (0, "Số: 12/KH-UBND"),
        (1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (1, "Độc lập - Tự do - Hạnh phúc"),
        (1, "Mường Hoa, ngày 03 tháng 5 năm 2026"),
        (None, "KẾ HOẠCH"),
        (None, LONG),
    ]


def test_looks() -> None:
    sheet = headed(Sheet())
    sheet.paragraph(160, LONG)
    title, body = open_document(sheet.bytes()).lines[-2:]
    assert (title.bold, title.align) == (True, "center")
    assert (body.bold, body.align, body.indent) == (False, None, 28.0)


@pytest.mark.parametrize("authority_first", [True, False])
def test_the_signature_row(authority_first: bool) -> None:
    """Nơi nhận may begin beside the authority line or below it."""
    sheet = Sheet()
    sheet.paragraph(100, LONG)
    top = 200
    sheet.centred(420, top, "TM. ỦY BAN NHÂN DÂN", bold=True).centred(420, top + 17, "CHỦ TỊCH", bold=True)
    y = top + (25 if authority_first else 0)
    for words in ("Nơi nhận:", "- Như trên;", "- Các thôn, bản;", "- Lưu: VT."):
        sheet.text(85, y, words, size=11)
        y += 13
    sheet.centred(420, top + 90, "Lò Văn Ất", bold=True)
    assert lines(open_document(sheet.bytes()))[1:] == [
        (0, "Nơi nhận:"),
        (0, "- Như trên;"),
        (0, "- Các thôn, bản;"),
        (0, "- Lưu: VT."),
        (1, "TM. ỦY BAN NHÂN DÂN"),
        (1, "CHỦ TỊCH"),
        (1, "Lò Văn Ất"),
    ]


ROWS = [
    ["TT", "Nhiệm vụ", "Đơn vị", "Thời hạn"],
    ["1", "Sửa đường liên thôn", "Phòng Kinh tế", "30/6/2026"],
    ["2", "Nạo vét mương", "Thôn Bản Lài", "Quý III"],
]


def test_tables_with_drawn_lines() -> None:
    sheet = Sheet()
    y = sheet.paragraph(100, LONG)
    y = sheet.table(y, [85, 115, 300, 430, 540], ROWS)
    sheet.paragraph(y, LONG)
    found = open_document(sheet.bytes())
    assert [text for _, text in lines(found)] == [LONG, *("\t".join(row) for row in ROWS), LONG]
    assert [[cell.column for cell in row] for row in found.tables[0].rows] == [[0, 1, 2, 3]] * 3


def test_tables_by_their_columns_alone() -> None:
    sheet = Sheet()
    y = sheet.paragraph(100, LONG)
    for row in ROWS:
        for x, words in zip((85, 120, 300, 440), row, strict=True):
            sheet.text(x, y, words)
        y += 18
    sheet.paragraph(y + 20, LONG)
    found = open_document(sheet.bytes())
    assert [text for _, text in lines(found)] == [LONG, *("\t".join(row) for row in ROWS), LONG]


def test_a_table_goes_on_over_the_page() -> None:
    """Its repeated heading is left out, and a row broken by the page is made whole."""
    sheet = Sheet()
    sheet.table(700, [85, 115, 300, 430, 540], ROWS[:2])
    sheet.page()
    rest = [ROWS[0], ["", "và cống qua đường", "", ""], ROWS[2]]
    sheet.table(60, [85, 115, 300, 430, 540], rest)
    found = open_document(sheet.bytes())
    assert [text for _, text in lines(found)] == [
        "TT\tNhiệm vụ\tĐơn vị\tThời hạn",
        "1\tSửa đường liên thôn và cống qua đường\tPhòng Kinh tế\t30/6/2026",
        "2\tNạo vét mương\tThôn Bản Lài\tQuý III",
    ]
    assert (len(found.tables), found.tables[0].header_rows) == (1, 1)


def test_notes_at_the_foot_stand_at_the_end() -> None:
    sheet = Sheet()
    y = sheet.paragraph(100, LONG)
    for _ in range(5):
        y = sheet.paragraph(y, LONG)
    sheet.text(85, 760, "1 Chú thích của trang.", size=9).page()
    sheet.paragraph(60, LONG)
    assert lines(open_document(sheet.bytes()))[-1] == (None, "1 Chú thích của trang.")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (Sheet().text(85, 100, "mật").bytes(password="khóa"), "encrypted"),
        (Sheet().text(85, 100, "hỏng").bytes()[:200], "unreadable"),
        (Sheet().page().bytes(), "empty"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    found = open_document(data)
    assert (found.text, [fault.code for fault in found.faults]) == ("", [code])


BROKEN = [
    # a code after its dash, a range after its slash, a date within its year
    ("61/KH-", "UBND", True),
    ("28/02/202", "6", True),
    ("Tháng 10/20", "26", True),
    # a number that begins the next line, and a year that is whole
    ("tại thôn 10/20", "hộ", False),
    ("xong trước 28/02/2026", "6", False),
    ("đạt 10/15", "2 hộ", False),
]


@pytest.mark.parametrize(("above", "line", "broken"), BROKEN)
def test_what_a_narrow_line_broke(above: str, line: str, broken: bool) -> None:
    assert is_broken(above, line) is broken
