"""What the tests' own papers hold: a paper with the truth written between its lines, and how both are read."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reading.typist import ABOVE, LEFT, Block, Columns, Grid, Para, bare

LABEL = re.compile(
    r"^(?:\{[^}]+\}|Điều \d+\.|[IVX]+\.(?=\s)|\d+(?:\.\d+)*[.)]|[a-zđ]\)|[-+•*](?=\s)|\d+(?:\.\d+)+(?=\s))\s*",
    re.IGNORECASE,
)
PERIODS = {"year", "half", "quarter", "month", "week"}


@dataclass
class Case:
    """One paper: its blocks, the format it is typed in, and its gold in the shape of the reading contract's scorer."""

    name: str
    format: str = "docx"
    blocks: list[Block] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"{self.name}.{self.format}"


def deadline(words: str) -> dict[str, str | None]:
    """`none`, `ongoing`, `relative P15D`, `quarter +15`, or a date as the contract writes it."""
    kind, _, value = words.strip().partition(" ")
    if kind in PERIODS:
        return {"kind": "recurring", "value": value or None, "every": kind}
    if kind in ("none", "ongoing", "relative"):
        return {"kind": kind, "value": value or None, "every": None}
    return {"kind": "date", "value": kind, "every": None}


def names(words: str) -> list[str]:
    return [name.strip() for name in words.split(";") if name.strip()]


def task(words: str, passage: str) -> dict[str, Any]:
    """A task from its truth line, `LABEL | lead: A; B | with: C | due: …`, and the words of the paper below it."""
    label, *fields = [part.strip() for part in words.split("|")]
    told = dict(part.split(":", 1) for part in fields)
    anchor = told.get("anchor", "").strip() or LABEL.sub("", LABEL.sub("", bare(passage)))
    found: dict[str, Any] = {
        "label": None if label in ("row", "none") else label,
        "anchor": " ".join(anchor.split()[:18]),
        "lead": names(told.get("lead", "")),
        "coordinating": names(told.get("with", "")),
        "deadline": deadline(told.get("due", "none")),
    }
    if label == "row":
        found["row"] = True
    return found


def parse(path: Path) -> Case:
    """Reads NAME.paper: the paper as typed, with `%` lines of truth. `README.md` beside the papers tells the marks."""
    return Reader(Case(path.stem)).read(path.read_text("utf-8"))


@dataclass
class Reader:
    """Goes through the lines of one paper, keeping the truth apart from what is typed."""

    case: Case
    waiting: list[str] = field(default_factory=list)  # truth lines of tasks whose words come next
    mark: str = ""  # of the block that is open
    lines: list[str] = field(default_factory=list)  # of the block that is open

    def read(self, text: str) -> Case:
        header = dict.fromkeys(("issuer", "number", "symbol", "date", "type", "title"))
        self.case.gold = {
            "file": "",
            "header": header,
            "citations": [],
            "tasks": [],
            "recipients": [],
            "signature": {"name": None},
        }
        for line in text.splitlines():
            if line.startswith("%"):
                self.tell(*line[1:].split(" ", 1))
            elif line.startswith("@end"):
                self.case.blocks.append(close(self.mark, self.lines))
                self.mark, self.lines = "", []
            elif line.startswith("@"):
                self.mark = line.strip()
            elif line.strip():
                self.type(line)
        self.case.gold["file"] = self.case.file
        return self.case

    def tell(self, key: str, value: str) -> None:
        """One line of truth. An unknown key is an error: a slip must not pass as a comment."""
        gold, value = self.case.gold, value.strip()
        if key == "task":
            self.waiting.append(value)
        elif key == "format":
            self.case.format = value
        elif key == "about":
            pass  # what the paper is there for
        elif key == "cite":
            code, _, date = value.partition(" ")
            gold["citations"].append({"code": code, "date": date or None})
        elif key == "to":
            gold["recipients"].append(value)
        elif key == "signer":
            gold["signature"]["name"] = value
        elif key in gold["header"]:
            gold["header"][key] = value
        else:
            raise ValueError(f"{self.case.name}: no such truth: {key}")

    def type(self, line: str) -> None:
        """One line of the paper; the truth that waits is about it."""
        passage = longest(line) if self.mark == "@table" else line
        self.case.gold["tasks"] += [task(words, passage) for words in self.waiting]
        self.waiting = []
        if self.mark:
            self.lines.append(line)
        else:
            self.case.blocks.append(paragraph(line))


def longest(row: str) -> str:
    return max((cell.strip() for cell in row.split("|")), key=len)


def paragraph(line: str) -> Para:
    centered, heading = line.startswith("="), line.startswith(("#", "=#"))
    text = line.lstrip("=#").strip()
    auto = re.match(r"\{([^}]+)\}\s*", text)
    return Para(text[auto.end() :] if auto else text, auto[1] if auto else "", centered, heading)


def close(mark: str, lines: list[str]) -> Block:
    if mark == "@table":
        rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines if line.strip())
        wide = tuple(
            max(6, min(30, max(len(row[c]) for row in rows if row[c] not in (ABOVE, LEFT))))
            for c in range(len(rows[0]))
        )
        if len({len(row) for row in rows}) != 1:
            raise ValueError(f"rows of unequal length: {rows[0]}")
        return Grid(rows, wide)
    pairs = [line.split("||") if "||" in line else [line, ""] for line in lines]
    shape = mark.partition(" ")[2] or "cells"
    return Columns(tuple((a.strip(), b.strip()) for a, b in pairs), shape)
