"""A person sets a second factor up on a phone, and logs in with it."""

from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, PASSWORD, Town, populated
from xulang.office import clock

pytestmark = IN_A_BROWSER


def test_set_up_and_log_in(browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    populated(Town())
    desk = Desk(browser, live_server.url, None, viewport={"width": 390, "height": 844})
    page = desk.open("/dang-nhap/?next=/an-toan/")

    def give_password() -> None:
        page.get_by_label("Tên đăng nhập").fill("lan")
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        desk.click("Đăng nhập")

    give_password()
    page.get_by_role("link", name="Bật xác thực hai lớp").click()
    picture = page.get_by_role("img", name="Hình để ứng dụng quét")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("img => img.naturalWidth") > 0
    codes = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    page.get_by_label("Mã xác thực").fill(codes.at(NOW.timestamp()))
    desk.click("Bật xác thực hai lớp")
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    spare = page.locator("li.secret").first.inner_text()

    for code in (codes.at(NOW.timestamp() + 30), spare):  # a phone may be a step ahead
        desk.click("Đăng xuất")
        page.goto(f"{live_server.url}/dang-nhap/?next=/an-toan/")
        give_password()
        page.get_by_label("Mã xác thực").fill(code)
        desk.click("Đăng nhập")
        expect(page.get_by_text("Đang bật: đăng nhập hỏi thêm mã từ điện thoại.")).to_be_visible()
    assert desk.wrong == []
    desk.context.close()
