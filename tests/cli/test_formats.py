"""Findings as a table, a workbook and Akoma Ntoso."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree

from xulang.cli.formats import akn, table, wording, xlsx
from xulang.reading.directive.findings import (
    Citation,
    Deadline,
    Finding,
    Header,
    Reading,
    Section,
    Signature,
    Source,
    TaskFinding,
    UnitMention,
)
from xulang.reading.directive.findings import (
    Warning as Doubt,
)
from xulang.reading.directive.read import read_file
from xulang.reading.text.spans import Span

TEXT = (
    "KẾ HOẠCH\n"
    "I. NỘI DUNG\n"
    "1. Sửa đường theo 12-KH/TU\n"
    "=HYPERLINK là chữ\n"
    "TT\tViệc\n"
    "1\tLàm cầu\n"
    "II. THỰC HIỆN\n"
    "Giao Phòng Kinh tế làm.\n"
    "Nơi nhận:\n"
    "- Lưu: VT.\n"
)


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def found(words: str) -> Finding:
    return Finding(words, span(words))


def to_end_of(start: str, end: str) -> Span:
    return Span(TEXT.index(start), TEXT.index(end) + len(end))


@pytest.fixture
def reading() -> Reading:
    economy = UnitMention("Phòng Kinh tế", span("Phòng Kinh tế"))
    doubtful = Deadline("date", "2026-06", None, span("đường"), sure=False)
    return Reading(
        Source("ke-hoach.docx", "application/x", "0" * 64),
        TEXT,
        Header(type=Finding("KH", span("KẾ HOẠCH")), symbol=Finding("KH-UBND", span("KH/TU"))),
        (Citation("12-KH/TU", "12", "KH/TU", "KH", "2026-03-04", None, None, "implements", (span("12-KH/TU"),)),),
        (
            Section("I", "I.", 1, "NỘI DUNG", None, to_end_of("I. NỘI", "Làm cầu")),
            Section("I.1", "1.", 2, None, "I", to_end_of("1. Sửa", "Làm cầu")),
            Section("II", "II.", 1, "THỰC HIỆN", None, to_end_of("II.", "tế làm.")),
        ),
        (
            TaskFinding("T1", "I.1", to_end_of("1. Sửa", "là chữ"), "order", (), (), doubtful, "line"),
            TaskFinding(
                "T2", "II", span("Giao Phòng Kinh tế làm."), "request", (economy,), (), Deadline("ongoing"), "sentence"
            ),
        ),
        signature=Signature(),
        recipients=(found("Lưu: VT"),),
        warnings=(Doubt("doubtful", "Hãy kiểm tra thời hạn."),),
    )


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (Deadline("ongoing"), "thường xuyên"),
        (Deadline("none"), ""),
        (Deadline("date", "2024-06-30"), "30/06/2024"),
        (Deadline("date", "2024-06"), "06/2024"),
        (Deadline("date", "2024-Q2"), "quý II/2024"),
        (Deadline("date", "2026/2030"), "2026 – 2030"),
        (Deadline("date", "2024-01/2024-06"), "01/2024 – 06/2024"),
        (Deadline("recurring", None, "quarter"), "hằng quý"),
        (Deadline("recurring", "12-15", "year"), "hằng năm, ngày 15/12"),
        (Deadline("recurring", "01", "year"), "hằng năm, tháng 01"),
        (Deadline("recurring", "25", "month"), "hằng tháng, ngày 25"),
        (Deadline("recurring", "+05", "month"), "hằng tháng, ngày 05 kỳ sau"),
        (Deadline("recurring", "5", "week"), "hằng tuần, thứ Sáu"),
        (Deadline("relative", "P15D"), "trong 15 ngày kể từ mốc nêu trong văn bản"),
        (Deadline("relative", "PT24H"), "trong 24 giờ kể từ mốc nêu trong văn bản"),
        (Deadline("relative"), "theo mốc nêu trong văn bản"),
    ],
)
def test_deadlines_in_words(deadline: Deadline, words: str) -> None:
    assert wording.deadline(deadline) == words


def test_the_table(reading: Reading) -> None:
    page = table.written(reading).decode()
    for words in (
        "ke-hoach.docx",
        ".../KH-UBND",
        "Phòng Kinh tế",
        "12-KH/TU, ngày 04/03/2026",
    ):
        assert words in page
    assert all(word in page for word in ("thường", "(đề", "nghị)"))
    assert "cần kiểm" in page
    assert "! Hãy kiểm tra thời hạn." in page


def test_the_workbook(reading: Reading) -> None:
    """A frozen heading, filters, a link from each task to its passage, and no formula made of the paper's words."""
    with zipfile.ZipFile(BytesIO(xlsx.written(reading))) as book:
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2, 3)]
        words = book.read("xl/sharedStrings.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert all(f'name="{name}"' in names for name in ("Nhiệm vụ", "Văn bản", "Viện dẫn"))
    assert 'state="frozen"' in sheets[0]
    assert "<autoFilter" in sheets[0]
    assert [link.get("location") for link in etree.fromstring(sheets[0].encode()).iter("{*}hyperlink")] == [
        "'Văn bản'!A4",
        "'Văn bản'!A9",
    ]
    assert "=HYPERLINK" in words
    assert not any("<f>" in sheet for sheet in sheets)
    assert "12-KH/TU" in words


def test_rows_of_the_workbook_show_all_their_lines(reading: Reading) -> None:
    """Not every program that opens a workbook finds the height of its rows."""
    with zipfile.ZipFile(BytesIO(xlsx.written(reading))) as book:
        rows = list(etree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter("{*}row"))
    tall = [float(row.get("ht")) for row in rows if row.get("customHeight")]
    assert tall == [33.0, 16.5]


def test_a_narrow_terminal_cuts_no_deadline(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    dated = replace(reading.tasks[0], deadline=Deadline("date", "2026-06-30"))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    assert "30/06/2026" in table.written(replace(reading, tasks=(dated,))).decode()


def test_akoma_ntoso(reading: Reading) -> None:
    """The sections are a hierarchy, citations are references, rows a table, and every word stands once."""
    root = etree.fromstring(akn.written(reading))
    ns = {"a": akn.NAMESPACE}
    doc = root[0]
    assert [etree.QName(part).localname for part in doc] == ["meta", "preface", "mainBody", "conclusions"]
    assert [s.get("eId") for s in root.iter("{*}section", "{*}paragraph")] == [
        "section_i",
        "section_i__paragraph_1",
        "section_ii",
    ]
    assert root.xpath("string(//a:mainBody//a:ref)", namespaces=ns) == "12-KH/TU"
    assert root.xpath("string(//a:activeRef/@href)", namespaces=ns) == "/akn/vn/doc/kh/2026-03-04/12-kh-tu"
    assert [td.xpath("string()").strip() for td in root.iter("{*}td")] == ["TT", "Việc", "1", "Làm cầu"]
    text = "".join(part.xpath("string()") for part in doc[1:])
    assert "".join(text.split()) == "".join(TEXT.split())


ANNEXED = """UBND XÃ MƯỜNG HOA

Số: 12/KH-UBND

KẾ HOẠCH

I. NỘI DUNG

Giao Phòng Kinh tế sửa đường trước ngày 30/6/2026.

Nơi nhận:

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

Lò Văn Ất

PHỤ LỤC 1

Nhiệm vụ kèm theo

1. Giao Trạm Y tế kiểm tra nước sạch trước ngày 01/7/2026.

2. Giao Công an xã kiểm tra xe trước ngày 01/8/2026.
"""


def test_annexes_are_attachments_of_akoma_ntoso() -> None:
    """Each annex is a document of its own behind the signature, and every word still stands once."""
    read = read_file(ANNEXED.encode(), name="x")
    assert "PL1:1" in [section.id for section in read.sections]
    doc = etree.fromstring(akn.written(read))[0]
    assert [etree.QName(part).localname for part in doc] == [
        "meta", "preface", "mainBody", "conclusions", "attachments",
    ]  # fmt: skip
    annex = doc.find("{*}attachments/{*}attachment/{*}doc")
    assert [etree.QName(part).localname for part in annex] == ["meta", "preface", "mainBody"]
    assert annex.find("{*}meta//{*}FRBRWork/{*}FRBRthis").get("value").endswith("/!phu-luc-1")
    assert [part.get("eId") for part in annex.find("{*}mainBody")] == ["att_1__paragraph_1", "att_1__paragraph_2"]
    assert len({e.get("eId") for e in doc.iter() if e.get("eId")}) == sum(1 for e in doc.iter() if e.get("eId"))
    assert "".join("".join(doc.itertext()).split()) == "".join(read.text.split())


def test_an_empty_reading_is_written_in_every_format() -> None:
    empty = Reading(Source("x", "application/pdf", "0" * 64), warnings=(Doubt("encrypted", "Hãy gỡ mật khẩu."),))
    assert "Hãy gỡ mật khẩu." in table.written(empty).decode()
    assert xlsx.written(empty).startswith(b"PK")
    assert etree.fromstring(akn.written(empty)).find("{*}doc/{*}mainBody/{*}p") is not None
