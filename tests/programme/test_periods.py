"""Periods owed in a span, and the days that directives name in them."""

import datetime as dt
import itertools
from datetime import date as D  # noqa: N812

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.programme.enums import Cadence
from xulang.programme.models.ledger import period_name
from xulang.programme.periods import Period, Regime, periods, regime_on, regimes, told_day

REGIME = regimes()[0]


def dates(cadence, start, end, told=None):
    """The periods as (code, start, end, due) with short dates."""
    found = periods(cadence, start, end, REGIME, told)
    return [(p.code, f"{p.start:%d/%m}", f"{p.end:%d/%m}", f"{p.due:%d/%m}") for p in found]


# cadence, span, periods (Nghị định 09/2019/NĐ-CP, Điều 12)
SPANS = [
    # months close on the 14th; the first is cut to the span
    (
        Cadence.MONTH,
        (D(2026, 3, 10), D(2026, 5, 31)),
        [
            ("2026-03", "10/03", "14/03", "17/03"),
            ("2026-04", "15/03", "14/04", "17/04"),
            ("2026-05", "15/04", "14/05", "17/05"),
        ],
    ),
    # the day after closing belongs to the next month
    (Cadence.MONTH, (D(2026, 3, 15), D(2026, 4, 14)), [("2026-04", "15/03", "14/04", "17/04")]),
    # a period that closes after the span is not owed in it
    (Cadence.MONTH, (D(2026, 3, 15), D(2026, 4, 13)), []),
    # over the end of the year
    (Cadence.MONTH, (D(2025, 12, 20), D(2026, 1, 20)), [("2026-01", "20/12", "14/01", "17/01")]),
    # quarters: 15th of the month before, to the 14th of the last month
    (
        Cadence.QUARTER,
        (D(2025, 12, 1), D(2026, 7, 1)),
        [
            ("2025-Q4", "01/12", "14/12", "17/12"),
            ("2026-Q1", "15/12", "14/03", "17/03"),
            ("2026-Q2", "15/03", "14/06", "17/06"),
        ],
    ),
    # half years
    (
        Cadence.HALF,
        (D(2026, 1, 1), D(2026, 12, 31)),
        [("2026-H1", "01/01", "14/06", "19/06"), ("2026-H2", "15/06", "14/12", "19/12")],
    ),
    # years
    (
        Cadence.YEAR,
        (D(2025, 12, 15), D(2027, 1, 1)),
        [("2026", "15/12", "14/12", "19/12")],
    ),
    # nine months: from the end of the year before to the middle of September
    (Cadence.NINE, (D(2025, 12, 1), D(2026, 12, 31)), [("2026-M9", "15/12", "14/09", "19/09")]),
    (Cadence.YEAR, (D(2025, 12, 14), D(2025, 12, 14)), [("2025", "14/12", "14/12", "19/12")]),
    # weeks: Monday to Sunday, by the ISO year
    (
        Cadence.WEEK,
        (D(2025, 12, 31), D(2026, 1, 12)),
        [("2026-W01", "31/12", "04/01", "05/01"), ("2026-W02", "05/01", "11/01", "12/01")],
    ),
]


@pytest.mark.parametrize(("cadence", "span", "found"), SPANS)
def test_periods(cadence, span, found):
    assert dates(cadence, *span) == found


