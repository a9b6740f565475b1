"""A unit puts on record what it did, corrects it, adds what shows it, takes it back."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from xulang.activities.enums import RECORDING, Kind, LineKind
from xulang.activities.errors import ActivityWithdrawn, NotInOrder, PartOverWhole, TaskNeeded
from xulang.activities.models import (
    DETAILS,
    Activity,
    ActivityDuty,
    ActivityEvidence,
    ActivityLanguage,
    ActivityLine,
)
from xulang.activities.rules import in_order, may_record, over_whole
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post, PostHolding, Unit
from xulang.organisation.permits import acting
from xulang.plumbing import files, journal, scanning
from xulang.plumbing.errors import AlreadyWithdrawn, ReasonNeeded
from xulang.plumbing.models import StoredFile
from xulang.plumbing.verdicts import People
from xulang.programme.enums import AssignmentState
from xulang.programme.errors import BadAddress
from xulang.programme.models import Assignment, Entry


@dataclass(frozen=True, slots=True)
class NewActivity:
    """What every activity says, whatever its kind."""

    title: str
    begins: dt.date
    ends: dt.date
    assignments: Sequence[Assignment]
    place: str = ""
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    languages: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewPiece:
    """A piece of evidence of an activity: the bytes of a file with its name, or an address of the web."""

    data: bytes | None = None
    name: str = ""
    url: str = ""
    title: str = ""
    people: People = People.UNTOLD
    consent: str = ""


@transaction.atomic
def record(
    *,
    kind: Kind,
    unit: Unit,
    new: NewActivity,
    by: Person,
    now: dt.datetime,
    detail: Mapping[str, Any] | None = None,
    evidence: Sequence[NewPiece] = (),
) -> Activity:
    """Puts an activity of the unit on record; `detail` are the fields of the kind's own table.

    Raises NotPermitted, TaskNeeded, NotInOrder, PartOverWhole, BadAddress, and the refusals of `plumbing.files`.
    """
    may_or_refuse(unit.pk, by, now)
    activity = Activity(kind=kind, done_by=unit, unit=unit, recorded_at=now)
    _say(activity, new, detail or {})
    _keep(activity, evidence, by, now)
    write(activity, LineKind.RECORDED, by, now)
    data = {"kind": str(kind), "unit": unit.pk, "assignments": [one.pk for one in new.assignments]}
    journal.record(by=by, action="activity.recorded", subject=activity, data=data, now=now)
    return activity


@transaction.atomic
def correct(
    *, activity: Activity, new: NewActivity, by: Person, now: dt.datetime, detail: Mapping[str, Any] | None = None
) -> Activity:
    """Says an activity anew; what it was given to as evidence stays. Raises what `record` does, ActivityWithdrawn."""
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    _say(activity, new, detail or {})
    write(activity, LineKind.CORRECTED, by, now)
    journal.record(by=by, action="activity.corrected", subject=activity, now=now)
    return activity


@transaction.atomic
def add_evidence(
    *, activity: Activity, evidence: Sequence[NewPiece], by: Person, now: dt.datetime
) -> list[ActivityEvidence]:
    """Adds what shows an activity. Raises NotPermitted, ActivityWithdrawn, BadAddress, refusals of `plumbing.files`."""
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    kept = _keep(activity, evidence, by, now)
    write(activity, LineKind.EVIDENCED, by, now)
    data = {"evidence": [piece.pk for piece in kept]}
    journal.record(by=by, action="activity.evidenced", subject=activity, data=data, now=now)
    return kept


@transaction.atomic
def withdraw(*, activity: Activity, reason: str, by: Person, now: dt.datetime) -> None:
    """Takes an activity back: it is counted no more; reports that it was given to keep their own evidence.

    Raises NotPermitted, ReasonNeeded, ActivityWithdrawn.
    """
    activity = standing(activity)
    may_or_refuse(activity.unit_id, by, now)
    if not reason.strip():
        raise ReasonNeeded
    activity.withdrawn_at, activity.withdrawn_reason = now, reason.strip()
    activity.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    write(activity, LineKind.WITHDRAWN, by, now)
    journal.record(by=by, action="activity.withdrawn", subject=activity, now=now)


def open_evidence(*, evidence: ActivityEvidence, by: Person, now: dt.datetime) -> StoredFile:
    """The file of a piece that the person sees; the journal says who opened it.

    Raises AlreadyWithdrawn, Infected, NotScanned.
    """
    if evidence.file is None or evidence.withdrawn_at:
        raise AlreadyWithdrawn
    sent = evidence.activity.lines.filter(by=by, kind__in=[LineKind.RECORDED, LineKind.EVIDENCED])
    scanning.gate(evidence.file, own=sent.exists())
    data = {"evidence": evidence.pk}
    journal.record(by=by, action="activity.evidence_opened", subject=evidence.activity, data=data, now=now)
    return evidence.file


@transaction.atomic
def withdraw_evidence(*, evidence: ActivityEvidence, reason: str, by: Person, now: dt.datetime) -> None:
    """Erases a piece of evidence of an activity. Raises NotPermitted, ReasonNeeded, AlreadyWithdrawn."""
    may_or_refuse(evidence.activity.unit_id, by, now)
    if not reason.strip():
        raise ReasonNeeded
    evidence = ActivityEvidence.objects.select_for_update(of=("self",)).select_related("file").get(pk=evidence.pk)
    if evidence.withdrawn_at:
        raise AlreadyWithdrawn
    if evidence.file is not None:
        files.withdraw(evidence.file, reason=reason, by=by, now=now)
    evidence.url = evidence.title = ""
    evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_reason = now, by, reason.strip()
    evidence.save()
    data = {"evidence": evidence.pk}
    journal.record(by=by, action="activity.evidence_withdrawn", subject=evidence.activity, data=data, now=now)


@transaction.atomic
def tell_people(*, evidence: ActivityEvidence, people: People, consent: str, by: Person, now: dt.datetime) -> None:
    """Says whether people can be known in a picture, and by what right it is kept.

    Raises NotPermitted, AlreadyWithdrawn, ConsentNeeded.
    """
    may_or_refuse(evidence.activity.unit_id, by, now)
    if evidence.file is None or evidence.withdrawn_at:
        raise AlreadyWithdrawn
    files.tell_people(evidence.file, people=people, consent=consent, by=by, now=now)


# --- What the other verbs of the room start from ---


def may_or_refuse(unit: int, by: Person, now: dt.datetime) -> None:
    """Raises NotPermitted unless the person records for that very unit."""
    if not by.is_active or not may_record(acting(by, now), unit):
        raise NotPermitted


def standing(activity: Activity) -> Activity:
    """The activity, locked; raises ActivityWithdrawn where it was taken back."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.withdrawn_at:
        raise ActivityWithdrawn
    return activity


