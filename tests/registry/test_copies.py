"""Copies: which may be made of what, by whom; their numbers in order, without a gap, also for fifty at one moment."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from builders import NOW, ONGOING, TODAY, a_directive, a_reading, a_town
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry
from xulang.registry import copying, numbering
from xulang.registry.copying import Asked
from xulang.registry.enums import CopyForm, Direction, Medium
from xulang.registry.errors import (
    AlreadyCancelled,
    DayOutOfOrder,
    DayToCome,
    NobodySigned,
    NoCopyOfCopy,
    NotExtracted,
    NothingToCopy,
    SymbolUnfit,
)
from xulang.registry.models import Copy

ASKED = Asked(
    form=CopyForm.WHOLE,
    medium=Medium.PAPER,
    symbol="UBND",
    place="Mường Hoa",
    copied_on=TODAY,
    lines=("TL. Chủ tịch", "Chánh Văn phòng"),
    signer="Lò Thị Mai",
    recipients="Các phòng\nUBND các phường",
)


def a_plan(town):
    return a_directive(town.lead, a_reading(ONGOING, issuer="Ủy ban nhân dân tỉnh Sơn Khê"))


def a_copy(town, of, **told):
    who = {"unit": town.home, "by": town.lead, "now": NOW} | {k: told.pop(k) for k in ("unit", "by") if k in told}
    return copying.make_copy(of=of, asked=replace(ASKED, **told), **who)


def a_paper(town, **told):
    usual = {"type": "BC", "symbol": "BC-UBND", "issued_on": TODAY, "title": "Kết quả", "signer": "A"}
    usual |= {"recipients": "Các phòng", "by": town.lead, "now": NOW, "unit": town.home}
    return numbering.give_number(**usual | told)


@pytest.mark.django_db
def test_one_series_for_all_forms_apart_from_outgoing_papers():
    town = a_town()
    plan, paper = a_plan(town), a_paper(town)
    assert [a_copy(town, plan).code, a_copy(town, plan, form=CopyForm.OF_COPY).code] == ["01/SY-UBND", "02/SL-UBND"]
    assert a_copy(town, paper, medium=Medium.ELECTRONIC).code == "03/SY-UBND"
    assert a_paper(town).code == "02/BC-UBND"
    assert JournalEntry.objects.filter(action="copy.made").count() == 3


REFUSED = [
    # a sao lục of one's own; nothing chosen for an extract; nobody signs, by name or by post; a symbol with a stroke
    ("own", {"form": CopyForm.OF_COPY}, NoCopyOfCopy),
    ("paper", {"form": CopyForm.OF_COPY}, NoCopyOfCopy),
    ("paper", {"form": CopyForm.EXTRACT}, NotExtracted),
    ("plan", {"form": CopyForm.EXTRACT, "parts": []}, NotExtracted),
    ("plan", {"signer": "…"}, NobodySigned),
    ("plan", {"lines": [" "]}, NobodySigned),
    ("plan", {"symbol": "SY/UBND"}, SymbolUnfit),
    # a day to come; a number that was cancelled; a paper of which only the entry is kept; a file that was erased
    ("plan", {"copied_on": TODAY + dt.timedelta(days=1)}, DayToCome),
    ("cancelled", {}, NothingToCopy),
    ("secret", {}, NothingToCopy),
    ("erased", {}, NothingToCopy),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("which", "told", "error"), REFUSED)
def test_what_is_refused_takes_no_number(which, told, error):
    town = a_town()
    of = {"paper": a_paper, "cancelled": a_paper}.get(which, a_plan)(town)
    if which == "cancelled":
        numbering.cancel_number(paper=of, reason="nhầm", by=town.lead, now=NOW)
        of.refresh_from_db()
    if which == "own":
        of.direction = Direction.OUTGOING
    if which == "secret":
        of.file = None
    if which == "erased":
        of.file.withdrawn_at = NOW
    with pytest.raises(error):
        a_copy(town, of, **told)
    assert a_copy(town, a_plan(town)).number == 1


@pytest.mark.django_db
def test_days_follow_each_other_and_years_begin_anew():
    town = a_town()
    plan = a_plan(town)
    a_copy(town, plan)
    with pytest.raises(DayOutOfOrder, match="01/SY-UBND"):
        a_copy(town, plan, copied_on=TODAY - dt.timedelta(days=1))
    assert a_copy(town, plan, copied_on=TODAY.replace(year=TODAY.year - 1)).number == 1


@pytest.mark.django_db
def test_who_numbers_for_the_office_copies_its_papers_and_nobody_else():
    """No officer of a department or a ward, no leader, no auditor; and the lead officer for no other office."""
    town = a_town()
    plan = a_plan(town)
    for by in (town.finance_officer, town.ward_officer, town.leader, town.auditor, town.administrator):
        with pytest.raises(NotPermitted):
            a_copy(town, plan, by=by)
    with pytest.raises(NotPermitted):
        a_copy(town, plan, unit=town.culture)
    plan.home_unit = town.ward
    with pytest.raises(NotPermitted):
        a_copy(town, plan)
    assert not Copy.objects.exists()


@pytest.mark.django_db
def test_seen_with_the_office_s_books():
    town = a_town()
    a_copy(town, a_plan(town))
    assert Copy.objects.for_user(town.lead, TODAY).count() == 1
    assert Copy.objects.for_user(town.leader, TODAY).count() == 1
    for other in (town.ward_officer, town.finance_officer, town.auditor, town.administrator):
        assert not Copy.objects.for_user(other, TODAY).exists()


@pytest.mark.django_db
def test_a_cancelled_number_stays_and_is_given_to_no_other():
    town = a_town()
    plan = a_plan(town)
    copy = a_copy(town, plan)
    with pytest.raises(ReasonNeeded):
        copying.cancel_copy(copy=copy, reason=" ", by=town.lead, now=NOW)
    with pytest.raises(NotPermitted):
        copying.cancel_copy(copy=copy, reason="x", by=town.leader, now=NOW)
    copying.cancel_copy(copy=copy, reason="Sao nhầm", by=town.lead, now=NOW)
    with pytest.raises(AlreadyCancelled):
        copying.cancel_copy(copy=copy, reason="Sao nhầm", by=town.lead, now=NOW)
    assert a_copy(town, plan).number == 2


class AnyOrder(TestCase):
    """Whatever fails, is undone or cancelled in between, the numbers given are 1, 2, 3, …"""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.sampled_from(["make", "refused", "undone", "cancel"]), max_size=10))
    def test_no_gap(self, acts):
        town = a_town()
        plan = a_paper(town)
        for act in acts:
            if act == "make":
                a_copy(town, plan)
            elif act == "refused":
                with pytest.raises(NobodySigned):
                    a_copy(town, plan, signer="")
            elif act == "undone":
                with transaction.atomic():
                    a_copy(town, plan)
                    transaction.set_rollback(True)
            elif live := Copy.objects.filter(cancelled_at=None).first():
                copying.cancel_copy(copy=live, reason="nhầm", by=town.lead, now=NOW)
        assert sorted(Copy.objects.values_list("number", flat=True)) == list(range(1, acts.count("make") + 1))


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_one_moment():
    """Fifty threads, each with a connection of its own, the series not yet there: fifty numbers, none twice."""
    town = a_town()
    paper, failures, start = a_paper(town), [], threading.Barrier(50)

    def write():
        try:
            start.wait()
            a_copy(town, paper)
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
    assert sorted(Copy.objects.values_list("number", flat=True)) == list(range(1, 51))
