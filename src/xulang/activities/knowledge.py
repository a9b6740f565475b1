"""How long what shows that a thing was done is kept, and when an agreement is reminded of: knowledge, read once."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xulang.activities.enums import AgreementTerm, Kept


@dataclass(frozen=True, slots=True)
class Retention:
    """Thời hạn giữ of a kind: so many years from a day on it is proposed for erasing; by which rule, since when.

    `after_programme`: not while a programme that it serves runs.
    """

    kind: Kept
    years: int
    after_programme: bool
    source: str
    valid_from: dt.date
    valid_to: dt.date | None

    def cut_off(self, today: dt.date) -> dt.date:
        """The last day of which everything has been kept for long enough."""
        try:
            return today.replace(year=today.year - self.years)
        except ValueError:  # the 29th of February
            return dt.date(today.year - self.years, 2, 28)


def retentions(today: dt.date) -> dict[Kept, Retention]:
    """The rule in force of each kind; a kind without one is kept for good."""
    return {row.kind: row for row in _retentions() if _holds(row, today)}


@cache
def _retentions() -> tuple[Retention, ...]:
    return tuple(
        Retention(
            Kept(row["kind"].upper()), row["years"], row["after_programme"], row["source"],
            row["valid_from"], row.get("valid_to"),
        )
        for row in _table("retention")["retention"]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reminder:
    """A step: so many days after the day (negative: before), told to the leader too or to the lead officers alone."""

    days: int
    leader: bool


@dataclass(frozen=True, slots=True)
class Reminders:
    """The steps around a day of an agreement, in order, with the validity and source of the rule."""

    term: AgreementTerm
    steps: tuple[Reminder, ...]
    source: str
    valid_from: dt.date
    valid_to: dt.date | None


def reminders(term: AgreementTerm, day: dt.date) -> Reminders:
    """The rule in force on the day that an agreement names."""
    return next(row for row in _reminders() if row.term == term and _holds(row, day))


@cache
def _reminders() -> tuple[Reminders, ...]:
    found = []
    for row in _table("agreements")["reminders"]:
        steps = sorted((Reminder(one["days"], "leader" in one["to"]) for one in row["step"]), key=lambda one: one.days)
        found.append(
            Reminders(AgreementTerm(row["about"]), tuple(steps), row["source"], row["valid_from"], row.get("valid_to"))
        )
    return tuple(found)


def _holds(row: Retention | Reminders, day: dt.date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("xulang.activities").joinpath(f"data/{name}.toml").read_text("utf-8"))
