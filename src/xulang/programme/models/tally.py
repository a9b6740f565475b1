"""How many expected reports stand how, counted when they change: a figure adds up thousands, not hundred thousands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.models import Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.enums import ReportState, TaskState
from xulang.programme.models.ledger import programmes_seen
from xulang.programme.models.proposal import Programme, Task


class TallyQuerySet(ScopedQuerySet["Tally"]):
    """Counts of the units and programmes seen whole; what is seen by a joined task alone is counted beside it."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(unit_id__in=scope.reach(DUTY_ROLES)) | models.Q(programme__in=programmes_seen(scope))


def partly_seen(scope: Scope) -> bool:
    """Whether the person sees, by tasks that were joined to others', a part of a programme not seen whole."""
    seen = programmes_seen(scope)
    joined = Task.objects.filter(state=TaskState.JOINED, programme__in=seen)
    return joined.exclude(same_as__programme__in=seen).exists()


class Tally(models.Model):
    """Số đếm: `n` more, or fewer, expected reports of a unit in a programme that are due on a day and stand so.

    `late`: reported after the due day. A change adds rows and touches none (see `tallies`, which also folds them), so
    that two people who confirm at once never wait for each other. Their sum is the count.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    issued_on = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices)
    late = models.BooleanField()
    n = models.IntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        # Whole, so that a count reads the index alone.
        indexes = [
            models.Index(fields=["unit", "state", "programme", "due", "late", "issued_on", "n"], name="tally_of_unit")
        ]
        ordering = ["id"]
        verbose_name = _("số đếm")
        verbose_name_plural = _("số đếm")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.due} {self.state}: {self.n:+}"
