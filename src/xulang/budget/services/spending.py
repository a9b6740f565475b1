"""Money of an approved estimate: spent, given back, moved to another line, carried over to the next year."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from xulang.budget.enums import DRAWING, ActKind, EstimateState
from xulang.budget.errors import (
    BadFigure,
    GroundNeeded,
    NotApproved,
    NotDoneInYear,
    NotInYear,
    NotWaiting,
    OtherSource,
    Overspent,
    OwnHand,
    SameLine,
    TooMuch,
    YearClosed,
)
from xulang.budget.findings import money
from xulang.budget.models import BudgetEntry, Drafter, Estimate, EstimateLine, Version
from xulang.budget.services.ledger import draws, finance, held, home_of, leads, locked, write
from xulang.budget.year_end import year_end
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post
from xulang.papers.money_words import MOST
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme.services.desk import post_among


@transaction.atomic
def spend(
    *,
    line: EstimateLine,
    amount: int,
    on: dt.date,
    voucher: str,
    by: Person,
    now: dt.datetime,
    done_in_year: bool = False,
) -> BudgetEntry:
    """Puts down what was paid out of a line, with its voucher; never more than is left of it.

    After the year until its settlement ends, only what was done in the year is paid (Thông tư 26/2026/TT-BTC, Điều 15
    khoản 2): who says so with `done_in_year` answers for it. Raises NotPermitted, NotApproved, BadFigure, ReasonNeeded,
    NotInYear, NotDoneInYear, YearClosed, Overspent.
    """
    estimate, line = _held(line)
    post = draws(estimate, by, now)
    _money(amount)
    if not voucher.strip():
        raise ReasonNeeded
    _open(estimate, now)
    end = year_end(estimate.year)
    last = end.closes_on if end else dt.date(estimate.year, 12, 31)
    if not dt.date(estimate.year, 1, 1) <= on <= min(last, timezone.localdate(now)):
        raise NotInYear(year=estimate.year, day=f"{last:%d/%m/%Y}")
    if end and on.year > estimate.year and not done_in_year:
        raise NotDoneInYear(year=estimate.year, source=end.payments)
    _enough(line, amount)
    return write(estimate, ActKind.SPENT, by, now, post=post, on=on, line=line, amount=amount, note=voucher)


@transaction.atomic
def refund(*, entry: BudgetEntry, amount: int, reason: str, by: Person, now: dt.datetime) -> BudgetEntry:
    """Takes spending back, wholly or in part: put down in error, or paid back. Raises NotPermitted, TooMuch, …"""
    if entry.kind != ActKind.SPENT or entry.line is None:
        raise NotWaiting
    estimate, line = _held(entry.line)
    post = draws(estimate, by, now)
    _money(amount)
    if not reason.strip():
        raise ReasonNeeded
    back = entry.answered_by.filter(kind=ActKind.REFUNDED).aggregate(sum=Sum("amount"))["sum"] or 0
    if amount > (entry.amount or 0) - back:
        raise TooMuch(left=money((entry.amount or 0) - back))
    told: dict[str, Any] = {"line": line, "amount": amount, "answers": entry, "note": reason}
    return write(estimate, ActKind.REFUNDED, by, now, post=post, **told)


@transaction.atomic
def ask_transfer(
    *, line: EstimateLine, to_line: EstimateLine, amount: int, reason: str, by: Person, now: dt.datetime
) -> BudgetEntry:
    """Asks the leader to move money to another line of the same source and year; by the unit or the finance office.

    Raises NotPermitted, NotApproved, YearClosed, SameLine, OtherSource, BadFigure, ReasonNeeded, Overspent.
    """
    estimate, line = _held(line)
    post = _asking(estimate, by, now)
    _open(estimate, now)
    _fits(
        estimate,
        line,
        to_line,
        Estimate.objects.select_related("programme__directive").get(versions=to_line.version_id),
    )
    _money(amount)
    if not reason.strip():
        raise ReasonNeeded
    _enough(line, amount)
    told: dict[str, Any] = {"line": line, "to_line": to_line, "amount": amount, "note": reason}
    return write(estimate, ActKind.TRANSFER_ASKED, by, now, post=post, **told)


@transaction.atomic
def ask_carry_over(
    *, line: EstimateLine, amount: int, reason: str, by: Person, now: dt.datetime, ground: str = ""
) -> BudgetEntry:
    """Asks the leader to let money be spent in the next year.

    `ground` is the case of the law that allows it; of a year whose law is not in the data `reason` names it. Raises
    NotPermitted, NotApproved, BadFigure, ReasonNeeded, GroundNeeded, Overspent.
    """
    estimate, line = _held(line)
    post = _asking(estimate, by, now)
    _money(amount)
    if not reason.strip():
        raise ReasonNeeded
    end = year_end(estimate.year)
    if end and end.ground(ground) is None:
        raise GroundNeeded(law=end.law)
    _enough(line, amount)
    told: dict[str, Any] = {"line": line, "amount": amount, "ground": ground if end else "", "note": reason}
    return write(estimate, ActKind.CARRY_ASKED, by, now, post=post, **told)


@transaction.atomic
def grant(*, asked: BudgetEntry, by: Person, now: dt.datetime) -> list[BudgetEntry]:
    """The leader agrees: the money leaves one line and comes to another, in two entries that add up to nothing.

    Raises NotPermitted, OwnHand, NotWaiting, YearClosed, Overspent, OtherSource.
    """
    estimates, asked, post = _answering(asked, by, now)
    assert asked.line is not None, "a request names a line"
    assert asked.amount is not None, "… and an amount"
    estimate, line = estimates[asked.estimate_id], asked.line
    _enough(line, asked.amount)
    if asked.kind == ActKind.TRANSFER_ASKED:
        assert asked.to_line is not None, "a transfer names its goal"
        _open(estimate, now)
        kind, to_line, goal = ActKind.TRANSFERRED, asked.to_line, estimates[asked.to_line.version.estimate_id]
        _fits(estimate, line, to_line, goal)
    else:
        kind, to_line = ActKind.CARRIED, _next_year(estimate, line, asked.amount, post, by, now)
        goal = to_line.version.estimate
    told: dict[str, Any] = {"post": post, "answers": asked}
    return [
        write(estimate, kind, by, now, line=line, to_line=to_line, amount=-asked.amount, **told),
        write(goal, kind, by, now, line=to_line, to_line=line, amount=asked.amount, **told),
    ]


@transaction.atomic
def refuse(*, asked: BudgetEntry, reason: str, by: Person, now: dt.datetime) -> BudgetEntry:
    """The leader does not agree, with the reason. Raises NotPermitted, OwnHand, NotWaiting, ReasonNeeded."""
    estimates, asked, post = _answering(asked, by, now)
    if not reason.strip():
        raise ReasonNeeded
    return write(estimates[asked.estimate_id], ActKind.REFUSED, by, now, post=post, answers=asked, note=reason)


def may_answer(asked: BudgetEntry, by: Person, now: dt.datetime) -> bool:
    """Whether the person may agree to what was asked, or not."""
    try:
        leads(home_of(asked.estimate), by, now)
    except NotPermitted:
        return False
    return asked.by_id != by.pk and not asked.answered_by.exists()


# --- What the verbs are made of ---


def _held(line: EstimateLine) -> tuple[Estimate, EstimateLine]:
    """The line with its estimate held, so that of two who spend one waits; raises NotApproved."""
    estimate = locked(line.version.estimate)
    if estimate.state != EstimateState.APPROVED:
        raise NotApproved
    return estimate, EstimateLine.objects.select_related("version").get(pk=line.pk)


def _open(estimate: Estimate, now: dt.datetime) -> None:
    """Raises YearClosed where the year's settlement has ended: what is left has lapsed, unless it is carried over."""
    end = year_end(estimate.year)
    if end and end.is_over(timezone.localdate(now)):
        raise YearClosed(year=estimate.year, day=f"{end.closes_on:%d/%m/%Y}", source=end.lapse)


