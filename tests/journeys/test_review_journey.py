"""Receive, review, issue in a real browser: by click, by key, on a phone, in English, without JavaScript."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.readings import doubtful_plan
from xulang.config.sample import seeding
from xulang.office import clock
from xulang.programme.enums import ProgrammeState, TaskState
from xulang.programme.models import Programme
from xulang.registry import ports

SAMPLE = Path(seeding.__file__).with_name("plan.md")
NOW = dt.datetime(2026, 3, 10, 2, 0, tzinfo=dt.UTC)  # the sample plan's own spring

pytestmark = IN_A_BROWSER


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """The sample town."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    seeding.seed(today=NOW.date(), now=NOW)


@pytest.fixture
def sample(town: None) -> Programme:
    """The sample plan, read and proposed."""
    return seeding.propose(SAMPLE.read_bytes(), SAMPLE.name, now=NOW)


@pytest.fixture
def doubtful(town: None, monkeypatch: pytest.MonkeyPatch) -> Programme:
    """A plan with one of each doubt."""
    plan = doubtful_plan()
    monkeypatch.setattr(ports, "_registered", [lambda data, name: plan.reading()])
    return seeding.propose(plan.text.encode(), "ke-hoach.txt", now=NOW)


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "without JavaScript"])
def test_six_clicks_from_file_to_issue(browser: Browser, live_server: Any, town: None, script: bool) -> None:
    desk = Desk(
        browser, live_server.url, "dau.moi", viewport={"width": 1280, "height": 900}, java_script_enabled=script
    )
    page = desk.open("/van-ban/tiep-nhan/")
    page.set_input_files("input[type=file]", SAMPLE)
    desk.click("Tiếp nhận và đọc")
    desk.click("Rà soát nhiệm vụ")
    expect(page.locator(".task")).to_have_count(10)
    page.locator(".review-panes").evaluate("panes => panes.scrollIntoView()")
    desk.picture("review-1280")
    desk.click("Hằng quý")
    expect(page.locator("#buoc-1.step-done")).to_be_visible()
    page.get_by_role("button", name="nghĩa đề nghị").click()
    desk.clicks += 1
    expect(page.locator("#buoc-2.step-done")).to_be_visible()
    desk.click("Xác nhận 10 nhiệm vụ")
    expect(page.locator("#buoc-3.step-done")).to_be_visible()
    desk.click("Giao nhiệm vụ")
    expect(page.get_by_text("Đã giao ngày 10/03/2026")).to_be_visible()
    assert desk.clicks == 6
    assert Programme.objects.get().state == ProgrammeState.ISSUED
    assert desk.wrong == []


