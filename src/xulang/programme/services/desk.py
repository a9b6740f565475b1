"""What happens to an assignment: units report or answer, the focal unit confirms or returns; evidence is withdrawn."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import DESK, FOLLOWING, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post, PostHolding
from xulang.organisation.permits import acting
from xulang.organisation.selectors import delegation_of
from xulang.plumbing import files, journal, scanning
from xulang.plumbing.errors import AlreadyWithdrawn, ReasonNeeded
from xulang.plumbing.models import StoredFile
from xulang.plumbing.verdicts import People
from xulang.programme.enums import (
    ANSWERS,
    AWAITING,
    REPORTS,
    AssignmentState,
    EntryKind,
    Mode,
    ProgrammeState,
    ReportState,
    UnitRole,
)
from xulang.programme.errors import (
    AlreadyReported,
    BadAddress,
    BadPercent,
    EvidenceNeeded,
    IsOrder,
    IsRequest,
    LetterNeeded,
    NilForDated,
    NoteNeeded,
    NotRunning,
    NotWaiting,
    NotYet,
    OnlyProgress,
    PeriodNeeded,
)
from xulang.programme.models import Assignment, Entry, EntryNote, Evidence, ExpectedReport, ReplyLetter
from xulang.programme.rebuild import project
from xulang.programme.rules import may_confirm, may_enter_letter, may_withdraw
from xulang.programme.services.rousing import rouse


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A piece of evidence to be filed: the bytes of a file with its name, or an address of the web."""

    data: bytes | None = None
    name: str = ""
    url: str = ""
    title: str = ""
    people: People = People.UNTOLD
    consent: str = ""


@transaction.atomic
def report(
    *,
    assignment: Assignment,
    kind: EntryKind,
    by: Person,
    now: dt.datetime,
    expected: ExpectedReport | None = None,
    note: str = "",
    percent: int | None = None,
    evidence: Sequence[NewEvidence] = (),
) -> Entry:
    """A unit tells what it did: PROGRESS, NIL (nothing to report) or DONE, by an officer of that very unit.

    A period is answered by any of the three: DONE says that the period's work is done; later periods are still owed.
    A dated task is answered by DONE only: PROGRESS is noted and the clock runs on, NIL makes no sense and is refused.
    PROGRESS without a period, and everything a coordinating unit tells, is noted and answers nothing. A period can be
    reported from its first day on; while a report stands, another is refused until the focal unit returns it.

    Raises NotPermitted, IsRequest, OnlyProgress, PeriodNeeded, NotYet, NilForDated, AlreadyReported, EvidenceNeeded,
    NoteNeeded, BadPercent, BadAddress, and the refusals of `plumbing.files`.
    """
    post = _desk_post(assignment, by, now)
    _may_be_told(assignment, kind)
    assignment = opened(assignment)
    if expected is not None:
        expected = assignment.expected.select_for_update(of=("self",)).get(pk=expected.pk)
    elif kind != EntryKind.PROGRESS:
        raise PeriodNeeded
    check_report(expected, kind, note=note, percent=percent, evidence=evidence, today=timezone.localdate(now))
    if expected is not None and expected.period == "date" and kind == EntryKind.PROGRESS:
        expected = None
    entry = write(
        assignment, kind, by, now, post=post, expected=expected, note=note, percent=percent, evidence=evidence
    )
    journal.record(by=by, action="assignment.reported", subject=assignment, data=told(entry), now=now)
    return entry


def _may_be_told(assignment: Assignment, kind: EntryKind) -> None:
    if kind not in REPORTS:
        raise PeriodNeeded
    if assignment.mode == Mode.REQUEST:
        raise IsRequest
    if assignment.role == UnitRole.COORDINATING and kind != EntryKind.PROGRESS:
        raise OnlyProgress


def check_report(
    expected: ExpectedReport | None,
    kind: EntryKind,
    *,
    note: str,
    percent: int | None,
    evidence: Sequence[NewEvidence],
    today: dt.date,
) -> None:
    """Raises what `report` would of the report itself; writes nothing."""
    if expected is not None:
        _may_answer(expected, kind, today)
    if kind == EntryKind.DONE and not evidence:
        raise EvidenceNeeded
    if kind == EntryKind.PROGRESS and not note.strip() and not evidence:
        raise NoteNeeded
    if percent is not None and not 0 <= percent <= 100:
        raise BadPercent
    for piece in evidence:
        if piece.data is None and not _of_the_web(piece.url):
            raise BadAddress


