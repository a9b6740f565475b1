"""A plan of our own from a superior's: duties chosen, worded, spread over units, looked over, numbered, taken in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from xulang.office import clock, paper
from xulang.office.access import asker, opens_to
from xulang.office.desks.papers import seen
from xulang.office.files import attached
from xulang.office.forms.drafting import DraftNumberForm, FrameForm, ItemForm, SignedForm, SpreadForm
from xulang.office.once import written
from xulang.office.typed import ids, unit_called, unit_named
from xulang.organisation.enums import Role
from xulang.organisation.models import Unit, UnitParent
from xulang.papers.paper import UnfitPaperError
from xulang.plumbing import journal
from xulang.programme import services
from xulang.programme.duties import duties_of
from xulang.programme.enums import Cadence, DraftState, UnitRole
from xulang.programme.models import Draft, DraftItem, Programme
from xulang.programme.papering import docx_of, names_of, time_of
from xulang.programme.selectors import check_of_draft, drafts_in, read_back
from xulang.programme.selectors import drafts as drafts_seen
from xulang.reporting.ports import NotSetError, typesetter

READERS = (Role.LEAD_OFFICER, Role.LEADER)


@require_safe
@opens_to(*READERS)
def drafts(request: HttpRequest) -> HttpResponse:
    """The office's drafts, the last changed first."""
    rows = drafts_seen(asker(request), clock.today())
    return render(request, "office/drafts.html", {"rows": rows[:100]})


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def start_draft(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Choose the duties of a superior's directive that fall to the office; those that name it are ticked."""
    found, today = seen(request, directive_id), clock.today()
    if found.reading is None:
        raise Http404
    duties = duties_of(found, today)
    if request.method == "POST":
        made: list[Draft] = []

        def act() -> None:
            chosen = set(request.POST.getlist("duty"))
            made.append(services.start_draft(superior=found, duties=chosen, by=asker(request), now=clock.now()))

        if written(request, None, act, _("Đã lập dự thảo. Hãy giao đơn vị và thời hạn cho từng nhiệm vụ.")):
            return redirect("office:draft", made[0].pk) if made else redirect("office:drafts")
        return redirect("office:start_draft", directive_id)
    context = {
        "directive": found,
        "duties": duties,
        "ours": sum(duty.ours for duty in duties),
        "there": drafts_seen(asker(request), today).filter(superior=found),
    }
    return render(request, "office/start_draft.html", context)


def seen_draft(request: HttpRequest, draft_id: int) -> Draft:
    """A draft of the asker's office; else there is no such page."""
    rows = Draft.objects.for_user(asker(request), clock.today())
    rows = rows.select_related("superior__home_unit", "paper__series", "issued", "changed_by")
    found = rows.filter(pk=draft_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*READERS)
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft with everything that can be done with it; each act is a form with its `act`."""
    found, today = seen_draft(request, draft_id), clock.today()
    writes = drafts_in(asker(request), today, found)
    if request.method == "POST" and not writes:
        raise PermissionDenied
    name = request.POST.get("act", "")
    filled = _forms(request, found, name) if writes else {}
    if request.method == "POST":
        if name not in ACTS:
            raise Http404
        verb, done = ACTS[name]
        form = filled.get(name)
        if (form is None or form.is_valid()) and written(request, form, lambda: verb(request, found, form), str(done)):
            return redirect("office:draft", draft_id)
    issued = found.issued
    made = Programme.objects.for_user(asker(request), today).filter(directive=issued).first() if issued else None
    items, back = [(row, *names_of(row, today), time_of(row)) for row in items_of(found)], read_back(found)
    told = any(doubt.code == "task_without_unit" for doubt in back.doubts)  # where no unit is named none may be read
    checked = check_of_draft(found, today)
    context = {
        "draft": found,
        "writes": writes and found.state == DraftState.OPEN,
        "takes": writes and found.state == DraftState.NUMBERED,
        "items": items,
        "unled": 0 if told else sum(not lead for _row, lead, _helping, _time in items),
        "back": back,
        "unsettled": len(checked.found),
        "ours": checked.ours,
        "programme": made,
        "forms": filled,
        "act": name,
        "picked": set(request.POST.getlist("item")),
    }
    return render(request, "office/draft.html", context, status=422 if request.method == "POST" else 200)


def items_of(found: Draft) -> list[DraftItem]:
    """The items with their units and passages at hand."""
    rows = found.items.select_related("passage__directive").defer("passage__directive__reading")
    return list(rows.prefetch_related("units__unit__names"))


def _units(found: Draft) -> list[tuple[int, str]]:
    """The units beneath the office, by name: those that a plan of its own can order."""
    today = clock.today()
    beneath = UnitParent.objects.on(today).filter(parent=found.superior.home_unit_id).values("unit_id")
    rows = Unit.objects.on(today).filter(pk__in=beneath).prefetch_related("names")
    return sorted(((unit.pk, unit.name_on(today)) for unit in rows), key=lambda row: row[1])


def _forms(request: HttpRequest, found: Draft, name: str) -> dict[str, forms.Form]:
    """The forms of the draft's step; the one that was sent is filled with what came."""

    def sent(act: str, **initial: Any) -> dict[str, Any]:
        came = {"data": request.POST, "files": request.FILES} if act == name else {}
        return {"prefix": act, "initial": initial, **came}

    if found.state == DraftState.NUMBERED:
        return {"nhan": SignedForm(**sent("nhan"))}
    if found.state != DraftState.OPEN:
        return {}
    frame = {key: getattr(found, key) for key in FrameForm.base_fields} | {"lines": "\n".join(found.lines)}
    units = _units(found)
    return {
        "khung": FrameForm(**sent("khung", **frame)),
        "giao": SpreadForm(**sent("giao"), units=units),
        "them": ItemForm(**sent("them"), units=units),
        "so": DraftNumberForm(**sent("so", issued_on=clock.today())),
    }


def _frame(request: HttpRequest, found: Draft, form: forms.Form | None) -> None:
    assert form is not None
    given = form.cleaned_data | {"lines": form.cleaned_data["lines"].splitlines()}
    services.frame_draft(draft=found, frame=services.Frame(**given), by=asker(request), now=clock.now())


def _wanted(request: HttpRequest, form: forms.Form | None) -> dict[str, Any]:
    """What a form of units and time asks for."""
    assert form is not None
    given, today = form.cleaned_data, clock.today()
    return {
        "heading": given["heading"],
        "lead": unit_named(given["lead"], asker(request), today) if given["lead"] else None,
        "coordinating": list(Unit.objects.for_user(asker(request), today).filter(pk__in=given["coordinating"])),
        "due_on": given["due_on"],
        "cadence": Cadence(given["cadence"]) if given["cadence"] else None,
    }


def _spread(request: HttpRequest, found: Draft, form: forms.Form | None) -> None:
    chosen = ids(request.POST.getlist("item"))
    wanted = _wanted(request, form)
    services.spread_items(draft=found, items=chosen, by=asker(request), now=clock.now(), **wanted)


def _add(request: HttpRequest, found: Draft, form: forms.Form | None) -> None:
    assert form is not None
    item = services.Item(text=form.cleaned_data["text"], **_wanted(request, form))
    services.add_item(draft=found, item=item, by=asker(request), now=clock.now())


def _number(request: HttpRequest, found: Draft, form: forms.Form | None) -> None:
    assert form is not None
    services.number_draft(draft=found, **form.cleaned_data, by=asker(request), now=clock.now())


def _take_in(request: HttpRequest, found: Draft, form: forms.Form | None) -> None:
    assert form is not None
    came = form.cleaned_data["file"]
    file = {"data": came.read(), "name": came.name} if came else {}
    with override("vi"):  # the paper speaks Vietnamese, whoever takes it in
        services.take_in_draft(draft=found, by=asker(request), now=clock.now(), **file)


def _drop(request: HttpRequest, found: Draft, _form: forms.Form | None) -> None:
    services.drop_draft(draft=found, by=asker(request), now=clock.now())


_Verb = Callable[[HttpRequest, Draft, forms.Form | None], None]
ACTS: dict[str, tuple[_Verb, Any]] = {
    "khung": (_frame, gettext_lazy("Đã lưu khung văn bản.")),
    "giao": (_spread, gettext_lazy("Đã ghi cho các nhiệm vụ đã chọn.")),
    "them": (_add, gettext_lazy("Đã thêm nhiệm vụ vào cuối dự thảo.")),
    "so": (_number, gettext_lazy("Đã cấp số. Hãy tải văn bản về trình ký, rồi đưa bản đã ký vào hệ thống.")),
    "nhan": (_take_in, gettext_lazy("Đã đưa kế hoạch vào sổ văn bản đi. Hãy rà soát nhiệm vụ rồi giao.")),
    "bo": (_drop, gettext_lazy("Đã bỏ dự thảo. Nội dung vẫn đọc lại được.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def draft_item(request: HttpRequest, draft_id: int, item_id: int) -> HttpResponse:
    """Word one item beside the superior's own words; move it, take it out, or add it for another of the duties."""
    found, today = seen_draft(request, draft_id), clock.today()
    if not drafts_in(asker(request), today, found):
        raise PermissionDenied
    rows = items_of(found)
    item = next((row for row in rows if row.pk == item_id), None)
    if item is None:
        raise Http404
    form = ItemForm(request.POST or None, units=_units(found), initial=_initial(item))
    act = request.POST.get("act", "")
    if request.method == "POST":
        who: dict[str, Any] = {"by": asker(request), "now": clock.now()}
        if act in {"len", "xuong"}:
            moved = written(
                request, None, lambda: services.move_item(item=item, up=act == "len", **who), _("Đã đổi thứ tự.")
            )
            return redirect(f"{reverse('office:draft', args=[draft_id])}#muc-{item_id}" if moved else "office:drafts")
        if act == "bo":
            written(request, None, lambda: services.drop_item(item=item, **who), _("Đã bỏ nhiệm vụ khỏi dự thảo."))
            return redirect("office:draft", draft_id)

        def word() -> None:
            wording = services.Item(text=form.cleaned_data["text"], **_wanted(request, form))
            services.word_item(item=item, wording=wording, **who)

        if form.is_valid() and written(request, form, word, _("Đã lưu nhiệm vụ.")):
            return redirect(f"{reverse('office:draft', args=[draft_id])}#muc-{item_id}")
    context = {
        "draft": found,
        "item": item,
        "number": rows.index(item) + 1,
        "form": form,
        "writes": found.state == DraftState.OPEN,
        "moves": [("len", _("Đưa lên")), ("xuong", _("Đưa xuống")), ("bo", _("Bỏ khỏi dự thảo"))],
    }
    return render(request, "office/draft_item.html", context, status=422 if request.method == "POST" else 200)


def _initial(item: DraftItem) -> dict[str, Any]:
    today = clock.today()
    lead = next((row.unit for row in item.units.all() if row.role == UnitRole.LEAD), None)
    return {
        "text": item.text,
        "heading": item.heading,
        "lead": unit_called(lead, today) if lead else "",
        "due_on": item.due_on,
        "cadence": item.cadence or "",
        "coordinating": [row.unit_id for row in item.units.all() if row.role == UnitRole.COORDINATING],
    }


@require_safe
@opens_to(*READERS)
def draft_preview(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The plan as it reads."""
    found = seen_draft(request, draft_id)
    back = read_back(found)
    page = {"paper": paper.blocks(back.reading, (), ()) if back.reading else ()}
    return render(request, "office/draft_preview.html", {"draft": found, "back": back, "page": page})


@require_safe
@opens_to(*READERS)
def draft_file(request: HttpRequest, draft_id: int, kind: str) -> HttpResponse:
    """The plan as the Word file, or the same as PDF."""
    found = seen_draft(request, draft_id)
    if kind not in {"docx", "pdf"}:
        raise Http404
    try:
        with override("vi"):  # the paper speaks Vietnamese, whoever asks for it
            data = docx_of(found)
        if kind == "pdf":
            data = typesetter().to_pdf(data)
    except (NotSetError, UnfitPaperError) as why:
        messages.error(request, str(why))
        return redirect("office:draft", draft_id)
    journal.record(by=asker(request), action="draft.taken", subject=found, data={"kind": kind}, now=clock.now())
    name = f"{found.paper.number}-{found.paper.symbol}" if found.paper else f"du-thao-{found.pk}"
    return attached(data, f"{name}.{kind}")
