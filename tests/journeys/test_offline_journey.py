"""What was typed survives a lost connection and a closed tab, and is nobody else's."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.plan import reading
from xulang.office import clock
from xulang.programme.enums import EntryKind
from xulang.programme.models import Entry
from xulang.registry import ports

pytestmark = IN_A_BROWSER
WORDS = "Đã treo 12 tấm bảng ở ba khối phố."


def test_typed_text_survives_a_lost_connection_and_a_closed_tab(
    browser: Browser, live_server: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    town = populated(Town())
    town.issue()
    address = f"/viec/{town.assignment('thuy_van', 'II.3').pk}/"
    phone = Desk(browser, live_server.url, "nga", viewport={"width": 390, "height": 844}, has_touch=True)
    page = phone.open(address)
    page.get_by_label("Tiến độ").check()
    page.get_by_label("Đã làm gì").fill(WORDS)
    phone.context.set_offline(True)
    phone.click("Gửi báo cáo")
    expect(page.get_by_text("Mất kết nối: chữ đã gõ được giữ trên máy này.")).to_be_visible()
    expect(page.get_by_label("Đã làm gì")).to_have_value(WORDS)
    page.close()

    # The tab is closed; another day the net is there.
    phone.context.set_offline(False)
    again = phone.page = phone.context.new_page()
    phone.open(address)
    expect(again.get_by_text("Đây là nội dung bạn gõ dở lần trước")).to_be_visible()
    expect(again.get_by_label("Đã làm gì")).to_have_value(WORDS)
    expect(again.get_by_label("Tiến độ")).to_be_checked()
    phone.click("Gửi báo cáo")
    expect(again.get_by_text("Đã ghi vào sổ theo dõi.")).to_be_visible()
    expect(again.get_by_label("Đã làm gì")).to_have_value("")
    assert Entry.objects.get(kind=EntryKind.PROGRESS).note.text == WORDS

    # A refusal is shown as without the script, and what is left at log-out is gone.
    again.get_by_label("Hoàn thành: ").check()
    again.get_by_label("Đã làm gì").fill("Xong cả rồi")
    phone.click("Gửi báo cáo")
    expect(again.get_by_role("alert")).to_be_visible()
    again.goto(live_server.url + "/viec/")
    assert again.evaluate("Object.keys(localStorage).length") == 1
    phone.click("Đăng xuất")
    expect(again.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()
    assert again.evaluate("Object.keys(localStorage).length") == 0
