"""An obstacle goes up and comes back; a leader decides: from a unit's desk to the leader's phone and back."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.plan import reading
from xulang.office import clock
from xulang.plumbing.models import JournalEntry
from xulang.programme.enums import EntryKind
from xulang.programme.models import Entry
from xulang.registry import ports

pytestmark = IN_A_BROWSER
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LATE = NOW + dt.timedelta(days=40)


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    found = populated(Town())
    found.issue()
    return found


def test_an_obstacle_goes_up_and_comes_back(browser: Browser, live_server: Any, town: Town) -> None:
    duty = town.assignment("gd", "II.2")
    unit = Desk(browser, live_server.url, "minh", **PHONE)
    page = unit.open(f"/viec/{duty.pk}/")
    page.get_by_role("link", name="Nêu vướng mắc").click()
    page.get_by_label("Vướng mắc gì").fill("Chưa có kinh phí trao giải.")
    unit.click("Gửi vướng mắc")
    expect(page.get_by_text("Đã gửi vướng mắc tới đơn vị đầu mối theo dõi.")).to_be_visible()

    # The focal unit finds it among what waits for it, and lays it before the leader.
    focal = Desk(browser, live_server.url, "lan")
    there = focal.open("/vuong-mac/")
    expect(there.get_by_role("heading", name="Chờ bạn 1")).to_be_visible()
    there.get_by_text("Trình lãnh đạo", exact=True).first.click()
    there.get_by_label("Ý kiến đề xuất").fill("Vượt thẩm quyền của phòng.")
    focal.click("Trình lãnh đạo")
    expect(there.get_by_text("Đã trình lãnh đạo.")).to_be_visible()

    # The leader decides on a phone, by one tap on a sentence that stands ready.
    leader = Desk(browser, live_server.url, "duc", **PHONE)
    above = leader.open("/toan-canh/")
    expect(above.get_by_role("link", name="Cho ý kiến 1 vướng mắc")).to_be_visible()
    above.get_by_text("Cho ý kiến chỉ đạo", exact=True).first.click()
    leader.click("Đầu mối làm việc với đơn vị")
    expect(above.get_by_text("Đã trả lời.")).to_be_visible()
    assert above.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    # It comes back to the unit's desk, which closes it; nothing is open any more.
    page = unit.open("/viec/")
    expect(page.get_by_text("Lãnh đạo cho ý kiến:")).to_be_visible()
    page.get_by_text("Các bàn việc:").click()  # on a phone the desks are folded
    page.get_by_role("link", name="Vướng mắc").click()
    unit.click("Đã hết vướng mắc")
    expect(page.get_by_text("Đã đóng vướng mắc.")).to_be_visible()
    expect(page.get_by_text("Không có vướng mắc nào")).to_be_visible()
    kinds = [EntryKind.OBSTACLE, EntryKind.ESCALATED, EntryKind.DIRECTED, EntryKind.RESOLVED]
    assert list(duty.entries.exclude(kind=EntryKind.ISSUED).values_list("kind", flat=True)) == kinds
    acts = ["obstacle.raised", "obstacle.escalated", "obstacle.answered", "obstacle.resolved"]
    assert list(JournalEntry.objects.order_by("id").values_list("action", flat=True))[-4:] == acts
    assert unit.wrong == focal.wrong == leader.wrong == []


def test_a_leader_decides(browser: Browser, live_server: Any, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is late gets a direction by one tap; a wish for more time of the focal unit's own is granted."""
    monkeypatch.setattr(clock, "now", lambda: LATE)
    own = town.assignment("vhtt", "II.1")
    focal = Desk(browser, live_server.url, "lan")
    page = focal.open(f"/viec/{own.pk}/gia-han/")
    page.get_by_label("Xin gia hạn đến ngày").fill("29/01/2027")
    page.get_by_label("Lý do").fill("Chờ số liệu của các phường.")
    focal.click("Gửi đề nghị gia hạn")
    expect(page.get_by_text("Đã gửi đề nghị gia hạn.")).to_be_visible()

    leader = Desk(browser, live_server.url, "duc", **PHONE)
    above = leader.open("/toan-canh/")
    leader.click("Gia hạn đến 29/01/2027")
    expect(above.get_by_text("Đã gia hạn. Hạn đầu vẫn được ghi.")).to_be_visible()
    late = above.locator("section", has=above.get_by_role("heading", name="Quá hạn lâu nhất"))
    late.get_by_text("Cho ý kiến chỉ đạo", exact=True).first.click()
    late.get_by_role("button", name="Báo cáo lý do chậm").first.click()
    expect(above.get_by_text("Đã ghi ý kiến chỉ đạo vào sổ theo dõi của 1 đơn vị.")).to_be_visible()
    assert Entry.objects.get(kind=EntryKind.DIRECTED).note.text.startswith("Đề nghị đơn vị báo cáo rõ lý do chậm")

    page = focal.open("/viec/")
    expect(page.get_by_text("Được gia hạn Tháng 12/2026 đến 29/01/2027 (hạn đầu 17/12/2026):")).to_be_visible()
    assert leader.wrong == focal.wrong == []
