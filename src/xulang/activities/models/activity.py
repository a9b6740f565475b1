"""An activity: what a unit did, where and when, which assignments it serves, what shows it, and what became of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.activities.enums import Kind, Language, LineKind
from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.models import Handover, Post, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.plumbing.exhibits import Exhibit, file_or_address
from xulang.plumbing.models import StoredFile
from xulang.programme.models import Assignment, Entry, OwnNotice
from xulang.programme.models.ledger import assignments_seen
from xulang.registry.models import Directive


def activities_seen(scope: Scope) -> models.Q:
    """Seen by the duty roles of its unit and those above it, and by whoever sees an assignment that it serves."""
    serves = ActivityDuty.objects.filter(assignment__in=Assignment.objects.filter(assignments_seen(scope)))
    return models.Q(unit_id__in=scope.reach(DUTY_ROLES)) | models.Q(pk__in=serves.order_by().values("activity"))


def _of_activity(scope: Scope) -> models.Q:
    return models.Q(activity__in=Activity.objects.filter(activities_seen(scope)).order_by().values("pk"))


class ActivityQuerySet(ScopedQuerySet["Activity"]):
    """Activities: see `activities_seen`."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return activities_seen(scope)


class Activity(models.Model):
    """Hoạt động: what a unit did, or is going to do, to carry out its tasks.

    `done_by` is the unit that did it and stays; `unit` answers for it today and follows reorganisations. What only one
    kind has stands in that kind's own table (`detail`). One that begins later than today is planned.
    """

    kind = models.CharField(_("loại"), max_length=14, choices=Kind.choices)
    title = models.CharField(_("tên hoạt động"), max_length=300)
    done_by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)
    begins = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến ngày"))
    starts_at = models.TimeField(_("từ giờ"), null=True, blank=True)
    ends_at = models.TimeField(_("đến giờ"), null=True, blank=True)
    note = models.TextField(_("nội dung, kết quả"), blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="activity_in_order"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="withdrawn_activity_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-begins", "-id"], name="activity_by_day"),
            models.Index(fields=["unit", "-begins"], name="activity_of_unit"),
        ]
        ordering = ["-begins", "-id"]
        verbose_name = _("hoạt động")
        verbose_name_plural = _("hoạt động")

    def __str__(self) -> str:
        return self.title

    @property
    def detail(self) -> Any:
        """The row of the kind's own table (see `details`); None for a kind without one."""
        return getattr(self, str(self.kind).lower(), None)


class ActivityLanguage(models.Model):
    """A language in which an activity was held or published."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="languages")
    code = models.CharField(max_length=5, choices=Language.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "code"], name="activity_language_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.get_code_display())


class ActivityDuty(models.Model):
    """Thực hiện nhiệm vụ: an assignment that an activity serves."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="duties")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "assignment"], name="activity_duty_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.assignment_id}"


class TellsQuerySet(ScopedQuerySet["ActivityDirective"]):
    """What sessions tell of, seen with their activity."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_activity(scope)


class ActivityDirective(models.Model):
    """Văn bản được quán triệt: a directive that a session tells its people of."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="tells")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="+")

    objects = TellsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "directive"], name="activity_tells_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.directive_id}"


class LineQuerySet(ScopedQuerySet["ActivityLine"]):
    """Lines, seen with their activity."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_activity(scope)


class ActivityLine(models.Model):
    """Dòng theo dõi hoạt động: what became of an activity. Never changed or deleted; triggers see to it.

    It holds ids and hashes: `sha256` is that of everything the activity said after the act. `filed_in` is the entry of
    an assignment's ledger that the activity was given to as evidence.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    filed_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="activity_lines")
    sha256 = models.CharField(max_length=64)

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=LineKind.FILED, filed_in__isnull=False)
                | (~models.Q(kind=LineKind.FILED) & models.Q(filed_in__isnull=True)),
                name="activity_line_files_an_entry",
            ),
            models.UniqueConstraint(fields=["activity", "filed_in"], name="activity_filed_once"),
        ]
        ordering = ["id"]
        verbose_name = _("dòng theo dõi hoạt động")
        verbose_name_plural = _("dòng theo dõi hoạt động")

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class ActivityEvidenceQuerySet(ScopedQuerySet["ActivityEvidence"]):
    """Evidence, seen with its activity."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_activity(scope)


class ActivityEvidence(Exhibit):
    """Minh chứng của hoạt động: a file or an address that shows it; can be withdrawn by an act with a reason."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence")
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="activity_evidence")

    objects = ActivityEvidenceQuerySet.as_manager()

    class Meta:
        constraints = [file_or_address("activity_evidence_is_a_file_or_an_address")]
        ordering = ["id"]
        verbose_name = _("minh chứng của hoạt động")
        verbose_name_plural = _("minh chứng của hoạt động")


class ErasingNotice(OwnNotice):
    """Nhắc thời hạn giữ: a person was told that evidence has been kept for as long as it is to be, once a month."""

    class Meta(OwnNotice.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="erasing_notice_once")]
        verbose_name = _("nhắc thời hạn giữ")
        verbose_name_plural = _("nhắc thời hạn giữ")


class ActivityHandover(Handover):
    """Bàn giao hoạt động: a reorganisation gave an activity to another unit to answer for."""

    row = models.ForeignKey(Activity, models.PROTECT, related_name="handovers")


class PermitNotice(OwnNotice):
    """Nhắc xin phép: a person was told that an activity that is planned lacks its permission, on a step, once."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="permit_notices")

    class Meta(OwnNotice.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "activity", "day"], name="permit_notice_once")]
        verbose_name = _("nhắc xin phép")
        verbose_name_plural = _("nhắc xin phép")
