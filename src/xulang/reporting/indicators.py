"""Indicators and report forms: knowledge with source and validity, in `data/`. PURE."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from xulang.reporting.enums import Additivity, By


@dataclass(frozen=True, slots=True)
class Counting:
    """What an indicator is counted from: rows of activities of a kind, or a ledger (programme, budget).

    `where` and `unless` say what fields of the kind's own table are and are not. `measure` is the field that is added,
    or whose names are told apart; without one the rows themselves are counted.
    """

    of: str
    kind: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Chỉ tiêu: what a figure means, how it is counted and how it is added. `counting` None: a person enters it.

    `additivity`: units and periods are added, or of each unit the last period's, or each name once over all.
    `levels`: the kinds of units that give the figure; none: every unit. `by`: the parts in which it is shown; parts may
    overlap and are never added. `said_as`: how prose names it ("12 lớp"). `part_of`: the indicator of whose things it
    counts some; its figure is mostly no greater.
    """

    code: str
    name: str
    english: str
    unit: str
    english_unit: str
    definition: str
    additivity: Additivity
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    levels: frozenset[str] = frozenset()
    by: By | None = None
    counting: Counting | None = None
    said_as: tuple[str, ...] = ()
    part_of: str = ""

    def asked_of(self, kind: str) -> bool:
        """Whether a unit of that kind gives the figure."""
        return not self.levels or kind in self.levels

    def valid_on(self, day: dt.date) -> bool:
        """Whether it is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that stand under one heading of a form."""

    title: str
    english: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Biểu mẫu báo cáo: the indicators that a round asks for.

    `year_due` is the last day of the yearly report where its source names one ("12-19": day and month).
    """

    code: str
    name: str
    english: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    groups: tuple[Group, ...]
    year_due: str | None = None

    def on(self, day: dt.date) -> list[tuple[Group, list[Indicator]]]:
        """Its groups with the indicators that are in force on the day."""
        known = indicators()
        told = [
            (group, [known[code] for code in group.indicators if known[code].valid_on(day)]) for group in self.groups
        ]
        return [(group, rows) for group, rows in told if rows]

    def indicators(self, day: dt.date) -> list[Indicator]:
        """The same without their groups."""
        return [row for _group, rows in self.on(day) for row in rows]


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator, by its code."""
    found: dict[str, Indicator] = {}
    for table in ("programme", "activities", "press", "budget"):
        told = _table(f"indicators/{table}.toml")
        shared = {"valid_from": told["valid_from"], "source": told["source"]}
        found |= {row["code"]: _indicator(shared | row) for row in told["indicator"]}
    return found


@cache
def forms() -> dict[str, Form]:
    """Every form, by its code. Raises KeyError for a form that names an indicator that is not there."""
    found = {}
    for row in _table("forms.toml")["form"]:
        groups = tuple(Group(one["title"], one["english"], tuple(one["indicators"])) for one in row["group"])
        for group in groups:
            for code in group.indicators:
                indicators()[code]
        found[row["code"]] = Form(
            code=row["code"],
            name=row["name"],
            english=row["english"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            source=row["source"],
            groups=groups,
            year_due=row.get("year_due"),
        )
    return found


def forms_on(day: dt.date) -> list[Form]:
    """The forms in force on a day."""
    return [
        form for form in forms().values() if form.valid_from <= day and (form.valid_to is None or day < form.valid_to)
    ]


def _counting(row: dict[str, Any]) -> Counting:
    return Counting(
        of=row["from"],
        kind=row.get("kind", ""),
        where=row.get("where", {}),
        unless=row.get("unless", {}),
        measure=row.get("measure", ""),
    )


def _indicator(row: dict[str, Any]) -> Indicator:
    return Indicator(
        code=row["code"],
        name=row["name"],
        english=row["english"],
        unit=row["unit"],
        english_unit=row["english_unit"],
        definition=row["definition"],
        additivity=Additivity(row["additivity"]),
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        source=row["source"],
        levels=frozenset(row.get("levels", ())),
        by=By(row["by"]) if "by" in row else None,
        counting=_counting(row["counted"]) if "counted" in row else None,
        said_as=tuple(row.get("said_as", ())),
        part_of=row.get("part_of", ""),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("xulang.reporting").joinpath(f"data/{name}").read_text("utf-8"))
