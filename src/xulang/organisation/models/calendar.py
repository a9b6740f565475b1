"""The days on which an office decided for itself whether it works."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DIRECTORY_ROLES
from xulang.organisation.models.directory import Person, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet


class OwnDayQuerySet(ScopedQuerySet["OwnDay"]):
    """An office's own days, seen by whoever serves it."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(unit_id__in=scope.homes(DIRECTORY_ROLES))


class OwnDay(models.Model):
    """Ngày nghỉ, ngày làm bù riêng của cơ quan: goes before what holds for the whole country.

    `unit` is the governing body that decided it; the row tells what was decided and stays with it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="own_days")
    day = models.DateField()
    works = models.BooleanField()
    reason = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = OwnDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="own_day_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="own_day_has_a_reason"),
        ]
        ordering = ["day"]
        verbose_name = _("ngày riêng của cơ quan")
        verbose_name_plural = _("ngày riêng của cơ quan")

    def __str__(self) -> str:
        return f"{self.day} {self.works}"
