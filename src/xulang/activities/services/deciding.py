"""A commendation, or a practice for others to copy, is decided by the leader above the unit that proposed it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from xulang.activities.enums import DECIDING, DecisionState, LineKind
from xulang.activities.errors import DecisionNeeded, NotProposed
from xulang.activities.models import Activity, Commendation
from xulang.activities.services.recording import standing, write
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal


@transaction.atomic
def decide(
    *,
    activity: Activity,
    approved: bool,
    by: Person,
    now: dt.datetime,
    decision: str = "",
    decided_on: dt.date | None = None,
) -> Commendation:
    """Accepts a proposal, by a decision with number and day, or refuses it.

    Raises NotPermitted, ActivityWithdrawn, NotProposed, DecisionNeeded (an acceptance without its paper).
    """
    activity = standing(activity)
    if activity.unit_id not in acting(by, now).reach(DECIDING):
        raise NotPermitted
    found = Commendation.objects.select_for_update().filter(pk=activity.pk).first()
    if found is None or found.state != DecisionState.PROPOSED:
        raise NotProposed
    if approved and (not decision.strip() or decided_on is None or decided_on > timezone.localdate(now)):
        raise DecisionNeeded
    found.state = DecisionState.APPROVED if approved else DecisionState.REFUSED
    found.decision, found.decided_on = decision.strip()[:120], decided_on
    found.save(update_fields=["state", "decision", "decided_on"])
    write(activity, LineKind.APPROVED if approved else LineKind.REFUSED, by, now)
    data = {"decision": found.decision} if approved else {}
    journal.record(by=by, action=f"activity.{found.state.lower()}", subject=activity, data=data, now=now)
    return found
