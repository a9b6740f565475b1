"""Obstacles of a random history of the clock: who raises and answers them on which day, and who is to be told of it."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builders import at
from xulang.organisation.models import Person
from xulang.organisation.working_days import WorkingDays
from xulang.programme import services
from xulang.programme.enums import Waits
from xulang.programme.ladder import waiting_days
from xulang.programme.models import Assignment, Entry

# Whose turn it is → the verbs of who has it, and whose turn it is then.
_VERBS = {
    Waits.FOCAL: (("advise", Waits.UNIT), ("escalate", Waits.LEADER)),
    Waits.LEADER: (("advise", Waits.UNIT),),
    Waits.UNIT: (("raise_again", Waits.FOCAL), ("resolve", Waits.NOBODY)),
}
# The rungs of officers, head, focal unit and leader on which who has the turn stands, and who stands above.
_RUNGS = {Waits.FOCAL: (2, 3), Waits.LEADER: (3,), Waits.UNIT: (0, 1)}


@dataclass(frozen=True)
class _Turn:
    """From which line and day on it is whose, and who wrote the line."""

    line: int
    day: dt.date
    waits: Waits
    writer: int


@dataclass
class Obstacle:
    """An obstacle of a duty: raised on a day, and on each of the days after it somebody does what is theirs."""

    duty: Assignment
    officer: Person
    focal: Person
    leader: Person
    days: Sequence[dt.date]
    draw: random.Random
    turns: list[_Turn] = field(default_factory=list)
    _raised: Entry | None = None

    def act(self, day: dt.date) -> None:
        """What is done about it on a day, early in the morning."""
        if day not in self.days:
            return
        said = {"note": "Thiếu kinh phí", "now": at(day, 6)}
        if self._raised is None:
            self._raised = services.raise_obstacle(assignment=self.duty, by=self.officer, **said)
            self.turns.append(_Turn(self._raised.pk, day, Waits.FOCAL, self.officer.pk))
            return
        turn = self.turns[-1].waits
        if turn == Waits.NOBODY:
            return
        verb, waits = self.draw.choice(_VERBS[turn])
        by = {Waits.FOCAL: self.focal, Waits.LEADER: self.leader, Waits.UNIT: self.officer}[turn]
        line = getattr(services, verb)(obstacle=self._raised, by=by, **said)
        self.turns.append(_Turn(line.pk, day, waits, by.pk))

    def wanted(self, ladder: Sequence[set[int]], ran: Iterable[dt.date]) -> Counter[tuple[int, int, dt.date]]:
        """Whom a clock without a crash tells of which line for which day. `ladder`: who stands on each of the rungs."""
        found = Counter[tuple[int, int, dt.date]]()
        ends = [turn.day for turn in self.turns[1:]] + [dt.date.max]
        for turn, end in zip(self.turns, ends, strict=True):
            if turn.waits == Waits.NOBODY:
                continue
            told = turn.day
            for person in _people(ladder, _RUNGS[turn.waits][:1]) - {turn.writer}:  # at once, by the verb itself
                found[person, turn.line, told] += 1
            steps = waiting_days("obstacle", turn.day, WorkingDays())
            for day in (one for one in ran if turn.day <= one < end):
                step, above = [row for row in steps if row[0] <= day][-1]
                if step > told:
                    told = step
                    for person in _people(ladder, _RUNGS[turn.waits][: 2 if above else 1]) - {turn.writer}:
                        found[person, turn.line, step] += 1
        return found


def _people(ladder: Sequence[set[int]], rungs: Iterable[int]) -> set[int]:
    """Who stands on these rungs; for an empty one who stands on the next that is not."""
    return set[int]().union(*(next((those for those in ladder[rung:] if those), set()) for rung in rungs))


def drawn(
    duties: Iterable[Assignment],
    officers: Mapping[int, Person],
    *,
    focal: Person,
    leader: Person,
    start: dt.date,
    days: int,
    draw: random.Random,
) -> list[Obstacle]:
    """An obstacle of every second duty whose unit has an officer, with up to four lines after the first."""
    found = []
    for duty in duties:
        if duty.unit_id in officers and draw.random() < 0.5:
            on = sorted(draw.sample(range(days), draw.randint(1, 5)))
            when = [start + dt.timedelta(n) for n in on]
            found.append(Obstacle(duty, officers[duty.unit_id], focal, leader, when, draw))
    return found
