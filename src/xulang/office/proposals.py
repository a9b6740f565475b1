"""A proposed task as the review screen shows it: its units, its time, its doubts, and where its words stand."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xulang.office import paper
from xulang.organisation.models import Unit
from xulang.plumbing.folding import fold
from xulang.programme.enums import Cadence, DeadlineKind, Mode, TaskState, UnitRole
from xulang.programme.models import SetMeaning, Task, TaskUnit
from xulang.programme.rules import Fault
from xulang.programme.services.review import UNTIMED

A_FEW = 3  # names of a set that are told before "và n đơn vị khác"
_SENTENCE = re.compile(r"(?<=[.;!?…])\s+(?=\S)|\n+\s*")
_LABEL = re.compile(r"(?:[-–+•*]|[\dIVXLC]+(?:\.\d+)*|[a-zđ])[.)]?")  # "3.2." alone is no sentence


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit or a set of units as a task names it, and what it was matched to.

    `teachable`: a person said which unit these words mean, and the register does not know them yet.
    """

    id: int
    role: str
    words: str
    name: str
    doubt: Fault | None = None
    is_set: bool = False
    meaning: int | None = None
    teachable: bool = False
    set_word: str = ""
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class RoleLines:
    """The units of one role."""

    label: str
    units: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """By when, in words; the directive's own words; whether it is still missing."""

    word: str
    quote: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a task and where it begins in the directive's text."""

    start: int
    words: str


def set_count(meaning: SetMeaning) -> str:
    """How many units a set means: "8 đơn vị", "để mở"."""
    if meaning.is_open:
        return _("để mở")
    count = len(meaning.units.all())
    return ngettext("%(count)d đơn vị", "%(count)d đơn vị", count) % {"count": count}


def set_word(meaning: SetMeaning, names: Mapping[int, str]) -> str:
    """The same with the first names: "8 đơn vị: A, B và 6 đơn vị khác"."""
    units = [names.get(unit.pk) or str(unit) for unit in meaning.units.all()]
    if meaning.is_open or not units:
        return set_count(meaning)
    told = ", ".join(units[:A_FEW])
    if (left := len(units) - A_FEW) > 0:
        told = _("%(some)s và %(left)d đơn vị khác") % {"some": told, "left": left}
    return f"{set_count(meaning)}: {told}"


