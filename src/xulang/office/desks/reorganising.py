"""The desk of reorganisations: draft a mapping, see what it touches, apply it, undo it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock
from xulang.office.access import asker, holds, opens_to, units_of
from xulang.office.desks.directory import asked_or_sent
from xulang.office.files import attached
from xulang.office.forms.reorganising import ActForm, LineForm, MappingFileForm, UndoForm
from xulang.office.once import written
from xulang.office.typed import number
from xulang.organisation import kinds, ports, reorganising
from xulang.organisation.enums import ReorganisationState, Role, Verb
from xulang.organisation.errors import MappingFileFaulty
from xulang.organisation.mapping_file import COLUMNS, read_mapping, read_row
from xulang.organisation.models import REORGANISING, Line, Reorganisation
from xulang.organisation.ports import Move, Touched
from xulang.organisation.previewing import Preview, preview, preview_undo
from xulang.organisation.selectors import units_on
from xulang.plumbing import sheets
from xulang.plumbing.errors import Refused
from xulang.programme.models import Assignment, AssignmentChoice
from xulang.programme.services import choose_heir

A_PAGE = 40
FEW = 12  # flows of one table that a preview shows; the rest are behind its link

open_to_all = opens_to(*REORGANISING)
administrators = opens_to(Role.ADMINISTRATOR)


def _act(request: HttpRequest, reorganisation_id: int) -> Reorganisation:
    return get_object_or_404(Reorganisation.objects.for_user(asker(request), clock.today()), pk=reorganisation_id)


def _shown(act: Reorganisation) -> Preview:
    """What applying the draft would touch, or undoing what is in force. Http404 for what is settled."""
    if act.state == ReorganisationState.DRAFT:
        return preview(act)
    if act.state != ReorganisationState.APPLIED or act.undoes_id is not None:
        raise Http404
    return preview_undo(act, on=clock.today())


# --- The list, and one act ---


@require_safe
@open_to_all
def reorganisations(request: HttpRequest) -> HttpResponse:
    """Every reorganisation, the newest day first."""
    rows = Reorganisation.objects.for_user(asker(request), clock.today()).select_related("undoes")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "office/reorganisations.html", {"page": page, "drafts": holds(request, Role.ADMINISTRATOR)})


@asked_or_sent
@administrators
def draft_reorganisation(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    form = ActForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        made: list[Reorganisation] = []
        if written(
            request,
            form,
            lambda: made.append(reorganising.draft(**form.cleaned_data, by=asker(request), now=clock.now())),
            _("Đã lập phương án. Hãy thêm từng dòng hoặc nạp tệp."),
        ):
            return redirect("office:reorganisation", made[0].pk) if made else redirect("office:reorganisations")
    context = {"form": form, "label": _("Lập phương án sắp xếp"), "back": reverse("office:reorganisations")}
    return render(request, "office/draft_reorganisation.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class LineRow:
    """A line as the page lists it."""

    line: Line
    unit: str
    to: str
    told: str


def _lines(act: Reorganisation) -> list[LineRow]:
    day = act.on
    names = {row.id: row.name for row in units_on(day)}
    lines = list(
        act.lines.select_related("to_line", "parent_line").prefetch_related("unit__names", "to__names", "parent__names")
    )

    def called(unit: Any, line: Line | None) -> str:
        if line is not None:
            return line.name
        return "" if unit is None else names.get(unit.pk) or unit.name_on(day)

    found = []
    for line in lines:
        above = called(line.parent, line.parent_line)
        told = [
            line.name if line.verb == Verb.RENAME else "",
            _("trực thuộc %(unit)s") % {"unit": above} if above else "",
            _("mã %(code)s") % {"code": line.code} if line.code else "",
            _("chức năng: %(function)s") % {"function": line.function} if line.function else "",
            _("tiếp nhận chính") if line.main else "",
        ]
        unit = line.name if line.verb == Verb.ESTABLISH else called(line.unit, None)
        found.append(LineRow(line, unit, called(line.to, line.to_line), " · ".join(part for part in told if part)))
    return found


@asked_or_sent
@open_to_all
def reorganisation(request: HttpRequest, reorganisation_id: int) -> HttpResponse:
    """One act: its lines; for a draft also the forms that change it."""
    act = _act(request, reorganisation_id)
    edits = act.state == ReorganisationState.DRAFT and holds(request, Role.ADMINISTRATOR)
    sent = request.POST.get("act", "") if request.method == "POST" else ""
    forms = (
        {verb: LineForm(request.POST if sent == verb else None, verb=verb, prefix=verb.lower()) for verb in Verb}
        if edits
        else {}
    )
    upload = MappingFileForm(request.POST, request.FILES) if sent == "file" else MappingFileForm()
    told: list[object] = []
    if request.method == "POST":
        if not edits:
            raise PermissionDenied
        form: Any = upload if sent == "file" else next((forms[verb] for verb in forms if verb == sent), None)

        def write() -> None:
            try:
                lines = (
                    read_mapping(form.cleaned_data["file"].read(), form.cleaned_data["file"].name, act=act)
                    if sent == "file"
                    else [read_row(form.row(), act=act)]
                )
            except MappingFileFaulty as why:
                told.extend(why.faults)
                raise
            reorganising.add_lines(act=act, lines=lines, by=asker(request), now=clock.now())

        if form is not None and form.is_valid() and written(request, form, write, _("Đã thêm vào phương án.")):
            return redirect("office:reorganisation", act.pk)
    rows = _lines(act)
    page = Paginator(rows, A_PAGE * 3).get_page(request.GET.get("page"))
    context = {
        "act": act,
        "page": page,
        "edits": edits,
        "line_forms": [(verb.value, verb.label, form) for verb, form in forms.items()],
        "upload": upload,
        "row_faults": told[:50],
        "sent": sent,
        "made": [row.line.name for row in rows if row.line.verb == Verb.ESTABLISH] if edits else [],
        "undone_by": Reorganisation.objects.filter(undoes=act).first(),
        "undoable": act.state == ReorganisationState.APPLIED and act.undoes_id is None,
        "administers": holds(request, Role.ADMINISTRATOR),
    }
    return render(request, "office/reorganisation.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@open_to_all
def mapping_template(_request: HttpRequest) -> HttpResponse:
    """The headings of a file of lines, with an example of each kind of line."""
    example = [
        {"verb": "Thành lập", "unit": "UBND phường Kỳ Sơn", "kind": "phuong", "parent": "UBND tỉnh", "code": "05971"},
        {"verb": "Nhập", "unit": "UBND phường Bến Đá", "to": "UBND phường Kỳ Sơn"},
        {"verb": "Chia tách", "unit": "Phòng Văn hóa", "to": "Phòng Văn hóa - Xã hội", "main": "x"},
        {"verb": "Chia tách", "unit": "Phòng Văn hóa", "to": "Phòng Khoa học", "function": "chuyển đổi số; báo chí"},
        {"verb": "Giải thể", "unit": "Trung tâm Truyền thông", "to": "Phòng Văn hóa - Xã hội"},
        {"verb": "Đổi tên", "unit": "Phòng Nội vụ", "name": "Phòng Tổ chức - Nội vụ"},
        {"verb": "Chuyển chức năng", "unit": "Phòng Kinh tế", "to": "Phòng Tài chính", "function": "giá; công sản"},
    ]
    wide = {"unit": 34, "to": 34, "parent": 34, "function": 34}
    choices = {
        "verb": list(dict.fromkeys(row["verb"] for row in example)),
        "kind": [kind.name for kind in kinds.all_kinds().values()],
    }
    page = sheets.Page(
        "Sắp xếp",
        [sheets.Column(name.capitalize(), wide.get(key, 16), choices.get(key, ())) for name, key in COLUMNS.items()],
        [[row.get(key, "") for key in COLUMNS.values()] for row in example],
    )
    return attached(sheets.as_xlsx([page]), "sap-xep-mau.xlsx")


@require_POST
@administrators
def remove_line(request: HttpRequest, reorganisation_id: int, line_id: int) -> HttpResponse:
    """A line is taken out of the draft."""
    act = _act(request, reorganisation_id)
    line = get_object_or_404(act.lines.all(), pk=line_id)
    written(
        request, None, lambda: reorganising.remove_line(line=line, by=asker(request), now=clock.now()), _("Đã bỏ dòng.")
    )
    return redirect("office:reorganisation", act.pk)


@require_POST
@administrators
def discard_reorganisation(request: HttpRequest, reorganisation_id: int) -> HttpResponse:
    """The draft is thrown away."""
    act = _act(request, reorganisation_id)
    done = written(
        request, None, lambda: reorganising.discard(act=act, by=asker(request), now=clock.now()), _("Đã bỏ phương án.")
    )
    return redirect("office:reorganisations") if done else redirect("office:reorganisation", act.pk)


# --- What it touches ---


@dataclass(frozen=True)
class Section:
    """One table of what is touched."""

    touched: Touched
    flows: list[Any]
    more: int


def _sections(shown: Preview) -> list[Section]:
    found = []
    for touched in shown.touched:
        flows = shown.flows(touched)
        found.append(Section(touched, flows[:FEW], max(len(flows) - FEW, 0)))
    return found


@require_safe
@open_to_all
def preview_reorganisation(request: HttpRequest, reorganisation_id: int) -> HttpResponse:
    """Everything that applying the draft would touch."""
    act = _act(request, reorganisation_id)
    if act.state != ReorganisationState.DRAFT:
        return redirect("office:reorganisation", act.pk)
    shown = preview(act)
    context = {
        "act": act,
        "shown": shown,
        "sections": _sections(shown),
        "due": act.on <= clock.today(),
        "administers": holds(request, Role.ADMINISTRATOR),
    }
    return render(request, "office/preview_reorganisation.html", context)


@require_POST
@administrators
def apply_reorganisation(request: HttpRequest, reorganisation_id: int) -> HttpResponse:
    """The draft is put into force."""
    act = _act(request, reorganisation_id)
    done = written(
        request,
        None,
        lambda: reorganising.apply(act=act, by=asker(request), now=clock.now()),
        _("Đã áp dụng việc sắp xếp."),
    )
    return redirect("office:reorganisation" if done else "office:preview_reorganisation", act.pk)


@asked_or_sent
@open_to_all
def undo_reorganisation(request: HttpRequest, reorganisation_id: int) -> HttpResponse:
    """Everything that undoing would touch, what was done since among it; and the undoing."""
    act = _act(request, reorganisation_id)
    if act.state != ReorganisationState.APPLIED or act.undoes_id is not None:
        return redirect("office:reorganisation", act.pk)
    if request.method == "POST" and not holds(request, Role.ADMINISTRATOR):
        raise PermissionDenied
    form = UndoForm(request.POST or None, initial={"on": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and written(
            request,
            form,
            lambda: reorganising.undo(act=act, **form.cleaned_data, by=asker(request), now=clock.now()),
            _("Đã hoàn tác việc sắp xếp."),
        )
    ):
        return redirect("office:reorganisation", act.pk)
    shown, why = None, ""
    try:
        shown = preview_undo(act, on=clock.today())
    except Refused as refusal:
        why = str(refusal)
    context = {
        "act": act,
        "form": form,
        "shown": shown,
        "why": why,
        "sections": _sections(shown) if shown else [],
        "later": reorganising.later_act(act),
        "administers": holds(request, Role.ADMINISTRATOR),
    }
    return render(request, "office/undo_reorganisation.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class TouchedRow:
    """One row of what is touched, where it goes, and what else could be chosen for it."""

    text: str
    href: str
    from_name: str
    to_name: str
    back: bool
    row_id: int
    heirs: list[tuple[int, str]]


# Column → how a row of it reads, and the address that shows it.
def _told(column: str, row: Any) -> tuple[str, str]:
    if column == "programme.Assignment.unit":
        return row.task.text, reverse("office:assignment", args=[row.pk])
    if column == "programme.Entry.assignment":
        words = f"{row.get_kind_display()} {row.on:%d/%m/%Y}: {row.assignment.task.text}"
        return words, reverse("office:assignment", args=[row.assignment_id])
    if column == "programme.TaskUnit.unit":
        return f"{row.words}: {row.task.text}", ""
    directive = row if column == "registry.Directive.home_unit" else getattr(row, "directive", None)
    if directive is not None:
        return directive.title or str(directive), reverse("office:directive", args=[directive.pk])
    return str(row), ""


@require_safe
@open_to_all
def touched_rows(request: HttpRequest, reorganisation_id: int) -> HttpResponse:
    """The rows of one table that would go over, as far as the asker may see them."""
    act, person, today = _act(request, reorganisation_id), asker(request), clock.today()
    shown = _shown(act)
    touched = next((one for one in shown.touched if one.column == request.GET.get("bang")), None)
    if touched is None:
        raise Http404
    moves: dict[int, Move] = {move.row_id: move for move in touched.moves}
    seen = _seen(touched.column, list(moves), request)
    page = Paginator(seen, A_PAGE).get_page(request.GET.get("page"))
    rows = {
        row.pk: row for room in ports.affected() for row in room.rows(touched.column, page.object_list, person, today)
    }
    chooses = (
        act.state == ReorganisationState.DRAFT
        and touched.column == "programme.Assignment.unit"
        and bool(units_of(request, [Role.LEAD_OFFICER]))
    )
    found = []
    for id in page.object_list:
        if (row := rows.get(id)) is None:
            continue
        move, (text, href) = moves[id], _told(touched.column, row)
        heirs = shown.plan.heirs.get(move.from_unit, ())
        offered = [(heir.line_id, shown.name(heir.unit_id)) for heir in heirs] if chooses and len(heirs) > 1 else []
        found.append(TouchedRow(text, href, shown.name(move.from_unit), shown.name(move.unit), move.back, id, offered))
    choices = AssignmentChoice.objects.filter(line__reorganisation=act, assignment__in=rows).values_list(
        "assignment", "line"
    )
    context = {
        "act": act,
        "touched": touched,
        "page": page,
        "rows": found,
        "hidden": len(moves) - page.paginator.count,
        "chosen": dict(choices) if chooses else {},
    }
    return render(request, "office/touched_rows.html", context)


def _seen(column: str, ids: list[int], request: HttpRequest) -> list[int]:
    """Of the touched rows those that the asker may see, asked in pieces."""
    person, today, found = asker(request), clock.today(), []
    for start in range(0, len(ids), 5_000):
        for room in ports.affected():
            some = room.rows(column, ids[start : start + 5_000], person, today)
            found += list(some.order_by("pk").values_list("pk", flat=True))
    return found


@require_POST
@opens_to(Role.LEAD_OFFICER)
def choose(request: HttpRequest, reorganisation_id: int) -> HttpResponse:
    """To which heir one assignment goes."""
    act = _act(request, reorganisation_id)
    try:
        line = get_object_or_404(act.lines.all(), pk=number(request.POST.get("line")))
        rows = Assignment.objects.for_user(asker(request), clock.today())
        found = get_object_or_404(rows.select_related("task__programme__directive"), pk=number(request.POST.get("row")))
        choose_heir(assignment=found, line=line, by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Đã chọn đơn vị tiếp nhận."))
    return redirect(reverse("office:touched_rows", args=[act.pk]) + "?bang=programme.Assignment.unit")