def _of_the_web(url: str) -> bool:
    return url.strip().lower().startswith(("http://", "https://"))


def _may_answer(expected: ExpectedReport, kind: EntryKind, today: dt.date) -> None:
    if today < expected.period_start:
        raise NotYet(day=f"{expected.period_start:%d/%m/%Y}")
    if expected.period == "date" and kind == EntryKind.NIL:
        raise NilForDated
    if expected.state not in AWAITING:
        raise AlreadyReported


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter of reply: its number and symbol, and its day."""

    number: str
    dated: dt.date


@transaction.atomic
def answer_request(
    *,
    assignment: Assignment,
    by: Person,
    now: dt.datetime,
    kind: EntryKind = EntryKind.ANSWERED,
    note: str = "",
    evidence: Sequence[NewEvidence] = (),
    letter: NewLetter | None = None,
) -> Entry:
    """The body that was asked answers: it agrees, declines with a reason, or tells what it did; it may answer again.

    An answer by letter has the letter's number, day and file; the focal unit or the office that asked may enter it for
    a body that does not work here. Nobody confirms an answer, and no figure counts it. Raises NotPermitted, IsOrder,
    NoteNeeded, ReasonNeeded, LetterNeeded, BadAddress, and the refusals of `plumbing.files`.
    """
    post = _receiving_post(assignment, by, now) if letter else None
    post = post or _desk_post(assignment, by, now)
    if assignment.mode != Mode.REQUEST or kind not in ANSWERS:
        raise IsOrder
    if letter is not None:
        files_too = any(piece.data is not None for piece in evidence)
        if not letter.number.strip() or letter.dated > timezone.localdate(now) or not files_too:
            raise LetterNeeded
    elif kind == EntryKind.ANSWERED and not note.strip() and not evidence:
        raise NoteNeeded
    if kind == EntryKind.DECLINED and not note.strip():
        raise ReasonNeeded
    assignment = opened(assignment)
    entry = write(assignment, kind, by, now, post=post, note=note, evidence=evidence)
    if letter is not None:
        ReplyLetter.objects.create(entry=entry, number=letter.number.strip()[:120], dated=letter.dated)
    data = told(entry) | ({"letter": letter.number.strip()[:120]} if letter else {})
    journal.record(by=by, action="assignment.answered", subject=assignment, data=data, now=now)
    return entry


def _receiving_post(assignment: Assignment, by: Person, now: dt.datetime) -> Post | None:
    scope = acting(by, now)
    programme = assignment.task.programme
    if not may_enter_letter(
        scope=scope, focal_unit=programme.focal_unit_id, home_unit=programme.directive.home_unit_id
    ):
        return None
    return post_among(by, now, FOLLOWING, scope.units(FOLLOWING))


@transaction.atomic
def confirm(*, entry: Entry, by: Person, now: dt.datetime) -> Entry:
    """The focal unit accepts the report that stands; what that does to the figures, `rules.bucket` says.

    For who may, see `rules.may_confirm`. Raises NotPermitted, NotWaiting.
    """
    return _answer(entry, EntryKind.CONFIRMED, {ReportState.REPORTED}, "", by, now)


@transaction.atomic
def return_report(*, entry: Entry, reason: str, by: Person, now: dt.datetime) -> Entry:
    """The focal unit gives a report back, with the reason; the period is owed again, by the same due day.

    One that was confirmed can still be returned. Raises NotPermitted, NotWaiting, ReasonNeeded.
    """
    if not reason.strip():
        raise ReasonNeeded
    return _answer(entry, EntryKind.RETURNED, {ReportState.REPORTED, ReportState.CONFIRMED}, reason, by, now)


def _answer(entry: Entry, kind: EntryKind, states: set[ReportState], note: str, by: Person, now: dt.datetime) -> Entry:
    assignment = entry.assignment
    programme = assignment.task.programme
    scope = acting(by, now)
    assert programme.focal_unit_id is not None, "an issued programme has a focal unit"
    if not may_confirm(
        scope=scope,
        reporter=entry.by_id,
        reporting_unit=assignment.unit_id,
        focal_unit=programme.focal_unit_id,
        home_unit=programme.directive.home_unit_id,
    ):
        raise NotPermitted
    if entry.expected_id is None:
        raise NotWaiting
    assignment = locked(assignment)
    closed = assignment.task.programme.state != ProgrammeState.ISSUED
    if kind == EntryKind.RETURNED and (closed or assignment.state == AssignmentState.WITHDRAWN):
        raise NotRunning
    expected = ExpectedReport.objects.select_for_update(of=("self",)).get(pk=entry.expected_id)
    if expected.report_entry_id != entry.pk or expected.state not in states:
        raise NotWaiting
    post = post_among(by, now, FOLLOWING | {Role.LEADER}, scope.units(FOLLOWING | {Role.LEADER}))
    answer = write(assignment, kind, by, now, post=post, expected=expected, note=note, answers=entry)
    if kind == EntryKind.RETURNED:
        rouse(answer, now=now)
    journal.record(by=by, action=f"report.{kind.lower()}", subject=assignment, data=told(answer), now=now)
    return answer


def open_evidence(*, evidence: Evidence, by: Person, now: dt.datetime) -> StoredFile:
    """The file of a piece of evidence that the person sees; the journal says who opened it.

    Raises AlreadyWithdrawn where it was erased, or is a link; Infected, NotScanned.
    """
    if evidence.file is None or evidence.withdrawn_at:
        raise AlreadyWithdrawn
    scanning.gate(evidence.file, own=evidence.entry.by_id == by.pk)
    data = {"evidence": evidence.pk}
    journal.record(by=by, action="evidence.opened", subject=evidence.entry.assignment, data=data, now=now)
    return evidence.file


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: Person, now: dt.datetime) -> None:
    """Erases a piece of evidence, by its unit or by the focal unit; the entry keeps its hash, and what was done stands.

    Raises NotPermitted, ReasonNeeded, AlreadyWithdrawn.
    """
    _may_withdraw(evidence.entry, by, now)
    if not reason.strip():
        raise ReasonNeeded
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("file").get(pk=evidence.pk)
    if evidence.withdrawn_at:
        raise AlreadyWithdrawn
    if evidence.file is not None:
        files.withdraw(evidence.file, reason=reason, by=by, now=now)
    evidence.url = evidence.title = ""
    evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_reason = now, by, reason.strip()
    evidence.save()
    data = {"entry": evidence.entry_id, "evidence": evidence.pk}
    journal.record(by=by, action="evidence.withdrawn", subject=evidence.entry.assignment, data=data, now=now)


@transaction.atomic
def withdraw_note(*, note: EntryNote, reason: str, by: Person, now: dt.datetime) -> None:
    """Erases the words of an entry, likewise. Raises NotPermitted, ReasonNeeded, AlreadyWithdrawn."""
    _may_withdraw(note.entry, by, now)
    if not reason.strip():
        raise ReasonNeeded
    note = EntryNote.objects.select_for_update().get(pk=note.pk)
    if note.withdrawn_at:
        raise AlreadyWithdrawn
    note.text, note.withdrawn_at, note.withdrawn_by, note.withdrawn_reason = "", now, by, reason.strip()
    note.save()
    data = {"entry": note.entry_id}
    journal.record(by=by, action="note.withdrawn", subject=note.entry.assignment, data=data, now=now)


@transaction.atomic
def tell_people(*, evidence: Evidence, people: People, consent: str, by: Person, now: dt.datetime) -> None:
    """Says whether people can be known in a picture that was sent, and by what right it is kept; by who may erase it.

    Raises NotPermitted, AlreadyWithdrawn (also of what is no picture), ConsentNeeded.
    """
    _may_withdraw(evidence.entry, by, now)
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("file").get(pk=evidence.pk)
    if evidence.withdrawn_at or evidence.file is None or not evidence.file.is_picture:
        raise AlreadyWithdrawn
    files.tell_people(evidence.file, people=people, consent=consent, by=by, now=now)


def _may_withdraw(entry: Entry, by: Person, now: dt.datetime) -> None:
    focal_unit = entry.assignment.task.programme.focal_unit_id
    if not may_withdraw(scope=acting(by, now), unit=entry.assignment.unit_id, focal_unit=focal_unit):
        raise NotPermitted


def locked(assignment: Assignment) -> Assignment:
    """The assignment, locked until the act ends: its state is reckoned from all its lines."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("task__programme__directive")
        .get(pk=assignment.pk)
    )


