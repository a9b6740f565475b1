"""What units raise and what leaders say: obstacles by age, more time asked for and decided, directions."""

from collections.abc import Callable, Iterable, Iterator

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.forms.duties import ExtensionForm, GrantForm, ObstacleForm, pieces
from xulang.office.once import SentBefore, once
from xulang.office.paging import Page, place_in
from xulang.office.units_of import asked_of, switch
from xulang.office.working import days_of_programme
from xulang.organisation.enums import ACTING_ROLES, DESK, DUTY_ROLES, FOLLOWING, Role
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import selectors, services
from xulang.programme.directions import ready_directions
from xulang.programme.enums import AWAITING
from xulang.programme.models import Assignment, Entry
from xulang.programme.selectors import Story

A_PAGE = 30
AT_FIRST = 15  # of each part, where both stand on one page
PARTS = ("cho-toi", "cho-nguoi-khac")  # the words of an address: it is the asker's turn, or somebody else's
ONLY_WISHES = "gia-han"  # the word of the address (`loc`) that opens the wishes for more time alone
LATE = 5  # working days that an obstacle may wait on one desk before the page says so


@require_safe
@opens_to(*DUTY_ROLES)
def obstacles(request: HttpRequest) -> HttpResponse:
    """Every open obstacle, the oldest first; those whose turn is the asker's on top. `loc` opens one part by pages."""
    person, today, units_of = asker(request), clock.today(), asked_of(request)
    if exporting.asked_for(request):
        every = selectors.obstacles(person, today, units_of=units_of, most=exporting.MOST)
        return exporting.listed(request, "vuong-mac", _columns(), lambda: _exported(request, every))
    asked = request.GET.get("loc", "")
    after, size = (place_in(request), A_PAGE) if asked in PARTS else (None, AT_FIRST)
    turns = dict(zip(PARTS, selectors.obstacles_by_turn(person, today), strict=True))
    some = {
        word: [one for one in ids if after is None or one > after[1]][: size + 1]
        for word, ids in turns.items()
        if asked not in PARTS or asked == word
    }
    every = selectors.obstacles(person, today, only=[one for ids in some.values() for one in ids], units_of=units_of)
    rows = {row.entry.pk: row for row in every}
    parts = []
    for word, ids in some.items():
        page = Page.of([rows[one] for one in ids], size, after)
        parts.append((word, len(turns[word]), page, [(row, waited(request, row)) for row in page.rows]))
    context = {
        "parts": [part for part in parts if part[2].rows],
        "paged": asked in PARTS,
        "switch": switch(request),
        "ready": ready_directions(),
    }
    return render(request, "office/obstacles.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Vướng mắc"), 60),
        Column(_("Nhiệm vụ"), 60),
        Column(_("Đơn vị"), 40),
        Column(_("Ngày nêu"), 14),
        Column(_("Đang chờ"), 26),
        Column(_("Số ngày làm việc đã chờ"), 16),
    ]


def _exported(request: HttpRequest, rows: Iterable[selectors.Raised]) -> Iterator[list[Cell]]:
    for row in rows:
        note = getattr(row.entry, "note", None)
        words = note.text if note is not None and note.withdrawn_at is None else ""
        task, days = row.entry.assignment.task, waited(request, row)
        yield [words, task.text, row.unit, row.entry.on, str(row.waits.label), days]


def waited(request: HttpRequest, row: selectors.Raised) -> int:
    """For how many of the office's working days whose turn it is has had it, as the clock of reminders counts them."""
    return days_of_programme(request, row.entry.assignment.task.programme_id).between(row.since, clock.today())


