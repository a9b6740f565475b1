"""The steps of a review, kept so that the last one can be taken back."""

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.db import models

from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models.proposal import Programme, programmes_led


class Exactly(json.JSONEncoder):
    """Days and times to the microsecond: what is taken back must be as it was."""

    def default(self, o: Any) -> Any:
        """See the class."""
        return o.isoformat() if isinstance(o, dt.date) else super().default(o)


class ReviewStepQuerySet(ScopedQuerySet["ReviewStep"]):
    """Steps, seen by those who lead the programme."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return programmes_led(scope, "programme__")


class ReviewStep(models.Model):
    """Bước rà soát: the rows that one act of a review changed, as they were `before` and `after` it.

    Both map "model:id" to the row's fields, null where there was no such row. Issuing ends what could be taken back.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="steps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(encoder=Exactly)
    after = models.JSONField(encoder=Exactly)

    objects = ReviewStepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.at}"
