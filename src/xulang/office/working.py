"""The working days that a page counts by: each programme's office has its own; asked once, when first needed."""

from django.http import HttpRequest

from xulang.organisation.calendars import working_days_of
from xulang.organisation.working_days import WorkingDays
from xulang.programme.models import Programme


def days_of_programme(request: HttpRequest, programme: int | None) -> WorkingDays:
    """Those of the office whose directive the programme carries out; the country's for None."""
    if not hasattr(request, "_office_days"):
        own = working_days_of()
        homes = Programme.objects.filter(directive__home_unit__in=own).order_by() if own else Programme.objects.none()
        told = dict(homes.values_list("pk", "directive__home_unit"))
        request._office_days = {pk: own[home] for pk, home in told.items()}  # type: ignore[attr-defined]
    known: dict[int, WorkingDays] = request._office_days  # type: ignore[attr-defined]
    return known.get(programme or 0) or WorkingDays()
