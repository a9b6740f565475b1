"""Planted faults against what the checks find."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from budget.faulty_lines import Case
from xulang.budget.rules import checked


@dataclass
class Tally:
    """By kind how many were planted and found; how many clean lines were stopped; what went wrong, in words."""

    planted: Counter[str]
    hit: Counter[str]
    stopped: Counter[str]
    missed: list[str]
    clean: int = 0

    @property
    def found(self) -> float:
        """The share of planted faults that were found, by their own kind."""
        return sum(self.hit.values()) / max(sum(self.planted.values()), 1)

    @property
    def falsely(self) -> float:
        """The share of clean lines that were stopped."""
        return self.stopped["clean"] / max(self.clean, 1)

    def add(self, other: "Tally") -> None:
        """Both together."""
        self.planted += other.planted
        self.hit += other.hit
        self.stopped += other.stopped
        self.missed += other.missed
        self.clean += other.clean

    def told(self) -> dict[str, Any]:
        """The figures."""
        return {"planted": self.planted, "hit": self.hit, "stopped": self.stopped, "clean": self.clean}


def judged(case: Case) -> Tally:
    """One estimate: its planted fault found or not, and every other finding that would stop it."""
    found = {(one.line, str(one.fault)) for one in checked(case.lines, case.others, case.by) if one.stops}
    tally = Tally(Counter(), Counter(), Counter(), [])
    words = {line.id: line for line in case.lines}
    for line, kind in case.planted:
        tally.planted[kind] += 1
        tally.hit[kind] += (line, kind) in found
        if (line, kind) not in found:
            tally.missed.append(f"{kind} not found: {words[line].content}")
    faulty = {line for line, _kind in case.planted}
    for line, kind in sorted(found - case.planted):
        if line not in faulty:
            tally.stopped["clean"] += 1
        tally.missed.append(f"{kind} found falsely: {words[line].content}")
    tally.clean = len(case.lines) - len(faulty)
    return tally