def _asking(estimate: Estimate, by: Person, now: dt.datetime) -> Post | None:
    """The post in which the person asks for the money to go elsewhere: the unit's own, or the finance office's."""
    if by.is_active and (post := post_among(by, now, DRAWING, [estimate.unit_id])):
        return post
    return finance(home_of(estimate), by, now)


def _answering(
    asked: BudgetEntry, by: Person, now: dt.datetime
) -> tuple[dict[int, Estimate], BudgetEntry, Post | None]:
    """What was asked and still waits, with every estimate that it touches held, and the post of who answers."""
    rows = BudgetEntry.objects.select_related("line__version", "to_line__version")
    touched = rows.values_list("estimate", "to_line__version__estimate").get(pk=asked.pk)
    estimates = held(pk for pk in touched if pk)
    asked = rows.get(pk=asked.pk)  # read anew: the money may have gone while one waited for the lock
    post = leads(home_of(estimates[asked.estimate_id]), by, now)
    if asked.by_id == by.pk:
        raise OwnHand
    if not BudgetEntry.objects.waiting().filter(pk=asked.pk).exists():
        raise NotWaiting
    return estimates, asked, post


def _fits(estimate: Estimate, line: EstimateLine, to_line: EstimateLine, goal: Estimate) -> None:
    if line.pk == to_line.pk:
        raise SameLine
    if goal.state != EstimateState.APPROVED or to_line.version_id != goal.current.pk:
        raise NotApproved
    if (line.source, estimate.year, home_of(estimate)) != (to_line.source, goal.year, home_of(goal)):
        raise OtherSource


def _money(amount: int) -> None:
    if not 0 < amount <= MOST:
        raise BadFigure


def _enough(line: EstimateLine, amount: int) -> None:
    if amount > line.left:
        raise Overspent(left=money(line.left), amount=money(amount))


def _next_year(
    estimate: Estimate, line: EstimateLine, amount: int, post: Post | None, by: Person, now: dt.datetime
) -> EstimateLine:
    """The line of the next year's estimate to which money is carried over; made where it is not there yet.

    Its own amount is what comes over: nothing was asked for it anew.
    """
    carried = estimate.entries.filter(kind=ActKind.CARRIED, amount__lt=0).order_by("id").first()
    goal = carried.to_line.version.estimate if carried and carried.to_line else None
    if goal is None:
        goal = Estimate.objects.create(
            programme=estimate.programme,
            year=estimate.year + 1,
            title=estimate.title,
            drawn_by=estimate.drawn_by,
            unit=estimate.unit,
            approved_on=estimate.approved_on,
            adjusted_by=estimate.adjusted_by,
        )
        version = Version.objects.create(estimate=goal, number=1, made_at=now)
        Drafter.objects.bulk_create(Drafter(estimate=goal, person_id=one.person_id) for one in estimate.drafters.all())
        write(goal, ActKind.APPROVED, by, now, post=post, version=version)
    made = EstimateLine.objects.get(pk=line.pk)
    made.pk, made._state.adding, made.version = None, True, goal.current
    made.quantity = made.times = 1
    made.price = made.amount = amount
    made.allotted = made.spent = 0
    made.save(force_insert=True)
    return made
