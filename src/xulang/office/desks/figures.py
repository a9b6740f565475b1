"""The leader's desk: the four figures as of any day, by unit, and what is behind each number."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.forms.figures import FiguresForm
from xulang.office.paging import Page, place_in
from xulang.organisation.enums import DUTY_ROLES, UnitsOf
from xulang.organisation.models import Unit
from xulang.programme import selectors
from xulang.programme.enums import Bucket, ProgrammeState
from xulang.programme.models import Assignment, Programme
from xulang.programme.selectors import Figures

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
            parts["tinh-cho"] = self.units_of.value
        return urlencode(parts)


def _asked(request: HttpRequest) -> Asked:
    person, today = asker(request), clock.today()
    programmes = {row.pk: row for row in selectors.programmes(person, today).exclude(state=ProgrammeState.REVIEW)}
    then = UnitsOf.THE_DAY if request.GET.get("tinh-cho") == UnitsOf.THE_DAY else UnitsOf.TODAY
    held = Q(Exists(Assignment.objects.filter(unit=OuterRef("pk"))))
    if then == UnitsOf.THE_DAY:  # those that gave their work away since are asked for too
        held |= Q(Exists(Assignment.objects.for_user(person, today).filter(issued_to=OuterRef("pk"))))
    units = {row.pk: row for row in Unit.objects.for_user(person, today).filter(held).prefetch_related("names")}
    form = FiguresForm(
        request.GET or None,
        initial={"ngay": today},
        programmes=[(row.pk, row.directive.code or row.title[:60]) for row in programmes.values()],
        units=[(row.pk, row.name_on(today)) for row in units.values()],
    )
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return Asked(
        form,
        on=given.get("ngay") or today,
        programme=programmes.get(given.get("chuong-trinh") or 0),
        unit=units.get(given.get("don-vi") or 0),
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
    after = place_in(request)
    rows = selectors.figure_rows(
        asker(request),
        clock.today(),
        on=asked.on,
        bucket=wanted,
        waiting=waiting,
        programme=asked.programme,
        unit=asked.unit,
        units_of=asked.units_of,
        after=after,
        limit=A_PAGE + 1,
    )
    page = Page.of(rows, A_PAGE, after)
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
