"""The two readings of a list: each row on the unit it was given to on its day, or on the one that answers for it today.

An assignment's day is the one on which it was issued; that of a line of the ledger the day on which it was written.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from django.db.models import F, OuterRef, Q, QuerySet, prefetch_related_objects

from xulang.organisation.enums import UnitsOf
from xulang.organisation.models import Unit, unit_then
from xulang.programme.models import Assignment, Entry


class Assigned(Protocol):
    """A row of a list that is about an assignment."""

    @property
    def assignment(self) -> Assignment:
        """Which."""


_A = TypeVar("_A", bound=Assigned)


def of_unit(unit: Unit, units_of: UnitsOf, path: str = "") -> Q:
    """What is a unit's on this reading: of assignments, or of what hangs on one at `path` and has its unit of today."""
    return Q(**{f"{path}issued_to": unit}) if units_of == UnitsOf.THE_DAY else Q(unit=unit)


def bearer(units_of: UnitsOf, path: str = "") -> F:
    """The column that names the unit on this reading, by the same."""
    return F(f"{path}issued_to_id") if units_of == UnitsOf.THE_DAY else F("unit_id")


def named(rows: list[_A], units_of: UnitsOf) -> list[_A]:
    """The rows with what `name_of` reads, of the units of the day in two queries for all of them."""
    if units_of == UnitsOf.THE_DAY:
        prefetch_related_objects([row.assignment for row in rows], "issued_to__names")
    return rows


def name_of(assignment: Assignment, units_of: UnitsOf, today: dt.date) -> str:
    """What the unit of an assignment is called on this reading."""
    if units_of == UnitsOf.THE_DAY:
        return assignment.issued_to.name_on(assignment.issued_on)
    return assignment.unit.name_on(today)


def with_unit_of(rows: "QuerySet[Any]", units_of: UnitsOf, day: str, path: str = "assignment") -> "QuerySet[Any]":
    """Rows that hang on an assignment at `path` with the unit that had it on this reading, as `had`.

    `day` is the column of the row's own day.
    """
    had: Any = F(f"{path}__unit_id")
    if units_of == UnitsOf.THE_DAY:
        had = unit_then(Entry.objects.all(), "assignment_id", f"{path}_id", f"{path}__unit_id", OuterRef(day))
    found: QuerySet[Any] = rows.annotate(had=had)
    return found


def names_of(rows: Iterable[tuple[int, dt.date]], units_of: UnitsOf, today: dt.date) -> list[str]:
    """What units (their number, the day of the row) are called on this reading, in two queries for all of them."""
    rows = list(rows)
    units = Unit.objects.prefetch_related("names").in_bulk({unit for unit, _day in rows})
    return [units[unit].name_on(day if units_of == UnitsOf.THE_DAY else today) for unit, day in rows]
