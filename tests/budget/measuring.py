"""Planted faults against what the checks find."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from budget.faulty_lines import Case
from xulang.budget.enums import Fault
from xulang.budget.rules import checked


@dataclass
class Tally:
    """By kind how many were planted, told of, and stopped; the clean lines stopped, or shown; what went wrong."""

    planted: Counter[str]
    hit: Counter[str]
    held: Counter[str]
    stopped: Counter[str]
    missed: list[str]
    clean: int = 0

    @property
    def found(self) -> float:
        """The share of planted faults that were told of on their line, by their own kind."""
        return sum(self.hit.values()) / max(sum(self.planted.values()), 1)

    @property
    def falsely(self) -> float:
        """The share of clean lines that were stopped."""
        return self.stopped["clean"] / max(self.clean, 1)

    def add(self, other: "Tally") -> None:
        """Both together."""
        self.planted += other.planted
        self.hit += other.hit
        self.held += other.held
        self.stopped += other.stopped
        self.missed += other.missed
        self.clean += other.clean

    def told(self) -> dict[str, Any]:
        """The figures."""
        told = {"planted": self.planted, "hit": self.hit, "held": self.held, "stopped": self.stopped}
        return told | {"clean": self.clean}


def judged(case: Case) -> Tally:
    """One estimate: its planted fault told of, and stopped, or not; and every other finding that would stop it.

    A line that may be another's double is told of, and left to a person: it stops nothing.
    """
    findings = checked(case.lines, case.others, case.by)
    found = {(one.line, str(one.fault)) for one in findings if one.stops}
    alike = {(one.line, str(Fault.DOUBLE)) for one in findings if one.fault == Fault.ALIKE}
    tally = Tally(Counter(), Counter(), Counter(), Counter(), [])
    words = {line.id: line for line in case.lines}
    for line, kind in case.planted:
        tally.planted[kind] += 1
        tally.held[kind] += (line, kind) in found
        tally.hit[kind] += (line, kind) in found | alike
        if (line, kind) not in found | alike:
            tally.missed.append(f"{kind} not found: {words[line].content}")
    faulty = {line for line, _kind in case.planted}
    for line, kind in sorted(found - case.planted):
        if line not in faulty:
            tally.stopped["clean"] += 1
        tally.missed.append(f"{kind} found falsely: {words[line].content}")
    tally.stopped["shown"] = len({line for line, _kind in alike} - faulty)
    tally.clean = len(case.lines) - len(faulty)
    return tally
