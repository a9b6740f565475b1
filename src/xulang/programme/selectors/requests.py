"""Questions about requests: what bodies outside the issuer's authority were asked, and what they answered."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from xulang.organisation.enums import FOLLOWING, Role
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.programme.enums import ANSWERS, AssignmentState, Mode, ProgrammeState
from xulang.programme.models import Assignment, Entry, Programme
from xulang.programme.selectors.desk import CODES


def requests(person: Person, today: dt.date) -> "QuerySet[Any]":
    """What the person's office asked, or their unit follows up, in running programmes: the longest open first.

    Assignments with the last answer as `answered_as` and `answered_on`. A request is never late: no due day is told.
    """
    scope = scope_of(person, today)
    if scope is None:
        return Assignment.objects.none()
    homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])
    led = Programme.objects.filter(directive__home_unit__in=homes) | Programme.objects.filter(
        focal_unit__in=scope.units(FOLLOWING)
    )
    answers = Entry.objects.filter(assignment=OuterRef("pk"), kind__in=ANSWERS).order_by("-id")
    return (
        Assignment.objects.filter(mode=Mode.REQUEST, task__programme__in=led.order_by().values("pk"))
        .filter(task__programme__state=ProgrammeState.ISSUED)
        .exclude(state=AssignmentState.WITHDRAWN)
        .select_related("task", "unit")
        .prefetch_related("unit__names", CODES)
        .annotate(
            answered_as=Subquery(answers.values("kind")[:1]),
            answered_on=Subquery(answers.values("on")[:1]),
        )
        .order_by("issued_on", "pk")
    )
