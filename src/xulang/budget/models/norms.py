"""Norms of the place's own, lower than the State's."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.budget.enums import BUDGET_ROLES
from xulang.organisation.models import DatedQuerySet, Unit
from xulang.organisation.scopes import Scope


class LocalNormQuerySet(DatedQuerySet["LocalNorm"]):
    """Own norms, seen by whoever deals with money in that office."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(home_unit_id__in=scope.homes(BUDGET_ROLES))


class LocalNorm(models.Model):
    """Mức chi của địa phương: a ceiling that the place set for itself, with its basis and validity.

    Never above the State's (Thông tư 35/2026/TT-BTC, Điều 33). Of several in force the last one entered holds;
    `withdrawn_at` takes an entry back that was made in error.
    """

    home_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    norm = models.CharField(_("định mức"), max_length=60)
    ceiling = models.BigIntegerField(_("mức chi tối đa"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    basis = models.CharField(_("văn bản quy định"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = LocalNormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ceiling__gt=0), name="local_norm_is_money"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="local_norm_in_order",
            ),
        ]
        ordering = ["norm", "-valid_from", "-id"]
        verbose_name = _("mức chi của địa phương")
        verbose_name_plural = _("mức chi của địa phương")

    def __str__(self) -> str:
        return f"{self.norm}: {self.ceiling}"