def story_of(request: HttpRequest, assignment_id: int) -> Story:
    """An assignment that the asker may see, with its whole story; else there is no such page."""
    try:
        return selectors.assignment(asker(request), clock.today(), assignment_id)
    except Assignment.DoesNotExist as unseen:
        raise Http404 from unseen


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def raise_obstacle(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Say what stands in the way of a duty."""
    story = story_of(request, assignment_id)
    if not story.may_raise:
        raise PermissionDenied
    form = ObstacleForm(request.POST or None, request.FILES or None)

    def act() -> str:
        given = form.cleaned_data
        evidence = pieces(given)
        services.raise_obstacle(
            assignment=story.assignment, note=given["note"], evidence=evidence, by=asker(request), now=clock.now()
        )
        return _("Đã gửi vướng mắc tới đơn vị đầu mối theo dõi.")

    return _ask(request, story, form, act, extends=False)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def ask_extension(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Ask for more time."""
    story = story_of(request, assignment_id)
    owed = [row for row in story.expected if row.state in AWAITING]
    if not story.may_raise:
        raise PermissionDenied
    if not owed:
        messages.error(request, _("Không còn kỳ báo cáo nào phải gia hạn."))
        return redirect("office:assignment", assignment_id)
    form = ExtensionForm(request.POST or None, owed=owed)

    def act() -> str:
        given = form.cleaned_data
        services.ask_extension(
            expected=next(row for row in owed if row.pk == given["expected"]),
            due=given["due"],
            reason=given["reason"],
            by=asker(request),
            now=clock.now(),
        )
        return _("Đã gửi đề nghị gia hạn. Hạn cũ còn hiệu lực cho đến khi được đồng ý.")

    return _ask(request, story, form, act, extends=True)


def _ask(
    request: HttpRequest, story: Story, form: forms.Form, act: Callable[[], str], *, extends: bool
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            with once(request):
                said = act()
        except SentBefore:
            return redirect("office:assignment", story.assignment.pk)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, said)
            return redirect("office:assignment", story.assignment.pk)
    context = {
        "form": form,
        "assignment": story.assignment,
        "unit": story.assignment.unit.name_on(clock.today()),
        "extends": extends,
    }
    return render(request, "office/raise.html", context, status=422 if form.is_bound else 200)


@require_POST
@opens_to(*ACTING_ROLES)
def answer_obstacle(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Answer an obstacle, lay it before the leader, close it or raise it again."""
    obstacle, note = _entry(request, entry_id), request.POST.get("note", "")[:10_000]
    acts = {
        "tra-loi": (services.advise, _("Đã trả lời. Đơn vị thấy câu trả lời trên bàn việc của mình.")),
        "trinh": (services.escalate, _("Đã trình lãnh đạo.")),
        "xong": (services.resolve, pgettext("vướng mắc", "Đã đóng vướng mắc.")),
        "neu-lai": (services.raise_again, _("Đã gửi lại đơn vị đầu mối theo dõi.")),
    }
    if (found := acts.get(request.POST.get("act", ""))) is None:
        raise Http404
    act, said = found
    ready = request.POST.get("ready", "")
    if ready.isdecimal() and int(ready) < len(ready_directions()):
        note = ready_directions()[int(ready)].text
    try:
        act(obstacle=obstacle, note=note, by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect(_back(request, obstacle.assignment_id, "obstacles"))


@require_POST
@opens_to(*FOLLOWING, Role.LEADER)
def settle_extension(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Grant or refuse more time."""
    asked, form = _entry(request, entry_id), GrantForm(request.POST)
    try:
        if not form.is_valid():
            messages.error(request, " ".join(str(why) for rows in form.errors.values() for why in rows))
        elif request.POST.get("act") == "dong-y":
            services.grant_extension(
                asked=asked,
                due=form.cleaned_data["due"],
                note=form.cleaned_data["note"],
                by=asker(request),
                now=clock.now(),
            )
            messages.success(request, _("Đã gia hạn. Hạn đầu vẫn được ghi."))
        else:
            services.refuse_extension(asked=asked, reason=form.cleaned_data["note"], by=asker(request), now=clock.now())
            messages.success(request, _("Đã trả lời: giữ hạn cũ."))
    except Refused as why:
        messages.error(request, str(why))
    return redirect(_back(request, asked.assignment_id, "to_confirm"))


@require_POST
@opens_to(Role.LEADER)
def direct(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """A leader's direction on one duty."""
    rows = _duties(request).filter(pk=assignment_id)
    return _direct(request, [get_object_or_404(rows)], reverse("office:assignment", args=[assignment_id]))


@require_POST
@opens_to(Role.LEADER)
def direct_late(request: HttpRequest, task_id: int) -> HttpResponse:
    """A leader's direction on the duties of one task that are overdue."""
    late = selectors.late_of(asker(request), clock.today(), task_id)
    rows = list(_duties(request).filter(pk__in=late))
    if not rows:
        raise Http404
    return _direct(request, rows, reverse("office:overview"))


def _direct(request: HttpRequest, rows: list[Assignment], back: str) -> HttpResponse:
    text, ready = request.POST.get("note", "")[:10_000], request.POST.get("ready", "")
    if ready.isdecimal() and int(ready) < len(ready_directions()):
        text = ready_directions()[int(ready)].text
    try:
        entries = services.direct(assignments=rows, text=text, by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        said = _("Đã ghi ý kiến chỉ đạo vào sổ theo dõi của %(n)s đơn vị.")
        messages.success(request, said % {"n": len(entries)})
    return redirect(back)


def _duties(request: HttpRequest) -> "QuerySet[Assignment]":
    rows = Assignment.objects.for_user(asker(request), clock.today())
    return rows.select_related("task__programme__directive")


def _entry(request: HttpRequest, entry_id: int) -> Entry:
    rows = Entry.objects.for_user(asker(request), clock.today())
    return get_object_or_404(rows.select_related("assignment__task__programme__directive"), pk=entry_id)


def _back(request: HttpRequest, assignment_id: int, desk: str) -> str:
    """To where the form stood: the duty's own page, the leader's, the wishes for more time alone, or the desk."""
    where = request.POST.get("ve", "")
    if where == ONLY_WISHES:
        return f"{reverse('office:to_confirm')}?loc={ONLY_WISHES}"
    if where == "viec":
        return reverse("office:assignment", args=[assignment_id])
    return reverse("office:overview" if where == "toan-canh" else f"office:{desk}")
