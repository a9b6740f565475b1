"""What a person may see: by posts of the day, and nothing without one."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from builders import NOW, TODAY, a_person, a_town, a_unit
from xulang.organisation import selectors, services
from xulang.organisation.enums import DESK, Role
from xulang.organisation.models import Person, Post, PostHolding, Unit
from xulang.organisation.scopes import ScopedQuerySet, beneath, reading, scope_of

SCOPED = [model for model in apps.get_models() if isinstance(model._default_manager.all(), ScopedQuerySet)]


@pytest.mark.django_db
@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_nobody_and_the_postless_see_no_row_of_any_table(model):
    a_town()
    assert not model._default_manager.for_user(AnonymousUser(), TODAY).exists()
    assert not model._default_manager.for_user(a_person(), TODAY).exists()


@pytest.mark.django_db
def test_reach_follows_the_tree_of_the_day():
    town = a_town()
    officer = a_person((Role.UNIT_OFFICER, town.home))
    assert town.ward.pk in scope_of(officer, TODAY).reach(DESK)
    services.set_parent(unit=town.ward, parent=town.province, on=TODAY, by=None, now=NOW)
    assert town.ward.pk not in scope_of(officer, TODAY).reach(DESK)
    assert town.ward.pk in scope_of(officer, TODAY - dt.timedelta(days=1)).reach(DESK)


@pytest.mark.django_db
def test_roles_stay_in_their_units():
    town = a_town()
    person = a_person((Role.LEAD_OFFICER, town.culture), (Role.UNIT_OFFICER, town.ward))
    scope = scope_of(person, TODAY)
    assert scope.units([Role.LEAD_OFFICER]) == {town.culture.pk}
    assert scope.units(DESK) == {town.culture.pk, town.ward.pk}
    # the ward is itself a governing body
    assert scope.homes([Role.LEAD_OFFICER]) == {town.home.pk}
    assert scope.homes([Role.UNIT_OFFICER]) == {town.ward.pk}


@pytest.mark.django_db
def test_directory_people_and_journal():
    town = a_town()
    assert Unit.objects.for_user(town.ward_officer, TODAY).count() == Unit.objects.count()
    assert set(Person.objects.for_user(town.ward_officer, TODAY)) == {town.ward_officer}
    assert Person.objects.for_user(town.administrator, TODAY).count() == Person.objects.count()
    assert set(Post.objects.for_user(town.ward_officer, TODAY)) == set(town.ward.posts.all())
    services.add_alias(unit=town.ward, alias="Bến Đá", by=None, now=NOW)
    assert selectors.journal(town.auditor, TODAY).exists()
    for person in (town.administrator, town.lead, town.leader):
        assert not selectors.journal(person, TODAY).exists()


@pytest.mark.django_db
def test_scope_takes_three_queries(django_assert_num_queries):
    town = a_town()
    for number in range(5):
        a_unit(f"Phòng {number}", "phong", town.home)
    with django_assert_num_queries(3):
        scope_of(town.lead, TODAY)
    with django_assert_num_queries(3):
        selectors.units_on(TODAY)


# tops, child → parent, all beneath
TREES = [
    ([1], {}, {1}),
    ([1], {2: 1, 3: 2, 4: 9}, {1, 2, 3}),
    ([1, 3], {2: 1, 3: 2}, {1, 2, 3}),
    # a circle in bad data ends all the same
    ([1], {1: 2, 2: 1}, {1, 2}),
    ([], {2: 1}, set()),
]


@pytest.mark.parametrize(("tops", "parents", "found"), TREES)
def test_beneath(tops, parents, found):
    assert beneath(tops, parents) == found


@pytest.mark.django_db
def test_one_reading_asks_for_a_scope_once_and_the_next_anew(django_assert_num_queries):
    officer = a_person((Role.UNIT_OFFICER, a_town().ward))
    with reading():
        with django_assert_num_queries(3):
            first = scope_of(officer, TODAY)
        with django_assert_num_queries(0):
            assert scope_of(officer, TODAY) is first
        assert scope_of(officer, TODAY - dt.timedelta(days=9999)) is None  # another day
    PostHolding.objects.filter(person=officer).delete()
    with reading():
        assert scope_of(officer, TODAY) is None
