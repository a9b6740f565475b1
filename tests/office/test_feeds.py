"""Calendar feeds: what a calendar programme is told, and when it is told nothing any more."""

import datetime as dt
import re

import pytest
from django.test import Client
from icalendar import Calendar

from office.conftest import NOW, Town
from xulang.office import clock
from xulang.organisation.models import PostHolding
from xulang.plumbing.models import JournalEntry
from xulang.programme import services
from xulang.programme.models import CalendarFeed, ExpectedReport


def made(town: Town, who: str, post: str = "") -> str:
    """The address that the page shows once."""
    client = town.client(who)
    page = client.post("/lich-rieng/", {"post": post}).content.decode()
    found = re.search(r"http://testserver(/lich-rieng/[\w-]+/han-bao-cao.ics)", page)
    assert found
    assert found[1] not in client.get("/lich-rieng/").content.decode(), "shown once"
    return found[1]


def events(address: str) -> dict[str, object]:
    """The events by UID, read by a library that knows calendars, and the same when written and read again."""
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert Calendar.from_ical(calendar.to_ical()) == calendar
    assert not calendar.errors
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_calendar_tells_due_days_and_no_persons(town: Town) -> None:
    town.issue()
    duty = town.assignment("gd", "II.2")
    services.raise_obstacle(assignment=duty, note="Chưa có kinh phí", by=town.people["minh"], now=NOW)
    address = made(town, "minh")
    (event,) = events(address).values()
    report = ExpectedReport.objects.get(assignment=duty)
    assert (event["dtstart"].dt, event["dtend"].dt) == (report.due, report.due + dt.timedelta(days=1))
    assert event["url"].endswith(f"/viec/{duty.pk}/")
    text = Client().get(address).content.decode()
    for word in ("kinh phí", "Văn Minh", "Thị Lan"):
        assert word not in text
    assert Client().get(address).headers["Referrer-Policy"] == "no-referrer"
    assert CalendarFeed.objects.filter(secret_sha256=address.split("/")[2]).count() == 0, "only the hash is kept"
    assert JournalEntry.objects.order_by("-id").first().action == "feed.made"


def test_a_moved_deadline_is_the_same_event_and_a_sent_report_none(town: Town) -> None:
    town.issue()
    address = made(town, "minh")
    (uid,) = events(address)
    report = ExpectedReport.objects.get(assignment=town.assignment("gd", "II.2"))
    asked = services.ask_extension(
        expected=report, due=dt.date(2026, 12, 15), reason="Chờ", by=town.people["minh"], now=NOW
    )
    services.grant_extension(asked=asked, by=town.people["lan"], now=NOW)
    moved = events(address)
    assert set(moved) == {uid}
    assert moved[uid]["dtstart"].dt == dt.date(2026, 12, 15)
    services.withdraw(assignment=report.assignment, reason="Thôi", by=town.people["duc"], now=NOW)
    assert events(address) == {}


def test_it_ends_with_its_address_its_post_and_its_person(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.issue()
    post = town.people["minh"].holdings.get().post
    whole, of_unit = made(town, "minh"), made(town, "minh", str(post.pk))
    assert events(of_unit).keys() == events(whole).keys()
    mine = CalendarFeed.objects.order_by("id").first()
    assert town.client("nga").post(f"/lich-rieng/{mine.pk}/thu-hoi/").status_code == 404, "another's"
    town.client("minh").post(f"/lich-rieng/{mine.pk}/thu-hoi/")
    assert Client().get(whole).status_code == 404
    assert Client().get(of_unit).status_code == 200
    PostHolding.objects.filter(person=town.people["minh"]).update(valid_to=NOW.date())
    assert Client().get(of_unit).status_code == 404
    assert Client().get("/lich-rieng/x/han-bao-cao.ics").status_code == 404
    monkeypatch.setattr(clock, "now", lambda: NOW)
