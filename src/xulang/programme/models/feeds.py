"""Calendar feeds: duties in a calendar of one's own, by a secret address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.models import Person, Post
from xulang.organisation.scopes import Scope, ScopedQuerySet


class FeedQuerySet(ScopedQuerySet["CalendarFeed"]):
    """One's own."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(person_id=scope.person_id)


class CalendarFeed(models.Model):
    """Lịch riêng: the due days of the duties of a person's units, or of the unit of one post, for a calendar programme.

    Of the address's secret only the hash is kept; it is shown once, and lasts until it is revoked or the post ends.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="calendar_feeds")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("lịch riêng")
        verbose_name_plural = _("lịch riêng")

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id or ''}"
