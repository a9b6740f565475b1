"""The clock over 100,000 assignments: four figures and next notices, and one changed duty, beside a plain SQL count."""

import json
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

TURNS = 15


def clock() -> Result:
    """Medians by the wall, on each database, in a process of its own."""
    told = {name: _on(address) for name, address in databases()}
    for name, row in told.items():
        print(f"  {name}: " + ", ".join(f"{what} {ms:.1f} ms" for what, ms in row.items()), file=sys.stderr)
    return Result(
        "clock of 100,000 assignments",
        "; ".join(f"{n}: all {row['all']:.0f} ms, one changed {row['changed']:.1f} ms" for n, row in told.items()),
        "; ".join(f"{n}: count {row['count']:.0f} ms" for n, row in told.items()),
        "all ≤ 2,000 ms, one changed ≤ 5 ms",
        all(row["all"] <= 2000 and row["changed"] <= 5 for row in told.values()),
    )


MEASURES: dict[str, Callable[[], Result]] = {"clock": clock}


def _on(address: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        own = os.environ | {"XULANG_DATA": folder, "XULANG_SECRET_KEY": "only-for-bench"}
        own |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "xulang.config.settings"}
        own.pop("XULANG_DATABASE_URL", None)
        if address:
            with postgres.server() as url:
                return _measured(own | {"XULANG_DATABASE_URL": url})
        return _measured(own)


def _measured(environment: dict[str, str]) -> dict[str, float]:
    done = subprocess.run([sys.executable, str(Path(__file__))], env=environment, capture_output=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _run() -> None:
    """The process that measures."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from bench.offices import TODAY, at, made
    from xulang.organisation.calendars import working_days
    from xulang.programme import selectors, services
    from xulang.programme.enums import EntryKind
    from xulang.programme.ladder import days_of
    from xulang.programme.models import Entry, ExpectedReport
    from xulang.programme.rebuild import project
    from xulang.programme.services.reminding import clocked

    call_command("migrate", verbosity=0)
    office = made()
    # What the notices of today are was told already: what is measured is finding that out, and what is new.
    services.remind(now=at(TODAY), compose=lambda *_told: ("", ""))
    duty = ExpectedReport.objects.filter(pk__in=clocked().values("pk")).select_related("assignment").first()
    assert duty is not None
    calendar = working_days(duty.assignment.task.programme.directive.home_unit_id)

    def everything() -> None:
        selectors.figures(office["LEADER"], TODAY, on=TODAY)
        services.remind(now=at(TODAY), compose=lambda *_told: ("", ""))

    def line() -> None:
        """The duty gets another deadline on the ledger: the act itself, which is not what is measured."""
        said = {"assignment": duty.assignment, "expected": duty, "on": TODAY, "at": at(TODAY), "by": office["LEADER"]}
        Entry.objects.create(kind=EntryKind.REDATED, due=next(days), **said)

    def changed() -> None:
        """What follows from it: its projections, the counts behind the figures, and the days on which it is told of."""
        with transaction.atomic():
            project(duty.assignment, duty)
            days_of(duty.due, calendar)

    def counted() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT state, due < '2026-08-14', count(*) FROM programme_expectedreport GROUP BY 1, 2 ORDER BY 1, 2"
            )
            return cursor.fetchall()

    days = iter([duty.due.replace(day=1 + n % 28) for n in range(TURNS + 5)])
    print(json.dumps({"all": _median(everything), "changed": _median(changed, line), "count": _median(counted)}))


def _median(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """In milliseconds, warm; what goes before each turn is not counted."""
    taken = []
    for turn in range(TURNS + 2):
        before()
        begun = time.perf_counter()
        work()
        if turn > 1:
            taken.append(1000 * (time.perf_counter() - begun))
    return sorted(taken)[len(taken) // 2]


if __name__ == "__main__":
    _run()
