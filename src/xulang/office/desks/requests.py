"""The desk of requests: what other bodies were asked, what waits for an answer, what they answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.paging import Page, place_in
from xulang.office.units_of import asked_of, switch
from xulang.organisation.enums import FOLLOWING, Role, UnitsOf
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import selectors
from xulang.programme.enums import AssignmentState, EntryKind
from xulang.programme.selectors import Place

A_PAGE = 40
# The words of an address → what they show, and of which state.
SHELVES = (
    ("", _("Chưa trả lời"), AssignmentState.OPEN),
    ("da-tra-loi", _("Đã trả lời"), AssignmentState.ANSWERED),
    ("khong-nhan", _("Không nhận"), AssignmentState.DECLINED),
)


@require_safe
@opens_to(*FOLLOWING, Role.LEADER)
def requests(request: HttpRequest) -> HttpResponse:
    """One shelf of requests: those open for the longest first, of the others those answered last."""
    rows, units_of = selectors.requests(asker(request), clock.today()), asked_of(request)
    asked = request.GET.get("loc", "")
    word, label, state = next((shelf for shelf in SHELVES if shelf[0] == asked), SHELVES[0])
    if exporting.asked_for(request):
        every = _rows(rows, state, None, exporting.MOST, units_of)
        return exporting.listed(request, "de-nghi", _columns(), lambda: _exported(every, units_of))
    after = place_in(request)
    page = Page.of(_rows(rows, state, after, A_PAGE + 1, units_of), A_PAGE, after)
    context = {
        "shelves": [(one, name, rows.filter(state=of).count(), one == word) for one, name, of in SHELVES],
        "label": label,
        "open": state == AssignmentState.OPEN,
        "page": page,
        "lines": [(one.assignment, _answer(one.assignment), _unit(one, units_of)) for one in page.rows],
        "switch": switch(request),
    }
    return render(request, "office/requests.html", context)


@dataclass(frozen=True)
class Asked:
    """A request in its place of the shelf: by the day it was asked, of those answered by that of the answer."""

    assignment: Any
    place: Place


def _rows(
    rows: "QuerySet[Any]", state: AssignmentState, after: Place | None, limit: int, units_of: UnitsOf
) -> list[Asked]:
    """One shelf from a place on."""
    rows = rows.filter(state=state)
    if state == AssignmentState.OPEN:
        if after is not None:
            rows = rows.filter(Q(issued_on__gt=after[0]) | Q(issued_on=after[0], pk__gt=after[1]))
        found = [Asked(row, (row.issued_on, row.pk)) for row in rows[:limit]]
    else:
        if after is not None:
            rows = rows.filter(Q(answered_on__lt=after[0]) | Q(answered_on=after[0], pk__lt=after[1]))
        rows = rows.order_by("-answered_on", "-pk")
        found = [Asked(row, (row.answered_on, row.pk)) for row in rows[:limit]]
    return selectors.named(found, units_of)


def _answer(row: Any) -> str:
    return str(EntryKind(row.answered_as).label) if row.answered_as else ""


def _unit(row: Asked, units_of: UnitsOf) -> str:
    return selectors.name_of(row.assignment, units_of, clock.today())


def _columns() -> list[Column]:
    return [
        Column(gettext("Đề nghị"), 70),
        Column(gettext("Cơ quan được đề nghị"), 40),
        Column(gettext("Văn bản"), 30),
        Column(gettext("Ngày đề nghị"), 14),
        Column(gettext("Trả lời"), 26),
        Column(gettext("Ngày trả lời"), 14),
    ]


def _exported(rows: Iterable[Asked], units_of: UnitsOf) -> Iterator[list[Cell]]:
    for one in rows:
        row = one.assignment
        codes = dict.fromkeys(source.passage.directive.code or "" for source in row.task.sources.all())
        yield [
            row.task.text,
            _unit(one, units_of),
            "; ".join(codes),
            row.issued_on,
            _answer(row),
            row.answered_on or "",
        ]
