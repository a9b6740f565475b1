"""Links in reminders by which the addressed officer reports without a password."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.models import PostHolding
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models.ledger import Entry, ExpectedReport, of_assignment


class LinkQuerySet(ScopedQuerySet["ReportLink"]):
    """Links, seen with their assignment; nobody sees the secret, which is not kept."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return of_assignment(scope, "expected__assignment")


class ReportLink(models.Model):
    """Liên kết báo cáo nhanh: one duty, one period, one post; consumed by the first report that is accepted.

    `holding` is the post as the addressed person had it. Of the secret and of the form's own key only hashes are kept.
    """

    secret_sha256 = models.CharField(max_length=64, unique=True)
    expected = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="links")
    holding = models.ForeignKey(PostHolding, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    key_sha256 = models.CharField(max_length=64, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="by_link")

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True, entry__isnull=True, key_sha256="")
                | (models.Q(used_at__isnull=False, entry__isnull=False) & ~models.Q(key_sha256="")),
                name="report_link_used_by_an_entry",
            )
        ]
        ordering = ["id"]
        verbose_name = _("liên kết báo cáo nhanh")
        verbose_name_plural = _("liên kết báo cáo nhanh")

    def __str__(self) -> str:
        return f"{self.expected_id} → {self.holding_id}"
