"""The organisation's verbs: units, their names and parents in time, people, posts. Administrators only.

`by=None` is set-up by the terminal. Every verb is one transaction and ends in the journal, which gets ids only.
"""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from xulang.organisation import kinds
from xulang.organisation.enums import NOT_DELEGATED, Capacity, Role
from xulang.organisation.errors import (
    AlreadyHeld,
    BeyondHolding,
    CircleOfUnits,
    DatesOverlap,
    EndNeeded,
    HasUnitsBeneath,
    NameNeeded,
    NotDelegable,
    NotInTime,
    NotPermitted,
    NotToThem,
    UnknownKind,
    UsernameTaken,
    WeakPassword,
)
from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitAlias, UnitName, UnitParent
from xulang.organisation.permits import require
from xulang.organisation.scopes import beneath
from xulang.plumbing import journal
from xulang.plumbing.folding import fold

ADMINISTRATORS = (Role.ADMINISTRATOR,)
NAMERS = (Role.ADMINISTRATOR, Role.LEAD_OFFICER)  # a review teaches the register what papers call a unit


@transaction.atomic
def create_unit(
    *,
    kind: str,
    name: str,
    begins: dt.date,
    by: Person | None,
    now: dt.datetime,
    short_name: str = "",
    english: str = "",
    parent: Unit | None = None,
    aliases: Iterable[str] = (),
) -> Unit:
    """A unit with its first name, its parent and other names, from the day it begins.

    Raises NotPermitted, UnknownKind, NameNeeded, NotInTime (the parent is not there on that day).
    """
    require(by, ADMINISTRATORS, now)
    if kind not in kinds.all_kinds():
        raise UnknownKind(kind=kind)
    unit = Unit.objects.create(kind=kind, tree=kinds.all_kinds()[kind].tree, begins=begins)
    UnitName.objects.create(
        unit=unit, name=_named(name), short_name=short_name.strip(), english=english.strip(), valid_from=begins
    )
    if parent is not None:
        _stands(parent, begins)
        UnitParent.objects.create(unit=unit, parent=parent, valid_from=begins)
    for alias in aliases:
        _alias(unit, alias)
    journal.record(by=by, action="unit.created", subject=unit, data={"kind": kind}, now=now)
    return unit


@transaction.atomic
def rename_unit(
    *, unit: Unit, name: str, on: dt.date, by: Person | None, now: dt.datetime, short_name: str = "", english: str = ""
) -> UnitName:
    """A new name from a day on; the old one ends that day. Raises NotPermitted, NameNeeded, NotInTime, DatesOverlap."""
    require(by, ADMINISTRATORS, now)
    _stands(unit, on)
    _close(unit.names.all(), on)
    row = UnitName.objects.create(
        unit=unit, name=_named(name), short_name=short_name.strip(), english=english.strip(), valid_from=on
    )
    journal.record(by=by, action="unit.renamed", subject=unit, data={"name": row.pk, "on": on.isoformat()}, now=now)
    return row


@transaction.atomic
def set_parent(*, unit: Unit, parent: Unit | None, on: dt.date, by: Person | None, now: dt.datetime) -> None:
    """Hangs the unit under another (or under none) from a day on.

    Raises NotPermitted, NotInTime, DatesOverlap, CircleOfUnits.
    """
    require(by, ADMINISTRATORS, now)
    _stands(unit, on)
    if parent is not None:
        _stands(parent, on)
        tree = dict(UnitParent.objects.on(on).values_list("unit_id", "parent_id"))
        if parent.pk in beneath([unit.pk], tree):
            raise CircleOfUnits
    _close(unit.parents.all(), on)
    if parent is not None:
        UnitParent.objects.create(unit=unit, parent=parent, valid_from=on)
    data = {"parent": parent.pk if parent else None, "on": on.isoformat()}
    journal.record(by=by, action="unit.moved", subject=unit, data=data, now=now)


@transaction.atomic
def end_unit(*, unit: Unit, on: dt.date, by: Person | None, now: dt.datetime) -> None:
    """The unit ends on a day, and with it its open names, parents, codes and the holdings of its posts.

    Raises NotPermitted, NotInTime, HasUnitsBeneath.
    """
    require(by, ADMINISTRATORS, now)
    _stands(unit, on)
    if (
        UnitParent.objects.filter(parent=unit)
        .filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on))
        .exists()
    ):
        raise HasUnitsBeneath
    unit.ends = on
    if unit.ends <= unit.begins:
        raise DatesOverlap(day=_dmy(on), after=_dmy(unit.begins))
    unit.save(update_fields=["ends"])
    for rows in (unit.names.all(), unit.parents.all(), unit.codes.all()):
        rows.filter(valid_to__isnull=True).update(valid_to=on)
    for holding in PostHolding.objects.filter(post__unit=unit, valid_to__isnull=True):
        _end_holding(holding, on)
    journal.record(by=by, action="unit.ended", subject=unit, data={"on": on.isoformat()}, now=now)


