"""A directive as guidance of tasks: attached, told to units, read by them, taken off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from xulang.office import clock
from xulang.office.access import asker, holds, opens_to, scope
from xulang.office.desks.papers import seen
from xulang.office.once import written
from xulang.organisation.enums import DESK, DUTY_ROLES, Role
from xulang.programme import selectors, services
from xulang.programme.models import Guidance, Task
from xulang.registry.models import Directive

A_PAGE = 60  # receipts


def _attaches(request: HttpRequest, found: Directive) -> bool:
    held = scope(request)
    home = found.home_unit_id
    return holds(request, Role.LEAD_OFFICER) and held is not None and home in held.homes([Role.LEAD_OFFICER])


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def guidance(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Which tasks it guides and who has read it; for a lead officer, choosing the tasks."""
    found, person, today = seen(request, directive_id), asker(request), clock.today()
    if found.reading is None:
        raise Http404
    attaches = _attaches(request, found)
    if request.method == "POST" and not attaches:
        raise PermissionDenied
    tasks = list(selectors.may_be_guided(person, today, found)) if attaches else []
    if request.method == "POST":
        chosen = set(request.POST.getlist("task"))
        sections = set(request.POST.getlist("section"))
        wanted = [task for task in tasks if str(task.pk) in chosen or _section(task) in sections]
        made: list[Guidance] = []

        def act() -> None:
            made.extend(services.attach_guidance(directive=found, tasks=wanted, by=person, now=clock.now()))

        if written(request, None, act, _("Đã gắn định hướng; đơn vị được báo một lần trên trang việc của mình.")):
            return redirect("office:guidance", directive_id)
    rows = Guidance.objects.for_user(person, today).filter(directive=found, detached_at__isnull=True)
    guides = list(rows.select_related("task", "by"))
    have = {row.task_id for row in guides}
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        if task.pk not in have:
            groups.setdefault(_section(task), []).append(task)
    receipts = selectors.receipts(person, today, found)
    page = Paginator(receipts, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "directive": found,
        "guides": guides,
        "groups": [(key, rows[0], rows) for key, rows in groups.items()],
        "page": page,
        "receipts": [(row, row.assignment.unit.name_on(today)) for row in page],
        "told": page.paginator.count,
        "seen": receipts.filter(seen_at__isnull=False).count(),
        "attaches": attaches,
    }
    return render(request, "office/guidance.html", context, status=422 if request.method == "POST" else 200)


def _section(task: Task) -> str:
    """A section of one programme, as the form names it: the one above the task's own."""
    return f"{task.programme_id}:{task.section.rpartition('.')[0] or task.section}"


@require_POST
@opens_to(Role.LEAD_OFFICER)
def detach_guidance(request: HttpRequest, guidance_id: int) -> HttpResponse:
    """Take it off one task, with the reason."""
    rows = Guidance.objects.for_user(asker(request), clock.today()).select_related("directive")
    found = get_object_or_404(rows, pk=guidance_id)
    written(
        request,
        None,
        lambda: services.detach_guidance(
            guidance=found, reason=request.POST.get("reason", ""), by=asker(request), now=clock.now()
        ),
        _("Đã gỡ định hướng khỏi nhiệm vụ; lý do được ghi lại."),
    )
    return redirect("office:guidance", found.directive_id)


@require_POST
@opens_to(*DESK)
def see_guidance(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Somebody of the unit has read it."""
    found = seen(request, directive_id)
    fresh = services.see_guidance(directive=found, by=asker(request), now=clock.now())
    told = ngettext("Đã ghi: đơn vị đã đọc, cho %(n)d việc.", "Đã ghi: đơn vị đã đọc, cho %(n)d việc.", fresh)
    messages.success(request, told % {"n": fresh})
    return redirect("office:desk")
