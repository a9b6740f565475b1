"""From a reading to a proposal: tasks, their units matched, their sets proposed, the focal unit proposed."""

import datetime as dt
import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.naming import Namer
from xulang.organisation.permits import acting
from xulang.plumbing.folding import fold
from xulang.programme.amending import said
from xulang.programme.enums import Mode, UnitRole
from xulang.programme.errors import AlreadyProposed
from xulang.programme.models import Programme, SetMeaning, Task, TaskSource, TaskUnit
from xulang.programme.rules import EVERY, due_of
from xulang.programme.services.reviewing import noted
from xulang.programme.wording import title_of
from xulang.registry.models import Directive
from xulang.registry.services import passage

# What the closing part says of the unit that follows a directive up.
_FOLLOWS = re.compile(r"\b(theo doi|don doc|tong hop)\b")


@transaction.atomic
def propose(*, directive: Directive, by: Person, now: dt.datetime) -> Programme:
    """A programme under review, made of what was read; nothing in it takes effect before a person confirms it.

    By a lead officer of the office that received the directive. It runs from today to the end of today's year until
    somebody sets another span. Raises NotPermitted, AlreadyProposed.
    """
    if directive.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)  # of two, one waits
    if Programme.objects.filter(directive=directive).exists():
        raise AlreadyProposed
    today = timezone.localdate(now)
    programme = Programme.objects.create(
        directive=directive,
        title=directive.title or str(directive),
        starts_on=today,
        ends_on=dt.date(today.year, 12, 31),
        proposed_at=now,
        proposed_by=by,
    )
    proposal = _Proposal(programme, today)
    for position, found in enumerate(directive.findings["tasks"], 1):
        proposal.add(position, found)
    proposal.focal_unit(directive.findings["tasks"])
    noted(programme, "programme.proposed", by, now, data={"tasks": programme.tasks.count()})
    return programme


class _Proposal:
    """One programme in the making: the register's names are made ready once, each set is given one meaning."""

    def __init__(self, programme: Programme, today: dt.date) -> None:
        self._programme, self._today = programme, today
        self._directive = programme.directive
        self._namer = Namer(self._directive.home_unit_id, today)
        self._sets: dict[str, SetMeaning] = {}

    def add(self, position: int, found: dict[str, Any]) -> None:
        """One task of the reading, with its passage and units."""
        deadline = found["deadline"]
        due_on = due_of(deadline["kind"], deadline["value"], self._directive.issued_date)
        # A relative deadline is reckoned, and one that is past was perhaps misread or is settled: a person decides.
        doubtful = deadline["kind"] == "relative" or (due_on is not None and due_on < self._today)
        place = deadline["at"] or [None, None]
        task = Task.objects.create(
            programme=self._programme,
            position=position,
            section=found["section"] or "",
            text=said(title_of(found, self._directive.text)),
            mode=Mode.REQUEST if found["mode"] == "request" else Mode.ORDER,
            sure=found.get("sure", True),
            origin=found["origin"],
            deadline_kind=deadline["kind"],
            deadline_value=deadline["value"],
            every=deadline["every"],
            deadline_start=place[0],
            deadline_end=place[1],
            deadline_sure=deadline.get("sure", True) and not doubtful,
            due_on=due_on,
            cadence=EVERY.get(deadline["every"] or "") if deadline["kind"] == "recurring" else None,
            product=(found["product"] or {}).get("value", ""),
            read_as={key: value for key, value in found.items() if key != "text"},
        )
        TaskSource.objects.create(task=task, passage=passage(self._directive, *found["at"]))
        mentions = [(UnitRole.LEAD, unit) for unit in found["lead"]]
        mentions += [(UnitRole.COORDINATING, unit) for unit in found["coordinating"]]
        TaskUnit.objects.bulk_create(self._unit(task, role, unit) for role, unit in mentions)

    def _unit(self, task: Task, role: UnitRole, unit: dict[str, Any]) -> TaskUnit:
        row = TaskUnit(task=task, role=role, words=unit["value"][:300], start=unit["at"][0], end=unit["at"][1])
        sure = unit.get("sure", True)
        if unit["group"]:
            row.is_set, row.meaning, row.sure = True, self._set(row.words, sure), sure
        else:
            match = self._namer.match(row.words)
            row.unit_id, row.sure = match.unit_id, sure and match.sure
        return row

    def _set(self, words: str, sure: bool) -> SetMeaning:
        """The one meaning of a set's words; doubtful as soon as one of its mentions is."""
        folded = fold(words)
        if folded not in self._sets:
            proposal = self._namer.set_of(words)
            row = SetMeaning.objects.create(
                programme=self._programme,
                words=words,
                folded=folded,
                is_open=proposal.open,
                proposed_sure=proposal.sure and sure,
            )
            row.units.set(proposal.unit_ids)
            self._sets[folded] = row
        row = self._sets[folded]
        if row.proposed_sure and not sure:
            row.proposed_sure = False
            row.save(update_fields=["proposed_sure"])
        return row

    def focal_unit(self, tasks: list[dict[str, Any]]) -> None:
        """The unit that the closing part tells to follow up and report: the last such task's only leading unit."""
        following = [
            task
            for task in tasks
            if task["origin"] == "organisation"
            and task["mode"] == "order"
            and len(task["lead"]) == 1
            and not task["lead"][0]["group"]
            and _FOLLOWS.search(fold(task["text"]))
        ]
        if not following:
            return
        unit = following[-1]["lead"][0]
        match = self._namer.match(unit["value"])
        self._programme.focal_unit_id = match.unit_id
        one = len({fold(task["lead"][0]["value"]) for task in following}) == 1
        self._programme.focal_sure = bool(
            match.sure and one and unit.get("sure", True) and following[-1].get("sure", True)
        )
        self._programme.save(update_fields=["focal_unit", "focal_sure"])
