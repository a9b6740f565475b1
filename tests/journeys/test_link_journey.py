"""A ward officer reports from a phone by the link of a letter: one page, no password, a minute."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.plan import reading
from xulang.office import clock, reminders
from xulang.plumbing import mail
from xulang.plumbing.models import Letter
from xulang.programme import services
from xulang.programme.enums import EntryKind
from xulang.registry import ports

pytestmark = IN_A_BROWSER
DUE = dt.datetime(2026, 12, 31, 1, 0, tzinfo=dt.UTC)


class _Post:
    def available(self) -> bool:
        return True


def test_a_ward_officer_reports_from_a_phone_by_link(
    browser: Browser, live_server: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(mail, "_registered", [_Post()])
    town = populated(Town())
    town.issue()
    town.people["nga"].email = "nga@muonghoa.example"
    town.people["nga"].save()
    monkeypatch.setattr(clock, "now", lambda: DUE)
    services.remind(now=DUE, compose=reminders.letter)
    body = Letter.objects.get(to="nga@muonghoa.example").body
    address = next(part for part in body.split() if "/bao-nhanh/" in part)

    phone = Desk(browser, live_server.url, None, viewport={"width": 390, "height": 844}, has_touch=True)
    page = phone.open(address[address.index("/bao-nhanh/") :])
    expect(page.get_by_role("heading", name="Báo cáo nhanh")).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    phone.picture("link-390")
    page.get_by_label("Hoàn thành").check()
    page.get_by_label("Đã làm gì").fill("Đã treo 12 tấm bảng, phát 3 lượt loa.")
    page.get_by_label("Ảnh hoặc tệp").set_input_files({"name": "bang.txt", "mimeType": "text/plain", "buffer": b"bang"})
    phone.click("Gửi báo cáo")
    expect(page.get_by_role("heading", name="Đã nhận báo cáo")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Đã nhận báo cáo")).to_be_visible()
    assert phone.clicks == 1

    focal = Desk(browser, live_server.url, "lan")
    there = focal.open("/xac-nhan/")
    expect(there.get_by_text("Gửi bằng liên kết trong thư tới Chuyên viên, không đăng nhập")).to_be_visible()
    focal.click("Xác nhận")
    expect(there.get_by_text("Đã xác nhận báo cáo.")).to_be_visible()
    duty = town.assignment("thuy_van", "II.3")
    assert list(duty.entries.values_list("kind", flat=True)) == [EntryKind.ISSUED, EntryKind.DONE, EntryKind.CONFIRMED]
    assert phone.wrong == focal.wrong == []
