"""A column that names a unit, and how it follows a reorganisation: what most rooms register as `Affected`."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.functional import Promise

from xulang.organisation.models import Person
from xulang.organisation.ports import Move, Part, Plan, Touched
from xulang.plumbing.bulk import set_column

_BATCH = 10_000  # rows read at a time


class UnitColumn:
    """One column of today's unit, with the ledger of handovers beside it.

    `ledger` is a `Handover` table (or one with its columns) whose foreign key to the row is called `row`. `words` is
    the path to the text that functions are sought in; without it only the main heir takes over. `only` are the rows
    that follow at all; `open` those that leave a unit that goes on standing. `keeps` are further projections to export,
    `shows` the rows beside, for a screen that lists them.
    """

    def __init__(
        self,
        model: type[Any],
        field: str,
        ledger: type[Any],
        *,
        label: str | Promise,
        row: str = "row",
        words: str | None = None,
        only: models.Q | None = None,
        open: models.Q | None = None,
        keeps: Sequence[str] = (),
        shows: Sequence[str] = (),
        facts: Iterable[str] = (),
    ) -> None:
        self.model, self.field, self.ledger, self.label, self.row = model, field, ledger, label, row
        self.words, self.only, self.open, self.keeps = words, only or models.Q(), open or models.Q(), keeps
        self.shows = shows
        self.column = f"{model._meta.label}.{field}"
        self.columns = [self.column]
        self.facts = [*facts, *(f"{ledger._meta.label}.{name}" for name in ("from_unit", "unit"))]

    # --- What goes where ---

    def moves(self, plan: Plan) -> list[Move]:
        """Every row that leaves its unit, and where it goes."""
        if plan.undoes is not None:
            return self._returns(plan)
        parted = plan.parted()
        rows = self._rows().filter(**{f"{self.field}__in": plan.leaving})
        found = [
            Move(pk, unit, heir)
            for pk, unit in rows.exclude(**{f"{self.field}__in": parted}).values_list("pk", f"{self.field}_id")
            if (heir := plan.heir(unit)) is not None
        ]
        if parted:
            found += self._parted(plan, self._rows().filter(**{f"{self.field}__in": parted}))
        return found

    def _parted(self, plan: Plan, rows: "models.QuerySet[Any]") -> Iterator[Move]:
        """Rows of units that are split, or that go on standing and only give a function away."""
        chosen = self.chosen(plan)
        standing = set(rows.filter(self.open).values_list("pk", flat=True)) if self.words else set()
        for pk, unit, words in rows.values_list("pk", f"{self.field}_id", self.words or "pk"):
            if unit not in plan.ends and pk not in standing:
                continue
            heir = plan.heir(unit, words if self.words else "", chosen.get(pk))
            if heir is not None:
                yield Move(pk, unit, heir)

    def chosen(self, plan: Plan) -> Mapping[int, int]:  # noqa: ARG002 (for columns that know more)
        """What a person chose: row → line. Most columns leave it to the rule."""
        return {}

    def _returns(self, plan: Plan) -> list[Move]:
        """What the undone act handed over goes back, unless it was handed on; what came since goes to the heir."""
        key = f"{self.row}_id"
        handed = self._lines().filter(act=plan.undoes, **{f"{self.row}__{self.field}": models.F("unit")})
        rows = set(self._rows().values_list("pk", flat=True)) if self.only else None
        found = [
            Move(pk, unit, came_from, back=True)
            for pk, unit, came_from in handed.values_list(key, "unit_id", "from_unit_id")
            if rows is None or pk in rows
        ]
        back = {move.row_id for move in found}
        born = self._rows().filter(**{f"{self.field}__in": plan.leaving}).values_list("pk", f"{self.field}_id")
        return found + [Move(pk, unit, plan.heirs[unit][0].unit_id) for pk, unit in born if pk not in back]

    def _rows(self) -> "models.QuerySet[Any]":
        rows: models.QuerySet[Any] = self.model._default_manager.filter(self.only).order_by()
        return rows

    def _lines(self) -> "models.QuerySet[Any]":
        """The handovers of the ledger; every act's line has its units."""
        lines: models.QuerySet[Any] = self.ledger._default_manager.filter(unit__isnull=False).order_by()
        return lines

    # --- The port ---

    def preview(self, plan: Plan) -> list[Touched]:
        """See `ports.Affected`."""
        moves = self.moves(plan)
        return [Touched(self.label, self.column, moves, self.parts([move.row_id for move in moves]))] if moves else []

    def parts(self, ids: Sequence[int]) -> list[Part]:  # noqa: ARG002 (likewise)
        """What of the touched rows matters most; nothing unless a column knows more."""
        return []

    def rows(self, column: str, ids: Iterable[int], person: Person, today: dt.date) -> "models.QuerySet[Any]":
        """See `ports.Affected`."""
        rows: models.QuerySet[Any] = self.model._default_manager.for_user(person, today)
        return rows.filter(pk__in=list(ids)).select_related(*self.shows) if column == self.column else rows.none()

    def apply(self, plan: Plan) -> int:
        """See `ports.Affected`: a line of the ledger for each row, then the column."""
        moves = sorted(self.moves(plan), key=lambda move: (move.unit, move.row_id))
        self.ledger._default_manager.bulk_create(self.line(plan, move) for move in moves)
        set_column(self.model, self.field, {move.row_id: move.unit for move in moves})
        return len(moves)

    undo = apply  # an undo is an act like any other: `plan.undoes` tells `moves` what to return

    def line(self, plan: Plan, move: Move) -> Any:
        """The line of the ledger that tells of a move."""
        return self.ledger(
            act=plan.act, on=plan.on, from_unit_id=move.from_unit, unit_id=move.unit, **{f"{self.row}_id": move.row_id}
        )

    def standing(self) -> Iterator[Sequence[Any]]:
        """See `ports.Affected`."""
        rows = self._rows().order_by("pk").values_list("pk", f"{self.field}_id", *self.keeps)
        for row in rows.iterator(chunk_size=_BATCH):
            yield [self.column, *row]
