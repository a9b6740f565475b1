"""The plan's own headings, under which units tell what they did, and what a unit has on record beneath each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from xulang.programme.enums import REPORTS, AssignmentState, EntryKind, Mode, TaskState
from xulang.programme.models import Assignment, EntryNote, Programme, Task
from xulang.reporting.counting import ACTIVITY, ENTRY, activities_of
from xulang.reporting.parts import short


@dataclass(frozen=True, slots=True)
class Heading:
    """Đề mục: a section of the directive that has tasks, its title as the directive words it."""

    code: str
    title: str
    tasks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Told:
    """Something on record that the text of a heading can be made from: a note of the ledger, an activity."""

    receipt: str
    text: str


def headings(programme: Programme) -> list[Heading]:
    """The sections of the programme's tasks that were issued, in the directive's order.

    A section without a title of its own goes by the first words of its first task.
    """
    titles = {row["id"]: row["title"] for row in programme.directive.findings["sections"]}
    tasks = Task.objects.filter(programme=programme, state__in=[TaskState.ISSUED, TaskState.JOINED])
    grouped: dict[str, list[Task]] = defaultdict(list)
    for task in tasks.order_by("position", "id"):
        grouped[task.section].append(task)
    return [
        Heading(code, titles.get(code) or short(rows[0].text), frozenset(row.same_as_id or row.pk for row in rows))
        for code, rows in grouped.items()
    ]


def headings_of(programme: Programme, units: Iterable[int]) -> list[Heading]:
    """Those under which one of the units was given something to do."""
    mine = Assignment.objects.filter(unit_id__in=list(units), mode=Mode.ORDER).exclude(state=AssignmentState.WITHDRAWN)
    tasks = set(mine.order_by().values_list("task_id", flat=True))
    return [one for one in headings(programme) if one.tasks & tasks]


def on_record(heading: Heading, unit: int, first: dt.date, last: dt.date, programme: Programme) -> list[Told]:
    """What a unit reported and did under a heading in those days: notes of its entries, then its activities.

    An activity that was given to a report stands there already, and is told once.
    """
    notes = (
        EntryNote.objects.filter(
            entry__assignment__task_id__in=heading.tasks,
            entry__assignment__unit_id=unit,
            entry__kind__in=REPORTS - {EntryKind.NIL},
            entry__on__range=(first, last),
            withdrawn_at__isnull=True,
        )
        .exclude(text="")
        .order_by("entry__on", "entry_id")
    )
    done = (
        activities_of([unit], first, last, programme).filter(duties__assignment__task_id__in=heading.tasks).distinct()
    )
    found = [Told(f"{ENTRY}{note.entry_id}", " ".join(note.text.split())) for note in notes]
    for one in done:
        day = f"{one.begins:%d/%m/%Y}"
        found.append(Told(f"{ACTIVITY}{one.pk}", f"{one.title} ({day}{', ' + one.place if one.place else ''})."))
    return list({told.text: told for told in reversed(found)}.values())[::-1]
