"""Counts what activities and the ledgers of programme and money say of a unit in a period, with the rows behind it."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from xulang.activities.models import DETAILS, Activity, ActivityDuty
from xulang.activities.rules import countries
from xulang.budget.enums import ActKind
from xulang.budget.models import BudgetEntry, EstimateLine
from xulang.plumbing.folding import fold
from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.models import Entry, ExpectedReport, Programme
from xulang.programme.selectors.figures import of_programme
from xulang.reporting.enums import By
from xulang.reporting.indicators import Indicator
from xulang.reporting.parts import task_part
from xulang.reporting.rules import Cell, Figure, Row, figure

# What stands before the number of a row, and the table that it is of.
ACTIVITY, EXPECTED, ENTRY, LINE, MONEY, TASK = "a", "b", "s", "d", "c", "n"
_TOLD = (ReportState.REPORTED, ReportState.CONFIRMED)


def counted(
    indicators: Iterable[Indicator],
    *,
    units: Iterable[int],
    first: dt.date,
    last: dt.date,
    programme: Programme | None = None,
) -> dict[Cell, Figure]:
    """The figures that can be counted, whole and by part, of units over days.

    An activity counts on the day on which it ends; a task's report by the end of its own period; money on the day that
    the ledger has; each with the unit that answers for it today. Only what serves the programme is counted, where one
    is given.
    """
    asked = [one for one in indicators if one.counting is not None]
    done = _activities(asked, list(units), first, last, programme)
    listed = _programme_rows(asked, list(units), first, last, programme)
    money = _money_rows(asked, list(units), first, last, programme)
    found: dict[Cell, Figure] = {}
    for one in asked:
        assert one.counting is not None, "chosen above"
        if one.counting.of == "budget":
            rows = money[one.counting.measure, one.by]
        elif one.counting.of == "programme":
            rows = listed[one.counting.measure]
        else:
            rows = [row for activity in done if (row := _row(one, activity)) is not None]
        found[one.code, ""] = figure(rows, one.additivity)
        for part in sorted(frozenset[str]().union(*(row.parts for row in rows))) if one.by else ():
            found[one.code, part] = figure(rows, one.additivity, part)
    return found


def activities_of(units: Iterable[int], first: dt.date, last: dt.date, programme: Programme | None) -> Any:
    """The activities that count: ended in those days, not taken back, in the order of their days."""
    rows = Activity.objects.filter(unit_id__in=list(units), ends__range=(first, last), withdrawn_at__isnull=True)
    if programme is not None:
        serves = ActivityDuty.objects.filter(through(of_programme(programme)))
        rows = rows.filter(pk__in=serves.order_by().values("activity"))
    return rows.order_by("ends", "id")


def through(of_task: Q, path: str = "assignment") -> Q:
    """The same condition, asked of what hangs on an assignment."""
    return Q(*((f"{path}__{key}", value) for key, value in of_task.children))  # type: ignore[misc]


def _activities(
    asked: Iterable[Indicator],
    units: list[int],
    first: dt.date,
    last: dt.date,
    programme: Programme | None,
) -> list[Activity]:
    kinds = {one.counting.kind for one in asked if one.counting and one.counting.of == "activities"}
    if not kinds:
        return []
    rows = activities_of(units, first, last, programme).filter(kind__in=kinds)
    tables = [kind.lower() for kind in sorted(kinds) if kind in DETAILS]
    return list(rows.select_related(*tables).prefetch_related("languages"))


def _row(one: Indicator, activity: Activity) -> Row | None:
    """What one activity gives to an indicator; None where it is of another kind."""
    how = one.counting
    assert how is not None
    if activity.kind != how.kind:
        return None
    detail = activity.detail
    if any(getattr(detail, field, None) != must for field, must in how.where.items()):
        return None
    if any(getattr(detail, field, None) == must_not for field, must_not in how.unless.items()):
        return None
    receipt, parts = f"{ACTIVITY}{activity.pk}", _parts(one, activity)
    if not how.measure:
        return Row(receipt, parts=parts)
    if how.measure in _NAMES:
        return Row(receipt, 0, frozenset(_NAMES[how.measure](activity)), parts)
    return Row(receipt, getattr(detail, how.measure, None) or 0, parts=parts)


def _parts(one: Indicator, activity: Activity) -> frozenset[str]:
    if one.by == By.LANGUAGE:
        return frozenset(row.code for row in activity.languages.all())
    word = {By.CHANNEL: "channel", By.KIND: "form", By.CONTENT: "content"}.get(one.by) if one.by else None
    value = getattr(activity.detail, word, None) if word else None
    return frozenset([value] if value else [])


# Measures that give names, not a number.
_NAMES: dict[str, Callable[[Activity], Iterable[str]]] = {
    "languages": lambda activity: [row.code for row in activity.languages.all()],
    # Folded, so that two spellings of one name are one.
    "countries": lambda activity: map(fold, countries(activity.detail.countries)),
    "outlets": lambda activity: map(fold, countries(activity.detail.outlets)),
}


def _programme_rows(
    asked: Iterable[Indicator],
    units: list[int],
    first: dt.date,
    last: dt.date,
    programme: Programme | None,
) -> dict[str, list[Row]]:
    """What the programme's ledger gives, by measure."""
    if not any(one.counting and one.counting.of == "programme" for one in asked):
        return {}
    owed = ExpectedReport.objects.filter(unit_id__in=units, period_end__range=(first, last))
    owed = owed.exclude(state=ReportState.WITHDRAWN).order_by("due", "id")
    raised = Entry.objects.filter(
        kind=EntryKind.OBSTACLE, answers__isnull=True, on__range=(first, last), assignment__unit_id__in=units
    )
    if programme is not None:
        owed = owed.filter(of_programme(programme))
        raised = raised.filter(through(of_programme(programme)))
    due = list(owed)
    told = [one for one in due if one.state in _TOLD]
    in_time = [one for one in told if one.reported_on and one.reported_on <= one.due]
    return {
        "due": [Row(f"{EXPECTED}{one.pk}") for one in due],
        "reported": [Row(f"{EXPECTED}{one.pk}") for one in told],
        "on_time": [Row(f"{EXPECTED}{one.pk}") for one in in_time],
        "obstacles": [Row(f"{ENTRY}{pk}") for pk in raised.order_by("id").values_list("pk", flat=True)],
    }


