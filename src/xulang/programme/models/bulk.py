"""Sheets of reports on their way in: staged, looked at, then taken in or thrown away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import ImportState
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, ScopedQuerySet


class SheetQuerySet(ScopedQuerySet["ReportSheet"]):
    """One's own: a sheet holds the words of reports that nobody has made yet."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(by_id=scope.person_id)


class ReportSheet(models.Model):
    """Bảng báo cáo: the rows of one file of reports, kept until its person has seen what they would do and decided.

    `rows` are [number, cells, odd]; they are emptied once the file is settled. The counts are those of what was taken.
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.STAGED)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    staged_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ImportState.STAGED, settled_at__isnull=True)
                | (~models.Q(state=ImportState.STAGED) & models.Q(settled_at__isnull=False, rows=[])),
                name="report_sheet_settled_is_empty",
            )
        ]
        verbose_name = _("bảng báo cáo")
        verbose_name_plural = _("bảng báo cáo")

    def __str__(self) -> str:
        return self.name
