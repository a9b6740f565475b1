"""One person who stands in the directory twice: found by the name, and made one, with all it touches told before.

Posts still held go over from today on, and so does what was delegated from or to them; the other account is shut. What
either did stays under the number it was done by. An undoing gives the posts back from its day on.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xulang.organisation import accounts, services
from xulang.organisation.enums import Capacity
from xulang.organisation.errors import MergingUndone, NotTwoPeople, NotYourself
from xulang.organisation.models import (
    DistinctPeople,
    PassedHolding,
    Person,
    PersonMerging,
    Post,
    PostHolding,
)
from xulang.organisation.permits import require
from xulang.organisation.ports import Part
from xulang.plumbing import journal
from xulang.plumbing.folding import fold


@dataclass(frozen=True, slots=True)
class Twins:
    """Two people who may be one, the older account first."""

    one: Person
    other: Person


@dataclass(frozen=True, slots=True)
class Touched:
    """What a merging would touch: holdings that go over, what was delegated, and what stays as it was written."""

    goes: list[PostHolding]
    delegations: list[PostHolding]
    held_already: list[PostHolding]
    stays: list[Part]


def likely(day: dt.date) -> list[Twins]:
    """People with open accounts who bear one name and share a unit, or of whom one has no post; or have one address.

    A proposal only; those whom a person told apart are left out.
    """
    people = list(Person.objects.filter(is_active=True).order_by("pk"))
    units: dict[int, set[int]] = defaultdict(set)
    for person, unit in PostHolding.objects.on(day).values_list("person_id", "post__unit_id"):
        units[person].add(unit)
    apart = set(DistinctPeople.objects.values_list("one_id", "other_id"))
    alike: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        alike[fold(" ".join(person.full_name.split()))].append(person)
        if person.email:
            alike[person.email.casefold()].append(person)
    found = {}
    for key, group in alike.items():
        for one, other in combinations(group, 2):
            near = "@" in key or not units[one.pk] or not units[other.pk] or units[one.pk] & units[other.pk]
            if near and (one.pk, other.pk) not in apart:
                found[one.pk, other.pk] = Twins(one, other)
    return [found[ids] for ids in sorted(found)]


@transaction.atomic
def tell_apart(*, one: Person, other: Person, by: Person | None, now: dt.datetime) -> DistinctPeople:
    """Says that two people who look alike are two. Raises NotPermitted, NotTwoPeople."""
    require(by, services.ADMINISTRATORS, now)
    if one == other:
        raise NotTwoPeople
    first, second = sorted((one.pk, other.pk))
    row, made = DistinctPeople.objects.get_or_create(
        one_id=first, other_id=second, defaults={"said_at": now, "said_by": by}
    )
    if made:
        journal.record(by=by, action="person.told_apart", subject=one, data={"other": other.pk}, now=now)
    return row


@transaction.atomic
def untell(*, row: DistinctPeople, by: Person | None, now: dt.datetime) -> None:
    """The two may be proposed as one again. Raises NotPermitted."""
    require(by, services.ADMINISTRATORS, now)
    journal.record(by=by, action="person.apart_withdrawn", subject=row.one, data={"other": row.other_id}, now=now)
    row.delete()


def preview(*, kept: Person, gone: Person, by: Person | None, now: dt.datetime) -> Touched:
    """Everything that the merging would touch. Writes nothing. Raises as `merge`."""
    _two(kept, gone, by, now)
    today = timezone.localdate(now)
    held = _still(PostHolding.objects.filter(person=gone), today).select_related("post__unit", "delegated_by__person")
    own = {row.post_id for row in _still(PostHolding.objects.filter(person=kept), today)}
    given = _still(PostHolding.objects.filter(delegated_by__person=gone), today).select_related("person", "post__unit")
    rows = list(held.order_by("id"))
    return Touched(
        goes=[row for row in rows if not _had(row, own, kept)],
        delegations=list(given.order_by("id")),
        held_already=[row for row in rows if _had(row, own, kept)],
        stays=_written(gone),
    )


@transaction.atomic
def merge(*, kept: Person, gone: Person, by: Person | None, now: dt.datetime) -> PersonMerging:
    """Makes the two one from today on: `kept` holds what `gone` held.

    Raises NotPermitted, NotTwoPeople (the same, or an account that is shut), NotYourself (who merges is the one to go).
    """
    _two(kept, gone, by, now)
    today = timezone.localdate(now)
    list(Person.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk"))
    merging = PersonMerging.objects.create(kept=kept, gone=gone, at=now, by=by)
    own = {row.post_id: row for row in _still(PostHolding.objects.filter(person=kept), today)}
    gave = 0
    for row in list(_still(PostHolding.objects.filter(person=gone), today).order_by("id")):
        had = _had(row, set(own), kept)
        made = _passed(merging, row, today, None if had else PostHolding(person=kept, delegated_by=row.delegated_by))
        gave += made is not None
        source = made or own.get(row.post_id)
        for given in list(_still(row.delegations.all(), today).order_by("id")):
            goes_on = source is not None and given.person_id != kept.pk
            new = PostHolding(person=given.person, delegated_by=source) if goes_on else None
            _passed(merging, given, today, new)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    journal.record(by=by, action="person.merged", subject=kept, data={"gone": gone.pk, "posts": gave}, now=now)
    return merging


@transaction.atomic
def undo(*, merging: PersonMerging, by: Person | None, now: dt.datetime) -> PersonMerging:
    """Makes them two again from today on: each holding that still stands as the merging made it goes back.

    One that was ended or changed since stays as it was made; what was done under it stays with who did it. Raises
    NotPermitted, MergingUndone.
    """
    require(by, services.ADMINISTRATORS, now)
    merging = PersonMerging.objects.select_for_update().get(pk=merging.pk)
    if merging.undone_at is not None:
        raise MergingUndone
    today = timezone.localdate(now)
    posts = set(Post.objects.on(today).values_list("pk", flat=True))
    back: dict[int, PostHolding] = {}  # by the holding that was cut: the one that stands in its place now
    for passed in merging.passed.select_related("cut", "made"):
        cut, made = passed.cut, passed.made
        changed = made is not None and made.valid_to != passed.until
        over = passed.until is not None and passed.until <= today
        if changed or over or cut.post_id not in posts:
            continue
        if made is not None:
            made.valid_to = max(today, made.valid_from)
            made.save(update_fields=["valid_to"])
        back[cut.pk] = PostHolding.objects.create(
            post_id=cut.post_id,
            person_id=cut.person_id,
            valid_from=max(today, passed.on),
            valid_to=passed.until,
            capacity=cut.capacity,
            delegated_by=back.get(cut.delegated_by_id or 0, cut.delegated_by),
            basis=cut.basis,
        )
    merging.undone_at, merging.undone_by = now, by
    merging.save(update_fields=["undone_at", "undone_by"])
    accounts.reopen(person=merging.gone, by=by, now=now)
    data = {"gone": merging.gone_id, "posts": len(back)}
    journal.record(by=by, action="person.merging_undone", subject=merging.kept, data=data, now=now)
    return merging


def _two(kept: Person, gone: Person, by: Person | None, now: dt.datetime) -> None:
    require(by, services.ADMINISTRATORS, now)
    if kept == gone or not (kept.is_active and gone.is_active):
        raise NotTwoPeople
    if by == gone:
        raise NotYourself


def _still(rows: "models.QuerySet[PostHolding]", today: dt.date) -> "models.QuerySet[PostHolding]":
    """Those that hold today or later."""
    later = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=today)
    return rows.filter(later).exclude(valid_to=models.F("valid_from"))


def _had(row: PostHolding, own: set[int], kept: Person) -> bool:
    """Whether the one who stays has the post already, or was who delegated it."""
    delegated = row.capacity == Capacity.DELEGATE and row.delegated_by is not None and row.delegated_by.person == kept
    return row.post_id in own or delegated


def _passed(merging: PersonMerging, row: PostHolding, today: dt.date, made: PostHolding | None) -> PostHolding | None:
    """The holding ends today, and `made` (which says whose it is) stands in its place for the time that was left."""
    until, on = row.valid_to, max(today, row.valid_from)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    if made is not None:
        made.post_id, made.capacity, made.basis = row.post_id, row.capacity, row.basis
        made.valid_from, made.valid_to = on, until
        made.save()
    PassedHolding.objects.create(merging=merging, cut=row, until=until, on=on, made=made)
    return made


def _written(person: Person) -> list[Part]:
    """How many rows of each table name the person: they stay, since what was done was done under that number."""
    found: dict[str, int] = defaultdict(int)
    for table, names in _naming():
        asked = models.Q()
        for name in names:
            asked |= models.Q(**{name: person.pk})
        label = table._meta.original_attrs.get("verbose_name_plural") or _("dòng khác")
        found[str(label)] += table._base_manager.filter(asked).count()
    return [Part(label, count) for label, count in found.items() if count]


def _naming() -> Iterable[tuple[type[models.Model], list[str]]]:
    """Every table of the house that names people who did or were told something; the directory's own aside."""
    for table in apps.get_models():
        names = [
            field.name
            for field in table._meta.get_fields()
            if isinstance(field, models.ForeignKey) and field.related_model is Person
        ]
        if names and table._meta.app_label not in {"organisation", "office"}:
            yield table, names
