"""A superior's duties as this office sees them: what each says, by when, and whether it falls to the office."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from xulang.organisation.models import UnitParent
from xulang.organisation.naming import Namer
from xulang.organisation.sets import propose
from xulang.programme.amending import said
from xulang.programme.cascade_check import Asked
from xulang.programme.enums import DeadlineKind, TaskState
from xulang.programme.models import DutyCall, Task
from xulang.programme.rules import EVERY, due_of
from xulang.programme.wording import title_of
from xulang.registry.models import Directive


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of the superior's: `falls` is what its words say, `called` what a person said of it (None: nobody did)."""

    place: tuple[int, int]
    section: str
    words: str
    due_on: dt.date | None
    cadence: str | None
    units: tuple[str, ...]
    falls: bool
    called: bool | None

    @property
    def ours(self) -> bool:
        """Whether it falls to the office; what a person said goes before what is read."""
        return self.falls if self.called is None else self.called

    @property
    def key(self) -> str:
        """The duty in a form of ours: "120-340"."""
        return f"{self.place[0]}-{self.place[1]}"

    def asked(self) -> Asked:
        """As the cascade check sees it."""
        return Asked(self.place, self.words, self.due_on, self.cadence, self.ours)


def duties_of(directive: Directive, today: dt.date) -> list[Duty]:
    """The duties of a directive in their order: as they were reviewed where they were, else as they were read."""
    calls = {
        (start, end): ours
        for start, end, ours in DutyCall.objects.filter(passage__directive=directive).values_list(
            "passage__start", "passage__end", "ours"
        )
    }
    seat = _Seat(directive.home_unit_id, today)
    reviewed = Task.objects.filter(programme__directive=directive).exclude(state=TaskState.DROPPED)
    rows = list(reviewed.prefetch_related("sources__passage", "units"))
    told = _reviewed(rows, directive) if rows else _read(directive)
    return [
        Duty(
            place,
            section,
            words,
            due_on,
            cadence,
            tuple(unit for unit, _set in units),
            seat.named(units),
            calls.get(place),
        )
        for place, section, words, due_on, cadence, units in told
    ]


_Told = tuple[tuple[int, int], str, str, dt.date | None, str | None, list[tuple[str, bool]]]


def _reviewed(tasks: Iterable[Task], directive: Directive) -> Iterator[_Told]:
    for task in tasks:
        passages = [row.passage for row in task.sources.all() if row.passage.directive_id == directive.pk]
        if passages:
            place = passages[0].start, passages[0].end
            units = [(row.words, row.is_set) for row in task.units.all()]
            yield place, task.section, task.text, task.due_on, task.cadence, units


def _read(directive: Directive) -> Iterator[_Told]:
    for found in directive.findings["tasks"]:
        deadline: dict[str, Any] = found["deadline"]
        due_on = due_of(deadline["kind"], deadline["value"], directive.issued_date)
        cadence = EVERY.get(deadline["every"] or "") if deadline["kind"] == DeadlineKind.RECURRING else None
        units = [(unit["value"], unit["group"]) for unit in (*found["lead"], *found["coordinating"])]
        start, end = found["at"]
        yield (start, end), found["section"] or "", said(title_of(found, directive.text)), due_on, cadence, units


class _Seat:
    """The office as its superior's papers name it: by its own name, or among a set of those beneath the superior."""

    def __init__(self, home_id: int, today: dt.date) -> None:
        self._home = home_id
        self._namer = Namer(home_id, today)
        above = UnitParent.objects.on(today).filter(unit_id=home_id).values_list("parent_id", flat=True).first()
        self._above = above

    def named(self, units: Iterable[tuple[str, bool]]) -> bool:
        """Whether one of the units named is the office, or a set that it is one of."""
        return any(self._among(words) if is_set else self._is(words) for words, is_set in units)

    def _is(self, words: str) -> bool:
        return self._namer.match(words).unit_id == self._home

    def _among(self, words: str) -> bool:
        return self._above is not None and self._home in propose(words, self._namer.units, self._above).unit_ids
