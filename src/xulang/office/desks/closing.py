"""The final review of a programme: what became of it, unit by unit, and the words that close it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.forms.duties import FinalReviewForm
from xulang.organisation.enums import DUTY_ROLES, Role
from xulang.organisation.models import Unit
from xulang.plumbing.errors import Refused
from xulang.programme import selectors, services
from xulang.programme.enums import AssignmentState, EntryKind, Mode, ProgrammeState
from xulang.programme.models import Assignment, Closing, Entry, Programme
from xulang.programme.selectors import Figures


@dataclass(frozen=True)
class Line:
    """One unit's reports: done on time, done late, not done."""

    id: int
    name: str
    figures: Figures

    @property
    def open(self) -> int:
        """Not done."""
        return self.figures.open_in_time + self.figures.open_overdue


def _seen(request: HttpRequest, programme_id: int) -> Programme:
    rows = Programme.objects.for_user(asker(request), clock.today()).exclude(state=ProgrammeState.REVIEW)
    programme = rows.select_related("directive").filter(pk=programme_id).first()
    if programme is None:
        raise Http404
    return programme


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def final_review(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What became of every duty; whoever leads the programme closes it here."""
    programme, person, today = _seen(request, programme_id), asker(request), clock.today()
    ends = services.may_end(programme, person, clock.now())
    if request.method == "POST" and not ends:
        raise PermissionDenied
    form = FinalReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(programme=programme, text=form.cleaned_data["text"], by=person, now=clock.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã tổng kết chương trình."))
            return redirect("office:final_review", programme_id)
    told = selectors.figures_by_unit(person, today, on=today, programme=programme)
    units = Unit.objects.filter(pk__in=told).prefetch_related("names")
    lines = [Line(row.pk, row.name_on(today), told[row.pk]) for row in units]
    seen = Assignment.objects.for_user(person, today).filter(task__programme=programme)
    tally = seen.aggregate(
        withdrawn=Count("pk", filter=Q(state=AssignmentState.WITHDRAWN)),
        asked=Count("pk", filter=Q(mode=Mode.REQUEST)),
        answered=Count("pk", filter=Q(mode=Mode.REQUEST, state=AssignmentState.ANSWERED)),
    )
    tally["nil"] = Entry.objects.for_user(person, today).filter(assignment__in=seen, kind=EntryKind.NIL).count()
    context = {
        "programme": programme,
        "figures": sum(told.values(), Figures()),
        "query": f"?chuong-trinh={programme.pk}",
        "lines": sorted(lines, key=lambda line: (-line.open, line.name)),
        "tally": tally,
        "closings": Closing.objects.for_user(person, today).filter(programme=programme).order_by("-id"),
        "closed": programme.state == ProgrammeState.CLOSED,
        "ends": ends,
        "form": form,
    }
    return render(request, "office/final_review.html", context, status=422 if form.is_bound else 200)


@require_POST
@opens_to(Role.LEAD_OFFICER, Role.LEADER)
def reopen(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Open a closed programme again."""
    programme = _seen(request, programme_id)
    if not services.may_end(programme, asker(request), clock.now()):
        raise PermissionDenied
    try:
        services.reopen(programme=programme, reason=request.POST.get("reason", ""), by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã mở lại chương trình."))
    return redirect("office:final_review", programme_id)
