"""The desk of requests: what other bodies were asked, what waits for an answer, what they answered."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.organisation.enums import FOLLOWING, Role
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import selectors
from xulang.programme.enums import AssignmentState, EntryKind

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
    rows = selectors.requests(asker(request), clock.today())
    asked = request.GET.get("loc", "")
    word, label, state = next((shelf for shelf in SHELVES if shelf[0] == asked), SHELVES[0])
    shown = rows.filter(state=state)
    if state != AssignmentState.OPEN:
        shown = shown.order_by("-answered_on", "-pk")
    if exporting.asked_for(request):
        return exporting.listed(request, "de-nghi", _columns(), lambda: _exported(shown[: exporting.MOST]))
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shelves": [(one, name, rows.filter(state=of).count(), one == word) for one, name, of in SHELVES],
        "label": label,
        "open": state == AssignmentState.OPEN,
        "page": page,
        "rows": [(row, EntryKind(row.answered_as).label if row.answered_as else "") for row in page],
    }
    return render(request, "office/requests.html", context)


def _columns() -> list[Column]:
    return [
        Column(gettext("Đề nghị"), 70),
        Column(gettext("Cơ quan được đề nghị"), 40),
        Column(gettext("Văn bản"), 30),
        Column(gettext("Ngày đề nghị"), 14),
        Column(gettext("Trả lời"), 26),
        Column(gettext("Ngày trả lời"), 14),
    ]


def _exported(rows: Iterable[Any]) -> Iterator[list[Cell]]:
    for row in rows:
        codes = dict.fromkeys(source.passage.directive.code or "" for source in row.task.sources.all())
        answer = str(EntryKind(row.answered_as).label) if row.answered_as else ""
        unit = row.unit.name_on(clock.today())
        yield [row.task.text, unit, "; ".join(codes), row.issued_on, answer, row.answered_on or ""]
