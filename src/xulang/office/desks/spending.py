"""Money that was given: what was spent of each line, what is to be moved or carried over, and how a year stands."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.budget import selectors, services
from xulang.budget.enums import APPRAISING, BUDGET_ROLES, DECIDING, DRAWING, ActKind, EstimateState, Source
from xulang.budget.findings import money
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine
from xulang.budget.year_end import year_end
from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to, scope, units_of
from xulang.office.desks.estimates import seen
from xulang.office.forms.budget import CarryForm, Grouped, SpendForm, TransferForm
from xulang.office.once import SentBefore, once
from xulang.office.typed import dong
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column

NAMED = 70  # letters of a line in a list to choose from
WAYS = {
    "chuong-trinh": gettext_lazy("Chương trình"),
    "nguon": gettext_lazy("Nguồn kinh phí"),
    "don-vi": gettext_lazy("Đơn vị"),
}


# --- Spending ---


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*BUDGET_ROLES)
def spending(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """What every line has left, what was paid out, and the forms by which money goes."""
    found = seen(request, estimate_id)
    if found.state != EstimateState.APPROVED:
        raise Http404
    settled = selectors.settlement(found)
    lines = [one.line for one in settled]
    end, today = year_end(found.year), clock.today()
    closed = end is not None and end.is_over(today)
    if exporting.asked_for(request):
        return exporting.listed(request, "chi", _columns(closed=closed), lambda: _exported(settled))
    pays = found.unit_id in units_of(request, DRAWING)
    asks = pays or _is_finance(request, found)
    acts = _forms(request, found, lines, pays=pays, asks=asks)
    name = request.POST.get("act", "")
    if request.method == "POST":
        if name not in acts:
            raise PermissionDenied
        if acts[name].is_valid():
            try:
                with once(request):
                    _ACTS[name](request, acts[name].cleaned_data)
            except SentBefore:
                return redirect("office:spending", estimate_id)
            except Refused as why:
                acts[name].add_error(None, str(why))
            else:
                messages.success(request, str(_SAID[name]))
                return redirect("office:spending", estimate_id)
    context = {
        "estimate": found,
        "settled": settled,
        "total": selectors.sums_of([found])[found.pk],
        "acts": acts,
        "act": name,
        "pays": pays,
        "paid": _paid(found),
        "moves": _moves(request, found),
        "decided": selectors.decided_moves(found),
        "end": end,
        "closed": closed,
        "settles": end is not None and end.settles(today),
    }
    return render(request, "office/spending.html", context, status=422 if name else 200)


def _is_finance(request: HttpRequest, found: Estimate) -> bool:
    held = scope(request)
    return held is not None and found.programme.directive.home_unit_id in held.homes(APPRAISING)


def _forms(
    request: HttpRequest, found: Estimate, lines: list[EstimateLine], *, pays: bool, asks: bool
) -> dict[str, Any]:
    """The acts that the asker has here, by name."""
    name = request.POST.get("act", "")
    left = _by_source((one, f"{one.content[:NAMED]} · {money(one.left)}") for one in lines if one.left)
    forms: dict[str, Any] = {}

    def given(act: str) -> Any:
        return request.POST if act == name else None

    end, today = year_end(found.year), clock.today()
    is_open = end is None or not end.is_over(today)
    if pays and left and is_open:
        settles = end is not None and end.settles(today)
        forms["spend"] = SpendForm(given("spend"), lines=left, settles=settles, initial={"on": today})
    if asks and left and is_open:
        forms["transfer"] = TransferForm(given("transfer"), lines=left, goals=_goals(request, found))
    if asks and left:
        forms["carry"] = CarryForm(given("carry"), lines=left, end=end)
    return forms


def _by_source(lines: Iterable[tuple[EstimateLine, str]]) -> Grouped:
    """Lines to choose from, each source's together: money moves within one."""
    told = list(lines)
    groups = [
        (str(source.label), [(str(line.pk), name) for line, name in told if line.source == source]) for source in Source
    ]
    return [group for group in groups if group[1]]


def _goals(request: HttpRequest, found: Estimate) -> Grouped:
    """Where money can go: lines of the year's approved estimates that the asker sees, this one's first."""
    rows = Estimate.objects.for_user(asker(request), clock.today()).filter(
        year=found.year,
        state=EstimateState.APPROVED,
        programme__directive__home_unit=found.programme.directive.home_unit_id,
    )
    lines = EstimateLine.objects.standing(rows).select_related("version__estimate")
    told = sorted(lines, key=lambda one: (one.version.estimate_id != found.pk, one.version.estimate_id, one.pk))
    return _by_source((one, f"{one.content[:NAMED]} ({one.version.estimate.title[:NAMED]})") for one in told)


def _spend(request: HttpRequest, given: dict[str, Any]) -> None:
    line = _line(request, given.pop("line"))
    services.spend(line=line, by=asker(request), now=clock.now(), **given)


def _transfer(request: HttpRequest, given: dict[str, Any]) -> None:
    line, goal = (_line(request, given.pop(name)) for name in ("line", "to_line"))
    services.ask_transfer(line=line, to_line=goal, by=asker(request), now=clock.now(), **given)


def _carry(request: HttpRequest, given: dict[str, Any]) -> None:
    line = _line(request, given.pop("line"))
    services.ask_carry_over(line=line, by=asker(request), now=clock.now(), **given)


