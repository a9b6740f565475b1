"""The end of a programme: its final review, and its being opened again."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models.proposal import Programme, ProgrammeQuerySet


class ClosingQuerySet(ScopedQuerySet["Closing"]):
    """Final reviews, seen with their programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(programme__in=Programme.objects.filter(ProgrammeQuerySet.scope_q(scope)))

    def stopped(self, on: dt.date) -> dict[int, dt.date]:
        """The programmes that stood closed at the end of a day, each with the day on which its clock stopped."""
        rows = self.values_list("programme_id", "closed_at", "reopened_at")
        days = [(id, timezone.localdate(at), again and timezone.localdate(again)) for id, at, again in rows]
        return {id: closed for id, closed, again in days if closed <= on and (again is None or again > on)}


class Closing(models.Model):
    """Tổng kết: a programme was closed with these words; opened again by an act with a reason.

    While it stands closed its clock is stopped: what was not overdue that day never becomes so.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="closings")
    text = models.TextField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reopened_reason = models.TextField(blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=models.Q(reopened_at__isnull=True), name="closing_stands_once"
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_at__isnull=True, reopened_by__isnull=True, reopened_reason="")
                | (models.Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~models.Q(reopened_reason="")),
                name="closing_reopened_with_reason",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.closed_at:%d/%m/%Y}"
