"""The report that is put together from what units reported: its numbered versions, and what a person reworded."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.registry.models import OutgoingPaper
from xulang.reporting.models.round import Round, rounds_led


class EditQuerySet(ScopedQuerySet["Edit"]):
    """Edits, seen by those who lead the round."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return rounds_led(scope, "round__")


class Edit(models.Model):
    """Sửa lời văn: what a person made of the passages of a heading; the last one holds, an empty one takes it back.

    `sources_sha256` tells which passages it was made from: where they changed since, the edit is to be looked at again.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="edits")
    heading = models.CharField(max_length=120)
    text = models.TextField()
    sources_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.heading}: {self.text[:60]}"


class ConsolidationQuerySet(ScopedQuerySet["Consolidation"]):
    """Versions, seen by those who lead the round."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return rounds_led(scope, "round__")


class Consolidation(models.Model):
    """Bản tổng hợp: one numbered version of a round's report. Never changed or deleted; triggers see to it.

    `content` is canonical JSON: the same accepted reports give the same bytes. `changes` lists what it says otherwise
    than the version before it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="consolidations")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    changes = models.JSONField(default=list)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ConsolidationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="consolidation_numbered_once")]
        ordering = ["round", "number"]
        verbose_name = _("bản tổng hợp")
        verbose_name_plural = _("bản tổng hợp")

    def __str__(self) -> str:
        return f"{self.round_id} #{self.number}"

    @property
    def told(self) -> dict[str, Any]:
        """What it says."""
        told: dict[str, Any] = json.loads(self.content)
        return told

    @property
    def issue(self) -> "Issue | None":
        """How it went out; a number that was cancelled counts as none."""
        return next((one for one in self.issues.all() if one.paper.cancelled_at is None), None)


class Issue(models.Model):
    """Phát hành: a version went out as an official paper, with its number. `lines`: who signs, from TM. down.

    One whose number was cancelled may be followed by another.
    """

    consolidation = models.ForeignKey(Consolidation, models.PROTECT, related_name="issues")
    paper = models.OneToOneField(OutgoingPaper, models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.paper_id)
