"""What has been kept for long enough is listed; a person with the right erases it, with a reason: never by itself."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from xulang.activities.enums import RECORDING, Kept
from xulang.activities.errors import NothingToErase
from xulang.activities.knowledge import Retention, retentions
from xulang.activities.models import Activity, ActivityDuty, ActivityEvidence, Attendee
from xulang.activities.services.attendance import erase_attendance
from xulang.activities.services.recording import withdraw_evidence
from xulang.organisation.enums import DESK, FOLLOWING
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.verdicts import People
from xulang.programme import services as programme
from xulang.programme.enums import ProgrammeState
from xulang.programme.models import Evidence
from xulang.programme.selectors import Place

_NUMBER = re.compile(r"[0-9]{1,18}")
# What a picture is kept as; any other file is a file.
_PICTURE = Q(file__media_type__startswith="image/")
_KINDS = {
    Kept.PEOPLE: _PICTURE & ~Q(file__people=People.NONE),
    Kept.PICTURE: _PICTURE & Q(file__people=People.NONE),
    Kept.FILE: ~_PICTURE,
}


@dataclass(frozen=True)
class Piece:
    """Something that has been kept for long enough: exactly one of the three, and since when it is kept."""

    kind: Kept
    since: dt.date
    evidence: Evidence | None = None
    shown: ActivityEvidence | None = None
    listed: Activity | None = None

    @property
    def row(self) -> Evidence | ActivityEvidence | Activity:
        """The one of the three."""
        row = self.evidence or self.shown or self.listed
        assert row is not None, "one of the three"
        return row

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{type(self.row).__name__.lower()}-{self.row.pk}"

    @property
    def place(self) -> Place:
        """Where it stands in the list: by day, then by number; rows of three tables never meet in one place."""
        return self.since, self.row.pk * len(_TABLES) + _TABLES.index(type(self.row))


_TABLES: tuple[type[Model], ...] = (Evidence, ActivityEvidence, Activity)
_Rows: TypeAlias = "QuerySet[Any]"


@dataclass(frozen=True)
class _Source:
    """Rows of one table that are kept as one kind; `day` names the day since when."""

    kind: Kept
    rows: _Rows
    day: str

    def after(self, place: Place | None) -> _Rows:
        """Those behind a place of the list, in its order."""
        rows: _Rows = self.rows.annotate(kept_since=TruncDate(self.day) if self.day != "ends" else F("ends"))
        if place is not None:
            day, number = place
            last = (number - _TABLES.index(rows.model)) // len(_TABLES)
            rows = rows.filter(Q(kept_since__gt=day) | Q(kept_since=day, pk__gt=last))
        return rows.order_by("kept_since", "pk")

    def pieces(self, rows: _Rows) -> list[Piece]:
        """The rows as pieces."""
        word = {Evidence: "evidence", ActivityEvidence: "shown", Activity: "listed"}[rows.model]
        return [Piece(self.kind, row.kept_since, **{word: row}) for row in rows]


def _sources(person: Person, today: dt.date, kind: Kept | None) -> Iterator[_Source]:
    """What the person may erase by now, table by table."""
    scope = scope_of(person, today)
    if scope is None:
        return
    reported = Q(entry__assignment__unit__in=scope.units(DESK)) | Q(
        entry__assignment__task__programme__focal_unit__in=scope.units(FOLLOWING)
    )
    for rule in retentions(today).values():
        if kind is not None and rule.kind != kind:
            continue
        if rule.kind == Kept.ATTENDANCE:
            yield _Source(rule.kind, _listed(rule, today).filter(unit__in=scope.units(RECORDING)), "ends")
            continue
        of_reports = Evidence.objects.for_user(person, today).filter(reported, pk__in=_filed(rule, today).values("pk"))
        of_reports = of_reports.select_related("file", "entry__assignment__task", "entry__assignment__unit")
        yield _Source(rule.kind, of_reports, "file__stored_at")
        shown = _shown(rule, today).filter(activity__unit__in=scope.units(RECORDING)).select_related("file", "activity")
        yield _Source(rule.kind, shown, "file__stored_at")


def kept_long_enough(
    person: Person, today: dt.date, *, kind: Kept | None = None, after: Place | None = None, most: int = 500
) -> list[Piece]:
    """What has been kept for as long as its kind is to be, and the person may erase; the oldest first.

    `after` begins behind a piece's place.
    """
    found = [piece for one in _sources(person, today, kind) for piece in one.pieces(one.after(after)[:most])]
    return sorted(found, key=lambda piece: piece.place)[:most]


def how_many_kept(person: Person, today: dt.date, *, kind: Kept | None = None) -> int:
    """How many `kept_long_enough` lists in all."""
    return sum(one.rows.count() for one in _sources(person, today, kind))


@transaction.atomic
def erase_kept(*, keys: Sequence[str], reason: str, by: Person, now: dt.datetime) -> int:
    """Erases some of what `kept_long_enough` lists, each by its own verb; how many. All of them, or none.

    Raises NotPermitted (one that is not listed for the person), NothingToErase, ReasonNeeded.
    """
    if not reason.strip():
        raise ReasonNeeded
    wanted = set(keys)
    if not wanted:
        raise NothingToErase
    pieces = [
        piece
        for one in _sources(by, timezone.localdate(now), None)
        for piece in one.pieces(one.after(None).filter(pk__in=_numbers(wanted, one.rows.model)))
    ]
    if len(pieces) != len(wanted):
        raise NotPermitted
    for piece in pieces:
        if piece.evidence is not None:
            programme.withdraw_evidence(evidence=piece.evidence, reason=reason, by=by, now=now)
        elif piece.shown is not None:
            withdraw_evidence(evidence=piece.shown, reason=reason, by=by, now=now)
        elif piece.listed is not None:
            erase_attendance(activity=piece.listed, reason=reason, by=by, now=now)
    journal.record(by=by, action="retention.erased", subject=by, data={"pieces": len(pieces)}, now=now)
    return len(pieces)


def _numbers(keys: Set[str], model: type[Model]) -> list[int]:
    """The rows of a table among those that are named (see `Piece.key`)."""
    named = (key.partition("-") for key in keys)
    return [int(pk) for word, _dash, pk in named if word == model.__name__.lower() and _NUMBER.fullmatch(pk)]


def units_with_kept(today: dt.date) -> set[int]:
    """The units that may erase something by now: those whose it is, and the focal units of programmes that are over."""
    found = set[int]()
    for rule in retentions(today).values():
        if rule.kind == Kept.ATTENDANCE:
            found |= set(_listed(rule, today).order_by().values_list("unit_id", flat=True).distinct())
            continue
        columns = ("entry__assignment__unit", "entry__assignment__task__programme__focal_unit")
        rows = _filed(rule, today).order_by().values_list(*columns).distinct()
        found |= {unit for row in rows for unit in row if unit is not None}
        found |= set(_shown(rule, today).order_by().values_list("activity__unit", flat=True).distinct())
    return found


def _filed(rule: Retention, today: dt.date) -> "QuerySet[Evidence]":
    rows = Evidence.objects.filter(
        _KINDS[rule.kind], withdrawn_at__isnull=True, file__stored_at__lt=_until(rule, today)
    )
    running = Q(entry__assignment__task__programme__state=ProgrammeState.ISSUED)
    return rows.exclude(running) if rule.after_programme else rows


def _shown(rule: Retention, today: dt.date) -> "QuerySet[ActivityEvidence]":
    rows = ActivityEvidence.objects.filter(
        _KINDS[rule.kind], withdrawn_at__isnull=True, file__stored_at__lt=_until(rule, today)
    )
    running = ActivityDuty.objects.filter(
        activity=OuterRef("activity"), assignment__task__programme__state=ProgrammeState.ISSUED
    )
    return rows.filter(~Exists(running)) if rule.after_programme else rows


def _listed(rule: Retention, today: dt.date) -> "QuerySet[Activity]":
    named = Attendee.objects.filter(activity=OuterRef("pk"))
    return Activity.objects.filter(Exists(named), ends__lte=rule.cut_off(today))


def _until(rule: Retention, today: dt.date) -> dt.datetime:
    """The end of the rule's last day."""
    return timezone.make_aware(dt.datetime.combine(rule.cut_off(today) + dt.timedelta(days=1), dt.time()))
