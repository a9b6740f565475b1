"""The review desk: what was read in a directive is corrected, confirmed and issued. Works without JavaScript.

Each act is a form that posts to an address of its own, calls a verb of `programme.services`, and leads back to the card
it was about. htmx asks for the same and gets only what changed: the card and the steps, or the whole workspace.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, presence, proposals
from xulang.office.access import asker, opens_to
from xulang.office.review_page import Opened, Page
from xulang.office.typed import NotAChoice, chosen, day, number, unit_named
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.services import add_alias
from xulang.plumbing.errors import Refused
from xulang.programme import selectors, services
from xulang.programme.enums import STANDING, Cadence, Mode, UnitRole
from xulang.programme.models import Programme, SetMeaning, Task, TaskUnit
from xulang.registry import facsimiles
from xulang.registry.errors import NoPages
from xulang.registry.models import Citation

AS = ("chu", "goc")  # the paper as it reads, or as it looks
MAX_TIME = 4_000_000_000  # Unix time, a century from now: what is larger was not written by our page
READERS = (Role.LEAD_OFFICER, Role.LEADER)


class ChangedMeanwhile(Refused):
    """The task was changed by another person while its form stood open."""

    sentence = gettext_lazy(
        "%(who)s vừa sửa nhiệm vụ này trong lúc bạn đang gõ. Nội dung bạn gõ còn nguyên ở dưới; hãy xem lại rồi lưu."
    )


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way: who, when, on what, with what was typed."""

    by: Person
    now: dt.datetime
    today: dt.date
    typed: QueryDict


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to, in a sentence; the place to go back to; whether more than its card changed."""

    said: str
    anchor: str
    whole: bool = True


@require_safe
@opens_to(*READERS)
def review(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The page. `sua` and `tach` name the task whose form stands open; htmx asks for that card alone."""
    opened = Opened()
    for form in ("sua", "tach", "mo"):
        if (asked := request.GET.get(form, "")).isdecimal():
            opened = Opened(card=int(asked), form="" if form == "mo" else form)
    page = _page(request, programme_id, opened)
    card = page.card(opened.card)
    if request.headers.get("HX-Request") and card:
        return render(request, "office/review/opened.html", {"page": page, "card": card})
    # Told where the eye is, at the foot of the window: the anchor has taken the page's head out of sight.
    said = " ".join(str(message) for message in messages.get_messages(request))
    return _whole(request, {"page": page, "said": said})


