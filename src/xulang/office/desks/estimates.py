"""The budget desk: all estimates, beginning one, and one with what became of it and what is done next."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xulang.budget import selectors, services
from xulang.budget.checking import findings_of
from xulang.budget.enums import APPRAISING, BUDGET_ROLES, DECIDED, DRAWING, WORKING, EstimateState
from xulang.budget.errors import NotDescribed, NotWorking
from xulang.budget.findings import ground, sentence
from xulang.budget.models import Estimate, Version
from xulang.budget.papering import appraisal_of, issue_of
from xulang.office import clock, exporting
from xulang.office.access import asker, holds, opens_to, units_of
from xulang.office.forms.budget import DrawForm, EstimateForm
from xulang.office.once import SentBefore, once
from xulang.papers.money_words import in_words
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
        year=int(year) if year in map(str, years) else None,
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
        "numbers": holds(request, *APPRAISING),
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
        return _act(request, found)
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
        "to_mend": selectors.to_mend(found),
        "works": works(request, found) and version.pk == found.current.pk,
        "spends": found.state == EstimateState.APPROVED,
        "note": issue_of(told) if (told := appraisal_of(found)) else None,
        "numbers": services.may_issue_note(found, person, now),
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


def _act(request: HttpRequest, found: Estimate) -> HttpResponse:
    """One of the acts of the page; what is refused is told on it."""
    doing = _ACTS.get(request.POST.get("viec", ""))
    if doing is None:
        raise Http404
    try:
        with once(request):
            said = doing(request, found)
    except SentBefore:
        pass  # it was done
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect("office:estimate", found.pk)


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
