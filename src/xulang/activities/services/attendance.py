"""Who was at a training or a session: a list of names that lies outside the ledger and can be erased.

Whoever uses the platform and was at a session that tells of a directive has seen that directive: the register notes it
for the person, with the session's name as how.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from xulang.activities.enums import Kind
from xulang.activities.errors import NobodyPresent, NoSession, NotYetDone
from xulang.activities.models import Activity, ActivityDirective, Attendee
from xulang.activities.services.recording import may_or_refuse, standing
from xulang.organisation.models import Person, PostHolding
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.registry import circulating
from xulang.registry.enums import DirectiveState
from xulang.registry.models import Circulation, Directive

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
def tell_of(*, activity: Activity, directives: Iterable[Directive], by: Person, now: dt.datetime) -> None:
    """Which directives a session tells of; who is marked present has seen them.

    Of those that the person may see, beside what the session told of before. Raises NotPermitted, ActivityWithdrawn,
    NoSession.
    """
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    if activity.kind != Kind.DISSEMINATION:
        raise NoSession
    may = Directive.objects.for_user(by, timezone.localdate(now)).filter(state=DirectiveState.RECEIVED)
    wanted = {row.pk: row for row in may.filter(pk__in=[one.pk for one in directives])}
    had = set(activity.tells.values_list("directive_id", flat=True))
    new = [row for pk, row in wanted.items() if pk not in had]
    ActivityDirective.objects.bulk_create(ActivityDirective(activity=activity, directive=row) for row in new)
    _seen(activity, new, _users(activity), by)
    data = {"directives": sorted(wanted.keys() - had)}
    journal.record(by=by, action="activity.tells", subject=activity, data=data, now=now)


@transaction.atomic
def tell_no_more(*, tells: ActivityDirective, by: Person, now: dt.datetime) -> None:
    """A session did not tell of a directive after all; nobody saw it there. Raises NotPermitted, ActivityWithdrawn."""
    activity = standing(tells.activity)
    may_or_refuse(activity.unit_id, by, now)
    directive = tells.directive
    tells.delete()
    _unseen(activity, [directive], _users(activity))
    data = {"directive": directive.pk}
    journal.record(by=by, action="activity.tells_no_more", subject=activity, data=data, now=now)


@transaction.atomic
def mark_present(*, activity: Activity, people: Iterable[Person], by: Person, now: dt.datetime) -> int:
    """Users of the platform were there; how many were not marked before.

    Those whom `may_be_present` names. Raises NotPermitted, ActivityWithdrawn, NotYetDone (a session that has not
    begun), NobodyPresent.
    """
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    today = timezone.localdate(now)
    if activity.begins > today:
        raise NotYetDone(day=f"{activity.begins:%d/%m/%Y}")
    asked = {one.pk for one in people}
    found = [row for row in may_be_present(activity, by, today) if row.pk in asked]
    if not found:
        raise NobodyPresent
    held = PostHolding.objects.on(activity.ends).filter(person__in=found).select_related("post__unit").order_by("-pk")
    units = {row.person_id: row.post.unit.name_on(activity.ends) for row in held}
    Attendee.objects.bulk_create(
        Attendee(activity=activity, person=one, name=one.full_name, body=units.get(one.pk, "")) for one in found
    )
    _seen(activity, _told(activity), found, by)
    data = {"people": sorted(one.pk for one in found)}
    journal.record(by=by, action="attendance.present", subject=activity, data=data, now=now)
    return len(found)


@transaction.atomic
def strike(*, attendee: Attendee, by: Person, now: dt.datetime) -> None:
    """One name is struck off a list: the person was not there, and saw nothing there. Raises NotPermitted."""
    activity = attendee.activity
    may_or_refuse(activity.unit_id, by, now)
    person, pk = attendee.person, attendee.pk
    attendee.delete()
    if person is not None:
        _unseen(activity, _told(activity), [person])
    journal.record(by=by, action="attendance.struck", subject=activity, data={"attendee": pk}, now=now)


def may_be_present(activity: Activity, by: Person, today: dt.date) -> list[Person]:
    """Whom a person may mark as present: those they see, and those given to read what the session tells of, unmarked.

    Each with an open account; by name.
    """
    given = Circulation.objects.for_user(by, today).filter(directive__in=activity.tells.values("directive"))
    seen = Person.objects.for_user(by, today).order_by().values("pk")
    rows = Person.objects.filter(models.Q(pk__in=seen) | models.Q(pk__in=given.order_by().values("person")))
    there = activity.attendees.filter(person__isnull=False).values("person")
    return sorted(rows.filter(is_active=True).exclude(pk__in=there), key=lambda person: person.sort_key)


def _told(activity: Activity) -> list[Directive]:
    rows = Directive.objects.filter(pk__in=activity.tells.values("directive"))
    return list(rows.defer("text", "reading").order_by("pk"))


def _users(activity: Activity) -> list[Person]:
    return list(Person.objects.filter(pk__in=activity.attendees.filter(person__isnull=False).values("person")))


def _seen(activity: Activity, directives: Iterable[Directive], people: Iterable[Person], by: Person) -> None:
    at = timezone.make_aware(dt.datetime.combine(activity.begins, activity.starts_at or dt.time()))
    session = f"{activity.title[:370]} ({activity.begins:%d/%m/%Y})"
    circulating.see_in_session(directives=directives, people=people, session=session, at=at, by=by)


def _unseen(activity: Activity, directives: Iterable[Directive], people: Iterable[Person]) -> None:
    """Not where another session told the same person of it."""
    for directive in directives:
        others = Attendee.objects.filter(activity__tells__directive=directive, activity__withdrawn_at__isnull=True)
        stays = set(others.exclude(activity=activity).values_list("person_id", flat=True))
        circulating.unsee(directives=[directive], people=[one for one in people if one.pk not in stays])


@transaction.atomic
def erase_attendance(*, activity: Activity, reason: str, by: Person, now: dt.datetime) -> int:
    """Erases every name of an activity's list; its counts stay, and what was seen there.

    Raises NotPermitted, ReasonNeeded. The reason is asked so that nobody erases by a slip; it may name a person, so it
    is not kept.
    """
    may_or_refuse(activity.unit_id, by, now)
    if not reason.strip():
        raise ReasonNeeded
    count, _kinds = activity.attendees.all().delete()
    journal.record(by=by, action="attendance.erased", subject=activity, data={"erased": count}, now=now)
    return count
