"""A round of reporting, and what the plan wants reached."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.scopes import Scope, ScopedQuerySet, Visitor, scope_of
from xulang.programme.enums import Cadence
from xulang.programme.models import Programme
from xulang.programme.models.ledger import period_name, programmes_seen
from xulang.programme.periods import periods, regime_on
from xulang.reporting.indicators import Form, forms


def rounds_led(scope: Scope, path: str = "") -> models.Q:
    """Rounds of programmes of which a person sees every assignment: followed up, or issued beneath a leader."""
    return models.Q(**{f"{path}programme__in": programmes_seen(scope)})


class RoundQuerySet(ScopedQuerySet["Round"]):
    """Rounds: those led, and those in which the person's units report."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        asked = Round.objects.filter(reports__unit_id__in=scope.reach(DUTY_ROLES)).order_by().values("pk")
        return rounds_led(scope) | models.Q(pk__in=asked)

    def led(self, person: Visitor, today: dt.date) -> "RoundQuerySet":
        """Those of which the person sees what every unit told."""
        scope = scope_of(person, today)
        return self.none() if scope is None else self.filter(rounds_led(scope))


class Round(models.Model):
    """Kỳ báo cáo: units of a programme are asked, in one form, for one period.

    `due` is the day of the report that is put together; that of each unit's stands in its own row. `reminded_to` is the
    day up to which the clock told of it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    form = models.CharField(_("biểu mẫu"), max_length=60)
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    period = models.CharField(_("kỳ"), max_length=10)
    starts = models.DateField(_("từ ngày"))
    cut_off = models.DateField(_("chốt số liệu ngày"))
    due = models.DateField(_("hạn tổng hợp"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reminded_to = models.DateField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "form", "period"], name="round_once"),
            models.CheckConstraint(
                condition=models.Q(cut_off__gte=models.F("starts"), due__gte=models.F("cut_off")),
                name="round_in_order",
            ),
        ]
        ordering = ["-cut_off", "-id"]
        verbose_name = _("kỳ báo cáo")
        verbose_name_plural = _("kỳ báo cáo")

    def __str__(self) -> str:
        return self.period_name

    @property
    def period_name(self) -> str:
        """The period as people say it."""
        return period_name(self.period)

    @property
    def asks(self) -> Form:
        """The form in which is reported."""
        return forms()[self.form]

    @property
    def year_begins(self) -> dt.date:
        """The first day of the reporting year that the period belongs to: periods since then are added up."""
        around = dt.timedelta(days=2 * 366)
        years = periods(Cadence.YEAR, self.cut_off - around, self.cut_off + around, regime_on(self.cut_off))
        return next(one.start for one in years if one.code == self.period[:4])


class TargetQuerySet(ScopedQuerySet["Target"]):
    """Targets, seen with their programme's rounds."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return rounds_led(scope)


class Target(models.Model):
    """Chỉ tiêu kế hoạch: what the plan wants reached in a period, by its code ("2026-H1"); the last one said holds."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="targets")
    code = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    value = models.PositiveBigIntegerField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "code", "period"], name="target_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.code} {self.period}: {self.value}"
