"""Codes of State and Party papers in prose, and what is no code."""

import pytest

from xulang.reading.directive.citations import find_citations, find_codes
from xulang.reading.directive.findings import Finding, Header
from xulang.reading.text.level import level
from xulang.reading.text.spans import Span

CODES = [
    # a plan of a people's committee
    ("Thực hiện Kế hoạch số 61/KH-UBND của tỉnh", ["61/KH-UBND"]),
    # the Party joins the number by a dash
    ("theo Kế hoạch số 149-KH/TU, ngày 29/01/2024", ["149-KH/TU"]),
    # a number with its year
    ("Chỉ thị số 09/2009/CT-UBND", ["09/2009/CT-UBND"]),
    # an official letter has no type in its code
    ("Công văn 2775/SNV-CCHC&VTLT ngày 5/6/2025", ["2775/SNV-CCHC&VTLT"]),
    # two issuers
    ("Kế hoạch số 2004/KH-SYT-CĐN", ["2004/KH-SYT-CĐN"]),
    # a letter behind the number
    ("Quyết định số 3176b/QĐ-SYT", ["3176b/QĐ-SYT"]),
    # several numbers to one symbol
    ("các Thông tư số 17, 18, 19/TT-BGDĐT", ["17/TT-BGDĐT", "18/TT-BGDĐT", "19/TT-BGDĐT"]),
    # without blanks between them
    ("các Thông tư số 17,18,19/TT-BYT", ["17/TT-BYT", "18/TT-BYT", "19/TT-BYT"]),
    # joined by "và"
    ("Nghị quyết số 12 và 13/NQ-HĐND", ["12/NQ-HĐND", "13/NQ-HĐND"]),
    # split over a line behind the dash
    ("Kế hoạch số 213/KH-\nUBND ngày 15/7/2025", ["213/KH-UBND"]),
    # stray blanks
    ("Công văn số 88 / UBND-VX", ["88/UBND-VX"]),
    # a blank behind the slash
    ("Quyết định số 15/ QĐ-UBND", ["15/QĐ-UBND"]),
    # a law of the National Assembly
    ("Luật số 31/2024/QH15", ["31/2024/QH15"]),
    # a joint circular
    ("Thông tư liên tịch số 06/2008/TTLT-BTTTT-BCA", ["06/2008/TTLT-BTTTT-BCA"]),
    # small letters inside the symbol
    ("Quyết định 749/QĐ-TTg và 12/BGDĐT-GDTrH", ["749/QĐ-TTg", "12/BGDĐT-GDTrH"]),
    # a typographic dash
    ("Nghị định số 30/2020/NĐ–CP", ["30/2020/NĐ-CP"]),
    # the blank before the next word is lost
    ("Quyết định số 5/QĐ-TTgngày 2/3/2024", ["5/QĐ-TTg"]),
    # a Party office
    ("Hướng dẫn số 05-HD/VPTW", ["05-HD/VPTW"]),
    # a code that closes a sentence
    ("theo Thông báo số 26/TB-HĐND.", ["26/TB-HĐND"]),
    # blank numbers are no citation
    ("Kế hoạch số      /KH-UBND", []),
    # a share is none
    ("đạt 67/100 điểm, xếp thứ 5/34 tỉnh", []),
    # a date is none
    ("ngày 01/7/2025", []),
    # a measure is none
    ("tốc độ 60 km/h, tiêu chuẩn TCP/IP, mạng 4G/LTE", []),
    # an address is none
    ("số 12/A đường Hoa Ban", []),
    # times a year are none
    ("06 tháng/01 lần", []),
]


@pytest.mark.parametrize(("text", "codes"), CODES)
def test_codes(text: str, codes: list[str]) -> None:
    assert [code.text for code in find_codes(text)] == codes


def cited(text: str) -> dict[str, tuple[str | None, str | None, int]]:
    found = find_citations(text, level(text), Header(), Span(0, len(text)))
    return {one.code: (one.type, one.date, len(one.at)) for one in found}


