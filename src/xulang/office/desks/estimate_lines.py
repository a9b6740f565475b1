"""The lines of an estimate: added, changed, taken out, as a sheet out and in, and which duties are regular ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xulang.activities.models import Activity
from xulang.budget import selectors, services, sheet
from xulang.budget.checking import regularity
from xulang.budget.enums import BUDGET_ROLES, DRAWING, Source
from xulang.budget.models import Estimate, EstimateLine
from xulang.budget.services import NewLine
from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to, units_of
from xulang.office.desks.estimates import NAMED, seen, shut, works
from xulang.office.files import attached
from xulang.office.forms.budget import LineForm, SheetForm
from xulang.office.once import SentBefore, once
from xulang.office.typed import NUMBER
from xulang.plumbing import journal, sheets
from xulang.plumbing.errors import Refused
from xulang.programme.models import Assignment


def _line_form(request: HttpRequest, found: Estimate, line: EstimateLine | None) -> LineForm:
    duties = list(services.led(found.unit, found.programme).select_related("task").order_by("task__position", "pk"))
    served = selectors.served(asker(request), clock.today(), duties).values()
    activities = {one.pk: one for of_duty in served for one in of_duty.values()}
    names = [(str(one.pk), f"{one.begins:%d/%m/%Y} · {one.title}"[:120]) for one in activities.values()]
    regular = regularity(duties)
    given: dict[str, Any] = {}
    if line is not None:
        given = {
            name: getattr(line, name)
            for name in ("content", "measure", "quantity", "times", "price", "basis", "source", "origin", "index_codes")
        }
        given |= {"assignment": line.assignment_id, "activity": line.activity_id or ""}
        given |= {"norm": f"{line.norm}@{line.document}" if line.norm else ""}
        given |= {"amount": line.amount} if line.amount != line.product else {}
    elif duties:
        source = Source.REGULAR if regular[duties[0].pk] else Source.GRANTED
        given = {"assignment": duties[0].pk, "source": source}
    return LineForm(
        request.POST or None,
        duties=[(str(one.pk), _task_called(one)) for one in duties],
        activities=names,
        initial=given,
    )


def _task_called(duty: Assignment) -> str:
    words = " ".join(duty.task.text.split())
    short = words if len(words) <= NAMED else words[:NAMED].rsplit(" ", 1)[0] + "…"
    return f"{duty.task.section} {short}".strip()


def _new_line(request: HttpRequest, found: Estimate, form: LineForm) -> NewLine:
    told = form.cleaned_data
    norm, _at, document = told.pop("norm").partition("@")
    assignment = services.led(found.unit, found.programme).select_related("task").get(pk=told.pop("assignment"))
    activity_id = told.pop("activity")
    activity = None
    if activity_id is not None:
        activity = Activity.objects.for_user(asker(request), clock.today()).get(pk=activity_id)
    return NewLine(
        assignment=assignment,
        activity=activity,
        norm=norm,
        document=document,
        source=Source(told.pop("source")),
        times=told.pop("times") or 1,
        **told,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DRAWING)
def add_line(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """Add a line; the next one is one click away."""
    found = seen(request, estimate_id)
    if not works(request, found):
        return shut(request, found)
    form = _line_form(request, found, None)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request):
                services.add_line(
                    estimate=found, new=_new_line(request, found, form), by=asker(request), now=clock.now()
                )
        except SentBefore:
            return redirect("office:estimate", found.pk)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã thêm nội dung chi."))
            again = "them-nua" in request.POST
            return redirect("office:add_estimate_line" if again else "office:estimate", found.pk)
    context = {"estimate": found, "form": form, "line": None}
    return render(request, "office/estimate_line.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DRAWING)
def line(request: HttpRequest, estimate_line_id: int) -> HttpResponse:
    """Change a line, or take it out."""
    rows = EstimateLine.objects.for_user(asker(request), clock.today()).select_related("version__estimate__programme")
    at = get_object_or_404(rows, pk=estimate_line_id)
    found = seen(request, at.version.estimate_id)
    if not works(request, found) or at.version_id != found.current.pk:
        return shut(request, found)
    if "bo" in request.POST:
        return _dropped(request, at)
    form = _line_form(request, found, at)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_line(line=at, new=_new_line(request, found, form), by=asker(request), now=clock.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("office:estimate", found.pk)
    context = {"estimate": found, "form": form, "line": at}
    return render(request, "office/estimate_line.html", context, status=422 if form.is_bound else 200)


def _dropped(request: HttpRequest, at: EstimateLine) -> HttpResponse:
    try:
        services.drop_line(line=at, by=asker(request), now=clock.now())
    except Refused as why:  # it was sent while the page stood open
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã bỏ nội dung chi."))
    return redirect("office:estimate", at.version.estimate_id)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*BUDGET_ROLES)
def estimate_sheet(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """The lines as a workbook (`?tep=xlsx`), and back from one: all rows or none, every faulty one told."""
    found, today = seen(request, estimate_id), clock.today()
    duties = list(services.led(found.unit, found.programme).select_related("task"))
    served = selectors.served(asker(request), today, duties)
    if exporting.asked_for(request):
        lines = list(found.current.lines.select_related("assignment__task", "activity").order_by("id"))
        pages = [sheets.Page(_("Dự toán"), sheet.columns(duties, served), sheet.rows(lines))]
        told = {"list": "du-toan", "kind": "xlsx", "rows": len(lines)}
        journal.record(by=asker(request), action="list.exported", subject=found, data=told, now=clock.now())
        return attached(sheets.as_xlsx(pages), f"du-toan-{found.pk}-{today:%Y-%m-%d}.xlsx")
    if not works(request, found):
        return shut(request, found)
    form = SheetForm(request.POST or None, request.FILES or None)
    faults: list[sheet.FaultyRow] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            table = sheets.read(given.read(), given.name)
            new, faults = sheet.understood(table[0].rows if table else [], {one.pk: one for one in duties}, served)
            if not faults:
                services.replace_lines(estimate=found, rows=new, by=asker(request), now=clock.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            if not faults:
                messages.success(request, _("Đã nạp %(count)s dòng.") % {"count": len(new)})
                return redirect("office:estimate", found.pk)
    context = {"estimate": found, "form": form, "faults": faults}
    return render(request, "office/estimate_sheet.html", context, status=422 if form.is_bound else 200)


@require_POST
@opens_to(*DRAWING)
def say_regular(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Say whether a task is among the unit's regular duties."""
    rows = Assignment.objects.for_user(asker(request), clock.today())
    found = get_object_or_404(rows, pk=assignment_id)
    if found.unit_id not in units_of(request, DRAWING):
        raise PermissionDenied
    try:
        services.say_regular(
            assignment=found, regular=request.POST.get("regular") == "1", by=asker(request), now=clock.now()
        )
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã ghi."))
    back = request.POST.get("du-toan", "")
    known = back.isdecimal() and len(back) <= NUMBER
    return redirect("office:estimate", int(back)) if known else redirect("office:estimates")
