"""Copies on screen: an officer makes one of a held directive and of an issued paper; the book, its sheet, its files."""

import io

import openpyxl
import pytest

from builders import reading_as
from office.conftest import NOW, Town
from papers.samples import PLAN
from xulang.papers.checking.check import check
from xulang.papers.checking.components import components
from xulang.papers.checking.sheet import open_sheet
from xulang.papers.writing.write import write
from xulang.plumbing.files import MEDIA_TYPES
from xulang.reading.directive.read import read
from xulang.reading.files.opening import open_document
from xulang.registry import numbering
from xulang.registry.models import Copy, Directive, OutgoingPaper
from xulang.registry.services import receive

TOLD = {
    "form": "SY",
    "medium": "PAPER",
    "symbol": "UBND",
    "place": "Mường Hoa",
    "copied_on": "23/11/2026",
    "lines": "TL. Chủ tịch\nChánh Văn phòng",
    "signer": "Lò Thị Mai",
    "recipients": "Các phòng\nUBND các phường",
    "copies": "2",
    "once": "1",
}


@pytest.fixture
def plan(town: Town) -> Directive:
    """A plan held as a Word file, as it is truly read."""
    data = write(PLAN)
    reading = read(open_document(data), name="a.docx", sha256="").as_contract()
    with reading_as(reading):
        found = receive(data=data, name="ke-hoach.docx", by=town.people["lan"], now=NOW)
    assert found.file is not None
    assert found.file.media_type == MEDIA_TYPES["docx"]
    return found


def test_a_copy_of_a_directive_once(town: Town, plan: Directive) -> None:
    lan = town.client("lan")
    assert f"/van-ban/{plan.pk}/sao/" in lan.get(f"/van-ban/{plan.pk}/").content.decode()
    page = lan.get(f"/van-ban/{plan.pk}/sao/").content.decode()
    assert "II. NỘI DUNG" in page
    for _twice in range(2):  # a second click gives no second number
        assert lan.post(f"/van-ban/{plan.pk}/sao/", TOLD).status_code == 302
    copy = Copy.objects.get()
    assert copy.code == "01/SY-UBND"
    book = lan.get("/van-ban/ban-sao/").content.decode()
    assert "01/SY-UBND" in book
    assert "Kế hoạch số 07/KH-UBND" in book
    data = lan.get(f"/van-ban/ban-sao/{copy.pk}/tep/docx/").content
    assert check(data) == []
    [block] = components(open_sheet(data)).copies
    assert [line.text for line in block.of("number")] == ["Số: 01/SY-UBND"]
    assert data == lan.get(f"/van-ban/ban-sao/{copy.pk}/tep/docx/").content


def test_an_extract_and_an_electronic_copy(town: Town, plan: Directive) -> None:
    lan, address = town.client("lan"), f"/van-ban/{plan.pk}/sao/"
    told = lan.post(address, TOLD | {"form": "TrS"})
    assert told.status_code == 422
    assert "Hãy chọn ít nhất một mục" in told.content.decode()
    assert lan.post(address, TOLD | {"form": "TrS", "parts": ["II.1"], "once": "2"}).status_code == 302
    assert lan.post(address, TOLD | {"medium": "ELECTRONIC", "once": "3"}).status_code == 302
    electronic, extract = Copy.objects.all()
    assert (extract.code, electronic.code) == ("01/TrS-UBND", "02/SY-UBND")
    data = lan.get(f"/van-ban/ban-sao/{extract.pk}/tep/docx/").content
    assert check(data) == []
    assert "TỔ CHỨC THỰC HIỆN" not in open_document(data).text
    data = lan.get(f"/van-ban/ban-sao/{electronic.pk}/tep/docx/").content
    mark = [line.text for line in components(open_sheet(data)).of("copy_mark")]
    assert mark[0] == "Sao y"
    assert mark[2].endswith("+07:00")


def test_a_scan_gets_a_sheet_and_the_words_of_the_mark(town: Town) -> None:
    lan, found = town.client("lan"), town.receive(data=b"# mot van ban")
    for once, medium in (("1", "PAPER"), ("2", "ELECTRONIC")):
        lan.post(f"/van-ban/{found.pk}/sao/", TOLD | {"medium": medium, "once": once})
    electronic, sheet = Copy.objects.all()
    assert check(lan.get(f"/van-ban/ban-sao/{sheet.pk}/tep/docx/").content) == []
    said = lan.get(f"/van-ban/ban-sao/{electronic.pk}/tep/docx/", follow=True).content.decode()
    assert "khi ký số hãy ghi" in said


def test_of_an_issued_paper_cancelled_and_as_a_sheet(town: Town) -> None:
    lan = town.client("lan")
    paper = numbering.give_number(
        unit=town.units["tp"], type="BC", symbol="BC-UBND", issued_on=NOW.date(), title="Kết quả", signer="A",
        recipients="Các phòng", by=town.people["lan"], now=NOW,
    )  # fmt: skip
    page = lan.get(f"/van-ban/so-di/{paper.pk}/sao/").content.decode()
    assert "Sao lục" not in page.split("<form")[-1].split("help")[0]
    assert lan.post(f"/van-ban/so-di/{paper.pk}/sao/", TOLD).status_code == 302
    copy = Copy.objects.get()
    lan.post(f"/van-ban/ban-sao/{copy.pk}/huy/", {"reason": "Sao nhầm", "once": "2"})
    assert lan.get(f"/van-ban/ban-sao/{copy.pk}/tep/docx/").status_code == 404
    assert "<del>01/SY-UBND</del>" in lan.get("/van-ban/ban-sao/").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(lan.get("/van-ban/ban-sao/?tep=xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][0] == "01/SY-UBND"
    assert rows[1][3] == f"Báo cáo số 01/BC-UBND ngày {NOW:%d/%m/%Y} của {COPY_OF}"
    assert rows[1][-1] == "Đã hủy: Sao nhầm"


COPY_OF = "Ủy ban nhân dân thành phố Mường Hoa"


def test_another_office_sees_and_copies_nothing(town: Town, plan: Directive) -> None:
    lan, other = town.client("lan"), town.client("xa")
    lan.post(f"/van-ban/{plan.pk}/sao/", TOLD)
    copy = Copy.objects.get()
    assert "01/SY-UBND" not in other.get("/van-ban/ban-sao/").content.decode()
    assert other.get(f"/van-ban/{plan.pk}/sao/").status_code in (403, 404)
    assert other.get(f"/van-ban/ban-sao/{copy.pk}/tep/docx/").status_code == 404
    assert other.post(f"/van-ban/ban-sao/{copy.pk}/huy/", {"reason": "x", "once": "3"}).status_code == 404
    leader = town.client("duc")
    assert "Hủy số" not in leader.get("/van-ban/ban-sao/").content.decode()
    assert leader.get(f"/van-ban/{plan.pk}/sao/").status_code == 403
    assert not OutgoingPaper.objects.exists()
