"""The focal unit's desk: what units reported, to be confirmed or returned."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.paging import Page, place_in
from xulang.organisation.enums import FOLLOWING, Role
from xulang.plumbing.errors import Refused
from xulang.programme import selectors, services
from xulang.programme.models import Entry, ExpectedReport
from xulang.programme.selectors import Place

followers = opens_to(*FOLLOWING, Role.LEADER)
A_PAGE = 30


@dataclass(frozen=True)
class Waiting:
    """A report in its place of the list, which stands in the order of reporting."""

    row: ExpectedReport

    @property
    def place(self) -> Place:
        """See `paging.Placed`."""
        assert self.row.reported_on is not None, "what waits was reported"
        return self.row.reported_on, self.row.report_entry_id or 0


@require_safe
@followers
def to_confirm(request: HttpRequest) -> HttpResponse:
    """The reports that wait for the asker, the oldest first."""
    today, after = clock.today(), place_in(request)
    found = selectors.to_confirm(asker(request), today, after=after, limit=A_PAGE + 1)
    page = Page.of([Waiting(row) for row in found], A_PAGE, after)
    rows = [(one.row, one.row.assignment.unit.name_on(today)) for one in page.rows]
    context = {"rows": rows, "page": page, "extensions": selectors.extensions(asker(request), today)}
    return render(request, "office/to_confirm.html", context)


@require_POST
@followers
def confirm(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Accept a report."""
    entry = _entry(request, entry_id)
    try:
        services.confirm(entry=entry, by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã xác nhận báo cáo."))
    return redirect("office:to_confirm")


@require_POST
@followers
def return_report(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Give a report back, with the reason."""
    entry = _entry(request, entry_id)
    try:
        services.return_report(
            entry=entry, reason=request.POST.get("reason", "")[:2000], by=asker(request), now=clock.now()
        )
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã trả lại báo cáo kèm lý do."))
    return redirect("office:to_confirm")


def _entry(request: HttpRequest, entry_id: int) -> Entry:
    rows = Entry.objects.for_user(asker(request), clock.today()).select_related(
        "assignment__task__programme__directive"
    )
    return get_object_or_404(rows, pk=entry_id)
