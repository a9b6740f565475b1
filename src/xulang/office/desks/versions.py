"""The numbered versions of a round's report: what each says, what it changed, its paper, and its number."""

import datetime as dt
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from xulang.office import clock, exporting, indicator_words
from xulang.office.access import asker, opens_to
from xulang.office.desks.rounds import figure_columns, figures_out, whole
from xulang.office.files import attached
from xulang.office.forms.rounds import ReportIssueForm
from xulang.organisation.enums import DUTY_ROLES, Role
from xulang.organisation.models import Unit
from xulang.papers.paper import Signature
from xulang.plumbing import journal
from xulang.plumbing.errors import Refused
from xulang.programme.papering import signers_of
from xulang.reporting import selectors, services
from xulang.reporting.enums import ReportState
from xulang.reporting.errors import NotSigner
from xulang.reporting.models import Consolidation
from xulang.reporting.papering import docx_of
from xulang.reporting.parts import part_name
from xulang.reporting.ports import NotSetError, typesetter
from xulang.reporting.year import lack, named


def seen_version(request: HttpRequest, consolidation_id: int) -> Consolidation:
    """A version that the asker may see; else there is no such page."""
    rows = Consolidation.objects.for_user(asker(request), clock.today())
    rows = rows.select_related("round__programme__directive", "by").prefetch_related("issues__paper__series")
    found = rows.filter(pk=consolidation_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@opens_to(*DUTY_ROLES)
def consolidation(request: HttpRequest, consolidation_id: int) -> HttpResponse:
    """A numbered version: what it says, and what it says otherwise than the one before."""
    version, today = seen_version(request, consolidation_id), clock.today()
    content = version.told
    if exporting.asked_for(request):
        name = f"tong-hop-{version.round.period}-{version.number}"
        return exporting.listed(request, name, figure_columns(content), lambda: figures_out(content))
    shown = whole(content, version.round, version.number)
    latest = version.round.consolidations.order_by("-number").first()
    context = {
        "version": version,
        "round": version.round,
        "form": indicator_words.form_name(version.round.asks),
        "latest": latest,
        "issue": version.issue,
        "changes": [_change(row, shown, content["period"]) for row in version.changes],
        "leads": selectors.leads(version.round, asker(request), today),
        **shown,
    }
    return render(request, "office/consolidation.html", context)


@require_safe
@opens_to(*DUTY_ROLES)
def consolidation_file(request: HttpRequest, consolidation_id: int, kind: str) -> HttpResponse:
    """A version as an official paper: the Word file, or the same as PDF."""
    version = seen_version(request, consolidation_id)
    if kind not in {"docx", "pdf"}:
        raise Http404
    with override("vi"):  # the paper speaks Vietnamese, whoever asks for it
        data = docx_of(version)
    if kind == "pdf":
        try:
            data = typesetter().to_pdf(data)
        except NotSetError as why:
            messages.error(request, str(why))
            return redirect("office:consolidation", consolidation_id)
    told = {"number": version.number, "kind": kind}
    journal.record(by=asker(request), action="round.taken", subject=version.round, data=told, now=clock.now())
    return attached(data, f"bao-cao-{version.round.period}-{version.number}.{kind}")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def issue(request: HttpRequest, consolidation_id: int) -> HttpResponse:
    """Give a version its number in the register of outgoing papers."""
    version = seen_version(request, consolidation_id)
    if not selectors.leads(version.round, asker(request), clock.today()):
        raise PermissionDenied
    home, day = version.round.programme.directive.home_unit, _day_of(request)
    signers = [(str(one.holding), _signing(one.signature)) for one in signers_of(home, day)]
    form = ReportIssueForm(
        request.POST or None,
        signers=signers,
        refused=str(NotSigner(day=f"{day:%d/%m/%Y}", office=home.name_on(day))),
        initial={"issued_on": day},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.issue(version=version, **form.cleaned_data, by=asker(request), now=clock.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã phát hành với số %(code)s.") % {"code": made.paper.code})
            return redirect("office:consolidation", consolidation_id)
    context = {"version": version, "round": version.round, "form": form, "day": day, "office": home.name_on(day)}
    return render(request, "office/issue_consolidation.html", context, status=422 if form.is_bound else 200)


def _day_of(request: HttpRequest) -> dt.date:
    """The day of issue that the form has so far; today where it has none, or something else than a day."""
    typed = (request.POST or request.GET).get("issued_on")
    with suppress(ValidationError):
        return ReportIssueForm.base_fields["issued_on"].clean(typed) or clock.today()
    return clock.today()


def _signing(signature: Signature) -> str:
    """A signer as the form offers them: the name, and how they sign."""
    return f"{signature.name} ({', '.join(signature.lines)})"


# What a changed number is, where it is not the period's own.
_FIGURES = {"figure": "", "year": gettext_lazy("Từ đầu năm"), "last": gettext_lazy("Kỳ trước")}


def _change(row: dict[str, str], shown: dict[str, Any], period: str) -> dict[str, str]:
    """A changed place in words."""
    if row["what"] in _FIGURES:
        code, _slash, of = row["place"].partition("/")
        name, beside = indicator_words.figure_name(code, part_name(of)), _FIGURES[row["what"]]
        return row | {"name": f"{name} ({beside})" if beside else name}
    if row["what"] == "lack":
        before, after = (_lack(row[key]) for key in ("before", "after"))
        return row | {"name": f"{_FIGURES['year']}: {named(row['place'])}", "before": before, "after": after}
    if row["what"] == "plan":
        code, _slash, aimed = row["place"].partition("/")
        return row | {"name": f"{indicator_words.figure_name(code)} ({indicator_words.plan_name(aimed, period)})"}
    if row["what"] == "heading":
        titles = {part["heading"]: part["title"] for part in [*shown["parts"], *shown["ledger_parts"]]}
        return row | {"name": titles.get(row["place"], row["place"])}
    unit = Unit.objects.filter(pk=row["place"]).prefetch_related("names").first()
    words = dict(ReportState.choices)
    before, after = (str(words.get(row[key], row[key])) for key in ("before", "after"))
    return row | {"name": unit.name_on(clock.today()) if unit else row["place"], "before": before, "after": after}


def _lack(told: str) -> str:
    """What the year so far had of a period, as a change tells it; nothing where it had it whole."""
    accepted, slash, asked = told.partition("/")
    return lack({"asked": int(asked), "accepted": int(accepted)}) if slash else _("đủ")
