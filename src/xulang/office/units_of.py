"""On which units a list is read: on those that answer today, or on those of each row's day; one word of the address."""

from typing import Any

from django.http import HttpRequest

from xulang.office import clock
from xulang.office.access import asker
from xulang.office.forms.inputs import UNITS_OF, UnitAsked
from xulang.office.typed import unit_asked, unit_called
from xulang.organisation.enums import UnitsOf

_PLACES = ("sau", "page", "tep")  # a page of one reading is none of the other


def asked_of(request: HttpRequest) -> UnitsOf:
    """The reading that the address asks for; today's units where it asks for none."""
    return UnitsOf.THE_DAY if request.GET.get(UNITS_OF) == UnitsOf.THE_DAY else UnitsOf.TODAY


def unit_filter(request: HttpRequest) -> UnitAsked:
    """The field of a filter by unit, which obeys the reading: on that of the day it finds a unit that is gone, too."""
    person, today, units_of = asker(request), clock.today(), asked_of(request)
    return UnitAsked(lambda words: unit_asked(words, person, today, units_of), lambda unit: unit_called(unit, today))


def switch(request: HttpRequest) -> list[tuple[Any, str, bool]]:
    """The switch of a list that has no filters: what a reading is called, where it stands, whether it is looked at."""
    found = []
    for one in UnitsOf:
        words = request.GET.copy()
        for word in (UNITS_OF, *_PLACES):
            words.pop(word, None)
        if one != UnitsOf.TODAY:
            words[UNITS_OF] = one.value
        found.append((one.label, f"?{words.urlencode()}", one == asked_of(request)))
    return found