@transaction.atomic
def add_alias(*, unit: Unit, alias: str, by: Person | None, now: dt.datetime) -> UnitAlias:
    """Another name that papers use; the same alias twice is one. Raises NotPermitted, NameNeeded."""
    require(by, NAMERS, now)
    row = _alias(unit, alias)
    journal.record(by=by, action="unit.alias_added", subject=unit, data={"alias": row.pk}, now=now)
    return row


@transaction.atomic
def create_person(
    *, username: str, full_name: str, password: str | None, by: Person | None, now: dt.datetime, email: str = ""
) -> Person:
    """A person who can log in; without a password, once they have chosen one by a link (`accounts`).

    Raises NotPermitted, NameNeeded, UsernameTaken, WeakPassword.
    """
    require(by, ADMINISTRATORS, now)
    username = _named(username)
    if Person.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username=username)
    person = Person(username=username, full_name=_named(full_name), email=email.strip(), opened_at=now)
    if password is None:
        person.set_unusable_password()
    else:
        _set_password(person, password)
    person.save()
    journal.record(by=by, action="person.created", subject=person, now=now)
    return person


@transaction.atomic
def set_password(*, person: Person, password: str, by: Person | None, now: dt.datetime) -> None:
    """A new password: one's own, or anybody's by an administrator. Raises NotPermitted, WeakPassword."""
    if by != person:
        require(by, ADMINISTRATORS, now)
    _set_password(person, password)
    person.save(update_fields=["password"])
    journal.record(by=by, action="person.password_set", subject=person, now=now)


@transaction.atomic
def close_account(*, person: Person, by: Person | None, now: dt.datetime) -> None:
    """The person can no longer log in; posts stay on record. Raises NotPermitted."""
    require(by, ADMINISTRATORS, now)
    person.is_active = False
    person.save(update_fields=["is_active"])
    journal.record(by=by, action="person.closed", subject=person, now=now)


@transaction.atomic
def create_post(*, unit: Unit, title: str, role: Role, by: Person | None, now: dt.datetime) -> Post:
    """A post in a unit, with what it may do here. Raises NotPermitted, NameNeeded."""
    require(by, ADMINISTRATORS, now)
    post = Post.objects.create(unit=unit, title=_named(title), role=role)
    journal.record(by=by, action="post.created", subject=post, data={"unit": unit.pk, "role": role.value}, now=now)
    return post


@transaction.atomic
def appoint(
    *,
    post: Post,
    person: Person,
    on: dt.date,
    by: Person | None,
    now: dt.datetime,
    capacity: Capacity = Capacity.HOLDER,
    until: dt.date | None = None,
    basis: str = "",
) -> PostHolding:
    """The person has the post from that day on, `until` the last day. Several may have one post (deputies, officers).

    Raises NotPermitted, NotInTime (the unit is not there), AlreadyHeld, EndNeeded, DatesOverlap, NotDelegable (a
    delegation comes from a holder: `delegate`).
    """
    require(by, ADMINISTRATORS, now)
    _stands(post.unit, on)
    if capacity == Capacity.DELEGATE:
        raise NotDelegable
    if capacity == Capacity.ACTING and until is None:
        raise EndNeeded
    if until is not None and until < on:
        raise DatesOverlap(day=_dmy(until), after=_dmy(on))
    later = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on)
    if PostHolding.objects.filter(later, post=post, person=person).exists():
        raise AlreadyHeld
    holding = PostHolding.objects.create(
        post=post, person=person, valid_from=on, valid_to=_day_after(until), capacity=capacity, basis=basis.strip()
    )
    data = {"post": post.pk, "person": person.pk, "on": on.isoformat(), "capacity": capacity.value}
    journal.record(by=by, action="post.appointed", subject=holding, data=data, now=now)
    return holding


@transaction.atomic
def end_appointment(*, holding: PostHolding, on: dt.date, by: Person | None, now: dt.datetime) -> None:
    """The person holds the post until the day before. Raises NotPermitted, DatesOverlap."""
    require(by, ADMINISTRATORS, now)
    if on <= holding.valid_from:
        raise DatesOverlap(day=_dmy(on), after=_dmy(holding.valid_from))
    _end_holding(holding, on)
    journal.record(by=by, action="post.ended", subject=holding, data={"on": on.isoformat()}, now=now)


