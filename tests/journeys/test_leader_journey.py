"""A leader's five minutes on a phone: the figures, what waits, what is late and why; nothing to be learnt first."""

import datetime as dt
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from xulang.office import clock
from xulang.organisation.models import Person
from xulang.programme import services
from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.models import ExpectedReport, Programme
from xulang.programme.services import NewEvidence

MAY = dt.datetime(2026, 5, 20, 1, 0, tzinfo=dt.UTC)
WORDS = 700  # at 200 words a minute three and a half, which leaves time to decide

pytestmark = IN_A_BROWSER


def test_five_minutes_on_a_phone(
    browser: Browser, live_server: Any, issued: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MAY)
    officer = Person.objects.get(username="dau.moi")
    owed = ExpectedReport.objects.filter(assignment__unit=issued.focal_unit, due__lt=MAY.date()).first()
    assert owed is not None
    services.report(
        assignment=owed.assignment,
        expected=owed,
        kind=EntryKind.DONE,
        note="Đã họp giao ban báo chí.",
        evidence=[NewEvidence(url="https://muonghoa.example/giao-ban")],
        by=officer,
        now=MAY,
    )
    leader = Desk(browser, live_server.url, "lanh.dao", viewport={"width": 390, "height": 844}, has_touch=True)
    page = leader.open("/")
    expect(page.get_by_role("heading", name="Toàn cảnh hôm nay")).to_be_visible()
    leader.picture("leader-390")
    assert len(page.locator("main").inner_text().split()) < WORDS
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

    # What waits: the focal unit's own report, which nobody else may confirm.
    page.get_by_role("link", name="Xác nhận 1 báo cáo").click()
    leader.click("Xác nhận")
    expect(page.get_by_text("Đã xác nhận báo cáo.")).to_be_visible()
    owed.refresh_from_db()
    assert owed.state == ReportState.CONFIRMED

    # What is late: a tap on its words opens the words that order it, and who does not answer.
    page.locator(".rail summary").click()
    page.get_by_role("link", name="Toàn cảnh").click()
    expect(page.get_by_text("Không có gì chờ bạn")).to_be_visible()
    page.locator(".cards a").first.click()
    expect(page.get_by_text("Câu chữ giao việc")).to_be_visible()
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as paper:  # it prints as it reads
        printed = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    for part in page.locator(".part h2, .quote, .story .said").all():
        assert " ".join(part.inner_text().split())[:40] in printed
    assert "Đăng xuất" not in printed
    page.go_back()

    # The figure opens to the very list, as long as it says.
    figure = page.locator(".figures a").last
    number = figure.locator("b").inner_text()
    figure.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Đang thực hiện, quá hạn: {number}")
    assert leader.wrong == []
