"""The office's calendar: who decides on a day, and what everybody reads."""

import datetime as dt

import pytest

from office.conftest import NOW, Town
from xulang.organisation import calendars
from xulang.organisation.errors import AsUsual, NotPermitted
from xulang.organisation.models import OwnDay
from xulang.plumbing.errors import ReasonNeeded


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
