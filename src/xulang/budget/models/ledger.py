"""The append-only ledger of estimates: what was done to each, and every đồng that was given, moved or spent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.budget.enums import ASKED, MONEY, ActKind
from xulang.budget.models.estimate import Estimate, EstimateLine, Version, estimates_seen
from xulang.budget.year_end import year_end
from xulang.organisation.models import Post
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.registry.models import OutgoingPaper


class BudgetEntryQuerySet(ScopedQuerySet["BudgetEntry"]):
    """Entries, seen with their estimate."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(estimate__in=Estimate.objects.filter(estimates_seen(scope)).order_by().values("pk"))

    def waiting(self) -> "BudgetEntryQuerySet":
        """What was asked of the leader and is not answered."""
        return self.filter(kind__in=ASKED, answered_by__isnull=True)


class BudgetEntry(models.Model):
    """Bút toán: a line of the ledger. Never changed or deleted; triggers see to it.

    Those of money bear a `line` and an `amount`: positive what comes to the line (ALLOTTED; TRANSFERRED and CARRIED
    from another), negative what leaves it for another; SPENT what was paid out and REFUNDED what came back, both
    positive. A request bears what is asked for, and to which line. `ground`: the case of the law that lets money go
    on into the next year (`year_end.toml`). `sha256` is that of the lines as they were sent or appraised.
    """

    estimate = models.ForeignKey(Estimate, models.PROTECT, related_name="entries")
    version = models.ForeignKey(Version, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=14, choices=ActKind.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey(EstimateLine, models.PROTECT, null=True, related_name="entries")
    to_line = models.ForeignKey(EstimateLine, models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField(null=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    ground = models.CharField(max_length=10, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = BudgetEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(MONEY | ASKED), line__isnull=False, amount__isnull=False)
                & ~models.Q(amount=0)
                | ~models.Q(kind__in=sorted(MONEY | ASKED)) & models.Q(line__isnull=True, amount__isnull=True),
                name="budget_entry_of_money_has_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[ActKind.TRANSFERRED, ActKind.CARRIED])
                | models.Q(amount__isnull=True)
                | models.Q(amount__gt=0),
                name="budget_entry_signed",
            ),
        ]
        indexes = [models.Index(fields=["kind", "estimate"], name="budget_entry_by_kind")]
        ordering = ["id"]
        verbose_name = _("bút toán")
        verbose_name_plural = _("bút toán")

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    @property
    def ground_told(self) -> str:
        """The case of the law by which money is asked to go on, with its article."""
        end = year_end(self.estimate.year)
        ground = end.ground(self.ground) if end else None
        return f"{ground.words} ({end.law}, {ground.article})" if end and ground else ""


class NoteIssue(models.Model):
    """Phát hành báo cáo thẩm định: the note of an appraisal went out, with a number of the finance office's book.

    One whose number was cancelled is followed by another. `lines`: who signs, down to the post.
    """

    entry = models.ForeignKey(BudgetEntry, models.PROTECT, related_name="issues")
    paper = models.OneToOneField(OutgoingPaper, models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.paper_id)


class BudgetNote(models.Model):
    """The reason, or the voucher, that goes with an entry."""

    entry = models.OneToOneField(BudgetEntry, models.PROTECT, related_name="note")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]
