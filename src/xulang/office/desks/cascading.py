"""The cascade check: a superior's duties beside a draft here or beside a programme; what is missing, baseless, late."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to, scope
from xulang.office.desks.drafting import READERS, seen_draft
from xulang.office.once import written
from xulang.organisation.enums import Role
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import services
from xulang.programme.duties import Duty
from xulang.programme.enums import Cadence, CascadeFinding, DraftState
from xulang.programme.models import Draft, Programme
from xulang.programme.selectors import (
    Check,
    check_of_draft,
    check_of_programme,
    may_be_superior,
    superiors_of,
)
from xulang.registry.models import Directive

SUPERIOR = "cap-tren"  # the word of the address


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*READERS)
def draft_check(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A draft beside the superior's directive; a lead officer says what falls to the office, or takes a duty up."""
    found, today = seen_draft(request, draft_id), clock.today()
    writes = _writes(request, found.superior)
    if request.method == "POST":
        if not writes:
            raise PermissionDenied
        _said(request, lambda: _say_of_draft(request, found))
        return redirect("office:draft_check", draft_id)
    check = check_of_draft(found, today)
    if exporting.asked_for(request):
        return exporting.listed(request, f"doi-chieu-du-thao-{draft_id}", _columns(), lambda: _rows(check))
    context = {
        "draft": found,
        "drafting": writes and found.state == DraftState.OPEN,
        "writes": writes,
        **_shown(check),
    }
    return render(request, "office/cascade_check.html", context)


def _say_of_draft(request: HttpRequest, found: Draft) -> None:
    key, act = request.POST.get("duty", ""), request.POST.get("act", "")
    if act == "dua-vao":
        duty = next((one for one in check_of_draft(found, clock.today()).duties if one.key == key), None)
        if duty is not None:
            item = services.Item(text=duty.words, due_on=duty.due_on, cadence=None if duty.due_on else _cadence(duty))
            services.add_item(draft=found, item=item, duty=key, by=asker(request), now=clock.now())
    else:
        _call(request, found.superior)


def _cadence(duty: Duty) -> Any:
    return Cadence(duty.cadence) if duty.cadence else None


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*READERS)
def cascade_check(request: HttpRequest, programme_id: int) -> HttpResponse:
    """A programme beside a superior's directive that it carries out (`cap-tren` chooses which)."""
    person, today = asker(request), clock.today()
    held = scope(request)
    homes = held.homes([Role.LEAD_OFFICER]) | held.reach([Role.LEADER]) if held else frozenset()
    rows = Programme.objects.for_user(person, today).filter(directive__home_unit_id__in=homes)
    programme = get_object_or_404(rows.select_related("directive"), pk=programme_id)
    cited = superiors_of(person, today, programme)
    asked = request.GET.get(SUPERIOR, "") or request.POST.get(SUPERIOR, "")
    superior = next((one for one in cited if str(one.pk) == asked), None)
    if superior is None and asked.isdecimal() and len(asked) < 12:
        superior = may_be_superior(person, today, programme).defer(None).filter(pk=asked).first()
    superior = superior or (cited[0] if cited else None)
    others = [one for one in may_be_superior(person, today, programme)[:200] if one != superior]
    context: dict[str, Any] = {"programme": programme, "cited": cited, "others": others}
    if superior is None:
        return render(request, "office/cascade_check.html", context)
    writes = _writes(request, programme.directive)
    if request.method == "POST":
        if not writes:
            raise PermissionDenied
        here = superior
        _said(request, lambda: _say_of_programme(request, programme, here))
        return redirect(f"{reverse('office:cascade_check', args=[programme_id])}?{SUPERIOR}={superior.pk}")
    check = check_of_programme(programme, superior, today)
    if exporting.asked_for(request):
        return exporting.listed(request, f"doi-chieu-{programme_id}", _columns(), lambda: _rows(check))
    return render(request, "office/cascade_check.html", context | {"writes": writes, **_shown(check)})


def _say_of_programme(request: HttpRequest, programme: Programme, superior: Directive) -> None:
    act = request.POST.get("act", "")
    who: dict[str, Any] = {"by": asker(request), "now": clock.now()}
    task = programme.tasks.filter(pk=_number(request.POST.get("task", ""))).first()
    if act == "noi":
        pairs = [one.partition(":") for one in request.POST.getlist("pair")]
        bases = [(_number(task_id), key) for task_id, _colon, key in pairs if key]
        services.found_tasks(programme=programme, superior=superior, bases=bases, **who)
    elif act == "rieng" and task:
        services.call_own(task=task, **who)
    elif act == "go" and task:
        services.withdraw_basis(task=task, **who)
    else:
        _call(request, superior)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0


def _call(request: HttpRequest, superior: Directive) -> None:
    ours = request.POST.get("act") == "cua-ta"
    key = request.POST.get("duty", "")
    services.call_duty(superior=superior, duty=key, ours=ours, by=asker(request), now=clock.now())


def _said(request: HttpRequest, act: Any) -> None:
    written(request, None, act, _("Đã ghi kết quả đối chiếu."))


def _writes(request: HttpRequest, directive: Directive) -> bool:
    held = scope(request)
    return held is not None and directive.home_unit_id in held.homes([Role.LEAD_OFFICER])


def _shown(check: Check) -> dict[str, Any]:
    """What the page shows: findings by kind, proposals beside both sides' words, what stands well."""
    duties = {duty.place: duty for duty in check.duties}
    tasks = {task.id: task for task in check.answering}
    groups = []
    for kind in CascadeFinding:
        rows = [(one.asked and duties[one.asked.place], one.answering) for one in check.found if one.kind == kind]
        if rows:
            groups.append((kind, rows))
    return {
        "check": check,
        "superior": check.superior,
        "groups": groups,
        "proposed": [(tasks[one.id], duties[one.place], round(one.likeness)) for one in check.proposed],
        "answered": [
            (task, [duties[place] for place in sorted(task.basis & duties.keys())])
            for task in check.answering
            if task.own or task.basis & duties.keys()
        ],
    }


def _columns() -> list[Column]:
    return [
        Column(_("Kết quả đối chiếu"), 40),
        Column(_("Mục"), 10),
        Column(_("Việc cấp trên giao"), 70),
        Column(_("Thời hạn của cấp trên"), 20),
        Column(_("Nhiệm vụ ở đây"), 70),
        Column(_("Thời hạn ở đây"), 20),
    ]


def _rows(check: Check) -> Iterator[list[Cell]]:
    """The findings, and after them what stands well."""
    duties = {duty.place: duty for duty in check.duties}
    for one in check.found:
        duty = duties[one.asked.place] if one.asked else None
        yield [str(one.kind.label), *_side(duty), *_side(one.answering)[1:]]
    faulty = {(one.asked.place, one.answering.id) for one in check.found if one.asked and one.answering}
    for task in check.answering:
        for place in sorted(task.basis & duties.keys()):
            if (place, task.id) not in faulty:
                yield [_("Khớp"), *_side(duties[place]), *_side(task)[1:]]


def _side(row: Any) -> list[Cell]:
    """A side as cells: its section (none for a task here), its words, its time."""
    if row is None:
        return ["", "", ""]
    time = row.due_on or (str(Cadence(row.cadence).label) if row.cadence else "")
    return [getattr(row, "section", ""), row.words, time]
