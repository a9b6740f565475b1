"""Money goes its way: a line over the ceiling is mended, the finance office cuts one, a leader decides, it is spent."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from journeys.conftest import NOW
from xulang.budget.models import Estimate
from xulang.config.sample import at_work, seeding
from xulang.office import clock

pytestmark = IN_A_BROWSER
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """The sample town at work."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    seeding.seed(today=NOW.date(), now=NOW)
    at_work.set_to_work(NOW)


def line(desk: Desk, content: str, price: str, **also: str) -> None:
    """Enters one line of the estimate that is open."""
    page = desk.page
    page.get_by_role("link", name="Thêm nội dung chi").first.click()
    page.get_by_label("Nội dung chi", exact=True).fill(content)
    for label, typed in {"Đơn vị tính": "giờ", "Số lượng": "2", "Đơn giá (đồng)": price, **also}.items():
        page.get_by_label(label, exact=False).first.fill(typed)
    page.get_by_label("Nguồn kinh phí").select_option("GRANTED")


def test_money_goes_its_way(browser: Browser, live_server: Any, town: None) -> None:
    unit = Desk(browser, live_server.url, "dau.moi", viewport=DESK)
    page = unit.open("/du-toan/lap/")
    page.get_by_label("Tên dự toán").fill("Đón đoàn kết nghĩa")
    page.get_by_label("Ngày kế hoạch được phê duyệt").fill("01/06/2026")
    unit.click("Lập dự toán")
    line(unit, "Phiên dịch buổi tiếp", "900.000")
    page.get_by_label("Định mức").select_option("dich-noi-tiep@35/2026/TT-BTC")
    unit.click("Thêm nội dung chi")
    expect(page.get_by_text("Đơn giá 900.000 vượt mức tối đa 750.000")).to_be_visible()
    expect(page.get_by_text("Thông tư 35/2026/TT-BTC, Điều 11 khoản 2")).to_be_visible()
    page.get_by_role("link", name="Phiên dịch buổi tiếp").click()
    page.get_by_label("Đơn giá (đồng)").fill("750.000")
    unit.click("Lưu")
    line(unit, "Thuê xe đón đoàn", "3.000.000")
    unit.click("Thêm nội dung chi")
    unit.click("Gửi thẩm định")
    expect(page.get_by_text("Đã gửi dự toán đến cơ quan tài chính.")).to_be_visible()
    made = Estimate.objects.get(title="Đón đoàn kết nghĩa")

    finance = Desk(browser, live_server.url, "tai.chinh", viewport={"width": 390, "height": 844})
    page = finance.open("/du-toan/")
    page.get_by_role("link", name="Đón đoàn kết nghĩa").first.click()
    page.get_by_role("link", name="Thẩm định", exact=True).click()
    page.get_by_label("Số thẩm định (đồng): Thuê xe đón đoàn").fill("5.000.000")
    finance.click("Trình lãnh đạo")
    expect(page.get_by_text("“Thuê xe đón đoàn” bị cắt giảm. Hãy ghi lý do.")).to_be_visible()
    asked = page.get_by_label("Số thẩm định (đồng): Thuê xe đón đoàn")
    expect(asked).to_have_value("5.000.000")  # what was typed stays
    page.get_by_label("Lý do cắt giảm, trả lại: Thuê xe đón đoàn").fill("Theo báo giá thấp nhất.")
    finance.click("Trình lãnh đạo")
    expect(page.get_by_text("Đã thẩm định xong; dự toán chờ lãnh đạo quyết định.")).to_be_visible()

    leader = Desk(browser, live_server.url, "lanh.dao", viewport={"width": 390, "height": 844})
    page = leader.open(f"/du-toan/{made.pk}/")
    expect(page.get_by_text("Theo báo giá thấp nhất.")).to_be_visible()
    leader.click("Phê duyệt")
    expect(page.get_by_text("Đã phê duyệt; từng nội dung được giao kinh phí.")).to_be_visible()

    page = unit.open(f"/du-toan/{made.pk}/chi/")
    page.get_by_text("Ghi khoản chi", exact=True).first.click()
    page.get_by_label("Nội dung chi", exact=True).select_option(index=1)
    page.get_by_label("Số tiền (đồng)").first.fill("4.000.000")
    page.get_by_label("Ngày chi").fill(f"{NOW:%d/%m/%Y}")
    page.get_by_label("Chứng từ, nội dung").fill("Hóa đơn 15")
    unit.click("Ghi khoản chi")
    expect(page.get_by_text("Đã ghi khoản chi.")).to_be_visible()
    expect(page.get_by_role("row", name="Thuê xe đón đoàn").get_by_text("1.000.000")).to_be_visible()
    refused = [one for one in finance.wrong if "422" in one]  # told on the page itself
    assert (unit.wrong + finance.wrong + leader.wrong, len(refused)) == (refused, 1)
