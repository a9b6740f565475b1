"""Many people at once on 100,000 assignments: 50 on SQLite and 500 on PostgreSQL, by HTTP, as the office is served.

Each thinks 30 seconds between two requests and files a report with one in ten. No error, and 95 of 100 requests are
answered within a second.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks import postgres
from proofs import _load

UNITS, ASSIGNMENTS = 500, 100_000
THINK, RAMP, SECONDS = 30.0, 300.0, 300.0
AT_MOST = 1.0
PEOPLE = {"sqlite": 50, "postgresql": 500}
PROCESSES = {"sqlite": 1, "postgresql": 4}
_XULANG = [sys.executable, "-m", "xulang.cli.main"]
ROOT = Path(__file__).resolve().parent.parent


def prove(state: Path, result: Path) -> bool:
    """Runs each engine once (what is done is kept in `state`); whether both hold."""
    found = [_engine(state, "sqlite", f"sqlite:///{state / 'load.sqlite3'}")]
    if postgres.binaries():
        kept = state / "postgresql.json"
        with postgres.server() if not kept.exists() else contextlib.nullcontext("") as address:
            found.append(_engine(state, "postgresql", address))
    else:
        print("!! PostgreSQL is not installed: the proof was NOT run on it.")
    result.write_text(page(found), "utf-8")
    return all(holds(row) for row in found)


def _engine(state: Path, name: str, address: str) -> dict[str, Any]:
    kept = state / f"{name}.json"
    if not kept.exists():
        print(f"load on {name}: {PEOPLE[name]} people", flush=True)
        with tempfile.TemporaryDirectory(prefix="xulang-load-") as data:
            told = environment(Path(data), address)
            for old in state.glob("load.sqlite3*"):
                old.unlink()
            call = [sys.executable, "-m", "proofs._load", str(UNITS), str(ASSIGNMENTS)]
            subprocess.run(call, env=told, check=True)  # noqa: S603
            subprocess.run([*_XULANG, "manage", "keep_house"], env=told, check=True)  # noqa: S603 (the night is over)
            with served(told, PROCESSES[name]) as site:
                began, busy = time.time(), _busy()
                tally = _load.crowd(site, PEOPLE[name], think=THINK, ramp=RAMP, seconds=SECONDS)
                lasted, busy = time.time() - began, _busy() - busy
        row = {
            "engine": name,
            "people": PEOPLE[name],
            "errors": dict(tally.errors),
            "seconds": {kind: sorted(round(one, 4) for one in times) for kind, times in tally.seconds.items()},
            "lasted": round(lasted),
            "load": round(os.getloadavg()[1], 1),
            "nice": os.nice(0),
            "busy": round(busy / lasted / (os.cpu_count() or 1), 2),
        }
        kept.write_text(json.dumps(row), "utf-8")
    found: dict[str, Any] = json.loads(kept.read_text("utf-8"))
    return found


def environment(data: Path, address: str) -> dict[str, str]:
    """What the seeding and the server run with."""
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "xulang.config.settings",
        "XULANG_DATABASE_URL": address,
        "XULANG_SECRET_KEY": "only-for-proofs",
        "XULANG_DATA": str(data),
    }


@contextlib.contextmanager
def served(told: dict[str, str], processes: int = 1) -> Iterator[str]:
    """`xulang serve` on a free port, as the README says; the address once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    call = [*_XULANG, "serve", "--port", str(port), "--data", told["XULANG_DATA"]]
    call += ["--processes", str(processes)]
    server = subprocess.Popen(call, env=told)  # noqa: S603
    try:
        until = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _busy() -> float:
    """Seconds that the machine's processors have worked, for whomever."""
    user, nice, system, *_rest = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")


def working(row: dict[str, Any]) -> list[float]:
    """The seconds of every request, sorted; without the log-ins, whose hash is slow by design."""
    return sorted(one for kind, times in row["seconds"].items() if kind != "log-in" for one in times)


def at(part: float, times: list[float]) -> float:
    """The time that this part of the requests stayed within."""
    return times[min(len(times) - 1, int(part * len(times)))]


def holds(row: dict[str, Any]) -> bool:
    """Whether one run did: nothing went wrong, and it was fast enough."""
    return not row["errors"] and at(0.95, working(row)) <= AT_MOST


def page(found: list[dict[str, Any]]) -> str:
    """The written result."""
    text = f"""
    A made-up province of {UNITS} communes and {ASSIGNMENTS:,} assignments, an officer in each commune, `xulang serve`
    on loopback; the jobs of the night, reminders among them, are done. Everybody logs in by password within
    {RAMP:.0f} s, then works for {SECONDS:.0f} s with {THINK:.0f} s between two requests: pages of the day's work, and
    with one request in ten a report, its form's tokens included. `python -m proofs load` runs it. It holds where no
    request failed and 95 of 100 took at most {AT_MOST:.0f} s.
    """
    lines = ["# Many people at once", textwrap.dedent(text).rstrip(), ""]
    lines += ["| | " + " | ".join(row["engine"] for row in found) + " |", "| --- |" + " --- |" * len(found)]

    def line(title: str, cells: list[Any]) -> None:
        lines.append(f"| {title} | " + " | ".join(str(cell) for cell in cells) + " |")

    line("holds", ["yes" if holds(row) else "**no**" for row in found])
    line("people", [row["people"] for row in found])
    line("requests", [sum(map(len, row["seconds"].values())) for row in found])
    line("reports filed", [len(row["seconds"].get("report", ())) for row in found])
    line("errors", [sum(row["errors"].values()) for row in found])
    line("median, s", [f"{at(0.5, working(row)):.3f}" for row in found])
    line("95 of 100, s", [f"{at(0.95, working(row)):.3f}" for row in found])
    line("99 of 100, s", [f"{at(0.99, working(row)):.3f}" for row in found])
    line("log-in, 95 of 100, s", [f"{at(0.95, row['seconds']['log-in']):.3f}" for row in found])
    for kind in sorted({kind for row in found for kind in row["seconds"]} - {"log-in"}):
        shown = [f"{at(0.95, row['seconds'][kind]):.3f}" if kind in row["seconds"] else "" for row in found]
        line(f"`{kind}`, 95 of 100, s", shown)
    line("load of the machine, all processes", [row["load"] for row in found])
    line("priority of this proof among them (nice)", [row["nice"] for row in found])
    line("processors at work, all processes", [f"{row['busy']:.0%}" for row in found])
    for row in found:
        lines += [f"\n{row['engine']}: {count} × {said}" for said, count in row["errors"].items()]
    return "\n".join(lines) + "\n"
