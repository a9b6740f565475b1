"""A superior's plan becomes a plan of one's own: duties chosen, spread, worded, read over, taken as Word, numbered."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.plan import reading
from xulang.office import clock
from xulang.papers.checking.check import check
from xulang.plumbing.models import JournalEntry
from xulang.programme.enums import DraftState
from xulang.programme.models import Draft
from xulang.registry import ports

pytestmark = IN_A_BROWSER


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return populated(Town())


def test_from_the_superiors_plan_to_a_number(browser: Browser, live_server: Any, town: Town) -> None:
    above = town.receive()
    officer = Desk(browser, live_server.url, "lan")
    page = officer.open(f"/van-ban/{above.pk}/du-thao/")

    # Two of its duties are ours.
    for choice in page.locator("input[name=duty]").all():
        choice.uncheck()
    for words in ("Duy trì chuyên trang", "Tổ chức cuộc thi"):
        page.get_by_label(words).check()
    officer.click("Lập dự thảo")
    expect(page.get_by_text("Đã lập dự thảo.")).to_be_visible()
    expect(page.get_by_role("heading", name="Nhiệm vụ 2", exact=True)).to_be_visible()

    # Both go to one division, by one day.
    for choice in page.locator("input[name=item]").all():
        choice.check()
    spread = page.get_by_role("region", name="Giao cho các nhiệm vụ đã đánh dấu")
    spread.get_by_label("Đơn vị chủ trì").fill("Phòng Giáo dục và Đào tạo")
    spread.get_by_label("Xong trước ngày").fill("24/11/2026")
    officer.click("Ghi cho mục đã đánh dấu")
    expect(page.get_by_text("Đã ghi cho các nhiệm vụ đã chọn.")).to_be_visible()

    # The second is worded for here, beside the superior's own words.
    page.get_by_role("link", name="Sửa 2").click()
    expect(page.get_by_text("Em kể chuyện quê em").last).to_be_visible()
    page.get_by_label("Lời văn của nhiệm vụ").fill("Tổ chức thi kể chuyện bằng tiếng Anh cho học sinh thành phố.")
    officer.click("Lưu nhiệm vụ")
    expect(page.get_by_text("2. Tổ chức thi kể chuyện")).to_be_visible()
    page.get_by_text("Khung văn bản", exact=False).first.click()
    page.get_by_label("Trích yếu").fill("Thông tin đối ngoại năm 2027")
    page.get_by_label("Địa danh").fill("Mường Hoa")
    page.get_by_label("Thẩm quyền, chức vụ ký").fill("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    page.get_by_label("Họ và tên người ký").fill("Nông Văn Đức")
    officer.click("Lưu khung văn bản")
    expect(page.get_by_text("Đã lưu khung văn bản.")).to_be_visible()

    # It is read as it will stand, and taken as a file that keeps to the form of the law.
    page.get_by_role("link", name="Xem trước").click()
    expect(page.get_by_text("Tổ chức thi kể chuyện").first).to_be_visible()
    page.go_back()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải Word").click()
    assert check(Path(taken.value.path()).read_bytes()) == []

    # From its number on it is not worked on any more.
    page.get_by_text("Cấp số để trình ký").click()
    officer.click("Cấp số")
    expect(page.get_by_text("Đã cấp số.")).to_be_visible()
    expect(page.get_by_text("01/KH-UBND")).to_be_visible()
    expect(page.get_by_role("link", name="Sửa 2")).to_have_count(0)
    assert Draft.objects.get().state == DraftState.NUMBERED
    assert JournalEntry.objects.filter(action="draft.taken").count() == 1
    expect(officer.open("/van-ban/so-di/").get_by_role("row", name="01/KH-UBND")).to_be_visible()
    assert officer.wrong == []
