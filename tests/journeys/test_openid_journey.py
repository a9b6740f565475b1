"""A person who was invited logs in by the province's own log-in, with a second factor here, and leaves both."""

from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.provider import CLIENT, SECRET, running
from xulang.adapters.openid import OpenIdProvider
from xulang.office import clock
from xulang.organisation import openid, second_factor

pytestmark = IN_A_BROWSER


def test_there_and_back_and_out(browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    lan = populated(Town()).people["lan"]
    lan.email = "lan@muonghoa.example"
    lan.save()
    key = second_factor.new_key()
    second_factor.enrol(person=lan, key=key, code=pyotp.TOTP(key).at(NOW), now=NOW)
    told = {"sub": "s-1", "email": lan.email, "email_verified": True}
    with running(person=told, now=int(NOW.timestamp())) as provider:
        ours = OpenIdProvider(provider.issuer, CLIENT, SECRET, "Cổng tỉnh")
        monkeypatch.setattr(openid, "_registered", [ours])
        desk = Desk(browser, live_server.url, None, viewport={"width": 390, "height": 844})
        page = desk.open("/an-toan/")
        page.get_by_role("link", name="Đăng nhập qua Cổng tỉnh").click()
        page.get_by_role("link", name="Là tôi").click()
        page.get_by_label("Mã xác thực").fill(pyotp.TOTP(key).at(NOW.timestamp() + 30))
        desk.click("Đăng nhập")
        expect(page.get_by_role("heading", name="Định danh ngoài")).to_be_visible()
        desk.click("Đăng xuất")
        page.get_by_role("link", name="Đăng xuất ở Cổng tỉnh").click()
        expect(page.get_by_role("heading", name="Đã rời cổng")).to_be_visible()
        page.goto(live_server.url + "/van-ban/")
        expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
        assert [one for one in desk.wrong if "favicon" not in one] == []
