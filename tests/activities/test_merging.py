"""Partners that stand twice: found, made one with all that hangs on them, two again, told apart."""

import datetime as dt

import pytest

from builders import NOW, TODAY
from xulang.activities import services
from xulang.activities.enums import PartnerKind
from xulang.activities.errors import MergedSince, NotTwoPartners
from xulang.activities.models import Partner
from xulang.organisation.errors import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(activities_work):
    return activities_work


def a_partner(work, name, **said):
    """Put down without asking whether it is known: as it comes from another office, or was spelled before."""
    home = work.town.home
    return Partner.objects.create(home_unit=home, met_by=home, kind=PartnerKind.BUSINESS, name=name, **said)


def pairs(work):
    return [(pair.one.name, pair.other.name) for pair in services.likely(work.town.lead, TODAY)]


def test_spellings_of_one_are_found_and_others_are_not(work):
    for name in ("Công ty Hoà Bình", "CTY HÒA BÌNH", "Công ty Hòa Bình 2", "Hội Hữu nghị Việt - Lào", "Trường Nà Loa"):
        a_partner(work, name)
    assert pairs(work) == [("Công ty Hoà Bình", "CTY HÒA BÌNH")]
    one, other = Partner.objects.order_by("pk")[:2]
    services.tell_partners_apart(one=other, other=one, by=work.town.lead, now=NOW)
    assert pairs(work) == []
    assert services.likely(work.town.ward_officer, TODAY) == []  # of another office


@pytest.fixture
def two(work):
    """The same company twice: an activity with both, one with the second alone; contacts, of whom one is in both."""
    one, other = a_partner(work, "Công ty Hoà Bình"), a_partner(work, "CTY HÒA BÌNH")
    by = {"by": work.town.lead, "now": NOW}
    services.take_part(activity=work.record(), partners=[one, other], **by)
    services.take_part(activity=work.record(title="Hội chợ"), partners=[other], **by)
    services.add_contact(partner=one, name="Lò Văn Sáng", role="Giám đốc", **by)
    services.add_contact(partner=other, name="Sáng Lò Văn", role="Giám đốc", **by)
    services.add_contact(partner=other, name="Hà Thị Mây", role="Phụ trách đối ngoại", **by)
    services.agree(partner=other, title="Bản ghi nhớ", signed_on=TODAY - dt.timedelta(9), **by)
    return one, other


def told(partner):
    partner.refresh_from_db()
    return (
        sorted(str(row) for row in partner.names.all()),
        sorted(row.name for row in partner.contacts.all()),
        partner.agreements.count(),
        partner.activities.count(),
    )


def test_made_one_and_two_again(work, two):
    kept, gone = two
    before = told(kept), told(gone)
    merging = services.merge_partners(kept=kept, gone=gone, by=work.town.lead, now=NOW)
    assert told(kept) == (["CTY HÒA BÌNH"], ["Hà Thị Mây", "Lò Văn Sáng"], 1, 2)
    assert list(Partner.objects.for_user(work.town.lead, TODAY).standing()) == [kept]
    assert pairs(work) == []
    with pytest.raises(NotTwoPartners):
        services.merge_partners(kept=kept, gone=gone, by=work.town.lead, now=NOW)
    services.undo_merging(merging=merging, by=work.town.lead, now=NOW)
    assert (told(kept), told(gone)) == before
    with pytest.raises(MergedSince):
        services.undo_merging(merging=merging, by=work.town.lead, now=NOW)


def test_undone_in_the_order_of_the_last_first(work, two):
    one, other = two
    third = a_partner(work, "Công ty Hòa Bình")
    first = services.merge_partners(kept=one, gone=other, by=work.town.lead, now=NOW)
    second = services.merge_partners(kept=third, gone=one, by=work.town.lead, now=NOW)
    with pytest.raises(MergedSince):
        services.undo_merging(merging=first, by=work.town.lead, now=NOW)
    services.undo_merging(merging=second, by=work.town.lead, now=NOW)
    services.undo_merging(merging=first, by=work.town.lead, now=NOW)
    assert Partner.objects.filter(merged_into__isnull=True).count() == 3


def test_who_may(work, two):
    for person in (work.town.ward_officer, work.town.leader, work.town.propaganda_officer):
        with pytest.raises(NotPermitted):
            services.merge_partners(kept=two[0], gone=two[1], by=person, now=NOW)
    with pytest.raises(NotTwoPartners):
        services.merge_partners(kept=two[0], gone=two[0], by=work.town.lead, now=NOW)
