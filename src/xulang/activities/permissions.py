"""What needs a permission before it takes place: knowledge with source and validity, read once."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Permission:
    """Who permits what, by which paper, from which day on; while it lacks, on which days before one is told of it.

    From day `leader` on the leader is told too.
    """

    of: str
    given_by: str
    source: str
    valid_from: dt.date
    remind: tuple[int, ...]
    leader: int
    valid_to: dt.date | None = None


INTERNATIONAL = "international_conference"


@cache
def _all() -> tuple[Permission, ...]:
    table = tomllib.loads(files("xulang.activities").joinpath("data/permissions.toml").read_text("utf-8"))
    return tuple(Permission(**row | {"remind": tuple(sorted(row["remind"]))}) for row in table["permission"])


def permission_on(of: str, day: dt.date) -> Permission | None:
    """The rule in force that day; None where nothing is needed."""
    for row in _all():
        if row.of == of and row.valid_from <= day and (row.valid_to is None or day < row.valid_to):
            return row
    return None
