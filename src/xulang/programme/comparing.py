"""The tables' rows as the review of differences compares them: which programmes are earlier, and both sides' tasks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, Q

from xulang.programme.amending import clauses, concerning
from xulang.programme.differences import Proposal, Side, changed, proposals
from xulang.programme.enums import (
    STANDING,
    AmendmentKind,
    AssignmentState,
    DeadlineKind,
    DifferenceKind,
    Field,
    ProgrammeState,
    TaskState,
    UnitRole,
)
from xulang.programme.models import Assignment, Difference, Programme, Task, TaskSource
from xulang.programme.rows import task_row
from xulang.registry.enums import READ_AS, EffectKind, Relation
from xulang.registry.models import Citation, Effect

_KINDS = {EffectKind.AMENDED: AmendmentKind.AMENDED, EffectKind.REPLACED: AmendmentKind.REPLACED}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A programme that runs and that the directive of a later one amends or replaces; `said`: whether a person said so.

    What a reading says counts only once a person has said it.
    """

    programme: Programme
    kind: AmendmentKind
    said: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the review of differences: what a person said of it, or else what is proposed.

    `old` is the task in force, `ordered` the task by which the earlier directive orders it (another where that was
    joined to it). `said` is false where one of the sides has changed since: it is to be said again.
    """

    old: Task | None
    ordered: Task | None
    new: Task | None
    kind: DifferenceKind
    fields: tuple[Field, ...]
    sure: bool
    said: bool
    before: Side | None
    after: Side | None
    becomes: str = ""

    @property
    def key(self) -> str:
        """The row in an address: "c12" by the task in force, "m7" by the new one."""
        return f"c{self.old.pk}" if self.old else f"m{self.new.pk if self.new else 0}"

    @property
    def words(self) -> str:
        """What the row is about, in the words in force."""
        side = self.before or self.after
        return side.words if side else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One review of differences: the earlier programmes, and a row for every task of either side."""

    earlier: tuple[Earlier, ...]
    rows: tuple[Row, ...]
    olds: tuple[Task, ...]
    news: tuple[Task, ...]

    @property
    def open(self) -> int:
        """How many acts are wanting: of what a directive does, and of what becomes of a task."""
        return sum(not row.said for row in self.earlier) + sum(not row.said for row in self.rows)

    @property
    def at_once(self) -> list[Row]:
        """The rows that are sure and can be said in one act, once it is said what the directives do."""
        return [row for row in self.rows if row.sure and not row.said]


def earlier_programmes(programme: Programme) -> list[Earlier]:
    """The programmes of the same office that run and that this one's directive amends or replaces, the oldest first.

    What a person said of it here goes before an effect that a person recorded with the earlier directive, and both
    before what a citation reads as. One that is said to be untouched is left out.
    """
    said = {row.earlier_id: AmendmentKind(row.kind) for row in programme.amendments.all()}
    here, found = programme.directive_id, dict[int, AmendmentKind]()
    read = Citation.objects.filter(directive=here, relation__in=list(READ_AS), cited__programme__isnull=False)
    for earlier, relation in read.values_list("cited__programme", "relation"):
        kind = _KINDS[READ_AS[Relation(relation)]]
        found[earlier] = AmendmentKind.REPLACED if AmendmentKind.REPLACED in (kind, found.get(earlier)) else kind
    effects = Effect.objects.filter(by_directive=here, withdrawn_at__isnull=True, kind__in=list(_KINDS))
    recorded = {
        earlier: _KINDS[EffectKind(kind)]
        for earlier, kind in effects.order_by("recorded_at").values_list("directive__programme", "kind")
        if earlier is not None
    }
    found |= recorded | said
    rows = Programme.objects.filter(pk__in=found, directive__home_unit=programme.directive.home_unit_id)
    return [
        Earlier(row, found[row.pk], row.pk in said or row.pk in recorded)
        for row in rows.exclude(pk=programme.pk)
        .filter(state=ProgrammeState.ISSUED)
        .select_related("directive")
        .defer("directive__text", "directive__reading")
        .order_by("issued_at", "pk")
        if found[row.pk] != AmendmentKind.UNTOUCHED
    ]


