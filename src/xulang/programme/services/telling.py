"""Nhắc đọc: who was given a directive to read is told of it until they have seen it, once a person and day."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from xulang.organisation.calendars import working_days
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, PostHolding
from xulang.plumbing import journal
from xulang.programme.errors import EverybodyHasRead, RemindedToday
from xulang.programme.ladder import waiting_days
from xulang.programme.models import ReadingNotice
from xulang.registry.circulating import may_circulate
from xulang.registry.models import Circulation, Directive


def _waiting(today: dt.date) -> "models.QuerySet[Circulation]":
    """What was passed on to somebody who has an account and a post, and has not seen it."""
    holds = PostHolding.objects.on(today).filter(person=models.OuterRef("person"), person__is_active=True)
    return Circulation.objects.filter(models.Exists(holds), seen_at__isnull=True).order_by()


class Readings:
    """`ports.DueItems` of what persons have to read."""

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """See the port. Of steps that came while nobody ran the clock only the last is told."""
        came: dict[tuple[int, dt.date], dt.date] = {}
        calendars = {}
        groups = _waiting(today).filter(given_on__lte=today).values_list("directive__home_unit_id", "given_on")
        for home, given_on in groups.distinct():
            if home not in calendars:
                calendars[home] = working_days(home)
            days = waiting_days("reading", given_on, calendars[home])
            came[home, given_on] = max(day for day, _above in days if day <= today)
        made = 0
        for (home, given_on), day in came.items():
            rows = _waiting(today).filter(directive__home_unit_id=home, given_on=given_on)
            made += _write(rows.exclude(notices__day__gte=day), day, now)
        return made

    def notices(self) -> "models.QuerySet[Any]":
        """See the port."""
        rows = ReadingNotice.objects.select_related("circulation__directive", "circulation__given_by")
        return rows.defer("circulation__directive__text", "circulation__directive__reading")

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """See the port: what is not seen yet, each paper by its last notice."""
        later = ReadingNotice.objects.filter(circulation=models.OuterRef("circulation"), pk__gt=models.OuterRef("pk"))
        return rows.filter(~models.Exists(later), circulation__seen_at__isnull=True).order_by("circulation")


READINGS = Readings()


@transaction.atomic
def urge_readers(*, directive: Directive, by: Person, now: dt.datetime) -> int:
    """Reminds those who have not read a directive, of the persons whom one may pass it to; how many were told.

    In the digest of the day, or the next where it went out; who was told of it today is not told again. Raises
    NotPermitted, EverybodyHasRead, RemindedToday.
    """
    today = timezone.localdate(now)
    units = may_circulate(directive, by, today)
    if not units:
        raise NotPermitted
    rows = _waiting(today).filter(directive=directive, unit__in=units)
    if not rows.exists():
        raise EverybodyHasRead
    made = _write(rows.exclude(notices__day=today), today, now)
    if not made:
        raise RemindedToday
    journal.record(by=by, action="directive.readers_urged", subject=directive, data={"told": made}, now=now)
    return made


def _write(rows: "models.QuerySet[Circulation]", day: dt.date, now: dt.datetime) -> int:
    """A notice each; the constraint has the last word, should two clocks run at once."""
    notices = [
        ReadingNotice(circulation_id=pk, person_id=person, day=day, told_at=now)
        for pk, person in rows.order_by("pk").values_list("pk", "person_id")
    ]
    ReadingNotice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
    return len(notices)
