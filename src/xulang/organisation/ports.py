"""What a reorganisation asks of every room that holds rows of units: what it touches, to hand it over, and back."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise

from xulang.organisation.enums import HANDING
from xulang.organisation.mapping import Heir, goes_to
from xulang.organisation.models import Effect, Line, Person, Reorganisation


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of the units, as the rooms need it: of an act being previewed or applied, or of its undoing.

    In a preview, units that are not there yet go by minus the number of the line that makes them.
    """

    act: Reorganisation
    on: dt.date
    ends: frozenset[int]
    heirs: Mapping[int, Sequence[Heir]]
    by: Person | None = None
    now: dt.datetime | None = None
    undoes: Reorganisation | None = None

    @property
    def leaving(self) -> "models.QuerySet[Any]":
        """The ids of the units that hand over, to ask the database by; they may be ten thousand."""
        if self.undoes is not None:
            return Effect.objects.filter(act=self.undoes, opened=True, unit__isnull=False).values("unit")
        return Line.objects.filter(reorganisation=self.act, verb__in=HANDING).values("unit")

    def parted(self) -> list[int]:
        """The units whose work does not go to one unit as a whole: each row needs to be looked at."""
        return [unit for unit, heirs in self.heirs.items() if len(heirs) > 1 or unit not in self.ends]

    def heir(self, unit_id: int, words: str = "", chosen: int | None = None) -> int | None:
        """Where a row of the unit goes; None: it stays."""
        found = goes_to(self.heirs.get(unit_id, ()), words, chosen)
        return None if found is None else found.unit_id


@dataclass(frozen=True, slots=True)
class Move:
    """One row that goes from one unit to another; `back` where an undo returns it whence it came."""

    row_id: int
    from_unit: int
    unit: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is touched, for the eye: "open", "reports still owed"."""

    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Touched:
    """What an act touches in one table: every row with where it goes, and what of it matters most."""

    label: str | Promise
    column: str
    moves: Sequence[Move]
    parts: Sequence[Part] = ()


class Affected(Protocol):
    """A room's rows of units, as far as reorganisations go."""

    @property
    def columns(self) -> Iterable[str]:
        """The columns that follow ("programme.Assignment.unit")."""

    @property
    def facts(self) -> Iterable[str]:
        """The columns that tell what was, and never follow."""

    def preview(self, plan: Plan) -> list[Touched]:
        """What the act (or the undoing) would touch. Writes nothing."""

    def rows(self, column: str, ids: Iterable[int], person: Person, today: dt.date) -> "models.QuerySet[Any]":
        """Those of the column's rows that the person may see."""

    def apply(self, plan: Plan) -> int:
        """Hands the rows over, in the caller's transaction; gives how many."""

    def undo(self, plan: Plan) -> int:
        """Hands back what `plan.undoes` handed over, and what came to its units since to those it came from."""

    def standing(self) -> Iterator[Sequence[Any]]:
        """Every row with its unit and its projections of today, in a fixed order: for the canonical export."""


_registered: list[Affected] = []


def register_affected(*affected: Affected) -> None:
    """Called once by the wiring; a later call takes the earlier one's place."""
    _registered[:] = affected


def affected() -> list[Affected]:
    """Every room's, lowest room first."""
    return list(_registered)
