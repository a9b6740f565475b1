"""A sample town at work: a small plan of an earlier day that runs already, and what its units did for it."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from xulang.activities.enums import RECORDING, Kind, PartnerKind
from xulang.activities.models import Activity
from xulang.activities.services import NewActivity, NewPiece, add_partner, agree, record, take_part
from xulang.config.sample.money import fund
from xulang.organisation.models import Person, PostHolding
from xulang.programme import services
from xulang.programme.enums import Cadence, TaskState
from xulang.programme.models import Assignment, Programme, TaskUnit
from xulang.registry.services import receive
from xulang.reporting import services as reporting
from xulang.reporting.indicators import forms
from xulang.reporting.models import Round
from xulang.reporting.year import periods_open

HERE = Path(__file__).parent
_AHEAD = dt.timedelta(days=120)


@transaction.atomic
def set_to_work(now: dt.datetime) -> list[Activity]:
    """Issues the festival's plan and records what was done and is planned, some days before and after `now`."""
    programme = _issued(now)
    table = tomllib.loads((HERE / "activities.toml").read_text("utf-8"))
    done = [_recorded(row, programme, now) for row in table["activity"]]
    for row in table["partner"]:
        _met(row, done, now)
    _reported(programme, table["round"], now)
    fund(programme, now)
    return done


def _reported(programme: Programme, told: dict[str, Any], now: dt.datetime) -> Round:
    """The round of the half-year: the focal unit's own report is accepted, the others wait filled in."""
    officer, leader = (Person.objects.get(username=told[who]) for who in ("by", "leader"))
    today = timezone.localdate(now)
    there = periods_open(programme, Cadence.HALF, today)
    period = next(one.code for one in there if one.start <= today <= one.end)
    form = forms()[told["form"]]
    made = reporting.open_round(
        programme=programme, form=form, cadence=Cadence.HALF, period=period, by=officer, now=now
    )
    for aimed, values in ((period[:4], told["targets"]), (period, told["targets_of_period"])):
        reporting.set_targets(programme=programme, period=aimed, values=values, by=officer, now=now)
    own = made.reports.get(unit=programme.focal_unit)
    reporting.save_draft(report=own, entered=told["entered"], narrative={}, by=officer, now=now)
    reporting.send(report=own, seen=True, by=officer, now=now)
    reporting.accept(report=own, by=leader, now=now)
    return made


def _met(row: dict[str, Any], done: list[Activity], now: dt.datetime) -> None:
    by, today = Person.objects.get(username=row["by"]), timezone.localdate(now)
    made = add_partner(kind=PartnerKind(row["kind"]), name=row["name"], country=row["country"], by=by, now=now)
    for agreement in row.get("agreement", ()):
        signed, expires = (today + dt.timedelta(days=agreement[word]) for word in ("signed", "expires"))
        agree(partner=made, title=agreement["title"], signed_on=signed, expires_on=expires, by=by, now=now)
    together = [one for one in done if one.title in row.get("together", ())]
    for one in together:
        take_part(activity=one, partners=[made], by=by, now=now)


def _issued(now: dt.datetime) -> Programme:
    officer = Person.objects.get(username="dau.moi")
    path = HERE / "festival.md"
    directive = receive(data=path.read_bytes(), name=path.name, by=officer, now=now)
    programme = services.propose(directive=directive, by=officer, now=now)
    services.set_cadence(programme=programme, cadence=Cadence.MONTH, by=officer, now=now)
    post = PostHolding.objects.select_related("post__unit").get(person=officer)
    services.set_focal_unit(programme=programme, unit=post.post.unit, by=officer, now=now)
    today = timezone.localdate(now)
    ends = dt.date((today + _AHEAD).year, 12, 31)  # its own year, while some months of that are left
    services.set_span(programme=programme, starts_on=today, ends_on=ends, by=officer, now=now)
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
