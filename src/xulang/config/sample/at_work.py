"""A sample town at work: a small plan of an earlier day that runs already, and what its units did for it."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from xulang.activities.enums import RECORDING, Kind
from xulang.activities.models import Activity
from xulang.activities.services import NewActivity, NewPiece, record
from xulang.organisation.models import Person, PostHolding
from xulang.programme import services
from xulang.programme.enums import Cadence, TaskState
from xulang.programme.models import Assignment, Programme, TaskUnit
from xulang.registry.services import receive

HERE = Path(__file__).parent


@transaction.atomic
def set_to_work(now: dt.datetime) -> list[Activity]:
    """Issues the festival's plan and records what was done and is planned, some days before and after `now`."""
    programme = _issued(now)
    table = tomllib.loads((HERE / "activities.toml").read_text("utf-8"))
    return [_recorded(row, programme, now) for row in table["activity"]]


def _issued(now: dt.datetime) -> Programme:
    officer = Person.objects.get(username="dau.moi")
    path = HERE / "festival.md"
    directive = receive(data=path.read_bytes(), name=path.name, by=officer, now=now)
    programme = services.propose(directive=directive, by=officer, now=now)
    services.set_cadence(programme=programme, cadence=Cadence.MONTH, by=officer, now=now)
    post = PostHolding.objects.select_related("post__unit").get(person=officer)
    services.set_focal_unit(programme=programme, unit=post.post.unit, by=officer, now=now)
    services.confirm_sure(programme=programme, by=officer, now=now)
    for named in TaskUnit.objects.filter(task__programme=programme, unit__isnull=False, confirmed_at__isnull=True):
        services.confirm_unit(task_unit=named, by=officer, now=now)
    for task in programme.tasks.filter(state=TaskState.PROPOSED):
        services.confirm_task(task=task, by=officer, now=now)
    return services.issue(programme=programme, by=officer, now=now)


def _recorded(row: dict[str, Any], programme: Programme, now: dt.datetime) -> Activity:
    by = Person.objects.get(username=row["by"])
    unit = PostHolding.objects.select_related("post__unit").get(person=by, post__role__in=RECORDING).post.unit
    day = timezone.localdate(now) + dt.timedelta(days=row["day"])
    tasks = list(programme.tasks.order_by("pk"))
    serves = Assignment.objects.filter(task__in=[tasks[number - 1] for number in row["tasks"]], unit=unit)
    return record(
        kind=Kind(row["kind"]),
        unit=unit,
        new=NewActivity(
            title=row["title"],
            begins=day,
            ends=day,
            starts_at=row.get("starts"),
            ends_at=row.get("ends_at"),
            place=row.get("place", ""),
            languages=row.get("languages", ()),
            note=row.get("note", ""),
            assignments=list(serves),
        ),
        detail=row["detail"],
        evidence=[NewPiece(data=row["file"].encode(), name="minh-chung.txt")] if "file" in row else [],
        by=by,
        now=now,
    )
