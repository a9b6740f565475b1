"""The review page of one programme: cards in order, the paper, the four steps with what is left of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xulang.office import paper
from xulang.office.proposals import Card, set_word
from xulang.organisation.selectors import UnitRow
from xulang.programme.enums import Cadence, DeadlineKind, Mode, ProgrammeState, TaskState, UnitRole
from xulang.programme.models import Programme, SetMeaning, Task
from xulang.registry.models import Citation

PROPOSED_CADENCE = Cadence.QUARTER  # drawn as the first choice among equals; nothing is set before a person presses it


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four acts: whether it is done, and in words what is left."""

    done: bool
    words: str


@dataclass(frozen=True, slots=True)
class SetUnit:
    """A unit that a set means."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set of units that the directive names, and its one meaning."""

    id: int
    words: str
    meaning: str
    units: tuple[SetUnit, ...]
    open: bool
    sure: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class FaultLink:
    """A reason why nothing can be issued yet, and the place that mends it."""

    anchor: str
    sentence: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The focal unit and the days of the programme."""

    focal: str
    doubtful: bool
    starts_on: dt.date
    ends_on: dt.date
    open: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the directive, to choose from."""

    id: str
    label: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands open on the page: a card's form, what was typed in it and why it was refused; the adding form."""

    card: int | None = None
    form: str = ""
    error: str = ""
    values: Mapping[str, Any] | None = None
    adding: Mapping[str, Any] | None = None
    frame: bool = False


