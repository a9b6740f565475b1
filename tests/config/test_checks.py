"""Each check of the floors fails on a planted model, and the house's own models pass."""

import pytest
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test.utils import isolate_apps

from xulang.config.checks import check_floors, faults, known_columns, left_behind
from xulang.organisation.models import Unit
from xulang.organisation.scopes import ScopedQuerySet
from xulang.programme.models import Programme
from xulang.registry.models import Directive

ROOMS = ("xulang.plumbing", "xulang.organisation", "xulang.registry", "xulang.programme", "django.contrib.contenttypes")


def found(*tables):
    """The ids of what is wrong."""
    return [fault.id for fault in faults(tables)]


def test_the_house_passes():
    assert check_floors(app_configs=None) == []


@isolate_apps(*ROOMS)
@pytest.mark.parametrize("relation", [models.ForeignKey, models.OneToOneField])
def test_key_that_points_up(relation):
    class Planted(models.Model):
        programme = relation(Programme, models.CASCADE, related_name="+")

        class Meta:
            app_label = "registry"

    assert found(Planted) == ["xulang.E001"]


@isolate_apps(*ROOMS)
def test_many_to_many_that_points_up():
    class Planted(models.Model):
        programmes = models.ManyToManyField(Programme, related_name="+")

        class Meta:
            app_label = "plumbing"

    assert found(Planted) == ["xulang.E001"]


@isolate_apps(*ROOMS)
def test_key_that_points_down_or_across_passes():
    class Planted(models.Model):
        directive = models.ForeignKey(Directive, models.CASCADE, related_name="+")
        programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")

        class Meta:
            app_label = "programme"

    assert found(Planted) == []


@isolate_apps(*ROOMS)
def test_generic_key():
    class Planted(models.Model):
        content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
        object_id = models.PositiveBigIntegerField()
        anything = GenericForeignKey()

        class Meta:
            app_label = "programme"

    assert found(Planted) == ["xulang.E002"]


@isolate_apps(*ROOMS)
def test_unit_rows_without_a_scope():
    class Planted(models.Model):
        unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")

        class Meta:
            app_label = "programme"

    assert found(Planted) == ["xulang.E003"]


@isolate_apps(*ROOMS)
def test_unit_rows_with_a_scope_pass():
    class Planted(models.Model):
        unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
        objects = ScopedQuerySet.as_manager()

        class Meta:
            app_label = "programme"

    assert found(Planted) == []


@isolate_apps(*ROOMS)
@pytest.mark.django_db
def test_scope_that_nobody_wrote_fails_closed():
    from builders import TODAY, a_town

    class Planted(models.Model):
        unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
        objects = ScopedQuerySet.as_manager()

        class Meta:
            app_label = "programme"

    with pytest.raises(NotImplementedError, match="must say whose rows"):
        Planted.objects.for_user(a_town().lead, TODAY)


@isolate_apps(*ROOMS)
def test_unit_rows_that_no_reorganisation_takes_along():
    class Planted(models.Model):
        unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
        units = models.ManyToManyField(Unit, related_name="+")

        class Meta:
            app_label = "programme"

    left = [fault.id for fault in left_behind([Planted], known_columns())]
    assert left == ["xulang.E004", "xulang.E004"]
    registered = frozenset({"programme.Planted.unit", "programme.Planted.units"})
    assert list(left_behind([Planted], registered)) == []
