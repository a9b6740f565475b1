"""The budget desk: estimates, their lines with what the checks say of each, and the way to the finance office."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.activities.models import Activity
from xulang.budget import selectors, services, sheet
from xulang.budget.checking import findings_of, regularity
from xulang.budget.enums import BUDGET_ROLES, DECIDED, DRAWING, WORKING, EstimateState, Source
from xulang.budget.errors import NotDescribed, NotWorking
from xulang.budget.findings import ground, sentence
from xulang.budget.models import Estimate, EstimateLine, Version
from xulang.budget.services import NewLine
from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to, units_of
from xulang.office.files import attached
from xulang.office.forms.budget import DrawForm, EstimateForm, LineForm, SheetForm
from xulang.office.once import SentBefore, once
from xulang.papers.money_words import in_words
from xulang.plumbing import journal, sheets
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.programme.models import Assignment

A_PAGE = 40
SETTLED = frozenset({EstimateState.APPRAISED, EstimateState.APPROVED})  # what the finance office made of it counts
NAMED = 60  # letters of a task in a list to choose from


# --- The list ---


@require_safe
@opens_to(*BUDGET_ROLES)
def estimates(request: HttpRequest) -> HttpResponse:
    """All estimates that the asker sees, what waits for them, and tasks that nobody asked money for yet."""
    person, today = asker(request), clock.today()
    years = selectors.years(person, today)
    year = request.GET.get("nam", "")
    state = request.GET.get("trang-thai", "")
    wanted = selectors.Wanted(
        year=int(year) if year.isdecimal() and int(year) in years else None,
        state=EstimateState(state) if state in EstimateState.values else None,
    )
    rows = selectors.estimates(person, today, wanted)
    if exporting.asked_for(request):
        return exporting.listed(request, "du-toan", _columns(), lambda: _exported(list(rows)))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    sums = selectors.sums_of(page)
    waiting = list(selectors.waiting(person, today))
    moves = list(selectors.asked_moves(person, today))
    waiting_sums = selectors.sums_of(waiting)
    context = {
        "page": page,
        "rows": [(one, sums.get(one.pk, selectors.Sums())) for one in page],
        "waiting": [(one, waiting_sums.get(one.pk, selectors.Sums())) for one in waiting],
        "moves": moves,
        "waits": len(waiting) + len(moves),
        "unfunded": selectors.unfunded(person, today),
        "years": years,
        "wanted": wanted,
        "states": EstimateState.choices,
        "draws": bool(selectors.drawable(person, today)),
    }
    return render(request, "office/estimates.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Dự toán"), 48),
        Column(_("Năm"), 8),
        Column(_("Đơn vị"), 40),
        Column(_("Chương trình"), 24),
        Column(_("Trạng thái"), 18),
        Column(_("Số đề nghị"), 16),
        Column(_("Số thẩm định"), 16),
        Column(_("Được giao"), 16),
        Column(_("Đã chi"), 16),
    ]


def _exported(rows: list[Estimate]) -> Iterator[list[Cell]]:
    sums, today = selectors.sums_of(rows), clock.today()
    for one in rows:
        told = sums.get(one.pk, selectors.Sums())
        directive = one.programme.directive
        yield [
            *(one.title, one.year, one.unit.name_on(today), directive.code or directive.title),
            *(str(one.get_state_display()), told.asked, told.appraised, told.allotted, told.spent),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DRAWING)
def draw_up(request: HttpRequest) -> HttpResponse:
    """Begin an estimate: for which unit, programme and year."""
    person, today = asker(request), clock.today()
    pairs = {f"{one.unit.pk}-{one.programme.pk}": one for one in selectors.drawable(person, today)}
    if not pairs:
        return render(request, "office/draw_up.html", {"form": None})
    named = [
        (key, f"{one.unit.name_on(today)} · {one.programme.directive.code or one.programme.title[:NAMED]}")
        for key, one in pairs.items()
    ]
    spans = [range(one.programme.starts_on.year, one.programme.ends_on.year + 1) for one in pairs.values()]
    years = sorted({year for span in spans for year in span})
    days = {one.programme.directive.issued_date for one in pairs.values()}
    given = {
        "approved_on": days.pop() if len(days) == 1 else None,  # of which programme is not chosen yet
        "year": today.year if today.year in years else years[0],
    }
    form = DrawForm(request.POST or None, duties=named, years=years, initial=given)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        chosen = pairs[told.pop("duty")]
        try:
            with once(request):
                made = services.draw_up(
                    unit=chosen.unit, programme=chosen.programme, by=person, now=clock.now(), **told
                )
        except SentBefore:
            return redirect("office:estimates")
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã lập dự toán. Hãy thêm từng nội dung chi."))
            return redirect("office:estimate", made.pk)
    return render(request, "office/draw_up.html", {"form": form}, status=422 if form.is_bound else 200)


# --- One estimate ---


def seen(request: HttpRequest, estimate_id: int) -> Estimate:
    """An estimate that the asker sees; else there is no such page."""
    try:
        return selectors.estimate(asker(request), clock.today(), estimate_id)
    except Estimate.DoesNotExist as unseen:
        raise Http404 from unseen


def works(request: HttpRequest, estimate: Estimate) -> bool:
    """Whether the asker may change it now."""
    return estimate.state in WORKING and estimate.unit_id in units_of(request, DRAWING)


def shut(request: HttpRequest, estimate: Estimate) -> HttpResponse:
    """Back to the estimate, which is sent and no more to be changed; 404 for those who never could."""
    if estimate.unit_id not in units_of(request, DRAWING):
        raise Http404
    messages.error(request, str(NotWorking()))
    return redirect("office:estimate", estimate.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*BUDGET_ROLES)
def estimate(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """The estimate: its lines with the checks beside each, what became of it, and what the asker may do."""
    found = seen(request, estimate_id)
    if request.method == "POST":
        return act(request, found, _ACTS)
    number = request.GET.get("lan", "")
    current = found.current
    version = found.versions.filter(number=number).first() if number.isdecimal() and len(number) < 5 else current
    if version is None:
        raise Http404
    return render(request, "office/estimate.html", page_of(request, found, version))


def page_of(request: HttpRequest, found: Estimate, version: Version) -> dict[str, Any]:
    """What the pages of an estimate show; the checks speak of the version at work, until it is decided."""
    person, now = asker(request), clock.now()
    checked = version.pk == found.current.pk and found.state not in DECIDED
    lines = selectors.lines_of(version, findings_of(version) if checked else ())
    judged = any(hasattr(one.line, "appraisal") for one in lines)
    money = sum(one.line.amount for one in lines)
    total = selectors.Sums(
        money,
        sum(one.line.appraisal.amount for one in lines if hasattr(one.line, "appraisal")),
        sum(one.line.allotted for one in lines),
        sum(one.line.spent for one in lines),
    )
    stops = sum(finding.stops for one in lines for finding in one.findings)
    return {
        "estimate": found,
        "version": version,
        "versions": list(found.versions.all()),
        "is_current": version.pk == found.current.pk,
        "lines": [(one, [(told, sentence(told), ground(told)) for told in one.findings]) for one in lines],
        "judged": judged,
        "total": total,
        "in_words": in_words(total.appraised if judged and found.state in SETTLED else money),
        "stops": stops,
        "duties": _duties_of(lines),
        "story": list(selectors.story(found)),
        "works": works(request, found) and version.pk == found.current.pk,
        "spends": found.state == EstimateState.APPROVED,
        "appraises": services.may_appraise(found, person, now),
        "decides": services.may_decide(found, person, now),
        "describe": EstimateForm(
            initial={"title": found.title, "approved_on": found.approved_on, "adjusted_by": found.adjusted_by}
        ),
    }


def _duties_of(lines: list[selectors.LineTold]) -> list[tuple[Assignment, bool]]:
    """The tasks that the lines are for, each with whether it is a regular duty."""
    return list({one.line.assignment_id: (one.line.assignment, one.regular) for one in lines}.values())


Act = Callable[[HttpRequest, Estimate], str]


def act(request: HttpRequest, found: Estimate, acts: dict[str, Act], back: str = "office:estimate") -> HttpResponse:
    """One of the acts of a page; what is refused is told on it."""
    doing = acts.get(request.POST.get("viec", ""))
    if doing is None:
        raise Http404
    try:
        with once(request):
            said = doing(request, found)
    except SentBefore:
        return redirect(back, found.pk)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect(back, found.pk)


def _send(request: HttpRequest, found: Estimate) -> str:
    if not works(request, found):
        raise PermissionDenied
    services.send(estimate=found, by=asker(request), now=clock.now())
    return _("Đã gửi dự toán đến cơ quan tài chính.")


def _describe(request: HttpRequest, found: Estimate) -> str:
    if not works(request, found):
        raise PermissionDenied
    form = EstimateForm(request.POST)
    if not form.is_valid():
        raise NotDescribed
    services.describe(estimate=found, by=asker(request), now=clock.now(), **form.cleaned_data)
    return _("Đã lưu.")


def _approve(request: HttpRequest, found: Estimate) -> str:
    if not services.may_decide(found, asker(request), clock.now()):
        raise PermissionDenied
    services.approve(estimate=found, by=asker(request), now=clock.now())
    return _("Đã phê duyệt; từng nội dung được giao kinh phí.")


def _decline(request: HttpRequest, found: Estimate) -> str:
    if not services.may_decide(found, asker(request), clock.now()):
        raise PermissionDenied
    services.decline(estimate=found, by=asker(request), now=clock.now(), reason=request.POST.get("reason", ""))
    return _("Đã ghi quyết định không phê duyệt.")


_ACTS: dict[str, Act] = {"gui": _send, "sua": _describe, "phe-duyet": _approve, "khong-duyet": _decline}


# --- Its lines ---


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
        services.drop_line(line=at, by=asker(request), now=clock.now())
        messages.success(request, _("Đã bỏ nội dung chi."))
        return redirect("office:estimate", found.pk)
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
    return redirect("office:estimate", int(back)) if back.isdecimal() else redirect("office:estimates")
