"""Consolidation: 200 units × 50 figures × 12 months, and 20,000 units in one period, beside the bare SQL aggregate.

The whole report of the 20,000 tells from the ledger too: 40,000 duties with their reports, a tenth late, 400 obstacles.
"""

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
            f"{n}: 12 months {row['year']:.0f} ms, 20,000 units {row['many']:.0f} ms, all told {row['whole']:.0f} ms"
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
    _duties(programme, many, town.lead)
    ids = [one.pk for one in months]
    ledger = {part["heading"] for part in content_of(many)["from_ledger"]}
    assert ledger == {"vuong-mac", "con-cham", "thuong-xuyen", "con-vuong"}, "so much is measured, too"

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


def _duties(programme: Any, round: Any, by: Any) -> None:
    """Two tasks of twenty for every unit, reported in the round's period and owed in the next; some obstacles.

    Made by the database itself, whose triggers place and count the reports: by Django it takes ten times as long.
    """
    from django.db import connection
    from django.db.models import Exists, F, OuterRef, Subquery

    from builders import NOW
    from xulang.programme.enums import EntryKind, ReportState, TaskState
    from xulang.programme.models import Assignment, Entry, EntryNote, ExpectedReport, Task

    day, first = round.cut_off, round.starts
    tasks = Task.objects.bulk_create(
        Task(
            programme=programme, position=n, section=f"II.{n // 5 + 1}", state=TaskState.ISSUED, confirmed_at=NOW,
            text=f"Giới thiệu làng nghề, lễ hội của địa phương, nội dung {n}.", cadence="MONTH",
        )
        for n in range(100, 120)
    )  # fmt: skip
    made = [tasks[0].pk, tasks[-1].pk]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programme_assignment (task_id, issued_to_id, unit_id, role, mode, issued_on, state) "
            "SELECT t.id, r.unit_id, r.unit_id, 'LEAD', 'ORDER', %s, 'OPEN' FROM reporting_unitreport r "
            "JOIN programme_task t ON t.position - 100 IN (r.id %% 20, (r.id + 7) %% 20) "
            "WHERE t.id BETWEEN %s AND %s AND r.round_id = %s",
            [first, *made, round.pk],
        )
        cursor.execute(
            "INSERT INTO programme_entry "
            '(kind, assignment_id, expected_id, "on", at, by_id, note_sha256, evidence_sha256) '
            "SELECT 'ISSUED', id, NULL, issued_on, %s, %s, '', '[]' FROM programme_assignment "
            "WHERE task_id BETWEEN %s AND %s",
            [NOW, by.pk, *made],
        )
        cursor.execute("ANALYZE")  # without it the triggers look for each duty among all
        for period, starts, ends in (
            ("2026-01", first, day - dt.timedelta(days=2)),
            ("2026-02", day + dt.timedelta(days=1), day + dt.timedelta(days=7)),
        ):
            cursor.execute(
                "INSERT INTO programme_expectedreport "
                "(assignment_id, period, period_start, period_end, issued_on, due, first_due, state) "
                "SELECT id, %s, %s, %s, issued_on, %s, %s, 'EXPECTED' FROM programme_assignment "
                "WHERE task_id BETWEEN %s AND %s",
                [period, starts, ends, ends, ends, *made],
            )
        cursor.execute(
            "INSERT INTO programme_entry "
            '(kind, assignment_id, expected_id, "on", at, by_id, note_sha256, evidence_sha256) '
            "SELECT 'PROGRESS', assignment_id, id, due, %s, %s, '', '[]' FROM programme_expectedreport "
            "WHERE task_id BETWEEN %s AND %s AND period = '2026-01' AND assignment_id %% 10 <> 0",
            [NOW, by.pk, *made],
        )
        cursor.execute("ANALYZE")  # without it each line is looked for among all of its kind
    told = Entry.objects.filter(expected=OuterRef("pk"), kind=EntryKind.PROGRESS).order_by()
    ExpectedReport.objects.filter(Exists(told), task__in=tasks).update(
        state=ReportState.REPORTED, report_entry=Subquery(told.values("pk")[:1]), reported_on=F("due")
    )
    raised = Entry.objects.bulk_create(
        Entry(assignment_id=one, kind=EntryKind.OBSTACLE, on=day, at=NOW, by=by)
        for one in Assignment.objects.filter(task__in=tasks).order_by("id").values_list("pk", flat=True)[::100]
    )
    answered = Entry.objects.bulk_create(
        Entry(assignment=one.assignment, kind=EntryKind.ADVISED, on=day, at=NOW, by=by, answers=one)
        for one in raised[::2]
    )
    EntryNote.objects.bulk_create(
        EntryNote(entry=one, text="Chưa có kinh phí in tờ rơi bằng tiếng Anh.") for one in [*raised, *answered]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
