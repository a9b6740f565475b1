"""Giao đọc: a directive is passed on to persons, and each person's first seeing of it is noted once."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import DUTY_ROLES, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, PostHolding, UnitParent
from xulang.organisation.permits import acting
from xulang.organisation.scopes import Scope, beneath, scope_of
from xulang.plumbing import journal
from xulang.registry.enums import DirectiveState
from xulang.registry.errors import NobodyToRead
from xulang.registry.models import Circulation, Directive


def may_pass_to(directive: Directive, scope: Scope) -> frozenset[int]:
    """The units whose people a person of this scope may give the directive to; of a paper that the person may see.

    A lead officer of its office: all of the office's. A leader or a head of a unit: those that they lead.
    """
    if directive.state != DirectiveState.RECEIVED:
        return frozenset()
    whole = [directive.home_unit_id] if directive.home_unit_id in scope.homes([Role.LEAD_OFFICER]) else []
    return beneath(whole, scope.parents) | scope.reach([Role.LEADER, Role.HEAD])


@transaction.atomic
def circulate(*, directive: Directive, people: Iterable[Person], by: Person, now: dt.datetime) -> list[Circulation]:
    """Gives the directive to persons to be read; those that have it already keep their day. Gives the new rows.

    Of the persons those who hold a post with duties in a unit that `may_pass_to` names; oneself is given nothing.
    Raises NotPermitted, NobodyToRead (there is none such).
    """
    scope = acting(by, now)
    allowed = may_pass_to(directive, scope)
    if not allowed or not Directive.objects.for_user(by, scope.day).filter(pk=directive.pk).exists():
        raise NotPermitted
    found = _units_of({one.pk for one in people} - {by.pk}, allowed, scope.day)
    if not found:
        raise NobodyToRead
    had = set(Circulation.objects.filter(directive=directive, person__in=found).values_list("person_id", flat=True))
    rows = [
        Circulation(
            directive=directive, person_id=person, given_to_id=unit, unit_id=unit, given_on=scope.day, given_by=by
        )
        for person, unit in found.items()
        if person not in had
    ]
    made = Circulation.objects.bulk_create(rows)
    if made:
        data = {"people": sorted(row.person_id for row in made), "units": sorted({row.unit_id for row in made})}
        journal.record(by=by, action="directive.circulated", subject=directive, data=data, now=now)
    return made


@transaction.atomic
def see(*, directive: Directive, by: Person, now: dt.datetime) -> bool:
    """Notes that a person opened a directive that they were given to read; whether that was the first time."""
    rows = Circulation.objects.filter(directive=directive, person=by, seen_at__isnull=True)
    if not rows.update(seen_at=now):
        return False
    journal.record(by=by, action="directive.seen", subject=directive, now=now)
    return True


def see_in_session(
    *, directives: Iterable[Directive], people: Iterable[Person], session: str, at: dt.datetime, by: Person
) -> None:
    """Persons heard of directives at a session: seen by who had not seen them; who was not given them is now.

    For rooms above, which have asked for the permission, journal it, and call in their transaction. A person who holds
    no post any more keeps the unit of the last one.
    """
    told = list(people)
    day = timezone.localdate(at)
    units = _units_of({one.pk for one in told}, None, day)
    for directive in directives:
        rows = Circulation.objects.filter(directive=directive, person__in=told)
        rows.filter(seen_at__isnull=True).update(seen_at=at, seen_in=session[:400])
        had = set(rows.values_list("person_id", flat=True))
        Circulation.objects.bulk_create(
            Circulation(
                directive=directive, person_id=person, given_to_id=unit, unit_id=unit, given_on=day, given_by=by,
                by_presence=True, seen_at=at, seen_in=session[:400],
            )
            for person, unit in units.items()
            if person not in had
        )  # fmt: skip


def unsee(*, directives: Iterable[Directive], people: Iterable[Person]) -> None:
    """Persons were at no session after all: not seen again; what only their presence had given them is taken back.

    For rooms above, as `see_in_session`; what a person opened stays seen.
    """
    rows = Circulation.objects.filter(directive__in=list(directives), person__in=list(people)).exclude(seen_in="")
    rows.filter(by_presence=True, handovers__isnull=True).delete()
    rows.update(seen_at=None, seen_in="")


def _units_of(people: Iterable[int], within: Iterable[int] | None, day: dt.date) -> dict[int, int]:
    """Of each person with an open account the unit of their first post with duties that day, within some units."""
    held = PostHolding.objects.on(day).filter(
        person__in=list(people), person__is_active=True, post__role__in=DUTY_ROLES
    )
    if within is not None:
        held = held.filter(post__unit__in=list(within))
    found: dict[int, int] = {}
    for person, unit in held.order_by("pk").values_list("person_id", "post__unit_id"):
        found.setdefault(person, unit)
    return found


def people_in(units: Iterable[int], day: dt.date, roles: Iterable[Role] = DUTY_ROLES) -> list[Person]:
    """Who holds a post with one of the roles in the units or beneath them on the day, and has an account."""
    reach = beneath(units, dict(UnitParent.objects.on(day).values_list("unit_id", "parent_id")))
    held = PostHolding.objects.on(day).filter(post__unit__in=reach, post__role__in=list(roles))
    rows = Person.objects.filter(pk__in=held.order_by().values("person"), is_active=True)
    return sorted(rows, key=lambda person: person.sort_key)


def may_circulate(directive: Directive, person: Person, today: dt.date) -> frozenset[int]:
    """See `may_pass_to`, of a person's posts of the day."""
    scope = scope_of(person, today)
    return may_pass_to(directive, scope) if scope else frozenset()
