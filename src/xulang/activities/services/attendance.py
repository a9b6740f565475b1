"""Who was at a training or a session: a list of names that lies outside the ledger and can be erased."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from xulang.activities.models import Activity, Attendee
from xulang.activities.services.recording import may_or_refuse, standing
from xulang.organisation.models import Person
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded

MOST = 2_000  # names of one list


@transaction.atomic
def list_attendance(*, activity: Activity, rows: Iterable[tuple[str, str]], by: Person, now: dt.datetime) -> int:
    """Adds names, each with the body it comes from; how many there are then. Raises NotPermitted, ActivityWithdrawn."""
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    there = set(activity.attendees.values_list("name", "body"))
    told = dict.fromkeys((" ".join(name.split())[:120], " ".join(body.split())[:200]) for name, body in rows)
    new = [row for row in told if row[0] and row not in there][: MOST - len(there)]
    Attendee.objects.bulk_create(Attendee(activity=activity, name=name, body=body) for name, body in new)
    journal.record(by=by, action="attendance.listed", subject=activity, data={"added": len(new)}, now=now)
    return len(there) + len(new)


def open_attendance(*, activity: Activity, by: Person, now: dt.datetime) -> list[Attendee]:
    """The names, for the unit that keeps them; the journal says who opened them. Raises NotPermitted."""
    may_or_refuse(activity.unit_id, by, now)
    found = list(activity.attendees.all())
    if found:
        journal.record(by=by, action="attendance.opened", subject=activity, data={"names": len(found)}, now=now)
    return found


@transaction.atomic
def erase_attendance(*, activity: Activity, reason: str, by: Person, now: dt.datetime) -> int:
    """Erases every name of an activity's list; its counts stay. Raises NotPermitted, ReasonNeeded.

    The reason is asked so that nobody erases by a slip; it may name a person, so it is not kept.
    """
    may_or_refuse(activity.unit_id, by, now)
    if not reason.strip():
        raise ReasonNeeded
    count, _kinds = activity.attendees.all().delete()
    journal.record(by=by, action="attendance.erased", subject=activity, data={"erased": count}, now=now)
    return count
