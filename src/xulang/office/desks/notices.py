"""What the clock told: one's own reminders, and marking them as seen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.reminders import said
from xulang.organisation.enums import DUTY_ROLES
from xulang.programme import selectors, services


@require_safe
@opens_to(*DUTY_ROLES)
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices of duties that are owed still, the unseen first."""
    rows = selectors.notices(asker(request), clock.today())
    shown = [(row, said(row), row.unit.name_on(row.day)) for row in rows]
    return render(
        request,
        "office/notices.html",
        {
            "unseen": [one for one in shown if one[0].seen_at is None],
            "seen": [one for one in shown if one[0].seen_at is not None],
        },
    )


@require_POST
@opens_to(*DUTY_ROLES)
def notices_seen(request: HttpRequest) -> HttpResponse:
    """The notices that the page showed are seen."""
    ids = [int(one) for one in request.POST.getlist("notice") if one.isdecimal()]
    services.mark_seen(notices=ids, by=asker(request), now=clock.now())
    return redirect("office:notices")
