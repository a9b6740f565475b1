"""The registers of an office: its series of numbers, the papers that left it and the directives that arrived."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import Role
from xulang.organisation.models import Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.papers.numerals import padded
from xulang.registry.enums import Book, BookColumn
from xulang.registry.models.directives import Directive


def numbering_offices(scope: Scope) -> frozenset[int]:
    """In whose books a person gives numbers: lead officers in their governing body's, a finance office in its own."""
    return scope.homes([Role.LEAD_OFFICER]) | (scope.units([Role.FINANCE]) - scope.governing)


class SeriesQuerySet(ScopedQuerySet["NumberSeries"]):
    """Series of numbers: seen where the office's papers are registered and read."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(unit_id__in=numbering_offices(scope) | scope.reach([Role.LEADER]))


class NumberSeries(models.Model):
    """Hệ thống số văn bản đi, văn bản đến, bản sao: an office's numbers of one book and year, from 1 on without a gap.

    Nghị định 30/2020/NĐ-CP, Điều 15.1, 22.2, Phụ lục I Phần II, II.1.c. `last` is the last number given; who gives the
    next one holds this row.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    book = models.CharField(max_length=10, choices=Book.choices, default=Book.OUTGOING)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "book", "year"], name="series_once_a_year")]
        verbose_name = _("sổ văn bản")
        verbose_name_plural = _("sổ văn bản")

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.book}/{self.year}: {self.last}"

    def take(self) -> int:
        """The next number, taken; for who holds the row."""
        self.last += 1
        self.save(update_fields=["last"])
        return self.last


class Cancellable(models.Model):
    """A number of a book that, given in error, is cancelled with a reason by somebody."""

    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_for = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def cancelled_with_reason(name: str) -> models.CheckConstraint:
    """That the three are told together or not at all."""
    return models.CheckConstraint(
        condition=models.Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_for="")
        | models.Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~models.Q(cancelled_for=""),
        name=name,
    )


class OutgoingQuerySet(ScopedQuerySet["OutgoingPaper"]):
    """Outgoing papers, seen with their series."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(series__in=NumberSeries.objects.filter(SeriesQuerySet.scope_q(scope)))


class OutgoingPaper(Cancellable):
    """Văn bản đi: a number given to a paper of the office, with what the register of outgoing papers asks of it.

    Nghị định 30/2020/NĐ-CP, Điều 15 and Phụ lục IV. A number once given stays: one that was given in error is
    cancelled with a reason, and is given to no other paper.
    """

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=10)
    symbol = models.CharField(max_length=80)
    issued_on = models.DateField()
    title = models.CharField(max_length=500)
    signer = models.CharField(max_length=200)
    recipients = models.CharField(max_length=500)
    kept_by = models.CharField(max_length=200, blank=True)
    copies = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="outgoing_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1, copies__gte=1), name="outgoing_from_one"),
            cancelled_with_reason("outgoing_cancelled_with_reason"),
        ]
        ordering = ["-series__year", "-number"]
        verbose_name = _("văn bản đi")
        verbose_name_plural = _("văn bản đi")

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As it is printed: "07/KH-UBND"."""
        return f"{padded(self.number)}/{self.symbol}"


class ArrivalQuerySet(ScopedQuerySet["Arrival"]):
    """Arrivals, seen with their series."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(series__in=NumberSeries.objects.filter(SeriesQuerySet.scope_q(scope)))


class Arrival(models.Model):
    """Số đến: a directive that came to the office, with the number and day that the incoming register gives it.

    Nghị định 30/2020/NĐ-CP, Điều 22 and Phụ lục IV. A number once given stays: that of a paper which turned out to be
    the office's own is cancelled with a reason, and is given to no other.
    """

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="arrivals")
    number = models.PositiveIntegerField()
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="arrivals")
    arrived_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_for = models.CharField(max_length=300, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="arrival_number_once"),
            models.UniqueConstraint(
                fields=["directive"], condition=models.Q(cancelled_at__isnull=True), name="arrival_of_a_directive_once"
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=True, cancelled_for="")
                | models.Q(cancelled_at__isnull=False) & ~models.Q(cancelled_for=""),
                name="arrival_cancelled_with_reason",
            ),
        ]
        ordering = ["-series__year", "-number"]
        verbose_name = _("số đến")
        verbose_name_plural = _("số đến")

    def __str__(self) -> str:
        return padded(self.number)


class ArrivalCorrectionQuerySet(ScopedQuerySet["ArrivalCorrection"]):
    """Corrections, seen with their line."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(arrival__in=Arrival.objects.filter(ArrivalQuerySet.scope_q(scope)))


class ArrivalCorrection(models.Model):
    """Sửa sổ văn bản đến: what a line of the incoming register said before, what it says since, and why; append-only.

    `reason` is empty where a person put right on the directive's own page what the machine had read.
    """

    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="corrections")
    column = models.CharField(max_length=12, choices=BookColumn.choices)
    was = models.CharField(max_length=300)
    became = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ArrivalCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(was=""), name="correction_of_something")]
        ordering = ["id"]
        verbose_name = _("sửa sổ văn bản đến")
        verbose_name_plural = _("sửa sổ văn bản đến")

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.column}: {self.was} → {self.became}"
