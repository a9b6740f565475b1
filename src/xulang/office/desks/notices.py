"""What the clock told: one's own reminders, and marking them as seen."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.reminders import OF_ROUNDS, said, told_beside
from xulang.office.typed import ids
from xulang.organisation.enums import DUTY_ROLES
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import selectors, services
from xulang.programme.models import Notice, RaisedNotice, ReadingNotice
from xulang.registry import selectors as papers


@require_safe
@opens_to(*DUTY_ROLES)
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices of duties that are owed still, the unseen first."""
    rows = selectors.notices(asker(request), clock.today())
    if exporting.asked_for(request):
        return exporting.listed(request, "nhac-viec", _columns(), lambda: _exported(rows))
    to_read = papers.to_read(asker(request), clock.today())
    others = selectors.other_notices(asker(request))
    shown = [(row, said(row), row.unit.name_on(row.day)) for row in rows]
    return render(
        request,
        "office/notices.html",
        {
            "to_read": to_read,
            "rounds": [told_beside(row) for row in others if isinstance(row, OF_ROUNDS)],
            "raised": [told_beside(row) for row in others if isinstance(row, RaisedNotice)],
            "others": [
                told_beside(row) for row in others if not isinstance(row, (ReadingNotice, RaisedNotice, *OF_ROUNDS))
            ],
            "now": clock.now().isoformat(),
            "unseen": [one for one in shown if one[0].seen_at is None],
            "seen": [one for one in shown if one[0].seen_at is not None],
        },
    )


def _columns() -> list[Column]:
    return [
        Column(_("Nhiệm vụ"), 70),
        Column(_("Đơn vị"), 40),
        Column(_("Kỳ"), 22),
        Column(_("Hạn"), 14),
        Column(_("Ngày nhắc"), 14),
        Column(_("Nhắc vì"), 34),
        Column(_("Đã xem"), 14),
    ]


def _exported(rows: Iterable[Notice]) -> Iterator[list[Cell]]:
    for row in rows:
        owed, seen = row.expected, timezone.localdate(row.seen_at) if row.seen_at else ""
        unit = row.unit.name_on(row.day)
        yield [owed.assignment.task.text, unit, owed.period_name, owed.due, row.day, said(row), seen]


@require_POST
@opens_to(*DUTY_ROLES)
def notices_seen(request: HttpRequest) -> HttpResponse:
    """The notices that the page showed are seen."""
    services.mark_seen(notices=ids(request.POST.getlist("notice")), by=asker(request), now=clock.now())
    with suppress(ValueError):
        until = dt.datetime.fromisoformat(request.POST.get("luc", ""))
        if until.tzinfo is not None:
            services.mark_others_seen(by=asker(request), now=clock.now(), until=until)
    return redirect("office:notices")
