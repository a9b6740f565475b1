"""Who completed a course is given a certificate, numbered in the book of the unit that held it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from xulang.activities.enums import Kind
from xulang.activities.errors import NobodyToCertify, NotOver
from xulang.activities.models import SYMBOL, Activity, Attendee, Certificate
from xulang.activities.services.recording import may_or_refuse, standing
from xulang.organisation.models import Person, Unit
from xulang.papers.paper import Signature
from xulang.papers.writing.certificate import Course, Holder, write_certificates
from xulang.plumbing import journal
from xulang.programme.papering import broken, place_of, superior_of


@transaction.atomic
def certify(
    *,
    activity: Activity,
    attendees: Iterable[Attendee],
    signer: str,
    lines: Sequence[str],
    issued_on: dt.date,
    by: Person,
    now: dt.datetime,
) -> list[Certificate]:
    """Gives each of the attendees of a course a certificate with the unit's next number; gives the new ones.

    Who has one keeps it. By who records for the unit; issued not before the course is over, and not for a day to come.
    Raises NotPermitted, ActivityWithdrawn, NobodyToCertify, NotOver.
    """
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    asked = {one.pk for one in attendees}
    rows = (
        list(activity.attendees.filter(pk__in=asked, certificate__isnull=True))
        if activity.kind == Kind.TRAINING
        else []
    )
    told = [line.strip() for line in lines if line.strip()]
    if not rows or not signer.strip() or not told:
        raise NobodyToCertify
    if not activity.ends <= issued_on <= timezone.localdate(now):
        raise NotOver(day=f"{activity.ends:%d/%m/%Y}")
    Unit.objects.select_for_update().get(pk=activity.unit_id)  # of two who number at once, one waits
    book = Certificate.objects.filter(unit=activity.unit_id, year=issued_on.year)
    last = book.aggregate(last=Max("number"))["last"] or 0
    made = Certificate.objects.bulk_create(
        Certificate(
            activity=activity, attendee=row, unit_id=activity.unit_id, year=issued_on.year, number=number,
            issued_on=issued_on, signer=signer.strip()[:120], lines=told, at=now, by=by,
        )
        for number, row in enumerate(rows, last + 1)
    )  # fmt: skip
    data = {"certificates": [row.number for row in made], "year": issued_on.year}
    journal.record(by=by, action="certificates.given", subject=activity, data=data, now=now)
    return made


def certificates(*, activity: Activity, by: Person, now: dt.datetime) -> bytes:
    """The certificates of a course as one Word file, a page for each whose name is still there; journalled.

    Raises NotPermitted, and `papers.paper.UnfitPaperError` where there is none.
    """
    may_or_refuse(activity.unit_id, by, now)
    rows = list(activity.certificates.filter(attendee__isnull=False).select_related("attendee", "unit"))
    data = {"certificates": len(rows)}
    journal.record(by=by, action="certificates.taken", subject=activity, data=data, now=now)
    holders = [Holder(row.attendee.name, row.attendee.body, row.number) for row in rows if row.attendee is not None]
    return write_certificates(_course(activity, rows[-1] if rows else None, timezone.localdate(now)), holders)


def _course(activity: Activity, last: Certificate | None, today: dt.date) -> Course:
    """What the certificates say, as the last given has it: one course has one day of issue and one signature."""
    unit = last.unit if last is not None else activity.unit
    day = last.issued_on if last is not None else today
    days = f"{activity.begins:%d/%m/%Y}"
    held = f"ngày {days}" if activity.ends == activity.begins else f"từ ngày {days} đến ngày {activity.ends:%d/%m/%Y}"
    above = superior_of(unit, day)
    return Course(
        issuer=broken(unit.name_on(day)),
        superior=broken(above),
        symbol=SYMBOL,
        place=place_of(unit, day) or _place_above(unit, day),
        issued_on=day,
        title=activity.title,
        held=f"{held}{f', tại {activity.place}' if activity.place else ''}.",
        signature=Signature(tuple(last.lines), last.signer) if last is not None else Signature((), ""),
    )


def _place_above(unit: Unit, day: dt.date) -> str:
    """The place of the office above a department, whose own name has none."""
    above = unit.parents.on(day).select_related("parent").first()
    return place_of(above.parent, day) if above else ""
