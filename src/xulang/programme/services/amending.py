"""Issuing a directive that amends or replaces another: open assignments follow, what was done stays, units are told."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from xulang.organisation.calendars import working_days
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Post
from xulang.organisation.permits import under
from xulang.plumbing import journal
from xulang.programme.comparing import Comparison, Row, ends_of, still_ordered
from xulang.programme.enums import (
    AWAITING,
    AmendmentKind,
    AssignmentState,
    DifferenceKind,
    EntryKind,
    Field,
    Mode,
    ReportState,
    TaskState,
    UnitRole,
)
from xulang.programme.models import (
    Amendment,
    Assignment,
    ChangeNotice,
    Difference,
    ExpectedReport,
    Programme,
    Task,
    TaskSource,
)
from xulang.programme.periods import Period
from xulang.programme.rebuild import project
from xulang.programme.rows import periods_owed, task_row
from xulang.programme.services.changing import hand_over, take_back
from xulang.programme.services.desk import write
from xulang.registry.editing import record_effect
from xulang.registry.enums import EffectKind

# What a changed task takes over from the later directive.
TAKEN = ("text", "deadline_kind", "deadline_value", "every", "due_on", "cadence", "product")
_EFFECTS = {AmendmentKind.AMENDED: EffectKind.AMENDED, AmendmentKind.REPLACED: EffectKind.REPLACED}


@dataclass
class _Following:
    """One issuing under way: the later programme, who and when, and whom it touches."""

    programme: Programme
    post: Post | None
    by: Person
    now: dt.datetime
    assignments: list[Assignment] = field(default_factory=list)
    told: dict[tuple[int, int, int], ChangeNotice] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        """The day of the act."""
        return timezone.localdate(self.now)

    @property
    def code(self) -> str:
        """The directive as a line of the ledger names it."""
        return self.programme.directive.code or self.programme.title[:200]

    def tell(self, difference: Difference, assignment: Assignment, unit: int) -> None:
        """The unit is to be told what became of the assignment; and the directive goes to it."""
        key = (difference.pk, assignment.pk, unit)
        self.told[key] = ChangeNotice(
            difference=difference, assignment=assignment, told_id=unit, unit_id=unit, at=self.now
        )


def follow(
    comparison: Comparison, programme: Programme, post: Post | None, by: Person, now: dt.datetime
) -> tuple[list[Assignment], set[int]]:
    """Does what the review of differences says; gives the assignments made and the units that were told.

    Changed: the task takes over words and time of the later directive, which becomes a source of it; a deadline is
    changed by a line of the ledger, its first day stays; units that are named no more lose it, others get it, and where
    one leading unit takes another's place the assignment moves with all its reports. Ended: withdrawn, unless a third
    directive orders it still. What was reported stays as it was judged. Part of `issue`, in its transaction.
    """
    act = _Following(programme, post, by, now)
    said = {(row.old_id, row.new_id): row for row in Difference.objects.filter(programme=programme)}
    counts = dict.fromkeys(DifferenceKind.values, 0)
    for row in comparison.rows:
        counts[row.kind] += 1
        difference = said.get((row.old.pk if row.old else None, row.new.pk if row.new else None))
        if row.kind == DifferenceKind.CHANGED and difference is not None:
            _change(act, row, difference)
        elif row.kind == DifferenceKind.ENDED and difference is not None:
            _end(act, row, difference, comparison)
    ChangeNotice.objects.bulk_create(act.told.values())
    for earlier in comparison.earlier:
        _note(act, earlier.programme, earlier.kind, counts)
    return act.assignments, {unit for _difference, _assignment, unit in act.told}


def _change(act: _Following, row: Row, difference: Difference) -> None:
    assert row.old is not None
    assert row.new is not None
    wanted = task_row(row.new, act.programme)
    old = Task.objects.select_for_update(of=("self",)).select_related("programme__directive").get(pk=row.old.pk)
    running = list(
        old.assignments.exclude(state=AssignmentState.WITHDRAWN)
        .select_for_update(of=("self",))
        .select_related("task__programme__directive")
        .order_by("id")
    )
    ends_on = row.after.ends_on if row.after and row.after.ends_on else ends_of(old)
    for name in TAKEN:
        setattr(old, name, getattr(row.new, name))
    old.ends_on = ends_on if ends_on != old.programme.ends_on else None
    if Field.DEADLINE in row.fields:  # the earlier directive's words for it say it no more
        old.deadline_start = old.deadline_end = None
    old.save(update_fields=[*TAKEN, "ends_on", "deadline_start", "deadline_end"])
    for passage in row.new.sources.values_list("passage_id", flat=True):
        TaskSource.objects.get_or_create(task=old, passage_id=passage)
    Task.objects.filter(pk=row.new.pk).update(state=TaskState.JOINED, same_as=old)
    kept = _follow_units(act, difference, old, running, {role: wanted.unit_ids(role) for role in UnitRole})
    starts_on = max(act.today, act.programme.starts_on) if row.after and row.after.ends_on else act.today
    days = working_days(old.programme.directive.home_unit_id)

    def asked(one: Assignment) -> list[Period]:
        return periods_owed(old, starts_on, ends_on, kind=one.unit.kind, days=days)

    for one in kept:
        write(one, EntryKind.AMENDED, act.by, act.now, post=act.post, note=act.code)
        if Field.DEADLINE in row.fields and one.role == UnitRole.LEAD and one.mode == Mode.ORDER:
            _redate(act, one, asked(one))
        act.tell(difference, one, one.unit_id)
    for one in (one for one in act.assignments if one.task_id == old.pk and one not in kept):
        if one.role == UnitRole.LEAD and one.mode == Mode.ORDER:
            ExpectedReport.objects.bulk_create(owed(one, asked(one), act.today))
        act.tell(difference, one, one.unit_id)


def _follow_units(
    act: _Following,
    difference: Difference,
    old: Task,
    running: Sequence[Assignment],
    wanted: dict[UnitRole, frozenset[int]],
) -> list[Assignment]:
    """Units that are named no more lose the task and those named anew get it; gives the assignments that go on.

    What is done already is nobody's to lose. One leading unit in the place of another takes over all that is owed.
    """
    gone = [
        one for one in running if one.unit_id not in wanted[UnitRole(one.role)] and one.state != AssignmentState.DONE
    ]
    there = {(one.role, one.unit_id) for one in running}
    missing = [(role, unit) for role in UnitRole for unit in sorted(wanted[role]) if (role, unit) not in there]
    leads = [one for one in gone if one.role == UnitRole.LEAD]
    heirs = [unit for role, unit in missing if role == UnitRole.LEAD]
    moved = leads[0] if len(leads) == 1 == len(heirs) else None
    for one in gone:
        if one is not moved:
            take_back(one, act.code, act.post, act.by, act.now)
            act.tell(difference, one, one.unit_id)
    if moved is not None:
        act.tell(difference, moved, moved.unit_id)
        hand_over(moved, heirs[0], act.code, act.post, act.by, act.now)
        missing.remove((UnitRole.LEAD, heirs[0]))
    for role, unit in missing:
        one = Assignment.objects.create(
            task=old, issued_to_id=unit, unit_id=unit, role=role, mode=old.mode, issued_on=act.today
        )
        write(one, EntryKind.ISSUED, act.by, act.now, post=act.post)
        act.assignments.append(one)
    return [one for one in running if one not in gone or one is moved]


def _redate(act: _Following, assignment: Assignment, asked: Iterable[Period]) -> None:
    """What is owed becomes what the changed deadline asks for.

    A report of a period that is asked for no more is owed no more; one that was overdue already stays so, unless a
    cadence takes the place of its date.
    """
    periods = {period.code: period for period in asked}
    there = {row.period: row for row in assignment.expected.select_for_update(of=("self",))}
    lines: list[tuple[ExpectedReport, EntryKind, dt.date | None]] = []
    for code, row in there.items():
        period = periods.get(code)
        if period is None:
            lapses = row.state in AWAITING and (row.due >= act.today or code == "date")
            lines += [(row, EntryKind.WITHDRAWN, None)] if lapses else []
        elif period.due != row.due or row.state == ReportState.WITHDRAWN:
            if period.due < row.period_start:
                row.period_start = period.due
                row.save(update_fields=["period_start"])
            lines.append((row, EntryKind.REDATED, period.due))
    for row, kind, due in lines:
        write(assignment, kind, act.by, act.now, post=act.post, expected=row, due=due)
    anew = [period for code, period in periods.items() if code not in there]
    ExpectedReport.objects.bulk_create(owed(assignment, anew, act.today))
    project(assignment, None)


def owed(assignment: Assignment, asked: Iterable[Period], today: dt.date) -> list[ExpectedReport]:
    """The reports that an assignment owes from today on, for these periods."""
    return [
        ExpectedReport(
            assignment=assignment,
            period=period.code,
            period_start=period.start,
            period_end=period.end,
            issued_on=today,
            due=period.due,
            first_due=period.due,
        )
        for period in asked
    ]


def _end(act: _Following, row: Row, difference: Difference, comparison: Comparison) -> None:
    assert row.old is not None
    if still_ordered([row.old], comparison):
        return
    running = row.old.assignments.filter(state__in=[AssignmentState.OPEN, AssignmentState.ANSWERED])
    for one in running.select_for_update(of=("self",)).select_related("task__programme__directive").order_by("id"):
        take_back(one, act.code, act.post, act.by, act.now)
        act.tell(difference, one, one.unit_id)


def _note(act: _Following, earlier: Programme, kind: AmendmentKind, counts: dict[str, int]) -> None:
    """The register tells it of the earlier directive; who follows a replaced programme up is the later one's unit."""
    programme, directive = act.programme, earlier.directive
    Amendment.objects.get_or_create(
        programme=programme, earlier=earlier, defaults={"kind": kind, "said_at": act.now, "said_by": act.by}
    )
    known = directive.effects.filter(by_directive=programme.directive, kind=_EFFECTS[kind], withdrawn_at__isnull=True)
    if programme.directive.code and not known.exists():
        record_effect(
            directive=directive,
            kind=_EFFECTS[kind],
            since=programme.directive.issued_date or act.today,
            source=f"Giao nhiệm vụ theo {act.code}",
            by_directive=programme.directive,
            by=act.by,
            now=act.now,
        )
    data: dict[str, object] = {"by": programme.pk, "kind": kind.value} | {name.lower(): n for name, n in counts.items()}
    if kind == AmendmentKind.REPLACED and earlier.focal_unit_id != programme.focal_unit_id:
        data["focal"] = [earlier.focal_unit_id, programme.focal_unit_id]
        Programme.objects.filter(pk=earlier.pk).update(focal_unit=programme.focal_unit_id)
    data |= under(act.by, [Role.LEAD_OFFICER], directive.home_unit_id, act.now)
    journal.record(by=act.by, action="programme.amended", subject=earlier, data=data, now=act.now)
