"""Random histories of the clock with a crash at any named step, and what must hold after each.

A history is a town with dated duties, some weeks of days on which units report or not and obstacles come and go, and
a clock that is run each day, killed at some named step, and started again. What was told must be what a clock without
a crash tells.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from builders import Said, Town, a_person, a_town, an_issued_programme, at
from programme import obstacle_histories
from xulang.organisation.enums import Role
from xulang.plumbing import mail
from xulang.plumbing.models import JournalEntry, Letter
from xulang.programme import services
from xulang.programme.enums import AWAITING, EntryKind
from xulang.programme.ladder import fired
from xulang.programme.models import Digest, Entry, ExpectedReport, Notice, RaisedNotice
from xulang.programme.services import NewEvidence, reminding

START = dt.date(2026, 3, 10)
UNITS = (
    "Phòng Tài chính - Kế hoạch",
    "UBND phường Bến Đá",
    "UBND xã Nà Sáng",
    "Trung tâm Văn hóa - Thể thao",  # nobody works there: its steps climb to whoever stands higher
)

# Where a process can die: before or after the work of each function whose end is a commit or an answer from outside.
STEPS = (
    "notices not written",  # in their transaction
    "notices not committed",  # written, and undone with the transaction
    "notices committed",
    "notices of turns not written",
    "notices of turns written",
    "digest without its letter",
    "digest not committed",
    "digest committed",
    "letter claimed",  # not yet handed over
    "letter handed over",  # the post office has it, and we do not know
    "letter noted",
)


class Killed(BaseException):
    """The process is gone: nothing that catches errors catches this."""


@dataclass
class PostOffice:
    """Takes every letter, and remembers."""

    taken: list[str] = field(default_factory=list)

    def available(self) -> bool:
        return True

    def send(self, to: str, subject: str, body: str, message_id: str) -> None:
        self.taken.append(message_id)


def _dying(work: Callable[..., Any], *, before: bool, on: int) -> Callable[..., Any]:
    """The work, whose process dies before or after it, the `on`-th time."""
    calls = Counter[str]()

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        calls["made"] += 1
        if before and calls["made"] == on:
            raise Killed
        done = work(*args, **kwargs)
        if not before and calls["made"] == on:
            raise Killed
        return done

    return wrapped


@contextmanager
def dying(step: str, on: int, also: Mapping[str, tuple[Any, str, bool]] | None = None) -> Iterator[None]:
    """While it lasts, the process dies at that step, the `on`-th time it comes there.

    `also` are places of rooms above: what owns the function, its name, and whether the death comes before its work.
    """
    places: dict[str, tuple[Any, str, bool]] = {
        "notices not written": (Notice.objects, "bulk_create", True),
        "notices not committed": (Notice.objects, "bulk_create", False),
        "notices committed": (reminding, "_tell", False),
        "notices of turns not written": (RaisedNotice.objects, "bulk_create", True),
        "notices of turns written": (RaisedNotice.objects, "bulk_create", False),
        "digest without its letter": (mail, "enqueue", True),
        "digest not committed": (mail, "enqueue", False),
        "digest committed": (reminding, "_mail_digest", False),
        "letter claimed": (mail, "_deliver", True),
        "letter handed over": (mail._registered[0], "send", False),
        "letter noted": (mail, "_deliver", False),
    }
    owner, name, before = (places | dict(also or {}))[step]
    kept = getattr(owner, name)
    setattr(owner, name, _dying(kept, before=before, on=on))
    try:
        yield
    finally:
        setattr(owner, name, kept)


def told(person: Any, notices: list[Notice], _links: dict[int, str], _others: list[Any]) -> tuple[str, str]:
    """A digest that tells nothing but its rows."""
    return "Nhắc việc", " ".join(str(row.pk) for row in notices)


def run_clock(now: dt.datetime) -> None:
    """What the periodic jobs do."""
    services.remind(now=now, compose=told)
    mail.deliver_due(now)


@dataclass(frozen=True)
class Outcome:
    """What a history left behind."""

    notices: Counter[tuple[Any, ...]]
    wanted: Counter[tuple[Any, ...]]
    turns: Counter[tuple[Any, ...]]
    turns_wanted: Counter[tuple[Any, ...]]
    digests: Counter[tuple[int, dt.date]]
    sent: Counter[str]
    letters: int
    unsent: int
    lost: int
    repeats: int
    journalled: int
    deaths: Counter[str]


def live(seed: int, *, days: int = 24) -> Outcome:
    """One history by its seed, in the caller's transaction or on a database of its own."""
    draw = random.Random(seed)
    post = PostOffice()
    mail._registered[:] = [post]
    town = a_town()
    a_person((Role.HEAD, town.ward))
    a_person((Role.HEAD, town.finance))
    for person in (town.lead, town.leader, town.finance_officer, town.ward_officer):  # the commune's has no mail
        person.email = f"{person.username}@muonghoa.example"
        person.save()
    duties = [
        Said(f"Việc {n}", [draw.choice(UNITS)], deadline=("date", str(START + dt.timedelta(draw.randint(1, 25))), None))
        for n in range(draw.randint(2, 6))
    ]
    an_issued_programme(town, *duties)
    expected = list(ExpectedReport.objects.select_related("assignment__unit"))
    done_on = {row.pk: START + dt.timedelta(draw.randint(1, 40)) for row in expected}
    officers = {
        town.finance.pk: town.finance_officer,
        town.ward.pk: town.ward_officer,
        town.commune.pk: town.commune_officer,
    }
    laid = [row.assignment for row in expected]
    stuck = obstacle_histories.drawn(
        laid, officers, focal=town.lead, leader=town.leader, start=START, days=days, draw=draw
    )
    ran: list[dt.date] = []
    deaths = Counter[str]()
    for n in range(days):
        day = START + dt.timedelta(n)
        for row in expected:
            if done_on[row.pk] == day and row.assignment.unit_id in officers:
                services.report(
                    assignment=row.assignment,
                    expected=row,
                    kind=EntryKind.DONE,
                    evidence=[NewEvidence(url="https://muonghoa.example/bai")],
                    by=officers[row.assignment.unit_id],
                    now=at(day, 6),
                )
        for obstacle in stuck:
            obstacle.act(day)
        if draw.random() < 0.15:
            continue  # the machine is off
        ran.append(day)
        now = at(day, 7)
        for _ in range(draw.choice((0, 0, 1, 1, 2))):
            step = draw.choice(STEPS)
            try:
                with dying(step, draw.randint(1, 3)):
                    run_clock(now)
            except Killed:
                deaths[step] += 1
        for _ in range(draw.choice((1, 1, 2))):  # started again, once or twice
            run_clock(now)
            now += dt.timedelta(minutes=2)  # a letter that a dead sender had is free again
            mail.deliver_due(now)
    mail.deliver_due(now + dt.timedelta(hours=1))
    return Outcome(
        notices=Counter(Notice.objects.values_list("person_id", "expected_id", "step", "day")),
        wanted=_wanted(town, expected, done_on, officers, ran),
        turns=Counter(RaisedNotice.objects.values_list("person_id", "about_id", "day")),
        turns_wanted=sum(
            (one.wanted(_ladder(town, one.duty.unit_id), ran) for one in stuck), Counter[tuple[Any, ...]]()
        ),
        digests=Counter(Digest.objects.values_list("person_id", "day")),
        sent=Counter(post.taken),
        letters=Letter.objects.count(),
        unsent=Letter.objects.filter(sent_at__isnull=True).count(),
        lost=Digest.objects.filter(
            letter__isnull=True, notices__expected__state__in=AWAITING, person__email__gt=""
        ).count()
        + _turns_lost(ran),
        repeats=sum(Letter.objects.values_list("repeats", flat=True)),
        journalled=JournalEntry.objects.filter(action="letter.repeated").count(),
        deaths=deaths,
    )


