"""Partners are put on record once, are their office's own, and follow it; agreements are told before they end."""

import datetime as dt

import pytest

from builders import NOW, TODAY, a_town, at
from xulang.activities import errors, selectors, services
from xulang.activities.enums import AgreementTerm, PartnerKind
from xulang.activities.models import Contact, Partner
from xulang.organisation import reorganising
from xulang.organisation.enums import Verb
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Line
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(activities_work):
    return activities_work


def friend(work, name="Hội Hữu nghị Hoà Bình", **more):
    return services.add_partner(kind=PartnerKind.SOCIETY, name=name, by=work.town.lead, now=NOW, **more)


def test_one_partner_once_however_it_is_spelled(work):
    made = friend(work, other_names=["Peace Friendship Society", " "])
    for name in ("HỘI HỮU NGHỊ HÒA BÌNH", "hoi huu nghi hoa binh", "Peace Friendship Societty"):
        with pytest.raises(errors.KnownPartner, match="Hoà Bình"):
            friend(work, name)
    assert friend(work, "Hội Hữu nghị Hóa Bình").pk != made.pk  # another one
    with pytest.raises(NotPermitted):
        services.add_partner(kind=PartnerKind.PRESS, name="Báo", by=work.town.administrator, now=NOW)


def test_seen_by_its_office_alone(work):
    made = friend(work)
    other = a_town()
    for person, sees in ((work.town.ward_officer, False), (work.town.leader, True), (other.lead, False)):
        assert Partner.objects.for_user(person, TODAY).filter(pk=made.pk).exists() == sees
    with pytest.raises(NotPermitted):
        services.agree(partner=made, title="x", signed_on=TODAY, by=other.lead, now=NOW)


def test_agreements_are_told_before_they_end(work):
    made = friend(work)
    for days in (-100, -10, 80, 100, None):
        ends = TODAY + dt.timedelta(days=days) if days is not None else None
        signed = TODAY - dt.timedelta(days=400)
        services.agree(partner=made, title=str(days), signed_on=signed, expires_on=ends, by=work.town.lead, now=NOW)
    assert [row.title for row in selectors.expiring(work.town.lead, TODAY)] == ["-10", "80"]
    assert not selectors.expiring(a_town().lead, TODAY).exists()
    with pytest.raises(errors.NotInOrder):
        services.agree(partner=made, title="x", signed_on=TODAY, expires_on=signed, by=work.town.lead, now=NOW)


def test_who_speaks_for_it_has_a_public_role_and_can_be_erased(work):
    made, by = friend(work), work.town.lead
    with pytest.raises(ReasonNeeded):
        services.add_contact(partner=made, name="Vi Thị Sen", role=" ", by=by, now=NOW)
    one = services.add_contact(partner=made, name="Vi Thị Sen", role="Chủ tịch Hội", by=by, now=NOW)
    assert services.add_contact(partner=made, name="Sen Vi Thị", role="Chủ tịch", by=by, now=NOW) == one
    assert not Contact.objects.for_user(work.town.ward_officer, TODAY).exists()
    services.erase_contact(contact=one, by=by, now=NOW)
    assert not made.contacts.exists()
    assert not [row for row in JournalEntry.objects.all() if "Sen" in str(row.data)]


def test_they_take_part_in_activities(work):
    made, event = friend(work), work.record(work.fair)
    services.take_part(activity=event, partners=[made], by=work.town.lead, now=NOW)
    services.take_part(activity=event, partners=[made], by=work.town.lead, now=NOW)
    assert list(made.activities.all()) == [event]
    services.take_part(activity=event, partners=[], by=work.town.lead, now=NOW)
    assert not made.activities.exists()


def test_they_follow_their_office(work):
    made, town, day = friend(work), work.town, dt.date(2026, 4, 20)
    act = reorganising.draft(title="Sắp xếp", basis="Nghị quyết", on=day, by=town.administrator, now=at(day))
    new = Line(verb=Verb.ESTABLISH, kind="phuong", name="Ủy ban nhân dân phường Mới", parent=town.province)
    reorganising.add_lines(
        act=act, lines=[new, Line(verb=Verb.MERGE, unit=town.home, to_line=new)], by=town.administrator, now=at(day)
    )
    reorganising.apply(act=act, by=town.administrator, now=at(day))
    made.refresh_from_db()
    assert (made.home_unit.name_on(day), made.met_by) == ("Ủy ban nhân dân phường Mới", town.home)
    reorganising.undo(act=act, basis="Nghị quyết", on=day, by=town.administrator, now=at(day))
    made.refresh_from_db()
    assert made.home_unit == town.home


