"""The register of outgoing papers on screen: a number is given, told, cancelled, and the year leaves as a sheet."""

import io
import re

import openpyxl
import pytest

from builders import a_reading, reading_as
from office.conftest import NOW, Town
from xulang.office.typed import NotWhole, TooLarge, dong
from xulang.organisation.models import PostHolding
from xulang.plumbing.errors import Refused
from xulang.registry import recipients
from xulang.registry.models import OutgoingPaper
from xulang.registry.services import receive

TOLD = {
    "type": "KH",
    "symbol": "KH-UBND",
    "issued_on": "23/11/2026",
    "title": "=Dọn đường làng",
    "signer": "Nguyễn Văn Bé",
    "recipients": "Các phòng; UBND các phường",
    "copies": "3",
    "once": "1",
}


def test_a_number_is_given_once_and_cancelled(town: Town) -> None:
    lan = town.client("lan")
    page = lan.get("/van-ban/so-di/").content.decode()
    assert "Chưa có số nào trong năm này" in page
    assert "Ghi văn bản đầu tiên" in page
    told = TOLD | {"unit": town.units["tp"].pk}
    for _twice in range(2):  # a second click gives no second number
        assert lan.post("/van-ban/so-di/", told).status_code == 302
    assert "01/KH-UBND" in lan.get("/van-ban/so-di/").content.decode()
    paper = OutgoingPaper.objects.get()
    lan.post(f"/van-ban/so-di/{paper.pk}/huy/", {"reason": "Cấp nhầm", "once": "2"})
    page = lan.get("/van-ban/so-di/").content.decode()
    assert "<del>01/KH-UBND</del>" in page
    assert "Cấp nhầm" in page


def test_who_signs_is_proposed_by_the_post_held_today(town: Town) -> None:
    lan = town.client("lan")
    form = lan.get("/van-ban/so-di/").context["form"]
    leader = town.people["duc"].full_name
    assert form["signer"].value() == leader
    told = TOLD | {"unit": town.units["tp"].pk}
    page = lan.post("/van-ban/so-di/", told, follow=True)  # for the committee somebody of the office may sign too
    assert "Đã cấp số 01/KH-UBND." in page.content.decode()
    assert page.context["form"]["signer"].value() == leader  # the last one to sign holds no post
    assert f'<option value="{leader}">' in page.content.decode()
    PostHolding.objects.filter(person=town.people["duc"]).update(valid_to=NOW.date())
    assert lan.get("/van-ban/so-di/").context["form"]["signer"].value() == ""


def test_what_is_wrong_is_said_and_takes_no_number(town: Town) -> None:
    lan = town.client("lan")
    page = lan.post("/van-ban/so-di/", TOLD | {"unit": town.units["tp"].pk, "symbol": "QĐ-UBND"})
    assert page.status_code == 422
    assert "hãy ghi như “KH-UBND”" in page.content.decode()
    assert not OutgoingPaper.objects.exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9" * 16, None),  # as many digits as the books hold
        ("9" * 17, TooLarge),
        ("9.999.999.999.999.999.999", TooLarge),
        ("hai", NotWhole),
        ("-5", NotWhole),
        ("9" * 17 + "đ", NotWhole),
    ],
)
def test_a_number_that_is_too_large_is_called_so(typed: str, why: type[Refused] | None) -> None:
    if why is None:
        assert dong(typed) == int(typed)
    else:
        with pytest.raises(why):
            dong(typed)


def test_the_year_leaves_as_the_statutory_sheet(town: Town) -> None:
    lan = town.client("lan")
    for once in "12":
        lan.post("/van-ban/so-di/", TOLD | {"unit": town.units["tp"].pk, "once": once})
    own = {"issuer": "Ủy ban nhân dân thành phố Mường Hoa", "number": "2", "symbol": "KH-UBND", "date": "2026-11-23"}
    with reading_as(a_reading(**own, type="KH", title="Dọn đường làng")):
        signed = receive(data=b"# ky", name="ky.md", by=town.people["lan"], now=NOW)
    recipients.distribute(directive=signed, units=[town.units["gd"]], by=town.people["lan"], now=NOW)
    book = openpyxl.load_workbook(io.BytesIO(lan.get("/van-ban/so-di/?tep=xlsx").content))
    head, first, second = book.active.iter_rows(values_only=True)
    assert head == (
        *("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký"),
        *("Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú"),
    )
    assert first[0] == "01/KH-UBND"
    assert first[2] == "Kế hoạch =Dọn đường làng"
    assert first[7:9] == ("", "")  # of a paper that was not taken in the pen tells
    assert second[7].date() == NOW.date()
    assert second[8] == "0/1"


def test_another_office_sees_and_cancels_nothing(town: Town) -> None:
    lan, other = town.client("lan"), town.client("xa")
    lan.post("/van-ban/so-di/", TOLD | {"unit": town.units["tp"].pk})
    assert "01/KH-UBND" not in other.get("/van-ban/so-di/").content.decode()
    paper = OutgoingPaper.objects.get()
    assert other.post(f"/van-ban/so-di/{paper.pk}/huy/", {"reason": "x", "once": "3"}).status_code == 404
    assert "Hủy số" not in town.client("duc").get("/van-ban/so-di/").content.decode()


def test_the_book_opens_page_by_page(town: Town, monkeypatch) -> None:
    monkeypatch.setattr("xulang.office.desks.numbering.A_PAGE", 2)
    lan = town.client("lan")
    for n in range(5):
        lan.post("/van-ban/so-di/", TOLD | {"unit": town.units["tp"].pk, "once": f"trang-{n}"})
    seen, address = [], "/van-ban/so-di/"
    while address:
        page = lan.get(address).content.decode()
        seen += re.findall(r"<th scope=\"row\"[^>]*>(\d\d)/KH-UBND", page)
        following = re.search(r'href="(\?sau=[^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"', page)
        address = f"/van-ban/so-di/{following[1] or following[2]}" if following else ""
    assert seen == ["05", "04", "03", "02", "01"]
