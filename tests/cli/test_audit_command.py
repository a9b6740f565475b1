"""`xulang audit verify` tells a journal that holds from one that somebody changed."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from xulang.cli.main import main
from xulang.organisation.models import Person
from xulang.plumbing import append_only, journal
from xulang.plumbing.models import JournalEntry

NOW = dt.datetime(2026, 3, 10, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def lines(db: None) -> list[JournalEntry]:
    person = Person.objects.create(username="a", full_name="A")
    return [journal.record(by=person, action="test.written", subject=person, data={"n": n}, now=NOW) for n in range(3)]


def test_a_chain_that_holds(lines: list[JournalEntry], capsys: Any) -> None:
    assert main(["audit", "verify"]) == 0
    assert f"Chuỗi nguyên vẹn: 3 dòng. Dấu cuối: {lines[-1].hash}" in capsys.readouterr().out
    assert main(["audit", "verify", "--head", lines[1].hash]) == 0
    assert main(["audit", "verify", "--head", "0" * 63 + "1"]) == 1
    assert "thay hoặc cắt bớt" in capsys.readouterr().out


def test_a_line_that_was_changed_is_told(lines: list[JournalEntry], capsys: Any) -> None:
    with connection.cursor() as cursor:
        for statement in append_only.unguards(connection.vendor, "plumbing_journalentry"):
            cursor.execute(statement)
        cursor.execute("UPDATE plumbing_journalentry SET action = 'test.forged' WHERE id = %s", [lines[1].pk])
    assert main(["audit", "verify"]) == 1
    assert f"Chuỗi đứt ở dòng {lines[1].pk} (sau 1 dòng nguyên vẹn)" in capsys.readouterr().out


def test_a_wrong_call_is_refused(capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["audit", "forget"])
    assert ended.value.code == 2
