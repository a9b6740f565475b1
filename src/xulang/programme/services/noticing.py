"""A unit says that it has seen what became of its duty."""

import datetime as dt

from django.db import transaction

from xulang.organisation.enums import ACTING_ROLES
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.models import ChangeNotice, Difference


@transaction.atomic
def see(*, difference: Difference, by: Person, now: dt.datetime) -> int:
    """Notes the first seeing of a change by each of the person's units that was told of it; gives their number."""
    rows = ChangeNotice.objects.filter(difference=difference, unit_id__in=acting(by, now).units(ACTING_ROLES))
    unseen = list(rows.filter(seen_at__isnull=True).select_for_update(of=("self",)))
    for row in unseen:
        row.seen_at, row.seen_by = now, by
        row.save(update_fields=["seen_at", "seen_by"])
        data = {"notice": row.pk, "unit": row.unit_id}
        journal.record(by=by, action="change.seen", subject=row.assignment, data=data, now=now)
    return len(unseen)
