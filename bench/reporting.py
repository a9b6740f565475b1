"""Consolidation: 200 units × 50 figures × 12 months, and 20,000 units in one period, beside the bare SQL aggregate."""

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measures import Result
from bench.searches import databases, environment

MONTHS, UNITS, MANY, CELLS = 12, 200, 20_000, 50
TURNS = 7


def reporting() -> Result:
    """Medians by the wall, on each database, in a process of its own."""
    told = {name: _on(address) for name, address in databases()}
    for name, row in told.items():
        print(f"  {name}: " + ", ".join(f"{what} {ms:.0f} ms" for what, ms in row.items()), file=sys.stderr)
    return Result(
        "consolidation",
        "; ".join(
            f"{n}: 12 months {row['year']:.0f} ms, 20,000 units {row['many']:.0f} ms, with text {row['whole']:.0f} ms"
            for n, row in told.items()
        ),
        "; ".join(f"{n}: bare SQL {row['bare_year']:.0f} and {row['bare_many']:.0f} ms" for n, row in told.items()),
        "≤ 500 ms; ≤ 5,000 ms; ≤ 3 × bare",
        all(
            row["year"] <= 500
            and row["whole"] <= 5000
            and row["year"] <= 3 * row["bare_year"]
            and row["many"] <= 3 * row["bare_many"]
            for row in told.values()
        ),
    )


MEASURES: dict[str, Callable[[], Result]] = {"reporting": reporting}


def _on(address: str) -> dict[str, float]:
    with environment(address) as own:
        done = subprocess.run([sys.executable, str(Path(__file__))], env=own, capture_output=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _run() -> None:
    """The process that measures."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from builders import a_town, an_issued_programme
    from xulang.reporting.consolidating import canonical, content_of
    from xulang.reporting.totals import totals

    call_command("migrate", verbosity=0)
    town = a_town()
    programme = an_issued_programme(town)
    months = [_round(programme, town.lead, n + 1, _units(UNITS)) for n in range(MONTHS)]
    many = _round(programme, town.lead, 13, _units(MANY))
    ids = [one.pk for one in months]

    def bare(rounds: list[int]) -> Any:
        told = ", ".join(map(str, rounds))
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT code, "of", sum(value) FROM reporting_figure WHERE round_id IN ({told}) GROUP BY code, "of"'  # noqa: S608
            )
            return cursor.fetchall()

    told = {
        "year": _median(lambda: totals(ids)),
        "bare_year": _median(lambda: bare(ids)),
        "many": _median(lambda: totals([many.pk])),
        "bare_many": _median(lambda: bare([many.pk])),
        "whole": _median(lambda: canonical(content_of(many))),
    }
    print(json.dumps(told))


def _units(count: int) -> list[int]:
    """So many units, the same ones whenever there are enough of them."""
    from xulang.organisation.models import Unit

    there = list(Unit.objects.filter(kind="xa").order_by("pk").values_list("pk", flat=True)[:count])
    new = (Unit(kind="xa", tree="STATE", begins=dt.date(2021, 7, 1)) for _ in range(count - len(there)))
    return there + [one.pk for one in Unit.objects.bulk_create(new, batch_size=5_000)]


def _round(programme: Any, by: Any, number: int, units: list[int]) -> Any:
    """A round whose units all have an accepted report with every figure and some text."""
    from django.db import connection

    from builders import NOW
    from xulang.reporting.enums import LineKind, ReportState
    from xulang.reporting.indicators import indicators
    from xulang.reporting.models import Content, FigureKey, ReportLine, Round, UnitReport

    first = dt.date(2024, 12, 15) + dt.timedelta(days=30 * number)
    round = Round.objects.create(
        programme=programme, form="thong-tin-doi-ngoai", cadence="MONTH", period=f"2026-{number:02}", starts=first,
        cut_off=first + dt.timedelta(days=29), due=first + dt.timedelta(days=34), opened_at=NOW, opened_by=by,
    )  # fmt: skip
    day = round.cut_off
    reports = UnitReport.objects.bulk_create(
        (
            UnitReport(
                round=round, asked_of_id=unit, unit_id=unit, due=day, state=ReportState.ACCEPTED, first_sent_on=day,
                sent_on=day, accepted_on=day,
            )
            for unit in units
        ),
        batch_size=2_000,
    )  # fmt: skip
    sent = ReportLine.objects.bulk_create(
        (ReportLine(report=one, kind=LineKind.SENT, on=day, at=NOW, by=by) for one in reports), batch_size=2_000
    )
    ReportLine.objects.bulk_create(
        (ReportLine(report=one.report, kind=LineKind.ACCEPTED, on=day, at=NOW, by=by, answers=one) for one in sent),
        batch_size=2_000,
    )
    text = [{"heading": "II.1", "text": "Đã tổ chức hai lớp, 64 lượt người dự.", "receipts": ["a1", "a2"]}]
    Content.objects.bulk_create((Content(line=one, figures=[], narrative=text) for one in sent), batch_size=2_000)
    cells = [(code, "") for code in indicators()]
    cells += [("tin-bai", f"p{n}") for n in range(CELLS - len(cells))]
    with connection.cursor() as cursor:
        for n, (code, of) in enumerate(cells):
            cursor.execute(
                'INSERT INTO reporting_figure (report_id, round_id, code, "of", value) '
                "SELECT id, round_id, %s, %s, (id * 7 + %s) %% 100 FROM reporting_unitreport WHERE round_id = %s",
                [code, of, n, round.pk],
            )
    names = ["lao", "trung quoc", "han quoc", "nhat ban", "thai lan"]
    distinct = [code for code, one in indicators().items() if one.additivity == "distinct"]
    FigureKey.objects.bulk_create(
        (
            FigureKey(report=one, round=round, code=code, key=names[(one.pk + n) % 5])
            for one in reports
            for code in distinct
            for n in range(2)
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return round


def _median(work: Callable[[], object]) -> float:
    """In milliseconds, warm."""
    taken = []
    for turn in range(TURNS + 1):
        begun = time.perf_counter()
        work()
        if turn:
            taken.append(1000 * (time.perf_counter() - begun))
    return sorted(taken)[len(taken) // 2]


if __name__ == "__main__":
    _run()
