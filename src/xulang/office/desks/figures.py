"""The leader's desk: the four figures as of any day, by unit, and what is behind each number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.forms.figures import FiguresForm
from xulang.office.forms.inputs import UNITS_OF
from xulang.office.paging import Page, place_in
from xulang.office.units_of import asked_of, unit_filter
from xulang.organisation.enums import DUTY_ROLES, UnitsOf
from xulang.organisation.models import Unit
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import selectors
from xulang.programme.enums import Bucket, ProgrammeState
from xulang.programme.models import Programme
from xulang.programme.selectors import FigureRow, Figures, Place

# The words of an address → the number that it opens; None: all.
NUMBERS: dict[str, Bucket | None] = {
    "hoan-thanh-dung-han": Bucket.DONE_ON_TIME,
    "hoan-thanh-qua-han": Bucket.DONE_LATE,
    "trong-han": Bucket.OPEN_IN_TIME,
    "qua-han": Bucket.OPEN_OVERDUE,
    "cho-xac-nhan": None,
    "tat-ca": None,
}
WAITING = "cho-xac-nhan"
A_PAGE = 60


@dataclass
class Asked:
    """As of which day, and over what; what was asked wrongly is told beside the form and not counted."""

    form: FiguresForm
    on: date
    programme: Programme | None = None
    unit: Unit | None = None
    units_of: UnitsOf = UnitsOf.TODAY

    @property
    def names_on(self) -> date:
        """The day whose names of units are shown."""
        return self.on if self.units_of == UnitsOf.THE_DAY else clock.today()

    @property
    def query(self) -> str:
        """The same question as the end of an address."""
        return self.query_for(self.unit.pk if self.unit else None)

    def query_for(self, unit_id: int | None) -> str:
        """The same question about one unit."""
        parts = {"ngay": f"{self.on:%d/%m/%Y}"}
        if self.programme:
            parts["chuong-trinh"] = str(self.programme.pk)
        if unit_id:
            parts["don-vi"] = str(unit_id)
        if self.units_of != UnitsOf.TODAY:
            parts[UNITS_OF] = self.units_of.value
        return urlencode(parts)


def _asked(request: HttpRequest) -> Asked:
    person, today = asker(request), clock.today()
    programmes = {row.pk: row for row in selectors.programmes(person, today).exclude(state=ProgrammeState.REVIEW)}
    then = asked_of(request)
    form = FiguresForm(
        request.GET or None,
        initial={"ngay": today},
        programmes=[(row.pk, row.directive.code or row.title[:60]) for row in programmes.values()],
        unit=unit_filter(request),
    )
    form.is_valid()
    given: dict[str, Any] = getattr(form, "cleaned_data", {})
    return Asked(
        form,
        on=given.get("ngay") or today,
        programme=programmes.get(given.get("chuong-trinh") or 0),
        unit=given.get("don-vi"),
        units_of=then,
    )


@dataclass(frozen=True)
class UnitLine:
    """One unit's numbers."""

    name: str
    query: str
    figures: Figures


def _by_unit(asked: Asked, told: dict[int, Figures]) -> list[UnitLine]:
    """A line for each unit, the most overdue first."""
    units = Unit.objects.filter(pk__in=told).prefetch_related("names")
    lines = [UnitLine(row.name_on(asked.names_on), asked.query_for(row.pk), told[row.pk]) for row in units]
    return sorted(lines, key=lambda line: (-line.figures.open_overdue, -line.figures.done_late, line.name))


@require_safe
@opens_to(*DUTY_ROLES)
def figures(request: HttpRequest) -> HttpResponse:
    """The four figures and the units behind them."""
    asked = _asked(request)
    told = _told(request, asked)
    if exporting.asked_for(request):
        return exporting.listed(request, "tinh-hinh", _unit_columns(), lambda: _by_unit_exported(asked, told))
    context = {"asked": asked, "figures": sum(told.values(), Figures()), "lines": _by_unit(asked, told)}
    return render(request, "office/figures.html", context)


def _told(request: HttpRequest, asked: Asked) -> dict[int, Figures]:
    return selectors.figures_by_unit(
        asker(request),
        clock.today(),
        on=asked.on,
        programme=asked.programme,
        unit=asked.unit,
        units_of=asked.units_of,
    )


@require_safe
@opens_to(*DUTY_ROLES)
def figure_rows(request: HttpRequest, number: str) -> HttpResponse:
    """What is behind one number."""
    if number not in NUMBERS:
        raise Http404
    asked, wanted, waiting = _asked(request), NUMBERS[number], number == WAITING

    def rows(limit: int, after: Place | None = None) -> list[FigureRow]:
        return selectors.figure_rows(
            asker(request),
            clock.today(),
            on=asked.on,
            bucket=wanted,
            waiting=waiting,
            programme=asked.programme,
            unit=asked.unit,
            units_of=asked.units_of,
            after=after,
            limit=limit,
        )

    if exporting.asked_for(request):
        return exporting.listed(request, number, _columns(), lambda: _exported(asked, rows(exporting.MOST)))
    after = place_in(request)
    page = Page.of(rows(A_PAGE + 1, after), A_PAGE, after)
    told = sum(_told(request, asked).values(), Figures())
    context = {
        "asked": asked,
        "wanted": wanted,
        "waiting": waiting,
        "page": page,
        "count": told.waiting if waiting else told.of(wanted) if wanted else told.total,
        "lines": [(row, row.unit.name_on(asked.names_on)) for row in page.rows],
    }
    return render(request, "office/figure_rows.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Nhiệm vụ"), 70),
        Column(_("Đơn vị"), 40),
        Column(_("Kỳ"), 22),
        Column(_("Hạn"), 14),
        Column(_("Ngày báo cáo"), 14),
        Column(_("Ngày xác nhận"), 14),
        Column(_("Tình trạng"), 26),
    ]


def _exported(asked: Asked, rows: list[FigureRow]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.expected.assignment.task.text,
            row.unit.name_on(asked.names_on),
            row.expected.period_name,
            row.expected.due,
            row.reported_on or "",
            row.confirmed_on or "",
            str(row.bucket.label),
        ]


def _unit_columns() -> list[Column]:
    figures = [Bucket.DONE_ON_TIME, Bucket.DONE_LATE, Bucket.OPEN_IN_TIME, Bucket.OPEN_OVERDUE]
    return [Column(_("Đơn vị"), 48), *(Column(str(one.label), 18) for one in figures), Column(_("Tổng"), 12)]


def _by_unit_exported(asked: Asked, told: dict[int, Figures]) -> Iterator[list[Cell]]:
    for line in _by_unit(asked, told):
        its = line.figures
        yield [line.name, its.done_on_time, its.done_late, its.open_in_time, its.open_overdue, its.total]
