"""The journal's chain: it grows one line at a time, and no change of it goes unseen."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from builders import NOW, a_unit
from xulang.plumbing import journal
from xulang.plumbing.append_only import guards, unguards
from xulang.plumbing.models import JournalEntry, JournalHead


def a_line():
    """One line of the journal."""
    return journal.record(by=None, action="test.done", subject=a_unit(), now=NOW)


@pytest.mark.django_db
def test_chain_holds():
    unit = a_unit()
    a_line()
    for number in range(5):
        journal.record(by=None, action="test.done", subject=unit, data={"number": number, "word": "đã xong"}, now=NOW)
    verdict = journal.verify()
    assert (verdict.ok, verdict.count, verdict.broken_at) == (True, 6, None)
    assert verdict.head == JournalEntry.objects.order_by("id").last().hash


@pytest.mark.django_db
def test_empty_chain_is_whole():
    assert journal.verify() == journal.Verdict(True, 0, journal.GENESIS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE plumbing_journalentry SET action = 'x'", "DELETE FROM plumbing_journalentry"]
)
def test_rows_cannot_be_changed(statement):
    a_line()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert journal.verify().ok


@pytest.mark.django_db
def test_truncating_is_refused_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE plumbing_journalentry")


# What somebody with the database in hand may try, and the row where it shows.
FORGERIES = [
    # another deed
    ("UPDATE plumbing_journalentry SET action = 'other' WHERE id = %s", True),
    # another actor
    ("UPDATE plumbing_journalentry SET actor_id = 7 WHERE id = %s", True),
    # a line taken out of the middle
    ("DELETE FROM plumbing_journalentry WHERE id = %s", False),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("statement", "at_row"), FORGERIES)
def test_forgery_shows(statement, at_row):
    for _ in range(3):
        a_line()
    ids = list(JournalEntry.objects.order_by("id").values_list("id", flat=True))
    with connection.cursor() as cursor:
        for line in unguards(connection.vendor, "plumbing_journalentry"):
            cursor.execute(line)
        cursor.execute(statement, [ids[1]])
        for line in guards(connection.vendor, "plumbing_journalentry"):
            cursor.execute(line)
    verdict = journal.verify()
    assert not verdict.ok
    assert verdict.broken_at == (ids[1] if at_row else ids[2])


@pytest.mark.django_db
def test_cut_off_end_shows():
    a_line()
    JournalHead.objects.update(count=5)
    assert not journal.verify().ok


@pytest.mark.django_db(transaction=True)
def test_writers_at_one_moment_stand_one_after_another():
    """Eight threads, each with a connection of its own: no line is lost and the chain is whole."""
    unit, failures, start = a_unit(), [], threading.Barrier(8)

    def write(number):
        try:
            start.wait()
            for turn in range(5):
                journal.record(by=None, action="test.written", subject=unit, data={"by": number, "turn": turn}, now=NOW)
        except DatabaseError as why:
            failures.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert journal.verify() == journal.Verdict(True, 40, JournalHead.objects.get().hash)


@pytest.mark.django_db(transaction=True)
def test_rolled_back_act_leaves_no_line():
    unit = a_unit()
    a_line()
    with transaction.atomic():
        journal.record(by=None, action="test.undone", subject=unit, now=NOW)
        transaction.set_rollback(True)
    assert journal.verify().count == 1
