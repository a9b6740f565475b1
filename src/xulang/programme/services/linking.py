"""One-tap links: a reminder's letter lets the addressed officer report on one duty and period without a password.

A link gives less than its person has: one report, nothing to report, or an obstacle, with at most five files; it lists
nothing and shows no earlier evidence. It dies with the post, the assignment, a reorganisation that moves it, a report
made otherwise, or after `Ladder.link_days`. To look at it changes nothing; the first accepted report consumes it.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from xulang.organisation.enums import DESK
from xulang.organisation.models import PostHolding
from xulang.plumbing import journal
from xulang.programme.enums import AWAITING, REPORTS, AssignmentState, EntryKind, ProgrammeState
from xulang.programme.errors import LinkDead, LinkSpent, TooManyFiles
from xulang.programme.ladder import ladder_of
from xulang.programme.models import Entry, ExpectedReport, Notice, ReportLink
from xulang.programme.services.desk import NewEvidence, report
from xulang.programme.services.obstacles import raise_obstacle

FILES = 5


def give_links(notices: Iterable[Notice], *, now: dt.datetime) -> dict[int, str]:
    """A link for each duty of a digest that its person may report on themselves: the expected report's id → secret.

    Part of the transaction that writes the letter: the secret stands in that letter alone, until it is sent.
    """
    given: dict[int, str] = {}
    for notice in notices:
        holding = _holding(notice, timezone.localdate(now))
        if holding is None or notice.expected_id in given:
            continue
        given[notice.expected_id] = secret = secrets.token_urlsafe(32)
        days = ladder_of(notice.due).link_days
        ReportLink.objects.create(
            secret_sha256=_sha256(secret),
            expected=notice.expected,
            holding=holding,
            made_at=now,
            ends_at=now + dt.timedelta(days=days),
        )
    return given


def _holding(notice: Notice, today: dt.date) -> PostHolding | None:
    """The post by which the person works for the unit that owes the report."""
    rows = PostHolding.objects.on(today).filter(person=notice.person_id, post__role__in=DESK)
    return rows.filter(post__unit=notice.expected.assignment.unit_id).order_by("delegated_by", "id").first()


@dataclass(frozen=True, slots=True)
class ByLink:
    """What a person sent by a link: `kind` is a report's, or OBSTACLE; by `key`, the form's own, it can come again."""

    kind: EntryKind
    key: str
    note: str = ""
    percent: int | None = None
    evidence: Sequence[NewEvidence] = ()


def opened_link(secret: str, now: dt.datetime) -> ReportLink:
    """The link as it stands: what a GET shows. Raises LinkSpent for one that was used, LinkDead for any other."""
    link = _rows().filter(secret_sha256=_sha256(secret)).first()
    if link is None:
        raise LinkDead
    if link.used_at is not None:
        raise LinkSpent(link.used_at)
    if not _alive(link, now):
        raise LinkDead
    return link


@transaction.atomic
def report_by_link(*, secret: str, sent: ByLink, now: dt.datetime) -> Entry:
    """Files the report and consumes the link; of two at once one is written. The same form sent again gives its entry.

    Raises LinkDead, LinkSpent, TooManyFiles, and what `report` and `raise_obstacle` raise; then the link stands.
    """
    rows = _rows().select_for_update(of=("self",))
    link = rows.filter(secret_sha256=_sha256(secret)).first()
    if link is None:
        raise LinkDead
    if link.used_at is not None:
        if secrets.compare_digest(link.key_sha256, _sha256(sent.key)):
            # Asked for by itself: who waited for the lock sees of joined rows only what was there before they waited.
            return Entry.objects.get(by_link=link.pk)
        raise LinkSpent(link.used_at)
    if not sent.key or not _alive(link, now):
        raise LinkDead
    if len(sent.evidence) > FILES or any(piece.data is None for piece in sent.evidence):
        raise TooManyFiles
    entry = _filed(link, sent, now)
    link.used_at, link.key_sha256, link.entry = now, _sha256(sent.key), entry
    link.save(update_fields=["used_at", "key_sha256", "entry"])
    data = {"entry": entry.pk, "link": link.pk, "link_post": link.holding.post_id}
    journal.record(by=link.holding.person, action="link.used", subject=entry.assignment, data=data, now=now)
    return entry


def _filed(link: ReportLink, sent: ByLink, now: dt.datetime) -> Entry:
    assignment, by = link.expected.assignment, link.holding.person
    if sent.kind in REPORTS:
        return report(
            assignment=assignment,
            expected=link.expected,
            kind=sent.kind,
            note=sent.note,
            percent=sent.percent,
            evidence=sent.evidence,
            by=by,
            now=now,
        )
    return raise_obstacle(assignment=assignment, note=sent.note, evidence=sent.evidence, by=by, now=now)


def _rows() -> "QuerySet[ReportLink]":
    return ReportLink.objects.select_related(
        "expected__assignment__task__programme__directive",
        "expected__assignment__unit",
        "holding__post__unit",
        "holding__person",
    )


def _alive(link: ReportLink, now: dt.datetime) -> bool:
    """Whether its time is not over, the post is held still and is of the unit that owes, and the report is owed."""
    today, assignment = timezone.localdate(now), link.expected.assignment
    held = PostHolding.objects.on(today).filter(pk=link.holding_id, person__is_active=True, post__role__in=DESK)
    return (
        now < link.ends_at
        and assignment.unit_id == link.holding.post.unit_id
        and assignment.state == AssignmentState.OPEN
        and assignment.task.programme.state == ProgrammeState.ISSUED
        and _owed(link.expected)
        and held.exists()
    )


def _owed(expected: ExpectedReport) -> bool:
    return expected.state in AWAITING


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
