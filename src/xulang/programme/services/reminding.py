"""The clock: tells of what falls due and of what is late, each person once a duty, step and day, with one letter a day.

Run it as often as you like, at any moment, in any number of processes: what was told is not told again, and what was
missed while nobody ran it is made up. Each piece is one transaction, so that a crash between two loses nothing.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from xulang.organisation.calendars import working_days
from xulang.organisation.enums import FOLLOWING
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.organisation.working_days import WorkingDays
from xulang.plumbing import journal, mail
from xulang.programme.enums import AWAITING, AssignmentState, Mode, ProgrammeState
from xulang.programme.errors import NobodyToTell, NothingOwed, RemindedToday
from xulang.programme.ladder import ASKED, URGED, Step, days_of, fired
from xulang.programme.models import Assignment, Digest, Entry, ExpectedReport, Notice, OwnNotice
from xulang.programme.ports import DueItems, due_items
from xulang.programme.rules import may_change
from xulang.programme.services.audience import Audience
from xulang.programme.services.linking import give_links

_PIECE = 500  # duties told of in one transaction
_AHEAD = dt.timedelta(days=31)  # seven working days reach no further, whatever holidays lie between

# Where a digest's words come from: the door knows the language and the addresses. Given the person, the notices of
# duties, of each expected report that they may report on by a link the link's secret, and what else there is to tell.
Compose = Callable[[Person, list[Notice], dict[int, str], list[OwnNotice]], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one run did."""

    notices: int
    digests: int


def remind(*, now: dt.datetime, compose: Compose) -> Told:
    """Tells everybody what the steps up to today have for them, then mails each person one digest.

    `compose` gives subject and body of a digest. Told is what this run did: nothing where an earlier one did it.
    """
    today = timezone.localdate(now)
    audience = Audience(today)
    made = sum(_tell(group, piece, audience, today, now) for group in list(_groups(today)) for piece in _pieces(group))
    made += sum(items.tell(today, now) for items in due_items())
    return Told(made, _mail_digests(today, now, compose))


@dataclass(frozen=True, slots=True)
class _Group:
    """Duties that are due on one day in one office, the days of their steps, and the last of these up to today."""

    home: int
    due: dt.date
    timed: list[tuple[dt.date, Step]]
    last: dt.date


def clocked() -> QuerySet[ExpectedReport]:
    """The duties that the clock runs for: ordered, owed, open, of a programme that runs; never a request."""
    return ExpectedReport.objects.filter(
        state__in=AWAITING,
        assignment__mode=Mode.ORDER,
        assignment__state=AssignmentState.OPEN,
        assignment__task__programme__state=ProgrammeState.ISSUED,
    )


_HOME = "assignment__task__programme__directive__home_unit_id"


def _groups(today: dt.date) -> Iterator[_Group]:
    """The groups in which some duty was not told of its last step."""
    calendars: dict[int, WorkingDays] = {}
    found = (
        clocked()
        .filter(due__lte=today + _AHEAD)
        .filter(Q(reminded_to__isnull=True) | Q(reminded_to__lt=today))
        .order_by()
        .values_list(_HOME, "due")
        .annotate(new=Count("pk", filter=Q(reminded_to__isnull=True)), first=Min("reminded_to"))
    )
    for home, due, new, first in found:
        if home not in calendars:
            calendars[home] = working_days(home)
        timed = days_of(due, calendars[home])
        last = max((day for day, _step in timed if day <= today), default=None)
        if last is not None and (new or (first is not None and first < last)):
            yield _Group(home, due, timed, last)


def _pieces(group: _Group) -> Iterator[list[int]]:
    """The duties of a group that were not told of its last step, some at a time."""
    untold = clocked().filter(**{_HOME: group.home}, due=group.due)
    untold = untold.filter(Q(reminded_to__isnull=True) | Q(reminded_to__lt=group.last)).order_by("pk")
    ids = list(untold.values_list("pk", flat=True))
    for start in range(0, len(ids), _PIECE):
        yield ids[start : start + _PIECE]


@transaction.atomic
def _tell(group: _Group, ids: list[int], audience: Audience, today: dt.date, now: dt.datetime) -> int:
    """Writes the notices of some duties; how many. Rows that changed meanwhile are left for the next run."""
    rows = ExpectedReport.objects.select_for_update(of=("self",)).filter(pk__in=ids, due=group.due, state__in=AWAITING)
    rows = rows.select_related("assignment__task__programme")
    told = set(
        Notice.objects.filter(expected__in=ids, due=group.due).values_list("person_id", "expected_id", "step", "day")
    )
    notices = []
    for row in rows:
        after = row.reminded_to or row.issued_on - dt.timedelta(days=1)
        for day, step in fired(group.timed, after, today):
            for person, stands_in in audience.of(step, row.assignment, group.home):
                if (person, row.pk, step.code, day) not in told:
                    notices.append(
                        Notice(
                            expected=row,
                            person_id=person,
                            unit_id=row.assignment.unit_id,
                            step=step.code,
                            day=day,
                            due=row.due,
                            stands_in=stands_in,
                            told_at=now,
                        )
                    )
    # The constraint has the last word, should two clocks run at once.
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    ExpectedReport.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_to=today)
    return len(notices)


def _mail_digests(today: dt.date, now: dt.datetime, compose: Compose) -> int:
    """One letter a person a day with what was not mailed yet; how many."""
    tables = [Notice.objects.all(), *(items.notices() for items in due_items())]
    people = {
        person
        for rows in tables
        for person in rows.filter(digest__isnull=True, seen_at__isnull=True)
        .order_by()
        .values_list("person", flat=True)
        .distinct()
    }
    had = set(Digest.objects.filter(day=today).values_list("person_id", flat=True))
    return sum(_mail_digest(person, today, now, compose) for person in sorted(people - had))


