"""Incoming numbers: given at receipt, in a series apart from the outgoing, also for fifty writers at one moment."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from builders import NOW, TODAY, Town, a_reading, a_town, at, reading_as
from xulang.registry import editing, numbering
from xulang.registry.enums import Direction
from xulang.registry.models import Arrival, Directive, NumberSeries
from xulang.registry.services import receive

ABOVE = "Ủy ban nhân dân tỉnh Sơn Khê"


def came(town: Town, mark: str, issuer: str = ABOVE, now: dt.datetime = NOW) -> Directive:
    with reading_as(a_reading(issuer=issuer)):
        return receive(data=f"# {mark}".encode(), name="a.md", by=town.lead, now=now)


def numbers() -> list[int]:
    return sorted(Arrival.objects.values_list("number", flat=True))


@pytest.mark.django_db
def test_each_gets_the_next_number_when_it_comes():
    town = a_town()
    rows = [came(town, str(n)) for n in range(3)]
    assert [row.arrivals.get().number for row in rows] == [1, 2, 3]
    assert rows[0].arrivals.get().arrived_on == TODAY
    later = came(town, "x", now=at(TODAY.replace(year=TODAY.year + 1)))
    assert later.arrivals.get().number == 1


@pytest.mark.django_db
def test_the_books_have_series_of_their_own():
    town = a_town()
    came(town, "a")
    told = {"type": "KH", "symbol": "KH-UBND", "issued_on": TODAY, "title": "x", "signer": "A", "recipients": "x"}
    assert numbering.give_number(unit=town.home, by=town.lead, now=NOW, **told).number == 1
    assert sorted(NumberSeries.objects.values_list("book", "last")) == [("INCOMING", 1), ("OUTGOING", 1)]


@pytest.mark.django_db
def test_the_offices_own_paper_has_none_and_one_that_turns_out_so_loses_it():
    town = a_town()
    own = came(town, "a", issuer="Ủy ban nhân dân thành phố Mường Hoa")
    assert not own.arrivals.exists()
    other, who = came(town, "b"), {"by": town.lead, "now": NOW}
    editing.set_direction(directive=other, direction=Direction.OUTGOING, **who)
    gone = other.arrivals.get()
    assert gone.cancelled_for
    editing.set_direction(directive=own, direction=Direction.INCOMING, **who)
    assert own.arrivals.get().number == 2  # the cancelled one is given to no other
    editing.set_direction(directive=other, direction=Direction.INCOMING, **who)
    editing.set_direction(directive=other, direction=Direction.INCOMING, **who)
    assert [row.number for row in other.arrivals.order_by("number")] == [1, 3]


@pytest.mark.django_db(transaction=True)
def test_fifty_at_one_moment():
    """Fifty threads, each with a connection of its own, the series not yet there: fifty numbers, none twice."""
    town = a_town()
    rows = [came(town, str(n)) for n in range(50)]
    Arrival.objects.all().delete()
    NumberSeries.objects.all().delete()
    failures, start = [], threading.Barrier(50)

    def write(row: Directive) -> None:
        try:
            start.wait()
            numbering.enter(directive=row, by=town.lead, now=NOW)
        except DatabaseError as why:
            failures.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert numbers() == list(range(1, 51))