def compare(programme: Programme) -> Comparison:
    """The review of differences of a programme under review, in a number of queries that does not grow with it."""
    earlier = earlier_programmes(programme)
    if not earlier:
        return Comparison((), (), (), ())
    orders, olds = _in_force(earlier)
    news = _proposed(programme, olds)
    kinds = {row.programme.pk: row.kind for row in earlier}
    before = {
        pk: _old_side(task, orders[pk], replaced=kinds[orders[pk].programme_id] == AmendmentKind.REPLACED)
        for pk, task in olds.items()
    }
    after = _new_sides(programme, news)
    rows = _said(programme, olds, orders, news, before, after)
    told_olds, told_news = {row.old for row in rows}, {row.new for row in rows if row.new}
    for one in earlier:
        left = [side for pk, side in before.items() if orders[pk].programme_id == one.programme.pk]
        left = [side for side in left if olds[side.id] not in told_olds]
        free = [side for side in after.values() if news[side.id] not in told_news]
        for row in _proposals(one, left, free, programme):
            if row.old is None and one is not earlier[-1]:
                continue  # perhaps the next of the earlier programmes has it
            after_side = row.new and _until(row.new, row.old)
            rows.append(
                Row(
                    old=olds[row.old.id] if row.old else None,
                    ordered=orders[row.old.id] if row.old else None,
                    new=news[row.new.id] if row.new else None,
                    kind=row.kind,
                    fields=changed(row.old, after_side) if row.old and after_side else _worded(row),
                    sure=row.sure,
                    said=False,
                    before=row.old,
                    after=after_side,
                    becomes=row.becomes,
                )
            )
            told_news |= {news[row.new.id]} if row.new else set()
    order = {pk: place for place, pk in enumerate(olds)}
    rows.sort(key=lambda row: (row.old is None, order[row.old.pk] if row.old else row.new.position if row.new else 0))
    return Comparison(tuple(earlier), tuple(rows), tuple(olds.values()), tuple(news.values()))


def _worded(row: Proposal) -> tuple[Field, ...]:
    return (Field.WORDS,) if row.becomes else ()


def _until(new: Side, old: Side | None) -> Side:
    """The new side beside an old one: until when matters only where the earlier directive is replaced."""
    return new if old is not None and old.ends_on is not None else replace(new, ends_on=None)


def _proposals(one: Earlier, left: Sequence[Side], free: Sequence[Side], programme: Programme) -> list[Proposal]:
    replaces = one.kind == AmendmentKind.REPLACED
    # Compared by what either says of the time; "until when" of the new side counts beside a replaced one only.
    sides = [side if replaces else replace(side, ends_on=None) for side in free]
    return proposals(left, sides, () if replaces else clauses(programme.directive.text), replaces=replaces)


def _in_force(earlier: Sequence[Earlier]) -> tuple[dict[int, Task], dict[int, Task]]:
    """Of the earlier programmes: the tasks by which they order what is in force, and those tasks; by the latter's id.

    A task that two of them order is told with the first.
    """
    running = Assignment.objects.exclude(state=AssignmentState.WITHDRAWN)
    ids = [row.programme.pk for row in earlier]
    rows = Task.objects.filter(programme__in=ids, state__in=[TaskState.ISSUED, TaskState.JOINED]).filter(
        Q(pk__in=running.values("task")) | Q(same_as__in=running.values("task"))
    )
    orders: dict[int, Task] = {}
    for task in sorted(rows.select_related("programme"), key=lambda row: (ids.index(row.programme_id), row.position)):
        orders.setdefault(task.same_as_id or task.pk, task)
    tasks = Task.objects.select_related("programme__directive").defer(
        "programme__directive__text", "programme__directive__reading"
    )
    beside = Prefetch("assignments", running.select_related("unit"), to_attr="running")
    found = {task.pk: task for task in tasks.prefetch_related(beside).filter(pk__in=orders)}
    return orders, {pk: found[pk] for pk in orders}


