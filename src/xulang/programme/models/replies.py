"""The letters in which bodies answer what they were asked."""

from django.db import models

from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models.ledger import Assignment, Entry, assignments_seen


class ReplyLetterQuerySet(ScopedQuerySet["ReplyLetter"]):
    """Letters of reply, seen with their entry."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(entry__assignment__in=Assignment.objects.filter(assignments_seen(scope)))


class ReplyLetter(models.Model):
    """Công văn trả lời: the number and day of the letter that answers a request; the letter itself is the evidence."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="letter")
    number = models.CharField(max_length=120)
    dated = models.DateField()

    objects = ReplyLetterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.number}, {self.dated:%d/%m/%Y}"
