"""A ward's report, filled in from what it recorded, goes to the focal unit, back, and into the whole with receipts."""

import datetime as dt
import re
import zipfile
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from journeys.conftest import NOW
from xulang.config.sample import at_work, seeding
from xulang.office import clock
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Post, PostHolding
from xulang.reporting.models import Round

pytestmark = IN_A_BROWSER


@pytest.fixture
def round(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Round:
    """The sample town's round of the half-year."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    seeding.seed(today=NOW.date(), now=NOW)
    at_work.set_to_work(NOW)
    return Round.objects.get()


def test_a_report_goes_its_way(browser: Browser, live_server: Any, round: Round) -> None:
    ward = Desk(browser, live_server.url, "phuong", viewport={"width": 390, "height": 844})
    page = ward.open("/ky-bao-cao/")
    page.get_by_role("link", name="Ủy ban nhân dân phường Bến Đá").first.click()
    expect(page.get_by_text(re.compile(r"([7-9]\d|100)% số liệu điền sẵn"))).to_be_visible()  # seventy are asked
    for label in ("Văn bản chỉ đạo đã ban hành", "Cán bộ làm thông tin đối ngoại", "Người theo dõi trang của cơ quan"):
        page.get_by_label(label).fill("2")
    page.locator("textarea[name='muc-II.3']").fill("Đã họp 6 buổi, 500 lượt người dự.")
    ward.click("Lưu nháp")
    expect(page.get_by_text("viết 500 lượt người; sổ đang ghi")).to_be_visible()
    page.locator("textarea[name='muc-II.3']").fill("Đã họp 6 buổi, 412 lượt người dự.")
    ward.click("Gửi báo cáo")
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()

    focal = Desk(browser, live_server.url, "dau.moi", viewport={"width": 1280, "height": 900})
    focal.open(f"/ky-bao-cao/{round.pk}/")
    focal.page.get_by_role("link", name=re.compile("^Ủy ban nhân dân phường Bến Đá")).click()
    focal.page.get_by_text("Trả lại, có lý do").click()
    focal.page.get_by_label("Cần sửa, bổ sung gì").fill("Ghi rõ số khu phố.")
    focal.click("Trả lại báo cáo")
    expect(focal.page.get_by_text("Đã trả lại báo cáo kèm lý do.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Ghi rõ số khu phố.").first).to_be_visible()
    page.locator("textarea[name='muc-II.3']").fill("Đã họp 6 buổi ở ba khu phố, 412 lượt người dự.")
    ward.click("Gửi báo cáo")
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()

    focal.page.reload()
    focal.click("Chấp nhận")
    expect(focal.page.get_by_text("Đã chấp nhận báo cáo.")).to_be_visible()
    focal.open(f"/ky-bao-cao/{round.pk}/")
    focal.click("Lập bản tổng hợp")
    expect(focal.page.get_by_text("Đã lập bản tổng hợp số 1.")).to_be_visible()
    expect(focal.page.get_by_text("ở ba khu phố")).to_be_visible()
    focal.page.get_by_role("row", name="Lượt người dự tuyên truyền").get_by_role("link").first.click()
    expect(focal.page.get_by_role("link", name="Họp khu phố phổ biến lịch hội và chỗ để xe")).to_be_visible()
    assert ward.wrong + focal.wrong == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_report_is_issued_and_its_new_version_too(
    browser: Browser, live_server: Any, round: Round, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    focal = Desk(browser, live_server.url, "dau.moi", viewport={"width": width, "height": 900})
    page = focal.open(f"/ky-bao-cao/{round.pk}/")
    focal.click("Lập bản tổng hợp")
    home = round.programme.directive.home_unit
    deputy = PostHolding.objects.get(post__unit=home, post__role=Role.LEADER)
    new = Person.objects.create(username="moi", full_name="Hoàng Văn Thụ")
    post = Post.objects.create(unit=home, title="Chủ tịch UBND thành phố", role=Role.LEADER)
    PostHolding.objects.create(post=post, person=new, valid_from=NOW.date() + dt.timedelta(days=2))
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=3))  # the head has taken office
    page.get_by_role("link", name="Phát hành", exact=True).click()
    page.wait_for_load_state()  # with its script, which asks for the signers of another day
    expect(page.get_by_label(re.compile("^Hoàng Văn Thụ"))).to_be_checked()
    page.get_by_label("Ngày ban hành").fill(f"{NOW:%d/%m/%Y}")
    page.get_by_label("Ký hiệu").focus()  # the day is left: who may sign on it is offered
    expect(page.get_by_label(re.compile("^Hoàng Văn Thụ"))).to_have_count(0)
    expect(page.get_by_label(re.compile(f"^{deputy.person.full_name}"))).to_be_checked()
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    focal.click("Cấp số và phát hành")
    expect(page.get_by_text("Đã phát hành với số 01/BC-UBND.")).to_be_visible()
    focal.open(f"/ky-bao-cao/{round.pk}/loi-van/?muc=II.3")
    page.get_by_label("Lời văn của mục").fill("Đã họp ở ba khu phố.")
    focal.click("Lưu lời văn")
    focal.click("Lập bản mới")
    page.get_by_role("link", name="Phát hành", exact=True).click()
    focal.click("Cấp số và phát hành")
    expect(page.get_by_text("Đã phát hành với số 02/BC-UBND.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Báo cáo, tệp Word").click()
    words = zipfile.ZipFile(taken.value.path()).read("word/document.xml").decode()
    assert "Hoàng Văn Thụ" in words
    assert "thay thế Báo cáo số 01/BC-UBND" in words
    assert focal.wrong == []