_ACTS = {"spend": _spend, "transfer": _transfer, "carry": _carry}
_SAID = {
    "spend": gettext_lazy("Đã ghi khoản chi."),
    "transfer": gettext_lazy("Đã gửi đề nghị điều chuyển đến lãnh đạo."),
    "carry": gettext_lazy("Đã gửi đề nghị chuyển nguồn đến lãnh đạo."),
}


def _line(request: HttpRequest, pk: int) -> EstimateLine:
    rows = EstimateLine.objects.for_user(asker(request), clock.today()).select_related("version__estimate")
    return get_object_or_404(rows, pk=pk)


def _paid(found: Estimate) -> list[tuple[BudgetEntry, int]]:
    """What was paid out, the latest first, each with what of it stands."""
    rows = found.entries.filter(kind=ActKind.SPENT).select_related("line", "by", "note")
    told = []
    for row in rows.prefetch_related("answered_by").order_by("-on", "-id"):
        back = sum(one.amount or 0 for one in row.answered_by.all() if one.kind == ActKind.REFUNDED)
        told.append((row, (row.amount or 0) - back))
    return told


def _moves(request: HttpRequest, found: Estimate) -> list[tuple[BudgetEntry, bool]]:
    """What was asked and waits, each with whether the asker answers it."""
    rows = BudgetEntry.objects.waiting().filter(estimate=found)
    rows = rows.select_related("estimate__programme__directive", "line", "to_line", "by", "note")
    person, now = asker(request), clock.now()
    return [(row, services.may_answer(row, person, now)) for row in rows]


def _columns(*, closed: bool) -> list[Column]:
    return [
        Column(_("Nội dung chi"), 48),
        Column(_("Nguồn kinh phí"), 30),
        Column(_("Giao ban đầu"), 16),
        Column(_("Điều chuyển"), 16),
        Column(_("Chuyển nguồn"), 16),
        Column(_("Được giao"), 16),
        Column(_("Đã chi"), 16),
        Column(_("Bị hủy") if closed else _("Còn lại"), 16),
    ]


def _exported(settled: list[selectors.Settled]) -> Iterator[list[Cell]]:
    for one in settled:
        line = one.line
        yield [
            *(line.content, str(line.get_source_display()), one.given, one.transferred, one.carried),
            *(line.allotted, line.spent, line.left),
        ]


def _entry(request: HttpRequest, budget_entry_id: int) -> BudgetEntry:
    rows = BudgetEntry.objects.for_user(asker(request), clock.today())
    rows = rows.select_related("line__version__estimate", "estimate__programme__directive")
    return get_object_or_404(rows, pk=budget_entry_id)


@require_POST
@opens_to(*DRAWING)
def refund(request: HttpRequest, budget_entry_id: int) -> HttpResponse:
    """Take spending back: put down in error, or paid back."""
    entry = _entry(request, budget_entry_id)
    if entry.estimate.unit_id not in units_of(request, DRAWING):
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    try:
        amount = dong(request.POST.get("amount")) or 0
        with once(request):
            services.refund(entry=entry, amount=amount, reason=reason, by=asker(request), now=clock.now())
    except SentBefore:
        pass  # it was taken back once
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã ghi giảm chi."))
    return redirect("office:spending", entry.estimate_id)


@require_POST
@opens_to(*DECIDING)
def settle_move(request: HttpRequest, budget_entry_id: int) -> HttpResponse:
    """Agree to a transfer or a carry-over, or not."""
    entry, person, now = _entry(request, budget_entry_id), asker(request), clock.now()
    try:
        with once(request):
            if "dong-y" in request.POST:
                services.grant(asked=entry, by=person, now=now)
            else:
                services.refuse(asked=entry, reason=request.POST.get("reason", ""), by=person, now=now)
    except SentBefore:
        pass  # it was answered so
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã ghi quyết định."))
    return redirect("office:spending", entry.estimate_id)


# --- Figures ---


@require_safe
@opens_to(*BUDGET_ROLES)
def budget_figures(request: HttpRequest) -> HttpResponse:
    """The money of a year by programme, source or unit."""
    person, today = asker(request), clock.today()
    years = selectors.years(person, today) or [today.year]
    asked = request.GET.get("nam", "")
    usual = today.year if today.year in years else years[0]
    year = int(asked) if asked in map(str, years) else usual
    way = request.GET.get("theo", "")
    way = way if way in WAYS else "chuong-trinh"
    rows = selectors.figures(person, today, year, way)
    if exporting.asked_for(request):
        columns = [Column(str(WAYS[way]), 48), *(Column(name, 18) for name in _money_columns())]
        cells: list[list[Cell]] = [
            [name, one.asked, one.appraised, one.allotted, one.spent, one.left] for name, one in rows
        ]
        return exporting.listed(request, f"kinh-phi-{year}", columns, lambda: cells)
    context = {
        "rows": rows,
        "total": sum((one for _name, one in rows), selectors.Sums()),
        "year": year,
        "years": years,
        "way": way,
        "ways": WAYS.items(),
        "head": WAYS[way],
    }
    return render(request, "office/budget_figures.html", context)


def _money_columns() -> list[str]:
    return [_("Số đề nghị"), _("Số thẩm định"), _("Được giao"), _("Đã chi"), _("Còn lại")]
