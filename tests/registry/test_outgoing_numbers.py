"""Numbers of outgoing papers: in order, without a gap, once each, also for fifty writers at one moment."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from builders import NOW, TODAY, a_town
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import ReasonNeeded
from xulang.registry import numbering
from xulang.registry.errors import AlreadyCancelled, DayOutOfOrder, DayToCome, SymbolUnfit
from xulang.registry.models import NumberSeries, OutgoingPaper


def a_paper(town, **told):
    usual = {"type": "KH", "symbol": "KH-UBND", "issued_on": TODAY, "title": "Dọn đường", "signer": "A"}
    usual |= {"recipients": "Các phòng", "by": town.lead, "now": NOW, "unit": town.home}
    return numbering.give_number(**usual | told)


@pytest.mark.django_db
def test_one_series_a_year_over_all_types():
    town, last_year = a_town(), TODAY.replace(year=TODAY.year - 1)
    assert [a_paper(town).code, a_paper(town, type="QĐ", symbol="QĐ-UBND").code] == ["01/KH-UBND", "02/QĐ-UBND"]
    assert a_paper(town, issued_on=last_year).code == "01/KH-UBND"
    assert a_paper(town, type="CV", symbol="UBND-VP").code == "03/UBND-VP"
    assert sorted(NumberSeries.objects.values_list("year", "last")) == [(TODAY.year - 1, 1), (TODAY.year, 3)]


REFUSED = [
    # a day to come; the day of a number before it is tried below
    ({"issued_on": TODAY + dt.timedelta(days=1)}, DayToCome),
    # the symbol of another type, of none, and no symbol
    ({"symbol": "QĐ-UBND"}, SymbolUnfit),
    ({"type": "CV", "symbol": "văn phòng"}, SymbolUnfit),
    ({"symbol": ""}, SymbolUnfit),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("told", "error"), REFUSED)
def test_what_is_refused_takes_no_number(told, error):
    town = a_town()
    with pytest.raises(error):
        a_paper(town, **told)
    assert a_paper(town).number == 1


@pytest.mark.django_db
def test_numbers_follow_the_days():
    town = a_town()
    a_paper(town)
    with pytest.raises(DayOutOfOrder, match="01/KH-UBND"):
        a_paper(town, issued_on=TODAY - dt.timedelta(days=1))


@pytest.mark.django_db
def test_only_the_lead_officer_of_the_office_numbers():
    town = a_town()
    with pytest.raises(NotPermitted):
        a_paper(town, by=town.finance_officer)
    with pytest.raises(NotPermitted):
        a_paper(town, unit=town.culture)


@pytest.mark.django_db
def test_a_cancelled_number_stays_and_is_given_to_no_other():
    town = a_town()
    paper = a_paper(town)
    with pytest.raises(ReasonNeeded):
        numbering.cancel_number(paper=paper, reason=" ", by=town.lead, now=NOW)
    numbering.cancel_number(paper=paper, reason="Cấp nhầm", by=town.lead, now=NOW)
    with pytest.raises(AlreadyCancelled):
        numbering.cancel_number(paper=paper, reason="Cấp nhầm", by=town.lead, now=NOW)
    assert a_paper(town).number == 2
    assert OutgoingPaper.objects.get(number=1).cancelled_for == "Cấp nhầm"


class AnyOrder(TestCase):
    """Whatever fails, is undone or cancelled in between, the numbers given are 1, 2, 3, …"""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(["give", "refused", "undone", "cancel"]), max_size=12))
    def test_no_gap(self, acts):
        town = a_town()
        for act in acts:
            if act == "give":
                a_paper(town)
            elif act == "refused":
                with pytest.raises(SymbolUnfit):
                    a_paper(town, symbol="x")
            elif act == "undone":
                with transaction.atomic():
                    a_paper(town)
                    transaction.set_rollback(True)
            elif live := OutgoingPaper.objects.filter(cancelled_at=None).first():
                numbering.cancel_number(paper=live, reason="nhầm", by=town.lead, now=NOW)
        numbers = sorted(OutgoingPaper.objects.values_list("number", flat=True))
        assert numbers == list(range(1, acts.count("give") + 1))


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_one_moment():
    """Fifty threads, each with a connection of its own, the series not yet there: fifty numbers, none twice."""
    town, failures, start = a_town(), [], threading.Barrier(50)

    def write():
        try:
            start.wait()
            a_paper(town)
        except DatabaseError as why:
            failures.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(OutgoingPaper.objects.values_list("number", flat=True)) == list(range(1, 51))
