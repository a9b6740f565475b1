"""Vietnamese dates, months, quarters and years as they are written, with the precision of the text."""

import re
from dataclasses import dataclass

from xulang.reading.text.spans import Span


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it is written; what is not written is None."""

    at: Span
    year: int | None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None

    def iso(self, year: int | None = None) -> str | None:
        """ISO 8601 with the precision of the text; `year` stands in where none is written. None without a year."""
        known = self.year or year
        if known is None:
            return None
        if self.quarter is not None:
            return f"{known:04d}-Q{self.quarter}"
        if self.half is not None:
            return f"{known:04d}-{'06' if self.half == 1 else '12'}"
        if self.month is None:
            return f"{known:04d}"
        return f"{known:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day is not None else "")


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_QUARTERS = {
    "2": 2,
    "3": 3,
    "4": 4,
}  # else as many strokes as it has, recognised as i, l or 1; four where a v ends them

# The parts of a written date, in level text.
_D = r"(?P<day>[0-3]?\d)"
_M = r"(?P<month>[01]?\d)"
_Y = r"(?P<year>(?:19|20)\d\d)"
_Q = r"(?:[il1]?v|[il1]{1,3}|[2-4])"
_JOIN = r"[ ]*(?:-|đến|và|,)[ ]*"
_TO = r"[ ]*(?:-|đến|và|,)[ ]*(?:tháng[ ]*)?"
_YEAR_AFTER = rf"(?:[ ]*(?:năm|//?|-|,)[ ]*{_Y}(?!\d))?"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?<![\d/.,]){_D}[ ]?(?P<sep>[/.])[ ]?{_M}[ ]?(?P=sep)[ ]?{_Y}(?![\d/])",  # 05/6/2024
        rf"(?<![\d/.,\-]){_D}-{_M}-{_Y}(?![\d/])",  # 05-6-2024
        rf"(?<!\w)tháng[ ]*(?P<from>0?[1-9]|1[0-2])(?={_TO}{_M}[ ]*(?:/|năm)[ ]*{_Y}(?!\d))",  # tháng 3 - 5/2024
        # 5 tháng 6 năm 2024, but not "tuần 2 tháng 3"
        rf"(?<!\d)(?<!tuần )(?<!tuần thứ ){_D}[ ]*tháng[ ]*{_M}(?!\d)(?:[ ]*(?:,?[ ]*năm|/)[ ]*{_Y}(?!\d))?",
        rf"(?<![\w/])quý[ ]*(?P<quarter>{_Q})(?!\w)(?!{_JOIN}{_Q}[ ]*(?:/|năm)){_YEAR_AFTER}",  # quý II/2024
        # quý I - II/2026: the first, and the second, before which "quý" need not be said again
        rf"(?<![\w/])quý[ ]*(?P<quarter>{_Q})(?={_JOIN}{_Q}[ ]*(?:/|năm)[ ]*{_Y}(?!\d))",
        rf"(?<=[ ,\-])(?P<second>{_Q})[ ]*(?:/|năm)[ ]*{_Y}(?!\d)",
        rf"(?<!\w)tháng[ ]*{_M}(?!\d)(?:[ ]*(?:,?[ ]*năm|/|-|\.)[ ]*{_Y}(?!\d))?",  # tháng 6 năm 2024
        rf"(?<![\d/.,]){_M}[ ]?/[ ]?{_Y}(?![\d/])",  # 6/2024
        rf"(?<!\w)(?:ngày[ ]*){_D}[ ]?[/\-][ ]?{_M}(?![\d/])",  # ngày 5/6, the year told elsewhere
        rf"(?<!\w)6 tháng (?P<half>đầu|cuối) năm(?:[ ]*{_Y}(?!\d))?",
        rf"(?<!\w)(?:năm[ ]*|nam[ ]*){_Y}(?!\d)",  # năm 2024
    )
)
_COMMON = (_FORMS[0], _FORMS[3])
_PAIR = re.compile(rf"quý[ ]*{_Q}{_JOIN}$")
_BARE_YEAR = re.compile(rf"(?<![\d/.,\-]){_Y}(?![\d/.\-]\d|\d)")
_HINT = re.compile(r"\d+|quý")  # every form holds one of these
_REACH, _TAIL = 20, 8  # code points: a form has no more without a digit inside, or behind its last


def find_dates(low: str, start: int = 0, end: int | None = None, *, bare_years: bool = False) -> list[WrittenDate]:
    """All dates in level text between two places, in order; the fullest reading of a place wins.

    `bare_years` also takes "2024" alone, as a table cell under "Thời gian" may write it.
    """
    end = len(low) if end is None else end
    forms = (*_FORMS, _BARE_YEAR) if bare_years else _FORMS
    return [date for window in _windows(low, start, end) for date in _in_window(low, window, forms)]


def date_at(low: str, at: int) -> WrittenDate | None:
    """A full date of the commonest forms that begins right there: "05/6/2024", "5 tháng 6 năm 2024"; else None."""
    for form in _COMMON:
        if (match := form.match(low, at)) and (year := match["year"]):
            return _day_of(Span(*match.span()), int(year), int(match["month"]), int(match["day"]))
    return None


def _windows(low: str, start: int, end: int) -> list[Span]:
    """The stretches around digits: most of a text need not be looked at."""
    windows: list[Span] = []
    for hint in _HINT.finditer(low, start, end):
        window = Span(max(start, hint.start() - _REACH), min(end, hint.end() + _TAIL))
        if windows and window.start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, window.end)
        else:
            windows.append(window)
    return windows


def _in_window(low: str, window: Span, forms: tuple[re.Pattern[str], ...]) -> list[WrittenDate]:
    found: list[WrittenDate] = []
    taken = bytearray(window.end - window.start)  # places that a fuller form has read
    for form in forms:
        for match in form.finditer(low, *window):
            at = Span(*match.span())
            date = _written(match, at)
            place = slice(at.start - window.start, at.end - window.start)
            if date is not None and not any(taken[place]):
                taken[place] = bytes([1]) * (at.end - at.start)
                found.append(date)
    return sorted(found, key=lambda date: date.at)


def _written(match: re.Match[str], at: Span) -> WrittenDate | None:
    parts = match.groupdict()
    if parts.get("from"):
        return WrittenDate(at, int(parts["year"]), int(parts["from"]))
    day, month, year = (int(parts[name]) if parts.get(name) else None for name in ("day", "month", "year"))
    if day is not None:
        return _day_of(at, year, month, day)
    if month is not None and not 1 <= month <= 12:
        return None
    if parts.get("second") and not _PAIR.search(match.string, max(0, at.start - 14), at.start):
        return None
    told = parts.get("quarter") or parts.get("second")
    quarter = _QUARTERS.get(told, 4 if told.endswith("v") else len(told)) if told else None
    half = {"đầu": 1, "cuối": 2}.get(parts.get("half") or "")
    return WrittenDate(at, year, month, None, quarter, half)


def _day_of(at: Span, year: int | None, month: int | None, day: int) -> WrittenDate | None:
    """A date with its day, where the calendar has such a day."""
    if month is None or not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return None
    return WrittenDate(at, year, month, day)
