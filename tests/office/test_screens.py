"""Every screen in a real browser: axe finds nothing, nothing hangs over the edge; no Vietnamese left in English."""

import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from lxml import html
from pytest_django.live_server_helper import LiveServer

import xulang
from office.browsing import browser, needs_browser, window
from office.conftest import NOW, Town, populated
from xulang.programme import services
from xulang.programme.enums import EntryKind
from xulang.programme.services import NewEvidence

# Who opens what; {…} are rows of the town's story.
SCREENS = [
    (None, "/dang-nhap/"),
    ("lan", "/"),
    ("lan", "/mat-khau/"),
    ("lan", "/van-ban/"),
    ("lan", "/van-ban/?tu=khong"),
    ("lan", "/van-ban/tiep-nhan/"),
    ("lan", "/van-ban/{directive}/"),
    ("lan", "/ra-soat/{review}/"),
    ("lan", "/xac-nhan/"),
    ("nga", "/viec/"),
    ("nga", "/viec/{ward}/"),
    ("minh", "/viec/{contest}/"),
    ("lan", "/viec/{contest}/"),
    ("minh", "/minh-chung/{evidence}/thu-hoi/"),
    ("duc", "/tinh-hinh/"),
    ("duc", "/tinh-hinh/tat-ca/"),
    ("duc", "/tinh-hinh/qua-han/"),
    ("quan", "/don-vi/"),
    ("quan", "/don-vi/them/"),
    ("quan", "/don-vi/{unit}/"),
    ("quan", "/nguoi-dung/"),
    ("quan", "/nguoi-dung/them/"),
    ("quan", "/nguoi-dung/{person}/"),
    ("tho", "/nhat-ky/"),
    ("ky", "/"),
    ("ky", "/van-ban/"),  # not permitted
    ("lan", "/khong-co/"),  # no such page
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def story(town: Town) -> dict[str, int]:
    """A plan issued and reported upon, another under review; the rows by name."""
    town.issue()
    contest = town.assignment("gd", "II.2")
    entry = services.report(
        assignment=contest,
        kind=EntryKind.DONE,
        expected=contest.expected.get(),
        note="Chung kết với 62 bài dự thi.",
        percent=100,
        evidence=[
            NewEvidence(data=b"Danh sach giai", name="giai.txt"),
            NewEvidence(url="https://muonghoa.example/tin", title="Bản tin"),
        ],
        by=town.people["minh"],
        now=NOW,
    )
    other = town.receive(data=b"# ke hoach khac")
    return {
        "directive": contest.task.programme.directive_id,
        "review": services.propose(directive=other, by=town.people["lan"], now=NOW).pk,
        "ward": town.assignment("thuy_van", "II.3").pk,
        "contest": contest.pk,
        "evidence": entry.evidence.first().pk,
        "unit": town.units["vhtt"].pk,
        "person": town.people["minh"].pk,
    }


@needs_browser
def test_axe_finds_nothing_and_nothing_hangs_over(
    transactional_db: None, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Playwright's loop runs in this thread; the database is only asked between its calls.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    town = populated(Town())
    rows = story(town)
    found = []
    with browser() as opened:
        for width, dark in ((1280, False), (390, True), (1280, True), (390, False)):
            pages = {who: window(opened, live_server.url, town, who, width=width, dark=dark) for who, _ in SCREENS}
            for who, address in SCREENS:
                page = pages[who]
                page.goto(address.format_map(rows))
                where = f"{address} {width} {'dark' if dark else 'light'}"
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    found.append(f"{where}: hangs over the edge")
                report = Axe().run(page, options={"runOnly": RULES["runOnly"]})
                for broken in report.response["violations"]:
                    nodes = "; ".join(node["html"][:160] for node in broken["nodes"][:3])
                    found.append(f"{where}: {broken['id']}: {nodes}")
            for page in pages.values():
                page.context.close()
    assert not found, "\n".join(found)


def vietnamese() -> Iterator[str]:
    """Every text of ours, as it reads in Vietnamese, that reads otherwise in English."""
    locale = Path(xulang.__file__).parent / "locale"
    with (locale / "en/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    for key, english in catalogue.items():
        text = key[0] if isinstance(key, tuple) else key
        text = text.split("\x04")[-1]
        if text and text != english and len(text) > 3 and "%(" not in text:
            yield text


@pytest.mark.parametrize(("who", "address"), SCREENS)
def test_an_english_page_has_no_vietnamese_left(town: Town, who: str | None, address: str) -> None:
    client = Client() if who is None else town.client(who)
    client.cookies["django_language"] = "en"
    page = html.fromstring(client.get(address.format_map(story(town)), follow=True).content.decode())
    assert page.get("lang") == "en"
    for quoted in page.xpath("//*[@lang='vi']"):  # what directives say is not ours to translate
        quoted.drop_tree()
    shown = {text.strip() for text in page.itertext()}
    assert not shown & set(vietnamese())
