"""Help where it is needed: empty screens say what to do, each screen has its place in the guide, the tour is kept."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from office.conftest import NOW, Story, Town
from office.test_sweep import ADDRESSES, addresses, path
from xulang.office import guide, rail, tour
from xulang.office.models import TourStop
from xulang.organisation.enums import Role
from xulang.organisation.scopes import scope_of


def opened(client: Client, address: str) -> html.HtmlElement:
    return html.fromstring(client.get(address, follow=True).content.decode())


def test_help_leads_to_where_a_desk_is_told_of(town: Town) -> None:
    assert opened(town.client("lan"), "/bang/").xpath("//a[@href='/tro-giup/#theo-doi']")


def test_every_desk_has_its_place_in_the_guide() -> None:
    # A new desk of the rail: give its screens a chapter in office/guide.py, and a stop in office/tour.py.
    desks = {screen for desk in rail.DESKS for screen in (desk.opens, *desk.holds)}
    told = {screen for chapter in guide.CHAPTERS for screen in chapter.screens}
    assert desks - told == set()
    assert told <= {name for name, _pattern in addresses()}
    assert {desk.opens for desk in rail.DESKS} - {stop.opens for stop in tour.STOPS} == set()


@pytest.fixture
def bare(db: None) -> Town:
    """A unit and a post of each kind, and nothing else: the first day."""
    town = Town()
    town.unit("tp", "ubnd_tp", "Ủy ban nhân dân thành phố Mường Hoa")
    for role in Role:
        town.officer(role.lower(), "Lý Văn Mới", role, "tp")
    town.officer("none", "Lý Văn Kỳ", None, "tp")
    return town


@pytest.mark.one_database("the words of a page; test_sweep puts the same questions to both")
def test_empty_screens_say_what_to_do_and_lead_nowhere_that_is_shut(bare: Town) -> None:
    wrong, empty = [], 0
    for who in bare.people:
        client = bare.client(who)
        for name, pattern in addresses():
            told = ADDRESSES[name]
            if not told.get or told.rows or set(told.words) - {"number"}:
                continue
            answer = client.get(path(pattern, {}))
            if answer.status_code != 200 or answer.streaming or "html" not in answer["Content-Type"]:
                continue
            for part in html.fromstring(answer.content.decode().strip() or "<p></p>").find_class("empty"):
                empty += 1
                if not all(line.text_content().strip() for line in part.findall("p")):
                    wrong.append(f"{who} {name}: says nothing of what to do")
                shut = [
                    link.get("href") for link in part.findall("a") if client.get(link.get("href")).status_code != 200
                ]
                wrong += [f"{who} {name}: leads to a shut door, {href}" for href in shut]
    assert not wrong
    assert empty > 50


@pytest.mark.one_database("the order of the stops; test_sweep opens their screens on both")
@pytest.mark.parametrize("who", ["lan", "minh", "ha", "nga", "duc", "hien", "quan", "tho"])
def test_the_tour_from_the_first_stop_to_the_last(office_story: Story, who: str) -> None:
    town, _rows = office_story
    client, person = town.client(who), town.people[who]
    held = scope_of(person, NOW.date())
    assert held
    way = tour.stops(held)
    visit = tour.Visit(person, held, NOW.date())
    there = [stop for stop in way if tour.address(stop, visit)]
    first = opened(client, reverse("office:tour")).xpath("//*[contains(@class, 'page-action')]/a/@href")[0]
    for stop in there:
        assert first == tour.address(stop, visit)
        page = opened(client, first)
        (strip,) = page.find_class("tour")
        assert str(stop.title) in strip.text_content()
        first = client.post(strip.xpath(".//form/@action")[0]).headers["Location"]
    assert first == reverse("office:tour")
    assert tour.seen(person) == {stop.slug for stop in there}  # kept, for the next log-in too
    page = opened(town.client(who), reverse("office:tour"))
    assert not page.find_class("page-action")
    assert len(page.find_class("badge")) == len(there)
    assert not TourStop.objects.exclude(person=person).exists()


def test_stops_of_other_posts_are_not_there(town: Town) -> None:
    minh = town.client("minh")
    for slug, status in (("viec", 302), ("ra-soat", 404), ("nhat-ky", 404), ("khong-co", 404)):
        assert minh.post(reverse("office:tour_step", args=[slug])).status_code == status, slug
    assert not opened(minh, "/van-ban/?tham-quan=nhat-ky").find_class("tour")


def test_who_is_new_is_invited_where_the_day_begins_until_it_is_put_off(town: Town) -> None:
    for who in ("lan", "minh", "duc", "quan", "tho"):
        client = town.client(who)
        (strip,) = opened(client, "/").find_class("tour")
        assert strip.xpath(".//a[@href='/tham-quan/']")
        assert not opened(client, "/tro-giup/").find_class("tour")
        client.post(strip.xpath(".//form/@action")[0])
        assert not opened(client, "/").find_class("tour")
    assert not opened(town.client("ky"), "/tham-quan/").find_class("cards")  # no post, no way
