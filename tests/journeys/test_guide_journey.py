"""The guide prints on two sheets of A4, in both languages; its pictures and its PDF are taken here (`make guide`)."""

import io
import os
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from journeys.conftest import NOW, SAMPLE
from office.conftest import Town, populated
from xulang.config.sample import seeding
from xulang.office import guide
from xulang.organisation.models import Person
from xulang.programme import services
from xulang.programme.enums import EntryKind
from xulang.programme.models import Assignment, Programme
from xulang.programme.services import NewEvidence

PAPER = (595, 842)  # A4 in points
ANEW = os.environ.get("XULANG_GUIDE")  # the folder of the PDF, where it is to be made anew

pytestmark = IN_A_BROWSER


def keep(desk: Desk, file: str, part: str) -> None:
    """The picture of a part of what is seen, in few colours, as the guide names it; its size as the guide says."""
    said = next(one.picture for one in guide.CHAPTERS if one.picture and one.picture.file == file)
    size = {"width": said.width / 2, "height": said.height / 2}
    box = desk.page.locator(part).first.bounding_box()
    assert box
    taken = desk.page.screenshot(clip={"x": max(box["x"] - 12, 0), "y": max(box["y"] - 12, 0), **size})
    folder = Path(guide.__file__).parent / "static/office/guide"
    folder.mkdir(exist_ok=True)
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(96).save(folder / file, optimize=True)


@pytest.mark.skipif(not ANEW, reason="asked for by `make guide` alone")
def test_pictures(browser: Browser, live_server: Any, issued: Programme) -> None:
    officer = Person.objects.get(username="phuong")
    duty = Assignment.objects.for_user(officer, NOW.date()).order_by("pk").first()
    assert duty
    services.report(
        assignment=duty,
        kind=EntryKind.DONE,
        expected=duty.expected.order_by("due").first(),
        note="Đã phổ biến tại 6 khu phố, 412 lượt người dự.",
        evidence=[NewEvidence(url="https://muonghoa.example/hop-khu-pho", title="Bản tin phường")],
        by=officer,
        now=NOW,
    )
    other = SAMPLE.read_text("utf-8").replace("2026", "2027")
    review = seeding.propose(other.encode(), "ke-hoach-2027.md", now=NOW)
    sharp: dict[str, Any] = {"device_scale_factor": 2, "color_scheme": "light"}
    lead = Desk(browser, live_server.url, "dau.moi", viewport={"width": 1160, "height": 900}, **sharp)
    lead.open(f"/ra-soat/{review.pk}/")
    lead.page.locator(".review-panes").evaluate("panes => panes.scrollIntoView()")
    keep(lead, "ra-soat.png", ".review-panes")
    lead = Desk(browser, live_server.url, "dau.moi", viewport={"width": 820, "height": 900}, **sharp)
    lead.open("/xac-nhan/")
    keep(lead, "xac-nhan.png", "h1")
    lead.open(f"/van-ban/{issued.directive_id}/noi-nhan/")
    keep(lead, "noi-nhan.png", "main table")
    leader = Desk(browser, live_server.url, "lanh.dao", viewport={"width": 820, "height": 900}, **sharp)
    leader.open("/tinh-hinh/")
    keep(leader, "tinh-hinh.png", ".figures")
    ward = Desk(browser, live_server.url, "phuong", viewport={"width": 390, "height": 900}, **sharp)
    ward.open(f"/viec/{duty.pk}/")
    keep(ward, "bao-cao.png", "main")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_two_sheets_of_a4(browser: Browser, live_server: Any, transactional_db: None, language: str) -> None:
    populated(Town())
    desk = Desk(browser, live_server.url, "lan", viewport={"width": 1280, "height": 900})
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page = desk.open("/tro-giup/")
    for picture in page.locator(".chapter img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("img => [img.naturalWidth, img.naturalHeight].join()") == picture.evaluate(
            "img => [img.getAttribute('width'), img.getAttribute('height')].join()"
        )
    printed = page.pdf(prefer_css_page_size=True)
    with pypdfium2.PdfDocument(printed) as paper:
        assert [tuple(round(side) for side in sheet.get_size()) for sheet in paper] == [PAPER, PAPER]
        # Without the spaces, which a PDF does not hold: they are guessed from where letters stand.
        words = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
    titles = [[part.inner_text() for part in sheet.locator("h2").all()] for sheet in page.locator(".sheet").all()]
    assert all("".join(title.split()) in text for text, named in zip(words, titles, strict=True) for title in named)
    assert desk.wrong == []
    if ANEW and language == "vi":
        Path(ANEW, "huong-dan.pdf").write_bytes(printed)
