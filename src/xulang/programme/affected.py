"""What a reorganisation hands over here: assignments with their reports, focal units, and what is under review."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.handing import UnitColumn
from xulang.organisation.models import Person
from xulang.organisation.ports import Move, Part, Plan, Touched
from xulang.programme.enums import AWAITING, AssignmentState, DraftState, EntryKind, ProgrammeState
from xulang.programme.models import (
    Assignment,
    AssignmentChoice,
    ChangeNotice,
    ChangeNoticeHandover,
    DraftUnit,
    DraftUnitHandover,
    DutyDelegation,
    Entry,
    ExpectedReport,
    FocalHandover,
    Programme,
    SetHandover,
    SetMeaning,
    TaskUnit,
    TaskUnitHandover,
)

_PIECE = 5_000  # ids that one question may name
# Columns that the database itself keeps equal to the assignment's unit, see `tallies`.
FOLLOWING_ASSIGNMENTS = ("programme.ExpectedReport.unit", "programme.Tally.unit", "programme.Course.unit")


class AssignmentColumn(UnitColumn):
    """Assignments follow with their expected reports; the ledger of each keeps a line of it."""

    written = "programme.Entry.assignment"

    def line(self, plan: Plan, move: Move) -> Entry:
        """See `UnitColumn`."""
        assert plan.now is not None, "only an act that is done writes lines"
        return Entry(
            assignment_id=move.row_id,
            kind=EntryKind.MOVED,
            on=plan.on,
            at=plan.now,
            by=plan.by,
            act=plan.act,
            from_unit_id=move.from_unit,
            unit_id=move.unit,
        )

    def chosen(self, plan: Plan) -> Mapping[int, int]:
        """What persons chose in the preview."""
        rows = AssignmentChoice.objects.filter(line__reorganisation=plan.act)
        return dict(rows.values_list("assignment_id", "line_id"))

    def parts(self, ids: Sequence[int]) -> list[Part]:
        """How many are open, how many reports are still owed, and how many lie with one colleague."""
        still = owed = lone = 0
        for start in range(0, len(ids), _PIECE):
            some = ids[start : start + _PIECE]
            still += Assignment.objects.filter(pk__in=some, state=AssignmentState.OPEN).count()
            owed += ExpectedReport.objects.filter(assignment__in=some, state__in=AWAITING).count()
            lone += DutyDelegation.objects.filter(assignment__in=some, ended_at__isnull=True).count()
        found = [Part(_("đang thực hiện"), still), Part(_("báo cáo chưa nộp"), owed)]
        return [*found, Part(_("phân công cho một người sẽ hết"), lone)] if lone else found

    def apply(self, plan: Plan) -> int:
        """See `Affected`. Whom the unit before laid a duty on has it no more; the unit that takes over says who has."""
        done = super().apply(plan)
        moved = Entry.objects.filter(act=plan.act, kind=EntryKind.MOVED).order_by()
        DutyDelegation.objects.filter(assignment__in=moved.values("assignment")).end(plan.by, plan.now)
        return done

    undo = apply

    def preview(self, plan: Plan) -> list[Touched]:
        """The assignments; before an undoing also what was written since, which stays with its assignment."""
        found = super().preview(plan)
        if plan.undoes is None or not found:
            return found
        goes = {move.row_id: move for move in found[0].moves}
        since = (
            Entry.objects.filter(assignment__unit__in=plan.leaving, at__gt=plan.undoes.applied_at)
            .exclude(kind=EntryKind.MOVED)
            .values_list("pk", "assignment_id")
        )
        moves = [Move(pk, goes[one].from_unit, goes[one].unit) for pk, one in since if one in goes]
        return [*found, Touched(_("Mục sổ theo dõi ghi từ khi sắp xếp"), self.written, moves)] if moves else found

    def rows(self, column: str, ids: Iterable[int], person: Person, today: dt.date) -> "models.QuerySet[Any]":
        """See `Affected`."""
        if column != self.written:
            return super().rows(column, ids, person, today)
        seen = Entry.objects.for_user(person, today).filter(pk__in=list(ids))
        return seen.select_related("assignment__task", "expected")

    def standing(self) -> Iterator[Sequence[Any]]:
        """The assignments, then their expected reports with every projection."""
        yield from super().standing()
        told = ExpectedReport.objects.order_by("pk").values_list(
            "pk", "assignment_id", "period", "due", "state", "report_entry_id", "reported_on", "confirmed_on"
        )
        for row in told.iterator(chunk_size=_PIECE):
            yield ["programme.ExpectedReport", *row]


class SetColumn:
    """The meanings of sets under review: a unit that ends is replaced by its heir, among the others."""

    column = "programme.SetMeaning.units"
    columns = (column,)
    facts = ("programme.SetHandover.from_unit", "programme.SetHandover.unit")

    def _members(self) -> "models.QuerySet[Any]":
        return SetMeaning.units.through.objects.filter(setmeaning__programme__state=ProgrammeState.REVIEW)

    def moves(self, plan: Plan) -> list[Move]:
        """Each membership that changes; on undoing, a member that came for several goes back to all of them."""
        handed: dict[tuple[int, int], list[int]] = {}
        if plan.undoes is not None:
            for row, unit, came in SetHandover.objects.filter(act=plan.undoes).values_list(
                "row_id", "unit_id", "from_unit_id"
            ):
                handed.setdefault((row, unit), []).append(came)
        rows = self._members().filter(unit__in=plan.leaving).values_list("setmeaning_id", "unit_id")
        found = [
            Move(row, unit, heir)
            for row, unit in rows
            if (row, unit) not in handed and unit in plan.ends and (heir := plan.heir(unit)) is not None
        ]
        there = set(self._members().values_list("setmeaning_id", "unit_id"))
        return found + [
            Move(row, unit, came, back=True)
            for (row, unit), units in handed.items()
            if (row, unit) in there
            for came in units
        ]

    def preview(self, plan: Plan) -> list[Touched]:
        """See `Affected`."""
        moves = self.moves(plan)
        return [Touched(_("Tập đơn vị đang rà soát"), self.column, moves)] if moves else []

    def rows(self, column: str, ids: Iterable[int], person: Person, today: dt.date) -> "models.QuerySet[SetMeaning]":
        """See `Affected`."""
        rows = SetMeaning.objects.for_user(person, today)
        return rows.filter(pk__in=list(ids)) if column == self.column else rows.none()

    def apply(self, plan: Plan) -> int:
        """See `Affected`. A heir that stood in the set already is noted as its own, so that an undo leaves it there."""
        through, moves = SetMeaning.units.through, self.moves(plan)
        there = set(self._members().values_list("setmeaning_id", "unit_id"))
        own = sorted({(move.row_id, move.unit) for move in moves} & there) if plan.undoes is None else []
        lines = [(move.row_id, move.from_unit, move.unit) for move in moves] + [(row, unit, unit) for row, unit in own]
        SetHandover.objects.bulk_create(
            SetHandover(act=plan.act, on=plan.on, row_id=row, from_unit_id=came, unit_id=unit)
            for row, came, unit in lines
        )
        for row, unit in {(move.row_id, move.from_unit) for move in moves}:
            through.objects.filter(setmeaning_id=row, unit_id=unit).delete()
        through.objects.bulk_create(
            (through(setmeaning_id=move.row_id, unit_id=move.unit) for move in moves), ignore_conflicts=True
        )
        return len(moves)

    undo = apply

    def standing(self) -> Iterator[Sequence[Any]]:
        """See `Affected`."""
        for row in self._members().order_by("setmeaning_id", "unit_id").values_list("setmeaning_id", "unit_id"):
            yield [self.column, *row]


AFFECTED = (
    AssignmentColumn(
        Assignment,
        "unit",
        Entry,
        row="assignment",
        label=_("Việc đã giao"),
        words="task__text",
        open=models.Q(state=AssignmentState.OPEN),
        keeps=("state",),
        shows=("task",),
        facts=["programme.Assignment.issued_to", "programme.Notice.unit", *FOLLOWING_ASSIGNMENTS],
    ),
    UnitColumn(
        Programme,
        "focal_unit",
        FocalHandover,
        label=_("Chương trình đang theo dõi"),
        words="title",
        only=models.Q(focal_unit__isnull=False),
        open=models.Q(state__in=[ProgrammeState.REVIEW, ProgrammeState.ISSUED]),
    ),
    UnitColumn(
        TaskUnit,
        "unit",
        TaskUnitHandover,
        label=_("Đơn vị của nhiệm vụ đang rà soát"),
        words="task__text",
        only=models.Q(task__programme__state=ProgrammeState.REVIEW, unit__isnull=False),
        shows=("task",),
    ),
    SetColumn(),
    UnitColumn(
        ChangeNotice,
        "unit",
        ChangeNoticeHandover,
        label=_("Thông báo thay đổi đã gửi cho đơn vị"),
        keeps=("seen_at",),
        shows=("assignment__task",),
        facts=["programme.ChangeNotice.told"],
    ),
    UnitColumn(
        DraftUnit,
        "unit",
        DraftUnitHandover,
        label=_("Đơn vị trong dự thảo kế hoạch"),
        words="item__text",
        only=models.Q(item__draft__state=DraftState.OPEN),
        shows=("item",),
    ),
)