MEANT = [
    # type by its name, date behind
    ("Kế hoạch số 61/KH-UBND ngày 18/3/2024", {"61/KH-UBND": ("KH", "2024-03-18", 1)}),
    # a comma before the date, months in words
    ("Kết luận số 57-KL/TW, ngày 15 tháng 6 năm 2023", {"57-KL/TW": ("KL", "2023-06-15", 1)}),
    # in brackets
    ("Nghị quyết số 4/NQ-HĐND (ngày 9/12/2025)", {"4/NQ-HĐND": ("NQ", "2025-12-09", 1)}),
    # several papers to one type word, each with its date
    (
        "các Quyết định số 79/QĐ-UBND ngày 19/02/2021, số 657/QĐ-UBND ngày 13/7/2023",
        {"79/QĐ-UBND": ("QĐ", "2021-02-19", 1), "657/QĐ-UBND": ("QĐ", "2023-07-13", 1)},
    ),
    # no date is none invented; a later date is not its own
    ("Nghị định 85/2025/NĐ-CP, hoàn thành trước ngày 15/7/2025", {"85/2025/NĐ-CP": ("NĐ", None, 1)}),
    # a misprinted year is no date
    ("Công văn số 6709/UBND-NC ngày 07/11/205", {"6709/UBND-NC": ("CV", None, 1)}),
    # named again in full and by number alone
    (
        "Kế hoạch số 149-KH/TU ngày 2/1/2024. Quán triệt Kế hoạch 149 và Kế hoạch số 149-KH/TU.",
        {"149-KH/TU": ("KH", "2024-01-02", 3)},
    ),
    # by the short name it was given
    (
        "Chương trình số 12-CTr/TU (sau đây gọi tắt là Chương trình 12). Thực hiện Chương trình 12.",
        {"12-CTr/TU": ("CTr", None, 3)},
    ),
    # a Party "TT" is a thông tri only where it says so
    ("Thông tư số 4/TT-BTC", {"4/TT-BTC": ("TT", None, 1)}),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_citations(text: str, meant: dict[str, tuple[str | None, str | None, int]]) -> None:
    assert cited(text) == meant


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Luật số 72/2025/QH15;", "basis"),
        ("Thực hiện Kế hoạch số 5/KH-UBND", "implements"),
        ("thay thế Quyết định số 8/QĐ-UBND", "replaces"),
        ("sửa đổi, bổ sung một số điều của Nghị định số 9/2020/NĐ-CP", "amends"),
        ("được nêu tại Báo cáo số 3/BC-STC", "mentions"),
    ],
)
def test_relations(text: str, relation: str) -> None:
    (one,) = find_citations(text, level(text), Header(), Span(0, len(text)))
    assert one.relation == relation


def test_an_issuer_ends_where_the_next_document_is_named() -> None:
    text = "Thực hiện Kế hoạch số 31/KH-UBND của UBND tỉnh Sơn Khê và Kết luận số 14-KL/ĐU của Đảng ủy"
    cited = find_citations(text, level(text), Header(), Span(0, len(text)))
    assert [(one.code, one.issuer) for one in cited] == [("31/KH-UBND", "UBND tỉnh Sơn Khê"), ("14-KL/ĐU", "Đảng ủy")]


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        # a superior's plan that has the same number and symbol by chance
        ("Thực hiện Kế hoạch số 70/KH-UBND ngày 18/4/2024 của tỉnh", ["70/KH-UBND"]),
        # an annex that names its own plan
        ("(Kèm theo Kế hoạch số 70/KH-UBND ngày 12/3/2026)", []),
        # its own number without a day
        ("Phụ lục của Kế hoạch số 70/KH-UBND", []),
    ],
)
def test_the_own_number_is_cited_only_where_it_is_of_another_day(words: str, cited: list[str]) -> None:
    nowhere = Span(0, 0)
    header = Header(
        number=Finding("70", nowhere), symbol=Finding("KH-UBND", nowhere), date=Finding("2026-03-12", nowhere)
    )
    found = find_citations(words, level(words), header, Span(0, len(words)))
    assert [one.code for one in found] == cited
