"""What one unit reports in a round: its draft, the append-only ledger of what happened to it, standing figures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.models import Handover, Post, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.reporting.enums import LineKind, ReportState
from xulang.reporting.models.round import Round, rounds_led


def reports_seen(scope: Scope) -> models.Q:
    """Own units' and those beneath; every one of the rounds that the person leads."""
    return models.Q(unit_id__in=scope.reach(DUTY_ROLES)) | rounds_led(scope, "round__")


class UnitReportQuerySet(ScopedQuerySet["UnitReport"]):
    """Reports: see `reports_seen`."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return reports_seen(scope)


class UnitReport(models.Model):
    """Báo cáo của đơn vị: what one unit reports in a round.

    `asked_of` is the unit that was asked; `unit` answers today and follows reorganisations. `entered` and `narrative`
    are the draft: figures by indicator, text by heading. `state`, `sent_on` and `accepted_on` are projections of the
    ledger; `first_sent_on` is the day by which lateness is judged, whatever was returned since. `reminded_to` is the
    day up to which the clock told of it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    asked_of = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due = models.DateField(_("hạn gửi"))
    entered = models.JSONField(default=dict)
    narrative = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    first_sent_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    reminded_to = models.DateField(null=True)

    objects = UnitReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "asked_of"], name="unit_report_once"),
            models.CheckConstraint(
                condition=models.Q(state=ReportState.OPEN, sent_on__isnull=True, accepted_on__isnull=True)
                | models.Q(state__in=[ReportState.SENT, ReportState.RETURNED], sent_on__isnull=False)
                & models.Q(accepted_on__isnull=True)
                | models.Q(state=ReportState.ACCEPTED, sent_on__isnull=False, accepted_on__isnull=False),
                name="unit_report_state_fits",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="unit_report_of_unit")]
        ordering = ["id"]
        verbose_name = _("báo cáo của đơn vị")
        verbose_name_plural = _("báo cáo của đơn vị")

    def __str__(self) -> str:
        return f"{self.round_id} {self.unit_id}"


def _of_report(scope: Scope) -> models.Q:
    """What hangs on a report is seen with it."""
    return models.Q(report__in=UnitReport.objects.filter(reports_seen(scope)))


class ReportLineQuerySet(ScopedQuerySet["ReportLine"]):
    """Lines, seen with their report."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_report(scope)


class ReportLine(models.Model):
    """Dòng theo dõi báo cáo: what happened to a unit's report. Never changed or deleted; triggers see to it.

    It holds ids and hashes: what was sent, and why something was returned, lie beside it.
    """

    report = models.ForeignKey(UnitReport, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ReportLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[LineKind.RETURNED, LineKind.ACCEPTED], answers__isnull=False)
                | (~models.Q(kind__in=[LineKind.RETURNED, LineKind.ACCEPTED]) & models.Q(answers__isnull=True)),
                name="report_line_answers_another",
            )
        ]
        ordering = ["id"]
        verbose_name = _("dòng theo dõi báo cáo")
        verbose_name_plural = _("dòng theo dõi báo cáo")

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class Content(models.Model):
    """Nội dung đã gửi: the figures with their receipts and the text by heading, as they were sent with a line.

    `traces` of a heading's text: the receipts of each of its sentences, in order.
    """

    line = models.OneToOneField(ReportLine, models.PROTECT, related_name="content")
    figures = models.JSONField()
    narrative = models.JSONField()

    def __str__(self) -> str:
        return str(self.line_id)


class LineNote(models.Model):
    """The reason that goes with a line."""

    line = models.OneToOneField(ReportLine, models.PROTECT, related_name="note")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class FigureQuerySet(ScopedQuerySet["Figure"]):
    """Figures, seen with their report."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_report(scope)


class Figure(models.Model):
    """Số liệu đã chấp nhận: a figure of the accepted report; a projection, made anew with every acceptance."""

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="figures")
    round = models.ForeignKey(Round, models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=60)
    of = models.CharField(max_length=20, blank=True)
    value = models.BigIntegerField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        # A round is added up from the index alone.
        indexes = [models.Index(fields=["round", "code", "of", "value", "report"], name="figure_of_round")]
        constraints = [models.UniqueConstraint(fields=["report", "code", "of"], name="figure_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.code}/{self.of}: {self.value}"


class FigureKeyQuerySet(ScopedQuerySet["FigureKey"]):
    """Names, seen with their report."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_report(scope)


class FigureKey(models.Model):
    """A name that a figure counts once over all units ("Trung Quốc"); a projection with its figure."""

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=60)
    of = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=200)

    objects = FigureKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["round", "code", "of", "key"], name="figure_key_of_round")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key


class UnitReportHandover(Handover):
    """Bàn giao báo cáo: a reorganisation gave a report to another unit to answer for."""

    row = models.ForeignKey(UnitReport, models.PROTECT, related_name="handovers")
