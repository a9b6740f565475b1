"""The reader as a whole: every finding stands where it says, plain text reads alike, rubbish does no harm."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.plans import make
from reading.truth import parse
from reading.typist import type_paper
from xulang.reading.directive.findings import Reading
from xulang.reading.directive.read import MAX_TEXT, read
from xulang.reading.files.document import Document
from xulang.reading.files.opening import open_document

PAPERS = sorted((Path(__file__).parents[1] / "directives").glob("*.paper"))


def of(text: str, *, ocr: bool = False) -> Reading:
    return read(Document(text, "text/plain", ocr=ocr), name="a.txt", sha256="0" * 64)


def places(node: Any) -> Iterator[tuple[dict[str, Any], list[int]]]:
    """Every place in a reading, with the finding that names it."""
    if isinstance(node, dict):
        at = node.get("at")
        for place in at if at and isinstance(at[0], list) else [at] if at else []:
            yield node, place
        for inner in node.values():
            yield from places(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from places(inner)


def sound(reading: Reading) -> None:
    told = reading.as_contract()
    for finding, (start, end) in places(told):
        assert 0 <= start < end <= len(reading.text), finding
    ids = [section["id"] for section in told["sections"]]
    assert len(ids) == len(set(ids))
    end = 0
    for task in told["tasks"]:
        assert task["at"][0] >= end
        end = task["at"][1]
        assert task["text"] == reading.text[task["at"][0] : end]
        assert task["section"] is None or task["section"] in ids


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_own_papers_read_alike_from_their_text(path: Path, tmp_path: Path) -> None:
    case = parse(path)
    file = tmp_path / case.file
    type_paper(case.blocks, file)
    first = read(open_document(file.read_bytes()), name=file.name, sha256="")
    sound(first)
    again = of(first.text)
    sound(again)
    assert values(again) == values(first)


@pytest.mark.parametrize("seed", range(24))
def test_made_up_plans_read_alike_from_their_text(seed: int, tmp_path: Path) -> None:
    case = make(seed)
    file = tmp_path / case.file
    type_paper(case.blocks, file)
    first = read(open_document(file.read_bytes()), name=file.name, sha256="")
    sound(first)
    assert values(of(first.text)) == values(first)


def values(reading: Reading) -> dict[str, Any]:
    """What is promised to be read alike from plain text: header, citations, closing, tasks of lines and sentences."""
    told = reading.as_contract()
    return {
        "header": {k: v and v["value"] for k, v in told["header"].items() if k != "addressees"},
        "addressees": [one["value"] for one in told["header"]["addressees"]],
        "citations": [(one["code"], one["date"]) for one in told["citations"]],
        "recipients": [one["value"] for one in told["recipients"]],
        "name": told["signature"]["name"] and told["signature"]["name"]["value"],
        "tasks": [
            (t["section"], t["mode"], [u["value"] for u in t["lead"]], [u["value"] for u in t["coordinating"]])
            for t in told["tasks"]
            if t["origin"] != "table"
        ],
    }


PIECES = (
    "Giao Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành ; : . ( ) - \n \t 1. a) I. Điều 5. Phụ lục và của "
    "Đơn vị thực hiện: Thời gian: trước ngày 30/6/2026 hằng quý Kế hoạch số 61/KH-UBND 149-KH/TU "
    "Nơi nhận: KT. CHỦ TỊCH “ ” MẬT"
)
WORDS = st.sampled_from(PIECES.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join)), st.booleans())
def test_any_text_gives_a_sound_reading(text: str, ocr: bool) -> None:
    sound(of(text, ocr=ocr))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        # a stamp on a line of its own
        ("MẬT\nỦY BAN NHÂN DÂN\nTỈNH SƠN KHÊ\nSố: 1/KH-UBND", True),
        ("ỦY BAN NHÂN DÂN XÃ NẬM CUỔI\nTỐI MẬT\nKẾ HOẠCH", True),
        ("Độ mật: Tuyệt mật\nKẾ HOẠCH", True),
        # the word in prose, in a title, in a heading
        ("KẾ HOẠCH\nBảo vệ bí mật nhà nước năm 2026", False),
        ("Văn bản này không thuộc danh mục MẬT.", False),
        ("I. BÍ MẬT NHÀ NƯỚC", False),
    ],
)
def test_a_secret_gives_its_warning_and_nothing_else(text: str, secret: bool) -> None:
    reading = of(text)
    assert ([w.code for w in reading.warnings] == ["secret"]) is secret
    assert (reading.text == "") is secret


def test_a_text_too_long_is_told_and_not_read() -> None:
    reading = of("a" * (MAX_TEXT + 1))
    assert ([w.code for w in reading.warnings], reading.text) == (["too_large"], "")


PLAN = """UBND THÀNH PHỐ MƯỜNG HOA
PHÒNG VĂN HÓA VÀ THÔNG TIN
Số:      /KH-VHTT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mường Hoa, ngày     tháng 3 năm 2026
KẾ HOẠCH
Truyền thông về chợ đêm năm 2026
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND thành phố, Phòng xây dựng kế hoạch như sau:
I. MỤC TIÊU
Các cơ quan, đơn vị phải coi đây là việc chung.
II. NHIỆM VỤ
1. Chuẩn bị nội dung
Biên soạn tờ gấp, phim ngắn.
- Đơn vị thực hiện: Trung tâm Văn hóa thành phố.
- Thời gian: Quý II/2026.
- Sản phẩm: 01 bộ tờ gấp.
2. Giao Đài Truyền thanh thành phố chủ trì, phối hợp với UBND các phường phát sóng hằng tuần.
III. KINH PHÍ
Từ nguồn ngân sách thành phố.
Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo về Phòng./.
Nơi nhận:
- UBND thành phố;
- Lưu: VT.
TRƯỞNG PHÒNG
Lò Thị Ban
"""


def test_a_whole_plan() -> None:
    told = of(PLAN).as_contract()
    header = {key: value and value["value"] for key, value in told["header"].items() if key != "addressees"}
    assert header == {
        "issuer": "Phòng Văn hóa và Thông tin",
        "superior": "UBND thành phố Mường Hoa",
        "number": None,
        "symbol": "KH-VHTT",
        "place": "Mường Hoa",
        "date": "2026-03",
        "type": "KH",
        "title": "Truyền thông về chợ đêm năm 2026",
    }
    assert [
        (t["section"], [u["value"] for u in t["lead"]], t["deadline"]["kind"], t["origin"]) for t in told["tasks"]
    ] == [
        ("II.1", ["Trung tâm Văn hóa thành phố"], "date", "line"),
        ("II.2", ["Đài Truyền thanh thành phố"], "recurring", "sentence"),
    ]
    assert told["tasks"][0]["product"]["value"] == "01 bộ tờ gấp"
    assert [one["section"] for one in told["funding"]] == ["III"]
    assert [one["value"] for one in told["recipients"]] == ["UBND thành phố", "Lưu: VT"]
    assert told["signature"]["name"]["value"] == "Lò Thị Ban"
    assert {warning["code"] for warning in told["warnings"]} == {"missing"}


def test_a_scan_is_mended_and_says_so() -> None:
    worn = PLAN.replace("PHÒNG VĂN HÓA VÀ THÔNG TIN", "PHONG VĂN HOA VA THÔNG TIN").replace("II. NHIỆM", "I. NHIỆM")
    reading = of(worn, ocr=True)
    assert reading.header.issuer is not None
    assert reading.header.issuer.value == "Phòng Văn hóa và Thông tin"
    assert reading.header.issuer.repaired_from == "PHONG VĂN HOA VA THÔNG TIN"
    assert [task.section for task in reading.tasks] == ["II.1", "II.2"]
    assert {"repaired", "handwritten"} <= {warning.code for warning in reading.warnings}


def test_a_duty_that_the_issuer_lays_on_itself() -> None:
    """Only where it is told to do a thing, not where it issues, asks or reports."""
    text = PLAN + "\nIII. TỔ CHỨC THỰC HIỆN\n1. Giao Phòng Văn hóa và Thông tin theo dõi, đôn đốc.\n"
    text += "2. Phòng Văn hóa và Thông tin tổng hợp, báo cáo UBND thành phố.\n"
    text += "3. Phòng Văn hóa và Thông tin ban hành kế hoạch này.\n"
    told = [task.at.of(text)[:7] for task in of(text).tasks if task.section and task.section.startswith("III")]
    assert told == ["1. Giao", "2. Phòn"]


def test_a_date_broken_over_two_lines() -> None:
    text = "UBND XÃ BẢN XEN\nSố: 12/KH-UBND\nBản Xen, ngày 05 tháng 3\nnăm 2026\nKẾ HOẠCH\nTruyền thông\n"
    header = of(text).header
    assert header.date is not None
    assert (header.date.value, header.date.at.of(text)) == ("2026-03-05", "ngày 05 tháng 3\nnăm 2026")


def test_a_title_of_nothing_but_marks_is_none() -> None:
    sound(of('UBND XÃ BẢN XEN\nSố: 12/KH-UBND\n**KẾ HOẠCH"*\nThực hiện Kế hoạch số 31-KH/TU ngày 20/3/2026\n'))
