"""The programme board: what is owed by deadline, unit and month, section, on a calendar; acts on many rows at once."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, holds, opens_to
from xulang.office.forms.board import BUCKETS, ROLES, WAITING, BoardForm
from xulang.office.models import SavedView
from xulang.office.paging import Page, place_in
from xulang.office.typed import ids, unit_named
from xulang.office.units_of import asked_of, unit_filter
from xulang.organisation.enums import DUTY_ROLES, FOLLOWING, Role, UnitsOf
from xulang.organisation.models import Person, Unit
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.plumbing.wording import parse
from xulang.programme import selectors, services
from xulang.programme.enums import ProgrammeState, ReportState
from xulang.programme.errors import NotWaiting
from xulang.programme.models import Assignment, Entry, Programme
from xulang.programme.selectors import Wanted

A_PAGE = 60
AT_ONCE = 100  # rows that one act may be done to
MONTHS = 6  # of the timeline
# The words of an address: by deadline, by unit and month, by section of the directive, a calendar.
VIEWS = {
    "": gettext_lazy("Theo hạn"),
    "theo-don-vi": gettext_lazy("Theo đơn vị và tháng"),
    "theo-muc": gettext_lazy("Theo mục"),
    "lich": gettext_lazy("Lịch"),
}
MOST_SAVED = 20
NAMED = 8  # in a message


@dataclass(frozen=True)
class Asked:
    """The filters as they were understood; what was not is told beside the form and filters nothing."""

    form: BoardForm
    wanted: Wanted


def _asked(request: HttpRequest) -> Asked:
    person, today = asker(request), clock.today()
    programmes = {row.pk: row for row in _programmes(request)}
    chosen = request.GET.get("chuong-trinh", "")
    programme = programmes.get(int(chosen)) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 12 else None
    form = BoardForm(
        request.GET or None,
        programmes=[(row.pk, row.directive.code or row.title[:60]) for row in programmes.values()],
        unit=unit_filter(request),
        sections=selectors.sections(person, today, programme) if programme else [],
    )
    if form.is_bound:
        form.is_valid()
    given: dict[str, Any] = form.cleaned_data if form.is_bound else {}
    role, mode = ROLES.get(given.get("vai-tro", ""), ROLES[""])
    wanted = Wanted(
        programme=programme,
        unit=given.get("don-vi"),
        section=given.get("muc", "") if programme else "",
        bucket=BUCKETS.get(given.get("con-so", "")),
        waiting=given.get("con-so") == WAITING,
        first=given.get("tu-ngay"),
        last=given.get("den-ngay"),
        role=role,
        mode=mode,
        words=parse(given.get("tu", "")) or None,
        units_of=asked_of(request),
    )
    return Asked(form, wanted)


def _programmes(request: HttpRequest) -> Iterator[Programme]:
    rows = Programme.objects.for_user(asker(request), clock.today()).exclude(state=ProgrammeState.REVIEW)
    yield from rows.select_related("directive").defer("directive__text", "directive__reading")


@require_safe
@opens_to(*DUTY_ROLES)
def board(request: HttpRequest) -> HttpResponse:
    """The board: `xem` chooses how it is looked at, the rest are the words of the form."""
    asked, view = _asked(request), request.GET.get("xem", "")
    view = view if view in VIEWS and asked.wanted.owes else ""
    context: dict[str, Any] = {
        "asked": asked,
        "view": view,
        "views": VIEWS.items(),
        "saved": SavedView.objects.filter(person=asker(request)),
        "filtered": asked.wanted != Wanted(),
        "active": sum(_narrows(request.GET.get(word, "")) for word in asked.form.fields),
    }
    if view:
        looked = {"theo-don-vi": _timeline, "theo-muc": _sections, "lich": _calendar}[view](request, asked.wanted)
        if exporting.asked_for(request):
            return exporting.listed(request, f"bang-{view}", _counted_columns(), lambda: _counted_rows(looked))
        return render(request, f"office/board_{_TEMPLATES[view]}.html", context | looked)
    if exporting.asked_for(request):
        return exporting.listed(request, "bang-theo-doi", _columns(), lambda: _exported(request, asked.wanted))
    after = place_in(request)
    rows = selectors.board(asker(request), clock.today(), asked.wanted, after=after, limit=A_PAGE + 1)
    page = Page.of(rows, A_PAGE, after)
    today = clock.today()
    context |= {
        "page": page,
        "lines": [(row, selectors.name_of(row.assignment, asked.wanted.units_of, today)) for row in page.rows],
        "acts": _acts(request) if page.rows else [],
        "moves": holds(request, Role.LEAD_OFFICER, Role.LEADER),
    }
    return render(request, "office/board.html", context)


_TEMPLATES = {"theo-don-vi": "units", "theo-muc": "sections", "lich": "calendar"}


def _counted_columns() -> list[Column]:
    return [
        Column(_("Đơn vị, mục hoặc ngày"), 60),
        Column(_("Từ ngày"), 14),
        Column(_("Báo cáo đến hạn"), 18),
        Column(_("Quá hạn"), 14),
        Column(_("Đã xong"), 14),
    ]


def _counted_rows(looked: dict[str, Any]) -> Iterator[list[Cell]]:
    """A timeline, the sections or a calendar, a row for each number that is shown."""
    for name, cells in looked.get("lines") or [("", week) for week in looked.get("weeks", ())]:
        for cell in [cells] if isinstance(cells, Cellule) else cells:
            if cell is not None and cell.counted is not None:
                day = "" if isinstance(cells, Cellule) else cell.day
                yield [name, day, cell.counted.due, cell.counted.overdue, cell.counted.done]


def _columns() -> list[Column]:
    return [
        Column(_("Nhiệm vụ"), 70),
        Column(_("Đơn vị"), 40),
        Column(_("Văn bản"), 22),
        Column(_("Mục"), 10),
        Column(_("Kỳ"), 22),
        Column(_("Hạn"), 14),
        Column(_("Hạn đầu"), 14),
        Column(_("Ngày báo cáo"), 14),
        Column(_("Ngày xác nhận"), 14),
        Column(_("Tình trạng"), 26),
    ]


def _exported(request: HttpRequest, wanted: Wanted) -> Iterator[list[Cell]]:
    today = clock.today()
    rows = selectors.board(asker(request), today, wanted, limit=exporting.MOST)
    for row in (part for one in rows for part in one.parts):  # in a file each by itself, as the figures count them
        task, one = row.assignment.task, row.expected
        named: list[Cell] = [
            task.text,
            selectors.name_of(row.assignment, wanted.units_of, today),
            task.programme.directive.code or "",
            task.section,
        ]
        yield named + (
            [
                one.period_name,
                one.due,
                one.first_due,
                one.reported_on or "",
                one.confirmed_on or "",
                str(row.bucket.label),
            ]
            if one is not None and row.bucket is not None
            else ["", "", "", "", "", str(row.assignment.get_state_display())]
        )


def _span(request: HttpRequest) -> dt.date:
    """The first day of the month that is looked at, `thang`; of this month where none is given."""
    try:
        return dt.datetime.strptime(request.GET.get("thang", ""), "%Y-%m").date()  # noqa: DTZ007 (a month)
    except ValueError:
        return clock.today().replace(day=1)


def _later(first: dt.date, months: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _opens(request: HttpRequest, **words: str) -> str:
    """The list with these filters more."""
    kept = {word: value for word, value in request.GET.items() if word not in {"xem", "thang", "sau"} and value}
    return "?" + urlencode(kept | {word.replace("_", "-"): value for word, value in words.items()})


@dataclass(frozen=True)
class Cellule:
    """One place of a timeline or a calendar: what is due there, and the list that it opens."""

    day: dt.date
    counted: selectors.Counted | None
    href: str


def _cell(
    request: HttpRequest, first: dt.date, last: dt.date, counted: selectors.Counted | None, **more: str
) -> Cellule:
    href = _opens(request, tu_ngay=f"{first:%d/%m/%Y}", den_ngay=f"{last:%d/%m/%Y}", **more) if counted else ""
    return Cellule(first, counted, href)


def _timeline(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    first, today = _span(request), clock.today()
    months = [_later(first, n) for n in range(MONTHS)]
    told = selectors.by_unit_and_month(
        asker(request), today, wanted, first, _later(first, MONTHS) - dt.timedelta(days=1)
    )
    units = Unit.objects.filter(pk__in=told).prefetch_related("names")
    lines = [
        (
            row.name_on(today),
            [
                _cell(
                    request,
                    month,
                    _later(month, 1) - dt.timedelta(days=1),
                    told[row.pk].get((month.year, month.month)),
                    don_vi=str(row.pk),
                )
                for month in months
            ],
        )
        for row in units
    ]
    return _beside(first, MONTHS) | {"months": months, "lines": sorted(lines, key=lambda line: line[0])}


def _calendar(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    first = _span(request)
    last = _later(first, 1) - dt.timedelta(days=1)
    told = selectors.by_day(asker(request), clock.today(), wanted, first, last)
    weeks = [
        [_cell(request, day, day, told.get(day)) if day.month == first.month else None for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return _beside(first, 1) | {"weeks": weeks, "any": bool(told)}


def _beside(first: dt.date, months: int) -> dict[str, Any]:
    return {"first": first, "earlier": f"{_later(first, -months):%Y-%m}", "later": f"{_later(first, months):%Y-%m}"}


def _sections(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    """The sections of the directive that is asked for; without one, the directives, each opening its sections."""
    told = selectors.by_section(asker(request), clock.today(), wanted)
    whole = wanted.programme is None
    programmes = {row.pk: row for row in _programmes(request)} if told else {}
    lines: list[tuple[str, Cellule]] = []
    for (number, section), counted in told.items():
        words = {"chuong_trinh": str(number)} | ({"xem": "theo-muc"} if whole else {"muc": section})
        name = str(programmes[number].directive) if whole and number in programmes else section
        lines.append((name, Cellule(clock.today(), counted, _opens(request, **words))))
    if whole:
        lines.sort(key=lambda line: (-line[1].counted.overdue if line[1].counted else 0, line[0]))
    return {"whole": whole, "lines": lines}


# --- Views that a person saved ---


@require_POST
@opens_to(*DUTY_ROLES)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keeps the filters that are looked at under a name; one of the same name gives way."""
    name, person = " ".join(request.POST.get("ten", "").split())[:80], asker(request)
    known = {"xem", "muc", *BoardForm(programmes=[], unit=unit_filter(request), sections=[]).fields}
    given = QueryDict(request.POST.get("loc", "")[:2000])
    query = urlencode([(word, value) for word, value in given.items() if word in known and _narrows(str(value))])[:1000]
    views = SavedView.objects.filter(person=person)
    if not name:
        messages.error(request, _("Hãy đặt tên cho góc nhìn."))
    elif views.exclude(name=name).count() >= MOST_SAVED:
        messages.error(request, _("Đã lưu %(n)d góc nhìn. Hãy bỏ bớt rồi lưu lại.") % {"n": MOST_SAVED})
    else:
        views.update_or_create(person=person, name=name, defaults={"query": query})
        messages.success(request, _("Đã lưu góc nhìn “%(name)s”.") % {"name": name})
    return redirect(f"{reverse('office:board')}?{query}")


