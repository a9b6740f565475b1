"""What the tests' own papers hold: a paper with the truth written between its lines, and how both are read."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reading.typist import ABOVE, LEFT, Block, Columns, Grid, Para, bare

LABEL = re.compile(
    r"^(?:\{[^}]+\}|Điều \d+\.|[IVX]+\.(?=\s)|\d+(?:\.\d+)*[.)]|[a-zđ]\)|[-+•*](?=\s)|\d+(?:\.\d+)+(?=\s))\s*", re.IGNORECASE
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
    case = Case(path.stem)
    header: dict[str, str | None] = dict.fromkeys(("issuer", "number", "symbol", "date", "type", "title"))
    gold: dict[str, Any] = {"header": header, "citations": [], "tasks": [], "recipients": [], "signature": {"name": None}}
    pending: list[str] = []
    block: list[str] | None = None
    mark = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("%"):
            key, _, value = line[1:].partition(" ")
            value = value.strip()
            if key == "task":
                pending.append(value)
            elif key == "format":
                case.format = value
            elif key == "cite":
                code, _, date = value.partition(" ")
                gold["citations"].append({"code": code, "date": date or None})
            elif key == "to":
                gold["recipients"].append(value)
            elif key == "signer":
                gold["signature"]["name"] = value
            elif key in header:
                header[key] = value
            elif key.strip("% "):
                raise ValueError(f"{path.name}: no such truth: {line}")
            continue
        if pending and line.strip() and not line.startswith("@"):
            gold["tasks"] += [task(words, longest(line) if mark == "@table" else line) for words in pending]
            pending = []
        if line.startswith("@end"):
            case.blocks.append(close(mark, block or []))
            block, mark = None, ""
        elif line.startswith("@"):
            mark, block = line.strip(), []
        elif block is not None:
            block.append(line)
        elif line.strip():
            case.blocks.append(paragraph(line))
    gold["file"] = case.file
    case.gold = gold
    return case


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
            max(3, min(30, max(len(row[c]) for row in rows if row[c] not in (ABOVE, LEFT)))) for c in range(len(rows[0]))
        )
        if len({len(row) for row in rows}) != 1:
            raise ValueError(f"rows of unequal length: {rows[0]}")
        return Grid(rows, wide)
    pairs = [line.split("||") if "||" in line else [line, ""] for line in lines]
    return Columns(tuple((a.strip(), b.strip()) for a, b in pairs), rows=mark.endswith("rows"))
