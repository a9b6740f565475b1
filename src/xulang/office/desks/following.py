"""The focal unit's desk: what units reported, to be confirmed or returned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.desks.raised import ONLY_WISHES
from xulang.office.paging import Page, place_in
from xulang.office.units_of import asked_of, switch
from xulang.organisation.enums import FOLLOWING, Role, UnitsOf
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import selectors, services
from xulang.programme.models import Entry, ExpectedReport
from xulang.programme.selectors import Place

followers = opens_to(*FOLLOWING, Role.LEADER)
A_PAGE = 30
WISHES = 15  # for more time, above the reports; the rest stand on pages of their own


@dataclass(frozen=True)
class Waiting:
    """A report in its place of the list, which stands in the order of reporting."""

    row: ExpectedReport

    @property
    def place(self) -> Place:
        """See `paging.Placed`."""
        assert self.row.reported_on is not None, "what waits was reported"
        return self.row.reported_on, self.row.report_entry_id or 0


@dataclass(frozen=True)
class Wish:
    """A wish for more time in its place of the list, which stands in the order of asking."""

    row: Entry

    @property
    def place(self) -> Place:
        """See `paging.Placed`."""
        return self.row.on, self.row.pk


@require_safe
@followers
def to_confirm(request: HttpRequest) -> HttpResponse:
    """The reports that wait for the asker, the oldest first, and above them wishes for more time; `loc` opens these."""
    if request.GET.get("loc") == ONLY_WISHES:
        return _wishes(request)
    person, today, after, units_of = asker(request), clock.today(), place_in(request), asked_of(request)
    if exporting.asked_for(request):
        every = selectors.to_confirm(person, today, units_of=units_of, limit=exporting.MOST)
        return exporting.listed(request, "cho-xac-nhan", _columns(), lambda: _exported(_named(every, units_of)))
    found = selectors.to_confirm(person, today, units_of=units_of, after=after, limit=A_PAGE + 1)
    page = Page.of([Waiting(row) for row in found], A_PAGE, after)
    wishes, wished = ([], 0) if after else selectors.extensions(person, today, units_of=units_of, most=WISHES)
    context = {
        "rows": _named([one.row for one in page.rows], units_of),
        "page": page,
        "wished": wished,
        "extensions": _called(wishes, units_of),
        "switch": switch(request),
    }
    return render(request, "office/to_confirm.html", context)


def _wishes(request: HttpRequest) -> HttpResponse:
    """The wishes for more time alone, by pages."""
    person, today, after, units_of = asker(request), clock.today(), place_in(request), asked_of(request)
    last = after[1] if after else 0
    found, wished = selectors.extensions(person, today, units_of=units_of, after=last, most=A_PAGE + 1)
    page = Page.of([Wish(row) for row in found], A_PAGE, after)
    context = {
        "page": page,
        "wished": wished,
        "extensions": _called([one.row for one in page.rows], units_of),
        "alone": True,
        "switch": switch(request),
    }
    return render(request, "office/to_confirm.html", context)


def _called(wishes: list[Any], units_of: UnitsOf) -> list[tuple[Any, str]]:
    """The wishes, each with what its unit is called on this reading."""
    names = selectors.names_of([(row.had, row.on) for row in wishes], units_of, clock.today())
    return list(zip(wishes, names, strict=True))


def _named(rows: list[Any], units_of: UnitsOf) -> list[tuple[Any, str]]:
    """The reports, each with what its unit is called on this reading."""
    names = selectors.names_of([(row.had, row.reported_on) for row in rows], units_of, clock.today())
    return list(zip(rows, names, strict=True))


def _columns() -> list[Column]:
    return [
        Column(_("Nhiệm vụ"), 70),
        Column(_("Đơn vị"), 40),
        Column(_("Kỳ"), 22),
        Column(_("Hạn"), 14),
        Column(_("Ngày báo cáo"), 14),
    ]


def _exported(rows: Iterable[tuple[Any, str]]) -> Iterator[list[Cell]]:
    for row, unit in rows:
        yield [row.assignment.task.text, unit, row.period_name, row.due, row.reported_on or ""]


@require_POST
@followers
def confirm(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Accept a report."""
    entry = _entry(request, entry_id)
    try:
        services.confirm(entry=entry, by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã xác nhận báo cáo."))
    return redirect("office:to_confirm")


@require_POST
@followers
def return_report(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Give a report back, with the reason."""
    entry = _entry(request, entry_id)
    try:
        services.return_report(
            entry=entry, reason=request.POST.get("reason", "")[:2000], by=asker(request), now=clock.now()
        )
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã trả lại báo cáo kèm lý do."))
    return redirect("office:to_confirm")


def _entry(request: HttpRequest, entry_id: int) -> Entry:
    rows = Entry.objects.for_user(asker(request), clock.today()).select_related(
        "assignment__task__programme__directive"
    )
    return get_object_or_404(rows, pk=entry_id)
