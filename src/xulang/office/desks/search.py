"""The search desk: directives, passages and tasks by words, each opened at the place that says it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.models import Person
from xulang.plumbing.models import IndexedText
from xulang.plumbing.searching import COUNTED, Asked, Cursor
from xulang.plumbing.wording import Piece, excerpt, parse
from xulang.programme import selectors as programme
from xulang.programme.models import Task, TaskSource
from xulang.registry import selectors as registry
from xulang.registry.models import Directive

LONGEST = 200


@dataclass(frozen=True)
class Found:
    """One hit: the address that opens at the place, the paper that it stands in, and its words in pieces."""

    href: str
    paper: str
    pieces: list[Piece]
    about: str = ""


@dataclass(frozen=True)
class Heap:
    """One kind of thing that can be found: its word in the address, its name, what asks for it, what shows it."""

    word: str
    label: Promise
    ask: Callable[..., Asked]
    show: Callable[[Person, Asked, Sequence[IndexedText], str], list[Found]]


def _directives(person: Person, today_ids: Sequence[IndexedText]) -> dict[int, Directive]:
    rows = Directive.objects.for_user(person, clock.today()).defer("text", "reading")
    return rows.in_bulk([hit.row_id for hit in today_ids])


def _headings(person: Person, asked: Asked, hits: Sequence[IndexedText], _typed: str) -> list[Found]:
    papers = _directives(person, hits)
    return [
        Found(
            reverse("office:directive", args=[hit.row_id]),
            str(papers[hit.row_id]),
            excerpt(papers[hit.row_id].title or hit.text, asked.query),
            papers[hit.row_id].issuer,
        )
        for hit in hits
    ]


def _passages(person: Person, asked: Asked, hits: Sequence[IndexedText], typed: str) -> list[Found]:
    papers = _directives(person, hits)
    return [
        Found(
            _at(hit.row_id, hit.start, typed),
            str(papers[hit.row_id]),
            excerpt(hit.text, asked.query),
            papers[hit.row_id].title if papers[hit.row_id].code else "",
        )
        for hit in hits
    ]


def _tasks(person: Person, asked: Asked, hits: Sequence[IndexedText], typed: str) -> list[Found]:
    today = clock.today()
    tasks = (
        Task.objects.for_user(person, today)
        .select_related("programme__directive")
        .defer("programme__directive__text", "programme__directive__reading")
        .in_bulk([hit.row_id for hit in hits])
    )
    places = {
        source.task_id: (source.passage.directive_id, source.passage.start)
        for source in TaskSource.objects.filter(task__in=tasks).select_related("passage").order_by("-pk")
    }
    found = []
    for hit in hits:
        task = tasks[hit.row_id]
        directive_id, start = places.get(task.pk, (task.programme.directive_id, 0))
        href = (
            _at(directive_id, start, typed) if task.pk in places else reverse("office:directive", args=[directive_id])
        )
        paper = str(task.programme.directive)
        found.append(Found(href, paper, excerpt(hit.text, asked.query), task.section))
    return found


def _at(directive_id: int, start: int, typed: str) -> str:
    """The address of a directive, opened at the line that begins there, its words marked."""
    return f"{reverse('office:directive', args=[directive_id])}?{urlencode({'tim': typed})}#d{start}"


HEAPS = (
    Heap("van-ban", pgettext_lazy("found", "Văn bản"), registry.found_headings, _headings),
    Heap("doan", _("Đoạn trong văn bản"), registry.found_passages, _passages),
    Heap("nhiem-vu", _("Nhiệm vụ"), programme.found_tasks, _tasks),
)


@require_safe
@opens_to(*DUTY_ROLES)
def search(request: HttpRequest) -> HttpResponse:
    """What says the words of `tim`; `loai` chooses the kind, else the first that has anything."""
    person, today = asker(request), clock.today()
    typed = request.GET.get("tim", "").strip()[:LONGEST]
    query = parse(typed)
    asked = {heap.word: heap.ask(person, today, query) for heap in HEAPS}
    counts = {word: one.count() for word, one in asked.items()}
    wanted = request.GET.get("loai", "")
    chosen = next(
        (heap for heap in HEAPS if heap.word == wanted), next((heap for heap in HEAPS if counts[heap.word]), HEAPS[0])
    )
    page = asked[chosen.word].page(after=_cursor(request.GET.get("sau", "")))
    context = {
        "typed": typed,
        "heaps": [(heap, counts[heap.word], heap is chosen) for heap in HEAPS],
        "counted": COUNTED,
        "found": chosen.show(person, asked[chosen.word], page.hits, typed),
        "any": any(counts.values()),
        "chosen": chosen,
        "after": f"{int(page.after.exact)}.{page.after.id}" if page.after else "",
    }
    return render(request, "office/search.html", context)


def _cursor(word: str) -> Cursor | None:
    """Where the page before ended, as its link says; whatever else is the beginning."""
    exact, _dot, id = word.partition(".")
    if exact not in {"0", "1"} or not (id.isascii() and id.isdecimal()) or len(id) > 18:
        return None
    return Cursor(exact == "1", int(id))
