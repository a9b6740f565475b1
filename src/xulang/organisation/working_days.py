"""Ngày làm việc: which days the office works. PURE: the office's own days come in as an argument.

Days off and swapped days of the whole country are those of the library `holidays` (Bộ luật Lao động 45/2019/QH14, Điều
112, and each year's notice of the swaps); what an office decides for itself goes before them.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

import holidays


@cache
def _country(year: int) -> holidays.HolidayBase:
    """The country's days of a year, worked out whole; with the years beside it, whose swaps may fall into it.

    The library would work a year out in the middle of being asked, and threads would meet in it half done.
    """
    years = range(max(year - 1, dt.MINYEAR), min(year + 1, dt.MAXYEAR) + 1)
    return holidays.country_holidays("VN", years=years, expand=False, language="vi")


def _works(day: dt.date) -> bool:
    """Whether the country works on the day."""
    return _country(day.year).is_working_day(day)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one office; `own` are the days that it decided for itself: True where it works."""

    own: Mapping[dt.date, bool] = field(default_factory=dict)

    def works(self, day: dt.date) -> bool:
        """Whether the office works on the day."""
        decided = self.own.get(day)
        return _works(day) if decided is None else decided

    def kept_on(self, day: dt.date) -> dt.date:
        """The day on which a term is kept that ends on `day`: where that is a day off, the next working day.

        Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5.
        """
        return day if self.works(day) else self.shifted(day, 1)

    def shifted(self, day: dt.date, steps: int) -> dt.date:
        """The working day so many working days after `day`, before it where `steps` is negative; 0 as `kept_on`."""
        if steps == 0:
            return self.kept_on(day)
        one = dt.timedelta(days=1 if steps > 0 else -1)
        for _ in range(abs(steps)):
            day += one
            while not self.works(day):
                day += one
        return day

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many working days come after `first`, up to and with `last`; negative where `last` is before."""
        if last < first:
            return -self.between(last, first)
        decided = sum(works - _works(day) for day, works in self.own.items() if first < day <= last)
        return _worked_until(last) - _worked_until(first) + decided


def _worked_until(day: dt.date) -> int:
    """How many days the country has worked since 2000 up to and with the day; negative before it."""
    ends = _year_ends()
    for year in range(max(ends) + 1, day.year):
        ends[year] = ends[year - 1] + _running(year)[-1]
    for year in range(min(ends) - 1, day.year - 2, -1):
        ends[year] = ends[year + 1] - _running(year + 1)[-1]
    return ends[day.year - 1] + _running(day.year)[day.timetuple().tm_yday - 1]


@cache
def _year_ends() -> dict[int, int]:
    """The days worked since 2000 up to each year's end, as far as somebody asked."""
    return {1999: 0}


@cache
def _running(year: int) -> tuple[int, ...]:
    """The working days of a year up to and with each day of it."""
    first = dt.date(year, 1, 1)
    length = (dt.date(year + 1, 1, 1) - first).days
    return tuple(accumulate(_works(first + dt.timedelta(days=n)) for n in range(length)))


def country_days_off(year: int) -> list[tuple[dt.date, str]]:
    """The days off of the whole country in a year with their names, without the weekends."""
    return sorted((day, name) for day, name in _country(year).items() if day.year == year)


def country_days_worked(year: int) -> list[dt.date]:
    """The Saturdays and Sundays of a year on which the whole country works for a day off that was moved."""
    return sorted(day for day in _country(year).weekend_workdays if day.year == year)
