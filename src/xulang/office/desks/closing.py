"""The final review of a programme: what became of it, unit by unit, and the words that close it."""

from collections import Counter
from dataclasses import dataclass, field

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
from xulang.plumbing.errors import Refused
from xulang.programme import selectors, services
from xulang.programme.enums import AssignmentState, Bucket, EntryKind, Mode, ProgrammeState
from xulang.programme.models import Assignment, Closing, Entry, Programme

REPLIED = (AssignmentState.ANSWERED, AssignmentState.DECLINED)


@dataclass
class Line:
    """One unit's reports: done on time, done late, not done."""

    id: int
    name: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def on_time(self) -> int:
        """Done on time."""
        return self.counts[Bucket.DONE_ON_TIME]

    @property
    def late(self) -> int:
        """Done late."""
        return self.counts[Bucket.DONE_LATE]

    @property
    def open(self) -> int:
        """Not done."""
        return self.counts[Bucket.OPEN_IN_TIME] + self.counts[Bucket.OPEN_OVERDUE]


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
    lines: dict[int, Line] = {}
    for row in selectors.figure_rows(person, today, on=today, programme=programme):
        lines.setdefault(row.unit.pk, Line(row.unit.pk, row.unit.name_on(today))).counts[row.bucket] += 1
    seen = Assignment.objects.for_user(person, today).filter(task__programme=programme)
    tally = seen.aggregate(
        withdrawn=Count("pk", filter=Q(state=AssignmentState.WITHDRAWN)),
        asked=Count("pk", filter=Q(mode=Mode.REQUEST)),
        answered=Count("pk", filter=Q(mode=Mode.REQUEST, state__in=REPLIED)),
    )
    tally["nil"] = Entry.objects.for_user(person, today).filter(assignment__in=seen, kind=EntryKind.NIL).count()
    context = {
        "programme": programme,
        "figures": selectors.figures(person, today, on=today, programme=programme),
        "query": f"?chuong-trinh={programme.pk}",
        "lines": sorted(lines.values(), key=lambda line: (-line.open, line.name)),
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