@require_safe
@opens_to(*READERS)
def joining(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Which of the proposed tasks are ordered already by another directive."""
    try:
        found = selectors.joining(asker(request), clock.today(), programme_id)
    except Programme.DoesNotExist as why:
        raise Http404 from why
    return render(request, "office/review/joining.html", {"found": found, "programme": found.review.programme})


def _whole(request: HttpRequest, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    """The whole page, and that this person has it open now."""
    shown["together"] = _together(shown["page"].review.programme, request, clock.now())
    return render(request, "office/review/page.html", shown, status=status)


@require_safe
@opens_to(*READERS)
def others(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Who else has the page open; an open page asks every twenty seconds, and that says that it is open itself.

    `tu` is when the page was made (Unix time), `biet` what it knows already: no news is an empty answer (204).
    """
    rows = Programme.objects.for_user(asker(request), clock.today())
    programme = rows.filter(pk=programme_id).first()
    if programme is None:
        raise Http404
    asked = request.GET.get("tu", "")
    since = dt.datetime.fromtimestamp(min(number(asked), MAX_TIME), dt.UTC) if asked.isdecimal() else clock.now()
    together = _together(programme, request, since)
    if together["known"] == request.GET.get("biet"):
        return HttpResponse(status=204)
    return render(request, "office/review/others.html", {"together": together})


def _together(programme: Programme, request: HttpRequest, since: dt.datetime) -> dict[str, Any]:
    """Who else is here, and whether they did something since the page was made."""
    now = clock.now()
    presence.here(programme, asker(request), now)
    rows = [
        (one, one.acted_at is not None and one.acted_at > since)
        for one in presence.others(programme, asker(request), now)
    ]
    known = "-".join(f"{one.id}.{int(one.acted_at.timestamp()) if one.acted_at and new else 0}" for one, new in rows)
    return {"rows": rows, "known": known, "since": int(since.timestamp()), "programme": programme.pk}


@require_POST
@opens_to(*READERS)
def act(request: HttpRequest, programme_id: int, act: str) -> HttpResponse:
    """An act on the programme as a whole."""
    rows = Programme.objects.for_user(asker(request), clock.today()).select_related("directive")
    programme, verb = rows.filter(pk=programme_id).first(), PROGRAMME_ACTS.get(act)
    if programme is None or verb is None:
        raise Http404
    adding = request.POST.dict() if act == "them" else None
    try:
        done = _allowed(lambda how: verb(programme, how), request, programme, undoable=act not in FINAL)
    except Refused as why:
        refusal = {"sentence": str(why), "anchor": "them" if adding else "", "faults": act == "giao"}
        opened = Opened(adding=adding and adding | {"error": str(why)}, frame=act == "khung")
        return _answer(request, programme_id, opened, refused=refusal)
    presence.acted(programme, asker(request), clock.now())
    return _back(request, programme_id, done)


@require_POST
@opens_to(*READERS)
def task_act(request: HttpRequest, programme_id: int, task_id: int, act: str) -> HttpResponse:
    """An act on one task."""
    rows = Task.objects.for_user(asker(request), clock.today()).filter(programme_id=programme_id)
    task, verb = rows.select_related("programme__directive").filter(pk=task_id).first(), TASK_ACTS.get(act)
    if task is None or verb is None:
        raise Http404
    try:
        done = _allowed(lambda how: verb(task, how), request, task.programme)
        presence.acted(task.programme, asker(request), clock.now(), task)
    except (Refused, Task.DoesNotExist) as why:
        # A task that somebody else dropped meanwhile is simply shown as it is now.
        sentence = str(why) if isinstance(why, Refused) else _("Nhiệm vụ này vừa được thay đổi. Hãy xem lại.")
        form = act if act in {"sua", "tach"} else ""
        opened = Opened(task_id, form, sentence, request.POST if act == "sua" else None)
        return _answer(request, programme_id, opened, refused={"sentence": sentence, "anchor": f"nv-{task_id}"})
    return _back(request, programme_id, done)


def _allowed(verb: Callable[[Act], Done], request: HttpRequest, programme: Programme, *, undoable: bool = True) -> Done:
    """Does it wholly or not at all, so that it can be taken back; a person without the right gets 403."""
    how = Act(asker(request), clock.now(), clock.today(), request.POST)
    try:
        with transaction.atomic():
            if not undoable:
                return verb(how)
            with services.undoable(programme=programme, by=how.by, now=how.now):
                return verb(how)
    except NotPermitted as why:
        raise PermissionDenied from why


def _back(request: HttpRequest, programme_id: int, done: Done) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        messages.success(request, done.said)
        response = redirect("office:review", programme_id)
        response.headers["Location"] += f"#{done.anchor}"
        return response
    return _answer(request, programme_id, Opened(), done=done)


def _answer(
    request: HttpRequest,
    programme_id: int,
    opened: Opened,
    *,
    done: Done | None = None,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page again, or for htmx what changed of it. A refusal is 422."""
    page = _page(request, programme_id, opened)
    shown = {"page": page, "refused": refused, "said": done.said if done else ""}
    status = 422 if refused else 200
    if not request.headers.get("HX-Request"):
        return _whole(request, shown, status)
    anchor = done.anchor if done else (refused or {}).get("anchor", "")
    card = page.card(int(anchor[3:])) if anchor.startswith("nv-") else None
    if card and not (done and done.whole):
        response = render(request, "office/review/swap.html", shown | {"card": card}, status=status)
    else:
        response = render(request, "office/review/workspace.html", shown, status=status)
        response.headers["HX-Retarget"] = "#review"
    response.headers["X-Task"] = anchor
    return response


def _page(request: HttpRequest, programme_id: int, opened: Opened) -> Page:
    person, today = asker(request), clock.today()
    try:
        found = selectors.tasks_for_review(person, today, programme_id)
    except Programme.DoesNotExist as why:
        raise Http404 from why
    citations = list(Citation.objects.for_user(person, today).filter(directive=found.directive))
    page = Page(found, citations, opened)
    if (asked := request.GET.get("xem")) in AS:
        request.session["review_as"] = asked
    if request.session.get("review_as") == "goc" and page.has_pages:
        try:
            page.facsimile = facsimiles.facsimile_of(found.directive, by=person, now=clock.now())
        except NoPages as why:
            page.no_pages = str(why)
    return page


# --- Acts on the programme --------------------------------------------------------------------------------------------


def _set_cadence(programme: Programme, how: Act) -> Done:
    cadence = chosen(Cadence, how.typed.get("cadence"))
    count = services.set_cadence(programme=programme, cadence=cadence, by=how.by, now=how.now)
    said = ngettext(
        "Đã đặt chu kỳ cho %(count)d nhiệm vụ: %(cadence)s.",
        "Đã đặt chu kỳ cho %(count)d nhiệm vụ: %(cadence)s.",
        count,
    )
    return Done(said % {"count": count, "cadence": cadence.label.lower()}, "buoc-1")


def _confirm_sets(programme: Programme, how: Act) -> Done:
    """All sure sets at once, or the one whose own button was pressed."""
    rows = {row.pk: row for row in programme.sets.all()}
    only = how.typed.get("only")
    wanted = [rows[pk] for pk in [number(only)] if pk in rows] if only else _at_once(rows.values())
    choices = {row.pk: _meaning(row, how) for row in wanted}
    services.confirm_sets(programme=programme, choices=choices, by=how.by, now=how.now)
    said = ngettext("Đã nhận nghĩa của %(count)d tập đơn vị.", "Đã nhận nghĩa của %(count)d tập đơn vị.", len(choices))
    return Done(said % {"count": len(choices)}, f"tap-{wanted[0].pk}" if only and wanted else "buoc-2")


def _at_once(rows: Any) -> list[SetMeaning]:
    return [row for row in rows if row.proposed_sure and row.confirmed_at is None]


def _meaning(row: SetMeaning, how: Act) -> Any:
    if f"open-{row.pk}" in how.typed:
        return "open"
    more = [unit_named(name, how.by, how.today).pk for name in how.typed.getlist(f"more-{row.pk}") if name.strip()]
    return [number(value) for value in how.typed.getlist(f"units-{row.pk}")] + more


def _confirm_sure(programme: Programme, how: Act) -> Done:
    count = services.confirm_sure(programme=programme, by=how.by, now=how.now)
    said = ngettext("Đã xác nhận %(count)d nhiệm vụ.", "Đã xác nhận %(count)d nhiệm vụ.", count)
    return Done(said % {"count": count}, "buoc-3")


def _set_frame(programme: Programme, how: Act) -> Done:
    unit = unit_named(how.typed.get("focal_unit", ""), how.by, how.today)
    services.set_focal_unit(programme=programme, unit=unit, by=how.by, now=how.now)
    starts_on, ends_on = day(how.typed.get("starts_on")), day(how.typed.get("ends_on"))
    services.set_span(
        programme=programme,
        starts_on=starts_on or programme.starts_on,
        ends_on=ends_on or programme.ends_on,
        by=how.by,
        now=how.now,
    )
    return Done(_("Đã lưu đơn vị đầu mối và thời gian thực hiện."), "khung")


def _add_task(programme: Programme, how: Act) -> Done:
    start, end = how.typed.get("start"), how.typed.get("end")
    sections = {row["id"]: row["at"] for row in programme.directive.findings["sections"]}
    place = (number(start), number(end)) if start and end else sections.get(how.typed.get("section", ""), (None, None))
    task = services.add_task(
        programme=programme, text=how.typed.get("text", ""), start=place[0], end=place[1], by=how.by, now=how.now
    )
    return Done(_("Đã thêm nhiệm vụ. Hãy chọn đơn vị và thời hạn."), f"nv-{task.pk}")


def _issue(programme: Programme, how: Act) -> Done:
    services.issue(programme=programme, by=how.by, now=how.now)
    return Done(_("Đã giao nhiệm vụ. Các đơn vị thấy ngay việc của mình."), "buoc")


def _undo(programme: Programme, how: Act) -> Done:
    task = services.undo(programme=programme, by=how.by, now=how.now)
    there = task is not None and programme.tasks.filter(pk=task, state__in=STANDING).exists()
    return Done(_("Đã hoàn tác thao tác vừa rồi."), f"nv-{task}" if there else "de-xuat")


PROGRAMME_ACTS: dict[str, Callable[[Programme, Act], Done]] = {
    "chu-ky": _set_cadence,
    "tap-don-vi": _confirm_sets,
    "chac-chan": _confirm_sure,
    "khung": _set_frame,
    "them": _add_task,
    "giao": _issue,
    "hoan-tac": _undo,
}
FINAL = frozenset({"giao", "hoan-tac"})  # what is issued is issued, and an undoing is not undone

# --- Acts on a task ---------------------------------------------------------------------------------------------------


def _confirm(task: Task, how: Act) -> Done:
    services.confirm_task(task=task, by=how.by, now=how.now)
    return Done(_("Đã xác nhận nhiệm vụ."), f"nv-{task.pk}", whole=False)


def _settle_unit(task: Task, how: Act) -> Done:
    """One unit: the matched one is right, or another is meant."""
    row = _unit_of(task, how.typed.get("unit_id"))
    unit = unit_named(how.typed.get("unit", ""), how.by, how.today)
    if unit.pk == row.unit_id:
        services.confirm_unit(task_unit=row, by=how.by, now=how.now)
    else:
        services.correct_unit(task_unit=row, unit=unit, by=how.by, now=how.now)
    return Done(_("Đã ghi đơn vị."), f"nv-{task.pk}", whole=False)


def _settle_deadline(task: Task, how: Act) -> Done:
    services.confirm_deadline(task=task, by=how.by, now=how.now)
    return Done(_("Đã xác nhận thời hạn."), f"nv-{task.pk}", whole=False)


def _teach(task: Task, how: Act) -> Done:
    """The register learns what this paper calls the unit."""
    row = _unit_of(task, how.typed.get("unit_id"))
    if row.unit is None:
        raise NotAChoice
    add_alias(unit=row.unit, alias=row.words, by=how.by, now=how.now)
    said = _("Đã ghi nhớ: “%(words)s” là %(unit)s.")
    return Done(said % {"words": row.words, "unit": row.unit.name_on(how.today)}, f"nv-{task.pk}", whole=False)


def _correct(task: Task, how: Act) -> Done:
    """The edit form: only what was changed is written, so that what was not touched stays as doubtful as it was.

    What somebody else changed while the form stood open is not written over: it is told, and the form comes back.
    """
    if how.typed.get("seen", "") not in {"", proposals.stamp(task)}:
        raise ChangedMeanwhile(who=presence.last_on(task, how.by) or _("Một người khác"))
    due_on, cadence = day(how.typed.get("due_on")), how.typed.get("cadence")
    time: dict[str, Any] = {}
    if due_on != task.due_on:
        time["due_on"] = due_on
    if (cadence or None) != task.cadence:
        time["cadence"] = chosen(Cadence, cadence) if cadence else None
    if due_on and cadence and len(time) == 1:
        # The one that was there before gives way to the one just typed.
        time |= {"cadence": None} if "due_on" in time else {"due_on": None}
    services.correct_task(
        task=task,
        text=how.typed.get("text", ""),
        mode=chosen(Mode, how.typed.get("mode", task.mode)),
        by=how.by,
        now=how.now,
        **time,
    )
    for row in task.units.all():
        _correct_unit(row, how)
    if name := how.typed.get("new_unit", "").strip():
        role = chosen(UnitRole, how.typed.get("new_role"))
        unit = unit_named(name, how.by, how.today)
        services.add_unit(task=task, unit=unit, role=role, by=how.by, now=how.now)
    if how.typed.get("then") == "confirm":
        services.confirm_task(task=task, by=how.by, now=how.now)
        return Done(_("Đã lưu và xác nhận nhiệm vụ."), f"nv-{task.pk}", whole=False)
    return Done(_("Đã lưu nhiệm vụ."), f"nv-{task.pk}", whole=False)


def _correct_unit(row: TaskUnit, how: Act) -> None:
    if f"drop-{row.pk}" in how.typed:
        services.drop_unit(task_unit=row, by=how.by, now=how.now)
        return
    role = chosen(UnitRole, how.typed.get(f"role-{row.pk}", row.role))
    name = how.typed.get(f"unit-{row.pk}", "").strip()
    unit = unit_named(name, how.by, how.today) if name else None
    if unit is not None and unit.pk == row.unit_id:
        unit = None
    if unit is not None or role != row.role:
        services.correct_unit(task_unit=row, unit=unit, role=role, by=how.by, now=how.now)


def _drop(task: Task, how: Act) -> Done:
    services.drop_task(task=task, by=how.by, now=how.now)
    standing = task.programme.tasks.filter(state__in=STANDING).order_by("position", "id")
    after = standing.filter(position__gt=task.position).first() or standing.last()
    return Done(_("Đã bỏ đề xuất; có thể khôi phục ở cuối danh sách."), f"nv-{after.pk}" if after else "de-xuat")


def _restore(task: Task, how: Act) -> Done:
    services.restore_task(task=task, by=how.by, now=how.now)
    return Done(_("Đã khôi phục nhiệm vụ."), f"nv-{task.pk}")


def _merge(task: Task, how: Act) -> Done:
    above = (
        task.programme.tasks.filter(state__in=STANDING, position__lt=task.position).order_by("-position", "-id").first()
    )
    whole = services.merge_tasks(tasks=[above, task] if above else [task], by=how.by, now=how.now)
    return Done(_("Đã gộp với việc trên. Hãy xem lại rồi xác nhận."), f"nv-{whole.pk}")


def _split(task: Task, how: Act) -> Done:
    second = services.split_task(task=task, at=number(how.typed.get("at")), by=how.by, now=how.now)
    return Done(_("Đã tách thành hai nhiệm vụ. Hãy xem lại từng việc."), f"nv-{second.pk}")


def _join(task: Task, how: Act) -> Done:
    """The same duty as a task in force, which a person says."""
    others = Task.objects.filter(programme__in=Programme.objects.for_user(how.by, how.today))
    other = others.filter(pk=number(how.typed.get("other"))).first()
    if other is None:
        raise NotAChoice
    services.join(task=task, other=other, by=how.by, now=how.now)
    return Done(_("Đã ghép: việc này chỉ được báo cáo một lần, với hai căn cứ."), "da-giao")


def _part(task: Task, how: Act) -> Done:
    services.part(task=task, by=how.by, now=how.now)
    return Done(_("Đã tách ra. Hãy xem lại và xác nhận nhiệm vụ."), f"nv-{task.pk}")


def _unit_of(task: Task, typed: str | None) -> TaskUnit:
    row = task.units.filter(pk=number(typed)).first()
    if row is None:
        raise Http404
    return row


TASK_ACTS: dict[str, Callable[[Task, Act], Done]] = {
    "xac-nhan": _confirm,
    "don-vi": _settle_unit,
    "thoi-han": _settle_deadline,
    "ghi-nho": _teach,
    "sua": _correct,
    "bo": _drop,
    "khoi-phuc": _restore,
    "gop": _merge,
    "tach": _split,
    "ghep": _join,
    "thoi-ghep": _part,
}
