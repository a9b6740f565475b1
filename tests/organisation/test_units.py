"""Units, names, parents and posts in time; who may change them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from builders import LONG_AGO, NOW, TODAY, a_person, a_town, a_unit, at, roles_of
from xulang.organisation import errors, selectors, services
from xulang.organisation.enums import Role
from xulang.organisation.models import PostHolding, Unit, UnitName, UnitParent
from xulang.plumbing.models import JournalEntry

pytestmark = pytest.mark.django_db
JULY = dt.date(2025, 7, 1)


def test_name_of_the_day():
    unit = a_unit("Phòng Văn hóa và Thông tin", short_name="Phòng VHTT")
    services.rename_unit(unit=unit, name="Phòng Văn hóa - Xã hội", on=JULY, by=None, now=NOW)
    assert unit.name_on(JULY - dt.timedelta(days=1)) == "Phòng Văn hóa và Thông tin"
    assert unit.name_on(JULY) == "Phòng Văn hóa - Xã hội"
    assert unit.short_name_on(LONG_AGO) == "Phòng VHTT"
    assert unit.short_name_on(JULY) == "Phòng Văn hóa - Xã hội"
    assert [row.name for row in selectors.units_on(dt.date(2024, 1, 1))] == ["Phòng Văn hóa và Thông tin"]


@pytest.mark.parametrize("day", [LONG_AGO, LONG_AGO - dt.timedelta(days=1)])
def test_name_cannot_begin_before_the_last(day):
    with pytest.raises((errors.DatesOverlap, errors.NotInTime)):
        services.rename_unit(unit=a_unit(), name="Khác", on=day, by=None, now=NOW)


def test_rows_outside_their_time_are_refused_by_the_database():
    unit = a_unit()
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.create(unit=unit, name="x", valid_from=JULY, valid_to=JULY - dt.timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.create(unit=unit, name="two open names", valid_from=JULY)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitParent.objects.create(unit=unit, parent=unit, valid_from=JULY)


def test_parents_in_time():
    old, new = a_unit("Cũ", "ubnd_tp"), a_unit("Mới", "ubnd_tp")
    unit = a_unit("Phòng", "phong", old)
    services.set_parent(unit=unit, parent=new, on=JULY, by=None, now=NOW)
    assert unit.pk in selectors.subtree(old.pk, JULY - dt.timedelta(days=1))
    assert unit.pk not in selectors.subtree(old.pk, JULY)
    assert unit.pk in selectors.subtree(new.pk, JULY)
    with pytest.raises(errors.CircleOfUnits):
        services.set_parent(unit=new, parent=unit, on=TODAY, by=None, now=NOW)


def test_end_of_a_unit():
    home = a_unit("Nhà", "ubnd_tp")
    unit = a_unit("Phòng", "phong", home)
    a_person((Role.UNIT_OFFICER, unit))
    with pytest.raises(errors.HasUnitsBeneath):
        services.end_unit(unit=home, on=JULY, by=None, now=NOW)
    services.end_unit(unit=unit, on=JULY, by=None, now=NOW)
    assert not Unit.objects.on(JULY).filter(pk=unit.pk).exists()
    assert PostHolding.objects.on(JULY).count() == 0
    services.end_unit(unit=home, on=JULY, by=None, now=NOW)
    with pytest.raises(errors.NotInTime):
        services.create_unit(kind="phong", name="Muộn", parent=home, begins=JULY, by=None, now=NOW)


def test_alias_is_kept_once():
    unit = a_unit()
    first = services.add_alias(unit=unit, alias="Phòng  Thử", by=None, now=NOW)
    assert services.add_alias(unit=unit, alias="phòng thử", by=None, now=NOW) == first


def test_people_and_posts():
    unit = a_unit()
    person = services.create_person(
        username="lan", full_name="Hoàng Thị Lan", password="mot hai ba bon nam", by=None, now=NOW
    )
    assert person.check_password("mot hai ba bon nam")
    with pytest.raises(errors.UsernameTaken):
        services.create_person(username="LAN", full_name="Khác", password="mot hai ba bon nam", by=None, now=NOW)
    with pytest.raises(errors.WeakPassword):
        services.set_password(person=person, password="ngan", by=person, now=NOW)
    post = services.create_post(unit=unit, title="Chuyên viên", role=Role.UNIT_OFFICER, by=None, now=NOW)
    holding = services.appoint(post=post, person=person, on=JULY, by=None, now=NOW)
    with pytest.raises(errors.AlreadyHeld):
        services.appoint(post=post, person=person, on=TODAY, by=None, now=NOW)
    assert roles_of(person, JULY) == {Role.UNIT_OFFICER}
    services.end_appointment(holding=holding, on=TODAY, by=None, now=NOW)
    assert roles_of(person, TODAY) == frozenset()
    # The journal knows ids only.
    told = str(list(JournalEntry.objects.values_list("data", flat=True)))
    assert "Lan" not in told
    assert "lan" not in told


def test_people_by_given_name():
    town = a_town()
    names = [person.full_name.split()[-1] for person in selectors.people(town.administrator, TODAY)]
    assert names == ["Anh", "Bảo", "Hằng", "Hiền", "Lan", "Nảy", "Ước", "Yên"]


def test_home_is_the_governing_body_of_the_post():
    town = a_town()
    assert selectors.home_unit(town.lead, TODAY) == town.home
    assert selectors.home_unit(town.finance_officer, TODAY) is None


def test_ended_holding_gives_nothing():
    unit = a_unit()
    person = a_person((Role.UNIT_OFFICER, unit), until=TODAY)
    assert roles_of(person, TODAY - dt.timedelta(days=1)) == {Role.UNIT_OFFICER}
    assert roles_of(person, TODAY) == frozenset()


def _verbs(town, person):
    """Every verb of the room with arguments that an administrator may give."""
    other = a_unit(f"Phòng {person}", "phong", town.home)
    post = services.create_post(unit=other, title="x", role=Role.HEAD, by=None, now=NOW)
    holding = services.appoint(post=post, person=town.auditor, on=LONG_AGO, by=None, now=NOW)
    by = {"by": person, "now": NOW}
    return [
        lambda: services.create_unit(kind="phong", name="Mới", begins=JULY, **by),
        lambda: services.rename_unit(unit=other, name="Khác", on=JULY, **by),
        lambda: services.set_parent(unit=other, parent=town.province, on=JULY, **by),
        lambda: services.create_person(username=f"u{person.pk}", full_name="A", password="mot hai ba bon nam", **by),
        lambda: services.set_password(person=town.auditor, password="mot hai ba bon nam", **by),
        lambda: services.create_post(unit=other, title="y", role=Role.HEAD, **by),
        lambda: services.appoint(post=post, person=town.leader, on=JULY, **by),
        lambda: services.end_appointment(holding=holding, on=JULY, **by),
        lambda: services.close_account(person=town.commune_officer, **by),
        lambda: services.end_unit(unit=other, on=TODAY, **by),
    ]


def test_only_administrators_change_the_organisation():
    town = a_town()
    for person in (town.lead, town.finance_officer, town.leader, town.commune_officer, a_person()):
        before = JournalEntry.objects.count()
        verbs = _verbs(town, person)
        before = JournalEntry.objects.count()
        for verb in verbs:
            with pytest.raises(errors.NotPermitted):
                verb()
        assert JournalEntry.objects.count() == before
    for verb in _verbs(town, town.administrator):
        verb()


def test_an_alias_is_taught_by_administrators_and_by_lead_officers_in_review():
    town = a_town()
    for person in (town.finance_officer, town.leader, town.auditor, a_person()):
        with pytest.raises(errors.NotPermitted):
            services.add_alias(unit=town.culture, alias="P.VH", by=person, now=NOW)
    for person in (town.administrator, town.lead):
        services.add_alias(unit=town.culture, alias="P.VH", by=person, now=NOW)
    assert town.culture.aliases.filter(alias="P.VH").count() == 1


def test_closed_account_sees_nothing():
    town = a_town()
    services.close_account(person=town.lead, by=town.administrator, now=NOW)
    assert not Unit.objects.for_user(town.lead, TODAY).exists()


def test_last_seen_is_written_once_an_hour(django_assert_num_queries):
    person = a_person()
    services.seen(person=person, now=at(TODAY, 9))
    with django_assert_num_queries(0):
        services.seen(person=person, now=at(TODAY, 9) + dt.timedelta(minutes=59))
    services.seen(person=person, now=at(TODAY, 11))
    assert person.last_seen == at(TODAY, 11)
