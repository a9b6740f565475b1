"""Entries that look alike: those that a person told apart, and people who were two in the directory and are one."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import Role
from xulang.organisation.models.directory import Person, PostHolding, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet, nothing

_M = TypeVar("_M", bound=models.Model)


class ForAdministrators(ScopedQuerySet[_M]):
    """What the administrators of the directory alone see."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q() if scope.holds(Role.ADMINISTRATOR) else nothing()


class DistinctUnits(models.Model):
    """Không phải một đơn vị: two units that look alike are two; `one` has the lower number."""

    one = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    other = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ForAdministrators.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinct_units_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="distinct_units_in_order"),
        ]
        verbose_name = verbose_name_plural = _("hai đơn vị khác nhau")

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class DistinctPeople(models.Model):
    """Không phải một người: two people of one name are two; `one` has the lower number."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ForAdministrators.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinct_people_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="distinct_people_in_order"),
        ]
        verbose_name = verbose_name_plural = _("hai người khác nhau")

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class PersonMerging(models.Model):
    """Gộp người trùng: from then on `kept` holds what `gone` held, whose account is shut; what each did stays."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ForAdministrators.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="person_merging_of_two"),
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at__isnull=True), name="person_merged_once"
            ),
        ]
        ordering = ["-id"]
        verbose_name = verbose_name_plural = _("lần gộp người trùng")

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class PassedHolding(models.Model):
    """Chức vụ chuyển theo: a holding that was cut by a merging of people, and the one made in its stead, if any was.

    `until` is the end that it had before, and `on` the day from which the other one holds.
    """

    merging = models.ForeignKey(PersonMerging, models.PROTECT, related_name="passed")
    cut = models.ForeignKey(PostHolding, models.PROTECT, related_name="+")
    until = models.DateField(null=True)
    on = models.DateField()
    made = models.ForeignKey(PostHolding, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.cut_id} → {self.made_id}"
