"""Incoming numbers: given at receipt, in a series apart from the outgoing, also for fifty writers at one moment."""

import datetime as dt
import threading
from dataclasses import fields

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from builders import NOW, TODAY, Town, a_reading, a_town, at, reading_as
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry
from xulang.registry import editing, numbering
from xulang.registry.enums import Direction
from xulang.registry.errors import AlreadyCancelled, ArrivalOutsideYear, ArrivedBeforeIssued, NothingToCorrect
from xulang.registry.models import Arrival, ArrivalCorrection, Directive, NumberSeries
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


def heading(paper: Directive, **told: object) -> editing.Heading:
    """The paper's heading, with some of it written otherwise."""
    return editing.Heading(**{field.name: getattr(paper, field.name) for field in fields(editing.Heading)} | told)


@pytest.mark.django_db
def test_a_line_is_corrected_and_what_it_said_stays():
    town = a_town()
    paper, who = came(town, "a"), {"by": town.lead, "now": NOW}
    line, day = paper.arrivals.get(), TODAY - dt.timedelta(days=1)
    told = heading(paper, issuer="Sở Ngoại vụ tỉnh Sơn Khê", number="46", issued_date=day)
    editing.correct_arrival(arrival=line, arrived_on=day, heading=told, reason=" Nhầm dòng. ", **who)
    line.refresh_from_db()
    paper.refresh_from_db()
    assert (line.number, line.arrived_on, paper.issuer, paper.code) == (
        1,
        day,
        "Sở Ngoại vụ tỉnh Sơn Khê",
        "46/KH-UBND",
    )
    kept = [(row.column, row.was, row.became) for row in line.corrections.all()]
    assert kept == [
        ("ARRIVED_ON", TODAY.isoformat(), day.isoformat()),
        ("ISSUER", ABOVE, "Sở Ngoại vụ tỉnh Sơn Khê"),
        ("CODE", "45/KH-UBND", "46/KH-UBND"),
    ]
    assert {row.reason for row in line.corrections.all()} == {"Nhầm dòng."}
    assert JournalEntry.objects.filter(action="arrival.corrected").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        line.corrections.update(was="x")


@pytest.mark.django_db
def test_what_is_put_right_on_the_papers_own_page_shows_in_the_book_too():
    town = a_town()
    paper, who = came(town, "a"), {"by": town.lead, "now": NOW}
    editing.describe(directive=paper, heading=heading(paper, number="46", title="Tên mới"), **who)
    assert [(row.was, row.reason) for row in paper.arrivals.get().corrections.all()] == [("45/KH-UBND", "")]


@pytest.mark.django_db
def test_what_cannot_be_is_refused():
    town = a_town()
    paper, who = came(town, "a"), {"by": town.lead, "now": NOW}
    line = paper.arrivals.get()
    same = heading(paper, issued_date=TODAY - dt.timedelta(days=3))
    rows = [  # the day, the heading, the reason, what is said
        (TODAY, heading(paper), "x", NothingToCorrect),
        (TODAY, same, " ", ReasonNeeded),
        (TODAY + dt.timedelta(days=1), same, "x", ArrivalOutsideYear),
        (TODAY.replace(year=TODAY.year - 1), same, "x", ArrivalOutsideYear),
        (TODAY - dt.timedelta(days=4), same, "x", ArrivedBeforeIssued),
    ]
    for day, told, reason, error in rows:
        with pytest.raises(error):
            editing.correct_arrival(arrival=line, arrived_on=day, heading=told, reason=reason, **who)
    with pytest.raises(NotPermitted):
        editing.correct_arrival(arrival=line, arrived_on=TODAY, heading=same, reason="x", by=town.ward_officer, now=NOW)
    editing.set_direction(directive=paper, direction=Direction.OUTGOING, **who)
    with pytest.raises(AlreadyCancelled):
        editing.correct_arrival(arrival=line, arrived_on=TODAY, heading=same, reason="x", **who)
    assert not ArrivalCorrection.objects.exists()