def test_the_calendar_tells_of_clashes(work):
    one = work.record(work.fair)
    other = work.record(work.friends, title="Hội thảo", place="sân vận động")
    work.record(work.friends, title="Nơi khác", place="Chợ phiên")
    rows = selectors.activities(work.town.lead, TODAY, selectors.Wanted())
    assert selectors.clashes(rows) == [(one, other)]


def test_clashes_that_hang_together_are_told_once(work):
    hall = {"place": "Hội trường lớn"}
    first, alone = work.record(work.fair), work.record(work.friends, title="Một mình", place="Chợ phiên")
    second, third = (work.record(work.friends, title=title, place="sân vận động") for title in ("Hai", "Ba"))
    one, other = (work.record(work.fair, title=title, **hall) for title in ("Bốn", "Năm"))
    rows = sorted(selectors.activities(work.town.lead, TODAY, selectors.Wanted()), key=lambda row: row.pk)
    assert selectors.clashing(rows) == [[first, second, third], [one, other]]
    assert alone in rows


def test_who_plans_something_is_told_what_is_in_its_way(work):
    later = {"begins": TODAY + dt.timedelta(3), "ends": TODAY + dt.timedelta(3)}
    one = work.record(work.fair, **later)
    other = work.record(work.friends, title="Hội thảo", place="sân vận động", **later)
    day_before = work.record(work.friends, title="Hôm trước", place="sân vận động", begins=TODAY, ends=TODAY)
    lead = work.town.lead
    assert [selectors.in_the_way(lead, TODAY, row) for row in (one, other, day_before)] == [[other], [one], []]
    assert selectors.in_the_way(lead, TODAY + dt.timedelta(4), one) == [], "what is over is in nobody's way"
    services.withdraw(activity=other, reason="Thôi", by=lead, now=NOW)
    assert selectors.in_the_way(lead, TODAY, one) == []


def test_a_partner_that_was_typed_wrongly_is_corrected(work):
    made, by = friend(work, "Hội Hữu ngị", other_names=["Peace Society", "PS"]), work.town.lead
    taken = friend(work, "Báo Sơn Khê")
    kept = made.names.get(name="Peace Society").pk
    said = {"partner": made, "kind": PartnerKind.TWIN, "country": "Lào", "by": by, "now": NOW}
    services.correct_partner(name="Hội Hữu nghị", other_names=["Peace Society", "Friends"], **said)
    made.refresh_from_db()
    assert (made.name, made.kind, made.country) == ("Hội Hữu nghị", PartnerKind.TWIN, "Lào")
    assert [(row.pk == kept, row.name) for row in made.names.all()] == [(True, "Peace Society"), (False, "Friends")]
    with pytest.raises(errors.KnownPartner, match="Sơn Khê"):
        services.correct_partner(name=taken.name, **said)
    with pytest.raises(NotPermitted):
        services.correct_partner(name="x", **said | {"by": a_town().lead})
    assert JournalEntry.objects.filter(action="partner.corrected").count() == 1


def test_an_agreement_is_corrected_and_a_moved_day_waits_again(work):
    by, end = work.town.lead, TODAY + dt.timedelta(30)
    said = {"title": "Bản ghi nhớ", "signed_on": TODAY, "expires_on": end, "by": by, "now": NOW}
    one = services.agree(partner=friend(work), follow_up="Gửi ảnh", follow_up_by=end, **said)
    for term in AgreementTerm:
        services.settle_term(agreement=one, term=term, by=by, now=NOW)
    one.refresh_from_db()
    moved = said | {"title": "Thỏa thuận", "expires_on": end + dt.timedelta(365)}
    services.correct_agreement(agreement=one, follow_up="Gửi ảnh, tặng sách", follow_up_by=end, **moved)
    one.refresh_from_db()
    assert (one.title, one.follow_up, one.settled_on, one.followed_up_on) == (
        "Thỏa thuận", "Gửi ảnh, tặng sách", None, TODAY,
    )  # fmt: skip
    with pytest.raises(errors.NotInOrder):
        services.correct_agreement(agreement=one, **said | {"expires_on": TODAY - dt.timedelta(1)})
    with pytest.raises(NotPermitted):
        services.correct_agreement(agreement=one, **said | {"by": work.town.administrator})
