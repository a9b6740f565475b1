"""The start of the day: each role's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xulang.office import clock
from xulang.office.access import asker, scope
from xulang.office.rail import start
from xulang.organisation.enums import Role
from xulang.programme import selectors
from xulang.programme.enums import AssignmentState, ProgrammeState


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the lead officer now; everybody else is led to their own desk."""
    held, person, today = scope(request), asker(request), clock.today()
    if held is None:
        return render(request, "office/no_post.html")
    if not held.holds(Role.LEAD_OFFICER):
        return redirect(f"office:{start(held)}")
    programmes, waiting = selectors.programmes(person, today), selectors.waiting(person, today)
    return render(
        request,
        "office/home.html",
        {
            "in_review": [one for one in programmes if one.state == ProgrammeState.REVIEW],
            "asked": selectors.requests(person, today).filter(state=AssignmentState.OPEN).count(),
            "waiting": waiting,
            "waiting_since": selectors.waiting_since(person, today) if waiting else None,
            "figures": selectors.figures(person, today, on=today),
        },
    )
