"""The register desk: directives in and out, receiving some, and a directive's own page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, exporting, files, paper
from xulang.office.access import asker, holds, opens_to
from xulang.office.desks.papers import seen
from xulang.office.forms.register import ReceiveForm, RegisterForm
from xulang.organisation.enums import ACTING_ROLES, DUTY_ROLES, Role
from xulang.plumbing.errors import Refused
from xulang.plumbing.files import clean_name
from xulang.plumbing.sheets import Cell, Column
from xulang.plumbing.wording import parse, spans
from xulang.programme import services as programme
from xulang.programme.enums import ProgrammeState
from xulang.programme.models import Assignment, Guidance, Programme, Task
from xulang.programme.selectors import drafts
from xulang.programme.selectors import turns as chapters
from xulang.registry import circulating, selectors, services
from xulang.registry.enums import Direction, DirectiveState
from xulang.registry.errors import AlreadyHeld
from xulang.registry.models import Arrival, Citation, Directive

A_PAGE = 30


# The words of an address → the register that it opens.
BOOKS = {"": "", "den": Direction.INCOMING, "di": Direction.OUTGOING}


@require_safe
@opens_to(*DUTY_ROLES)
def directives(request: HttpRequest) -> HttpResponse:
    """The register, the last received first: `so` chooses the book, the rest are the words of the form."""
    person, today = asker(request), clock.today()
    types, years = selectors.types_and_years(person, today)
    form = RegisterForm(request.GET or None, types=types, years=years)
    given = form.cleaned_data if form.is_valid() else {}
    book = request.GET.get("so", "") if request.GET.get("so", "") in BOOKS else ""
    wanted = selectors.Wanted(
        direction=BOOKS[book],
        words=given.get("tu", ""),
        type=given.get("loai", ""),
        year=given.get("nam", ""),
        unread=given.get("loc") == "chua-nhan",
        ended=given.get("loc") == "het-hieu-luc",
    )
    rows, after = selectors.register(person, today, wanted), request.GET.get("sau", "")
    if exporting.asked_for(request):
        return exporting.listed(request, "so-van-ban", _columns(), lambda: _exported(request, rows[: exporting.MOST]))
    later = after.isascii() and after.isdecimal() and len(after) < 18
    page = list((rows.filter(pk__lt=int(after)) if later else rows)[: A_PAGE + 1])
    shown = page[:A_PAGE]
    standing = selectors.standings(person, today, [row.pk for row in shown])
    unread = selectors.unread(person, today).filter(directive__in=[row.pk for row in shown])
    context = {
        "books": [
            (word, BOOKS[word].label if BOOKS[word] else _("Tất cả"), word == book)  # type: ignore[attr-defined]
            for word in BOOKS
        ],
        "book": book,
        "form": form,
        "active": sum(bool(value) for value in given.values()),
        "rows": [(row, next(iter(standing.get(row.pk, [])), None)) for row in shown],
        "unread": set(unread.values_list("directive_id", flat=True)),
        "words": wanted.words,
        "filtered": wanted != selectors.Wanted(),
        "later": later,
        "after": str(shown[-1].pk) if len(page) > A_PAGE else "",
        "receives": holds(request, Role.LEAD_OFFICER),
        "numbers": holds(request, Role.LEAD_OFFICER, Role.LEADER),
    }
    return render(request, "office/directives.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Văn bản"), 70),
        Column(_("Số, ký hiệu"), 22),
        Column(_("Cơ quan ban hành"), 40),
        Column(_("Ngày ban hành"), 16),
        Column(_("Tiếp nhận"), 14),
        Column(_("Người tiếp nhận"), 26),
        Column(_("Tình trạng"), 30),
    ]


def _exported(request: HttpRequest, rows: Iterable[Directive]) -> Iterator[list[Cell]]:
    told = list(rows)
    standing = selectors.standings(asker(request), clock.today(), [row.pk for row in told])
    for row in told:
        ended, made = next(iter(standing.get(row.pk, [])), None), getattr(row, "programme", None)
        state = ended.kind.label if ended else (made or row).get_state_display()
        held = row.state == DirectiveState.RECEIVED  # of a paper marked secret the register tells nothing more
        named = [row.title, row.code or row.symbol, row.issuer, row.issued_on] if held else ["", "", "", ""]
        received = timezone.localdate(row.received_at)
        yield [*(cell or "" for cell in named), received, row.received_by.full_name, str(state)]


@dataclass(frozen=True)
class Outcome:
    """What became of one file: taken in, or why not; `directive` also where it is held already."""

    name: str
    directive: Directive | None = None
    refused: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def receive(request: HttpRequest) -> HttpResponse:
    """Take files in and read them, each by itself; say why where one cannot be."""
    form = ReceiveForm(request.POST or None, request.FILES or None)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        outcomes = [_received(request, upload) for upload in form.cleaned_data["file"]]
        only = outcomes[0]
        if len(outcomes) == 1 and only.directive and not only.refused:
            messages.success(request, _("Đã tiếp nhận và đọc văn bản. Hãy rà soát các nhiệm vụ đọc được."))
            return redirect("office:directive", only.directive.pk)
    taken = sum(not one.refused for one in outcomes)
    context = {"form": form, "outcomes": outcomes, "taken": taken}
    return render(
        request, "office/receive.html", context, status=422 if request.method == "POST" and not taken else 200
    )


def _received(request: HttpRequest, upload: "UploadedFile[bytes]") -> Outcome:
    name = clean_name(upload.name or "")
    try:
        made = services.receive(data=upload.read(), name=name, by=asker(request), now=clock.now())
    except AlreadyHeld as why:
        return Outcome(name, why.directive, str(why))
    except Refused as why:
        return Outcome(name, refused=str(why))
    return Outcome(name, made)


@require_safe
@opens_to(*DUTY_ROLES)
def directive(request: HttpRequest, directive_id: int) -> HttpResponse:
    """A directive as it reads, its tasks, what it cites, and who received it."""
    person, today = asker(request), clock.today()
    found = seen(request, directive_id)
    if request.method == "GET":
        _opened(request, found)
    visible = Directive.objects.for_user(person, today).values_list("pk", flat=True)
    given = list(selectors.given(person, today, found))
    tasks = list(Task.objects.for_user(person, today).filter(programme__directive=found).order_by("position"))
    assignments: dict[int, list[tuple[Assignment, str]]] = {}
    duties = {task.pk: task.same_as_id or task.pk for task in tasks}  # a joined task is done by the other's assignments
    rows = Assignment.objects.for_user(person, today).filter(task__in=duties.values()).prefetch_related("unit__names")
    for one in rows.select_related("unit"):
        assignments.setdefault(one.task_id, []).append((one, one.unit.name_on(today)))
    turns = chapters(person, today, tasks)
    made = Programme.objects.for_user(person, today).filter(directive=found).first()
    context = {
        "directive": found,
        "page": {"paper": paper.blocks(found.findings, (), _looked_for(request, found)) if found.text else ()},
        "programme": made,
        # of a task that a later directive changed the words that this one has, and what became of it
        "tasks": [
            (task, assignments.get(duties[task.pk], []), turns.get(task.pk, []), turns[task.pk][0].words)
            if task.pk in turns
            else (task, assignments.get(duties[task.pk], []), [], task.text)
            for task in tasks
        ],
        "amends": made is not None and made.state != ProgrammeState.REVIEW and made.amendments.exists(),
        "citations": found.citations.all(),
        "cited_by": Citation.objects.for_user(person, today)
        .filter(cited=found)
        .select_related("directive")
        .defer("directive__text", "directive__reading"),
        "visible": set(visible.filter(cited_by__directive=found)),
        "standing": selectors.standings(person, today, [found.pk]).get(found.pk, []),
        # to whom it was given, by the name of that day; and who holds it today, where that is another
        "given": [
            (one, one.given_to.name_on(one.given_on), one.unit.name_on(today) if one.unit_id != one.given_to_id else "")
            for one in given
        ],
        "unread": selectors.unread(person, today).filter(directive=found).exists(),
        "passed_on": selectors.circulated(person, today, found).aggregate(
            given=Count("pk"), seen=Count("pk", filter=Q(seen_at__isnull=False))
        ),
        "passes_on": bool(circulating.may_circulate(found, person, today)),
        "receives": holds(request, Role.LEAD_OFFICER),
        "arrival": Arrival.objects.for_user(person, today).filter(directive=found, cancelled_at=None).first(),
        "drafts": drafts(person, today).filter(superior=found),
        "checks": holds(request, Role.LEAD_OFFICER, Role.LEADER) and found.direction == Direction.OUTGOING,
        "guides": Guidance.objects.for_user(person, today).filter(directive=found, detached_at__isnull=True).count(),
        "same": selectors.same_papers(person, today, found).select_related("received_by"),
        "doubts": list(dict.fromkeys(row["message"] for row in found.findings["warnings"])) if found.reading else [],
    }
    return render(request, "office/directive.html", context)


def _opened(request: HttpRequest, found: Directive) -> None:
    """Notes the first time that a person opens what they were given to read."""
    if selectors.to_read(asker(request), clock.today()).filter(directive=found).exists():
        circulating.see(directive=found, by=asker(request), now=clock.now())


def _looked_for(request: HttpRequest, found: Directive) -> list[paper.Mark]:
    """The words of a search, `tim`, from which the page was opened."""
    query = parse(request.GET.get("tim", "")[:200])
    return [paper.Mark("found", start, end) for start, end in spans(found.text, query)] if query else []


@require_POST
@opens_to(Role.LEAD_OFFICER)
def propose(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Make the programme of a directive, once, and go on to its review."""
    found = seen(request, directive_id)
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
    services.mark_read(directive=seen(request, directive_id), by=asker(request), now=clock.now())
    return redirect("office:directive", directive_id)


@require_safe
@opens_to(*DUTY_ROLES)
def directive_file(request: HttpRequest, directive_id: int) -> HttpResponseBase:
    """The file as it came in."""
    found = seen(request, directive_id)
    if request.method == "GET":
        _opened(request, found)
        services.open_file(directive=found, by=asker(request), now=clock.now())
    return files.attachment(found.file)
