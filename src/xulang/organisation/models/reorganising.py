"""Reorganisations: the dated act with its mapping, the successions it makes, and what it closed and opened."""

import datetime as dt
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import functions
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DIRECTORY_ROLES, ENDING, ReorganisationState, Role, Verb
from xulang.organisation.models.directory import Post, Unit, UnitCode, UnitName, UnitParent
from xulang.organisation.scopes import Scope, ScopedQuerySet, nothing

_M = TypeVar("_M", bound=models.Model)

# Administrators compose and apply; lead officers and leaders look at it and choose where open work goes.
REORGANISING = frozenset({Role.ADMINISTRATOR, Role.LEAD_OFFICER, Role.LEADER})


class ReorganisingQuerySet(ScopedQuerySet[_M]):
    """Rows of reorganisations: those of administrators, lead officers and leaders."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q() if scope.holds(*REORGANISING) else nothing()


class HistoryQuerySet(ScopedQuerySet[_M]):
    """What became of units: as open as the directory."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q() if scope.holds(*DIRECTORY_ROLES) else nothing()


def _person() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Reorganisation(models.Model):
    """Sắp xếp đơn vị: a dated act that renames, merges, splits, abolishes units or moves a function.

    Drafted with its lines, previewed, applied once. Undoing it is another row with a day of its own, `undoes` this one;
    neither is ever taken back. `state` of the one undone is UNDONE.
    """

    title = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=ReorganisationState.choices, default=ReorganisationState.DRAFT)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    drafted_at = models.DateTimeField()
    drafted_by = _person()
    applied_at = models.DateTimeField(null=True)
    applied_by = _person()

    objects = ReorganisingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ReorganisationState.DRAFT, applied_at__isnull=True, undoes__isnull=True)
                | (~models.Q(state=ReorganisationState.DRAFT) & models.Q(applied_at__isnull=False)),
                name="reorganisation_state_fits",
            )
        ]
        ordering = ["-on", "-id"]
        verbose_name = _("sắp xếp đơn vị")
        verbose_name_plural = _("sắp xếp đơn vị")

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """Dòng sắp xếp: what becomes of one unit (or that a new one is made), as the draft has it.

    The unit that receives stands already (`to`) or is made by another line (`to_line`). `function` names what it takes
    over, in the words that tasks use for it, parted by semicolons; of several receivers one is `main`.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="lines")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    to_line = models.ForeignKey("self", models.CASCADE, null=True, related_name="received_by")
    function = models.CharField(max_length=300, blank=True)
    main = models.BooleanField(default=False)
    kind = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=80, blank=True)
    english = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    parent_line = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    scheme = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=40, blank=True)
    made = models.OneToOneField(Unit, models.PROTECT, null=True, related_name="made_by")

    objects = ReorganisingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verb=Verb.ESTABLISH, unit__isnull=True)
                | (~models.Q(verb=Verb.ESTABLISH) & models.Q(unit__isnull=False)),
                name="line_has_its_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(to__isnull=True) | models.Q(to_line__isnull=True), name="line_one_receiver"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.unit_id or self.name}"

    @property
    def ends(self) -> bool:
        """Whether the unit ends by this line."""
        return self.verb in ENDING


class Succession(models.Model):
    """Kế thừa: from a day on one unit takes over from another, wholly or in a function. Never changed or deleted.

    A unit may have several functional successors; `main` is the one that takes what no function names. The legal basis
    is the act's; an undo writes its own, the other way round.
    """

    act = models.ForeignKey(Reorganisation, models.PROTECT, related_name="successions")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    on = models.DateField()
    basis = models.CharField(max_length=300)
    function = models.CharField(max_length=300, blank=True)
    main = models.BooleanField(default=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(from_unit=models.F("to_unit")), name="succession_of_another")
        ]
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id}"


class Effect(models.Model):
    """Hệ quả: one row of the directory that an act closed or opened; what an undo compensates. Never changed.

    Exactly one of the foreign keys is set. `was_to` is the end that a closed row had before.
    """

    act = models.ForeignKey(Reorganisation, models.PROTECT, related_name="effects")
    opened = models.BooleanField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.ForeignKey(UnitName, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey(UnitParent, models.PROTECT, null=True, related_name="+")
    code = models.ForeignKey(UnitCode, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    was_to = models.DateField(null=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.act_id} {'+' if self.opened else '-'}"


class Handover(models.Model):
    """Bàn giao: an act gave a row of some room from one unit to another. Each room makes its own table of these.

    The table has `row`, a foreign key to what was handed over with related name `handovers`. Append-only.
    """

    act = models.ForeignKey(Reorganisation, models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()

    objects = HistoryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.unit_id}"


def unit_then(ledger: "models.QuerySet[Any]", row: str, key: str, field: str, day: "dt.date | models.OuterRef") -> Any:
    """The unit a row belonged to at the end of a day, as an expression: what the first later handover took it from.

    `ledger` are the handovers, `row` their column of the row's number and `key` the asked table's; `field` is the path
    to the unit of today. The day may be the row's own, a column of the asked table.
    """
    later = ledger.filter(**{row: models.OuterRef(key)}, unit__isnull=False, on__gt=day).order_by("on", "id")
    gave = models.Subquery(later.values("from_unit")[:1])
    return functions.Coalesce(gave, models.F(field), output_field=models.BigIntegerField())
