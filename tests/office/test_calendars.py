"""The office's calendar: who decides on a day, and what everybody reads."""

import datetime as dt

import pytest

from office.conftest import NOW, Town
from xulang.organisation import calendars
from xulang.organisation.errors import AsUsual, NotPermitted
from xulang.organisation.models import OwnDay
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme import services
from xulang.programme.enums import EntryKind, Mode
from xulang.programme.errors import NothingFallsDue
from xulang.programme.models import Assignment, Entry, ExpectedReport


def test_an_office_decides_and_takes_back(town: Town) -> None:
    city, lan = town.units["tp"], town.people["lan"]
    day = dt.date(2026, 11, 26)
    own = calendars.decide_day(unit=city, day=day, works=False, reason=" Ngày hội ", by=lan, now=NOW)
    assert (own.reason, calendars.working_days(city.pk).works(day)) == ("Ngày hội", False)
    assert calendars.working_days(None).works(day)
    with pytest.raises(AsUsual):
        calendars.decide_day(unit=city, day=day, works=True, reason="x", by=lan, now=NOW)
    with pytest.raises(ReasonNeeded):
        calendars.decide_day(unit=city, day=day, works=False, reason=" ", by=lan, now=NOW)
    for other in ("minh", "xa"):  # an officer of the place, and the lead officer of another
        with pytest.raises(NotPermitted):
            calendars.withdraw_day(own=own, by=town.people[other], now=NOW)
    calendars.withdraw_day(own=own, by=lan, now=NOW)
    assert not OwnDay.objects.exists()


def test_the_screen(town: Town) -> None:
    lan = town.client("lan")
    page = lan.get("/lich/?nam=2026").content.decode()
    assert "Quốc khánh" in page
    told = {"unit": town.units["tp"].pk, "day": "26/11/2026", "works": "0", "reason": "Ngày hội", "once": "1"}
    assert lan.post("/lich/", told).status_code == 302
    page = town.client("minh").get("/lich/?nam=2026").content.decode()
    assert "Ngày hội" in page
    assert "/bo/" not in page  # an officer cannot take it back
    assert "/bo/" in lan.get("/lich/?nam=2026").content.decode()
    assert lan.post("/lich/", told | {"day": "28/11/2026", "once": "2"}).status_code == 422
    lan.post(f"/lich/{OwnDay.objects.get().pk}/bo/", {"once": "3"})
    assert not OwnDay.objects.exists()


def test_a_day_off_decided_later_moves_deadlines_by_an_act_with_a_preview(town: Town) -> None:
    """What is due on Wednesday the 25th is kept on Thursday; nothing moves before the lead officer says so."""
    town.issue()
    city, lan = town.units["tp"], town.people["lan"]
    due = dt.date(2026, 11, 25)
    count = ExpectedReport.objects.filter(due=due).count()
    own = calendars.decide_day(unit=city, day=due, works=False, reason="Ngày hội", by=lan, now=NOW)
    assert ExpectedReport.objects.filter(due=due).count() == count > 0
    officer, client = town.client("minh"), town.client("lan")
    assert officer.get(f"/lich/{own.pk}/doi-han/").status_code == 403
    orders = services.due_on_day_off(own, lan, NOW.date())
    told = orders.count()
    assert f"{told} báo cáo sẽ dời hạn" in client.get(f"/lich/{own.pk}/doi-han/").content.decode()
    assert "còn 1 ngày làm việc" in officer.get("/viec/").content.decode()  # Thursday: the two days between are off
    client.post(f"/lich/{own.pk}/doi-han/", {"once": "1"})
    moved = ExpectedReport.objects.filter(first_due=due, due=dt.date(2026, 11, 26))
    assert moved.count() == told == Entry.objects.filter(kind=EntryKind.REDATED).count()
    with pytest.raises(NothingFallsDue):
        services.redate_day_off(own=own, by=lan, now=NOW)
    with pytest.raises(NotPermitted):
        services.redate_day_off(own=own, by=town.people["duc"], now=NOW)
    calendars.withdraw_day(own=own, by=lan, now=NOW)
    assert moved.count() == told  # the act stands


def test_what_an_obstacle_has_waited_is_counted_as_its_reminders_are(town: Town) -> None:
    """From Thursday to Monday are two working days; with the Friday off for this office, one."""
    town.issue()
    city, lan, minh = town.units["tp"], town.people["lan"], town.people["minh"]
    thursday, friday = NOW - dt.timedelta(days=4), (NOW - dt.timedelta(days=3)).date()
    duty = Assignment.objects.filter(unit=town.units["gd"], mode=Mode.ORDER)[0]
    obstacle = services.raise_obstacle(assignment=duty, note="Thiếu kinh phí", by=minh, now=thursday)
    services.escalate(obstacle=obstacle, note="", by=lan, now=thursday)
    page = town.client("lan")
    assert "chờ 2 ngày làm việc" in page.get("/vuong-mac/").content.decode()
    calendars.decide_day(unit=city, day=friday, works=False, reason="Ngày hội", by=lan, now=NOW)
    assert "chờ 1 ngày làm việc" in page.get("/vuong-mac/").content.decode()
