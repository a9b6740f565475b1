"""Nhắc vướng mắc, chỉ đạo: whose turn an obstacle is, is told; a unit, of a direction and of a returned report."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from xulang.organisation.calendars import working_days
from xulang.organisation.working_days import WorkingDays
from xulang.programme.enums import AWAITING, AssignmentState, EntryKind, Mode, ProgrammeState, Waits
from xulang.programme.ladder import Rung, Step, waiting_days
from xulang.programme.models import Entry, RaisedNotice
from xulang.programme.rules import waits_for
from xulang.programme.selectors.raised import open_obstacles
from xulang.programme.services.audience import Audience

_STEPS = {
    Waits.FOCAL: (Rung.FOCAL, Rung.LEADER),
    Waits.LEADER: (Rung.LEADER,),
    Waits.UNIT: (Rung.OFFICER, Rung.HEAD),
}  # whose turn it is, and who stands above
_ONCE = Step("told", 0, (Rung.OFFICER, Rung.HEAD))
_BACK = dt.timedelta(days=7)  # what was said longer ago while nobody ran the clock is news no more
_RUNNING = models.Q(
    about__assignment__task__programme__state=ProgrammeState.ISSUED, about__assignment__mode=Mode.ORDER
) & ~models.Q(about__assignment__state=AssignmentState.WITHDRAWN)


class Rousing:
    """`ports.DueItems` of lines of the ledger that ask something of somebody; of requests never."""

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """See the port: the steps after the first day, and what nobody was told when it was written."""
        return _write([*_turns(today), *_said(today)], today, now)

    def notices(self) -> "models.QuerySet[Any]":
        """See the port."""
        rows = RaisedNotice.objects.select_related(
            "about__assignment__task", "about__assignment__unit", "about__expected"
        )
        return rows.prefetch_related("about__assignment__unit__names")

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """See the port: each line by its last notice; of an obstacle its last line, of a report what is owed still."""
        last = RaisedNotice.objects.filter(
            about=models.OuterRef("about"), person=models.OuterRef("person"), pk__gt=models.OuterRef("pk")
        )
        after = Entry.objects.filter(
            answers=Coalesce(models.OuterRef("about__answers"), models.OuterRef("about")),
            pk__gt=models.OuterRef("about"),
        )
        returned = models.Q(about__kind=EntryKind.RETURNED)
        standing = ~returned & ~models.Exists(after) | returned & models.Q(about__expected__state__in=sorted(AWAITING))
        return rows.filter(_RUNNING, standing, ~models.Exists(last)).order_by("about")


ROUSING = Rousing()


@dataclass(frozen=True, slots=True)
class _Due:
    """A line of the ledger that is to be told on a day, to whom a step tells."""

    about: int
    day: dt.date
    step: Step


def rouse(line: Entry, *, now: dt.datetime, waits: Waits | None = None) -> None:
    """Tells at once, in the transaction of the verb that wrote it, whose turn an obstacle is by this line; without
    `waits` the unit, of what was said to it."""
    if line.assignment.mode == Mode.ORDER and waits != Waits.NOBODY:
        step = Step("waits", 0, _STEPS[waits][:1]) if waits else _ONCE
        _write([_Due(line.pk, line.on, step)], line.on, now)


def _write(due: list[_Due], today: dt.date, now: dt.datetime) -> int:
    """A notice each; who wrote the line is not told of it. The constraint has the last word, should two run at once."""
    if not due:
        return 0
    rows = Entry.objects.select_related("assignment__task__programme__directive").defer(
        "assignment__task__programme__directive__text", "assignment__task__programme__directive__reading"
    )
    lines, audience = rows.in_bulk({one.about for one in due}), Audience(today)
    notices = []
    for one in due:
        line = lines[one.about]
        home = line.assignment.task.programme.directive.home_unit_id
        people = {person for person, _instead in audience.of(one.step, line.assignment, home)} - {line.by_id}
        notices += [RaisedNotice(about=line, person_id=pk, day=one.day, told_at=now) for pk in sorted(people)]
    return len(RaisedNotice.objects.bulk_create(notices, ignore_conflicts=True))


def _turns(today: dt.date) -> Iterator[_Due]:
    """The open obstacles whose last step was not told. Of steps that came while nobody ran the clock the last alone."""
    calendars: dict[int, WorkingDays] = {}
    for one in _open():
        if one.home not in calendars:
            calendars[one.home] = working_days(one.home)
        came = [row for row in waiting_days("obstacle", one.since, calendars[one.home]) if row[0] <= today]
        if came and (one.told_to is None or one.told_to < came[-1][0]):
            day, above = came[-1]
            yield _Due(one.about, day, Step("waits", 0, _STEPS[one.waits][: 2 if above else 1]))


@dataclass(frozen=True, slots=True)
class _Open:
    """An open obstacle: the line that made it somebody's turn, whose, since when, and the last day it was told for."""

    about: int
    waits: Waits
    since: dt.date
    home: int
    told_to: dt.date | None


def _open() -> Iterator[_Open]:
    programme = "assignment__task__programme__"
    sides = ("pk", "on", "assignment__unit_id", f"{programme}focal_unit_id", f"{programme}directive__home_unit")
    raised = list(open_obstacles().filter(assignment__mode=Mode.ORDER).values_list(*sides))
    answers: dict[int | None, list[Entry]] = {}
    lines = Entry.objects.filter(answers__in=[pk for pk, *_sides in raised]).order_by("id")
    for line in lines.only("answers", "kind", "on"):
        answers.setdefault(line.answers_id, []).append(line)
    last = {pk: answers[pk][-1].pk if pk in answers else pk for pk, *_sides in raised}
    told = RaisedNotice.objects.filter(about__in=last.values()).order_by().values_list("about")
    told_to = dict(told.annotate(models.Max("day")))
    for pk, on, unit, focal, home in raised:
        said = answers.get(pk, [])
        waits = waits_for([line.kind for line in said], own=unit == focal)
        yield _Open(last[pk], waits, said[-1].on if said else on, home, told_to.get(last[pk]))


def _said(today: dt.date) -> Iterator[_Due]:
    """Directions that answer no obstacle, and reports that were returned, which nobody was told of."""
    rows = Entry.objects.filter(
        models.Q(kind=EntryKind.DIRECTED, answers__isnull=True)
        | models.Q(kind=EntryKind.RETURNED, expected__state__in=sorted(AWAITING)),
        on__range=(today - _BACK, today),
        assignment__mode=Mode.ORDER,
        assignment__task__programme__state=ProgrammeState.ISSUED,
    ).exclude(assignment__state=AssignmentState.WITHDRAWN)
    unsaid = rows.filter(~models.Exists(RaisedNotice.objects.filter(about=models.OuterRef("pk"))))
    for pk, on in unsaid.order_by("id").values_list("pk", "on"):
        yield _Due(pk, on, _ONCE)
