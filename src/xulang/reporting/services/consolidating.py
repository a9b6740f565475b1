"""The focal unit puts the report together: rewords a heading, says what the plan wants, makes a numbered version."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from xulang.organisation.models import Person
from xulang.plumbing import journal
from xulang.programme.models import Programme
from xulang.reporting.aims import closing_month
from xulang.reporting.consolidating import canonical, content_of, parts_of, sha256, sources_sha256
from xulang.reporting.enums import ReportState
from xulang.reporting.errors import BadNumber, NoSuchPeriod, NothingChanged, NothingToConsolidate
from xulang.reporting.indicators import indicators
from xulang.reporting.models import Consolidation, Edit, Round, Target
from xulang.reporting.rules import changes
from xulang.reporting.services.opening import leading_post


@transaction.atomic
def consolidate(*, round: Round, by: Person, now: dt.datetime) -> Consolidation:
    """Makes the next numbered version of what the accepted reports say; it lists what it says otherwise than the last.

    Raises NotPermitted, NothingToConsolidate, NothingChanged.
    """
    round = _led(round, by, now)
    if not round.reports.filter(state=ReportState.ACCEPTED).exists():
        raise NothingToConsolidate
    last = round.consolidations.order_by("-number").first()
    content = content_of(round)
    text = canonical(content)
    if last is not None and last.content == text:
        raise NothingChanged(number=last.number)
    made = Consolidation.objects.create(
        round=round,
        number=last.number + 1 if last else 1,
        content=text,
        sha256=sha256(text),
        changes=[asdict(change) for change in changes(last.told, content)] if last else [],
        on=timezone.localdate(now),
        at=now,
        by=by,
    )
    data = {"number": made.number, "sha256": made.sha256}
    journal.record(by=by, action="round.consolidated", subject=round, data=data, now=now)
    return made


@transaction.atomic
def edit_text(*, round: Round, heading: str, text: str, by: Person, now: dt.datetime) -> Edit:
    """Rewords what stands under a heading; the passages stay beside it. Empty: their own words stand again.

    Raises NotPermitted; KeyError for a heading that the report has not.
    """
    round = _led(round, by, now)
    part = {row["heading"]: row for row in parts_of(content_of(round))}[heading]
    sources = sources_sha256(part["passages"])
    edit = Edit.objects.create(round=round, heading=heading, text=text.strip(), sources_sha256=sources, at=now, by=by)
    data = {"heading": heading, "sources": sources}
    journal.record(by=by, action="round.edited", subject=round, data=data, now=now)
    return edit


@transaction.atomic
def set_targets(
    *, programme: Programme, period: str, values: Mapping[str, int | None], by: Person, now: dt.datetime
) -> None:
    """Says what the plan wants reached in a period, by indicator; None takes it away.

    Raises NotPermitted, NoSuchPeriod, BadNumber.
    """
    leading_post(programme, by, now)
    if not closing_month(period):
        raise NoSuchPeriod
    for code, value in values.items():
        if value is not None and value < 0:
            raise BadNumber(name=indicators()[code].name)
        rows = Target.objects.filter(programme=programme, code=code, period=period)
        if value is None:
            rows.delete()
        else:
            said = {"value": value, "said_at": now, "said_by": by}
            Target.objects.update_or_create(programme=programme, code=code, period=period, defaults=said)
    data = {"period": period, "indicators": sorted(values)}
    journal.record(by=by, action="programme.targets_set", subject=programme, data=data, now=now)


def _led(round: Round, by: Person, now: dt.datetime) -> Round:
    """The round, locked; raises NotPermitted unless the person speaks for its focal unit."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("programme__directive")
    round = rows.get(pk=round.pk)
    leading_post(round.programme, by, now)
    return round
