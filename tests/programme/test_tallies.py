"""What the database counts by itself is what a count from scratch finds, whoever wrote and however."""

import datetime as dt
import random

import pytest
from django.db import connection

from builders import ONGOING, TODAY, Said, a_town, a_unit, an_issued_programme, at
from xulang.organisation.models import Unit
from xulang.programme import services, tallies
from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.models import Assignment, ExpectedReport, Tally

pytestmark = pytest.mark.django_db

WARDS = Said("Treo bảng", ["*UBND các phường, xã"])
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-04-30", None))


def told():
    """The counts, folded, without those that came to nothing."""
    tallies.fold()
    keys = ("programme_id", "unit_id", "issued_on", "due", "state", "late", "n")
    return sorted(Tally.objects.exclude(n=0).values_list(*keys))


def counted():
    """The same, from scratch."""
    tallies.recount()
    return told()


def placed():
    """Whether every expected report stands where its assignment does."""
    rows = ExpectedReport.objects.values_list("unit_id", "task_id", "assignment__unit_id", "assignment__task_id")
    return all(own == other for own, other in ((row[:2], row[2:]) for row in rows))


def test_every_act_is_counted():
    town, chance, day = a_town(), random.Random(7), TODAY
    an_issued_programme(town, WARDS, DATED, ONGOING)
    assert sum(row[-1] for row in told()) == 31
    units = list(Unit.objects.filter(pk__in=[town.ward.pk, town.commune.pk, town.finance.pk, town.culture.pk]))
    for _ in range(40):
        day += dt.timedelta(days=chance.randrange(5))
        one = chance.choice(list(ExpectedReport.objects.select_related("assignment__unit", "report_entry")))
        assignment = one.assignment
        act = chance.choice(["report", "report", "answer", "answer", "move", "withdraw"])
        if assignment.state != "OPEN":
            continue
        if act == "report" and one.state in ("EXPECTED", "RETURNED") and one.period_start <= day:
            officer = town.finance_officer if assignment.unit == town.finance else None
            officer = {town.ward: town.ward_officer, town.commune: town.commune_officer}.get(assignment.unit, officer)
            if officer is not None and one.period != "date":
                services.report(assignment=assignment, expected=one, kind=EntryKind.NIL, by=officer, now=at(day))
        elif act == "answer" and one.state == ReportState.REPORTED:
            answer = chance.choice([services.confirm, services.return_report])
            told_why = {"reason": "Thiếu"} if answer is services.return_report else {}
            answer(entry=one.report_entry, by=town.lead, now=at(day), **told_why)
        elif act == "move":
            taken = assignment.task.assignments.exclude(state="WITHDRAWN").values_list("unit_id", flat=True)
            free = [unit for unit in units if unit.pk not in taken]
            if free:
                services.move(assignment=assignment, unit=chance.choice(free), reason="x", by=town.lead, now=at(day))
        elif act == "withdraw" and chance.random() < 0.1:
            services.withdraw(assignment=assignment, reason="x", by=town.lead, now=at(day))
        assert placed()
    before = told()
    assert before == counted()
    assert len({row[4] for row in before}) >= 3, "the story has reports that stand differently"


def test_many_at_once_are_counted():
    town = a_town()
    an_issued_programme(town, WARDS, ONGOING)
    other = a_unit("Phòng Mới", parent=town.home)
    ExpectedReport.objects.update(state=ReportState.RETURNED)
    ExpectedReport.objects.filter(assignment__unit=town.ward).update(due=dt.date(2026, 12, 31))
    Assignment.objects.update(unit=other)
    assert placed()
    assert {row[1] for row in told()} == {other.pk}
    assert told() == counted()
    ExpectedReport.objects.filter(due=dt.date(2026, 12, 31)).delete()
    assert told() == counted()


def test_what_a_migration_lost_is_put_on_again():
    town = a_town()
    an_issued_programme(town, WARDS)
    with connection.cursor() as cursor:
        on = " ON programme_expectedreport" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER expected_changed{on}")
    ExpectedReport.objects.update(state=ReportState.RETURNED)
    assert {row[4] for row in told()} == {"EXPECTED"}
    tallies.install()
    assert {row[4] for row in told()} == {"RETURNED"}
    ExpectedReport.objects.update(state=ReportState.EXPECTED)
    assert {row[4] for row in told()} == {"EXPECTED"}


def test_folding_leaves_one_row_of_each():
    town = a_town()
    an_issued_programme(town, WARDS)
    for state in (ReportState.RETURNED, ReportState.EXPECTED) * 2:
        ExpectedReport.objects.update(state=state)
    rows = Tally.objects.count()
    before = sum(Tally.objects.values_list("n", flat=True))
    assert tallies.fold()
    assert Tally.objects.count() < rows
    assert sum(Tally.objects.values_list("n", flat=True)) == before == ExpectedReport.objects.count()
    assert not Tally.objects.filter(state=ReportState.RETURNED).exists()
    assert tallies.fold() == 0