def test_words_and_cards_show_each_other(browser: Browser, live_server: Any, sample: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi", viewport={"width": 1280, "height": 900})
    page = desk.open(f"/ra-soat/{sample.pk}/")
    task = sample.tasks.all()[6]
    page.locator(f"#vb-{task.pk}").click()
    expect(page.locator(f"#nv-{task.pk}")).to_be_focused()
    expect(page.locator(f"#nv-{task.pk}")).to_be_in_viewport()
    first = sample.tasks.all()[0]
    page.locator(f"#nv-{first.pk} .task-number").click()
    expect(page.locator(f"#vb-{first.pk}")).to_be_in_viewport()
    assert page.locator(".review-paper .is-current").count() > 1
    assert desk.wrong == []


def test_the_doubts_are_settled_by_key_alone(browser: Browser, live_server: Any, doubtful: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi", viewport={"width": 1280, "height": 900})
    page = desk.open(f"/ra-soat/{doubtful.pk}/")

    def card(words: str) -> Any:
        return page.locator(".task", has=page.get_by_role("heading", name=words))

    page.keyboard.press("j")
    expect(card("Lập hồ sơ")).to_be_focused()
    page.keyboard.press("u")  # the matched unit is right: Enter in its field
    page.keyboard.press("Enter")
    expect(card("Lập hồ sơ").locator(".pick")).to_have_count(0)
    expect(card("Lập hồ sơ")).to_be_focused()
    page.keyboard.press("c")
    expect(card("Lập hồ sơ").get_by_text("Đã xác nhận")).to_be_visible()
    page.keyboard.press("j")  # an unknown unit: choose
    page.keyboard.press("u")
    page.keyboard.type("Phòng Tài chính - Kế hoạch")  # letters typed in a field are no acts
    page.keyboard.press("Tab")  # out of the list of suggestions, to the button
    page.keyboard.press("Enter")
    expect(card("Cử người").locator(".pick")).to_have_count(0)
    page.keyboard.press("j")  # a doubtful deadline: corrected in the form
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nội dung nhiệm vụ").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card("Thay biển")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("d")  # no task: dropped; the next one is at hand
    expect(card("Mời người")).to_have_count(0)
    page.keyboard.press("k")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    states = {task.text.split()[0]: task.state for task in doubtful.tasks.all()}
    assert states["Lập"] == TaskState.CONFIRMED
    assert states["Cử"] == TaskState.PROPOSED
    assert states["Mời"] == TaskState.DROPPED
    assert desk.wrong == []


def test_keys_can_be_switched_off(browser: Browser, live_server: Any, sample: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi")
    page = desk.open(f"/ra-soat/{sample.pk}/")
    page.get_by_role("button", name="Phím tắt").click()
    page.get_by_label("Dùng phím tắt trên trang này").uncheck()
    page.get_by_role("button", name="Đóng").click()
    page.keyboard.press("j")
    assert page.locator(".task:focus").count() == 0
    page.reload()
    page.keyboard.press("j")
    assert page.locator(".task:focus").count() == 0


def test_a_refusal_stays_with_what_was_typed(browser: Browser, live_server: Any, sample: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi")
    page = desk.open(f"/ra-soat/{sample.pk}/")
    card = page.locator(".task").first
    card.get_by_role("link", name="Sửa").click()
    card.get_by_label("Thêm đơn vị").fill("Phòng Không Có")
    card.get_by_label("Nội dung nhiệm vụ").fill("Chữ vừa gõ")
    card.get_by_role("button", name="Lưu", exact=True).click()
    expect(card.get_by_role("alert")).to_contain_text("Không có đơn vị nào tên là “Phòng Không Có”")
    expect(card.get_by_label("Nội dung nhiệm vụ")).to_have_value("Chữ vừa gõ")


def test_a_task_is_added_from_selected_words(browser: Browser, live_server: Any, sample: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi", viewport={"width": 1280, "height": 900})
    page = desk.open(f"/ra-soat/{sample.pk}/")
    line = page.locator(".review-paper p", has_text="nếu có vướng mắc, kịp thời báo cáo")
    line.scroll_into_view_if_needed()
    page.evaluate(
        """(line) => { const range = document.createRange(); range.selectNodeContents(line);
        getSelection().removeAllRanges(); getSelection().addRange(range); }""",
        line.element_handle(),
    )
    page.keyboard.press("a")
    page.locator("#them form").get_by_role("button", name="Thêm nhiệm vụ").click()
    expect(page.locator(".task")).to_have_count(11)
    task = sample.tasks.latest("pk")
    at = task.sources.get().passage
    assert sample.directive.text[at.start : at.end] == line.inner_text().strip() == task.text
    # Its number now stands in the margin there, and its card is the one at hand.
    expect(line.locator(".place")).to_be_visible()
    expect(page.locator(f"#nv-{task.pk}")).to_be_focused()


def test_a_phone_shows_one_side_at_a_time(browser: Browser, live_server: Any, sample: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = desk.open(f"/ra-soat/{sample.pk}/")
    paper, cards = page.locator("#van-ban"), page.locator("#de-xuat")
    expect(cards).to_be_visible()
    expect(paper).to_be_hidden()
    page.locator(".switch").get_by_role("link", name="Văn bản").click()
    expect(paper).to_be_visible()
    expect(cards).to_be_hidden()
    task = sample.tasks.all()[2]
    page.locator(f"#vb-{task.pk}").click()
    expect(page.locator(f"#nv-{task.pk}")).to_be_in_viewport()
    page.locator(f"#nv-{task.pk} .task-number").click()
    expect(page.locator(f"#vb-{task.pk}")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_screen_in_english(browser: Browser, live_server: Any, sample: Programme) -> None:
    desk = Desk(browser, live_server.url, "dau.moi")
    desk.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    page = desk.open(f"/ra-soat/{sample.pk}/")
    expect(page.get_by_role("heading", name="Review and issue tasks")).to_be_visible()
    for step, name in enumerate(("Quarterly", "Accept all 5 proposed meanings", "Confirm 10 tasks"), start=1):
        page.get_by_role("button", name=name).click()
        expect(page.locator(f"#buoc-{step}.step-done")).to_be_visible()
    page.get_by_role("button", name="Issue the tasks").click()
    expect(page.get_by_text("Issued on 10/03/2026")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser: Browser, live_server: Any, doubtful: Programme, scheme: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    desk = Desk(
        browser,
        live_server.url,
        "dau.moi",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    task = doubtful.tasks.all()[1]
    for path in ("", "#van-ban", f"?sua={task.pk}#nv-{task.pk}", f"?tach={task.pk}#nv-{task.pk}"):
        found = Axe().run(desk.open(f"/ra-soat/{doubtful.pk}/{path}"))
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
