"""An activity is given as evidence to the reports of the assignments that it serves: once recorded, never retyped."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from xulang.activities.enums import LineKind
from xulang.activities.errors import AlreadyFiled, NothingChosen, NotServed, NotYetDone
from xulang.activities.models import Activity, ActivityLine
from xulang.activities.services.recording import may_or_refuse, standing, write
from xulang.organisation.models import Person
from xulang.plumbing import journal
from xulang.plumbing.verdicts import People
from xulang.programme import services as programme
from xulang.programme.enums import EntryKind
from xulang.programme.models import Assignment, Entry, ExpectedReport
from xulang.programme.services import NewEvidence


@dataclass(frozen=True, slots=True)
class Filing:
    """A report that an activity is evidence of: of which assignment, for which period, and what it says."""

    assignment: Assignment
    expected: ExpectedReport | None = None
    kind: EntryKind = EntryKind.PROGRESS


@transaction.atomic
def give(*, activity: Activity, filings: Sequence[Filing], by: Person, now: dt.datetime, note: str = "") -> list[Entry]:
    """Reports on each assignment with the activity's evidence; all of them, or none where one is refused.

    Each report is one of `programme.services.report`, by its rules and its permission, and has evidence of its own:
    the bytes lie in the store once, and each can be withdrawn where it stands. Without a note, what the activity is
    called and when it was is the note. Raises NotPermitted, NothingChosen, ActivityWithdrawn, NotYetDone, NotServed,
    AlreadyFiled, and what `report` refuses with.
    """
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    if not filings:
        raise NothingChosen
    if activity.begins > timezone.localdate(now):
        raise NotYetDone(day=f"{activity.begins:%d/%m/%Y}")
    serves = set(activity.duties.values_list("assignment_id", flat=True))
    evidence = _evidence(activity)
    found = []
    for filing in filings:
        if filing.assignment.pk not in serves:
            raise NotServed
        if filing.expected is not None and _stands(activity, filing.expected):
            raise AlreadyFiled
        entry = programme.report(
            assignment=filing.assignment,
            expected=filing.expected,
            kind=filing.kind,
            note=note.strip() or _told(activity),
            evidence=evidence,
            by=by,
            now=now,
        )
        write(activity, LineKind.FILED, by, now, filed_in=entry)
        data = {"entry": entry.pk, "assignment": filing.assignment.pk}
        journal.record(by=by, action="activity.given", subject=activity, data=data, now=now)
        found.append(entry)
    return found


def _evidence(activity: Activity) -> list[NewEvidence]:
    """The pieces that still stand, for a report."""
    found = []
    for piece in activity.evidence.filter(withdrawn_at__isnull=True).select_related("file"):
        if piece.file is None:
            found.append(NewEvidence(url=piece.url, title=piece.title))
        elif piece.file.file and not piece.file.withdrawn_at:
            with piece.file.file.open("rb") as file:
                found.append(
                    NewEvidence(
                        data=file.read(),
                        name=piece.file.name,
                        title=piece.title,
                        people=People(piece.file.people),
                        consent=piece.file.consent,
                    )
                )
    return found


def _stands(activity: Activity, expected: ExpectedReport) -> bool:
    """Whether the report that stands for the period has this activity already."""
    stands = ExpectedReport.objects.filter(pk=expected.pk).values("report_entry")
    return ActivityLine.objects.filter(activity=activity, filed_in__in=stands).exists()


def _told(activity: Activity) -> str:
    days = f"{activity.begins:%d/%m/%Y}"
    if activity.ends != activity.begins:
        days += f" – {activity.ends:%d/%m/%Y}"
    where = f", {activity.place}" if activity.place else ""
    return f"{activity.title} ({days}{where})"
