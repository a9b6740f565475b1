"""The office's calendar: the days off of a year, and those that the office decided for itself."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xulang.office import clock
from xulang.office.access import asker, holds, opens_to
from xulang.office.forms.calendars import DayForm
from xulang.office.once import written
from xulang.organisation import calendars
from xulang.organisation.enums import Role
from xulang.organisation.models import OwnDay, Person, Unit
from xulang.organisation.scopes import scope_of
from xulang.organisation.working_days import country_days_off, country_days_worked
from xulang.programme import services

FIRST, LAST = 2020, 2100
A_PAGE = 60


@require_http_methods(["GET", "HEAD", "POST"])
def working_days(request: HttpRequest) -> HttpResponse:
    """A year's days off and days worked for another; whoever may decides on one for the office."""
    person, today = asker(request), clock.today()
    homes = _deciding(person)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and FIRST <= int(asked) <= LAST else today.year
    units = Unit.objects.filter(pk__in=homes).prefetch_related("names")
    form = DayForm(request.POST or None, offices=[(unit.pk, unit.name_on(today)) for unit in units])
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data

        def act() -> None:
            calendars.decide_day(
                unit=Unit.objects.get(pk=given["unit"]),
                day=given["day"],
                works=given["works"],
                reason=given["reason"],
                by=person,
                now=clock.now(),
            )

        if written(request, form, act, _("Đã ghi vào lịch của cơ quan.")):
            return redirect(f"{reverse('office:working_days')}?nam={given['day'].year}")
    own = OwnDay.objects.for_user(person, today).filter(day__year=year).select_related("unit")
    context = {
        "years": [str(year - 1), str(year), str(year + 1)],  # as texts: a year has no thousands' point
        "days_off": country_days_off(year),
        "worked": country_days_worked(year),
        "own": [
            (row, row.unit.name_on(today), row.unit_id in homes, services.due_on_day_off(row, person, today).count())
            for row in own.prefetch_related("unit__names")
        ],
        "redates": holds(request, Role.LEAD_OFFICER),
        "form": form if homes else None,
    }
    return render(request, "office/working_days.html", context, status=422 if form.is_bound else 200)


def _deciding(person: Person) -> frozenset[int]:
    """The offices for which the person decides."""
    held = scope_of(person, clock.today())
    return held.homes(calendars.DECIDING) if held else frozenset()


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def redate_day(request: HttpRequest, own_day_id: int) -> HttpResponse:
    """What falls due on an own day off, and where it would go; moving it is an act."""
    person, today = asker(request), clock.today()
    own = get_object_or_404(OwnDay.objects.filter(unit_id__in=_deciding(person), works=False), pk=own_day_id)
    if request.method == "POST":

        def act() -> None:
            services.redate_day_off(own=own, by=person, now=clock.now())

        written(request, None, act, _("Đã dời hạn; hạn đầu vẫn được ghi."))
        return redirect(f"{reverse('office:working_days')}?nam={own.day.year}")
    rows = services.due_on_day_off(own, person, today).select_related("assignment__task", "assignment__unit")
    rows = rows.prefetch_related("assignment__unit__names").order_by("assignment", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "own": own,
        "kept": services.kept_instead(own),
        "page": page,
        "rows": [(row, row.assignment.unit.name_on(today)) for row in page],
    }
    return render(request, "office/redate_day.html", context)


@require_POST
def withdraw_day(request: HttpRequest, own_day_id: int) -> HttpResponse:
    """The day is again as for the whole country."""
    person = asker(request)
    own = get_object_or_404(OwnDay.objects.filter(unit_id__in=_deciding(person)), pk=own_day_id)
    year = own.day.year
    written(
        request,
        None,
        lambda: calendars.withdraw_day(own=own, by=person, now=clock.now()),
        _("Đã bỏ khỏi lịch của cơ quan."),
    )
    return redirect(f"{reverse('office:working_days')}?nam={year}")
