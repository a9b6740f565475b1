"""The whole country reorganised on 100,000 assignments, and undone, on both databases.

63 provinces become 34 and 10,040 communes 3,321, the districts end; divided communes and departments with two
functional successors by a made-up rule beside. Applied in at most 60 seconds, sums conserved, undone byte for byte.
"""

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from checks import postgres

AT_MOST = 60.0
ROOT = Path(__file__).resolve().parent.parent


def prove(state: Path, result: Path) -> bool:
    """Runs each engine once (what is done is kept in `state`); whether everything held on both."""
    found = [_engine(state, "sqlite", f"sqlite:///{state / 'country.sqlite3'}")]
    if postgres.binaries():
        with postgres.server() as address:
            found.append(_engine(state, "postgresql", address))
    else:
        print("!! PostgreSQL is not installed: the proof was NOT run on it.")
    result.write_text(page(found), "utf-8")
    return all(holds(row) for row in found)


def _engine(state: Path, name: str, address: str) -> dict[str, Any]:
    kept = state / f"{name}.json"
    if not kept.exists():
        print(f"country on {name}:", flush=True)
        (state / "country.sqlite3").unlink(missing_ok=True)
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        told = {
            "PYTHONPATH": paths,
            "DJANGO_SETTINGS_MODULE": "xulang.config.settings",
            "XULANG_DATABASE_URL": address,
            "XULANG_SECRET_KEY": "only-for-proofs",
            "XULANG_DATA": str(state),
        }
        call = [sys.executable, "-m", "proofs._country", str(kept)]
        subprocess.run(call, env=os.environ | told, check=True)  # noqa: S603
    row: dict[str, Any] = json.loads(kept.read_text("utf-8"))
    return row


def holds(row: dict[str, Any]) -> bool:
    """Whether one run did."""
    fast = max(row["seconds"]["apply"][0], row["seconds"]["apply again"][0]) <= AT_MOST
    return fast and all(row["held"].values())


def page(found: list[dict[str, Any]]) -> str:
    """The written result."""
    first, engines = found[0], [row["engine"] for row in found]
    applied = ", ".join(f"{row['engine']} {row['seconds']['apply'][0]} s" for row in found)
    text = f"""
    {first["old"]} units of before 1 July 2025 (63 provinces, their districts and communes, and three made-up
    departments of each province), {first["lines"]} lines, {first["assignments"]} assignments with
    {first["expected"]} expected reports, a post with a holder in every unit. Units, codes and who took over from whom
    are of the package vietnamadminunits 1.0.4 (MIT); {first["left"]} communes that its table does not name go to a
    commune near them, and what a divided commune's work goes by is made up by a seed.
    `python -m proofs country` runs it.

    Applying takes at most {AT_MOST:.0f} s: {applied}. These are processor seconds, the server's included; by the
    clock in brackets below, on a machine of two cores that ran other work as well.
    """
    lines = ["# The whole country, reorganised and undone", textwrap.dedent(text).rstrip(), ""]
    lines += _table("held", engines, first["held"], lambda row, name: "yes" if row["held"][name] else "**no**", found)
    lines += _table(
        "seconds", engines, first["seconds"], lambda row, name: "{} ({})".format(*row["seconds"][name]), found
    )
    lines += [
        f"{first['moved']} assignments went over; {first['reports']} reports were filed through the services between",
        f"applying again and undoing. The export compared has {first['export'] // 1024} KiB.",
    ]
    return "\n".join(lines) + "\n"


def _table(
    title: str, engines: list[str], names: Iterable[str], cell: Callable[[Any, str], str], found: list[dict[str, Any]]
) -> list[str]:
    head = [f"| {title} | " + " | ".join(engines) + " |", "| --- |" + " --- |" * len(engines)]
    return [*head, *(f"| {name} | " + " | ".join(cell(row, name) for row in found) + " |" for name in names), ""]
