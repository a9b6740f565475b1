"""Partners are put on record once, however they are spelled; what is agreed with them, and who speaks for them."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from xulang.activities import namesakes
from xulang.activities.enums import RECORDING, AgreementTerm, PartnerKind
from xulang.activities.errors import KnownPartner, NotInOrder
from xulang.activities.models import Activity, Agreement, Contact, Partner, PartnerName
from xulang.activities.services.recording import may_or_refuse, standing
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded


@transaction.atomic
def add_partner(
    *,
    kind: PartnerKind,
    name: str,
    by: Person,
    now: dt.datetime,
    country: str = "",
    other_names: Iterable[str] = (),
    note: str = "",
) -> Partner:
    """A partner of the person's office.

    Raises NotPermitted, KnownPartner (it is there already, spelled so or otherwise).
    """
    homes = sorted(acting(by, now).homes(RECORDING)) if acting(by, now).holds(*RECORDING) else []
    if not homes:
        raise NotPermitted
    names = _unknown([name, *other_names], by, now)
    made = Partner.objects.create(
        home_unit_id=homes[0], met_by_id=homes[0], kind=kind, name=names[0], country=country.strip(), note=note.strip()
    )
    PartnerName.objects.bulk_create(PartnerName(partner=made, name=one) for one in names[1:])
    journal.record(by=by, action="partner.added", subject=made, data={"kind": str(kind)}, now=now)
    return made


@transaction.atomic
def correct_partner(
    *,
    partner: Partner,
    kind: PartnerKind,
    name: str,
    by: Person,
    now: dt.datetime,
    country: str = "",
    other_names: Iterable[str] = (),
    note: str = "",
) -> None:
    """Says a partner anew; what hangs on it stays. Raises NotPermitted, KnownPartner (another is called so)."""
    may_or_refuse_partner(partner, by, now)
    names = _unknown([name, *other_names], by, now, own=partner)
    partner.kind, partner.name, partner.country, partner.note = kind, names[0], country.strip(), note.strip()
    partner.save(update_fields=["kind", "name", "country", "note"])
    partner.names.exclude(name__in=names[1:]).delete()
    there = set(partner.names.values_list("name", flat=True))
    PartnerName.objects.bulk_create(PartnerName(partner=partner, name=one) for one in names[1:] if one not in there)
    journal.record(by=by, action="partner.corrected", subject=partner, data={"kind": str(kind)}, now=now)


def _unknown(names: Iterable[str], by: Person, now: dt.datetime, own: Partner | None = None) -> list[str]:
    """The names in good order; raises KnownPartner where a partner other than `own` is called so."""
    told = [" ".join(one.split())[:300] for one in names if one.strip()]
    for one in told:
        if there := [row for row in known(one, by, timezone.localdate(now)) if row != own]:
            raise KnownPartner(name=one, there=there[0].name)
    return told


def known(name: str, by: Person, today: dt.date) -> list[Partner]:
    """The partners of the person's office that are called so, in whatever spelling."""
    rows = Partner.objects.for_user(by, today).standing().prefetch_related("names")
    return [row for row in rows if any(namesakes.same(name, one) for one in (row.name, *map(str, row.names.all())))]


@transaction.atomic
def agree(
    *,
    partner: Partner,
    title: str,
    signed_on: dt.date,
    by: Person,
    now: dt.datetime,
    expires_on: dt.date | None = None,
    follow_up: str = "",
    follow_up_by: dt.date | None = None,
) -> Agreement:
    """An agreement with a partner. Raises NotPermitted, NotInOrder."""
    may_or_refuse_partner(partner, by, now)
    if expires_on is not None and expires_on < signed_on:
        raise NotInOrder
    made = Agreement.objects.create(
        partner=partner, title=title.strip(), signed_on=signed_on, expires_on=expires_on,
        follow_up=follow_up.strip(), follow_up_by=follow_up_by,
    )  # fmt: skip
    journal.record(by=by, action="partner.agreed", subject=partner, data={"agreement": made.pk}, now=now)
    return made


