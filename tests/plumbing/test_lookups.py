"""Whole numbers are written into a question; whatever else is asked for finds what it would have found anyway."""

import pytest
from django.db.models import Q

from builders import a_town
from xulang.organisation.models import Post, Unit

pytestmark = pytest.mark.django_db


def told(rows):
    return rows.query.sql_with_params()


@pytest.mark.parametrize(
    "units",
    [
        lambda town: [town.ward.pk, town.commune.pk],  # a list
        lambda town: frozenset({town.ward.pk, town.commune.pk}),  # a reach
        lambda town: [town.commune.pk, town.ward.pk, town.ward.pk],  # one twice
    ],
)
def test_numbers_are_written_out(units):
    town = a_town()
    first, second = sorted({town.ward.pk, town.commune.pk})
    rows = Unit.objects.filter(pk__in=units(town))
    sql, params = told(rows)
    assert f"IN ({first}, {second})" in sql
    assert params == ()
    assert {row.pk for row in rows} == {first, second}
    posts = Post.objects.filter(unit__in=units(town))
    assert f"IN ({first}, {second})" in told(posts)[0]
    assert {row.unit_id for row in posts} == {first, second}


@pytest.mark.parametrize(
    "units",
    [
        lambda town: [town.ward, town.commune],  # the rows themselves
        lambda town: [str(town.ward.pk), str(town.commune.pk)],  # as a form sends them
        lambda town: [town.ward.pk, town.commune.pk, None],  # nothing is equal to nothing
        lambda town: Unit.objects.filter(Q(pk=town.ward.pk) | Q(pk=town.commune.pk)),  # another question
        lambda town: Unit.objects.filter(pk__in=[town.ward.pk, town.commune.pk]).values("pk"),  # one inside it
    ],
)
def test_anything_else_is_asked_as_ever(units):
    town = a_town()
    assert {row.unit_id for row in Post.objects.filter(unit__in=units(town))} == {town.ward.pk, town.commune.pk}


def test_none_of_them():
    town = a_town()
    assert not Post.objects.filter(unit__in=[]).exists()
    assert not Unit.objects.filter(pk__in=frozenset()).exists()
    assert Unit.objects.filter(Q(pk__in=[]) | Q(pk=town.ward.pk)).count() == 1
    assert Unit.objects.exclude(pk__in=[]).count() == Unit.objects.count()
    assert Unit.objects.exclude(pk__in=[town.ward.pk]).count() == Unit.objects.count() - 1


@pytest.mark.parametrize("said", ["1) OR (1=1", "một"])
def test_what_is_no_number_is_never_written_out(said):
    a_town()
    with pytest.raises(ValueError, match="expected a number"):
        list(Post.objects.filter(unit__in=[said]))
