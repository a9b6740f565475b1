"""The focal unit's desk: what units reported, to be confirmed or returned."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.organisation.enums import FOLLOWING, Role
from xulang.plumbing.errors import Refused
from xulang.programme import selectors, services
from xulang.programme.models import Entry

followers = opens_to(*FOLLOWING, Role.LEADER)


@require_safe
@followers
def to_confirm(request: HttpRequest) -> HttpResponse:
    """The reports that wait for the asker, the oldest first."""
    today = clock.today()
    rows = [(row, row.assignment.unit.name_on(today)) for row in selectors.to_confirm(asker(request), today)]
    return render(request, "office/to_confirm.html", {"rows": rows})


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