def _turns_lost(ran: list[dt.date]) -> int:
    """How many were told of a line that stands to the end, and not by mail although they have it."""
    answered = Entry.objects.filter(answers=OuterRef("about"))
    overtaken = Entry.objects.filter(answers=OuterRef("about__answers"), pk__gt=OuterRef("about"))
    rows = RaisedNotice.objects.exclude(Exists(answered) | Exists(overtaken)).filter(person__email__gt="")
    return rows.filter(told_at__lt=at(max(ran), 8), digest__letter__isnull=True).count() if ran else 0


def _ladder(town: Town, unit: int) -> list[set[int]]:
    """Who stands on the rungs of a unit's duty: its officers, its head, the focal unit, the leader."""
    from xulang.organisation.models import PostHolding

    holders: dict[tuple[int, str], set[int]] = {}
    for of, role, person in PostHolding.objects.values_list("post__unit_id", "post__role", "person_id"):
        holders.setdefault((of, role), set()).add(person)
    return [
        holders.get((unit, "UNIT_OFFICER"), set()) | holders.get((unit, "LEAD_OFFICER"), set()),
        holders.get((unit, "HEAD"), set()),
        holders.get((town.culture.pk, "LEAD_OFFICER"), set()),
        holders.get((town.home.pk, "LEADER"), set()),
    ]


def _wanted(
    town: Town,
    expected: list[ExpectedReport],
    done_on: dict[int, dt.date],
    officers: dict[int, Any],
    ran: list[dt.date],
) -> Counter[tuple[Any, ...]]:
    """What a clock without a crash tells, reckoned from scratch: whom, of which duty, on which step and its day."""
    from xulang.organisation.working_days import WorkingDays
    from xulang.programme.ladder import days_of

    wanted = Counter[tuple[Any, ...]]()
    first = {"officer": 0, "head": 1, "focal": 2, "leader": 3}
    for row in expected:
        unit = row.assignment.unit_id
        ladder = _ladder(town, unit)
        after = START - dt.timedelta(days=1)
        for day in ran:
            if unit in officers and day >= done_on[row.pk]:
                break  # it is reported
            for step_day, step in fired(days_of(row.due, WorkingDays()), after, day):
                rung = first[step.to[0]]
                people = next((those for those in ladder[rung:] if those), set())
                for person in people:
                    wanted[person, row.pk, step.code, step_day] += 1
            after = day
    return wanted


def faults(outcome: Outcome) -> list[str]:
    """What does not hold of a history; empty where all does."""
    found = []
    if outcome.notices != outcome.wanted:
        found.append(f"notices {dict((outcome.notices - outcome.wanted) + (outcome.wanted - outcome.notices))}")
    if outcome.turns != outcome.turns_wanted:
        wrong = (outcome.turns - outcome.turns_wanted) + (outcome.turns_wanted - outcome.turns)
        found.append(f"notices of turns {dict(wrong)}")
    if outcome.digests and max(outcome.digests.values()) > 1:
        found.append("two digests of a day")
    if len(outcome.sent) != outcome.letters or outcome.unsent:
        found.append(f"{outcome.letters} letters, {len(outcome.sent)} sent, {outcome.unsent} not")
    if outcome.lost:
        found.append(f"{outcome.lost} digests without a letter")
    again = sum(outcome.sent.values()) - len(outcome.sent)
    if again > outcome.deaths["letter handed over"]:
        found.append(f"{again} letters went again, {outcome.deaths['letter handed over']} senders died with one")
    if outcome.repeats != outcome.journalled or again > outcome.repeats:
        found.append(f"{again} went again, {outcome.repeats} counted, {outcome.journalled} in the journal")
    return found
