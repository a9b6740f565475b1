"""The desk where the directory comes in as a file, seen row by row before it is written; and leaves as one."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, links
from xulang.office.access import asker
from xulang.office.desks.directory import administrators, asked_or_sent
from xulang.office.files import attached
from xulang.office.forms.directory import DirectoryFileForm
from xulang.office.once import written
from xulang.organisation.enums import ImportState
from xulang.organisation.importing import exporting
from xulang.organisation.importing import services as importing
from xulang.organisation.importing.rules import Found, Standing
from xulang.organisation.importing.tables import NAMES, Table
from xulang.organisation.models import DirectoryImport, Person
from xulang.plumbing import mail

A_PAGE = 100
# What a row would do, in the order in which it is looked at: the word of the address → the standing.
STANDINGS = {"loi": Standing.FAULTY, "moi": Standing.NEW, "doi": Standing.CHANGED, "nguyen": Standing.SAME}
FILES = {"don-vi": Table.UNITS, "nguoi-dung": Table.PEOPLE, "chuc-vu": Table.POSTS}


def _file(request: HttpRequest, import_id: int) -> DirectoryImport:
    return get_object_or_404(DirectoryImport.objects.for_user(asker(request), clock.today()), pk=import_id)


@asked_or_sent
@administrators
def import_directory(request: HttpRequest) -> HttpResponse:
    """A file is handed in; nothing of the directory is touched yet."""
    form = DirectoryFileForm(request.POST or None, request.FILES or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given, made = form.cleaned_data, []

        def act() -> None:
            file = given["file"]
            made.append(
                importing.stage(data=file.read(), name=file.name, on=given["on"], by=asker(request), now=clock.now())
            )

        if written(request, form, act, _("Đã đọc tệp. Chưa ghi gì: hãy xem rồi quyết định.")):
            return redirect("office:import_preview", made[0].pk) if made else redirect("office:import_directory")
    rows = DirectoryImport.objects.for_user(asker(request), clock.today()).select_related("staged_by")
    context = {"form": form, "files": rows.exclude(state=ImportState.DISCARDED)[:10]}
    return render(request, "office/import_directory.html", context, status=422 if form.is_bound else 200)


def _counted(found: list[Found]) -> list[tuple[str, Standing, str, int]]:
    """What can be looked at apart: the address's word, the standing, its label, how many."""
    labels = {
        Standing.FAULTY: _("Có lỗi"),
        Standing.NEW: _("Thêm mới"),
        Standing.CHANGED: _("Thay đổi"),
        Standing.SAME: _("Giữ nguyên"),
    }
    counts = Counter(one.standing for one in found)
    return [(word, standing, labels[standing], counts[standing]) for word, standing in STANDINGS.items()]


@asked_or_sent
@administrators
def preview(request: HttpRequest, import_id: int) -> HttpResponse:
    """Every row and what it would do; by POST the file is taken in."""
    file = _file(request, import_id)
    if file.state != ImportState.STAGED:
        return redirect("office:import_directory")
    if request.method == "POST":
        new: list[Person] = []
        done = written(request, None, lambda: new.extend(_taken(request, file)), _("Đã nạp danh bạ."))
        if done:
            _invite(request, new)
            return redirect("office:units")
    found = importing.compared(file)
    counted = _counted(found)
    chosen = STANDINGS.get(request.GET.get("xem", ""))
    # Faulty rows are looked at first, rows that change nothing last.
    order = list(STANDINGS.values())
    shown = sorted((one for one in found if chosen in (None, one.standing)), key=lambda one: order.index(one.standing))
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "file": file,
        "page": page,
        "rows": [_told(one) for one in page.object_list],
        "counted": counted,
        "chosen": request.GET.get("xem", ""),
        "faulty": sum(bool(one.faults) for one in found),
        "good": sum(one.standing in {Standing.NEW, Standing.CHANGED} for one in found),
        "mark": importing.seen(found),
        "mails": mail.available() and any(one.id < 0 and one.row.table == Table.PEOPLE for one in found),
    }
    return render(request, "office/import_preview.html", context, status=422 if request.method == "POST" else 200)


def _told(one: Found) -> dict[str, Any]:
    """A row as the page shows it."""
    cells = one.row.cells
    title = {
        Table.UNITS: cells.get("name", ""),
        Table.PEOPLE: cells.get("full_name", ""),
        Table.POSTS: ", ".join(part for part in (cells.get("title", ""), cells.get("unit", "")) if part),
    }[one.row.table]
    beside = {
        Table.UNITS: cells.get("parent", ""),
        Table.PEOPLE: cells.get("username", ""),
        Table.POSTS: cells.get("username", ""),
    }[one.row.table]
    word = next(label for _word, standing, label, _n in _counted([]) if standing == one.standing)
    return {
        "number": one.row.number,
        "table": NAMES[one.row.table],
        "title": title or "—",
        "beside": beside,
        "standing": one.standing,
        "word": word,
        "faults": [(one.row.heading(column), why) for column, why in one.faults],
        "changed": [(one.row.heading(column), *words) for column, words in one.changed.items()],
        "notes": one.notes,
    }


def _taken(request: HttpRequest, file: DirectoryImport) -> list[Person]:
    return importing.apply(
        file=file,
        looked_at=request.POST.get("mark", ""),
        good_alone="good_alone" in request.POST,
        by=asker(request),
        now=clock.now(),
    )


def _invite(request: HttpRequest, new: list[Person]) -> None:
    """Who is new gets a link by mail, if that was asked for; who has no address, from the administrator's hands."""
    if "invite" in request.POST:
        for person in new:
            if person.email:
                links.give(request, person, by=asker(request), now=clock.now(), invites=True)
    if left := [person for person in new if not (person.email and "invite" in request.POST)]:
        told = {"count": len(left)}
        messages.info(request, _("%(count)s người mới chưa có liên kết: mở trang của từng người để cấp.") % told)


@require_safe
@administrators
def faulty(request: HttpRequest, import_id: int) -> HttpResponse:
    """The faulty rows as a workbook, each with what is to be mended."""
    file = _file(request, import_id)
    if file.state != ImportState.STAGED:
        raise Http404
    return attached(exporting.faulty_rows(importing.compared(file)), "dong-can-sua.xlsx")


@require_POST
@administrators
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """The file is thrown away."""
    file = _file(request, import_id)
    written(
        request,
        None,
        lambda: importing.discard(file=file, by=asker(request), now=clock.now()),
        _("Đã bỏ tệp; danh bạ giữ nguyên."),
    )
    return redirect("office:import_directory")


@require_safe
@administrators
def template(_request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return attached(exporting.template(), "danh-ba-mau.xlsx")


@require_safe
@administrators
def export(_request: HttpRequest, file: str) -> HttpResponse:
    """The directory of today: all of it as a workbook, or one table as CSV."""
    today = clock.today()
    if file == "danh-ba":
        return attached(exporting.workbook(today), f"danh-ba-{today:%Y-%m-%d}.xlsx")
    if (table := FILES.get(file)) is None:
        raise Http404
    return attached(exporting.table_as_csv(today, table), f"{file}-{today:%Y-%m-%d}.csv")
