"""Every list and board over 100,000 assignments on each database: its page, beside the bare query of the database."""

import gzip
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measures import Result
from bench.searches import databases
from checks import postgres

# whose, and what is opened; {unit} is a commune's number, {deep} a place far down the list
PAGES = (
    ("LEAD_OFFICER", "/bang/"),
    ("LEAD_OFFICER", "/bang/?con-so=qua-han"),
    ("LEAD_OFFICER", "/bang/?con-so=hoan-thanh-qua-han&don-vi={unit}"),
    ("LEAD_OFFICER", "/bang/?tu=lang+nghe"),
    ("LEAD_OFFICER", "/bang/?sau={deep}"),
    ("LEAD_OFFICER", "/bang/?vai-tro=phoi-hop"),
    ("LEADER", "/bang/?xem=theo-don-vi"),
    ("LEADER", "/bang/?xem=lich"),
    ("LEADER", "/bang/?tinh-cho=THE_DAY"),
    ("LEADER", "/bang/?xem=theo-don-vi&tinh-cho=THE_DAY"),
    ("UNIT_OFFICER", "/bang/?con-so=qua-han"),
    ("LEADER", "/tinh-hinh/"),
    ("LEADER", "/tinh-hinh/?ngay=01/08/2026"),
    ("LEADER", "/tinh-hinh/?ngay=01/06/2026"),
    ("LEADER", "/tinh-hinh/?ngay=01/06/2025&tinh-cho=THE_DAY"),
    ("LEADER", "/tinh-hinh/qua-han/?ngay=01/06/2026"),
    ("LEADER", "/tinh-hinh/qua-han/"),
    ("LEADER", "/tinh-hinh/tat-ca/?sau={deep}"),
    ("LEAD_OFFICER", "/xac-nhan/"),
    ("LEADER", "/toan-canh/"),
    ("LEAD_OFFICER", "/"),
    ("UNIT_OFFICER", "/viec/"),
    ("UNIT_OFFICER", "/viec/?sau=20260930-150000"),
    ("UNIT_OFFICER", "/nhac-viec/"),
    ("LEAD_OFFICER", "/de-nghi/"),
    ("LEAD_OFFICER", "/vuong-mac/"),
    ("LEADER", "/vuong-mac/"),
    ("LEAD_OFFICER", "/van-ban/"),
    ("ADMINISTRATOR", "/don-vi/"),
    ("ADMINISTRATOR", "/nguoi-dung/"),
)
TURNS = 40
MOST_BYTES = 60_000


def boards() -> Result:
    """The slowest and the heaviest page on each database; pages of one client, warm, by the wall."""
    told = [row for name, address in databases() for row in _on(name, address)]
    slowest = {
        name: max((row for row in told if row["on"] == name), key=lambda row: row["p95"]) for name, _ in databases()
    }
    for row in told:
        print(f"  {row['on']}: {row['page']}: p95 {row['p95']:.0f} ms, {row['bytes'] / 1000:.1f} kB", file=sys.stderr)
    return Result(
        "lists of 100,000 assignments",
        "; ".join(f"{name}: p95 {row['p95']:.0f} ms ({row['page']})" for name, row in slowest.items()),
        "; ".join(f"{name}: bare query {row['bare']:.0f} ms" for name, row in slowest.items()),
        "p95 ≤ 150 ms, ≤ 60 kB a page",
        all(row["p95"] <= 150 and row["bytes"] <= MOST_BYTES for row in told),
    )


MEASURES: dict[str, Callable[[], Result]] = {"boards": boards}


def _on(name: str, address: str) -> list[dict[str, Any]]:
    """The figures of one database, taken in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own = os.environ | {"XULANG_DATA": folder, "XULANG_SECRET_KEY": "only-for-bench"}
        own |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "xulang.config.settings"}
        own.pop("XULANG_DATABASE_URL", None)
        if address:
            with postgres.server() as url:
                return _measured(name, own | {"XULANG_DATABASE_URL": url})
        return _measured(name, own)


def _measured(name: str, environment: dict[str, str]) -> list[dict[str, Any]]:
    call = [sys.executable, str(Path(__file__))]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=True)
    return [{"on": name, **row} for row in json.loads(done.stdout)]


def _run() -> None:
    """The process that measures."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from bench.offices import TODAY, at, made
    from xulang.cli.commands.serve import load
    from xulang.office import clock

    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    clock.now = lambda: at(TODAY)  # type: ignore[assignment]
    office = made()
    load()  # as `xulang serve` does
    bare = _p95(lambda: _asked(connection))
    rows = []
    for who, page in PAGES:
        client = Client(headers={"accept-encoding": "gzip"})
        client.force_login(office[who])
        address = page.format(unit=office["unit"].pk, deep="20260614-150000")
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"</html>" in gzip.decompress(answer.content)
        p95 = _p95(lambda client=client, address=address: client.get(address))  # type: ignore[misc]
        rows.append({"page": f"{who} {page}", "p95": p95, "bytes": len(answer.content), "bare": bare})
    print(json.dumps(rows))


def _asked(connection: object) -> None:
    """The first page of what is overdue, as the database gives it without us."""
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(
            "SELECT e.id, e.due, t.text, n.name FROM programme_expectedreport e "
            "JOIN programme_assignment a ON a.id = e.assignment_id JOIN programme_task t ON t.id = a.task_id "
            "JOIN organisation_unitname n ON n.unit_id = a.unit_id "
            "WHERE e.state IN ('EXPECTED', 'RETURNED') AND e.due < '2026-08-14' ORDER BY e.due, e.id LIMIT 60"
        )
        cursor.fetchall()


def _p95(ask: Callable[[], object]) -> float:
    """In milliseconds, warm."""
    taken = []
    for turn in range(TURNS + 2):
        begun = time.perf_counter()
        ask()
        if turn > 1:
            taken.append(1000 * (time.perf_counter() - begun))
    return sorted(taken)[math.ceil(len(taken) * 0.95) - 1]


if __name__ == "__main__":
    _run()