@transaction.atomic
def delegate(
    *,
    holding: PostHolding,
    to: Person,
    first: dt.date,
    last: dt.date | None,
    by: Person | None,
    now: dt.datetime,
    basis: str = "",
) -> PostHolding:
    """A holder lets another person act in the post from the first day to the last; an administrator may for them.

    Raises NotPermitted, NotDelegable, NotToThem, EndNeeded, BeyondHolding, AlreadyHeld.
    """
    today = timezone.localdate(now)
    if by != holding.person:
        require(by, ADMINISTRATORS, now)
    elif not by.is_active:
        raise NotPermitted
    if holding.capacity == Capacity.DELEGATE or holding.post.role in NOT_DELEGATED:
        raise NotDelegable
    if to == holding.person or not to.is_active:
        raise NotToThem
    if last is None:
        raise EndNeeded
    begins, ends = max(today, holding.valid_from), holding.valid_to
    if not begins <= first <= last or (ends is not None and last >= ends):
        span = f"{_dmy(begins)} – {_dmy(ends - dt.timedelta(days=1)) if ends else '…'}"
        raise BeyondHolding(span=span)
    after = last + dt.timedelta(days=1)
    overlaps = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=first)
    if PostHolding.objects.filter(overlaps, post=holding.post, person=to, valid_from__lt=after).exists():
        raise AlreadyHeld
    made = PostHolding.objects.create(
        post=holding.post,
        person=to,
        valid_from=first,
        valid_to=after,
        capacity=Capacity.DELEGATE,
        delegated_by=holding,
        basis=basis.strip(),
    )
    data: dict[str, object] = {"post": made.post_id, "person": to.pk, "from": holding.person_id}
    data |= {"first": first.isoformat(), "last": last.isoformat()}
    journal.record(by=by, action="post.delegated", subject=made, data=data, now=now)
    return made


@transaction.atomic
def end_delegation(*, delegation: PostHolding, by: Person | None, now: dt.datetime) -> None:
    """Takes a delegation back at once: by who gave it, who has it, or an administrator. Raises NotPermitted."""
    if delegation.delegated_by is None:
        raise NotPermitted
    if by not in (delegation.delegated_by.person, delegation.person):
        require(by, ADMINISTRATORS, now)
    today = timezone.localdate(now)
    if delegation.valid_to is not None and delegation.valid_to <= today:
        return
    _cut(delegation, today)
    journal.record(by=by, action="post.delegation_ended", subject=delegation, data={"on": today.isoformat()}, now=now)


def seen(*, person: Person, now: dt.datetime) -> None:
    """Notes when a person was last here; no journal line, and at most one write an hour."""
    if person.last_seen is None or now - person.last_seen > dt.timedelta(hours=1):
        person.last_seen = now
        person.save(update_fields=["last_seen"])


def speak(*, person: Person, language: str) -> None:
    """In which language the person is spoken to from now on, also by mail; a taste, so no journal line."""
    person.language = language
    person.save(update_fields=["language"])


def _named(text: str) -> str:
    if not (text := " ".join(text.split())):
        raise NameNeeded
    return text


def _dmy(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def _stands(unit: Unit, on: dt.date) -> None:
    """Raises NotInTime unless the unit exists on the day."""
    if on < unit.begins or (unit.ends is not None and on >= unit.ends):
        raise NotInTime(day=_dmy(on))


def _close(rows: "models.QuerySet[UnitName] | models.QuerySet[UnitParent]", on: dt.date) -> None:
    """Ends the open row on the day; raises DatesOverlap where any row begins on that day or later."""
    latest = rows.order_by("-valid_from", "-id").first()
    if latest is None:
        return
    if latest.valid_from >= on or (latest.valid_to is not None and latest.valid_to > on):
        raise DatesOverlap(day=_dmy(on), after=_dmy(latest.valid_to or latest.valid_from))
    if latest.valid_to is None:
        latest.valid_to = on
        latest.save(update_fields=["valid_to"])


def _end_holding(holding: PostHolding, on: dt.date) -> None:
    """Ends it, and what was delegated from it; a holding that would begin on or after its end never held."""
    for given in holding.delegations.filter(valid_to__gt=on):
        _cut(given, on)
    _cut(holding, on)


def _cut(holding: PostHolding, on: dt.date) -> None:
    """The row stays also where it never held: the ledger may name it."""
    holding.valid_to = max(on, holding.valid_from)
    holding.save(update_fields=["valid_to"])


def _day_after(last: dt.date | None) -> dt.date | None:
    return None if last is None else last + dt.timedelta(days=1)


def _alias(unit: Unit, alias: str) -> UnitAlias:
    row, _made = UnitAlias.objects.get_or_create(
        unit=unit, folded=fold(_named(alias)), defaults={"alias": _named(alias)}
    )
    return row


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as why:
        raise WeakPassword(why=" ".join(why.messages)) from why
    person.set_password(password)
