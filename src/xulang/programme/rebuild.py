"""Projections out of the ledger: after one act, or all of them from the first line on."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from xulang.programme.enums import ANSWERS, AssignmentState, EntryKind, Mode, ReportState
from xulang.programme.models import Assignment, ExpectedReport
from xulang.programme.rows import entry_rows
from xulang.programme.rules import EntryRow, standing

PROJECTED = ["state", "due", "report_entry", "reported_on", "confirmed_on"]


def project(assignment: Assignment, expected: ExpectedReport | None) -> None:
    """Brings the projections of one assignment, and of one of its expected reports, up to its ledger."""
    lines = entry_rows(assignment.entries.filter(Q(expected=expected) | Q(expected__isnull=True)))
    if expected is not None and _stand(expected, lines[expected.pk]):
        expected.save(update_fields=PROJECTED)
    state = _state_of(assignment, lines[None], assignment.expected.values_list("state", flat=True))
    if state != assignment.state:
        assignment.state = state
        assignment.save(update_fields=["state"])


@transaction.atomic
def rebuild(assignments: Iterable[Assignment] | None = None) -> int:
    """Makes every projection anew from the ledger (of the given assignments, or of all); gives how many were wrong."""
    wrong = 0
    rows = Assignment.objects.all() if assignments is None else assignments
    for assignment in rows:
        lines, states = entry_rows(assignment.entries.all()), []
        for expected in assignment.expected.all():
            if _stand(expected, lines[expected.pk]):
                expected.save(update_fields=PROJECTED)
                wrong += 1
            states.append(expected.state)
        was = (assignment.state, assignment.unit_id)
        assignment.state, assignment.unit_id = _state_of(assignment, lines[None], states), _unit_of(assignment)
        if was != (assignment.state, assignment.unit_id):
            assignment.save(update_fields=["state", "unit"])
            wrong += 1
    return wrong


def _stand(expected: ExpectedReport, lines: list[EntryRow]) -> bool:
    """Sets the projection by the report's lines; whether that changed anything."""
    now = standing(lines, expected.first_due)
    before = (expected.state, expected.due, expected.report_entry_id, expected.reported_on, expected.confirmed_on)
    expected.state, expected.due, expected.report_entry_id = now.state, now.due, now.report
    expected.reported_on, expected.confirmed_on = now.reported_on, now.confirmed_on
    return before != (now.state, now.due, now.report, now.reported_on, now.confirmed_on)


def _unit_of(assignment: Assignment) -> int:
    """To whom it was handed last, else the unit that it was laid on."""
    moved = assignment.entries.filter(kind=EntryKind.MOVED).order_by("id").last()
    return assignment.issued_to_id if moved is None or moved.unit_id is None else moved.unit_id


def _state_of(assignment: Assignment, lines: list[EntryRow], states: Iterable[str]) -> AssignmentState:
    """Done when every report owed is confirmed; a request goes by its last answer. `lines`: those about it as a whole.

    Withdrawn is withdrawn, whatever was reported before and is confirmed after.
    """
    told = [line.kind for line in lines]
    if EntryKind.WITHDRAWN in told:
        return AssignmentState.WITHDRAWN
    if assignment.mode == Mode.REQUEST:
        answers = [kind for kind in told if kind in ANSWERS]
        if not answers:
            return AssignmentState.OPEN
        return AssignmentState.DECLINED if answers[-1] == EntryKind.DECLINED else AssignmentState.ANSWERED
    owed = [state for state in states if state != ReportState.WITHDRAWN]
    done = bool(owed) and all(state == ReportState.CONFIRMED for state in owed)
    return AssignmentState.DONE if done else AssignmentState.OPEN
