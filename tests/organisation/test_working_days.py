"""Working days: the country's, the swapped ones, the office's own; a term that ends on a day off; counting."""

import datetime as dt
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.organisation.working_days import WorkingDays, country_days_off, country_days_worked

DAY = dt.date


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (DAY(2026, 3, 10), True),  # a Tuesday
        (DAY(2026, 3, 14), False),  # a Saturday
        (DAY(2024, 4, 29), False),  # a Monday off, moved to …
        (DAY(2024, 5, 4), True),  # … this Saturday
        (DAY(2026, 2, 17), False),  # Tết
        (DAY(2026, 4, 27), False),  # Giỗ Tổ fell on a Sunday
        (DAY(2026, 9, 1), False),  # the day beside Quốc khánh
    ],
)
def test_days_of_the_country(day: dt.date, works: bool) -> None:
    assert WorkingDays().works(day) is works


@pytest.mark.parametrize(
    ("day", "steps", "found"),
    [
        (DAY(2026, 3, 13), 1, DAY(2026, 3, 16)),  # Friday, Monday
        (DAY(2026, 3, 16), -1, DAY(2026, 3, 13)),  # and back
        (DAY(2026, 3, 14), 0, DAY(2026, 3, 16)),  # a term that ends on a Saturday
        (DAY(2026, 3, 10), 0, DAY(2026, 3, 10)),  # a term that ends on a working day
        (DAY(2026, 2, 13), 1, DAY(2026, 2, 23)),  # over Tết
        (DAY(2026, 2, 20), -3, DAY(2026, 2, 11)),  # from within Tết, three back
    ],
)
def test_steps(day: dt.date, steps: int, found: dt.date) -> None:
    assert WorkingDays().shifted(day, steps) == found


DAYS = st.dates(DAY(2020, 1, 1), DAY(2035, 12, 31))
OWN = st.dictionaries(DAYS, st.booleans(), max_size=5)


@given(DAYS, st.integers(-30, 30), OWN)
def test_a_step_there_is_a_step_back(day: dt.date, steps: int, own: dict[dt.date, bool]) -> None:
    """From a working day, n steps and n back come home, and `between` counts them."""
    days = WorkingDays(own)
    start = days.kept_on(day)
    there = days.shifted(start, steps)
    assert days.works(there)
    assert days.shifted(there, -steps) == start if steps else there == start
    assert days.between(start, there) == steps
    assert days.between(there, start) == -steps


@given(DAYS, st.integers(-500, 500), OWN)
def test_between_counts_the_days_worked_one_by_one(day: dt.date, further: int, own: dict[dt.date, bool]) -> None:
    days, last = WorkingDays(own), day + dt.timedelta(further)
    first, end = sorted((day, last))
    counted = sum(days.works(first + dt.timedelta(n)) for n in range(1, (end - first).days + 1))
    assert days.between(day, last) == (counted if day <= last else -counted)


def test_an_own_day_goes_before_the_country() -> None:
    days = WorkingDays({DAY(2026, 3, 10): False, DAY(2026, 3, 14): True})
    assert days.shifted(DAY(2026, 3, 9), 1) == DAY(2026, 3, 11)
    assert days.kept_on(DAY(2026, 3, 14)) == DAY(2026, 3, 14)


def test_a_year_as_people_read_it() -> None:
    assert (DAY(2026, 1, 1), "Tết Dương lịch") in country_days_off(2026)
    assert country_days_worked(2024) == [DAY(2024, 5, 4)]


@pytest.mark.parametrize("day", [DAY.min, DAY.max])  # a Monday and a Friday, with no year beside them on one side
def test_the_first_and_the_last_day(day: dt.date) -> None:
    assert WorkingDays().works(day)


def test_threads_that_ask_for_a_year_at_once_hear_the_same() -> None:
    """Nobody has asked for these years yet: in one shared calendar a second thread met them half worked out."""
    threads, switches = 8, sys.getswitchinterval()
    for year in range(2061, 2067):
        together = Barrier(threads)

        def off(_thread: int, year: int = year, together: Barrier = together) -> list[dt.date]:
            together.wait()
            days = (DAY(year, 1, 1) + dt.timedelta(n) for n in range(365))
            return [day for day in days if not WorkingDays().works(day)]

        sys.setswitchinterval(1e-6)
        try:
            with ThreadPoolExecutor(threads) as asked:
                told = list(asked.map(off, range(threads)))
        finally:
            sys.setswitchinterval(switches)
        assert len(told[0]) > 104
        assert all(one == told[0] for one in told)
