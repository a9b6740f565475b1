"""One duty of a unit laid on one colleague by name, and taken back. Needs a log-in: no letter's link opens it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xulang.office import clock
from xulang.office.access import asker, opens_to, units_of
from xulang.office.forms.duties import DelegateDutyForm
from xulang.office.once import written
from xulang.organisation.enums import DESK
from xulang.programme import selectors, services
from xulang.programme.models import Assignment, DutyDelegation


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def delegate_duty(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Choose the colleague who does it."""
    person, today = asker(request), clock.today()
    rows = Assignment.objects.for_user(person, today).select_related("task", "unit")
    assignment = get_object_or_404(rows, pk=assignment_id)
    if assignment.unit_id not in units_of(request, DESK):
        raise PermissionDenied
    holdings = services.colleagues(assignment, person, today).select_related("person", "post").order_by("post_id", "id")
    told = [(row.pk, f"{row.person.full_name}, {row.post.title}") for row in holdings]
    form = DelegateDutyForm(request.POST or None, colleagues=told)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        to = next(row for row in holdings if row.pk == given["to"])

        def act() -> None:
            services.delegate_duty(assignment=assignment, to=to, last=given["last"], by=person, now=clock.now())

        done = _("Đã phân công cho %(name)s. Nhắc việc sẽ gửi tới người này trước.") % {"name": to.person.full_name}
        if written(request, form, act, done):
            return redirect("office:assignment", assignment_id)
    context = {
        "form": form if told else None,
        "assignment": assignment,
        "unit": assignment.unit.name_on(today),
        "delegation": selectors.delegation(assignment, today),
    }
    return render(request, "office/delegate_duty.html", context, status=422 if form.is_bound else 200)


@require_POST
@opens_to(*DESK)
def end_duty_delegation(request: HttpRequest, duty_delegation_id: int) -> HttpResponse:
    """Take it back, or give it back."""
    rows = DutyDelegation.objects.for_user(asker(request), clock.today()).select_related("assignment")
    found = get_object_or_404(rows, pk=duty_delegation_id)
    written(
        request,
        None,
        lambda: services.end_duty_delegation(delegation=found, by=asker(request), now=clock.now()),
        _("Đã thôi phân công; việc lại là của cả đơn vị."),
    )
    return redirect("office:assignment", found.assignment_id)
