"""An event, recorded on a phone, becomes evidence of two tasks: once told, twice reported, and seen by the leader."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from journeys.conftest import NOW
from xulang.config.sample import at_work, seeding
from xulang.office import clock
from xulang.programme.models import Entry

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

pytestmark = IN_A_BROWSER


@pytest.fixture
def at_the_festival(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """The sample town with its small plan running."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    seeding.seed(today=NOW.date(), now=NOW)
    at_work.set_to_work(NOW)


def a_photo(folder: Path) -> Path:
    """A photograph that says where it was taken."""
    exif, out = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 51.0, 12.0)})
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG", exif=exif)
    path = folder / "le-ruoc.jpg"
    path.write_bytes(out.getvalue())
    return path


def test_an_event_becomes_evidence_of_two_tasks(
    browser: Browser, live_server: Any, at_the_festival: None, tmp_path: Path
) -> None:
    officer = Desk(browser, live_server.url, "dau.moi", **PHONE)
    page = officer.open("/hoat-dong/ghi/")
    page.get_by_role("link", name="Sự kiện, đoàn khách").click()
    page.get_by_label("Đã làm gì").fill("Lễ rước hoa và đón đoàn bạn")
    for choice in page.locator("input[name=duties]").all():
        choice.check()
    page.get_by_label("Số người dự").fill("300")
    page.set_input_files("input[name=uploads]", a_photo(tmp_path))
    page.get_by_label("Nếu là ảnh").select_option("PUBLIC")
    officer.click("Ghi hoạt động")
    expect(page.get_by_role("paragraph").filter(has_text="Có người, tại sự kiện công cộng")).to_be_visible()
    expect(page.locator(".look img")).to_be_visible()  # the picture is shown small
    officer.picture("activity-390")
    page.get_by_role("link", name="Báo cáo bằng hoạt động này").click()
    expect(page.locator("input[name=reports]:checked")).to_have_count(2)
    officer.click("Gửi báo cáo")
    expect(page.get_by_text("Đã dùng làm minh chứng cho 2 báo cáo.")).to_be_visible()
    entries = list(Entry.objects.filter(activity_lines__activity__title="Lễ rước hoa và đón đoàn bạn"))
    files = [entry.evidence.get().file for entry in entries]
    assert len({entry.assignment_id for entry in entries}) == 2
    assert len({file.file.name for file in files if file}) == 1  # in the store once
    leader = Desk(browser, live_server.url, "lanh.dao", viewport={"width": 1280, "height": 900})
    for entry in entries:
        leader.open(f"/nhiem-vu/{entry.assignment.task_id}/")
        expect(leader.page.get_by_role("link", name="Lễ rước hoa và đón đoàn bạn").first).to_be_visible()
    leader.open("/hoat-dong/?xem=lich&thang=2026-03")
    expect(leader.page.get_by_role("link", name="Lễ rước hoa và đón đoàn bạn")).to_be_visible()
    assert officer.wrong + leader.wrong == []
