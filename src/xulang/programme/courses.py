"""Draws the course of a programme's figures out of its ledger: for each unit the days on which they changed.

By the same rules that reckon a day from the ledger (`rules.standing`, `rules.bucket`), so that both tell the same.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.models import Closing, Course, CourseDrawn, CourseStep, Entry, ExpectedReport, Programme
from xulang.programme.rules import EntryRow, bucket, standing

FIGURES = ("done_on_time", "done_late", "open_in_time", "open_overdue", "waiting")
_Steps = dict[tuple[bool, int], dict[dt.date, Counter[str]]]


def draw_all(today: dt.date) -> int:
    """Draws what is missing, and draws on what ends before yesterday's night; gives how many programmes."""
    drawn = set(CourseDrawn.objects.filter(before__gte=today).values_list("programme_id", flat=True))
    issued = Programme.objects.filter(issued_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    return sum(draw(programme, today) for programme in list(issued) if programme not in drawn)


def draw(programme: int, today: dt.date) -> bool:
    """Draws a programme's course anew, up to the day before `today`; not where its ledger is just being written.

    Read without keeping anybody waiting; then, with the ledger held for a moment, written if nothing came meanwhile.
    """
    read = _state(programme)
    courses, steps = [], []
    for (of_the_day, unit), days in _steps(programme, today).items():
        course, number = Course(programme_id=programme, unit_id=unit, of_the_day=of_the_day), Counter[str]()
        courses.append(course)
        for day in sorted(days):
            number.update(days[day])
            steps.append(CourseStep(course=course, since=day, **{name: number[name] for name in FIGURES}))
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE programme_entry IN SHARE MODE")
        CourseDrawn.objects.filter(programme=programme).delete()
        if _state(programme) != read:
            return False
        CourseStep.objects.filter(course__programme=programme).delete()
        Course.objects.filter(programme=programme).delete()
        Course.objects.bulk_create(courses)
        CourseStep.objects.bulk_create(steps, batch_size=500)
        CourseDrawn.objects.create(programme_id=programme, before=today)
    return True


def _state(programme: int) -> tuple[int, int]:
    """How many lines its ledger has, and the last one's number."""
    told = Entry.objects.filter(assignment__task__programme=programme).aggregate(lines=Count("pk"), last=Max("pk"))
    return told["lines"], told["last"] or 0


def _steps(programme: int, today: dt.date) -> _Steps:
    """By which reading, of which unit, on which day: what the figures became more, or fewer."""
    lines, moves = _ledger(programme)
    stops = _stops(programme)
    found: _Steps = defaultdict(lambda: defaultdict(Counter))
    reports = ExpectedReport.objects.filter(task__programme=programme, issued_on__lt=today).order_by()
    told = reports.values_list("pk", "assignment", "assignment__issued_to", "unit", "issued_on", "first_due")
    for pk, assignment, issued_to, unit, issued_on, first_due in told:
        before: tuple[tuple[bool, int, str], ...] = ()
        entries, handed = lines.get(pk, []), moves.get(assignment, [])
        for day in _days(entries, handed, stops, issued_on, first_due, today):
            now = standing([entry for entry in entries if entry.on <= day], first_due)
            until = next((closed for closed, again in stops if closed <= day and (again is None or day < again)), day)
            its = bucket(now, until)
            had = next((to for on, to in reversed(handed) if on <= day), issued_to)
            names = [] if its is None else [its.lower()]
            if now.state == ReportState.REPORTED:
                names.append("waiting")
            after = tuple((then, whose, name) for then, whose in ((False, unit), (True, had)) for name in names)
            if after != before:
                for sign, some in ((-1, before), (1, after)):
                    for then, whose, name in some:
                        found[then, whose][day][name] += sign
                before = after
    return found


def _days(
    entries: Iterable[EntryRow],
    handed: Iterable[tuple[dt.date, int]],
    stops: Iterable[tuple[dt.date, dt.date | None]],
    issued_on: dt.date,
    first_due: dt.date,
    today: dt.date,
) -> Iterator[dt.date]:
    """The days on which a report's figure can change: something was written, the clock passed a due day, or stopped."""
    dues = {first_due, *(entry.due for entry in entries if entry.due is not None)}
    found = {issued_on, *(entry.on for entry in entries), *(day for day, _unit in handed)}
    found |= {due + dt.timedelta(days=1) for due in dues} | {day for stop in stops for day in stop if day is not None}
    yield from sorted(day for day in found if issued_on <= day < today)


def _ledger(programme: int) -> tuple[dict[int, list[EntryRow]], dict[int, list[tuple[dt.date, int]]]]:
    """The lines of each report, and of each assignment to whom it was handed."""
    lines: dict[int, list[EntryRow]] = defaultdict(list)
    moves: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    rows = Entry.objects.filter(assignment__task__programme=programme).filter(
        Q(expected__isnull=False) | Q(kind=EntryKind.MOVED)
    )
    told = rows.order_by("id").values_list(
        "id", "expected_id", "assignment_id", "kind", "on", "answers_id", "due", "unit_id"
    )
    for id, expected, assignment, kind, on, answers, due, unit in told:
        if kind == EntryKind.MOVED:
            assert unit is not None, "a constraint holds it"
            moves[assignment].append((on, unit))
        elif expected is not None:
            lines[expected].append(EntryRow(id, kind, on, answers, due))
    return lines, moves


def _stops(programme: int) -> list[tuple[dt.date, dt.date | None]]:
    """From when until when the programme's clock stood."""
    rows = Closing.objects.filter(programme=programme).order_by("id").values_list("closed_at", "reopened_at")
    return [(timezone.localdate(at), again and timezone.localdate(again)) for at, again in rows]
