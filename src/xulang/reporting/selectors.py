"""Questions about rounds and reports; each starts from what the person may see today."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from xulang.activities.models import Activity
from xulang.budget.models import BudgetEntry, EstimateLine
from xulang.organisation.calendars import working_days
from xulang.organisation.enums import DESK, FOLLOWING, UnitsOf
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.organisation.working_days import WorkingDays
from xulang.programme.enums import ProgrammeState
from xulang.programme.models import Entry, ExpectedReport, Programme, Task
from xulang.reporting.consolidating import accepted_lines
from xulang.reporting.counting import ACTIVITY, ENTRY, EXPECTED, LINE, MONEY, TASK
from xulang.reporting.enums import Timeliness
from xulang.reporting.models import Consolidation, Content, ReportLine, Round, UnitReport
from xulang.reporting.rules import Cell, timeliness
from xulang.reporting.services.reminding import owed
from xulang.reporting.services.telling import sent_line
from xulang.reporting.totals import by_round
from xulang.reporting.year import earlier, of_the_year


def rounds(person: Person, today: dt.date) -> "QuerySet[Round]":
    """The rounds that the person leads or reports in, the latest first."""
    made = Consolidation.objects.filter(round=OuterRef("pk"))
    rows = Round.objects.for_user(person, today).annotate(made=Exists(made))
    return rows.select_related("programme__directive")


def leads(round: Round, person: Person, today: dt.date) -> bool:
    """Whether the person puts the round's report together: speaks for its focal unit."""
    scope = scope_of(person, today)
    return scope is not None and round.programme.focal_unit_id in scope.units(FOLLOWING)


def sees_whole(round: Round, person: Person, today: dt.date) -> bool:
    """Whether the person sees what all units told: who leads the round, and the leader above."""
    return Round.objects.led(person, today).filter(pk=round.pk).exists()


def programmes_to_open(person: Person, today: dt.date) -> list[Programme]:
    """The issued programmes that the person's unit follows up."""
    scope = scope_of(person, today)
    followed = scope.units(FOLLOWING) if scope else frozenset[int]()
    rows = Programme.objects.for_user(person, today).filter(state=ProgrammeState.ISSUED, focal_unit_id__in=followed)
    return list(rows.select_related("directive"))


def reports_of(round: Round, person: Person, today: dt.date) -> list[UnitReport]:
    """The reports of a round that the person sees, by the unit's name of today."""
    rows = UnitReport.objects.for_user(person, today).filter(round=round)
    found = list(rows.select_related("unit", "asked_of", "round").prefetch_related("unit__names", "asked_of__names"))
    return sorted(found, key=lambda one: (one.unit.name_on(today), one.pk))


def called(report: UnitReport, units_of: UnitsOf, today: dt.date) -> str:
    """What the unit of a report is called on a reading: the one asked, on the day of asking, or the one of today."""
    if units_of == UnitsOf.THE_DAY:
        return report.asked_of.name_on(timezone.localdate(report.round.opened_at))
    return report.unit.name_on(today)


def owed_reports(person: Person, today: dt.date) -> list[UnitReport]:
    """The reports that the person's units have still to send in rounds whose days have begun, the nearest first."""
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = owed().filter(unit_id__in=scope.units(DESK), round__starts__lte=today).order_by("due", "pk")
    return list(rows.select_related("unit", "round__programme").prefetch_related("unit__names"))


def unit_report(person: Person, today: dt.date, id: int) -> UnitReport:
    """A report that the person sees. Raises UnitReport.DoesNotExist."""
    rows = UnitReport.objects.for_user(person, today).select_related("unit", "round__programme__directive")
    return rows.prefetch_related("unit__names").get(pk=id)


def sent_content(report: UnitReport, line: int | None = None) -> Content | None:
    """What was sent last, or with one line of the report."""
    if line is None:
        last = sent_line(report)
        line = last.pk if last else None
    return Content.objects.filter(line=line, line__report=report).first()


def story(report: UnitReport) -> "QuerySet[ReportLine]":
    """What happened to a report, in order."""
    return report.lines.select_related("by", "post", "note").order_by("id")


# --- Receipts ---


@dataclass(frozen=True, slots=True)
class Receipts:
    """The rows behind a figure or a sentence, as far as the person sees them; `hidden`: how many more there are."""

    activities: list[Activity]
    expected: list[ExpectedReport]
    entries: list[Entry]
    lines: list[EstimateLine]
    money: list[BudgetEntry]
    tasks: list[Task]
    hidden: int = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return self.shown > 0

    @property
    def _kinds(self) -> tuple[Sequence[object], ...]:
        return self.activities, self.expected, self.entries, self.lines, self.money, self.tasks

    @property
    def shown(self) -> int:
        """How many there are to show."""
        return sum(len(rows) for rows in self._kinds)


