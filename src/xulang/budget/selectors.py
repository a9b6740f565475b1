"""Questions about money; each starts from what the person may see today."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from xulang.activities.models import Activity, ActivityDuty
from xulang.budget.checking import regularity
from xulang.budget.enums import (
    APPRAISING,
    DECIDING,
    DRAWING,
    STANDING,
    WORKING,
    ActKind,
    EstimateState,
    Source,
    Verdict,
)
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine, LineAppraisal, LocalNorm, Version
from xulang.budget.rules import Finding
from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import scope_of
from xulang.programme.enums import AssignmentState, Mode, ProgrammeState, UnitRole
from xulang.programme.models import Assignment, Programme


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for: nothing of it, and everything is."""

    year: int | None = None
    state: EstimateState | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """The money of an estimate, or of several: asked for, appraised, allotted, spent."""

    asked: int = 0
    appraised: int = 0
    allotted: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What can still be spent."""
        return self.allotted - self.spent

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.asked + other.asked,
            self.appraised + other.appraised,
            self.allotted + other.allotted,
            self.spent + other.spent,
        )


# What came over from a year was asked for in that one: nobody appraised its lines anew.
_ASKED = ~Q(version__estimate__state=EstimateState.APPROVED) | Q(appraisal__isnull=False)
_SUMS = {
    "asked": Sum("amount", filter=_ASKED, default=0),
    "appraised": Sum("appraisal__amount", default=0),
    "given": Sum("allotted", default=0),
    "paid": Sum("spent", default=0),
}


def estimates(person: Person, today: dt.date, wanted: Wanted) -> "QuerySet[Estimate]":
    """The estimates, of the latest year first."""
    rows = Estimate.objects.for_user(person, today)
    if wanted.year:
        rows = rows.filter(year=wanted.year)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    return rows.select_related("programme__directive", "unit").prefetch_related("unit__names")


def years(person: Person, today: dt.date) -> list[int]:
    """The years of which there are estimates, the latest first."""
    rows = Estimate.objects.for_user(person, today).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def sums_of(rows: Iterable[Estimate]) -> dict[int, Sums]:
    """The money of each, one question for all."""
    lines = EstimateLine.objects.standing(Estimate.objects.filter(pk__in=[one.pk for one in rows]))
    told = lines.order_by().values("version__estimate").annotate(**_SUMS)
    return {row["version__estimate"]: _sums(row) for row in told}


def _sums(row: Mapping[str, Any]) -> Sums:
    return Sums(row["asked"], row["appraised"], row["given"], row["paid"])


@dataclass(frozen=True, slots=True)
class Drawable:
    """A unit of the person's, and a programme that runs of which it leads tasks."""

    unit: Unit
    programme: Programme


def drawable(person: Person, today: dt.date) -> list[Drawable]:
    """For whom and for which programme the person may draw an estimate up."""
    scope = scope_of(person, today)
    own = scope.units(DRAWING) if scope else frozenset[int]()
    rows = (
        Assignment.objects.for_user(person, today)
        .filter(unit__in=own, role=UnitRole.LEAD, mode=Mode.ORDER, task__programme__state=ProgrammeState.ISSUED)
        .exclude(state=AssignmentState.WITHDRAWN)
        .order_by("unit_id", "task__programme_id")
    )
    pairs = list(rows.values_list("unit_id", "task__programme_id").distinct())
    units = {one.pk: one for one in Unit.objects.filter(pk__in={a for a, _b in pairs}).prefetch_related("names")}
    known = Programme.objects.filter(pk__in={b for _a, b in pairs}).select_related("directive")
    programmes = {one.pk: one for one in known}
    return [Drawable(units[unit], programmes[programme]) for unit, programme in pairs]


def unfunded(person: Person, today: dt.date) -> list[Assignment]:
    """Of the person's own units the leading assignments outside regular duties that no estimate has a line for.

    One that the leader declined gives no money: its tasks are told again.
    """
    scope = scope_of(person, today)
    own = scope.units(DRAWING) if scope else frozenset[int]()
    asked = EstimateLine.objects.standing(Estimate.objects.exclude(state=EstimateState.DECLINED))
    rows = (
        Assignment.objects.for_user(person, today)
        .filter(unit__in=own, role=UnitRole.LEAD, mode=Mode.ORDER, state=AssignmentState.OPEN)
        .filter(task__programme__state=ProgrammeState.ISSUED)
        .exclude(pk__in=asked.order_by().values("assignment"))
    )
    found = list(rows.select_related("task__programme__directive").order_by("task__due_on", "pk"))
    regular = regularity(found)
    return [one for one in found if not regular[one.pk]]


