"""A plan that replaces another, and one that amends it, by keyboard: what changes, issued, told to the unit, seen."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.later import CONTEST_AGAIN, a_later
from office.plan import reading
from xulang.office import clock
from xulang.programme.enums import AssignmentState, TaskState
from xulang.programme.models import Assignment, ChangeNotice, Task
from xulang.registry import ports

pytestmark = IN_A_BROWSER


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The office tests' town."""
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return populated(Town())


# how the reading has it, what the officer says of the two duties that the later plan does not name
WAYS = [("replaces", "Kết thúc", AssignmentState.WITHDRAWN), ("amends", "Giữ nguyên", AssignmentState.OPEN)]


@pytest.mark.parametrize(("relation", "left", "state"), WAYS)
def test_from_the_review_to_the_unit(
    browser: Browser, live_server: Any, town: Town, relation: str, left: str, state: str
) -> None:
    town.issue()
    later = a_later(town, relation=relation)
    desk = Desk(browser, live_server.url, "lan", viewport={"width": 1280, "height": 900})
    page = desk.open(f"/ra-soat/{later.pk}/")

    def press(role: Any, name: str, within: Any = None) -> None:
        """By key alone: the thing is reached and Enter pressed."""
        thing = (within or page).get_by_role(role, name=name, exact=role == "button")
        thing.focus()
        expect(thing).to_be_focused()
        page.keyboard.press("Enter")

    press("link", "Những gì thay đổi")
    expect(page.get_by_role("heading", name="Những gì thay đổi")).to_be_visible()
    press("button", "Sửa đổi, bổ sung" if relation == "amends" else "Thay thế", page.locator("#van-ban-cu + .cards"))
    press("button", "Xác nhận 5 điều chắc chắn")
    expect(page.get_by_role("heading", name="Đã xác nhận 5")).to_be_visible()
    desk.picture(f"differences-{relation}")
    # one that was confirmed is chosen otherwise, and chosen back
    ward = Task.objects.get(section="II.3", state=TaskState.ISSUED)
    card = page.locator(f"#dong-c{ward.pk}")
    for choice in ("Giữ nguyên" if left == "Kết thúc" else "Kết thúc", left):
        press("link", "Chọn khác", card)
        press("button", choice, card)
        expect(card.locator(".badge").first).to_have_text(choice)
    press("link", "Sang bước giao nhiệm vụ")
    press("button", "Giao nhiệm vụ")
    expect(page.get_by_text("Đã giao ngày 23/11/2026")).to_be_visible()
    assert Assignment.objects.get(task=ward).state == state
    assert desk.wrong == []
    # the school's department on its phone
    unit = Desk(browser, live_server.url, "minh", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = unit.open("/viec/")
    expect(page.get_by_text("Văn bản mới thay đổi việc của đơn vị")).to_be_visible()
    expect(page.locator("ins")).to_have_text("và tiếng Trung")
    unit.page.get_by_role("button", name="Đã xem").click()
    expect(page.get_by_text("Văn bản mới thay đổi việc của đơn vị")).to_have_count(0)
    assert ChangeNotice.objects.get(unit=town.units["gd"]).seen_by == town.people["minh"]
    page.get_by_role("link", name="Em kể chuyện quê em").first.click()
    expect(page.get_by_text("Hạn mới 25/12/2026 (hạn đầu 25/11/2026).")).to_be_visible()
    assert Task.objects.filter(text=CONTEST_AGAIN, state=TaskState.ISSUED).exists()
