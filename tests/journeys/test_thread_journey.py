"""The thread's second half in a real browser: a ward reports on a phone, the focal unit confirms, the leader counts."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from journeys.browsing import ON_BOTH, Desk
from xulang.programme.models import Assignment, Programme

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

pytestmark = ON_BOTH  # one journey from end to end over real connections to each


def test_reported_confirmed_counted(browser: Browser, live_server: Any, issued: Programme, tmp_path: Path) -> None:
    ward = Desk(browser, live_server.url, "phuong", **PHONE)
    page = ward.open("/viec/")
    ward.picture("desk-390")
    page.locator("a.card").first.click()
    expect(page.get_by_text("Câu chữ giao việc")).to_be_visible()  # the words that order it stand on the page
    page.locator("input[name=kind][value=DONE]").check()
    page.get_by_label("Đã làm gì, kết quả thế nào").fill("Đã phổ biến tại 6 khu phố, 412 lượt người dự.")
    ward.click("Gửi báo cáo")
    expect(page.get_by_text("Hãy kèm ít nhất một minh chứng")).to_be_visible()  # done is refused without evidence …
    photo = tmp_path / "bien-ban.txt"
    photo.write_text("Biên bản họp khu phố số 2.", "utf-8")
    page.get_by_label("Đã làm gì, kết quả thế nào").fill("Đã phổ biến tại 6 khu phố, 412 lượt người dự.")
    page.locator("input[name=kind][value=DONE]").check()
    page.set_input_files("input[type=file]", photo)
    ward.click("Gửi báo cáo")  # … and taken with it
    expect(page.get_by_text("Đã ghi vào sổ theo dõi.")).to_be_visible()
    expect(page.get_by_text("412 lượt người").first).to_be_visible()
    ward.picture("assignment-390")

    leader = Desk(browser, live_server.url, "lanh.dao", viewport={"width": 1280, "height": 900})
    leader.open("/tinh-hinh/")
    expect(leader.page.get_by_text("1 báo cáo đã gửi, chờ xác nhận")).to_be_visible()
    focal = Desk(browser, live_server.url, "dau.moi", viewport={"width": 1280, "height": 900})
    focal.open("/xac-nhan/")
    focal.picture("confirm-1280")
    focal.click("Xác nhận")
    leader.open("/tinh-hinh/")
    leader.picture("figures-1280")
    done = leader.page.locator(".figures a").first
    expect(done).to_contain_text("1")
    done.click()
    expect(leader.page.get_by_text("Bến Đá").first).to_be_visible()  # the number opens what is behind it
    refused = [said for said in ward.wrong if "422" in said]  # the report without evidence, and nothing else
    assert len(refused) == 1
    assert ward.wrong + leader.wrong + focal.wrong == refused


def test_the_thread_in_english(browser: Browser, live_server: Any, issued: Programme) -> None:
    ward = Desk(browser, live_server.url, "phuong", **PHONE)
    page = ward.open("/viec/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    ward.picture("desk-390-en")
    duty = Assignment.objects.filter(unit__posts__holdings__person__username="phuong").first()
    assert duty is not None
    ward.open(f"/viec/{duty.pk}/")
    expect(page.get_by_role("button", name="Send the report")).to_be_visible()
    assert ward.wrong == []
