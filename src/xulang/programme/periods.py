"""The periods in which an ongoing task is reported, and their due days. PURE: the regime comes in as an argument."""

import calendar
import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from xulang.programme.enums import Cadence

MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF: 6, Cadence.NINE: 9, Cadence.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Regime:
    """Chế độ báo cáo: when periods close, with the validity and source of the rule.

    `due_days`: from closing to the due day; `due_days_of` the same for kinds of unit that have a level beneath them to
    consolidate first.
    """

    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    cut_off_day: int
    due_days: dict[str, int]
    due_days_of: dict[str, dict[str, int]] = field(default_factory=dict)

    def due_after(self, cadence: Cadence, kind: str) -> int:
        """How many days after closing a unit of that kind reports."""
        return self.due_days_of.get(kind, self.due_days)[cadence]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of reporting: its code ("2026-Q2"), first and last day of its figures, and the day the report is due."""

    code: str
    start: dt.date
    end: dt.date
    due: dt.date


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime of `data/reporting_regime.toml`, oldest first."""
    table = tomllib.loads(files("xulang.programme").joinpath("data/reporting_regime.toml").read_text("utf-8"))
    found = (
        Regime(
            row["valid_from"],
            row.get("valid_to"),
            row["source"],
            row["cut_off_day"],
            row["due_days"],
            row.get("due_days_of", {}),
        )
        for row in table["regime"]
    )
    return tuple(sorted(found, key=lambda regime: regime.valid_from))


def regime_on(day: dt.date) -> Regime:
    """The regime in force on the day; before the first one, the first."""
    in_force = [row for row in regimes() if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)]
    return in_force[-1] if in_force else regimes()[0]


def periods(
    cadence: Cadence, start: dt.date, end: dt.date, regime: Regime, told: str | None = None, kind: str = ""
) -> list[Period]:
    """The periods owed in the span [start, end]: those whose figures close in it and whose due day is not before it.

    The first is cut to begin with the span: nothing was asked before. `told` is the day that the directive itself
    names within the period (the contract's `value` of a recurring deadline); it goes before the regime's due day, and
    where it lies before the closing day the figures close on it. `kind` is that of the unit that reports.
    """
    found = []
    for code, first, cut_off in _closings(cadence, start, end, regime):
        due = told_day(cadence, told, cut_off) or cut_off + dt.timedelta(days=regime.due_after(cadence, kind))
        closes = min(cut_off, due)
        if start <= closes <= end:
            found.append(Period(code, max(first, start), closes, due))
    return found


def _closings(cadence: Cadence, start: dt.date, end: dt.date, regime: Regime) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Code, first day and closing day of every period that touches the span."""
    if cadence is Cadence.WEEK:
        monday = start - dt.timedelta(days=start.weekday())
        while monday <= end:
            year, week, _day = monday.isocalendar()
            yield f"{year}-W{week:02}", monday, monday + dt.timedelta(days=6)
            monday += dt.timedelta(days=7)
        return
    length = MONTHS[cadence]
    for year in range(start.year, end.year + 2):
        for last in range(length, 13, length):
            first = _shifted(year, last - length, regime.cut_off_day) + dt.timedelta(days=1)
            cut_off = dt.date(year, last, regime.cut_off_day)
            if first <= end and cut_off >= start:
                yield _code(cadence, year, last), first, cut_off


def _code(cadence: Cadence, year: int, last: int) -> str:
    part = {
        Cadence.MONTH: f"-{last:02}",
        Cadence.QUARTER: f"-Q{last // 3}",
        Cadence.HALF: f"-H{last // 6}",
        Cadence.NINE: "-M9",
    }
    return f"{year}{part.get(cadence, '')}"


def _shifted(year: int, month: int, day: int) -> dt.date:
    """The day in a month counted past the year's ends (0 is the December before); the month's last day at most."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


_TOLD = re.compile(r"([+-]?)(?:(\d\d)-(\d\d)|(\d{1,2}))\Z")


def told_day(cadence: Cadence, told: str | None, cut_off: dt.date) -> dt.date | None:
    """The day that a directive names for each period, in the period that closes on `cut_off`; None where it names none.

    "12-15" day and month, "01" a month of the year (its last day), "25" a day of the period's last month, "5" a
    weekday; "+" lies in the following period, "-" in the one before (contract `xulang.reading/1`, deadlines).
    """
    if not told or not (found := _TOLD.match(told)):
        return None
    step = {"+": 1, "-": -1, "": 0}[found[1]]
    if cadence is Cadence.WEEK:
        weekday = int(found[4] or 0)
        monday = cut_off - dt.timedelta(days=cut_off.weekday())
        return monday + dt.timedelta(days=7 * step + weekday - 1) if 1 <= weekday <= 7 else None
    if found[2]:
        month, day = int(found[2]), int(found[3])
        return _shifted(cut_off.year + step, month, day) if 1 <= month <= 12 and day else None
    number = int(found[4])
    if cadence is Cadence.YEAR:
        return _shifted(cut_off.year + step, number, 31) if 1 <= number <= 12 else None
    # A following period is spoken of by its first month ("ngày 05 tháng sau"), one before by its last.
    months = {1: 1, 0: 0, -1: -MONTHS[cadence]}[step]
    return _shifted(cut_off.year, cut_off.month + months, number) if 1 <= number <= 31 else None
