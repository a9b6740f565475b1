"""What an office's papers call units, matched on the units of a day."""

import datetime as dt
from collections.abc import Iterable

from xulang.organisation import sets
from xulang.organisation.matching import Home, NameIndex
from xulang.organisation.scopes import beneath
from xulang.organisation.selectors import UnitRow, known_names, units_on


class Namer:
    """Matches what a directive calls units, on the units of a day, from the seat of the office `home_id`."""

    def __init__(self, home_id: int, today: dt.date) -> None:
        self.home_id = home_id
        self.units = units_on(today)
        parents = {unit.id: unit.parent_id for unit in self.units if unit.parent_id is not None}
        self._index = NameIndex(
            known_names(today), Home(home_id, beneath([home_id], parents), tuple(_upwards(home_id, parents)))
        )
        self.match = self._index.match

    def set_of(self, words: str) -> sets.SetProposal:
        """What a set's words mean."""
        return sets.propose(words, self.units, self.home_id)

    def row(self, unit_id: int) -> UnitRow:
        """A unit of the day by its id."""
        return next(unit for unit in self.units if unit.id == unit_id)


def _upwards(unit_id: int, parents: dict[int, int]) -> Iterable[int]:
    while (above := parents.get(unit_id)) is not None:
        yield above
        unit_id = above
