"""What the clock told a person, and when it tells next."""

import datetime as dt

from xulang.organisation.models import Person
from xulang.programme.enums import AWAITING
from xulang.programme.ladder import ASKED
from xulang.programme.models import Notice, OwnNotice
from xulang.programme.ports import due_items

SHOWN = 200


def other_notices(person: Person) -> list[OwnNotice]:
    """A person's notices of what is no duty, as far as they ask something still and were not seen."""
    return [
        row
        for items in due_items()
        for row in items.worth(items.notices().filter(person=person, seen_at__isnull=True))[:SHOWN]
    ]


def notices(person: Person, today: dt.date) -> list[Notice]:
    """A person's notices of duties that are owed still, each duty's last one; the unseen first, then by due day."""
    rows = (
        Notice.objects.for_user(person, today)
        .filter(expected__state__in=AWAITING)
        .exclude(step=ASKED.code, about__answered_by__isnull=False)
        .select_related("expected__assignment__task", "unit")
        .prefetch_related("unit__names")
        .order_by("-day", "-id")[: 4 * SHOWN]
    )
    last: dict[int, Notice] = {}
    for row in rows:
        last.setdefault(row.expected_id, row)
    found = sorted(last.values(), key=lambda row: (row.seen_at is not None, row.due, row.pk))
    return found[:SHOWN]
