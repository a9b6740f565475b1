"""Nhắc việc: on which working days around a due day who is told. PURE: the calendar comes in as an argument."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from xulang.organisation.working_days import WorkingDays


class Rung(StrEnum):
    """Bậc đôn đốc: from the officer who does the work up to the leader."""

    OFFICER = "officer"
    HEAD = "head"
    FOCAL = "focal"
    LEADER = "leader"


RUNGS = tuple(Rung)


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder: so many working days after the due day (negative: before), to whom."""

    code: str
    days: int
    to: tuple[Rung, ...]

    @property
    def late(self) -> bool:
        """Whether it comes after the due day."""
        return self.days > 0


# What a person does beside the ladder, on a day of their own choosing: a reminder, and what comes of an extension.
URGED = Step("urged", 0, (Rung.OFFICER, Rung.HEAD))
ASKED = Step("extension-asked", 0, (Rung.FOCAL,))
GRANTED = Step("extension-granted", 0, (Rung.OFFICER,))
REFUSED = Step("extension-refused", 0, (Rung.OFFICER,))


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps in order, and for how many days a letter's link opens, with the validity and source of the rule."""

    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    steps: tuple[Step, ...]
    link_days: int


@dataclass(frozen=True, slots=True)
class WaitingSteps:
    """Who has something waiting is told of it so many working days after it came, until they have dealt with it.

    From day `above` on, if there is one, who stands above them is told too.
    """

    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    days: tuple[int, ...]
    above: int | None


@cache
def _waiting_steps(of: str) -> tuple[WaitingSteps, ...]:
    found = (
        WaitingSteps(
            row["valid_from"], row.get("valid_to"), row["source"], tuple(sorted(row["days"])), row.get("above")
        )
        for row in _table()[of]
    )
    return tuple(sorted(found, key=lambda row: row.valid_from))


def waiting_days(of: str, since: dt.date, days: WorkingDays) -> list[tuple[dt.date, bool]]:
    """The days on which who has a `reading` or an `obstacle` waiting is told, and whether who stands above is, too.

    By the rule in force on the day it came, which is the first of them; before the first rule, the first.
    """
    rules = _waiting_steps(of)
    in_force = [row for row in rules if row.valid_from <= since and (row.valid_to is None or since < row.valid_to)]
    rule = in_force[-1] if in_force else rules[0]
    return [(days.shifted(since, n) if n else since, rule.above is not None and n >= rule.above) for n in rule.days]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("xulang.programme").joinpath("data/reminders.toml").read_text("utf-8"))


@cache
def ladders() -> tuple[Ladder, ...]:
    """Every ladder of `data/reminders.toml`, oldest first."""
    found = (
        Ladder(
            row["valid_from"],
            row.get("valid_to"),
            row["source"],
            tuple(
                sorted(
                    (Step(one["code"], one["days"], tuple(map(Rung, one["to"]))) for one in row["step"]),
                    key=lambda step: step.days,
                )
            ),
            row["link_days"],
        )
        for row in _table()["ladder"]
    )
    return tuple(sorted(found, key=lambda ladder: ladder.valid_from))


def steps_of(due: dt.date) -> tuple[Step, ...]:
    """The steps of the ladder in force on the due day."""
    return ladder_of(due).steps


def ladder_of(due: dt.date) -> Ladder:
    """The ladder in force on the due day; before the first one, the first."""
    in_force = [row for row in ladders() if row.valid_from <= due and (row.valid_to is None or due < row.valid_to)]
    return in_force[-1] if in_force else ladders()[0]


def days_of(due: dt.date, days: WorkingDays) -> list[tuple[dt.date, Step]]:
    """Each step with its day, in order."""
    kept = days.kept_on(due)
    return [(days.shifted(kept, step.days), step) for step in steps_of(due)]


def fired(timed: list[tuple[dt.date, Step]], after: dt.date, today: dt.date) -> list[tuple[dt.date, Step]]:
    """The steps whose day came after the one and not after the other.

    Of reminders that came due while nobody ran the clock only the last is worth telling; of the steps of lateness all,
    since each is told to others.
    """
    came = [row for row in timed if after < row[0] <= today]
    early = [row for row in came if not row[1].late]
    late = [row for row in came if row[1].late]
    return late or early[-1:]