def _narrows(value: str) -> bool:
    """Whether a word of the address asks for something: the units of today are what a list is read on unasked."""
    return value not in ("", UnitsOf.TODAY)


@require_POST
@opens_to(*DUTY_ROLES)
def remove_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Takes one's own saved view away."""
    get_object_or_404(SavedView, pk=view_id, person=asker(request)).delete()
    messages.success(request, _("Đã bỏ góc nhìn."))
    return redirect("office:board")


# --- Many at once ---


def _acts(request: HttpRequest) -> list[tuple[str, str]]:
    """What this person can do to the rows that are chosen; who may do it to which, the verbs themselves say."""
    found = []
    if holds(request, *FOLLOWING, Role.LEADER):
        found += [("xac-nhan", _("Xác nhận báo cáo")), ("nhac", _("Nhắc đơn vị"))]
    if holds(request, Role.LEAD_OFFICER, Role.LEADER):
        found += [("chuyen", _("Chuyển đơn vị")), ("thu-hoi", _("Thu hồi"))]
    return found


@require_POST
@opens_to(*FOLLOWING, Role.LEADER)
def act(request: HttpRequest) -> HttpResponse:
    """Does one thing to every row that is chosen; tells how many it was done to, and why not to the others."""
    person, today, now = asker(request), clock.today(), clock.now()
    words = [one for row in request.POST.getlist("chon") for one in row.split("-")]  # a row may stand for several
    chosen = ids(words)
    verb, reason = request.POST.get("viec", ""), request.POST.get("reason", "")[:2000]
    back = redirect(f"{request.path.removesuffix('lam/')}?{request.POST.get('loc', '')[:2000]}")
    if not chosen or verb not in {word for word, _label in _acts(request)}:
        messages.error(request, _("Hãy chọn ít nhất một dòng và một việc cần làm."))
        return back
    seen = Assignment.objects.for_user(person, today).filter(pk__in=chosen[:AT_ONCE])
    assignments = list(seen.select_related("task__programme__directive", "unit").order_by("pk"))
    try:
        unit = unit_named(request.POST.get("unit", ""), person, today) if verb == "chuyen" else None
    except Refused as why:
        messages.error(request, str(why))
        return back

    def withdraw(one: Assignment) -> None:
        services.withdraw(assignment=one, reason=reason, by=person, now=now)

    def move(one: Assignment) -> None:
        assert unit is not None, "a unit was named"
        services.move(assignment=one, unit=unit, reason=reason, by=person, now=now)

    def confirm(one: Assignment) -> None:
        waiting = one.expected.filter(state=ReportState.REPORTED).order_by().values("report_entry")
        reports = Entry.objects.filter(pk__in=waiting).select_related("assignment__task__programme__directive")
        if not reports:
            raise NotWaiting
        for entry in reports:
            services.confirm(entry=entry, by=person, now=now)

    reminders: list[tuple[Assignment, services.Urged]] = []

    def urge(one: Assignment) -> None:
        reminders.append((one, services.urge(assignment=one, by=person, now=now)))

    verbs = {"thu-hoi": withdraw, "chuyen": move, "xac-nhan": confirm, "nhac": urge}
    _told(request, assignments, verbs[verb])
    if reminders:
        _reminded(request, reminders)
    return back


