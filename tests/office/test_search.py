"""The search desk: what says the words, marked, opened at its place; nothing of others."""

import re

import pytest

from office.conftest import Town

# typed, the kind that opens first, the words that are marked
FOUND = [
    ("thong tin doi ngoai", "van-ban", "thông tin đối ngoại"),
    ("lang nghe", "doan", "làng nghề"),
    ("tờ gấp", "doan", "tờ gấp"),
]


@pytest.mark.parametrize(("typed", "kind", "marked"), FOUND)
def test_what_is_found_is_marked(town: Town, typed: str, kind: str, marked: str) -> None:
    town.issue()
    page = town.client("lan").get("/tim/", {"tim": typed}).content.decode()
    assert f"<mark>{marked}</mark>" in page
    assert re.search(rf'loai={kind}[^>]*aria-current="true"', page)


def test_a_passage_opens_at_its_line_with_the_words_marked(town: Town) -> None:
    town.issue()
    client = town.client("lan")
    for kind in ("doan", "nhiem-vu"):
        page = client.get("/tim/", {"tim": "làng nghề", "loai": kind}).content.decode()
        href = re.search(r'href="(/van-ban/\d+/\?tim=[^"]+)#(d\d+)"', page)
        assert href, kind
        opened = client.get(href[1]).content.decode()
        assert f'id="{href[2]}"' in opened
        assert '<span class="mark mark-found">làng nghề</span>' in opened


def test_what_was_typed_is_never_taken_for_markup(town: Town) -> None:
    page = town.client("lan").get("/tim/", {"tim": '<b>"x'}).content.decode()
    assert "<b>&quot;x" not in page
    assert "&lt;b&gt;&quot;x" in page


@pytest.mark.parametrize("after", ["x", "1.", "2.5", "1.99999999999999999999", "1.-4"])
def test_a_broken_link_begins_anew(town: Town, after: str) -> None:
    town.issue()
    page = town.client("lan").get("/tim/", {"tim": "Mường Hoa", "sau": after})
    assert "<mark>" in page.content.decode()


def test_others_find_nothing(town: Town) -> None:
    town.issue()
    page = town.client("xa").get("/tim/", {"tim": "Mường Hoa"}).content.decode()
    assert "Không tìm thấy “Mường Hoa”" in page
