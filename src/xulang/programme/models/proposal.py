"""Programmes and their tasks, from what was read to what is issued."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES, FOLLOWING, Role
from xulang.organisation.models import Handover, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.enums import Cadence, DeadlineKind, Mode, ProgrammeState, TaskState, UnitRole
from xulang.registry.models import Directive, Passage


def programmes_led(scope: Scope, prefix: str = "") -> models.Q:
    """Programmes of the person's own office (lead officers), beneath a leader, or followed up by the person's unit."""
    homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])
    return models.Q(**{f"{prefix}directive__home_unit_id__in": homes}) | models.Q(
        **{f"{prefix}focal_unit_id__in": scope.units(FOLLOWING)}
    )


def _person() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class ProgrammeQuerySet(ScopedQuerySet["Programme"]):
    """Programmes: those led, and those with an assignment to the person's units."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        served = Programme.objects.filter(tasks__assignments__unit_id__in=scope.reach(DUTY_ROLES)).values("pk")
        return programmes_led(scope) | models.Q(pk__in=served)


class Programme(models.Model):
    """Chương trình thực hiện: the tasks of one directive, their focal unit, and how often they are reported."""

    directive = models.OneToOneField(Directive, models.PROTECT, related_name="programme")
    title = models.TextField()
    focal_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="programmes_followed")
    focal_sure = models.BooleanField(default=False)
    focal_confirmed_at = models.DateTimeField(null=True)
    focal_confirmed_by = _person()
    state = models.CharField(max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.REVIEW)
    cadence = models.CharField(max_length=10, choices=Cadence.choices, null=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = _person()
    issued_at = models.DateTimeField(null=True)
    issued_by = _person()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="programme_span"),
            models.CheckConstraint(
                condition=models.Q(state=ProgrammeState.REVIEW, issued_at__isnull=True)
                | (
                    ~models.Q(state=ProgrammeState.REVIEW)
                    & models.Q(issued_at__isnull=False, focal_unit__isnull=False, focal_confirmed_at__isnull=False)
                ),
                name="programme_issued_with_focal_unit",
            ),
        ]
        ordering = ["-proposed_at", "-id"]
        verbose_name = _("chương trình thực hiện")
        verbose_name_plural = _("chương trình thực hiện")

    def __str__(self) -> str:
        return self.title[:80]


class SetMeaningQuerySet(ScopedQuerySet["SetMeaning"]):
    """Meanings of sets, seen by those who lead the programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return programmes_led(scope, "programme__")


class SetMeaning(models.Model):
    """Which units a set named in the directive means ("UBND các phường, xã"): one meaning for each wording."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sets")
    words = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    units = models.ManyToManyField(Unit, related_name="+")
    is_open = models.BooleanField(default=False)
    proposed_sure = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = _person()

    objects = SetMeaningQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "folded"], name="set_has_one_meaning")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words


class TaskQuerySet(ScopedQuerySet["Task"]):
    """Tasks: of the programmes led, and those assigned to the person's units."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        served = Task.objects.filter(assignments__unit_id__in=scope.reach(DUTY_ROLES)).values("pk")
        return programmes_led(scope, "programme__") | models.Q(pk__in=served)


class Task(models.Model):
    """Nhiệm vụ: the smallest thing that a directive lays on somebody, as read, corrected and confirmed.

    `read_as` is the reading's own task, null for one added by hand. `due_on` and `cadence` are what issuing counts by:
    one or the other, never both; `ends_on` is until when it is reported, where a later directive says so. `same_as`:
    the issued task that this one is the same duty as (JOINED); its passages become further sources of that task, and it
    has no assignments of its own.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ORDER)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.PROPOSED)
    sure = models.BooleanField(default=True)
    origin = models.CharField(max_length=20, blank=True)
    deadline_kind = models.CharField(max_length=10, choices=DeadlineKind.choices, default=DeadlineKind.NONE)
    deadline_value = models.CharField(max_length=30, null=True)
    every = models.CharField(max_length=10, null=True)
    deadline_start = models.PositiveIntegerField(null=True)
    deadline_end = models.PositiveIntegerField(null=True)
    deadline_sure = models.BooleanField(default=True)
    deadline_confirmed_at = models.DateTimeField(null=True)
    deadline_confirmed_by = _person()
    due_on = models.DateField(null=True)
    cadence = models.CharField(max_length=10, choices=Cadence.choices, null=True)
    ends_on = models.DateField(null=True)
    product = models.TextField(blank=True)
    read_as = models.JSONField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = _person()
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(cadence__isnull=True), name="task_date_or_cadence"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TaskState.ISSUED)
                | models.Q(confirmed_at__isnull=False)
                & (models.Q(due_on__isnull=False) | models.Q(cadence__isnull=False)),
                name="task_issued_is_confirmed_and_timed",
            ),
            models.CheckConstraint(
                condition=models.Q(state=TaskState.JOINED, same_as__isnull=False)
                | (~models.Q(state=TaskState.JOINED) & models.Q(same_as__isnull=True)),
                name="task_joined_to_another",
            ),
        ]
        ordering = ["position", "id"]
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")

    def __str__(self) -> str:
        return self.text[:80]


class TaskSourceQuerySet(ScopedQuerySet["TaskSource"]):
    """Sources, seen with their task."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(task__in=Task.objects.filter(TaskQuerySet.scope_q(scope)))


class TaskSource(models.Model):
    """Căn cứ của nhiệm vụ: a passage that orders the task; one task may have several."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="sources")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="task_sources")

    objects = TaskSourceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "passage"], name="task_source_once")]
        ordering = ["passage__start"]

    def __str__(self) -> str:
        return f"{self.task_id} ← {self.passage_id}"


class TaskUnitQuerySet(ScopedQuerySet["TaskUnit"]):
    """Units of tasks, seen with their task."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(task__in=Task.objects.filter(TaskQuerySet.scope_q(scope)))


class TaskUnit(models.Model):
    """A unit, or a set of units, that a task names; before issue it is matched to the register and confirmed.

    `start`, `end` are its place in the directive's text, null where a person added it.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="units")
    role = models.CharField(max_length=14, choices=UnitRole.choices)
    words = models.CharField(max_length=300)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    is_set = models.BooleanField(default=False)
    sure = models.BooleanField(default=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    meaning = models.ForeignKey(SetMeaning, models.PROTECT, null=True, related_name="mentions")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = _person()

    objects = TaskUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_set=True, unit__isnull=True, meaning__isnull=False)
                | models.Q(is_set=False, meaning__isnull=True),
                name="task_unit_is_a_unit_or_a_set",
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words


class CorrectionQuerySet(ScopedQuerySet["Correction"]):
    """Corrections, seen by those who lead the programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return programmes_led(scope, "programme__")


class Correction(models.Model):
    """Chỉnh sửa: what a person changed of what was read, kept so that accuracy in use is known."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="corrections")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="corrections")
    field = models.CharField(max_length=20)
    read_as = models.TextField(blank=True)
    corrected_to = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.field


class FocalHandover(Handover):
    """Following a programme up went over to another unit."""

    row = models.ForeignKey(Programme, models.PROTECT, related_name="handovers")


class TaskUnitHandover(Handover):
    """A unit that a task under review names was replaced by its heir; goes with its row, as all of a proposal."""

    row = models.ForeignKey(TaskUnit, models.CASCADE, related_name="handovers")


class SetHandover(Handover):
    """A unit in the meaning of a set under review was replaced by its heir; likewise."""

    row = models.ForeignKey(SetMeaning, models.CASCADE, related_name="handovers")
