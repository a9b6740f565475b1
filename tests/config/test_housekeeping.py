"""The periodic jobs: each has a name and a time of its own, and SQLite is told how its rows lie."""

import pytest
from django.db import connection

from builders import NOW, ONGOING, a_town, an_issued_programme
from xulang.config.housekeeping import PERIODIC, count_rows
from xulang.programme.enums import EntryKind
from xulang.programme.models import Entry, ExpectedReport


def test_every_job_is_known_by_its_own_name() -> None:
    """What ran in a slot is kept by the name: two of one name would shut each other out."""
    assert len({one.name for one in PERIODIC}) == len(PERIODIC)


@pytest.mark.django_db
def test_a_told_sqlite_asks_the_ledger_by_the_report_and_not_by_the_kind() -> None:
    """Untold it may take the index of kinds, and go through a tenth of a ledger for every row of a list."""
    town = a_town()
    programme = an_issued_programme(town, ONGOING)
    owed = list(ExpectedReport.objects.filter(assignment__task__programme=programme).select_related("assignment"))
    assert len(owed) > 3
    Entry.objects.bulk_create(
        Entry(assignment=one.assignment, expected=one, kind=EntryKind.NIL, on=NOW.date(), at=NOW, by=town.lead)
        for one in owed
        for _turn in range(20)
    )
    count_rows.call()
    asked = Entry.objects.filter(expected=owed[0], kind=EntryKind.NIL).order_by()
    assert asked.count() == 20
    if connection.vendor == "sqlite":  # PostgreSQL finds out by itself
        assert "entry_of_kind" not in asked.explain()
        assert "expected_id" in asked.explain()
