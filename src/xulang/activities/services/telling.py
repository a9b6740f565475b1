"""What the clock tells of here: agreements' days, conferences without permission, evidence kept for long enough."""

import datetime as dt
from typing import Any

from django.db import models

from xulang.activities.enums import AgreementTerm, EventForm
from xulang.activities.knowledge import reminders
from xulang.activities.models import Activity, Agreement, AgreementNotice, ErasingNotice, PermitNotice
from xulang.activities.permissions import INTERNATIONAL, permission_on
from xulang.activities.services.erasing import units_with_kept
from xulang.organisation.enums import DESK, FOLLOWING, Role
from xulang.organisation.models import PostHolding, Unit, UnitParent
from xulang.organisation.scopes import home_of

# The column of an agreement's day, and the one that says that it is dealt with.
COLUMNS = {
    AgreementTerm.EXPIRY: ("expires_on", "settled_on"),
    AgreementTerm.FOLLOW_UP: ("follow_up_by", "followed_up_on"),
}
_AHEAD = dt.timedelta(days=365)  # no step comes earlier


class Agreements:
    """`programme.ports.DueItems` of agreements: the office's lead officers are told, late its leaders too."""

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """See the port. Of steps that came while nobody ran the clock only the last is told."""
        told: list[AgreementNotice] = []
        audience: dict[tuple[int, Role], set[int]] | None = None
        for term in AgreementTerm:
            for agreement, day in _open(term, today):
                came = [
                    (day + dt.timedelta(step.days), step.leader)
                    for step in reminders(term, day).steps
                    if day + dt.timedelta(step.days) <= today
                ]
                if not came or agreement.notices.filter(term=term, day__gte=came[-1][0]).exists():
                    continue
                audience = _audience(today) if audience is None else audience
                on, leader = came[-1]
                home = agreement.partner.home_unit_id
                people = audience.get((home, Role.LEAD_OFFICER), set())
                people = people | audience.get((home, Role.LEADER), set()) if leader or not people else people
                told += [
                    AgreementNotice(agreement=agreement, term=term, person_id=person, day=on, told_at=now)
                    for person in sorted(people)
                ]
        AgreementNotice.objects.bulk_create(told, ignore_conflicts=True)
        return len(told)

    def notices(self) -> "models.QuerySet[Any]":
        """See the port."""
        return AgreementNotice.objects.select_related("agreement__partner")

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """See the port: what is not dealt with, each day of an agreement by its last notice."""
        later = AgreementNotice.objects.filter(
            agreement=models.OuterRef("agreement"),
            term=models.OuterRef("term"),
            person=models.OuterRef("person"),
            day__gt=models.OuterRef("day"),
        )
        waits = [models.Q(term=term, **{f"agreement__{done}__isnull": True}) for term, (_day, done) in COLUMNS.items()]
        return rows.filter(waits[0] | waits[1], ~models.Exists(later)).order_by("agreement")


def _open(term: AgreementTerm, today: dt.date) -> list[tuple[Agreement, dt.date]]:
    """The agreements whose day is near or past, and which nobody has dealt with."""
    column, done = COLUMNS[term]
    rows = Agreement.objects.filter(**{f"{column}__lte": today + _AHEAD, f"{done}__isnull": True})
    return [(row, getattr(row, column)) for row in rows.select_related("partner").order_by("pk")]


def _audience(today: dt.date) -> dict[tuple[int, Role], set[int]]:
    """Who is a lead officer, and who a leader, of each governing body."""
    parents, governing = _tree(today)
    held = PostHolding.objects.on(today).filter(post__role__in=[Role.LEAD_OFFICER, Role.LEADER], person__is_active=True)
    found: dict[tuple[int, Role], set[int]] = {}
    for unit, role, person in held.values_list("post__unit_id", "post__role", "person_id"):
        found.setdefault((home_of(unit, parents, governing), Role(role)), set()).add(person)
    return found


def _tree(today: dt.date) -> tuple[dict[int, int], frozenset[int]]:
    """Each unit's parent, and which units govern."""
    parents = dict(UnitParent.objects.on(today).values_list("unit_id", "parent_id"))
    return parents, frozenset(Unit.objects.on(today).governing().values_list("id", flat=True))


class Retentions:
    """`programme.ports.DueItems` of what was kept for long enough: those who may erase it are told once a month."""

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """See the port."""
        month = today.replace(day=1)
        units = units_with_kept(today)
        if not units:
            return 0
        held = PostHolding.objects.on(today).filter(
            post__unit__in=units, post__role__in=FOLLOWING, person__is_active=True
        )
        people = set(held.values_list("person_id", flat=True))
        people -= set(ErasingNotice.objects.filter(day=month).values_list("person_id", flat=True))
        made = [ErasingNotice(person_id=person, day=month, told_at=now) for person in sorted(people)]
        ErasingNotice.objects.bulk_create(made, ignore_conflicts=True)
        return len(made)

    def notices(self) -> "models.QuerySet[Any]":
        """See the port."""
        return ErasingNotice.objects.all()

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """See the port: the last one says all."""
        later = ErasingNotice.objects.filter(person=models.OuterRef("person"), day__gt=models.OuterRef("day"))
        return rows.filter(~models.Exists(later))


class Permits:
    """`programme.ports.DueItems` of international conferences that are planned and have no permission on record."""

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """See the port. Of steps that came while nobody ran the clock only the last is told."""
        told: list[PermitNotice] = []
        audience: dict[tuple[int, Role], set[int]] | None = None
        for one in Activity.objects.filter(_LACKING, begins__gte=today).order_by("pk"):
            rule = permission_on(INTERNATIONAL, one.begins)
            came = [day for day in (rule.remind if rule else ()) if one.begins + dt.timedelta(day) <= today]
            if rule is None or not came:
                continue
            on = one.begins + dt.timedelta(came[-1])
            if one.permit_notices.filter(day__gte=on).exists():
                continue
            audience = _audience(today) if audience is None else audience
            home = home_of(one.unit_id, *_tree(today))
            roles = [Role.LEAD_OFFICER, *([Role.LEADER] if came[-1] >= rule.leader else [])]
            people = _desk(one.unit_id, today).union(*(audience.get((home, role), set()) for role in roles))
            told += [PermitNotice(activity=one, person_id=person, day=on, told_at=now) for person in sorted(people)]
        PermitNotice.objects.bulk_create(told, ignore_conflicts=True)
        return len(told)

    def notices(self) -> "models.QuerySet[Any]":
        """See the port."""
        return PermitNotice.objects.select_related("activity")

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """See the port: what still lacks it, each activity by its last notice."""
        later = PermitNotice.objects.filter(
            activity=models.OuterRef("activity"), person=models.OuterRef("person"), day__gt=models.OuterRef("day")
        )
        lacking = Activity.objects.filter(_LACKING, pk=models.OuterRef("activity"))
        return rows.filter(models.Exists(lacking), ~models.Exists(later)).order_by("activity")


# What `Event.lacks_permission` says, as the database is asked it.
_LACKING = models.Q(
    models.Q(event__international=True) | models.Q(event__foreigners__gt=0),
    withdrawn_at__isnull=True,
    event__form=EventForm.CONFERENCE,
    event__permission="",
)


def _desk(unit: int, today: dt.date) -> set[int]:
    """Who works on the duties of a unit."""
    held = PostHolding.objects.on(today).filter(post__unit=unit, post__role__in=DESK, person__is_active=True)
    return set(held.values_list("person_id", flat=True))


AGREEMENTS, PERMITS, RETENTIONS = Agreements(), Permits(), Retentions()
