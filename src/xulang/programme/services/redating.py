"""An office's day off that was decided later: what falls due on it is moved to the next working day, by an act.

Issuing keeps a term that ends on a day off on the next working day (Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5) and
writes that day down. A day off decided afterwards moves nothing by itself: the ledger says who moved a deadline.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from xulang.organisation.calendars import working_days
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import OwnDay, Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.enums import EntryKind
from xulang.programme.errors import NothingFallsDue
from xulang.programme.models import ExpectedReport
from xulang.programme.services.desk import held_post, write
from xulang.programme.services.reminding import clocked


def due_on_day_off(own: OwnDay, by: Person, today: dt.date) -> QuerySet[ExpectedReport]:
    """The reports still owed that fall due on an office's own day off to come, where the person may see them."""
    rows = ExpectedReport.objects.for_user(by, today).filter(
        pk__in=clocked().filter(due=own.day).order_by().values("pk")
    )
    rows = rows.filter(assignment__task__programme__directive__home_unit=own.unit_id)
    return rows if own.day >= today and not own.works else rows.none()


def kept_instead(own: OwnDay) -> dt.date:
    """The working day on which a term that ends on the day off is kept."""
    return working_days(own.unit_id).kept_on(own.day)


@transaction.atomic
def redate_day_off(*, own: OwnDay, by: Person, now: dt.datetime) -> int:
    """Moves what falls due on the day off to the next working day; how many reports. The first day stays visible.

    By a lead officer of the office. The day taken back later moves nothing. Raises NotPermitted, NothingFallsDue.
    """
    if own.unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    rows = due_on_day_off(own, by, timezone.localdate(now)).select_related("assignment").order_by("pk")
    found = list(rows.select_for_update(of=("self",)))
    if not found:
        raise NothingFallsDue(day=f"{own.day:%d/%m/%Y}")
    due, post = kept_instead(own), held_post(by, now, [Role.LEAD_OFFICER])
    for row in found:
        write(row.assignment, EntryKind.REDATED, by, now, post=post, expected=row, note=own.reason, due=due)
    data = {"day": own.day.isoformat(), "due": due.isoformat(), "reports": len(found)}
    journal.record(by=by, action="calendar.redated", subject=own.unit, data=data, now=now)
    return len(found)
