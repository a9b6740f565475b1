"""One partner that stands in the list twice: found by what both are called, made one, and two again.

What was agreed, who speaks for it and what was done together go over to the one that goes on, under whose other names
the name of the other one stands. The other one keeps its row, so that what was journalled still means something.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction

from xulang.activities import namesakes
from xulang.activities.enums import RECORDING
from xulang.activities.errors import MergedSince, NotTwoPartners
from xulang.activities.models import Agreement, Contact, DistinctPartners, Partner, PartnerMerging, PartnerName
from xulang.activities.services.meeting import may_or_refuse_partner
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.plumbing import journal
from xulang.plumbing.folding import fold


@dataclass(frozen=True, slots=True)
class Pair:
    """Two partners of one office that may be one, the older first."""

    one: Partner
    other: Partner


def likely(person: Person, today: dt.date) -> list[Pair]:
    """Pairs that are called alike, by any of their names; those that a person told apart are left out. A proposal only.

    Names are held against each other that have as many letters in common at their beginning as most spellings keep.
    """
    scope = scope_of(person, today)
    if scope is None or not scope.holds(*RECORDING):
        return []
    rows = Partner.objects.for_user(person, today).standing().prefetch_related("names").order_by("pk")
    near: dict[tuple[int, str], dict[int, tuple[Partner, list[str]]]] = defaultdict(dict)
    for row in rows:
        names = [row.name, *map(str, row.names.all())]
        for name in names:
            words = namesakes.words(name)
            for word in {fold(words[0])[:3], fold(words[-1])[:3]} if words else ():
                near[row.home_unit_id, word][row.pk] = row, names
    apart = set(DistinctPartners.objects.values_list("one_id", "other_id"))
    found: dict[tuple[int, int], Pair] = {}
    for group in near.values():
        for (one, mine), (other, theirs) in combinations(group.values(), 2):
            key = one.pk, other.pk
            if key not in found and key not in apart and _same(mine, theirs):
                found[key] = Pair(one, other)
    return [found[key] for key in sorted(found)]


def _same(mine: list[str], theirs: list[str]) -> bool:
    return any(namesakes.same(one, other) for one in mine for other in theirs)


@transaction.atomic
def merge_partners(*, kept: Partner, gone: Partner, by: Person, now: dt.datetime) -> PartnerMerging:
    """Makes the two one: `kept` goes on with all that `gone` had. Raises NotPermitted, NotTwoPartners.

    A contact whom both have stays once; the agreements stay two, since they are two papers.
    """
    may_or_refuse_partner(kept, by, now)
    may_or_refuse_partner(gone, by, now)
    locked = Partner.objects.select_for_update().in_bulk([kept.pk, gone.pk])
    two = kept.pk != gone.pk and kept.home_unit_id == gone.home_unit_id
    if not two or any(row.merged_into_id is not None for row in locked.values()):
        raise NotTwoPartners
    through = Partner.activities.through
    there = set(through.objects.filter(partner_id=kept.pk).values_list("activity_id", flat=True))
    done = [row for row in through.objects.filter(partner_id=gone.pk) if row.activity_id not in there]
    people = [
        row
        for row in gone.contacts.all()
        if not any(namesakes.same(row.name, one.name, persons=True) for one in kept.contacts.all())
    ]
    known = [kept.name, *map(str, kept.names.all())]
    names = [
        PartnerName(partner=kept, name=name) for name in [gone.name, *map(str, gone.names.all())] if name not in known
    ]
    moved = {
        "agreements": list(gone.agreements.values_list("pk", flat=True)),
        "contacts": [row.pk for row in people],
        "activities": [row.activity_id for row in done],
        "names": [row.pk for row in PartnerName.objects.bulk_create(names)],
    }
    Agreement.objects.filter(pk__in=moved["agreements"]).update(partner=kept)
    Contact.objects.filter(pk__in=moved["contacts"]).update(partner=kept)
    through.objects.bulk_create(through(partner_id=kept.pk, activity_id=pk) for pk in moved["activities"])
    Partner.objects.filter(pk=gone.pk).update(merged_into=kept)
    made = PartnerMerging.objects.create(kept=kept, gone=gone, moved=moved, at=now, by=by)
    counts = {key: len(ids) for key, ids in moved.items()}
    journal.record(by=by, action="partner.merged", subject=kept, data={"gone": gone.pk} | counts, now=now)
    return made


@transaction.atomic
def undo_merging(*, merging: PartnerMerging, by: Person, now: dt.datetime) -> None:
    """The two are two again: what went over goes back; what came since stays where it came.

    Raises NotPermitted, MergedSince (undone already, or the one that went on went on as another since).
    """
    may_or_refuse_partner(merging.kept, by, now)
    merging = PartnerMerging.objects.select_for_update().get(pk=merging.pk)
    kept, gone, moved = merging.kept, merging.gone, merging.moved
    if merging.undone_at or kept.merged_into_id is not None:
        raise MergedSince
    Agreement.objects.filter(pk__in=moved["agreements"], partner=kept).update(partner=gone)
    Contact.objects.filter(pk__in=moved["contacts"], partner=kept).update(partner=gone)
    Partner.activities.through.objects.filter(partner_id=kept.pk, activity_id__in=moved["activities"]).delete()
    PartnerName.objects.filter(pk__in=moved["names"], partner=kept).delete()
    Partner.objects.filter(pk=gone.pk).update(merged_into=None)
    merging.undone_at, merging.undone_by = now, by
    merging.save(update_fields=["undone_at", "undone_by"])
    journal.record(by=by, action="partner.merging_undone", subject=kept, data={"gone": gone.pk}, now=now)


@transaction.atomic
def tell_partners_apart(*, one: Partner, other: Partner, by: Person, now: dt.datetime) -> None:
    """Two that look alike are two, and are proposed no more. Raises NotPermitted, NotTwoPartners."""
    may_or_refuse_partner(one, by, now)
    may_or_refuse_partner(other, by, now)
    if one.pk == other.pk:
        raise NotTwoPartners
    first, second = sorted((one, other), key=lambda row: row.pk)
    _row, made = DistinctPartners.objects.get_or_create(one=first, other=second)
    if made:
        journal.record(by=by, action="partner.told_apart", subject=first, data={"other": second.pk}, now=now)
