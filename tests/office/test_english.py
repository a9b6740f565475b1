"""English throughout: a page in English shows none of our Vietnamese texts."""

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

import xulang
from office.conftest import Story
from office.screens import SCREENS


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


REFUSED = [("minh", "/khong-co/"), ("minh", "/nguoi-dung/")]


@pytest.mark.one_database("the words of a page; test_help opens the same screens on both")
def test_english_pages_have_no_vietnamese_left(office_story: Story) -> None:
    (town, rows), ours, left = office_story, set(vietnamese()), {}
    clients = {who: Client() if who is None else town.client(who) for who, _address in SCREENS}
    for client in clients.values():
        client.cookies["django_language"] = "en"
    for who, address in [*SCREENS, *REFUSED]:
        client = clients[who]
        page = html.fromstring(client.get(address.format_map(rows), follow=True).content.decode())
        assert page.get("lang") == "en"
        for quoted in page.xpath("//*[@lang='vi']"):  # what directives say is not ours to translate
            quoted.drop_tree()
        if found := ours & {text.strip() for text in page.itertext()}:
            left[address] = found
    assert not left
