"""What every act of a review begins with, and how a correction is kept."""

import datetime as dt
from collections.abc import Mapping

from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Unit
from xulang.organisation.permits import acting, under
from xulang.plumbing import journal
from xulang.programme.enums import ProgrammeState
from xulang.programme.errors import NotInReview
from xulang.programme.models import Correction, Programme, Task


def reviewing(programme: Programme, by: Person, now: dt.datetime) -> Programme:
    """The programme, locked until the act ends, so that of two reviewers one waits for the other.

    Raises NotPermitted unless `by` is a lead officer of the office that received the directive; NotInReview.
    """
    homes = acting(by, now).homes([Role.LEAD_OFFICER])
    programme = (
        Programme.objects.select_for_update(of=("self",)).select_related("directive", "focal_unit").get(pk=programme.pk)
    )
    if programme.directive.home_unit_id not in homes:
        raise NotPermitted
    if programme.state != ProgrammeState.REVIEW:
        raise NotInReview
    return programme


def noted(
    programme: Programme,
    action: str,
    by: Person,
    now: dt.datetime,
    *,
    task: Task | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """An act of a review in the journal, about one task or the programme; it names the delegation acted under."""
    told = dict(data or {}) | under(by, [Role.LEAD_OFFICER], programme.directive.home_unit_id, now)
    journal.record(by=by, action=action, subject=task or programme, data=told, now=now)


def corrected(
    programme: Programme, task: Task | None, field: str, read_as: object, to: object, by: Person, now: dt.datetime
) -> None:
    """Keeps what was read and what a person made of it."""
    Correction.objects.create(
        programme=programme, task=task, field=field, read_as=_told(read_as), corrected_to=_told(to), by=by, at=now
    )


def _told(value: object) -> str:
    return "" if value is None else str(value)


def unit_name(unit: Unit, today: dt.date) -> str:
    """A unit as a correction names it."""
    return unit.name_on(today)
