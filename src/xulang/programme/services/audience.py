"""Who is told on a step of the ladder: the posts that stand on each rung today, and who stands in for an empty one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import ClassVar

from xulang.organisation.enums import Role
from xulang.organisation.models import PostHolding
from xulang.programme.ladder import RUNGS, Rung, Step
from xulang.programme.models import Assignment, DutyDelegation


class Audience:
    """Who stands on which rung today."""

    _ROLES: ClassVar[dict[Rung, tuple[Role, ...]]] = {
        Rung.OFFICER: (Role.UNIT_OFFICER, Role.LEAD_OFFICER),
        Rung.HEAD: (Role.HEAD,),
        Rung.FOCAL: (Role.LEAD_OFFICER,),
        Rung.LEADER: (Role.LEADER,),
    }

    def __init__(self, today: dt.date) -> None:
        self._people: dict[tuple[int, str], set[int]] = defaultdict(set)
        rows = PostHolding.objects.on(today).filter(person__is_active=True)
        for unit, role, person in rows.values_list("post__unit_id", "post__role", "person_id"):
            self._people[unit, role].add(person)
        delegated = DutyDelegation.objects.living(today).order_by()
        self._delegated: dict[int, int] = dict(delegated.values_list("assignment_id", "holding__person_id"))

    def of(self, step: Step, assignment: Assignment, home: int) -> Iterator[tuple[int, bool]]:
        """The persons whom a step tells of a duty, and whether each stands in for a rung that is empty.

        Of a duty that lies with one colleague only they stand where the officers do.
        """
        colleague = self._delegated.get(assignment.pk)
        own = {Rung.OFFICER: {colleague}} if colleague else {}
        return self._told(step, rungs(assignment.unit_id, assignment.task.programme.focal_unit_id, home), own)

    def of_units(self, step: Step, units: Mapping[Rung, int | None]) -> Iterator[tuple[int, bool]]:
        """The same of what a unit as a whole owes, by the unit of each rung (see `rungs`)."""
        return self._told(step, units, {})

    def _told(
        self, step: Step, units: Mapping[Rung, int | None], own: Mapping[Rung, set[int]]
    ) -> Iterator[tuple[int, bool]]:
        told = set[int]()
        for wanted in step.to:
            for rung in RUNGS[RUNGS.index(wanted) :]:
                found = own.get(rung) or self._on(rung, units[rung])
                if found:
                    yield from ((person, rung is not wanted) for person in sorted(found - told))
                    told |= found
                    break

    def _on(self, rung: Rung, unit: int | None) -> set[int]:
        return set[int]().union(*(self._people.get((unit, role), ()) for role in self._ROLES[rung])) if unit else set()


def rungs(unit: int, focal: int | None, home: int) -> dict[Rung, int | None]:
    """Whose posts stand on each rung: of the unit that owes, of who follows up, of who issued."""
    return {Rung.OFFICER: unit, Rung.HEAD: unit, Rung.FOCAL: focal, Rung.LEADER: home}
