"""Every screen, opened in English: none of our Vietnamese texts, help that is there, no list of a whole register."""

import gettext
from collections.abc import Iterator
from pathlib import Path

from django.test import Client
from lxml import html

import xulang
from office.conftest import Story
from office.screens import SCREENS
from xulang.office import guide


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


FEW = 8  # names that a page may offer by itself: those who sign for one's own offices


def test_every_page_in_english(office_story: Story) -> None:
    """Opened once, asked three things: Vietnamese left, help that leads nowhere, a list of names that is a register."""
    (town, rows), ours, wrong = office_story, set(vietnamese()), []
    clients = {who: Client() if who is None else town.client(who) for who, _address in SCREENS}
    for client in clients.values():
        client.cookies["django_language"] = "en"
    anchors = {f"/tro-giup/#{part.get('id')}" for part in opened(clients["lan"], "/tro-giup/").find_class("chapter")}
    assert len(anchors) == len(guide.CHAPTERS)
    for who, address in [*SCREENS, *REFUSED]:
        page = opened(clients[who], address.format_map(rows))
        assert page.get("lang") == "en"
        if who is not None and address != "/khong-co/":
            told = page.xpath("//footer//a[starts-with(@href, '/tro-giup/')]/@href")
            wrong += [f"{address}: help leads to {place}" for place in told if place not in anchors]
        if len(page.xpath("//datalist/option")) > FEW:
            wrong.append(f"{address}: carries a register; offer it as test_offering says")
        for quoted in page.xpath("//*[@lang='vi']"):  # what directives say is not ours to translate
            quoted.drop_tree()
        wrong += [f"{address}: says {text!r}" for text in ours & {text.strip() for text in page.itertext()}]
    assert not wrong


def opened(client: Client, address: str) -> html.HtmlElement:
    return html.fromstring(client.get(address, follow=True).content.decode())