@dataclass
class Page:
    """The page; its questions were asked before, none is asked here."""

    programme: Programme
    tasks: Sequence[Task]
    meanings: Sequence[SetMeaning]
    citations: Sequence[Citation]
    register: Sequence[UnitRow]
    faults: Sequence[FaultLink] = ()
    summary: Mapping[str, Any] | None = None
    may_act: bool = True
    opened: Opened = field(default_factory=Opened)

    @property
    def id(self) -> int:
        """The programme's id."""
        return self.programme.pk

    @property
    def address(self) -> str:
        """The page's address."""
        return reverse("office:review", args=[self.programme.pk])

    @property
    def title(self) -> str:
        """The programme's title."""
        return self.programme.title

    @property
    def code(self) -> str:
        """The directive's code."""
        return self.programme.directive.code

    @property
    def editable(self) -> bool:
        """Whether this person may act on it, and it is still in review."""
        return self.may_act and self.programme.state == ProgrammeState.REVIEW

    @property
    def issued(self) -> dt.datetime | None:
        """When it was issued."""
        return self.programme.issued_at

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of every unit of the day."""
        return {unit.id: unit.name for unit in self.register}

    @cached_property
    def by_position(self) -> list[Card]:
        """The cards of the standing tasks as the directive has them, numbered."""
        standing = [task for task in self.tasks if task.state != TaskState.DROPPED]
        return [self._card(task, n, standing[n - 2] if n > 1 else None) for n, task in enumerate(standing, start=1)]

    def _card(self, task: Task, number: int, previous: Task | None) -> Card:
        card = Card(task, number, self.programme.directive.text, self.names, previous)
        if task.pk == self.opened.card:
            card.open, card.error, card.values = self.opened.form, self.opened.error, self.opened.values
        return card

    @cached_property
    def cards(self) -> list[Card]:
        """The doubtful first, then by position."""
        return sorted(self.by_position, key=lambda card: not card.doubts)

    @cached_property
    def dropped(self) -> list[Card]:
        """What was dropped, to be brought back."""
        return [self._card(task, 0, None) for task in self.tasks if task.state == TaskState.DROPPED]

    @cached_property
    def doubtful(self) -> list[Card]:
        """Cards with a finding that needs its own act."""
        return [card for card in self.by_position if card.doubts]

    @cached_property
    def paper(self) -> tuple[paper.Block, ...]:
        """The directive as it reads, with its marks."""
        marks = [mark for card in self.by_position for mark in card.marks()]
        marks += [paper.Mark("cites", start, end) for row in self.citations for start, end in row.places]
        places = [place for card in self.by_position for place in card.places()]
        return paper.blocks(self.programme.directive.reading or {}, places, marks)

    @cached_property
    def sections(self) -> list[Section]:
        """The directive's sections."""
        rows = (self.programme.directive.reading or {}).get("sections", [])
        return [Section(row["id"], row["label"], (row["title"] or "")[:80], *row["at"]) for row in rows]

    # The four steps

    @cached_property
    def ongoing(self) -> int:
        """How many tasks are reported by the common cadence."""
        return sum(1 for task in self._standing if _by_cadence(task))

    @property
    def _standing(self) -> Iterable[Task]:
        return (card.task for card in self.by_position)

    @property
    def cadence(self) -> str:
        """The cadence chosen for all."""
        return self.programme.cadence or ""

    cadence_proposed = PROPOSED_CADENCE

    @property
    def cadence_step(self) -> Step:
        """One cadence for all ongoing tasks."""
        left = sum(1 for task in self._standing if _by_cadence(task) and not task.cadence)
        if left:
            words = ngettext(
                "%(n)d nhiệm vụ thường xuyên cần một chu kỳ báo cáo chung.",
                "%(n)d nhiệm vụ thường xuyên cần một chu kỳ báo cáo chung.",
                left,
            ) % {"n": left}
        elif self.ongoing:
            words = ngettext(
                "%(n)d nhiệm vụ thường xuyên đã có chu kỳ.", "%(n)d nhiệm vụ thường xuyên đã có chu kỳ.", self.ongoing
            ) % {"n": self.ongoing}
        else:
            words = _("Không có nhiệm vụ thường xuyên nào.")
        return Step(not left, words)

    @cached_property
    def sets(self) -> list[SetLine]:
        """The sets, one line each."""
        return [
            SetLine(
                row.pk,
                row.words,
                set_word(row, self.names),
                tuple(SetUnit(unit.pk, self.names.get(unit.pk, str(unit))) for unit in row.units.all()),
                row.is_open,
                row.proposed_sure,
                row.confirmed_at is not None,
            )
            for row in self.meanings
        ]

    @property
    def sets_step(self) -> Step:
        """One meaning for each set of units."""
        left = sum(1 for row in self.sets if not row.confirmed)
        if left:
            words = ngettext(
                "%(n)d tập đơn vị chờ bạn nhận nghĩa đề nghị; mở từng dòng để sửa.",
                "%(n)d tập đơn vị chờ bạn nhận nghĩa đề nghị; mở từng dòng để sửa.",
                left,
            ) % {"n": left}
        elif self.sets:
            words = _("Mỗi tập đơn vị đã có một nghĩa.")
        else:
            words = _("Văn bản không gọi tập đơn vị nào.")
        return Step(not left, words)

    @cached_property
    def sure_left(self) -> int:
        """How many tasks without a doubt wait to be confirmed."""
        return sum(1 for card in self.by_position if not card.confirmed and not card.doubts)

    @property
    def sure_step(self) -> Step:
        """Confirm what is sure, in one act."""
        done = sum(1 for card in self.by_position if card.confirmed)
        words = _("Đã xác nhận %(done)d trong %(all)d nhiệm vụ.") % {"done": done, "all": len(self.by_position)}
        return Step(done == len(self.by_position) and done > 0, words)

    @property
    def issue_step(self) -> Step:
        """Issue."""
        return Step(self.issued is not None, "")

    @property
    def frame(self) -> Frame:
        """Focal unit and span."""
        row = self.programme
        name = self.names.get(row.focal_unit_id, str(row.focal_unit)) if row.focal_unit_id else ""
        doubtful = not row.focal_sure and row.focal_confirmed_at is None
        return Frame(name, doubtful, row.starts_on, row.ends_on, self.opened.frame or doubtful)

    @property
    def adding(self) -> Mapping[str, Any] | None:
        """The adding form as it was typed, where it was refused."""
        return self.opened.adding

    unit_roles = UnitRole.choices
    cadences = Cadence.choices
    modes = Mode.choices


def _by_cadence(task: Task) -> bool:
    return bool(task.cadence) or (task.due_on is None and task.deadline_kind == DeadlineKind.ONGOING)