def _reminded(request: HttpRequest, reminders: list[tuple[Assignment, services.Urged]]) -> None:
    """Says how many people a reminder was told, whom no letter reaches, and for which units others were told."""
    told = {person for _one, urged in reminders for person in urged.told}
    unmailed = Person.objects.filter(pk__in={person for _one, urged in reminders for person in urged.unmailed})
    words = ngettext("Đã nhắc %(n)d người.", "Đã nhắc %(n)d người.", len(told)) % {"n": len(told)}
    if names := sorted(unmailed, key=lambda row: row.sort_key):
        words += " " + _("Không gửi được thư, chỉ thấy trên bàn việc: %(names)s.") % {
            "names": _some([one.full_name for one in names])
        }
    messages.success(request, words)
    today = clock.today()
    units = dict.fromkeys(one.unit.name_on(today) for one, urged in reminders if urged.instead)
    if units:
        words = _("Chưa có người giữ chức vụ, nên đã nhắc cấp trên: %(units)s.") % {"units": _some(list(units))}
        messages.warning(request, words)


def _some(names: list[str]) -> str:
    """The names, of many the first."""
    more = len(names) - NAMED
    told = "; ".join(names[:NAMED])
    return (
        told
        if more <= 0
        else ngettext("%(names)s và %(n)d nữa", "%(names)s và %(n)d nữa", more) % {"names": told, "n": more}
    )


def _told(request: HttpRequest, assignments: list[Assignment], do: Callable[[Assignment], None]) -> None:
    done, refused = 0, dict[str, int]()
    for one in assignments:
        try:
            do(one)
        except Refused as why:
            refused[str(why)] = refused.get(str(why), 0) + 1
        else:
            done += 1
    if done:
        messages.success(request, ngettext("Đã làm với %(n)d việc.", "Đã làm với %(n)d việc.", done) % {"n": done})
    for reason, count in refused.items():
        words = ngettext("%(n)d việc không làm được: %(why)s", "%(n)d việc không làm được: %(why)s", count)
        messages.error(request, words % {"n": count, "why": reason})