def served(person: Person, today: dt.date, duties: Iterable[Assignment]) -> dict[int, dict[int, Activity]]:
    """The activities that serve each of the assignments, as far as the person sees them, by assignment and number."""
    seen = Activity.objects.for_user(person, today).filter(withdrawn_at__isnull=True).order_by().values("pk")
    rows = ActivityDuty.objects.filter(assignment__in=list(duties), activity__in=seen).select_related("activity")
    told: dict[int, dict[int, Activity]] = defaultdict(dict)
    for row in rows.order_by("activity"):
        told[row.assignment_id][row.activity_id] = row.activity
    return told


def estimate(person: Person, today: dt.date, id: int) -> Estimate:
    """An estimate that the person sees. Raises Estimate.DoesNotExist."""
    rows = Estimate.objects.for_user(person, today).select_related("programme__directive__home_unit", "unit")
    return rows.prefetch_related("unit__names").get(pk=id)


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line with what the checks find of it, and whether its task is a regular duty."""

    line: EstimateLine
    findings: Sequence[Finding]
    regular: bool

    @property
    def stops(self) -> bool:
        """Whether something of it must be mended, or cut."""
        return any(finding.stops for finding in self.findings)

    @property
    def cut(self) -> int:
        """How much the finance office took off."""
        return self.line.amount - self.line.appraisal.amount if hasattr(self.line, "appraisal") else 0

    @property
    def returned(self) -> bool:
        """Whether the finance office gave it back to be mended."""
        return hasattr(self.line, "appraisal") and self.line.appraisal.verdict == Verdict.RETURN


def lines_of(version: Version, findings: Iterable[Finding]) -> list[LineTold]:
    """The lines of a version in their order, each with its findings."""
    told: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        told[finding.line].append(finding)
    lines = list(version.lines.select_related("assignment__task", "activity", "appraisal").order_by("id"))
    regular = regularity(line.assignment for line in lines)
    return [LineTold(line, told[line.pk], regular[line.assignment_id]) for line in lines]


def to_mend(estimate: Estimate) -> list[LineAppraisal]:
    """What the finance office wants mended of an estimate that it gave back, line by line."""
    if estimate.state != EstimateState.RETURNED:
        return []
    rows = LineAppraisal.objects.filter(line__version__estimate=estimate, verdict=Verdict.RETURN)
    rows = rows.filter(line__version__number=estimate.current.number - 1)
    return list(rows.select_related("line").order_by("line_id"))


@dataclass(frozen=True, slots=True)
class Settled:
    """How a line came by its money: what was given first, what came or went by transfers, and over the year's end."""

    line: EstimateLine
    given: int = 0
    transferred: int = 0
    carried: int = 0

    @property
    def moved(self) -> bool:
        """Whether anything came or went since."""
        return bool(self.transferred or self.carried)


def settlement(estimate: Estimate) -> list[Settled]:
    """The lines that stand with how each came by its money, as the ledger tells; in their order."""
    told: dict[int, dict[str, int]] = defaultdict(dict)
    rows = estimate.entries.filter(kind__in=[ActKind.ALLOTTED, ActKind.TRANSFERRED, ActKind.CARRIED]).order_by()
    for line, kind, amount in rows.values_list("line", "kind").annotate(amount=Sum("amount")):
        told[line][kind] = amount
    return [
        Settled(
            line,
            told[line.pk].get(ActKind.ALLOTTED, 0),
            told[line.pk].get(ActKind.TRANSFERRED, 0),
            told[line.pk].get(ActKind.CARRIED, 0),
        )
        for line in estimate.current.lines.order_by("id")
    ]


def decided_moves(estimate: Estimate) -> list[BudgetEntry]:
    """What the leader said of transfers and carry-overs from and to an estimate, the latest first; each move once."""
    kinds = [ActKind.TRANSFERRED, ActKind.CARRIED, ActKind.REFUSED]
    rows = estimate.entries.filter(kind__in=kinds).select_related(
        *("line__version__estimate", "to_line__version__estimate", "by", "note"),
        *("answers__line", "answers__to_line", "answers__note"),
    )
    return [row for row in rows.order_by("-id") if (row.amount or 0) <= 0 or _from_elsewhere(row)]


def _from_elsewhere(row: BudgetEntry) -> bool:
    """Whether money came from another estimate: of a move within one the leaving entry tells enough."""
    return row.to_line is not None and row.to_line.version.estimate_id != row.estimate_id