@transaction.atomic
def correct_agreement(
    *,
    agreement: Agreement,
    title: str,
    signed_on: dt.date,
    by: Person,
    now: dt.datetime,
    expires_on: dt.date | None = None,
    follow_up: str = "",
    follow_up_by: dt.date | None = None,
) -> None:
    """Says an agreement anew. A day that is moved waits again. Raises NotPermitted, NotInOrder."""
    may_or_refuse_partner(agreement.partner, by, now)
    if expires_on is not None and expires_on < signed_on:
        raise NotInOrder
    if expires_on != agreement.expires_on:
        agreement.settled_on = None
    if follow_up_by != agreement.follow_up_by:
        agreement.followed_up_on = None
    agreement.title, agreement.signed_on, agreement.expires_on = title.strip(), signed_on, expires_on
    agreement.follow_up, agreement.follow_up_by = follow_up.strip(), follow_up_by
    agreement.save()
    data = {"agreement": agreement.pk}
    journal.record(by=by, action="partner.agreement_corrected", subject=agreement.partner, data=data, now=now)


@transaction.atomic
def settle_term(*, agreement: Agreement, term: AgreementTerm, by: Person, now: dt.datetime) -> None:
    """What was to be followed up is done, or the agreement was renewed or is over: nobody is reminded of it any more.

    Raises NotPermitted.
    """
    may_or_refuse_partner(agreement.partner, by, now)
    column = {AgreementTerm.EXPIRY: "settled_on", AgreementTerm.FOLLOW_UP: "followed_up_on"}[term]
    open_still = Agreement.objects.filter(pk=agreement.pk, **{f"{column}__isnull": True})
    if open_still.update(**{column: timezone.localdate(now)}):
        data = {"agreement": agreement.pk, "term": term.value}
        journal.record(by=by, action="partner.term_settled", subject=agreement.partner, data=data, now=now)


@transaction.atomic
def add_contact(*, partner: Partner, name: str, role: str, by: Person, now: dt.datetime, reached: str = "") -> Contact:
    """Who speaks for a partner, in a public role; one that is there, by its order of names too, is given back.

    Raises NotPermitted, ReasonNeeded (without a role nobody is put on record).
    """
    may_or_refuse_partner(partner, by, now)
    if not role.strip():
        raise ReasonNeeded
    for there in partner.contacts.all():
        if namesakes.same(name, there.name, persons=True):
            return there
    made = Contact.objects.create(
        partner=partner, name=" ".join(name.split()), role=role.strip(), reached=reached.strip()
    )
    journal.record(by=by, action="partner.contact_added", subject=partner, data={"contact": made.pk}, now=now)
    return made


def open_contacts(*, partner: Partner, by: Person, now: dt.datetime) -> list[Contact]:
    """Who speaks for a partner, for whoever sees the partner; the journal says once a day who looked."""
    found = list(partner.contacts.all())
    if found:
        journal.record_of_day(by=by, action="partner.contacts_opened", subject=partner, now=now)
    return found


@transaction.atomic
def erase_contact(*, contact: Contact, by: Person, now: dt.datetime) -> None:
    """Erases a person from a partner's contacts. Raises NotPermitted."""
    may_or_refuse_partner(contact.partner, by, now)
    journal.record(
        by=by, action="partner.contact_erased", subject=contact.partner, data={"contact": contact.pk}, now=now
    )
    contact.delete()


@transaction.atomic
def take_part(*, activity: Activity, partners: Iterable[Partner], by: Person, now: dt.datetime) -> None:
    """Which partners took part in an activity. Raises NotPermitted, ActivityWithdrawn."""
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    rows = Partner.objects.for_user(by, timezone.localdate(now)).filter(pk__in=[one.pk for one in partners])
    ids = list(rows.values_list("pk", flat=True))
    through = Partner.activities.through
    through.objects.filter(activity_id=activity.pk).exclude(partner_id__in=ids).delete()
    through.objects.bulk_create((through(activity_id=activity.pk, partner_id=pk) for pk in ids), ignore_conflicts=True)
    journal.record(by=by, action="activity.partners_told", subject=activity, data={"partners": ids}, now=now)


def may_or_refuse_partner(partner: Partner, by: Person, now: dt.datetime) -> None:
    """Raises NotPermitted unless the person records for the office whose partner it is."""
    scope = acting(by, now)
    if not scope.holds(*RECORDING) or partner.home_unit_id not in scope.homes(RECORDING):
        raise NotPermitted