def _proposed(programme: Programme, olds: dict[int, Task]) -> dict[int, Task]:
    """The tasks of the later programme, with those that were joined to one of the earlier."""
    joined = Q(state=TaskState.JOINED, same_as__in=olds)
    sources = Prefetch("sources", TaskSource.objects.select_related("passage"))
    rows = programme.tasks.filter(Q(state__in=STANDING) | joined).order_by("position", "id")
    return {task.pk: task for task in rows.prefetch_related("units__unit", "units__meaning__units", sources)}


def _day(task: Task) -> str | None:
    return task.deadline_value if task.cadence and task.deadline_kind == DeadlineKind.RECURRING else None


def _old_side(task: Task, ordered: Task, *, replaced: bool) -> Side:
    running: list[Assignment] = task.running  # type: ignore[attr-defined]
    return Side(
        id=task.pk,
        place=ordered.section,
        words=task.text,
        leads=frozenset(one.unit_id for one in running if one.role == UnitRole.LEAD),
        coordinating=frozenset(one.unit_id for one in running if one.role == UnitRole.COORDINATING),
        mode=task.mode,
        due_on=task.due_on,
        cadence=task.cadence,
        day=_day(task),
        ends_on=ends_of(task) if replaced and task.cadence else None,
    )


def ends_of(task: Task) -> dt.date:
    """Until when a task in force is reported."""
    return task.ends_on or task.programme.ends_on


def still_ordered(tasks: Sequence[Task], comparison: Comparison) -> set[int]:
    """Which of these tasks in force another directive orders than those that are amended or replaced."""
    apart = [row.programme.pk for row in comparison.earlier]
    ids = [task.pk for task in tasks]
    orders = Task.objects.filter(Q(pk__in=ids, state=TaskState.ISSUED) | Q(same_as__in=ids, state=TaskState.JOINED))
    orders = orders.filter(programme__state=ProgrammeState.ISSUED).exclude(programme__in=apart)
    return {same or pk for pk, same in orders.values_list("pk", "same_as_id")}


def _new_sides(programme: Programme, news: dict[int, Task]) -> dict[int, Side]:
    text = programme.directive.text
    found = clauses(text)
    sides = {}
    for task in news.values():
        row = task_row(task, programme)
        passages = [source.passage for source in task.sources.all()]
        clause = next((one for at in passages if (one := concerning(found, text, at.start, at.end))), None)
        sides[task.pk] = Side(
            id=task.pk,
            place=task.section,
            words=task.text,
            leads=row.unit_ids(UnitRole.LEAD),
            coordinating=row.unit_ids(UnitRole.COORDINATING),
            mode=task.mode,
            due_on=task.due_on,
            cadence=task.cadence,
            day=_day(task),
            ends_on=programme.ends_on if task.cadence else None,
            clause=clause,
        )
    return sides


def _said(
    programme: Programme,
    olds: dict[int, Task],
    orders: dict[int, Task],
    news: dict[int, Task],
    before: dict[int, Side],
    after: dict[int, Side],
) -> list[Row]:
    """What persons said: rows whose tasks are still there; one with a side that changed since is to be said again."""
    found = []
    for row in Difference.objects.filter(programme=programme):
        if (row.old_id is not None and row.old_id not in olds) or (row.new_id is not None and row.new_id not in news):
            continue
        old = before[row.old_id] if row.old_id else None
        new = _until(after[row.new_id], old) if row.new_id else None
        same = row.before == (old and old.told()) and row.after == (new and new.told())
        found.append(
            Row(
                old=olds[row.old_id] if row.old_id else None,
                ordered=orders[row.old_id] if row.old_id else None,
                new=news[row.new_id] if row.new_id else None,
                kind=DifferenceKind(row.kind),
                fields=changed(old, new) if old and new else (),
                sure=False,
                said=same,
                before=old,
                after=new,
            )
        )
    told = {row.old for row in found}, {row.new for row in found}
    for task in news.values():  # joined as one duty before anything was said here
        if task.same_as_id is None or task in told[1] or olds[task.same_as_id] in told[0]:
            continue
        old, new = before[task.same_as_id], after[task.pk]
        fields = changed(old, new)
        found.append(Row(olds[old.id], orders[old.id], task, DifferenceKind.KEPT, fields, False, True, old, new))
    return found