@dataclass
class Card:
    """One proposed task. `acts` is where its acts begin in the address; `open` is the form that stands open in it,
    `values` what was typed there when it was refused.
    """

    task: Task
    number: int
    text: str
    acts: str
    names: Mapping[int, str]
    section_title: str = ""
    doubts: Sequence[Fault] = ()
    previous: Task | None = None
    known: Set[tuple[int, str]] = frozenset()
    open: str = ""
    error: str = ""
    values: Mapping[str, Any] | None = None

    @property
    def id(self) -> int:
        """The task's id."""
        return self.task.pk

    @property
    def anchor(self) -> str:
        """The card's place on the page."""
        return f"nv-{self.task.pk}"

    @property
    def place(self) -> str:
        """The place in the paper that the card leads to; the paper itself for a task added by hand."""
        return f"vb-{self.task.pk}" if self.task.sources.all() else "van-ban"

    @cached_property
    def title(self) -> str:
        """The task's words."""
        return self.task.text

    @property
    def heading(self) -> str:
        """The heading of its section, where its words begin with that; else all its words."""
        return self.section_title if self.rest else self.title

    @cached_property
    def rest(self) -> str:
        """What follows the heading."""
        title = self.section_title
        return self.title.removeprefix(title).strip() if title and self.title.startswith(title) else ""

    @property
    def section(self) -> str:
        """Its section's id."""
        return self.task.section

    @property
    def request(self) -> bool:
        """Asked, not ordered."""
        return self.task.mode == Mode.REQUEST

    @property
    def by_hand(self) -> bool:
        """Written by a person, not read in the directive."""
        return not self.task.sources.all()

    @property
    def state(self) -> str:
        """Its state, for the badge."""
        return self.task.state

    @property
    def state_word(self) -> str:
        """Its state in words."""
        return str(TaskState(self.task.state).label)

    @property
    def confirmed(self) -> bool:
        """Confirmed, or issued already."""
        return self.task.state in {TaskState.CONFIRMED, TaskState.ISSUED}

    @cached_property
    def general_doubts(self) -> list[Fault]:
        """Doubts told at the head of the card; those of a unit or the deadline stand where these do."""
        return [fault for fault in self.doubts if fault.code in {"doubt_task", "set"}]

    @cached_property
    def deadline_doubt(self) -> Fault | None:
        """The deadline needs its own act."""
        return next((fault for fault in self.doubts if fault.code == "doubt_deadline"), None)

    @property
    def ready(self) -> bool:
        """Whether the task's own act is what comes next: its units, sets and deadline are settled."""
        return not self.confirmed and all(fault.code == "doubt_task" for fault in self.doubts)

    @cached_property
    def unit_lines(self) -> tuple[UnitLine, ...]:
        """Every unit, in the order of the directive."""
        return tuple(self._unit(unit) for unit in self.task.units.all())

    def _unit(self, unit: TaskUnit) -> UnitLine:
        doubt = next((fault for fault in self.doubts if fault.task_unit_id == unit.pk), None)
        if unit.meaning is not None:
            word = set_count(unit.meaning)
            return UnitLine(unit.pk, unit.role, unit.words, unit.words, doubt, True, unit.meaning_id, set_word=word)
        name = self._name(unit.unit) if unit.unit else ""
        said = unit.unit_id is not None and unit.confirmed_at is not None and unit.start is not None
        teachable = said and (unit.unit_id, fold(unit.words)) not in self.known
        return UnitLine(unit.pk, unit.role, unit.words, name, doubt, teachable=teachable)

    def _name(self, unit: Unit) -> str:
        # A unit that has ended since is asked for its last name; the others' names are at hand.
        return self.names.get(unit.pk) or str(unit)

    @cached_property
    def roles(self) -> tuple[RoleLines, ...]:
        """Lead units, then coordinating ones."""
        groups = [RoleLines(str(role.label), tuple(u for u in self.unit_lines if u.role == role)) for role in UnitRole]
        return tuple(group for group in groups if group.units)

    @cached_property
    def deadline(self) -> DeadlineLine:
        """By when."""
        task = self.task
        quote = "" if task.deadline_start is None else self.text[task.deadline_start : task.deadline_end]
        if task.due_on:
            return DeadlineLine(_("xong trước ngày %(day)s") % {"day": _day(task.due_on)}, quote, False)
        if task.cadence:
            label = Cadence(task.cadence).label
            return DeadlineLine(_("thường xuyên, báo cáo %(cadence)s") % {"cadence": label.lower()}, quote, False)
        words = {
            DeadlineKind.ONGOING: _("thường xuyên, chưa có chu kỳ báo cáo"),
            DeadlineKind.DATE: _("chưa xác định ngày"),
            DeadlineKind.RECURRING: _("định kỳ, chưa có chu kỳ báo cáo"),
            DeadlineKind.RELATIVE: _("tính từ một mốc, chưa xác định ngày"),
            DeadlineKind.NONE: _("văn bản không nêu thời hạn"),
        }
        # What waits for the one cadence of step 1 lacks nothing yet.
        return DeadlineLine(words[DeadlineKind(task.deadline_kind)], quote, task.deadline_kind not in UNTIMED)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the passage that orders it, but for lines that only tell its units and time."""
        source = next(iter(self.task.sources.all()), None)
        if source is None:
            return ()
        here, end, found = source.passage.start, source.passage.end, []
        for gap in [*_SENTENCE.finditer(self.text, here, end), None]:
            words = self.text[here : gap.start() if gap else end].strip()
            if gap and _LABEL.fullmatch(words):
                continue
            if words and not self._tells_units(here, gap.start() if gap else end):
                found.append(Sentence(here, words))
            here = gap.end() if gap else end
        return tuple(found)

    def _tells_units(self, start: int, end: int) -> bool:
        if self.task.origin != "line":
            return False
        read = [(mark.start, mark.end) for mark in self.marks()]
        return any(start < stop and begin < end for begin, stop in read)

    @cached_property
    def splittable(self) -> bool:
        """Whether there is a sentence to begin a second task with."""
        return len(self.sentences) > 1

    @property
    def stamp(self) -> str:
        """How the task stands; another stamp when the form comes back says that somebody changed it meanwhile."""
        return stamp(self.task)

    @cached_property
    def form(self) -> dict[str, Any]:
        """What stands in the edit form: what was typed, where that was refused; else the task as it is."""
        task, typed = self.task, self.values
        if typed is None:
            return {
                "text": task.text,
                "units": self.unit_lines,
                "due_on": f"{task.due_on:%d/%m/%Y}" if task.due_on else "",
                "cadence": task.cadence or "",
                "mode": task.mode,
                "new_role": UnitRole.LEAD,
            }
        units = [
            UnitLine(
                u.id,
                typed.get(f"role-{u.id}", u.role),
                u.words,
                typed.get(f"unit-{u.id}", u.name),
                is_set=u.is_set,
                dropped=f"drop-{u.id}" in typed,
            )
            for u in self.unit_lines
        ]
        names = ("text", "due_on", "cadence", "mode", "new_role", "new_unit")
        return {name: typed.get(name, "") for name in names} | {"units": units}

    def places(self) -> Iterable[paper.TaskPlace]:
        """Where its words stand; the first place is the one the card leads to."""
        label = _("Nhiệm vụ %(number)d: xem đề xuất") % {"number": self.number}
        for n, source in enumerate(self.task.sources.all()):
            anchor = self.place if n == 0 else f"{self.place}-{n}"
            at = source.passage
            yield paper.TaskPlace(self.id, self.number, at.start, at.end, anchor, label, bool(self.doubts))

    def marks(self) -> Iterable[paper.Mark]:
        """What was read in its words."""
        for unit, line in zip(self.task.units.all(), self.unit_lines, strict=True):
            if unit.start is not None and unit.end is not None:
                kind: paper.Kind = "lead" if unit.role == UnitRole.LEAD else "coordinating"
                yield paper.Mark(kind, unit.start, unit.end, self.id, line.doubt is not None)
        task = self.task
        if task.deadline_start is not None and task.deadline_end is not None:
            doubtful = self.deadline_doubt is not None
            yield paper.Mark("deadline", task.deadline_start, task.deadline_end, self.id, doubtful)


def stamp(task: Task) -> str:
    """A digest of what the edit form shows of a task."""
    units = sorted((unit.pk, unit.role, unit.unit_id or 0) for unit in task.units.all())
    told = (task.text, task.mode, task.due_on, task.cadence, units)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
