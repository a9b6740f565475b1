"""The review page of one programme: cards in order, the paper, the four steps with what is left of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xulang.office import leaves, paper
from xulang.office.paper import Mark, TaskPlace
from xulang.office.proposals import Card, set_word
from xulang.programme.enums import Cadence, Mode, UnitRole
from xulang.programme.models import Task
from xulang.programme.rows import periods_of, task_row
from xulang.programme.rules import Fault
from xulang.programme.selectors import Review
from xulang.programme.services.review import UNTIMED
from xulang.registry.facsimiles import has_pages
from xulang.registry.models import Citation, Facsimile

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


# Where a fault of the programme as a whole is mended.
PLACES = {"no_focal": "khung", "doubt_focal": "khung", "differences": "thay-doi"}


@dataclass(frozen=True, slots=True)
class Summary:
    """What issuing makes: how many tasks, units and expected reports, and the first due day."""

    tasks: int
    units: int
    reports: int
    first_due: dt.date | None


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
    """The page. Its questions were asked before (`selectors.tasks_for_review`); none is asked here.

    With a `facsimile` the paper is shown as it looks, else as it reads; `no_pages` says why it cannot be shown so.
    """

    review: Review
    citations: Sequence[Citation]
    opened: Opened = field(default_factory=Opened)
    facsimile: Facsimile | None = None
    no_pages: str = ""

    @property
    def id(self) -> int:
        """The programme's id."""
        return self.review.programme.pk

    @cached_property
    def address(self) -> str:
        """The page's address."""
        return reverse("office:review", args=[self.id])

    @property
    def directive_id(self) -> int:
        """The directive's id."""
        return self.review.programme.directive_id

    @property
    def title(self) -> str:
        """The programme's title."""
        return self.review.programme.title

    @property
    def code(self) -> str:
        """The directive's code."""
        return self.review.directive.code

    @property
    def editable(self) -> bool:
        """Whether this person may act on it, and it is still in review."""
        return self.review.may_review

    @property
    def may_undo(self) -> bool:
        """Whether this person has an act to take back."""
        return self.review.may_undo

    @property
    def issued(self) -> dt.datetime | None:
        """When it was issued."""
        return self.review.programme.issued_at

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of every unit of the day."""
        return {unit.id: unit.name for unit in self.review.units}

    @cached_property
    def by_position(self) -> list[Card]:
        """The cards of the standing tasks as the directive has them, numbered."""
        rows = self.review.tasks
        return [
            self._card(row.task, n, row.doubts, rows[n - 2].task if n > 1 else None) for n, row in enumerate(rows, 1)
        ]

    def _card(self, task: Task, number: int, doubts: Sequence[Fault] = (), previous: Task | None = None) -> Card:
        title = self._titles.get(task.section, "")
        acts = f"{self._acts}{task.pk}/"
        text, known = self.review.directive.text, self.review.known
        card = Card(task, number, text, acts, self.names, title, doubts, previous, known)
        if task.pk == self.opened.card:
            card.open, card.error, card.values = self.opened.form, self.opened.error, self.opened.values
        return card

    def card(self, task_id: int | None) -> Card | None:
        """The card of a standing task."""
        return next((card for card in self.by_position if card.id == task_id), None)

    @cached_property
    def cards(self) -> list[Card]:
        """The doubtful first, then by position."""
        return sorted(self.by_position, key=lambda card: not card.doubts)

    @cached_property
    def dropped(self) -> list[Card]:
        """What was dropped, to be brought back."""
        return [self._card(task, 0) for task in self.review.dropped]

    @cached_property
    def doubtful(self) -> list[Card]:
        """Cards with a finding that needs its own act."""
        return [card for card in self.by_position if card.doubts]

    @cached_property
    def paper(self) -> tuple[paper.Block, ...]:
        """The directive as it reads, with its marks."""
        return paper.blocks(self.review.directive.findings, self._places, self._marks)

    @cached_property
    def leaves(self) -> leaves.Leaves | None:
        """The directive as it looks, with its marks."""
        if self.facsimile is None:
            return None
        text, made = self.review.directive.text, self.facsimile
        return leaves.laid_out(made.leaves, made.words, text, self._places, self._marks)

    @property
    def has_pages(self) -> bool:
        """Whether the paper came as pages that can be shown."""
        return has_pages(self.review.directive)

    @property
    def _marks(self) -> list[Mark]:
        marks = [mark for card in self.by_position for mark in card.marks()]
        return marks + [Mark("cites", start, end) for row in self.citations for start, end in row.places]

    @property
    def _places(self) -> list[TaskPlace]:
        return [place for card in self.by_position for place in card.places()]

    @cached_property
    def _acts(self) -> str:
        # Reversed once: a page of sixty tasks holds three hundred such addresses.
        return reverse("office:review_task", args=[self.id, 0, "-"]).removesuffix("0/-/")

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {row["id"]: row["title"] or "" for row in self.review.directive.findings["sections"]}

    @cached_property
    def sections(self) -> list[Section]:
        """The directive's sections."""
        rows = self.review.directive.findings["sections"]
        return [Section(row["id"], row["label"], (row["title"] or "")[:80]) for row in rows]

    # The four steps

    @cached_property
    def ongoing(self) -> int:
        """How many tasks are reported by the common cadence."""
        return sum(1 for row in self.review.tasks if _by_cadence(row.task))

    @property
    def cadence(self) -> str:
        """The cadence chosen for all."""
        return self.review.programme.cadence or ""

    cadence_proposed = PROPOSED_CADENCE

    @property
    def cadence_step(self) -> Step:
        """One cadence for all ongoing tasks."""
        left = sum(1 for row in self.review.tasks if _by_cadence(row.task) and not row.task.cadence)
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
                tuple(SetUnit(unit.pk, self.names.get(unit.pk) or str(unit)) for unit in row.units.all()),
                row.is_open,
                row.proposed_sure,
                row.confirmed_at is not None,
            )
            for row in self.review.sets
        ]

    @property
    def sets_at_once(self) -> int:
        """How many sets can be taken together: those proposed surely; a doubtful one needs its own act."""
        return sum(1 for row in self.sets if row.sure and not row.confirmed)

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

    @cached_property
    def faults(self) -> list[FaultLink]:
        """What `issue` would refuse with, each with the place that mends it; a set is told once."""
        numbers = {card.id: card.number for card in self.by_position}
        links = dict.fromkeys(
            FaultLink(f"tap-{fault.set_id}", str(fault))
            if fault.set_id
            else FaultLink(f"nv-{fault.task_id}", str(fault), numbers.get(fault.task_id))
            if fault.task_id
            else FaultLink(PLACES.get(fault.code, "them"), str(fault))
            for fault in self.review.faults
        )
        return list(links)

    @cached_property
    def summary(self) -> Summary:
        """What issuing would make, as things stand."""
        units, reports, dues = set[int](), 0, list[dt.date]()
        for row in self.review.tasks:
            seen = task_row(row.task, self.review.programme)
            lead = seen.unit_ids(UnitRole.LEAD)
            units |= lead | seen.unit_ids(UnitRole.COORDINATING)
            if row.task.mode == Mode.ORDER and lead:
                periods = periods_of(row.task, self.review.programme)
                reports += len(lead) * len(periods)
                dues += [period.due for period in periods]
        return Summary(len(self.review.tasks), len(units), reports, min(dues, default=None))

    @property
    def frame(self) -> Frame:
        """Focal unit and span."""
        row = self.review.programme
        name = self.names.get(row.focal_unit.pk) or str(row.focal_unit) if row.focal_unit else ""
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
    """Whether the common cadence is for it: what `set_cadence` reaches, or has reached."""
    return task.due_on is None and task.deadline_kind in UNTIMED
