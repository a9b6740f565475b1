"""The partners' desk: with whom the office works, who speaks for them, what was agreed and until when."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xulang.activities import selectors, services
from xulang.activities.enums import RECORDING, AgreementTerm, PartnerKind
from xulang.activities.models import Activity, Agreement, Contact, Partner, PartnerMerging
from xulang.office import clock, exporting
from xulang.office.access import asker, holds, opens_to
from xulang.office.forms.partners import AgreementForm, ContactForm, PartnerForm
from xulang.office.once import SentBefore, once, written
from xulang.organisation.enums import DUTY_ROLES
from xulang.plumbing.errors import Refused
from xulang.plumbing.folding import fold
from xulang.plumbing.sheets import Cell, Column

SHOWN = 100  # pairs, and mergings


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def partners(request: HttpRequest) -> HttpResponse:
    """All partners of the office, the agreements that end soon, and a form for a new one."""
    person, today = asker(request), clock.today()
    records = holds(request, *RECORDING)
    form = PartnerForm(request.POST or None) if records else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            given = form.cleaned_data
            try:
                with once(request):
                    made = services.add_partner(
                        kind=PartnerKind(given["kind"]),
                        name=given["name"],
                        country=given["country"],
                        other_names=given["other"].splitlines(),
                        note=given["note"],
                        by=person,
                        now=clock.now(),
                    )
            except SentBefore:
                return redirect("office:partners")
            except Refused as why:
                form.add_error("name", str(why))
            else:
                messages.success(request, _("Đã ghi đối tác."))
                return redirect("office:partner", made.pk)
    rows = Partner.objects.for_user(person, today).standing().prefetch_related("names", "agreements")
    words = fold(request.GET.get("tu", "")[:200])
    found = [row for row in rows if words in fold(" ".join([row.name, row.country, *map(str, row.names.all())]))]
    if exporting.asked_for(request):
        return exporting.listed(request, "doi-tac", _columns(), lambda: _exported(found))
    context = {
        "rows": found,
        "typed": request.GET.get("tu", ""),
        "form": form,
        "expiring": [(row, (row.expires_on or today) < today) for row in selectors.expiring(person, today)],
    }
    return render(request, "office/partners.html", context, status=422 if form is not None and form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def partners_twice(request: HttpRequest) -> HttpResponse:
    """Partners that may be one: made one, told apart; and mergings that can be undone."""
    person, today, now = asker(request), clock.today(), clock.now()
    if request.method == "POST":
        rows = {str(row.pk): row for row in Partner.objects.for_user(person, today)}
        kept, gone = (rows.get(request.POST.get(side, "")) for side in ("giu", "trung"))
        if kept is None or gone is None:
            raise Http404
        verb = request.POST.get("viec")

        def act() -> None:
            if verb == "khac":
                services.tell_partners_apart(one=kept, other=gone, by=person, now=now)
            else:
                services.merge_partners(kept=kept, gone=gone, by=person, now=now)

        said = _("Đã ghi là hai đối tác khác nhau.") if verb == "khac" else _("Đã gộp. Có thể hoàn tác ở dưới.")
        written(request, None, act, said)
        return redirect("office:partners_twice")
    mergings = PartnerMerging.objects.for_user(person, today).filter(undone_at__isnull=True)
    context = {
        "pairs": services.likely(person, today)[:SHOWN],
        "mergings": mergings.select_related("kept", "gone", "by")[:SHOWN],
    }
    return render(request, "office/partners_twice.html", context)


@require_POST
@opens_to(*RECORDING)
def undo_merging(request: HttpRequest, merging_id: int) -> HttpResponse:
    """Two partners that were made one are two again."""
    rows = PartnerMerging.objects.for_user(asker(request), clock.today()).select_related("kept", "gone")
    merging = get_object_or_404(rows, pk=merging_id)

    def act() -> None:
        services.undo_merging(merging=merging, by=asker(request), now=clock.now())

    written(request, None, act, _("Đã hoàn tác việc gộp."))
    return redirect("office:partners_twice")


def _columns() -> list[Column]:
    return [
        Column(_("Đối tác"), 50),
        Column(_("Loại"), 26),
        Column(_("Nước, vùng lãnh thổ"), 22),
        Column(_("Tên khác"), 40),
        Column(_("Thỏa thuận"), 50),
        Column(_("Hết hạn ngày"), 14),
    ]


def _exported(rows: list[Partner]) -> Iterator[list[Cell]]:
    for row in rows:
        names = "; ".join(str(one) for one in row.names.all())
        told: list[Cell] = [row.name, str(row.get_kind_display()), row.country, names]
        for agreement in row.agreements.all() or [None]:
            yield [*told, agreement.title, agreement.expires_on or ""] if agreement else [*told, "", ""]


def _seen(request: HttpRequest, partner_id: int) -> Partner:
    rows = Partner.objects.for_user(asker(request), clock.today()).prefetch_related("names", "contacts", "agreements")
    return get_object_or_404(rows, pk=partner_id)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """One partner: names, contacts, agreements, what was done together."""
    found, records = _seen(request, partner_id), holds(request, *RECORDING)
    if found.merged_into_id is not None:
        return redirect("office:partner", found.merged_into_id)
    act = request.POST.get("act", "")
    if request.method == "POST" and not records:
        raise PermissionDenied
    forms: dict[str, Any] = {
        "agreement": AgreementForm(request.POST if act == "agreement" else None),
        "contact": ContactForm(request.POST if act == "contact" else None),
    }
    if act in forms and forms[act].is_valid():
        given, by, now = forms[act].cleaned_data, asker(request), clock.now()
        try:
            with once(request):
                if act == "agreement":
                    services.agree(partner=found, by=by, now=now, **given)
                else:
                    services.add_contact(partner=found, by=by, now=now, **given)
        except SentBefore:
            return redirect("office:partner", partner_id)
        except Refused as why:
            forms[act].add_error(None, str(why))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("office:partner", partner_id)
    done = Activity.objects.for_user(asker(request), clock.today()).filter(
        pk__in=found.activities.values("pk"), withdrawn_at__isnull=True
    )
    context = {
        "partner": found,
        "contacts": services.open_contacts(partner=found, by=asker(request), now=clock.now()),
        "records": records,
        "acts": forms,
        "act": act,
        "activities": done.select_related("unit").prefetch_related("unit__names", "evidence__file")[:50],
    }
    return render(request, "office/partner.html", context, status=422 if act else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def correct_partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Say a partner anew: its names, kind, country, note."""
    found = _seen(request, partner_id)
    if found.merged_into_id is not None:
        return redirect("office:correct_partner", found.merged_into_id)
    told = {"name": found.name, "kind": found.kind, "country": found.country, "note": found.note}
    told["other"] = "\n".join(map(str, found.names.all()))
    form = PartnerForm(request.POST or None, initial=told)

    def act() -> None:
        given = form.cleaned_data
        services.correct_partner(
            partner=found,
            kind=PartnerKind(given["kind"]),
            name=given["name"],
            country=given["country"],
            other_names=given["other"].splitlines(),
            note=given["note"],
            by=asker(request),
            now=clock.now(),
        )

    return _corrected(request, form, act, found, _("Sửa đối tác"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def correct_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Say an agreement anew: what was agreed, its days, what follows."""
    rows = Agreement.objects.for_user(asker(request), clock.today()).select_related("partner")
    agreement = get_object_or_404(rows, pk=agreement_id)
    told = {name: getattr(agreement, name) for name in AgreementForm.base_fields}
    form = AgreementForm(request.POST or None, initial=told)

    def act() -> None:
        services.correct_agreement(agreement=agreement, by=asker(request), now=clock.now(), **form.cleaned_data)

    return _corrected(request, form, act, agreement.partner, _("Sửa thỏa thuận"))


def _corrected(
    request: HttpRequest, form: PartnerForm | AgreementForm, act: Callable[[], None], partner: Partner, title: str
) -> HttpResponse:
    """The page of a correction; once it is made, the partner's."""
    if request.method == "POST" and form.is_valid() and written(request, form, act, _("Đã sửa.")):
        return redirect("office:partner", partner.pk)
    context = {"form": form, "partner": partner, "title": title}
    return render(request, "office/correct_partner.html", context, status=422 if form.is_bound else 200)


@require_POST
@opens_to(*RECORDING)
def settle_term(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """What was to be followed up is done, or the agreement was renewed or is over."""
    rows = Agreement.objects.for_user(asker(request), clock.today()).select_related("partner")
    agreement = get_object_or_404(rows, pk=agreement_id)
    word = request.POST.get("viec", "")
    if word in AgreementTerm.values:
        services.settle_term(agreement=agreement, term=AgreementTerm(word), by=asker(request), now=clock.now())
        messages.success(request, _("Đã ghi. Hệ thống thôi nhắc."))
    return redirect("office:partner", agreement.partner_id)


@require_POST
@opens_to(*RECORDING)
def erase_contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Erase a person from a partner's contacts."""
    rows = Contact.objects.for_user(asker(request), clock.today()).select_related("partner")
    contact = get_object_or_404(rows, pk=contact_id)
    services.erase_contact(contact=contact, by=asker(request), now=clock.now())
    messages.success(request, _("Đã xóa."))
    return redirect("office:partner", contact.partner_id)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def activity_partners(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Which partners took part in an activity."""
    person, today = asker(request), clock.today()
    activity = get_object_or_404(Activity.objects.for_user(person, today), pk=activity_id)
    if not selectors.activity(person, today, activity_id).records:
        raise PermissionDenied
    rows = list(Partner.objects.for_user(person, today).standing())
    if request.method == "POST":
        chosen = set(request.POST.getlist("doi-tac"))
        services.take_part(
            activity=activity, partners=[row for row in rows if str(row.pk) in chosen], by=person, now=clock.now()
        )
        messages.success(request, _("Đã ghi."))
        return redirect("office:activity", activity_id)
    there = set(Partner.activities.through.objects.filter(activity_id=activity_id).values_list("partner_id", flat=True))
    context = {"activity": activity, "rows": [(row, row.pk in there) for row in rows]}
    return render(request, "office/activity_partners.html", context)
