"""The book of copies: every copy that an office made, of a directive that it holds or of a paper that it issued."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.papers.numerals import padded
from xulang.registry.enums import CopyForm, Medium
from xulang.registry.models.directives import Directive
from xulang.registry.models.numbering import (
    Cancellable,
    NumberSeries,
    OutgoingPaper,
    SeriesQuerySet,
    cancelled_with_reason,
)


class CopyQuerySet(ScopedQuerySet["Copy"]):
    """Copies, seen with their series."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(series__in=NumberSeries.objects.filter(SeriesQuerySet.scope_q(scope)))


class Copy(Cancellable):
    """Bản sao: a number given to a copy, with what its block says; made anew from the paper whenever it is opened.

    Nghị định 30/2020/NĐ-CP, Điều 25 to 27; one series for copies of any form. `symbol` is the agency's abbreviation,
    `lines` who signs down to the post, `parts` the sections of an extract. A number once given stays: one that was
    given in error is cancelled with a reason, and is given to no other copy.
    """

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=3, choices=CopyForm.choices)
    medium = models.CharField(max_length=10, choices=Medium.choices)
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="copies")
    paper = models.ForeignKey(OutgoingPaper, models.PROTECT, null=True, related_name="+")
    parts = models.JSONField(default=list)
    symbol = models.CharField(max_length=60)
    place = models.CharField(max_length=100)
    copied_on = models.DateField()
    lines = models.JSONField()
    signer = models.CharField(max_length=200)
    recipients = models.TextField()
    copies = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="copy_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1, copies__gte=1), name="copy_from_one"),
            models.CheckConstraint(
                condition=models.Q(directive__isnull=False, paper__isnull=True)
                | models.Q(directive__isnull=True, paper__isnull=False),
                name="copy_of_one_paper",
            ),
            cancelled_with_reason("copy_cancelled_with_reason"),
        ]
        ordering = ["-series__year", "-number"]
        verbose_name = _("bản sao")
        verbose_name_plural = _("bản sao")

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As it is printed: "03/SY-UBND"."""
        return f"{padded(self.number)}/{self.form}-{self.symbol}"
