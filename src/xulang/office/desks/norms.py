"""The ceilings that estimates are checked by, and those of the place's own."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xulang.budget import selectors, services
from xulang.budget.enums import APPRAISING, BUDGET_ROLES
from xulang.budget.models import LocalNorm
from xulang.budget.norms import Document, Norm, Version, by_kind, documents, norms
from xulang.office import clock
from xulang.office.access import asker, holds, opens_to
from xulang.office.forms.budget import OwnNormForm
from xulang.office.once import written


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*BUDGET_ROLES)
def norms_page(request: HttpRequest) -> HttpResponse:
    """The ceilings that estimates are checked by; the finance office enters lower ones of the place's own."""
    person, today = asker(request), clock.today()
    enters = holds(request, *APPRAISING)
    form = OwnNormForm(request.POST or None) if enters else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            given = form.cleaned_data

            def act() -> None:
                home = services.home_for_norms(person, clock.now())
                services.set_local_norm(home=home, by=person, now=clock.now(), **given)

            if written(request, form, act, _("Đã ghi mức chi của địa phương.")):
                return redirect("office:norms")
    held = selectors.own_norms_held(person, today)
    context = {
        "kinds": [
            (kind, [(one, one.on(today), _older(one, today), held.get(one.code)) for one in there])
            for kind, there in by_kind().items()
        ],
        "documents": [(one, _unknown(one)) for one in documents().values()],
        "own": [(row, norms()[row.norm]) for row in selectors.own_norms(person, today) if row.norm in norms()],
        "form": form,
        "enters": enters,
    }
    return render(request, "office/norms.html", context, status=422 if form is not None and form.is_bound else 200)


def _older(norm: Norm, today: dt.date) -> list[Version]:
    """What held before, for plans that were approved then."""
    return [one for one in norm.versions if one.ceiling and one.document.valid_to and one.document.valid_to <= today]


def _unknown(document: Document) -> int:
    """How many of a document's ceilings are not in the data."""
    versions = [norm.of(document.code) for norm in norms().values()]
    return sum(one is not None and one.ceiling is None for one in versions)


@require_POST
@opens_to(*APPRAISING)
def withdraw_norm(request: HttpRequest, local_norm_id: int) -> HttpResponse:
    """Take back a ceiling that was entered in error."""
    found = get_object_or_404(LocalNorm.objects.for_user(asker(request), clock.today()), pk=local_norm_id)
    written(
        request,
        None,
        lambda: services.withdraw_local_norm(norm=found, by=asker(request), now=clock.now()),
        _("Đã bỏ mức chi đã ghi."),
    )
    return redirect("office:norms")
