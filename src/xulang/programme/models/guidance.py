"""Guidance that tells units how to do a task, and who has read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models.ledger import Assignment, assignments_seen, of_assignment
from xulang.programme.models.proposal import Task, programmes_led
from xulang.registry.models import Directive


class GuidanceQuerySet(ScopedQuerySet["Guidance"]):
    """Seen by who has the task's assignments, and by those who lead its programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        theirs = Assignment.objects.filter(assignments_seen(scope)).order_by()
        return models.Q(task__in=theirs.values("task")) | programmes_led(scope, "task__programme__")


class Guidance(models.Model):
    """Định hướng: a directive of the register (of the Party's publicity commission, say) that says how a task is done.

    It orders nothing: what is ordered are the task's sources. One that was taken off stays on record, with the reason.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="guides")
    task = models.ForeignKey(Task, models.PROTECT, related_name="guidance")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    detached_at = models.DateTimeField(null=True)
    detached_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=2000, blank=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "task"], condition=models.Q(detached_at__isnull=True), name="guidance_once"
            ),
            models.CheckConstraint(
                condition=models.Q(detached_at__isnull=True, reason="")
                | (models.Q(detached_at__isnull=False) & ~models.Q(reason="")),
                name="guidance_detached_with_a_reason",
            ),
        ]
        ordering = ["id"]
        verbose_name = _("định hướng")
        verbose_name_plural = _("định hướng")

    def __str__(self) -> str:
        return f"{self.directive_id} → {self.task_id}"


class ReceiptQuerySet(ScopedQuerySet["GuidanceReceipt"]):
    """Receipts, seen with their assignment."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return of_assignment(scope)


class GuidanceReceipt(models.Model):
    """Đã đọc định hướng: the unit of an assignment was told of guidance, once; and who there read it first."""

    guidance = models.ForeignKey(Guidance, models.PROTECT, related_name="receipts")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="guidance_receipts")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guidance", "assignment"], name="guidance_receipt_once")]
        indexes = [
            models.Index(fields=["assignment"], condition=models.Q(seen_at__isnull=True), name="guidance_not_seen")
        ]
        ordering = ["id"]
        verbose_name = _("đã đọc định hướng")
        verbose_name_plural = _("đã đọc định hướng")

    def __str__(self) -> str:
        return f"{self.guidance_id} {self.assignment_id}"
