"""The desk where a unit reports on many duties by one spreadsheet, seen row by row before anything is written."""

from collections import Counter

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.files import attached
from xulang.office.once import written
from xulang.organisation.enums import DESK, ImportState
from xulang.plumbing import journal
from xulang.programme import bulk, services
from xulang.programme.bulk import Standing
from xulang.programme.models import ReportSheet
from xulang.programme.services.bulk import Found

A_PAGE = 100
RECENT = 10
# In the order in which rows are looked at: the address's word, the standing, its label.
STANDINGS: tuple[tuple[str, Standing, str | Promise], ...] = (
    ("loi", Standing.FAULTY, gettext_lazy("Có lỗi")),
    ("se-ghi", Standing.NEW, gettext_lazy("Sẽ ghi")),
    ("da-ghi", Standing.SAME, gettext_lazy("Đã ghi từ trước")),
    ("de-trong", Standing.BLANK, gettext_lazy("Để trống")),
)


class SheetForm(forms.Form):
    """A filled sheet of reports."""

    file = forms.FileField(label=gettext_lazy("Tệp XLSX hoặc CSV đã ghi"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def report_sheets(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in, and where it is handed in; nothing is reported yet."""
    person, today = asker(request), clock.today()
    if exporting.asked_for(request):
        return _to_fill_in(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made, file = [], form.cleaned_data["file"]

        def act() -> None:
            made.append(services.stage_sheet(data=file.read(), name=file.name, by=person, now=clock.now()))

        if written(request, form, act, _("Đã đọc tệp. Chưa ghi gì: hãy xem rồi quyết định.")):
            return redirect("office:report_sheet", made[0].pk) if made else redirect("office:report_sheets")
    rows = ReportSheet.objects.for_user(person, today).exclude(state=ImportState.DISCARDED)
    context = {"form": form, "files": rows[:RECENT], "most": bulk.MOST}
    return render(request, "office/report_sheets.html", context, status=422 if form.is_bound else 200)


def _to_fill_in(request: HttpRequest) -> HttpResponse:
    by, today = asker(request), clock.today()
    owed = services.owed_by(by, today, at_most=exporting.MOST)
    told = {"list": "bang-bao-cao", "kind": "xlsx", "rows": len(owed)}
    journal.record(by=by, action="list.exported", subject=by, data=told, now=clock.now())
    return attached(bulk.sheet(owed), f"bang-bao-cao-{today:%Y-%m-%d}.xlsx")


def _sheet(request: HttpRequest, sheet_id: int) -> ReportSheet:
    return get_object_or_404(ReportSheet.objects.for_user(asker(request), clock.today()), pk=sheet_id)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def report_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Every row and what it would do; by POST the good ones are reported."""
    sheet = _sheet(request, sheet_id)
    if sheet.state != ImportState.STAGED:
        return redirect("office:report_sheets")
    if request.method == "POST" and written(
        request, None, lambda: _taken(request, sheet), _("Đã ghi vào sổ theo dõi.")
    ):
        return redirect("office:desk")
    found = services.compared(sheet, by=asker(request), now=clock.now())
    counts = Counter(one.standing for one in found)
    asked = request.GET.get("xem", "")
    chosen = next((standing for word, standing, _label in STANDINGS if word == asked), None)
    order = [standing for _word, standing, _label in STANDINGS]
    shown = sorted((one for one in found if chosen in (None, one.standing)), key=lambda one: order.index(one.standing))
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    labels = {standing: label for _word, standing, label in STANDINGS}
    context = {
        "sheet": sheet,
        "page": page,
        "rows": [
            (one, labels[one.standing], one.row.cells.get(bulk.TASK) or "—", _filled(one)) for one in page.object_list
        ],
        "counted": [(word, label, counts[standing]) for word, standing, label in STANDINGS],
        "chosen": asked,
        "faulty": counts[Standing.FAULTY],
        "good": counts[Standing.NEW],
        "mark": services.seen_mark(found),
    }
    return render(request, "office/report_sheet.html", context, status=422 if request.method == "POST" else 200)


def _filled(one: Found) -> list[tuple[str, str]]:
    """What the person wrote in a row."""
    return [(heading, one.row.cells[heading]) for heading in bulk.FILLED if one.row.cells.get(heading)]


def _taken(request: HttpRequest, sheet: ReportSheet) -> None:
    services.take_sheet(
        sheet=sheet,
        looked_at=request.POST.get("mark", ""),
        good_alone="good_alone" in request.POST,
        by=asker(request),
        now=clock.now(),
    )


@require_safe
@opens_to(*DESK)
def faulty_reports(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """The faulty rows as a workbook, each with what is to be mended."""
    sheet = _sheet(request, sheet_id)
    if sheet.state != ImportState.STAGED:
        raise Http404
    found = services.compared(sheet, by=asker(request), now=clock.now())
    return attached(bulk.faulty_rows((one.row, one.faults) for one in found if one.faults), "bao-cao-can-sua.xlsx")


@require_POST
@opens_to(*DESK)
def discard_reports(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """The file is thrown away."""
    sheet = _sheet(request, sheet_id)
    written(
        request,
        None,
        lambda: services.discard_sheet(sheet=sheet, by=asker(request), now=clock.now()),
        _("Đã bỏ tệp; chưa báo cáo gì."),
    )
    return redirect("office:report_sheets")
