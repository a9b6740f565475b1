"""What becomes of an assignment after issue: taken back, or moved to another unit; each with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.forms.duties import MoveForm, ReasonForm
from xulang.office.typed import unit_named
from xulang.organisation.enums import Role
from xulang.plumbing.errors import Refused
from xulang.programme import services
from xulang.programme.models import Assignment

CHANGERS = (Role.LEAD_OFFICER, Role.LEADER)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*CHANGERS)
def withdraw(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Take an assignment back."""

    def act(assignment: Assignment, given: dict[str, Any]) -> str:
        services.withdraw(assignment=assignment, reason=given["reason"], by=asker(request), now=clock.now())
        return _("Đã thu hồi. Đơn vị được báo, sổ theo dõi giữ lý do.")

    return _change(request, assignment_id, ReasonForm(request.POST or None), act, moves=False)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*CHANGERS)
def move(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Lay an assignment on another unit."""

    def act(assignment: Assignment, given: dict[str, Any]) -> str:
        unit = unit_named(given["unit"], asker(request), clock.today())
        services.move(assignment=assignment, unit=unit, reason=given["reason"], by=asker(request), now=clock.now())
        return _("Đã chuyển cho %(unit)s. Cả hai đơn vị được báo.") % {"unit": unit.name_on(clock.today())}

    return _change(request, assignment_id, MoveForm(request.POST or None), act, moves=True)


def _change(
    request: HttpRequest,
    assignment_id: int,
    form: ReasonForm,
    act: Callable[[Assignment, dict[str, Any]], str],
    *,
    moves: bool,
) -> HttpResponse:
    """The form, and the act once it is sent; what is refused is told in the form."""
    seen = Assignment.objects.for_user(asker(request), clock.today())
    assignment = seen.select_related("task__programme__directive", "unit").filter(pk=assignment_id).first()
    if assignment is None:
        raise Http404
    if not services.may_change(assignment, asker(request), clock.now()):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            said = act(assignment, form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, said)
            return redirect("office:assignment", assignment_id)
    context = {
        "form": form,
        "assignment": assignment,
        "unit": assignment.unit.name_on(clock.today()),
        "moves": moves,
        "running": services.running(assignment),
    }
    return render(request, "office/change.html", context, status=422 if form.is_bound else 200)