# cadence, what the directive says, closing day of the period, the day meant
TOLD = [
    (Cadence.YEAR, "12-15", D(2026, 12, 14), D(2026, 12, 15)),
    (Cadence.YEAR, "11", D(2026, 12, 14), D(2026, 11, 30)),
    (Cadence.YEAR, "+01", D(2026, 12, 14), D(2027, 1, 31)),
    (Cadence.YEAR, "+01-15", D(2026, 12, 14), D(2027, 1, 15)),
    (Cadence.YEAR, "02-30", D(2026, 12, 14), D(2026, 2, 28)),
    (Cadence.HALF, "20", D(2026, 6, 14), D(2026, 6, 20)),
    (Cadence.QUARTER, "25", D(2026, 3, 14), D(2026, 3, 25)),
    (Cadence.QUARTER, "+05", D(2026, 12, 14), D(2027, 1, 5)),
    (Cadence.MONTH, "25", D(2026, 2, 14), D(2026, 2, 25)),
    (Cadence.MONTH, "31", D(2026, 2, 14), D(2026, 2, 28)),
    (Cadence.MONTH, "+05", D(2026, 2, 14), D(2026, 3, 5)),
    (Cadence.MONTH, "-25", D(2026, 2, 14), D(2026, 1, 25)),
    (Cadence.WEEK, "5", D(2026, 3, 15), D(2026, 3, 13)),
    (Cadence.WEEK, "+1", D(2026, 3, 15), D(2026, 3, 16)),
    # no day of the calendar, or none told
    (Cadence.WEEK, "8", D(2026, 3, 15), None),
    (Cadence.YEAR, "13-01", D(2026, 12, 14), None),
    (Cadence.YEAR, "13", D(2026, 12, 14), None),
    (Cadence.MONTH, "32", D(2026, 2, 14), None),
    (Cadence.MONTH, "00", D(2026, 2, 14), None),
    (Cadence.MONTH, "cuối tháng", D(2026, 2, 14), None),
    (Cadence.MONTH, None, D(2026, 2, 14), None),
]


@pytest.mark.parametrize(("cadence", "told", "cut_off", "day"), TOLD)
def test_days_that_directives_name(cadence, told, cut_off, day):
    assert told_day(cadence, told, cut_off) == day


def test_told_day_goes_before_the_regime():
    assert dates(Cadence.MONTH, D(2026, 3, 1), D(2026, 4, 30), "25") == [
        ("2026-03", "01/03", "14/03", "25/03"),
        ("2026-04", "15/03", "14/04", "25/04"),
    ]
    # told before the closing day: the figures close on it; one that is past when the span begins is not owed
    assert dates(Cadence.MONTH, D(2026, 3, 12), D(2026, 4, 30), "10") == [("2026-04", "15/03", "10/04", "10/04")]


def test_regime_of_the_day():
    assert regime_on(D(2026, 1, 1)).cut_off_day == 14
    assert regime_on(D(2000, 1, 1)) == REGIME
    assert "09/2019" in REGIME.source


@given(
    st.sampled_from(list(Cadence)),
    st.dates(D(2019, 1, 1), D(2035, 1, 1)),
    st.integers(0, 800),
    st.sampled_from([None, "25", "+05", "05"]),
)
def test_periods_are_in_order_and_never_meet(cadence, start, days, told):
    end = start + dt.timedelta(days=days)
    if cadence in (Cadence.WEEK, Cadence.YEAR):
        told = None
    found = periods(cadence, start, end, REGIME, told)
    assert len({p.code for p in found}) == len(found)
    for p in found:
        assert start <= p.start <= p.end <= end
        assert p.due >= p.end
    for before, after in itertools.pairwise(found):
        assert before.end < after.start
        if told is None and cadence is not Cadence.NINE:  # the last quarter lies between two of those
            assert after.start == before.end + dt.timedelta(days=1)


# code, what people say
NAMES = [
    ("date", "Theo thời hạn"),
    ("2026", "Năm 2026"),
    ("2026-05", "Tháng 5/2026"),
    ("2026-Q2", "Quý II/2026"),
    ("2026-H1", "6 tháng đầu năm 2026"),
    ("2026-H2", "6 tháng cuối năm 2026"),
    ("2026-M9", "9 tháng năm 2026"),
    ("2026-W03", "Tuần 3/2026"),
]


@pytest.mark.parametrize(("code", "name"), NAMES)
def test_names_of_periods(code, name):
    assert period_name(code) == name


def test_another_regime_is_another_calendar():
    ends_on_the_last = Regime(D(2000, 1, 1), None, "made up", 20, {"MONTH": 0})
    assert periods(Cadence.MONTH, D(2026, 1, 25), D(2026, 2, 28), ends_on_the_last) == [
        Period("2026-02", D(2026, 1, 25), D(2026, 2, 20), D(2026, 2, 20))
    ]
