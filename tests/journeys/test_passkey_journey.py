"""A person registers a passkey and logs in with it: after the password, then alone. Chromium's own virtual device."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, PASSWORD, Town, populated
from xulang.office import clock

pytestmark = IN_A_BROWSER
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def give_password(page: Page) -> None:
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_register_and_log_in(browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    populated(Town())
    desk = Desk(browser, live_server.url, None, viewport={"width": 390, "height": 844})
    page = desk.page
    devices = desk.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"automaticPresenceSimulation": True}})

    desk.open("/dang-nhap/?next=/an-toan/khoa/")
    give_password(page)
    page.get_by_label("Tên của khóa").fill("Điện thoại")
    desk.click("Đăng ký khóa")  # minutes after log-in no password is asked again
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()

    desk.click("Đăng xuất")
    desk.open("/dang-nhap/?next=/an-toan/khoa/")
    give_password(page)
    desk.click("Dùng khóa truy cập")
    expect(page.get_by_text("dùng lần cuối")).to_be_visible()

    page.get_by_text("Gỡ khóa này").click()
    page.get_by_role("button", name="Gỡ khóa Điện thoại").click()
    expect(page.get_by_text("Chưa có khóa nào.")).to_be_visible()
    page.get_by_label("Cho đăng nhập chỉ bằng khóa này").check()
    desk.click("Đăng ký khóa")
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    desk.click("Đăng xuất")
    desk.open("/dang-nhap/?next=/an-toan/khoa/")
    desk.click("Đăng nhập bằng khóa truy cập")
    expect(page.get_by_text("Đăng nhập không cần mật khẩu")).to_be_visible()
    assert desk.wrong == []


def test_without_script_the_page_says_so(browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    populated(Town())
    desk = Desk(browser, live_server.url, None, java_script_enabled=False)
    page = desk.open("/dang-nhap/?next=/an-toan/khoa/")
    expect(page.get_by_text("Khóa truy cập cần JavaScript")).to_be_visible()
    desk.click("Đăng nhập bằng khóa truy cập")
    expect(page.get_by_text("Không xác nhận được khóa truy cập")).to_be_visible()
    give_password(page)
    expect(page.get_by_role("heading", name="Khóa truy cập")).to_be_visible()
    expect(page.get_by_text("Khóa truy cập cần JavaScript")).to_be_visible()