def receipts(person: Person, today: dt.date, named: Iterable[str]) -> Receipts:
    """The rows by their receipts ("a12")."""
    ids: dict[str, list[int]] = defaultdict(list)
    for one in dict.fromkeys(named):
        ids[one[0]].append(int(one[1:]))
    activities = Activity.objects.for_user(person, today).filter(pk__in=ids[ACTIVITY])
    expected = ExpectedReport.objects.for_user(person, today).filter(pk__in=ids[EXPECTED])
    entries = Entry.objects.for_user(person, today).filter(pk__in=ids[ENTRY])
    lines = EstimateLine.objects.for_user(person, today).filter(pk__in=ids[LINE])
    money = BudgetEntry.objects.for_user(person, today).filter(pk__in=ids[MONEY])
    tasks = Task.objects.for_user(person, today).filter(pk__in=ids[TASK])
    found = Receipts(
        list(activities.select_related("unit").prefetch_related("unit__names")),
        list(expected.select_related("assignment__task__programme__directive", "assignment__unit")),
        list(entries.select_related("assignment__task", "assignment__unit", "note")),
        list(lines.select_related("version__estimate")),
        list(money.select_related("line", "estimate", "note")),
        list(tasks),
    )
    return replace(found, hidden=sum(map(len, ids.values())) - found.shown)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit gave to a figure of the whole."""

    report: UnitReport
    value: int
    receipts: tuple[str, ...]


def contributions(
    round: Round, code: str, of: str, version: Consolidation | None, person: Person, today: dt.date
) -> list[Contribution]:
    """Whose figures make a figure of the whole, as it stands or as a version has it; the greatest first."""
    lines = {row["report"]: row["line"] for row in version.told["units"]} if version else {
        report: line.pk for report, line in accepted_lines(round).items()
    }  # fmt: skip
    seen = {one.pk: one for one in reports_of(round, person, today)}
    contents = Content.objects.filter(line__in=[line for line in lines.values() if line]).select_related("line")
    found = [
        Contribution(seen[content.line.report_id], row["value"], tuple(row["receipts"]))
        for content in contents
        if content.line.report_id in seen
        for row in content.figures
        if (row["code"], row["of"]) == (code, of)
    ]
    return sorted(found, key=lambda one: (-one.value, one.report.pk))


@dataclass(frozen=True, slots=True)
class Before:
    """A figure of an earlier round as it stands. `of_year`: the year so far has it in it."""

    round: Round
    value: int
    of_year: bool


def before(round: Round, cell: Cell) -> list[Before]:
    """A figure in the earlier rounds of the year, and in the period before; the oldest first."""
    year, last = of_the_year(round)[:-1], earlier(round)
    rows = year if last is None or last in year else [last, *year]
    found = by_round([one.pk for one in rows], cell)
    return [Before(one, found.get(one.pk, 0), one in year) for one in rows]


# --- Completeness and timeliness ---


@dataclass(frozen=True, slots=True)
class Standing:
    """A report with how it stands in time."""

    report: UnitReport
    timely: Timeliness


def days_of(round: Round) -> WorkingDays:
    """The working days by which a round is judged: those of the office that issued the plan."""
    return working_days(round.programme.directive.home_unit_id)


def standings(round: Round, reports: Sequence[UnitReport], today: dt.date) -> list[Standing]:
    """Each report with its timeliness."""
    days = days_of(round)
    return [Standing(one, timeliness(one.due, one.first_sent_on, today, days)) for one in reports]


def round_timely(round: Round, today: dt.date) -> Timeliness:
    """Whether the whole was put together in time: the first version's day beside the round's own due day."""
    first = round.consolidations.order_by("number").first()
    return timeliness(round.due, first.on if first else None, today, days_of(round))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit over rounds, by its name on the reading: its reports of each, where it was asked.

    Of a unit into which others were merged there are several of one round.
    """

    name: str
    cells: list[list[Standing]]

    @property
    def every(self) -> list[Standing]:
        """Its reports of all rounds."""
        return [one for cell in self.cells for one in cell]

    @property
    def on_time(self) -> int:
        """How many came in time."""
        return sum(one.timely == Timeliness.ON_TIME for one in self.every)

    @property
    def asked(self) -> int:
        """How many were asked for."""
        return len(self.every)


def punctuality(
    person: Person, today: dt.date, chosen: Sequence[Round], units_of: UnitsOf = UnitsOf.TODAY
) -> list[UnitRow]:
    """Completeness and timeliness by unit and round, the rounds in the order given."""
    cells: dict[int, dict[int, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    names: dict[int, str] = {}
    for one in chosen:
        for standing in standings(one, reports_of(one, person, today), today):
            report = standing.report
            unit = report.asked_of_id if units_of == UnitsOf.THE_DAY else report.unit_id
            names[unit] = called(report, units_of, today)  # of several days the last one's
            cells[unit][one.pk].append(standing)
    rows = [UnitRow(name, [cells[pk][one.pk] for one in chosen]) for pk, name in names.items()]
    return sorted(rows, key=lambda row: row.name)
