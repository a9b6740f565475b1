"""Plans of the office's own, drafted from a superior's directive: their items, and the units that shall do them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import Role
from xulang.organisation.models import Handover, Person, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.enums import Cadence, DraftState, UnitRole
from xulang.registry.models import Directive, OutgoingPaper, Passage


def offices(scope: Scope, path: str) -> models.Q:
    """Rows of a directive's office: for its lead officers, and for leaders at it or above."""
    return models.Q(**{f"{path}home_unit_id__in": scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])})


class DraftQuerySet(ScopedQuerySet["Draft"]):
    """Drafts, seen in the office that received the superior's directive."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return offices(scope, "superior__")


class Draft(models.Model):
    """Dự thảo kế hoạch: the office's plan that carries out a superior's directive, until it is signed.

    `aims` and `recipients` are lines; empty recipients are the units that the items name. `follows` is whom the closing
    part tells to follow up. `paper` is the number it was given, `issued` the directive that it became: both stay.
    """

    superior = models.ForeignKey(Directive, models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    title = models.CharField(max_length=500)
    symbol = models.CharField(max_length=80)
    place = models.CharField(max_length=120)
    aims = models.TextField(blank=True)
    follows = models.CharField(max_length=300, blank=True)
    recipients = models.TextField(blank=True)
    signer = models.CharField(max_length=200, blank=True)
    lines = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    paper = models.OneToOneField(OutgoingPaper, models.PROTECT, null=True, related_name="+")
    issued = models.OneToOneField(Directive, models.PROTECT, null=True, related_name="drafted_as")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[DraftState.OPEN, DraftState.DROPPED], paper__isnull=True, issued__isnull=True
                )
                | models.Q(state=DraftState.NUMBERED, paper__isnull=False, issued__isnull=True)
                | models.Q(state=DraftState.ISSUED, paper__isnull=False, issued__isnull=False),
                name="draft_numbered_then_issued",
            )
        ]
        ordering = ["-changed_at", "-id"]
        verbose_name = _("dự thảo kế hoạch")
        verbose_name_plural = _("dự thảo kế hoạch")

    def __str__(self) -> str:
        return self.title[:80]


class DraftItemQuerySet(ScopedQuerySet["DraftItem"]):
    """Items, seen with their draft."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return offices(scope, "draft__superior__")


class DraftItem(models.Model):
    """Mục của dự thảo: one task of the plan to be; `passage` is the superior's duty that it carries out.

    Items of one `heading` that follow each other stand beneath it. Without a date or cadence it is ongoing.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    due_on = models.DateField(null=True)
    cadence = models.CharField(max_length=10, choices=Cadence.choices, null=True)
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="draft_items")

    objects = DraftItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(cadence__isnull=True), name="draft_date_or_cadence"
            )
        ]
        ordering = ["position", "id"]
        verbose_name = _("mục của dự thảo")
        verbose_name_plural = _("mục của dự thảo")

    def __str__(self) -> str:
        return self.text[:80]


class DraftUnitQuerySet(ScopedQuerySet["DraftUnit"]):
    """Units of items, seen with their draft."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return offices(scope, "item__draft__superior__")


class DraftUnit(models.Model):
    """A unit that shall do an item of a draft, leading or coordinating."""

    item = models.ForeignKey(DraftItem, models.CASCADE, related_name="units")
    role = models.CharField(max_length=14, choices=UnitRole.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    objects = DraftUnitQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.role} {self.unit_id}"


class DraftUnitHandover(Handover):
    """A unit that an open draft names was replaced by its heir; goes with its row, as all of a draft."""

    row = models.ForeignKey(DraftUnit, models.CASCADE, related_name="handovers")