def opened(assignment: Assignment) -> Assignment:
    """The assignment, locked; raises NotRunning where it was withdrawn or its programme is closed."""
    assignment = locked(assignment)
    closed = assignment.task.programme.state != ProgrammeState.ISSUED
    if closed or assignment.state == AssignmentState.WITHDRAWN:
        raise NotRunning
    return assignment


def _desk_post(assignment: Assignment, by: Person, now: dt.datetime) -> Post:
    """The post in which the person speaks for the assigned unit; raises NotPermitted without one."""
    post = post_among(by, now, DESK, [assignment.unit_id])
    if post is None or not by.is_active:
        raise NotPermitted
    return post


def held_post(by: Person, now: dt.datetime, roles: Iterable[Role]) -> Post | None:
    """The first post with one of the roles that the person holds, in any unit."""
    held = PostHolding.objects.on(timezone.localdate(now)).filter(person=by)
    return Post.objects.filter(holdings__in=held, role__in=roles).order_by("id").first()


def post_among(by: Person, now: dt.datetime, roles: Iterable[Role], units: Iterable[int]) -> Post | None:
    """The first post with one of the roles that the person holds in one of the units."""
    held = PostHolding.objects.on(timezone.localdate(now)).filter(person=by)
    return Post.objects.filter(holdings__in=held, role__in=roles, unit_id__in=units).order_by("id").first()


