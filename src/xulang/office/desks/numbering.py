"""The registers of papers out and in: numbers in order, those given in error cancelled, the year as a sheet."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, exporting, follow_up_register
from xulang.office.access import asker, holds, opens_to
from xulang.office.forms.duties import ReasonForm
from xulang.office.forms.numbering import ArrivalForm, NumberForm
from xulang.office.once import SentBefore, once, written
from xulang.office.paging import Page, place_in
from xulang.office.templatetags.office import as_printed
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import scope_of
from xulang.organisation.selectors import signing
from xulang.papers.layout import types
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.programme.selectors import Place
from xulang.registry import editing, numbering, selectors
from xulang.registry.enums import Book, BookColumn
from xulang.registry.models import (
    Arrival,
    ArrivalCorrection,
    Directive,
    Distribution,
    NumberSeries,
    OutgoingPaper,
    numbering_offices,
)

A_PAGE = 60
FOLLOW_UP = "theo-doi"  # the word of the address: the register of what became of the papers that came in
NUMBERING = frozenset({Role.LEAD_OFFICER, Role.FINANCE})  # in whose books: `numbering_offices`


@dataclass(frozen=True)
class Line:
    """A number in the book; `mine`: the person may cancel it."""

    row: OutgoingPaper
    type: str
    mine: bool

    @property
    def place(self) -> Place:
        """Where it stands in the book, the last first."""
        return self.row.issued_on, self.row.pk


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*NUMBERING, Role.LEADER)
def outgoing(request: HttpRequest) -> HttpResponse:
    """A year's numbers, the last first (`nam`; `tep` as a file); whose office's they are gives the next one."""
    person, today = asker(request), clock.today()
    papers = OutgoingPaper.objects.for_user(person, today)
    year, years = year_of(request, Book.OUTGOING)
    rows = papers.filter(series__year=year).select_related("series__unit").prefetch_related("series__unit__names")
    if exporting.asked_for(request):
        book = rows.order_by("series", "number")
        return exporting.listed(request, f"so-van-ban-di-{year}", _columns(), lambda: _lines(request, book, year))
    offices = _numbering(person)
    form = _form(request, offices, rows.first())
    if request.method == "POST" and form is not None and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        unit = Unit.objects.get(pk=given.pop("unit"))
        try:
            with once(request):
                made = numbering.give_number(unit=unit, by=person, now=clock.now(), **given)
        except SentBefore:
            return redirect("office:outgoing")
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã cấp số %(code)s. Hãy ghi số này lên văn bản.") % {"code": made.code})
            return redirect(f"{reverse('office:outgoing')}?nam={made.series.year}")
    mine, after = dict(offices), place_in(request)
    if after is not None:
        day, last = after
        rows = rows.filter(Q(issued_on__lt=day) | Q(issued_on=day, pk__lt=last))
    lines = [
        Line(row, types()[row.type].name, mine=row.series.unit_id in mine)
        for row in rows.order_by("-issued_on", "-pk")[: A_PAGE + 1]  # in one series as the numbers do
    ]
    page = Page.of(lines, A_PAGE, after)
    context = {
        "year": str(year),  # as a text: a year has no thousands' point
        "years": [str(one) for one in years],
        "page": page,
        "offices": len({line.row.series.unit_id for line in page.rows}) > 1,
        "form": form,
    }
    return render(request, "office/outgoing.html", context, status=422 if form is not None and form.is_bound else 200)


def year_of(request: HttpRequest, book: Book) -> tuple[int, list[int]]:
    """The year that is asked for (`nam`), this one without; and those that the book has."""
    today = clock.today()
    series = NumberSeries.objects.for_user(asker(request), today).filter(book=book)
    years = sorted({today.year, *series.values_list("year", flat=True)}, reverse=True)
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and len(asked) < 5 and int(asked) in years else today.year, years


@dataclass(frozen=True)
class Arrived:
    """A line of the incoming register: whom the directive was passed to and since when; what the line said before."""

    row: Arrival
    type: str
    passed: list[tuple[str, dt.date, bool]]
    corrections: list[tuple[ArrivalCorrection, str]]

    @property
    def place(self) -> Place:
        """Where it stands in the book, the last first: by number, whatever day a correction says."""
        return self.row.arrived_on, self.row.pk


@require_safe
@opens_to(Role.LEAD_OFFICER, Role.LEADER)
def incoming(request: HttpRequest) -> HttpResponse:
    """A year's incoming papers, the last first (`nam`; `tep` as a file); each got its number when it was received.

    With `so` the file is the register of what became of them.
    """
    person, today = asker(request), clock.today()
    year, years = year_of(request, Book.INCOMING)
    rows = Arrival.objects.for_user(person, today).filter(series__year=year)
    rows = rows.select_related("directive", "series__unit").defer("directive__text", "directive__reading")
    if exporting.asked_for(request):
        book = rows.order_by("series", "number")
        if request.GET.get("so") == FOLLOW_UP:
            name, told = f"so-theo-doi-giai-quyet-{year}", follow_up_register.columns()
            return exporting.listed(request, name, told, lambda: follow_up_register.lines(person, today, book))
        return exporting.listed(
            request, f"so-van-ban-den-{year}", _arrived_columns(), lambda: _arrived_lines(request, book)
        )
    after = place_in(request)
    if after is not None:
        rows = rows.filter(pk__lt=after[1])
    page = Page.of(_arrived(request, rows.order_by("-pk")[: A_PAGE + 1]), A_PAGE, after)  # in one series as numbers do
    context = {
        "year": str(year),
        "years": [str(one) for one in years],
        "page": page,
        "receives": holds(request, Role.LEAD_OFFICER),
        "mine": dict(_numbering(person)),
    }
    return render(request, "office/incoming.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def correct_arrival(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """Correct a line of the incoming register, with the reason; what it said first stays beside it."""
    person = asker(request)
    lines = Arrival.objects.for_user(person, clock.today()).filter(cancelled_at__isnull=True)
    offices = [office for office, _name in _numbering(person)]
    row = get_object_or_404(
        lines.filter(directive__home_unit_id__in=offices).select_related("directive", "series"), pk=arrival_id
    )
    paper, book = row.directive, f"{reverse('office:incoming')}?nam={row.series.year}"
    known = {name: getattr(paper, name) for name in ("issuer", "number", "symbol", "issued_date")}
    form = ArrivalForm(request.POST or None, initial=known | {"arrived_on": row.arrived_on})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data

        def act() -> None:
            heading = editing.Heading(**{name: given[name] for name in known}, type=paper.type, title=paper.title)
            line = {"arrival": row, "arrived_on": given["arrived_on"], "heading": heading, "reason": given["reason"]}
            editing.correct_arrival(**line, by=person, now=clock.now())

        if written(request, form, act, _("Đã sửa dòng này trong sổ. Lời ghi đầu vẫn đọc được.")):
            return redirect(book)
    context = {"line": _arrived(request, [row])[0], "form": form, "book": book, "year": str(row.series.year)}
    return render(request, "office/correct_arrival.html", context, status=422 if form.is_bound else 200)


def _arrived(request: HttpRequest, rows: Iterable[Arrival]) -> list[Arrived]:
    """The lines with whom each was passed to, in two questions for them all."""
    told, passed = list(rows), dict[int, list[tuple[str, dt.date, bool]]]()
    seen = Distribution.objects.for_user(asker(request), clock.today())
    given = seen.filter(directive__in=[row.directive_id for row in told]).order_by("given_on", "pk")
    for one in given.select_related("given_to", "post").prefetch_related("given_to__names"):
        unit = one.given_to.name_on(one.given_on)
        name = f"{one.post.title}, {unit}" if one.post else unit
        passed.setdefault(one.directive_id, []).append((name, one.given_on, one.read_at is not None))
    corrected = dict[int, list[tuple[ArrivalCorrection, str]]]()
    for was in ArrivalCorrection.objects.filter(arrival__in=told).select_related("by"):
        corrected.setdefault(was.arrival_id, []).append((was, _said(was)))
    return [
        Arrived(row, _type(row.directive), passed.get(row.directive_id, []), corrected.get(row.pk, [])) for row in told
    ]


def _said(was: ArrivalCorrection) -> str:
    """What the line said before, as the book prints it."""
    return as_printed(was.was) if was.column in {BookColumn.ARRIVED_ON, BookColumn.ISSUED_ON} else was.was


def _type(directive: Directive) -> str:
    return types()[directive.type].name if directive.type in types() else ""


def _arrived_columns() -> list[Column]:
    """The columns of the statutory register (Phụ lục IV, sổ đăng ký văn bản đến)."""
    return [
        Column(_("Ngày đến"), 12),
        Column(_("Số đến"), 10),
        Column(_("Tác giả"), 36),
        Column(_("Số, ký hiệu văn bản"), 18),
        Column(_("Ngày tháng văn bản"), 12),
        Column(_("Tên loại và trích yếu nội dung văn bản"), 60),
        Column(_("Đơn vị hoặc người nhận"), 40),
        Column(_("Ngày chuyển"), 12),
        Column(_("Ký nhận"), 14),
        Column(_("Ghi chú"), 30),
    ]


def _arrived_lines(request: HttpRequest, rows: Iterable[Arrival]) -> Iterator[Sequence[Cell]]:
    for line in _arrived(request, rows):
        row, paper = line.row, line.row.directive
        notes = [_("Đã hủy: %(why)s") % {"why": row.cancelled_for}] if row.cancelled_at else []
        for was, said in line.corrections:
            told = {"column": was.get_column_display(), "was": said, "day": f"{localdate(was.at):%d/%m/%Y}"}
            changed = _("%(column)s: trước ghi “%(was)s”, sửa ngày %(day)s") % told
            notes.append(f"{changed}: {was.reason}" if was.reason else changed)
        yield [
            row.arrived_on,
            str(row),
            paper.issuer,
            paper.code,
            paper.issued_date or paper.issued_on,
            f"{line.type} {paper.title}".strip(),
            "; ".join(name for name, _day, _seen in line.passed),
            *_receipts([(day, seen) for _name, day, seen in line.passed]),
            "; ".join(notes),
        ]


def _receipts(passed: Sequence[tuple[dt.date, bool]]) -> list[Cell]:
    """Ngày chuyển and Ký nhận of a paper: since when, and how many of those it went to have received it."""
    return [passed[0][0], f"{sum(read for _day, read in passed)}/{len(passed)}"] if passed else ["", ""]


def _form(request: HttpRequest, offices: list[tuple[int, str]], last: OutgoingPaper | None) -> NumberForm | None:
    if not offices:
        return None
    signers = signing([office for office, _name in offices], clock.today())
    usual = last.signer if last and last.signer in signers else next(iter(signers), "")
    initial = {"issued_on": clock.today(), "signer": usual}
    return NumberForm(request.POST or None, offices=offices, signers=signers, initial=initial)


def _numbering(person: Person) -> list[tuple[int, str]]:
    """The offices for whose papers the person gives numbers."""
    held = scope_of(person, clock.today())
    units = Unit.objects.filter(pk__in=numbering_offices(held) if held else ()).prefetch_related("names")
    return [(unit.pk, unit.name_on(clock.today())) for unit in units]


def _columns() -> list[Column]:
    """The columns of the statutory register (Phụ lục IV, sổ đăng ký văn bản đi)."""
    return [
        Column(_("Số, ký hiệu văn bản"), 18),
        Column(_("Ngày tháng văn bản"), 12),
        Column(_("Tên loại và trích yếu nội dung văn bản"), 60),
        Column(_("Người ký"), 24),
        Column(_("Nơi nhận văn bản"), 40),
        Column(_("Đơn vị, người nhận bản lưu"), 24),
        Column(_("Số lượng bản"), 10),
        Column(_("Ngày chuyển"), 12),
        Column(_("Ký nhận"), 14),
        Column(_("Ghi chú"), 30),
    ]


def _lines(request: HttpRequest, rows: Any, year: int) -> Iterator[Sequence[Cell]]:
    given = selectors.passed_on(asker(request), clock.today(), year)
    for row in rows:
        passed = given.get((row.series.unit_id, str(row.number), row.symbol), [])
        cancelled = _("Đã hủy: %(why)s") % {"why": row.cancelled_for} if row.cancelled_at else ""
        title = f"{types()[row.type].name} {row.title}"
        told = "; ".join(filter(None, [row.note, cancelled]))
        book: list[Cell] = [row.code, row.issued_on, title, row.signer, row.recipients, row.kept_by, row.copies]
        yield [*book, *_receipts([(one.given_on, one.read_at is not None) for one in passed]), told]


@require_POST
@opens_to(*NUMBERING)
def cancel_number(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Cancels a number given in error."""
    person, today = asker(request), clock.today()
    offices = [office for office, _name in _numbering(person)]
    mine = OutgoingPaper.objects.for_user(person, today).filter(series__unit_id__in=offices)
    paper = get_object_or_404(mine.select_related("series"), pk=paper_id)
    reason = ReasonForm(request.POST)
    why = reason.cleaned_data["reason"] if reason.is_valid() else ""
    written(
        request,
        None,
        lambda: numbering.cancel_number(paper=paper, reason=why, by=person, now=clock.now()),
        _("Đã hủy số. Dòng này vẫn ở trong sổ; số không cấp lại."),
    )
    return redirect(f"{reverse('office:outgoing')}?nam={paper.series.year}")
