"""A unit's report as it stands before it is sent: filled in as far as anything is on record."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from xulang.reporting.counting import counted
from xulang.reporting.enums import Additivity
from xulang.reporting.headings import Heading, Told, headings_of, on_record
from xulang.reporting.indicators import Group, Indicator
from xulang.reporting.models import Figure as Standing
from xulang.reporting.models import UnitReport
from xulang.reporting.rules import Cell, Doubt, check


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the report. `value` None: nobody gave it yet. `carried`: taken over from the period before."""

    indicator: Indicator
    of: str
    value: int | None
    receipts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    past: tuple[int, ...] = ()
    carried: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether it is counted, so that nobody types it."""
        return self.indicator.counting is not None

    @property
    def tells_of_work(self) -> bool:
        """Whether it counts something that was done or asked for, not what is owed; and there is some."""
        counting = self.indicator.counting
        return counting is not None and counting.of != "programme" and bool(self.receipts)

    @property
    def is_told(self) -> bool:
        """Whether somebody typed that something was done in the period; a stock stands without work."""
        return not self.is_counted and self.indicator.additivity == Additivity.SUM and bool(self.value)

    @property
    def last(self) -> int | None:
        """The unit's figure of the period before."""
        return self.past[-1] if self.past else None


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one heading, and what it can be made from; `proposed` while nobody wrote it."""

    heading: Heading
    text: str
    told: tuple[Told, ...]
    proposed: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """The whole report."""

    groups: list[tuple[Group, list[Line]]]
    parts: list[Part]
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """Every figure."""
        return [line for _group, lines in self.groups for line in lines]

    @property
    def typed(self) -> int:
        """How many figures and passages somebody wrote that tell of the period's work."""
        written = sum(not part.proposed and bool(part.text.strip()) for part in self.parts)
        return written + sum(line.is_told for line in self.lines)

    @property
    def filled(self) -> float:
        """The share of figures that nobody had to type."""
        lines = self.lines
        return sum(line.is_counted or line.carried for line in lines) / len(lines) if lines else 1.0


def until(report: UnitReport, today: dt.date) -> dt.date:
    """The last day that is counted: the cut-off, or today where that is still to come."""
    return min(report.round.cut_off, today)


def prepared(report: UnitReport, today: dt.date) -> Prepared:
    """The report with everything that is on record, what was typed, and what the check finds."""
    asked = report.round
    past = past_figures(report)
    last_day = until(report, today)
    whole = asked.asks.indicators(asked.cut_off)
    mine = [one for one in whole if one.asked_of(report.unit.kind)]
    found = counted(mine, units=[report.unit_id], first=asked.starts, last=last_day, programme=asked.programme)
    groups = []
    for group, indicators in asked.asks.on(asked.cut_off):
        lines = []
        for one in indicators:
            if one not in mine:
                continue
            if one.counting is None:
                lines.append(_entered(one, report, past.get((one.code, ""), ())))
                continue
            for (code, of), figure in found.items():
                if code == one.code:
                    told = tuple(past.get((code, of), ()))
                    lines.append(Line(one, of, figure.value, figure.receipts, figure.keys, told))
        if lines:
            groups.append((group, lines))
    parts = [_part(heading, report, last_day) for heading in headings_of(asked.programme, [report.unit_id])]
    return Prepared(groups, parts, _doubts(groups, parts, past))


def past_figures(report: UnitReport) -> dict[Cell, tuple[int, ...]]:
    """The unit's accepted figures of earlier rounds in the same form and cadence, the oldest first."""
    asked = report.round
    rows = Standing.objects.filter(
        report__unit_id=report.unit_id,
        round__programme_id=asked.programme_id,
        round__form=asked.form,
        round__cadence=asked.cadence,
        round__cut_off__lt=asked.cut_off,
    ).order_by("round__cut_off", "id")
    found: dict[Cell, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for code, of, value, day in rows.values_list("code", "of", "value", "round__cut_off"):
        found[code, of][day] += value
    return {cell: tuple(days.values()) for cell, days in found.items()}


def _entered(one: Indicator, report: UnitReport, past: tuple[int, ...]) -> Line:
    typed = report.entered.get(one.code)
    carried = typed is None and one.additivity == Additivity.LAST and bool(past)
    return Line(one, "", past[-1] if carried else typed, past=tuple(past), carried=carried)


def _part(heading: Heading, report: UnitReport, last_day: dt.date) -> Part:
    asked = report.round
    told = tuple(on_record(heading, report.unit_id, asked.starts, last_day, asked.programme))
    written = report.narrative.get(heading.code)
    return Part(heading, written if written is not None else "\n".join(one.text for one in told), told, written is None)


def _doubts(
    groups: list[tuple[Group, list[Line]]], parts: list[Part], past: dict[Cell, tuple[int, ...]]
) -> list[Doubt]:
    lines = [line for _group, rows in groups for line in rows]
    return check(
        figures={(line.indicator.code, line.of): line.value for line in lines},
        past=past,
        narrative={part.heading.code: part.text for part in parts},
        said_as={line.indicator.code: line.indicator.said_as for line in lines if not line.of},
        part_of={line.indicator.code: line.indicator.part_of for line in lines if line.indicator.part_of},
    )
