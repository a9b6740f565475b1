"""The register desk: directives that came in, receiving one, and a directive's own page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, files, paper
from xulang.office.access import asker, holds, opens_to, units_of
from xulang.office.forms.register import ReceiveForm
from xulang.organisation.enums import ACTING_ROLES, DUTY_ROLES, Role
from xulang.plumbing.errors import Refused
from xulang.plumbing.wording import parse, spans
from xulang.programme import services as programme
from xulang.programme.models import Assignment, Programme, Task
from xulang.registry import selectors, services
from xulang.registry.errors import AlreadyHeld
from xulang.registry.models import Directive

A_PAGE = 30


@require_safe
@opens_to(*DUTY_ROLES)
def directives(request: HttpRequest) -> HttpResponse:
    """The register, newest first; `tu` searches number, title and issuer."""
    words = request.GET.get("tu", "").strip()[:200]
    rows = selectors.directives(asker(request), clock.today())
    for word in words.split():
        rows = rows.filter(Q(code__icontains=word) | Q(title__icontains=word) | Q(issuer__icontains=word))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "receives": holds(request, Role.LEAD_OFFICER)}
    return render(request, "office/directives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def receive(request: HttpRequest) -> HttpResponse:
    """Take a file in and read it; say why where it cannot be."""
    form = ReceiveForm(request.POST or None, request.FILES or None)
    held = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = services.receive(data=upload.read(), name=upload.name, by=asker(request), now=clock.now())
        except AlreadyHeld as why:
            held = why
        except Refused as why:
            form.add_error("file", str(why))
        else:
            messages.success(request, _("Đã tiếp nhận và đọc văn bản. Hãy rà soát các nhiệm vụ đọc được."))
            return redirect("office:directive", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "office/receive.html", {"form": form, "held": held}, status=status)


def _seen(request: HttpRequest, directive_id: int) -> Directive:
    try:
        return selectors.directive(asker(request), clock.today(), directive_id)
    except Directive.DoesNotExist as unseen:
        raise Http404 from unseen


@require_safe
@opens_to(*DUTY_ROLES)
def directive(request: HttpRequest, directive_id: int) -> HttpResponse:
    """A directive as it reads, its tasks, what it cites, and who received it."""
    person, today = asker(request), clock.today()
    found = _seen(request, directive_id)
    visible = Directive.objects.for_user(person, today).values_list("pk", flat=True)
    given = list(
        found.distributions.for_user(person, today)
        .select_related("read_by")
        .prefetch_related("given_to__names", "unit__names")
    )
    mine = units_of(request, ACTING_ROLES)
    tasks = list(Task.objects.for_user(person, today).filter(programme__directive=found).order_by("position"))
    assignments: dict[int, list[tuple[Assignment, str]]] = {}
    rows = Assignment.objects.for_user(person, today).filter(task__in=tasks).prefetch_related("unit__names")
    for one in rows.select_related("unit"):
        assignments.setdefault(one.task_id, []).append((one, one.unit.name_on(today)))
    context = {
        "directive": found,
        "page": {"paper": paper.blocks(found.findings, (), _looked_for(request, found)) if found.text else ()},
        "programme": Programme.objects.for_user(person, today).filter(directive=found).first(),
        "tasks": [(task, assignments.get(task.pk, [])) for task in tasks],
        "citations": found.citations.all(),
        "visible": set(visible.filter(citations__directive=found) | visible.filter(cited_by__directive=found)),
        # to whom it was given, by the name of that day; and who holds it today, where that is another
        "given": [
            (one, one.given_to.name_on(one.given_on), one.unit.name_on(today) if one.unit_id != one.given_to_id else "")
            for one in given
        ],
        "unread": any(one.unit_id in mine and one.read_at is None for one in given),
        "receives": holds(request, Role.LEAD_OFFICER),
    }
    return render(request, "office/directive.html", context)


def _looked_for(request: HttpRequest, found: Directive) -> list[paper.Mark]:
    """The words of a search, `tim`, from which the page was opened."""
    query = parse(request.GET.get("tim", "")[:200])
    return [paper.Mark("found", start, end) for start, end in spans(found.text, query)] if query else []


@require_POST
@opens_to(Role.LEAD_OFFICER)
def propose(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Make the programme of a directive, once, and go on to its review."""
    found = _seen(request, directive_id)
    made = Programme.objects.for_user(asker(request), clock.today()).filter(directive=found).first()
    if made is None:
        try:
            made = programme.propose(directive=found, by=asker(request), now=clock.now())
        except Refused as why:
            messages.error(request, str(why))
            return redirect("office:directive", directive_id)
    return redirect("office:review", made.pk)


@require_POST
@opens_to(*ACTING_ROLES)
def mark_read(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Say that the asker's unit has the directive."""
    services.mark_read(directive=_seen(request, directive_id), by=asker(request), now=clock.now())
    return redirect("office:directive", directive_id)


@require_safe
@opens_to(*DUTY_ROLES)
def directive_file(request: HttpRequest, directive_id: int) -> HttpResponseBase:
    """The file as it came in."""
    return files.attachment(_seen(request, directive_id).file)
