"""Hoàn tác: taking back one's last act of a review, as long as nobody has changed the same rows since."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core import serializers
from django.db import models, transaction

from xulang.organisation.models import Person
from xulang.programme.errors import ChangedSince, NothingToUndo
from xulang.programme.models import (
    Amendment,
    Correction,
    Difference,
    Programme,
    ReviewStep,
    SetMeaning,
    Task,
    TaskSource,
    TaskUnit,
)
from xulang.programme.models.steps import Exactly
from xulang.programme.services.reviewing import noted, reviewing

KEPT = 30  # steps of one programme

# What an act may change, in the order in which rows need each other.
_TABLES: tuple[type[models.Model], ...] = (SetMeaning, Task, TaskSource, TaskUnit, Correction, Amendment, Difference)
_IN_PROGRAMME = {TaskSource: "task__programme", TaskUnit: "task__programme"}

Rows = dict[str, dict[str, Any]]


@contextmanager
def undoable(*, programme: Programme, by: Person, now: dt.datetime) -> Iterator[None]:
    """Keeps what the act inside changes, so that `undo` can take it back. To be used in the act's own transaction."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    before = _rows(programme)
    yield
    after = _rows(programme)
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if changed:
        ReviewStep.objects.create(
            programme=programme,
            by=by,
            at=now,
            before={key: before.get(key) for key in changed},
            after={key: after.get(key) for key in changed},
        )
        old = programme.steps.order_by("-id").values_list("pk", flat=True)[KEPT:]
        ReviewStep.objects.filter(pk__in=list(old)).delete()


@transaction.atomic
def undo(*, programme: Programme, by: Person, now: dt.datetime) -> int | None:
    """Takes back the person's own last act of this review; again, the one before it. Gives the task it was about.

    Raises NotPermitted, NotInReview, NothingToUndo, and ChangedSince where a row is no longer as that act left it.
    """
    programme = reviewing(programme, by, now)
    step = programme.steps.filter(by=by).last()
    if step is None:
        raise NothingToUndo
    current = _rows(programme)
    if any(current.get(key) != row for key, row in step.after.items()):
        raise ChangedSince
    for table in reversed(_TABLES):
        label = f"{table._meta.label_lower}:"
        made = [key.removeprefix(label) for key, row in step.before.items() if row is None and key.startswith(label)]
        table._default_manager.filter(pk__in=made).delete()
    was = [row for row in step.before.values() if row is not None]
    for model in [Programme._meta.label_lower, *(table._meta.label_lower for table in _TABLES)]:
        of_table = [row for row in was if row["model"] == model]
        for restored in serializers.deserialize("python", of_table):
            restored.save()
    step.delete()
    noted(programme, "review.undone", by, now, data={"rows": len(step.before)})
    about = [key.rpartition(":")[2] for key in step.before if key.startswith(f"{Task._meta.label_lower}:")]
    return int(about[0]) if about else None


def _rows(programme: Programme) -> Rows:
    """Every row of the review by "model:id", as JSON gives it back."""
    found: list[dict[str, Any]] = serializers.serialize("python", Programme.objects.filter(pk=programme.pk))
    for table in _TABLES:
        path = _IN_PROGRAMME.get(table, "programme")
        found += serializers.serialize("python", table._default_manager.filter(**{path: programme}).order_by("pk"))
    for row in found:
        row["fields"] = {name: sorted(value) if name == "units" else value for name, value in row["fields"].items()}
    plain = json.loads(json.dumps(found, cls=Exactly))
    return {f"{row['model']}:{row['pk']}": row for row in plain}
