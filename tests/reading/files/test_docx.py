"""Word files are read as Word would print them."""

import pytest

from reading.files.word_xml import NAMESPACES, abstract, docx, level, num, p, r, row, table, tc
from xulang.reading.files.document import Document
from xulang.reading.files.opening import open_document


def read(body: str, **parts: str) -> Document:
    return open_document(docx(body, **parts))


def printed(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.split("\n")[:-1]


BOX = "<w:txbxContent>" + p("trong khung") + "</w:txbxContent>"


ONCE_DRAWN = f"<w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>"
TWICE_DRAWN = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{ONCE_DRAWN}</mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
SEEN = '<w:vanish w:val="0"/>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


PARAGRAPHS = {
    "runs are one text, composed to NFC, one blank between words": (
        f"<w:p>{r('Thu')}{r('y')}{r(' to&#x301;m  tắt')}</w:p>", ["Thuy tóm tắt"],
    ),
    "a break ends a line": (
        f"<w:p>{r('một')}<w:r><w:br/><w:t>hai</w:t></w:r></w:p>", ["một", "hai"],
    ),
    "tabs and no-break blanks are blanks; soft hyphens and marks without width are not printed": (
        f"<w:p>{r('hai')}<w:r><w:tab/><w:t>ba&#xA0;bốn&#xAD;&#x200B;</w:t></w:r></w:p>", ["hai ba bốn"],
    ),
    "a hyphen that does not break is a hyphen": (
        f"<w:p>{r('57')}<w:r><w:noBreakHyphen/></w:r>{r('KL/TW')}</w:p>", ["57-KL/TW"],
    ),
    "tracked changes are read as accepted": (
        f"<w:p><w:ins>{r('mới')}</w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>{r(' còn')}</w:p>",
        ["mới còn"],
    ),
    "moved words stand where they were moved to": (
        f"<w:p><w:moveFrom>{r('đi')}</w:moveFrom><w:moveTo>{r('đến')}</w:moveTo></w:p>", ["đến"],
    ),
    "a deleted paragraph mark joins two paragraphs": (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('đầu ')}</w:p>" + p("cuối"), ["đầu cuối"],
    ),
    "hidden words are not printed": (
        f"<w:p>{r('thấy')}{r('ẩn', '<w:vanish/>')}{r(' rõ', SEEN)}</w:p>", ["thấy rõ"],
    ),
    "capitals made by the font are capitals in print": (
        p("kế hoạch", rpr="<w:caps/>"), ["KẾ HOẠCH"],
    ),
    "of a field its result, neither its instruction nor the fields in that": (
        f"<w:p>{field('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{field('begin')}{field('separate')}{r('mã')}"
        f"{field('end')}{field('separate')}{r('kết quả')}{field('end')}</w:p>",
        ["kết quả"],
    ),
    "of a simple field its result": (
        f"<w:p><w:fldSimple w:instr='DATE'>{r('03/5/2026')}</w:fldSimple></w:p>", ["03/5/2026"],
    ),
    "content controls are wrappers": (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p('trong ô')}</w:sdtContent></w:sdt>",
        ["trong ô"],
    ),
    "links and smart tags are wrappers": (
        f"<w:p><w:hyperlink>{r('liên kết')}</w:hyperlink><w:smartTag>{r(' thẻ')}</w:smartTag></w:p>",
        ["liên kết thẻ"],
    ),
    "a text box once, though the file holds it twice": (
        f"<w:p>{TWICE_DRAWN}{r('ngoài')}</w:p>", ["ngoài", "trong khung"],
    ),
    "signs of fonts of signs": (
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>" + r(" xong") + "</w:p>", ["✓ xong"],
    ),
    "lines drawn with marks are ornaments": (
        p("A") + p("________") + p("-------") + p("B"), ["A", "B"],
    ),
    "TCVN3, told by the font": (p("ñy ban nh©n d©n", rpr="<w:rFonts w:ascii='.VnTime'/>"), ["ủy ban nhân dân"]),
    "TCVN3 capitals, told by the font": (p("kÕ ho¹ch", rpr="<w:rFonts w:ascii='.VnTimeH'/>"), ["KẾ HOẠCH"]),
    "TCVN3, its ư kept where a converter took it for a soft hyphen": (
        "<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>íc</w:t></w:r></w:p>",
        ["trước"],
    ),
    "VNI, told by the font": (p("Coäng hoøa", rpr="<w:rFonts w:ascii='VNI-Times'/>"), ["Cộng hòa"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert printed(body) == expected


def test_notes_stand_at_the_end_with_their_number_raised() -> None:
    """In the body the mark is left out: "57-KL/TW¹" would be another code."""
    body = f"<w:p>{r('57-KL/TW')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>" + p("sau")
    notes = f"<w:footnote w:id='1'>{p('')}</w:footnote><w:footnote w:id='2'>{p('Chú thích.')}</w:footnote>"
    assert printed(body, footnotes=notes) == ["57-KL/TW", "sau", "¹ Chú thích."]


def test_looks() -> None:
    body = (
        p("giữa", ppr='<w:jc w:val="center"/>', rpr="<w:b/>")
        + f'<w:p><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>{r("đậm", "<w:b/>")}{r(" thường")}</w:p>'
        + p("mục", ppr='<w:outlineLvl w:val="1"/>', rpr="<w:i/>")
    )
    one, two, three = read(body).lines
    assert (one.align, one.bold, one.italic) == ("center", True, False)
    assert (two.bold, two.indent) == (False, 18.0)
    assert (three.heading, three.italic) == (2, True)


def test_cells_of_a_table() -> None:
    """Rows are lines, cells parted by tabs; a merged cell stands once; where paragraphs of a cell begin is told."""
    merged = '<w:vMerge w:val="restart"/>'
    body = table(
        row("TT", "Nhiệm vụ", "Đơn vị", trpr="<w:tblHeader/>"),
        row(tc(p("I. Nhóm"), '<w:gridSpan w:val="3"/>')),
        row("1", tc(p("Làm đường") + p("- đổ bê tông")), tc(p("Phòng A"), merged)),
        row("2", "Làm cầu", tc(p(""), "<w:vMerge/>")),
        grid=3,
    )
    found = read(body)
    assert found.text == "TT\tNhiệm vụ\tĐơn vị\nI. Nhóm\n1\tLàm đường - đổ bê tông\tPhòng A\n2\tLàm cầu\n"
    (sheet,) = found.tables
    assert sheet.header_rows == 1
    cells = {(c.row, c.column): c for cells in sheet.rows for c in cells}
    assert (cells[1, 0].colspan, cells[2, 2].rowspan, (3, 2) in cells) == (3, 2, False)
    assert [found.text[at:].split("\t")[0] for at in cells[2, 1].breaks] == ["- đổ bê tông"]
    assert [(line.table, line.row) for line in found.lines] == [(0, 0), (0, 1), (0, 2), (0, 3)]


def test_numbers_that_word_makes_in_empty_cells() -> None:
    numbering = abstract(0, level(0, "%1.")) + num(1, 0)
    body = table(row("TT", "Nhiệm vụ"), *(row(tc(p(num=(1, 0))), name) for name in ("Một", "Hai")), row("", "Ba"))
    assert printed(body, numbering=numbering) == ["TT\tNhiệm vụ", "1.\tMột", "2.\tHai", "\tBa"]


def test_deleted_rows_are_left_out() -> None:
    body = table(row("TT", "Nhiệm vụ"), row("1", "cũ", trpr="<w:del/>"), row("2", "mới"))
    assert printed(body) == ["TT\tNhiệm vụ", "2\tmới"]


def test_tables_in_cells_are_read_into_them() -> None:
    inner = table(row("TT", "a"), row("x", "y"), row("z", "t"))
    body = table(row("TT", "Nội dung"), row("1", tc(p("gồm:") + inner + p(""))), row("2", "hết"))
    assert printed(body)[1] == "1\tgồm: TT a x y z t"


HEADING_LEFT = p("UBND XÃ MƯỜNG HOA") + p("Số: 12/KH-UBND")
HEADING_RIGHT = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Mường Hoa, ngày 03 tháng 5 năm 2026")
SIDES = [
    (0, "UBND XÃ MƯỜNG HOA"),
    (0, "Số: 12/KH-UBND"),
    (1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (1, "Mường Hoa, ngày 03 tháng 5 năm 2026"),
]


@pytest.mark.parametrize(
    "body",
    [
        table(row(tc(HEADING_LEFT), tc(HEADING_RIGHT)), borders="none"),
        # an empty column between, and drawn borders: content tells
        table(row(tc(HEADING_LEFT), tc(p("")), tc(HEADING_RIGHT)), grid=3),
        # a row a line
        table(
            row("UBND XÃ MƯỜNG HOA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            row("Số: 12/KH-UBND", "Mường Hoa, ngày 03 tháng 5 năm 2026"),
        ),
        # by tabs
        p("UBND XÃ MƯỜNG HOA&#9;CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + p("Số: 12/KH-UBND&#9;&#9;Mường Hoa, ngày 03 tháng 5 năm 2026"),
    ],
    ids=["one row", "gutter and borders", "row a line", "tabs"],
)
def test_the_heading_of_two_columns(body: str) -> None:
    found = read(body.replace("&#9;", "</w:t><w:tab/><w:t>") + p("KẾ HOẠCH"))
    assert [(line.column, line.at.of(found.text)) for line in found.lines] == [*SIDES, (None, "KẾ HOẠCH")]
    assert found.tables == ()


def test_the_signature_row() -> None:
    left = p("Nơi nhận:") + p("- Như trên;") + p("- Lưu: VT.")
    right = p("TM. ỦY BAN NHÂN DÂN") + p("CHỦ TỊCH") + p("Lò Văn Ất")
    found = read(p("Hết.") + table(row(tc(left), tc(right)), borders="nil"))
    assert [line.column for line in found.lines] == [None, 0, 0, 0, 1, 1, 1]


def test_a_table_of_two_rows_with_borders_is_data() -> None:
    assert len(read(table(row("Cơ quan chủ trì", "Thời hạn"), row("Phòng A", "Quý I"))).tables) == 1


def test_a_box_of_one_cell_is_text() -> None:
    found = read(table(row(tc(p("khung")))))
    assert (found.tables, found.text) == ((), "khung\n")


def damaged(data: bytes) -> bytes:
    """The package with one byte of its main part flipped."""
    at = data.index(b"word/document.xml") + 30
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx(""), "empty"),
        (damaged(docx(p("x"))), "unreadable"),
        (docx(p("x"))[:300], "unreadable"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    found = open_document(data)
    assert (found.text, [fault.code for fault in found.faults]) == ("", [code])


def test_entities_are_not_expanded() -> None:
    import io
    import zipfile

    data = io.BytesIO(docx(p("x")))
    bomb = (
        "<!DOCTYPE b [<!ENTITY a 'aaaa'>]>"
        + f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "word/document.xml" else old.read(name))
    assert [fault.code for fault in open_document(out.getvalue()).faults] == ["unreadable"]
