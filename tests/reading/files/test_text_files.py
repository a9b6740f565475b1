"""Plain text, Markdown and HTML, in every encoding and as converters leave them."""

import unicodedata

import pytest

from xulang.reading.files.document import Document
from xulang.reading.files.legacy import converted, encoding_of_font, encoding_of_text
from xulang.reading.files.opening import open_document


def printed(data: bytes) -> list[str]:
    return open_document(data).text.split("\n")[:-1]


SENTENCE = "Ủy ban nhân dân xã Mường Hoa giao Phòng Kinh tế chủ trì thực hiện nhiệm vụ trước ngày 30/6/2026."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode(encoding: str) -> None:
    assert printed(SENTENCE.encode(encoding)) == [SENTENCE]


def test_composed_and_decomposed_are_alike() -> None:
    assert printed(unicodedata.normalize("NFD", SENTENCE).encode()) == [SENTENCE]


def test_windows_1258() -> None:
    """Tone marks stand apart from their letters there."""
    hats = "\u0302\u0306\u031b"
    apart = ""
    for letter in SENTENCE:
        base, *marks = unicodedata.normalize("NFD", letter)
        hatted = unicodedata.normalize("NFC", base + "".join(m for m in marks if m in hats))
        apart += hatted + "".join(m for m in marks if m not in hats)
    assert printed(apart.encode("cp1258")) == [SENTENCE]


@pytest.mark.parametrize(
    ("old", "encoding", "modern"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "tcvn3", "Độc lập - Tự do - Hạnh phúc"),
        ("quyÕt ®Þnh", "tcvn3-capitals", "QUYẾT ĐỊNH"),
        # typed in capitals in a font of small letters: marked ones are capitals too, names in small letters are not
        ("ñY BAN NH¢N D¢N\nX· M¦êNG HOA", "tcvn3", "ỦY BAN NHÂN DÂN\nXÃ MƯỜNG HOA"),
        ("N¬i nhËn:\tTM. ñY BAN NH¢N D¢N", "tcvn3", "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN"),
        ("UBND Hµ Néi, §µ N½ng; ë UBND x·", "tcvn3", "UBND Hà Nội, Đà Nẵng; ở UBND xã"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("UÛY BAN NHAÂN DAÂN TÆNH, ñöôïc, tröôûng, ngaøy", "vni", "ỦY BAN NHÂN DÂN TỈNH, được, trưởng, ngày"),
    ],
)
def test_old_encodings(old: str, encoding: str, modern: str) -> None:
    assert converted(old, encoding) == modern  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"), (".VnTimeH", "tcvn3-capitals"), ("ABCDEF+.VnArialH,Bold", "tcvn3-capitals"),
        ("VNI-Times", "vni"), ("Times New Roman", None),
    ],
)  # fmt: skip
def test_fonts_of_old_encodings(font: str, encoding: str | None) -> None:
    assert encoding_of_font(font) == encoding


def test_old_text_is_known_by_its_letters() -> None:
    """A page of TCVN3 that calls itself anything is made Unicode; Vietnamese and English stay as they are."""
    page = "Uû ban nh©n d©n x· giao Phßng Kinh tÕ chñ tr× thùc hiÖn nhiÖm vô tr­íc ngµy 30 th¸ng 6 n¨m 2026. " * 3
    assert "Uỷ ban nhân dân xã giao Phòng Kinh tế chủ trì thực hiện nhiệm vụ trước" in printed(page.encode())[0]
    assert printed(page.encode("latin-1"))[0].startswith("Uỷ ban nhân dân xã giao")
    assert encoding_of_text(SENTENCE * 5) is None
    assert encoding_of_text("The committee shall report each quarter. " * 20) is None


def test_a_few_wrapped_lines_among_many_short_ones() -> None:
    """A short plan has more headings and recipients than full lines; what goes on in small letters was broken."""
    short = [f"- Thôn {name};" for name in ("Đoài", "Đông", "Thượng", "Hạ", "Trung", "Nội", "Ngoại", "Chùa")]
    text = "\n".join([
        "I. NỘI DUNG", "1. Sản xuất 06 phóng sự bằng tiếng dân tộc, phát trên sóng truyền hình và", "mạng xã hội.",
        "2. Tổ chức 10 hội nghị tập huấn cho người có uy tín tại các xã đặc biệt khó", "khăn.", "II. NƠI NHẬN", *short,
    ])  # fmt: skip
    found = printed(text.encode())
    assert "2. Tổ chức 10 hội nghị tập huấn cho người có uy tín tại các xã đặc biệt khó khăn." in found
    assert found[-8:] == short


def test_wrapped_lines_become_paragraphs() -> None:
    text = (
        "1. Phòng Kinh tế chủ trì, phối hợp với các thôn rà soát tuyến đường\n"
        "bị hư hỏng sau mưa lũ theo Văn bản số 12-\n"
        "KH/TU, lập danh mục và đề xuất phương án sửa chữa trong quý, báo\n"
        "cáo Ủy ban nhân dân xã.\n"
        "2. Văn phòng theo dõi, đôn đốc việc thực hiện của các đơn vị, thôn,\n"
        "bản và tổng hợp.\n"
    )
    assert printed(text.encode()) == [
        "1. Phòng Kinh tế chủ trì, phối hợp với các thôn rà soát tuyến đường bị hư hỏng sau mưa lũ theo Văn bản số "
        "12-KH/TU, lập danh mục và đề xuất phương án sửa chữa trong quý, báo cáo Ủy ban nhân dân xã.",
        "2. Văn phòng theo dõi, đôn đốc việc thực hiện của các đơn vị, thôn, bản và tổng hợp.",
    ]


