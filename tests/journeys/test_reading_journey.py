"""A plan is given to be read: to the head, by the head to people, opened on a phone, heard at a session, urged."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.plan import reading
from xulang.office import clock
from xulang.plumbing.models import JournalEntry
from xulang.registry import ports
from xulang.registry.models import Circulation

pytestmark = IN_A_BROWSER
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return populated(Town())


def test_who_has_not_seen_it_is_a_list(browser: Browser, live_server: Any, town: Town) -> None:
    paper = town.issue().directive
    address = f"/van-ban/{paper.pk}/giao-doc/"

    # The focal unit gives it to the head of a division.
    focal = Desk(browser, live_server.url, "lan")
    above = focal.open(address)
    above.get_by_label("Phòng Giáo dục và Đào tạo").check()
    above.get_by_label("Chỉ thủ trưởng").check()
    focal.click("Giao các đơn vị đã chọn")
    expect(above.get_by_text("Đã giao đọc.")).to_be_visible()

    # The head opens it on a phone, and gives it to three people of the division.
    head = Desk(browser, live_server.url, "ha", **PHONE)
    page = head.open("/viec/")
    page.get_by_role("link", name="Lương Thị Lan giao bạn đọc").click()
    page.get_by_role("link", name="1/1 người đã xem").click()
    for name in ("Hoàng Văn Minh", "Lý Thị Hoa", "Hà Văn Sơn"):
        page.get_by_label(name).check()
    head.click("Giao người đã chọn")
    expect(page.get_by_text("Đã xem: 1/4 người")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    # One opens it from what she is reminded of: that is her receipt.
    reader = Desk(browser, live_server.url, "hoa", **PHONE)
    page = reader.open("/nhac-viec/")
    page.get_by_role("link", name="Bế Thu Hà giao bạn đọc").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Triển khai hoạt động")

    # Another was at the session where it was told of.
    unit = Desk(browser, live_server.url, "minh")
    there = unit.open(address)
    there.get_by_role("link", name="Ghi buổi quán triệt văn bản này").click()
    there.get_by_label("Đã làm gì").fill("Hội nghị quán triệt kế hoạch")
    there.get_by_label("Cuộc thi").check()
    unit.click("Ghi hoạt động")
    there.get_by_label("Hà Văn Sơn").check()
    unit.click("Có mặt")
    expect(there.get_by_text("Đã ghi người có mặt.")).to_be_visible()

    # Who is left is one person, whom the focal unit reminds.
    above = focal.open(address)
    expect(above.get_by_text("Đã xem: 3/4 người")).to_be_visible()
    expect(above.get_by_role("row", name="Hà Văn Sơn")).to_contain_text("Hội nghị quán triệt kế hoạch")
    above.get_by_role("link", name="Chỉ người chưa xem").click()
    expect(above.get_by_role("heading", name="Ai chưa xem 1")).to_be_visible()
    expect(above.get_by_role("rowheader", name="Hoàng Văn Minh")).to_be_visible()
    focal.click("Nhắc người chưa xem")
    expect(above.get_by_text("Đã nhắc người chưa xem")).to_be_visible()
    expect(unit.open("/nhac-viec/").get_by_role("heading", name="Giao bạn đọc 1")).to_be_visible()

    left = Circulation.objects.filter(seen_at__isnull=True)
    assert list(left.values_list("person__username", flat=True)) == ["minh"]
    assert JournalEntry.objects.filter(action="directive.readers_urged").count() == 1
    assert focal.wrong == head.wrong == reader.wrong == unit.wrong == []
