"""Which colleague a unit lets do one duty of its."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DESK
from xulang.organisation.models import Person, PostHolding
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.enums import AssignmentState, ProgrammeState
from xulang.programme.models.ledger import Assignment, of_assignment


class DutyDelegationQuerySet(ScopedQuerySet["DutyDelegation"]):
    """Seen with their assignment."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return of_assignment(scope)

    def living(self, today: dt.date) -> Self:
        """Those in force: the colleague holds the post still, in the unit that has the duty, and the duty is open."""
        return self.filter(
            models.Q(last__isnull=True) | models.Q(last__gte=today),
            models.Q(holding__valid_to__isnull=True) | models.Q(holding__valid_to__gt=today),
            ended_at__isnull=True,
            holding__valid_from__lte=today,
            holding__person__is_active=True,
            holding__post__role__in=DESK,
            holding__post__unit=models.F("assignment__unit"),
            assignment__state=AssignmentState.OPEN,
            assignment__task__programme__state=ProgrammeState.ISSUED,
        )

    def end(self, by: Person | None, now: dt.datetime | None) -> int:
        """Ends those that nobody ended yet; how many."""
        return self.filter(ended_at__isnull=True).update(ended_at=now, ended_by=by)


class DutyDelegation(models.Model):
    """Phân công: one duty of a unit lies with one colleague, in the post they hold, to the end or until a day.

    It changes no right: every officer of the unit may still report. It says whom the clock reminds first. It is over
    for good when the duty goes to another unit, by an act or a reorganisation, even where that is undone.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="delegations")
    holding = models.ForeignKey(PostHolding, models.PROTECT, related_name="+")
    last = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = DutyDelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=models.Q(ended_at__isnull=True), name="duty_delegation_one_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["holding"], condition=models.Q(ended_at__isnull=True), name="duty_delegated_to")
        ]
        ordering = ["id"]
        verbose_name = _("phân công")
        verbose_name_plural = _("phân công")

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.holding_id}"