def write(
    activity: Activity, kind: LineKind, by: Person, now: dt.datetime, filed_in: Entry | None = None
) -> ActivityLine:
    """One line of the activity's ledger, with the hash of what it says now."""
    return ActivityLine.objects.create(
        activity=activity,
        kind=kind,
        on=timezone.localdate(now),
        at=now,
        by=by,
        post=_post(by, now, activity.unit_id),
        filed_in=filed_in,
        sha256=fingerprint(activity),
    )


def fingerprint(activity: Activity) -> str:
    """sha256 over all that an activity says: its fields, its details, languages, duties and evidence's hashes."""
    detail = type(activity).objects.get(pk=activity.pk).detail
    told = {
        "activity": model_to_dict(activity),
        "detail": model_to_dict(detail) if detail else None,
        "languages": sorted(activity.languages.values_list("code", flat=True)),
        "duties": sorted(activity.duties.values_list("assignment_id", flat=True)),
        "evidence": [
            piece.file.sha256 if piece.file else piece.url
            for piece in activity.evidence.select_related("file").order_by("id")
        ],
    }
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _post(by: Person, now: dt.datetime, unit: int) -> Post | None:
    held = PostHolding.objects.on(timezone.localdate(now)).filter(person=by)
    return Post.objects.filter(holdings__in=held, role__in=RECORDING, unit_id=unit).order_by("id").first()


def _say(activity: Activity, new: NewActivity, detail: Mapping[str, Any]) -> None:
    if not in_order(new.begins, new.ends, new.starts_at, new.ends_at):
        raise NotInOrder
    activity.title, activity.place, activity.note = new.title.strip(), new.place.strip(), new.note.strip()
    activity.begins, activity.ends = new.begins, new.ends
    activity.starts_at, activity.ends_at = new.starts_at, new.ends_at
    activity.save()
    _detail(activity, detail)
    ActivityLanguage.objects.filter(activity=activity).exclude(code__in=new.languages).delete()
    ActivityLanguage.objects.bulk_create(
        (ActivityLanguage(activity=activity, code=code) for code in new.languages), ignore_conflicts=True
    )
    _serve(activity, new.assignments)


def _detail(activity: Activity, given: Mapping[str, Any]) -> None:
    table: Any = DETAILS.get(activity.kind)
    if table is not None:
        if over_whole(given, table.PARTS):
            raise PartOverWhole
        table._default_manager.update_or_create(activity=activity, defaults=dict(given))


def _serve(activity: Activity, assignments: Iterable[Assignment]) -> None:
    """The assignments that it serves; those that it was given to as evidence stay among them.

    An activity may go on serving what its unit no longer has; what is added is the unit's own, and not withdrawn.
    """
    wanted = {one.pk for one in assignments}
    there = set(activity.duties.values_list("assignment_id", flat=True))
    filed = set(activity.lines.filter(filed_in__isnull=False).values_list("filed_in__assignment_id", flat=True))
    if not wanted | filed:
        raise TaskNeeded
    own = Assignment.objects.filter(pk__in=wanted - there, unit=activity.unit).exclude(state=AssignmentState.WITHDRAWN)
    if own.count() < len(wanted - there):
        raise NotPermitted
    activity.duties.exclude(assignment_id__in=wanted | filed).delete()
    ActivityDuty.objects.bulk_create(ActivityDuty(activity=activity, assignment_id=pk) for pk in sorted(wanted - there))


def _keep(activity: Activity, evidence: Iterable[NewPiece], by: Person, now: dt.datetime) -> list[ActivityEvidence]:
    kept = []
    for piece in evidence:
        if piece.data is None:
            if not piece.url.strip().lower().startswith(("http://", "https://")):
                raise BadAddress
            row = ActivityEvidence(activity=activity, url=piece.url.strip(), title=piece.title.strip()[:200])
        else:
            stored = files.take_in(
                data=piece.data, name=piece.name, by=by, now=now, people=piece.people, consent=piece.consent
            )
            row = ActivityEvidence(activity=activity, file=stored, title=(piece.title.strip() or stored.name)[:200])
        row.save(force_insert=True)
        kept.append(row)
    return kept
