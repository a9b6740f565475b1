"""The desk of differences: what a directive makes of the tasks of one that it amends or replaces, row by row."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.typed import NotAChoice, chosen, number
from xulang.organisation.enums import ACTING_ROLES, Role
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import Refused
from xulang.programme import selectors, services
from xulang.programme.enums import AmendmentKind, DifferenceKind, ProgrammeState
from xulang.programme.models import ChangeNotice, Difference, Programme, Task

READERS = (Role.LEAD_OFFICER, Role.LEADER)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*READERS)
def differences(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The review of differences; of a programme that was issued the record. `sua` opens one row's choices.

    Each act is a form that posts here with its name in `viec`, and leads to the next row that waits.
    """
    programme = Programme.objects.for_user(asker(request), clock.today()).filter(pk=programme_id).first()
    if programme is None:
        raise Http404
    if request.method != "POST":
        return _page(request, programme)
    verb = ACTS.get(request.POST.get("viec", ""))
    if verb is None:
        raise Http404
    try:
        with transaction.atomic():
            if verb is _undo:
                said = verb(request, programme)
            else:
                with services.undoable(programme=programme, by=asker(request), now=clock.now()):
                    said = verb(request, programme)
    except NotPermitted as why:
        raise PermissionDenied from why
    except Refused as why:
        return _page(request, programme, refused=str(why), opened=request.POST.get("dong", ""))
    messages.success(request, said)
    response = redirect("office:differences", programme_id)
    found = selectors.differences(asker(request), clock.today(), programme_id)
    waiting = next((one.row for one in found.rows if not one.row.said and not one.row.sure), None)
    response.headers["Location"] += f"#dong-{waiting.key}" if waiting else ""
    return response


def _page(request: HttpRequest, programme: Programme, *, refused: str = "", opened: str = "") -> HttpResponse:
    person, today = asker(request), clock.today()
    try:
        if programme.state != ProgrammeState.REVIEW:
            record = selectors.record(person, today, programme.pk)
            return render(request, "office/differences_record.html", {"record": record, "programme": programme})
        found = selectors.differences(person, today, programme.pk)
    except Programme.DoesNotExist as why:
        raise Http404 from why
    counts = {kind: sum(one.row.kind == kind for one in found.rows) for kind in DifferenceKind}
    context = {
        "found": found,
        "programme": programme,
        "doubtful": [one for one in found.rows if not one.row.said and not one.row.sure],
        "sure": [one for one in found.rows if not one.row.said and one.row.sure],
        "said": [one for one in found.rows if one.row.said],
        "counts": [(kind, kind.label, count) for kind, count in counts.items()],
        "kinds": AmendmentKind.choices,
        "may": found.review.may_review,
        "all_said": all(one.said for one in found.comparison.earlier),
        "opened": opened or request.GET.get("sua", ""),
        "refused": refused,
    }
    return render(request, "office/differences.html", context, status=422 if refused else 200)


def _say_what_it_does(request: HttpRequest, programme: Programme) -> str:
    seen = Programme.objects.for_user(asker(request), clock.today())
    earlier = seen.filter(pk=number(request.POST.get("earlier"))).first()
    if earlier is None:
        raise NotAChoice
    kind = chosen(AmendmentKind, request.POST.get("kind"))
    services.say_what_it_does(programme=programme, earlier=earlier, kind=kind, by=asker(request), now=clock.now())
    return _("Đã ghi quan hệ giữa hai văn bản.")


def _settle_sure(request: HttpRequest, programme: Programme) -> str:
    count = services.settle_sure(programme=programme, by=asker(request), now=clock.now())
    said = ngettext("Đã xác nhận %(count)d nhiệm vụ.", "Đã xác nhận %(count)d nhiệm vụ.", count)
    return said % {"count": count}


def _settle(request: HttpRequest, programme: Programme) -> str:
    """One row: `old` and `new` are the tasks (either may be blank), `kind` what becomes of them."""
    kind = chosen(DifferenceKind, request.POST.get("kind"))
    seen = Task.objects.for_user(asker(request), clock.today())
    sides: dict[str, Task | None] = {"old": None, "new": None}
    for side in sides:
        if request.POST.get(side):
            sides[side] = seen.filter(pk=number(request.POST[side])).first()
            if sides[side] is None:
                raise NotAChoice
    if kind == DifferenceKind.NEW:
        sides["old"] = None
    services.settle(
        programme=programme, kind=kind, old=sides["old"], new=sides["new"], by=asker(request), now=clock.now()
    )
    return _("Đã xác nhận: %(kind)s.") % {"kind": kind.label.lower()}


def _undo(request: HttpRequest, programme: Programme) -> str:
    services.undo(programme=programme, by=asker(request), now=clock.now())
    return _("Đã hoàn tác thao tác vừa rồi.")


ACTS: dict[str, Callable[[HttpRequest, Programme], str]] = {
    "van-ban": _say_what_it_does,
    "chac-chan": _settle_sure,
    "dong": _settle,
    "hoan-tac": _undo,
}


@require_POST
@opens_to(*ACTING_ROLES)
def see(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Say that the asker's unit has seen what became of its duty."""
    told: Any = ChangeNotice.objects.for_user(asker(request), clock.today()).filter(difference=difference_id)
    difference = Difference.objects.filter(pk=difference_id, change_notices__in=told).distinct().first()
    if difference is None:
        raise Http404
    if services.see(difference=difference, by=asker(request), now=clock.now()):
        messages.success(request, _("Đã ghi: đơn vị đã xem thay đổi."))
    return redirect("office:desk" if request.POST.get("ve") == "desk" else "office:home")