def test_wrapped_lines_with_a_blank_line_behind_each() -> None:
    text = (
        "1. Phòng Kinh tế chủ trì, phối hợp với các thôn rà soát tuyến đường\n\n"
        "bị hư hỏng sau mưa lũ, lập danh mục và đề xuất phương án sửa chữa\n\n"
        "trong quý, báo cáo Ủy ban nhân dân xã.\n\n"
        "2. Văn phòng theo dõi, đôn đốc việc thực hiện của các đơn vị, thôn\n\n"
        "bản và tổng hợp các kiến nghị, đề xuất của người dân trên toàn địa\n\n"
        "bàn xã.\n"
    )
    assert [line[:9] for line in printed(text.encode())] == ["1. Phòng ", "2. Văn ph"]


def test_a_paragraph_a_line_stays_so() -> None:
    text = "\n".join(f"{n}. " + "việc " * (n * 20) + "xong." for n in range(1, 8))
    assert len(printed(text.encode())) == 7


COLUMNS = """\
ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ MƯỜNG HOA             Độc lập - Tự do - Hạnh phúc
Số:    /KH-UBND          Mường Hoa, ngày    tháng 5 năm 2026

                  KẾ HOẠCH

Nơi nhận:                TM. ỦY BAN NHÂN DÂN
- Như trên;                   CHỦ TỊCH
- Lưu: VT.

                             Lò Văn Ất
"""


def test_columns_of_blanks() -> None:
    found = open_document(COLUMNS.encode())
    assert [(line.column, line.at.of(found.text)) for line in found.lines] == [
        (0, "ỦY BAN NHÂN DÂN"),
        (0, "XÃ MƯỜNG HOA"),
        (0, "Số: /KH-UBND"),
        (1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (1, "Độc lập - Tự do - Hạnh phúc"),
        (1, "Mường Hoa, ngày tháng 5 năm 2026"),
        (None, "KẾ HOẠCH"),
        (0, "Nơi nhận:"),
        (0, "- Như trên;"),
        (0, "- Lưu: VT."),
        (1, "TM. ỦY BAN NHÂN DÂN"),
        (1, "CHỦ TỊCH"),
        (1, "Lò Văn Ất"),
    ]


def markdown(text: str) -> Document:
    return open_document(text.encode(), media_type="text/markdown")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## **I\\. MỤC ĐÍCH**", "I. MỤC ĐÍCH"),  # emphasis in headings, escaped marks
        ("- *Đơn vị thực hiện:* Phòng A", "- Đơn vị thực hiện: Phòng A"),
        ("**Đơn vị thực hiện: **Phòng A; **B**", "Đơn vị thực hiện: Phòng A; B"),  # emphasis that ends in a blank
        ("Phòng A &amp; B<sup>1</sup>", "Phòng A & B1"),  # entities and tags
        ("xem [Kế hoạch 5](https://vidu.vn/a_(b) \"t\")", "xem Kế hoạch 5"),
        ("5 \\* 3 \\_x\\_", "5 * 3 _x_"),  # escaped marks are marks
        ("* một", "- một"),  # a star is Markdown's bullet
        ("  + hai", "+ hai"),
        ("1\\) ba", "1) ba"),
        ("> trích", "trích"),
    ],
)  # fmt: skip
def test_markdown_marks(source: str, expected: str) -> None:
    assert markdown(source).text == expected + "\n"


def test_markdown_tables() -> None:
    """Pipe tables and HTML tables are tables; a table that sets text side by side is none."""
    found = markdown(
        "|  |  |\n|---|---|\n| **UBND XÃ A**<br>Số: 1/KH-UBND | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n\n"
        "| TT | Nhiệm vụ |\n|:--|--:|\n| 1 | *Làm* a \\| b |\n\n"
        "<table><tr><th>TT</th><th>Nhiệm vụ</th></tr>"
        "<tr><td rowspan=2>1</td><td>**x**</td></tr><tr><td>y</td></tr></table>"
    )
    assert found.text.split("\n")[:-1] == [
        "UBND XÃ A", "Số: 1/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TT\tNhiệm vụ", "1\tLàm a | b", "TT\tNhiệm vụ", "1\tx", "y",
    ]  # fmt: skip
    assert [line.column for line in found.lines[:3]] == [0, 0, 1]
    assert [table.header_rows for table in found.tables] == [1, 1]
    assert found.tables[1].rows[1][0].rowspan == 2


def test_markdown_sentences_cut_by_a_page() -> None:
    first = "Phòng Kinh tế chủ trì rà soát toàn bộ tuyến đường hư hỏng sau mưa lũ và lập danh mục để"
    assert markdown(f"# A\n\n{first}\n\nbáo cáo xã.\n\n**b**").text.split("\n")[1] == f"{first} báo cáo xã."


def test_html() -> None:
    page = """<!DOCTYPE html><html><head><title>x</title><style>p {}</style></head><body>
    <h2>KẾ HOẠCH</h2><p align=center><b>Về việc <i>x</i></b></p><p style="display: none">ẩn</p>
    <ol type="I" start="2"><li>Một<ol type=a><li>hai<li>ba</ol></li><li>Bốn</ol><ul><li>năm</ul>
    <div>a<br>b</div><script>alert(1)</script></body></html>"""
    found = open_document(page.encode())
    assert found.text.split("\n")[:-1] == [
        "KẾ HOẠCH", "Về việc x", "II. Một", "a. hai", "b. ba", "III. Bốn", "• năm", "a", "b",
    ]  # fmt: skip
    assert (found.lines[0].heading, found.lines[1].bold, found.lines[1].align) == (2, True, "center")
    assert found.media_type == "text/html"
