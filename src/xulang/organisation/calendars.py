"""The office's own days off and days worked: decided, taken back, and joined to those of the whole country."""

import datetime as dt

from django.db import transaction

from xulang.organisation.enums import Role
from xulang.organisation.errors import AsUsual, NotPermitted
from xulang.organisation.models import OwnDay, Person, Unit
from xulang.organisation.permits import acting
from xulang.organisation.working_days import WorkingDays
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded

DECIDING = (Role.ADMINISTRATOR, Role.LEAD_OFFICER)


def working_days(home_unit_id: int | None) -> WorkingDays:
    """The working days of a governing body; those of the whole country for None."""
    if home_unit_id is None:
        return WorkingDays()
    return WorkingDays(dict(OwnDay.objects.filter(unit_id=home_unit_id).values_list("day", "works")))


def working_days_of() -> dict[int, WorkingDays]:
    """Those of every governing body that decided days of its own."""
    found: dict[int, dict[dt.date, bool]] = {}
    for unit, day, works in OwnDay.objects.order_by().values_list("unit_id", "day", "works"):
        found.setdefault(unit, {})[day] = works
    return {unit: WorkingDays(days) for unit, days in found.items()}


@transaction.atomic
def decide_day(*, unit: Unit, day: dt.date, works: bool, reason: str, by: Person, now: dt.datetime) -> OwnDay:
    """Records that a governing body works on a day, or does not, against what holds for the whole country.

    A day decided before is decided anew. Raises NotPermitted, ReasonNeeded, AsUsual.
    """
    _may_decide(unit.pk, by, now)
    if not reason.strip():
        raise ReasonNeeded
    if WorkingDays().works(day) == works:
        raise AsUsual(day=day.strftime("%d/%m/%Y"))
    row, _made = OwnDay.objects.update_or_create(
        unit=unit, day=day, defaults={"works": works, "reason": reason.strip()[:200], "recorded_by": by}
    )
    journal.record(
        by=by, action="calendar.decided", subject=unit, data={"day": day.isoformat(), "works": works}, now=now
    )
    return row


@transaction.atomic
def withdraw_day(*, own: OwnDay, by: Person, now: dt.datetime) -> None:
    """The day is again what it is for the whole country. Raises NotPermitted."""
    _may_decide(own.unit_id, by, now)
    journal.record(by=by, action="calendar.withdrawn", subject=own.unit, data={"day": own.day.isoformat()}, now=now)
    own.delete()


def _may_decide(unit_id: int, by: Person, now: dt.datetime) -> None:
    if unit_id not in acting(by, now).homes(DECIDING):
        raise NotPermitted
