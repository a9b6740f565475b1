"""Thousands of made-up plans are read, and what is read is compared with what was put in."""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from reading.measuring import scored
from reading.plans import make
from reading.scoring import KINDS, Count
from reading.truth import Case

ROOT = Path(__file__).resolve().parent.parent
PLANS = 2000
SCANS = 6  # pictures of pages are slow to recognise; they are told apart and have no floor
FIRST_SCAN = 1_000_000
FLOOR = 0.99  # F1 of tasks, of plans born as text
MADE_OF = ("src/xulang/reading", "tests/reading", "proofs")


def version() -> str:
    """A mark of the reader and the generator: results of other ones do not count."""
    digest = hashlib.sha256()
    for folder in MADE_OF:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".toml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def plans() -> Iterator[tuple[int, Case]]:
    """Every plan with its seed: those born as text, then the scans."""
    for seed in range(PLANS):
        yield seed, make(seed)
    for seed in range(FIRST_SCAN, FIRST_SCAN + SCANS):
        yield seed, make(seed, "scan.pdf")


def prove(state: Path, result: Path) -> bool:
    """Whether tasks reach the floor. Done plans are kept in `state`, one a line, so that a cut run goes on."""
    journal = state / f"{version()}.jsonl"
    done = (
        {row["seed"]: row for row in map(json.loads, journal.read_text("utf-8").splitlines())}
        if journal.exists()
        else {}
    )
    with journal.open("a", encoding="utf-8") as out, tempfile.TemporaryDirectory() as folder:
        for seed, plan in plans():
            if seed in done:
                continue
            counts, told = scored(plan, Path(folder))
            row = {
                "seed": seed,
                "format": plan.format,
                "type": plan.gold["header"]["type"],
                "counts": {kind: asdict(count) for kind, count in counts.items()},
                "told": told,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
            done[seed] = row
    rows = [done[seed] for seed in sorted(done)]
    result.write_text(page(rows), "utf-8")
    return total([r for r in rows if r["format"] != "scan.pdf"], "tasks").f1 >= FLOOR


def total(rows: list[dict], kind: str) -> Count:
    return sum((Count(**row["counts"][kind]) for row in rows), Count())


def page(rows: list[dict]) -> str:
    """The written result."""
    born = [row for row in rows if row["format"] != "scan.pdf"]
    scans = [row for row in rows if row["format"] == "scan.pdf"]
    tasks = total(born, "tasks")
    lines = [
        "# Made-up plans, read back",
        "",
        f"{len(born)} plans born as text (seeds 0 to {PLANS - 1}) with {tasks.true} tasks, and {len(scans)} scans. "
        "`python -m proofs plans` runs it; the plans come from `tests/reading/plans.py`, all words invented.",
        "",
        f"Tasks: F1 {tasks.f1:.4f}, floor {FLOOR}: {'holds' if tasks.f1 >= FLOOR else 'does not hold'}.",
        "",
        "| finding | F1 | hit | true | read | F1 of scans |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for kind in KINDS:
        count, pictured = total(born, kind), total(scans, kind)
        lines.append(f"| {kind} | {count.f1:.4f} | {count.hit} | {count.true} | {count.read} | {pictured.f1:.3f} |")
    for field in ("type", "format"):
        lines += ["", f"| {field} | plans | tasks | F1 of tasks |", "| --- | --- | --- | --- |"]
        for name, number in sorted(Counter(row[field] for row in born).items()):
            found = total([row for row in born if row[field] == name], "tasks")
            lines.append(f"| {name} | {number} | {found.true} | {found.f1:.4f} |")
    return "\n".join(lines) + "\n"