def write(
    assignment: Assignment,
    kind: EntryKind,
    by: Person,
    now: dt.datetime,
    *,
    post: Post | None,
    expected: ExpectedReport | None = None,
    note: str = "",
    percent: int | None = None,
    evidence: Sequence[NewEvidence] = (),
    answers: Entry | None = None,
    units: tuple[int | None, int | None] = (None, None),
    due: dt.date | None = None,
) -> Entry:
    """One line of the ledger with its note and evidence beside it, and the projections after it.

    `units`: from which unit to which, for a line that moves the assignment; `due`: the new day of a changed deadline.
    """
    kept = [_keep(piece, by, now) for piece in evidence]
    entry = Entry.objects.create(
        assignment=assignment,
        expected=expected,
        kind=kind,
        on=timezone.localdate(now),
        at=now,
        by=by,
        post=post,
        delegation=delegation_of(by, post, timezone.localdate(now)),
        percent=percent,
        answers=answers,
        from_unit_id=units[0],
        unit_id=units[1],
        due=due,
        note_sha256=note_mark(note),
        evidence_sha256=[piece.file.sha256 if piece.file else _sha256(piece.url) for piece in kept],
    )
    if note.strip():
        EntryNote.objects.create(entry=entry, text=note.strip())
    for piece in kept:
        piece.entry = entry
        piece.save(force_insert=True)
    project(assignment, expected)
    return entry


def _keep(piece: NewEvidence, by: Person, now: dt.datetime) -> Evidence:
    if piece.data is None:
        if not _of_the_web(piece.url):
            raise BadAddress
        return Evidence(url=piece.url.strip(), title=piece.title.strip()[:200])
    stored = files.take_in(data=piece.data, name=piece.name, by=by, now=now, people=piece.people, consent=piece.consent)
    return Evidence(file=stored, title=(piece.title.strip() or stored.name)[:200])


def note_mark(note: str) -> str:
    """The hash by which the ledger keeps the words beside it; "" for none."""
    return _sha256(note.strip()) if note.strip() else ""


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def told(entry: Entry) -> dict[str, object]:
    """What the journal says of a line."""
    data = {"entry": entry.pk, "kind": entry.kind, "expected": entry.expected_id, "unit": entry.assignment.unit_id}
    return data | ({"delegation": entry.delegation_id} if entry.delegation_id else {})