def story(estimate: Estimate) -> "QuerySet[BudgetEntry]":
    """What became of an estimate, in order."""
    return estimate.entries.select_related("by", "post", "note", "line", "version").order_by("id")


def of_task(person: Person, today: dt.date, task_id: int) -> list[tuple[Estimate, Sums]]:
    """The estimates with lines for a task, as far as the person sees them, each with its money for that task."""
    rows = Estimate.objects.for_user(person, today)
    lines = EstimateLine.objects.standing(rows).filter(assignment__task=task_id)
    told = {row["version__estimate"]: _sums(row) for row in lines.values("version__estimate").annotate(**_SUMS)}
    found = rows.filter(pk__in=told).select_related("unit").prefetch_related("unit__names")
    return [(one, told[one.pk]) for one in found]


# --- What waits ---


def waiting(person: Person, today: dt.date) -> "QuerySet[Estimate]":
    """Estimates whose turn it is with the person: to be mended, appraised, or decided."""
    scope = scope_of(person, today)
    rows = Estimate.objects.for_user(person, today)
    if scope is None:
        return rows.none()
    own = rows.filter(unit__in=scope.units(DRAWING), state__in=WORKING)
    money = rows.filter(programme__directive__home_unit__in=scope.homes(APPRAISING), state=EstimateState.SENT)
    leads = rows.filter(programme__directive__home_unit__in=scope.reach(DECIDING), state=EstimateState.APPRAISED)
    return (own | money | leads).select_related("programme__directive", "unit").prefetch_related("unit__names")


def asked_moves(person: Person, today: dt.date) -> "QuerySet[BudgetEntry]":
    """Transfers and carry-overs that wait for the person to decide."""
    scope = scope_of(person, today)
    homes = scope.reach(DECIDING) if scope else frozenset[int]()
    rows = BudgetEntry.objects.for_user(person, today).waiting()
    rows = rows.filter(estimate__programme__directive__home_unit__in=homes)
    return rows.select_related("estimate__unit", "line", "to_line", "by", "note")


def to_decide(person: Person, today: dt.date) -> int:
    """How much waits for a leader, estimates and moves of money: one question for the leader's page."""
    scope = scope_of(person, today)
    homes = scope.reach(DECIDING) if scope else frozenset[int]()
    if not homes:
        return 0
    rows = Estimate.objects.filter(state=EstimateState.APPRAISED, programme__directive__home_unit__in=homes)
    moves = BudgetEntry.objects.waiting().filter(estimate__programme__directive__home_unit__in=homes)
    return rows.order_by().values("pk").union(moves.order_by().values("pk"), all=True).count()


# --- Figures ---

BY = {"chuong-trinh": "version__estimate__programme", "nguon": "source", "don-vi": "version__estimate__unit"}


def figures(person: Person, today: dt.date, year: int, by: str) -> list[tuple[str, Sums]]:
    """The money of a year by programme, source or unit, as far as the person sees it; by name.

    Of what asks for money or has it: a draft asks nobody yet, one that was returned or declined no more.
    """
    rows = Estimate.objects.for_user(person, today).filter(year=year, state__in=STANDING)
    told = EstimateLine.objects.standing(rows).order_by().values(BY[by]).annotate(**_SUMS)
    sums = {row[BY[by]]: _sums(row) for row in told}
    names: dict[object, str]
    if by == "nguon":
        names = {source.value: str(source.label) for source in Source}
    elif by == "don-vi":
        units = Unit.objects.filter(pk__in=sums).prefetch_related("names")
        names = {one.pk: one.name_on(today) for one in units}
    else:
        programmes = Programme.objects.filter(pk__in=sums).select_related("directive")
        names = {one.pk: one.directive.code or one.title for one in programmes}
    return sorted(((names[key], told) for key, told in sums.items()), key=lambda row: row[0])


def own_norms(person: Person, today: dt.date) -> "QuerySet[LocalNorm]":
    """Ceilings of the place's own that stand."""
    return LocalNorm.objects.for_user(person, today).filter(withdrawn_at__isnull=True)


def own_norms_held(person: Person, today: dt.date) -> dict[str, LocalNorm]:
    """The ceiling of the place's own that is in force, by norm; of several the last one entered."""
    rows = LocalNorm.objects.for_user(person, today).filter(withdrawn_at__isnull=True)
    return {row.norm: row for row in rows.on(today).order_by("id")}
