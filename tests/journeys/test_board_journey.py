"""The lead officer at the board: filtered, kept as a view, units reminded, the list taken away; on a phone."""

import io
from typing import Any

import openpyxl
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from xulang.office.models import SavedView
from xulang.programme.models import Notice, Programme

pytestmark = IN_A_BROWSER


def test_filter_save_remind_and_take_away(browser: Browser, live_server: Any, issued: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi", viewport={"width": 390, "height": 844}, accept_downloads=True)
    page = desk.open("/bang/")
    page.locator(".filters summary").click()
    page.get_by_label("Tình trạng").select_option("trong-han")
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.get_by_text("Lọc: 1 điều kiện")).to_be_visible()

    page.get_by_text("Lưu góc nhìn này").click()
    page.get_by_label("Tên góc nhìn").fill("Còn hạn")
    desk.click("Lưu")
    expect(page.get_by_text("Đã lưu góc nhìn “Còn hạn”.")).to_be_visible()
    expect(page.get_by_role("link", name="Còn hạn")).to_have_attribute("aria-current", "true")
    assert SavedView.objects.get().query == "con-so=trong-han"

    rows = page.locator("input[name=chon]")
    chosen = {rows.nth(0).get_attribute("value"), rows.last.get_attribute("value")}
    rows.nth(0).check()
    rows.last.check()
    page.get_by_label("Việc cần làm").select_option("nhac")
    desk.click("Làm với các dòng đã chọn")
    expect(page.get_by_text(f"Đã làm với {len(chosen)} việc.")).to_be_visible()
    assert {str(row.expected.assignment_id) for row in Notice.objects.filter(step="urged")} == chosen

    with page.expect_download() as taken:
        page.get_by_role("link", name="tệp XLSX").click()
    sheet = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    assert sheet is not None
    assert sheet.max_row > len(chosen)
    assert desk.wrong == []
