"""The page that a letter's link opens: one duty, one minute, no password; little, as whoever has the link sees it."""

import secrets
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from xulang.office import clock
from xulang.office.access import View
from xulang.office.desks.duties import KINDS
from xulang.office.forms.duties import LinkForm, pieces
from xulang.plumbing.errors import Refused
from xulang.programme import selectors, services
from xulang.programme.enums import EntryKind
from xulang.programme.errors import LinkDead, LinkSpent
from xulang.programme.models import ReportLink
from xulang.programme.services import ByLink

STUCK = _("Vướng mắc: cần đơn vị đầu mối giúp")


def _secret_address(view: View[[str]]) -> View[[str]]:
    """The address is the secret: it is told to no other page and kept by no machine on the way."""

    @wraps(view)
    def shown(request: HttpRequest, secret: str) -> HttpResponse:
        answer = view(request, secret)
        assert isinstance(answer, HttpResponse)
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return shown


@login_not_required
@csrf_exempt  # no cookie gives any right here, and without a referrer browsers tell no origin that could be checked
@_secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Report on the duty of the link. A GET only shows; the first accepted POST consumes the link."""
    try:
        link = services.opened_link(secret, clock.now())
    except LinkSpent as spent:
        if request.method == "POST":
            return _sent_again(request, secret, spent)
        return render(request, "office/by_link_spent.html", {"at": spent.at})
    except LinkDead as dead:
        return render(request, "office/by_link_spent.html", {"why": str(dead)})
    dated = link.expected.period == "date"
    kinds = [EntryKind.PROGRESS, EntryKind.DONE] if dated else list(KINDS)
    told = [(kind.value, KINDS[kind]) for kind in kinds] + [(EntryKind.OBSTACLE.value, STUCK)]
    form = LinkForm(request.POST or None, request.FILES or None, kinds=told)
    if request.method == "POST" and form.is_valid():
        try:
            services.report_by_link(secret=secret, sent=_sent(request, form), now=clock.now())
        except LinkSpent as spent:
            return _sent_again(request, secret, spent)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect("office:by_link", secret)
    return render(request, "office/by_link.html", _page(request, link, form), status=422 if form.is_bound else 200)


def _sent_again(request: HttpRequest, secret: str, spent: LinkSpent) -> HttpResponse:
    """The answer to a form was lost and it comes again: it is told what became of it. Another one is refused."""
    try:
        sent = ByLink(kind=EntryKind.PROGRESS, key=request.POST.get("key", ""))
        services.report_by_link(secret=secret, sent=sent, now=clock.now())
    except Refused as why:
        return render(request, "office/by_link_spent.html", {"at": spent.at, "why": str(why)}, status=409)
    return redirect("office:by_link", secret)


def _sent(request: HttpRequest, form: LinkForm) -> ByLink:
    given = form.cleaned_data
    return ByLink(
        kind=EntryKind(given["kind"]),
        key=request.POST.get("key", "")[:100],
        note=given["note"],
        evidence=pieces(given),
    )


def _page(request: HttpRequest, link: ReportLink, form: LinkForm) -> dict[str, object]:
    return {
        "link": link,
        "form": form,
        "key": request.POST.get("key") or secrets.token_urlsafe(16),
        "guidance": selectors.guidance_of([link.expected.assignment.task_id]),
        "unit": link.expected.assignment.unit.name_on(clock.today()),
    }
