"""Which of a superior's duties fall to the office, and which task here each of them is the basis of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models.drafting import offices
from xulang.programme.models.proposal import Task, programmes_led
from xulang.registry.models import Passage


class DutyCallQuerySet(ScopedQuerySet["DutyCall"]):
    """Calls, seen in the office that received the directive."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return offices(scope, "passage__directive__")


class DutyCall(models.Model):
    """Xác định phần việc: a person says whether a duty of a superior's directive falls to the office."""

    passage = models.OneToOneField(Passage, models.PROTECT, related_name="call")
    ours = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = DutyCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("phần việc của văn bản cấp trên")
        verbose_name_plural = _("phần việc của văn bản cấp trên")

    def __str__(self) -> str:
        return f"{self.passage_id}: {self.ours}"


class BasisQuerySet(ScopedQuerySet["Basis"]):
    """Bases, seen by those who lead the task's programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return programmes_led(scope, "task__programme__")


class Basis(models.Model):
    """Cơ sở của nhiệm vụ: a person says that a task here carries out a duty of the superior's, by its passage.

    Without a passage: that the office set itself the task, which needs no basis above.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="bases")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="bases")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = BasisQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "passage"], name="basis_once"),
            models.UniqueConstraint(fields=["task"], condition=models.Q(passage__isnull=True), name="basis_own_once"),
        ]
        ordering = ["id"]
        verbose_name = _("cơ sở của nhiệm vụ")
        verbose_name_plural = _("cơ sở của nhiệm vụ")

    def __str__(self) -> str:
        return f"{self.task_id} ← {self.passage_id}"
