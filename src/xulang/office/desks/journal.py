"""The auditor's desk: the journal, and whether its chain holds."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.acts import lines
from xulang.organisation import selectors
from xulang.organisation.enums import Role
from xulang.plumbing import journal as chain

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.AUDITOR)
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first. A POST walks the whole chain and says whether anybody changed it."""
    rows = selectors.journal(asker(request), clock.today())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    verdict = chain.verify() if request.method == "POST" else None
    return render(request, "office/journal.html", {"page": page, "lines": lines(page), "verdict": verdict})
