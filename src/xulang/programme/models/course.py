"""The figures of days that are over, written down by housekeeping: a far day is read, not reckoned from the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.models import Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models.ledger import programmes_seen
from xulang.programme.models.proposal import Programme


class CourseQuerySet(ScopedQuerySet["Course"]):
    """Courses of the units and programmes seen whole, as `Tally`'s counts are."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(unit_id__in=scope.reach(DUTY_ROLES)) | models.Q(programme__in=programmes_seen(scope))


class Course(models.Model):
    """Diễn biến: how the figures of a unit in a programme went, on the units of today or (`of_the_day`) of each day."""

    programme = models.ForeignKey(Programme, models.CASCADE, db_index=False, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    of_the_day = models.BooleanField()

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "unit", "of_the_day"], name="course_once")]
        ordering = ["id"]
        verbose_name = _("diễn biến")
        verbose_name_plural = _("diễn biến")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.unit_id}"


class CourseStep(models.Model):
    """Its figures, as they stood from the end of the day `since` until the next step."""

    course = models.ForeignKey(Course, models.CASCADE, db_index=False, related_name="steps")
    since = models.DateField()
    done_on_time = models.IntegerField()
    done_late = models.IntegerField()
    open_in_time = models.IntegerField()
    open_overdue = models.IntegerField()
    waiting = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "since"], name="course_step_once")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.since}"


class CourseDrawn(models.Model):
    """A programme's course holds for every day before `before`.

    The database itself (see `tallies`) takes the row away when the ledger gets a line that changes one of these days,
    or whose units they are told for; housekeeping draws the course anew.
    """

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="+")
    before = models.DateField()

    def __str__(self) -> str:
        return f"{self.programme_id} < {self.before}"
