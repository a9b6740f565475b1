"""What a directive that amends or replaces another makes of its tasks, and who was told of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES, Role
from xulang.organisation.models import Handover, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.enums import AmendmentKind, DifferenceKind
from xulang.programme.models.ledger import Assignment
from xulang.programme.models.proposal import Programme, Task, programmes_led
from xulang.programme.models.steps import Exactly


class AmendmentQuerySet(ScopedQuerySet["Amendment"]):
    """Amendments, seen by those who lead the later programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return programmes_led(scope, "programme__")


class Amendment(models.Model):
    """Sửa đổi, thay thế: what a person says the directive of a programme does to the programme of an earlier one."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="amendments")
    earlier = models.ForeignKey(Programme, models.PROTECT, related_name="amended_by")
    kind = models.CharField(max_length=10, choices=AmendmentKind.choices)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "earlier"], name="amendment_once"),
            models.CheckConstraint(
                condition=~models.Q(programme=models.F("earlier")), name="amendment_of_another_programme"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.kind} {self.earlier_id}"


class DifferenceQuerySet(ScopedQuerySet["Difference"]):
    """Differences, seen by those who lead the later programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return programmes_led(scope, "programme__")


class Difference(models.Model):
    """Khác biệt: what a person says becomes of a task in force (`old`), or that a proposed one (`new`) is new.

    `before` and `after` are both sides as they were when it was said: while the review lasts, one that has changed
    since is to be said again; afterwards they are the history of the task. Issuing the programme does what it says.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="differences")
    old = models.ForeignKey(Task, models.PROTECT, null=True, related_name="differences")
    new = models.ForeignKey(Task, models.CASCADE, null=True, related_name="made_of")
    kind = models.CharField(max_length=10, choices=DifferenceKind.choices)
    before = models.JSONField(encoder=Exactly, null=True)
    after = models.JSONField(encoder=Exactly, null=True)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "old"], name="difference_once_of_old"),
            models.UniqueConstraint(fields=["programme", "new"], name="difference_once_of_new"),
            models.CheckConstraint(
                condition=models.Q(kind=DifferenceKind.KEPT, old__isnull=False)
                | models.Q(kind=DifferenceKind.CHANGED, old__isnull=False, new__isnull=False)
                | models.Q(kind=DifferenceKind.ENDED, old__isnull=False, new__isnull=True)
                | models.Q(kind=DifferenceKind.NEW, old__isnull=True, new__isnull=False),
                name="difference_has_its_sides",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.old_id} {self.kind} {self.new_id}"


class ChangeNoticeQuerySet(ScopedQuerySet["ChangeNotice"]):
    """Notices: seen by the unit told, and by those who lead the later programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])
        return models.Q(unit_id__in=scope.reach(DUTY_ROLES)) | models.Q(
            difference__programme__directive__home_unit_id__in=homes
        )


class ChangeNotice(models.Model):
    """Thông báo thay đổi: a unit is told that a duty of its was changed or ended, and when somebody there saw it first.

    `told` is the unit of that day; `unit` the one that has its papers today, after reorganisations.
    """

    difference = models.ForeignKey(Difference, models.PROTECT, related_name="change_notices")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="change_notices")
    told = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="change_notices")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ChangeNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["difference", "assignment", "told"], name="change_notice_once"),
            models.CheckConstraint(
                condition=models.Q(seen_at__isnull=True, seen_by__isnull=True)
                | models.Q(seen_at__isnull=False, seen_by__isnull=False),
                name="change_notice_seen",
            ),
        ]
        indexes = [models.Index(fields=["unit"], condition=models.Q(seen_at__isnull=True), name="change_notice_unseen")]
        ordering = ["id"]
        verbose_name = _("thông báo thay đổi")
        verbose_name_plural = _("thông báo thay đổi")

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.unit_id}"


class ChangeNoticeHandover(Handover):
    """A notice to a unit went over with its papers."""

    row = models.ForeignKey(ChangeNotice, models.PROTECT, related_name="handovers")
