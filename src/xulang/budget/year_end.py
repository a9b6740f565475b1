"""How a budget year ends: until when its money is settled, what may go on into the next; knowledge read once. PURE."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Ground:
    """A case in which the law lets money go on into the next year."""

    code: str
    article: str
    words: str


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The end of one budget year: the law, the last day of its settlement, and the grounds of a carry-over.

    `payments`: by what one pays after the year for what was done in it; `lapse`: by what the rest is cancelled.
    """

    law: str
    closes_on: dt.date
    article: str
    payments: str
    lapse: str
    grounds: tuple[Ground, ...]

    def is_over(self, today: dt.date) -> bool:
        """Whether nothing more is paid from the year's money."""
        return today > self.closes_on

    def settles(self, today: dt.date) -> bool:
        """Whether the year is over and its settlement is not."""
        return self.closes_on.year == today.year and not self.is_over(today)

    def ground(self, code: str) -> Ground | None:
        """The ground of that code."""
        return next((one for one in self.grounds if one.code == code), None)


@cache
def year_end(year: int) -> YearEnd | None:
    """How that budget year ends; None: its law is not in the data."""
    laws = tomllib.loads(files("xulang.budget").joinpath("data/year_end.toml").read_text("utf-8"))["law"]
    law = max((one for one in laws if one["first_year"] <= year), key=lambda one: one["first_year"], default=None)
    if law is None:
        return None
    told = law["settlement"]
    closes_on = dt.date(year + 1, told["month"], told["day"])
    grounds = tuple(Ground(**one) for one in law["ground"])
    return YearEnd(law["name"], closes_on, told["article"], told["payments"], told["lapse"], grounds)