@transaction.atomic
def _mail_digest(person_id: int, today: dt.date, now: dt.datetime, compose: Compose) -> int:
    person = Person.objects.select_for_update().get(pk=person_id)
    if Digest.objects.filter(person=person, day=today).exists():
        return 0
    rows = Notice.objects.filter(person=person, digest__isnull=True, seen_at__isnull=True)
    notices = list(
        rows.select_related("expected__assignment__task", "unit", "about")
        .prefetch_related("unit__names")
        .order_by("due", "id")
    )
    owed = [row for row in notices if row.expected.state in AWAITING and not _answered(row)]
    digest = Digest.objects.create(person=person, day=today)
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(digest=digest)
    others = [row for items in due_items() for row in _taken(items, person, digest)]
    if not ((owed or others) and person.email and mail.available()):
        return 0
    links = give_links([row for row in owed if row.about_id is None], now=now)
    subject, body = compose(person, owed, links, others)
    digest.letter = mail.enqueue(to=person.email, subject=subject, body=body, now=now)
    digest.save(update_fields=["letter"])
    return 1


def _taken(items: DueItems, person: Person, digest: Digest) -> list[OwnNotice]:
    """A person's other notices, laid into the digest; of them those that are worth a word still."""
    waiting = items.notices().filter(person=person, digest__isnull=True, seen_at__isnull=True)
    worth = list(items.worth(waiting))
    waiting.update(digest=digest)
    return worth


def _answered(notice: Notice) -> bool:
    """Whether it told of an extension asked for that was granted or refused since."""
    return notice.step == ASKED.code and notice.about is not None and notice.about.answered_by.exists()


def tell_of(entry: Entry, step: Step, *, now: dt.datetime, also: Iterable[int] = ()) -> int:
    """Tells who stands on a step's rungs of an entry about a report that is owed, once a person; how many.

    For the verbs of this room, in their transaction. `also` are told besides; who wrote the entry is not.
    """
    expected, assignment = entry.expected, entry.assignment
    assert expected is not None, "what is told of concerns a period"
    today, home = timezone.localdate(now), assignment.task.programme.directive.home_unit_id
    people = dict(Audience(today).of(step, assignment, home))
    active = Person.objects.filter(pk__in=set(also), is_active=True).values_list("pk", flat=True)
    people = dict.fromkeys(active, False) | people
    people.pop(entry.by_id, None)
    made = Notice.objects.bulk_create(
        Notice(
            expected=expected, person_id=person, unit_id=assignment.unit_id, step=step.code, day=today,
            due=entry.due or expected.due, about=entry, stands_in=stands_in, told_at=now,
        )
        for person, stands_in in people.items()
    )  # fmt: skip
    return len(made)


@transaction.atomic
def mark_seen(*, notices: Iterable[int], by: Person, now: dt.datetime) -> int:
    """A person has seen notices of their own duties, by id; how many were new."""
    return Notice.objects.filter(pk__in=list(notices), person=by, seen_at__isnull=True).update(seen_at=now)


@transaction.atomic
def mark_others_seen(*, by: Person, now: dt.datetime, until: dt.datetime) -> int:
    """A person has seen what they were told besides their duties, up to a moment; how many notices were new."""
    waiting = (items.notices().filter(person=by, seen_at__isnull=True, told_at__lte=until) for items in due_items())
    return sum(rows.update(seen_at=now) for rows in waiting)


@dataclass(frozen=True, slots=True)
class Urged:
    """Whom a reminder was told, by number; `unmailed`: of them those whom no letter reaches, they see it on their desk.

    `instead`: nobody holds a post of the unit that was meant, and others were told in its stead.
    """

    told: frozenset[int]
    unmailed: frozenset[int]
    instead: bool


@transaction.atomic
def urge(*, assignment: Assignment, by: Person, now: dt.datetime) -> Urged:
    """Reminds the officers and the head of a unit of what it owes on an assignment now; gives who was told.

    By the focal unit's officer, or by whom an assignment may be withdrawn; once a day a duty. What can be reported
    today is told, else what is due next. The letter is that day's digest, or the next day's where one went out. Raises
    NotPermitted, NothingOwed, RemindedToday, NobodyToTell.
    """
    today, programme = timezone.localdate(now), assignment.task.programme
    scope = scope_of(by, today)
    home = programme.directive.home_unit_id
    if scope is None or not (
        programme.focal_unit_id in scope.units(FOLLOWING) or may_change(scope=scope, home_unit=home)
    ):
        raise NotPermitted
    owed = list(clocked().select_for_update(of=("self",)).filter(assignment=assignment).order_by("due", "pk"))
    rows = [row for row in owed if row.period_start <= today] or owed[:1]
    if not rows:
        raise NothingOwed
    if Notice.objects.filter(expected__in=rows, step=URGED.code, day=today).exists():
        raise RemindedToday
    people = list(Audience(today).of(URGED, assignment, home))
    if not people:
        raise NobodyToTell(unit=assignment.unit.name_on(today))
    Notice.objects.bulk_create(
        Notice(
            expected=row, person_id=person, unit_id=assignment.unit_id, step=URGED.code,
            day=today, due=row.due, stands_in=stands_in, told_at=now,
        )
        for row in rows
        for person, stands_in in people
    )  # fmt: skip
    data = {"reports": [row.pk for row in rows], "told": len(people)}
    journal.record(by=by, action="assignment.urged", subject=assignment, data=data, now=now)
    told = frozenset(person for person, _stands_in in people)
    reached = Person.objects.filter(pk__in=told).exclude(email="") if mail.available() else Person.objects.none()
    return Urged(told, told - set(reached.values_list("pk", flat=True)), all(instead for _person, instead in people))
