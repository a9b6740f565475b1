"""Ten thousand random histories of reports: the four figures of every week of a year equal a reckoning from scratch.

Reports, confirmations, returns and extensions in any order that can follow; the reckoning uses none of the code that is
tested, and the projections rebuilt from the ledger's first line are the ones that stand.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HISTORIES = 10_000
PIECE = 4  # seeds of one process


def prove(state: Path, result: Path) -> bool:
    """Whether all held. Seeds that are done are kept in `state`."""
    kept = state / "seeds.jsonl"
    rows: list[dict[str, Any]] = []
    if kept.exists():
        rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    with kept.open("a", encoding="utf-8") as out:
        while sum(row["histories"] for row in rows) < HISTORIES and not any(row["fault"] for row in rows):
            done = _lived(len(rows), len(rows) + PIECE)
            out.write(done)
            out.flush()
            rows += [json.loads(line) for line in done.splitlines()]
    result.write_text(_page(rows), "utf-8")
    return not any(row["fault"] for row in rows)


def _lived(first: int, last: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        paths = os.pathsep.join(str(ROOT / part) for part in ("", "src", "tests"))
        own = os.environ | {
            "PYTHONPATH": paths,
            "DJANGO_SETTINGS_MODULE": "xulang.config.settings",
            "XULANG_DATABASE_URL": f"sqlite:///{folder}/figures.sqlite3",
            "XULANG_SECRET_KEY": "only-for-proofs",
            "XULANG_DATA": folder,
        }
        call = [sys.executable, "-m", "proofs._figures", str(first), str(last)]
        return subprocess.run(call, env=own, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603


def _page(rows: list[dict[str, Any]]) -> str:
    faults = [row for row in rows if row["fault"]]
    number = sum(row["histories"] for row in rows)
    told = "\n".join(f"- seed {row['seed']}: {row['fault']}" for row in faults) or "None differed."
    return f"""# The four figures, on random histories

{__doc__.strip()}

`python -m proofs figures`; seeds 0 to {len(rows) - 1}.

| histories | weeks asked of each | figures that differed |
| --- | --- | --- |
| {number:,} | 60 | {len(faults)} |

{told}
"""
