"""A reorganisation in a real browser: drafted, previewed, a choice made, applied, read both ways, undone."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.plan import reading
from xulang.office import clock
from xulang.organisation.models import Reorganisation
from xulang.registry import ports

pytestmark = IN_A_BROWSER
SIZE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The office tests' town with its plan issued, a day later."""
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = populated(Town())
    made.issue()
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=1))
    return made


def test_previewed_applied_read_both_ways_undone(browser: Browser, live_server: Any, town: Town) -> None:
    desk = Desk(browser, live_server.url, "quan", **SIZE)
    page = desk.open("/sap-xep/")
    page.get_by_role("link", name="Lập phương án").first.click()
    page.get_by_label("Tên việc sắp xếp").fill("Sắp xếp các phòng chuyên môn")
    page.get_by_label("Căn cứ pháp lý").fill("Nghị quyết 04/NQ-HĐND")
    desk.click("Lập phương án")
    expect(page.get_by_role("heading", name="Sắp xếp các phòng chuyên môn")).to_be_visible()
    for new in ("Phòng Văn hóa - Xã hội", "Phòng Khoa học"):
        page.locator("summary", has_text="Thành lập").click()
        page.locator("[name=establish-unit]").fill(new)
        page.locator("[name=establish-kind]").select_option("phong")
        page.locator("[name=establish-parent]").fill("Ủy ban nhân dân thành phố Mường Hoa")
        desk.click("Thành lập")
        expect(page.get_by_role("rowheader", name=new)).to_be_visible()
    for to, function in (("Phòng Văn hóa - Xã hội", ""), ("Phòng Khoa học", "mạng xã hội")):
        page.locator("summary", has_text="Chia tách").click()
        page.locator("[name=split-unit]").fill("Phòng Văn hóa và Thông tin")
        page.locator("[name=split-to]").fill(to)
        page.locator("[name=split-function]").fill(function)
        page.locator("[name=split-main]").set_checked(not function)
        desk.click("Chia tách")
        expect(page.get_by_role("cell", name=to).last).to_be_visible()
    desk.picture("reorganisation-1280")
    page.get_by_role("link", name="Xem trước").click()
    expect(page.get_by_text("Đơn vị kết thúc (1)")).to_be_visible()
    desk.picture("reorganisation-preview-1280")

    act = Reorganisation.objects.get()
    lead = Desk(browser, live_server.url, "lan", **SIZE)
    lead.open(f"/sap-xep/{act.pk}/viec/?bang=programme.Assignment.unit")
    row = lead.page.locator("tbody tr").first
    row.get_by_label("Nơi tiếp nhận").select_option(label="Phòng Khoa học")
    row.get_by_role("button", name="Chọn").click()
    expect(lead.page.get_by_text("Đã chọn đơn vị tiếp nhận.")).to_be_visible()

    desk.click("Áp dụng")
    expect(page.get_by_text("Đã áp dụng việc sắp xếp.")).to_be_visible()
    leader = Desk(browser, live_server.url, "duc", viewport={"width": 390, "height": 844})
    leader.open("/tinh-hinh/")
    expect(leader.page.get_by_role("rowheader", name="Phòng Khoa học")).to_be_visible()
    leader.open("/tinh-hinh/?ngay=23/11/2026")
    leader.page.get_by_label("Tính cho").select_option(label="Đơn vị của ngày đó")
    leader.click("Xem")
    expect(leader.page.get_by_role("rowheader", name="Phòng Văn hóa và Thông tin")).to_be_visible()
    expect(leader.page.get_by_role("rowheader", name="Phòng Khoa học")).to_have_count(0)

    page.get_by_role("link", name="Xem trước hoàn tác").click()
    expect(page.get_by_text("trở về đơn vị cũ").first).to_be_visible()
    page.get_by_label("Căn cứ hoàn tác").fill("Nghị quyết 05/NQ-HĐND")
    desk.click("Hoàn tác")
    expect(page.get_by_text("Đã hoàn tác việc sắp xếp.")).to_be_visible()
    leader.open("/tinh-hinh/")
    expect(leader.page.get_by_role("rowheader", name="Phòng Văn hóa và Thông tin")).to_be_visible()
    assert desk.wrong + lead.wrong + leader.wrong == []
