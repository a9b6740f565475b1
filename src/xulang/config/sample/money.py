"""What the festival of the sample town costs: one estimate that is being spent, one that waits to be appraised."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from xulang.budget import services
from xulang.budget.enums import Source
from xulang.budget.models import Estimate
from xulang.budget.norms import norms
from xulang.budget.services import NewLine
from xulang.organisation.models import Person
from xulang.programme.models import Assignment, Programme

HERE = Path(__file__).parent


def fund(programme: Programme, now: dt.datetime) -> list[Estimate]:
    """Draws the estimates up; one goes the whole way to its first spending."""
    table = tomllib.loads((HERE / "budget.toml").read_text("utf-8"))
    return [_drawn(row, programme, now) for row in table["estimate"]]


def _drawn(row: dict[str, Any], programme: Programme, now: dt.datetime) -> Estimate:
    by, today = Person.objects.get(username=row["by"]), timezone.localdate(now)
    task = list(programme.tasks.order_by("pk"))[row["task"] - 1]
    duty = Assignment.objects.select_related("unit").get(task=task, unit=programme.focal_unit_id, role="LEAD")
    services.say_regular(assignment=duty, regular=False, by=by, now=now)
    told = {"unit": duty.unit, "programme": programme, "year": today.year, "title": row["title"]}
    made = services.draw_up(**told, approved_on=today, by=by, now=now)
    for line in row["line"]:
        services.add_line(estimate=made, new=_line(line, duty, today), by=by, now=now)
    services.send(estimate=made, by=by, now=now)
    if row["approved"]:
        _decided(made, row, by, now)
    return made


def _line(row: dict[str, Any], duty: Assignment, today: dt.date) -> NewLine:
    norm = norms().get(row.get("norm", ""))
    version = norm.on(today) if norm else None
    document = version.document.code if version else ""
    told = row | {"source": Source(row["source"]), "norm": norm.code if norm and version else "", "document": document}
    return NewLine(assignment=duty, **told)


def _decided(made: Estimate, row: dict[str, Any], by: Person, now: dt.datetime) -> None:
    finance, leader = (Person.objects.get(username=name) for name in ("tai.chinh", "lanh.dao"))
    lines = {line.content: line for line in made.current.lines.all()}
    opinions = [services.Opinion(line.pk, *row["cut"].get(content, (line.amount,))) for content, line in lines.items()]
    services.appraise_lines(estimate=made, opinions=opinions, by=finance, now=now)
    services.finish_appraisal(estimate=made, by=finance, now=now)
    services.approve(estimate=made, by=leader, now=now)
    for content, amount, voucher in row["spent"]:
        on = timezone.localdate(now)
        services.spend(line=lines[content], amount=amount, on=on, voucher=voucher, by=by, now=now)
