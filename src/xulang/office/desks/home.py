"""The start of the day: each role's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xulang.office import clock
from xulang.office.access import asker, scope
from xulang.organisation.enums import DESK, DUTY_ROLES, Role
from xulang.programme import selectors
from xulang.programme.enums import ProgrammeState

# Where those begin who have one desk; in this order where somebody holds several posts.
STARTS = (
    (Role.LEADER, "overview"),
    *((role, "desk") for role in DESK),
    *((role, "figures") for role in DUTY_ROLES - DESK - {Role.LEADER}),
    (Role.ADMINISTRATOR, "units"),
    (Role.AUDITOR, "journal"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the lead officer now; everybody else is led to their own desk."""
    held, person, today = scope(request), asker(request), clock.today()
    if held is None:
        return render(request, "office/no_post.html")
    if not held.holds(Role.LEAD_OFFICER):
        return redirect("office:" + next(desk for role, desk in STARTS if held.holds(role)))
    programmes = selectors.programmes(person, today)
    return render(
        request,
        "office/home.html",
        {
            "in_review": [one for one in programmes if one.state == ProgrammeState.REVIEW],
            "waiting": selectors.waiting(person, today),
            "figures": selectors.figures(person, today, on=today),
        },
    )
