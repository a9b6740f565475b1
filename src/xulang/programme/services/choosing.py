"""Before a reorganisation: a person chooses to which of several heirs an assignment goes."""

import datetime as dt

from django.db import transaction

from xulang.organisation.enums import HANDING, ReorganisationState, Role
from xulang.organisation.errors import NotADraft, NotPermitted
from xulang.organisation.models import Line, Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.errors import NotItsHeir
from xulang.programme.models import Assignment, AssignmentChoice


@transaction.atomic
def choose_heir(*, assignment: Assignment, line: Line, by: Person, now: dt.datetime) -> None:
    """The assignment will go by this line of the draft, whatever the rule says; a later choice takes its place.

    By a lead officer of the office whose directive orders it. Raises NotPermitted, NotADraft, NotItsHeir (the line does
    not hand over anything of its unit).
    """
    if assignment.task.programme.directive.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    if line.reorganisation.state != ReorganisationState.DRAFT:
        raise NotADraft
    if line.unit_id != assignment.unit_id or line.verb not in HANDING:
        raise NotItsHeir
    AssignmentChoice.objects.filter(assignment=assignment, line__reorganisation=line.reorganisation_id).delete()
    AssignmentChoice.objects.create(assignment=assignment, line=line, chosen_by=by)
    journal.record(by=by, action="assignment.heir_chosen", subject=assignment, data={"line": line.pk}, now=now)
