"""The periodic jobs: each has a name and a time of its own, and SQLite is told how its rows lie."""

import pytest
from django.db import connection

from xulang.config.housekeeping import PERIODIC, count_rows


def test_every_job_is_known_by_its_own_name() -> None:
    """What ran in a slot is kept by the name: two of one name would shut each other out."""
    assert len({one.name for one in PERIODIC}) == len(PERIODIC)


@pytest.mark.django_db
def test_a_counted_ledger_is_asked_by_the_report_and_not_by_the_kind() -> None:
    """Untold, SQLite took the index of kinds, and read a tenth of a ledger for every row of a list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    count_rows.call()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1")
            assert cursor.fetchone()[0] > 0
