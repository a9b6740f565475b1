"""Notices of the clock about rounds: who was told on which step that a unit's report, or the whole, is owed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.models import Unit
from xulang.programme.models import OwnNotice
from xulang.reporting.models.round import Round
from xulang.reporting.models.unit_report import UnitReport


class LadderNotice(OwnNotice):
    """Nhắc theo bậc: a person was told on a step of the ladder and its day, once.

    `unit` is whose report it was that day, a fact that stays. `stands_in` tells that nobody stood on the step's own
    rung.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    due = models.DateField()
    stands_in = models.BooleanField(default=False)

    class Meta(OwnNotice.Meta):
        abstract = True


class RoundNotice(LadderNotice):
    """Nhắc gửi báo cáo kỳ: a person was told of a unit's report."""

    report = models.ForeignKey(UnitReport, models.PROTECT, related_name="notices")

    class Meta(OwnNotice.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "report", "step", "day"], name="round_notice_once"),
        ]
        indexes = [models.Index(fields=["person", "-day"], name="round_notice_of_person")]
        verbose_name = _("nhắc gửi báo cáo kỳ")
        verbose_name_plural = _("nhắc gửi báo cáo kỳ")


class WholeNotice(LadderNotice):
    """Nhắc tổng hợp: a person was told that a round's whole report is to be put together; `unit` is the focal unit."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="notices")

    class Meta(OwnNotice.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "round", "step", "day"], name="whole_notice_once"),
        ]
        indexes = [models.Index(fields=["person", "-day"], name="whole_notice_of_person")]
        verbose_name = _("nhắc tổng hợp báo cáo kỳ")
        verbose_name_plural = _("nhắc tổng hợp báo cáo kỳ")