# What of the ledger of money is added, by measure; what was asked for stands in the lines themselves.
_MOVES = {"allotted": ActKind.ALLOTTED, "spent": ActKind.SPENT, "refunded": ActKind.REFUNDED}


def _money_rows(
    asked: Iterable[Indicator],
    units: list[int],
    first: dt.date,
    last: dt.date,
    programme: Programme | None,
) -> dict[tuple[str, By | None], list[Row]]:
    """What estimates and their ledger give in whole đồng, by measure, each row with its part: task, or source.

    Asked for counts once an estimate: on the day on which it was first sent, as it was last sent by the last day.
    """
    if not any(one.counting and one.counting.of == "budget" for one in asked):
        return {}
    ledger = BudgetEntry.objects.filter(estimate__unit_id__in=units)
    came = ledger.filter(kind=ActKind.SENT, estimate__sent_on__range=(first, last), on__lte=last).order_by("id")
    newest = dict(came.values_list("estimate_id", "version_id"))
    lines = EstimateLine.objects.filter(version_id__in=newest.values())
    moves = ledger.filter(kind__in=_MOVES.values(), on__range=(first, last))
    if programme is not None:
        lines = lines.filter(through(of_programme(programme)))
        moves = moves.filter(through(of_programme(programme), "line__assignment"))
    wanted = lines.order_by("id").values_list("pk", "amount", "assignment__task_id", "source")
    found = _parted("asked", LINE, wanted)
    for measure, kind in _MOVES.items():
        rows = moves.filter(kind=kind).order_by("on", "id")
        told = rows.values_list("pk", "amount", "line__assignment__task_id", "line__source")
        found |= _parted(measure, MONEY, told)
    return found


def _parted(
    measure: str, kind: str, told: Iterable[tuple[int, int | None, int, str]]
) -> dict[tuple[str, By | None], list[Row]]:
    """The rows of a measure, once with their tasks as parts and once with their sources."""
    found: dict[tuple[str, By | None], list[Row]] = {(measure, By.TASK): [], (measure, By.SOURCE): []}
    for pk, amount, task, source in told:
        for by, part in ((By.TASK, task_part(task)), (By.SOURCE, source)):
            found[measure, by].append(Row(f"{kind}{pk}", amount or 0, parts=frozenset([part])))
    return found
