"""The finance office appraises an estimate line by line, returns it, or hands it on; the leader decides."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from xulang.budget.enums import ActKind, EstimateState, Verdict
from xulang.budget.errors import (
    CutUnexplained,
    LinesReturned,
    NotCut,
    NotJudged,
    NotWaiting,
    OwnHand,
    ReturnUnexplained,
)
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine, LineAppraisal
from xulang.budget.services.drawing import next_version
from xulang.budget.services.ledger import finance, fingerprint, home_of, leads, locked, write
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the finance office says of a line: how much of it, and why less than was asked for.

    `amount` None gives the line back to be mended; `reason` says what.
    """

    line: int
    amount: int | None
    reason: str = ""


@transaction.atomic
def appraise_lines(*, estimate: Estimate, opinions: Sequence[Opinion], by: Person, now: dt.datetime) -> None:
    """Says of lines that they are accepted, cut to an amount, or given back, with the reason; what is said last holds.

    Raises NotPermitted, OwnHand, NotWaiting, NotCut, CutUnexplained, ReturnUnexplained; then nothing is kept.
    """
    estimate = _appraising(estimate, by, now)
    lines = estimate.current.lines.in_bulk([one.line for one in opinions])
    if len(lines) != len({one.line for one in opinions}):
        raise NotWaiting
    said = [_said(lines[one.line], one, by, now) for one in opinions]
    told = ["verdict", "amount", "reason", "at", "by"]
    LineAppraisal.objects.bulk_create(said, update_conflicts=True, unique_fields=["line"], update_fields=told)
    data = {"lines": [[one.line_id, str(one.verdict), one.amount] for one in said]}
    journal.record(by=by, action="estimate.line_appraised", subject=estimate, data=data, now=now)


def _said(line: EstimateLine, opinion: Opinion, by: Person, now: dt.datetime) -> LineAppraisal:
    reason = opinion.reason.strip()[:2000]
    if opinion.amount is None:
        if not reason:
            raise ReturnUnexplained(content=line.content)
        return LineAppraisal(line=line, verdict=Verdict.RETURN, amount=0, reason=reason, at=now, by=by)
    if opinion.amount == line.amount:
        return LineAppraisal(line=line, verdict=Verdict.ACCEPT, amount=line.amount, at=now, by=by)
    if not 0 <= opinion.amount < line.amount:
        raise NotCut(content=line.content)
    if not reason:
        raise CutUnexplained(content=line.content)
    return LineAppraisal(line=line, verdict=Verdict.CUT, amount=opinion.amount, reason=reason, at=now, by=by)


@transaction.atomic
def finish_appraisal(*, estimate: Estimate, by: Person, now: dt.datetime, note: str = "") -> BudgetEntry:
    """Hands the estimate on to the leader. Raises NotPermitted, OwnHand, NotWaiting, NotJudged, LinesReturned."""
    estimate = _appraising(estimate, by, now)
    version = estimate.current
    if left := version.lines.filter(appraisal__isnull=True).count():
        raise NotJudged(count=left)
    if back := version.lines.filter(appraisal__verdict=Verdict.RETURN).count():
        raise LinesReturned(count=back)
    post, mark = finance(home_of(estimate), by, now), fingerprint(version, appraised=True)
    return write(estimate, ActKind.APPRAISED, by, now, post=post, version=version, sha256=mark, note=note)


@transaction.atomic
def return_estimate(*, estimate: Estimate, reason: str, by: Person, now: dt.datetime) -> BudgetEntry:
    """Gives an estimate back with the reason, its own or that of a line; the unit goes on with the next version of it.

    Raises NotPermitted, OwnHand, ReasonNeeded, NotWaiting.
    """
    estimate = _appraising(estimate, by, now)
    lines = estimate.current.lines.filter(appraisal__verdict=Verdict.RETURN)
    if not reason.strip() and not lines.exists():
        raise ReasonNeeded
    post = finance(home_of(estimate), by, now)
    entry = write(estimate, ActKind.RETURNED, by, now, post=post, note=reason)
    next_version(estimate, now)
    return entry


@transaction.atomic
def approve(*, estimate: Estimate, by: Person, now: dt.datetime) -> BudgetEntry:
    """The leader approves what was appraised; every line gets its money. Raises NotPermitted, OwnHand, NotWaiting."""
    estimate = _deciding(estimate, by, now)
    version, post = estimate.current, leads(home_of(estimate), by, now)
    entry = write(estimate, ActKind.APPROVED, by, now, post=post, version=version)
    for line in version.lines.select_related("appraisal").order_by("id"):
        if amount := line.appraisal.amount:
            given: dict[str, Any] = {"line": line, "amount": amount, "answers": entry}
            write(estimate, ActKind.ALLOTTED, by, now, post=post, version=version, **given)
    return entry


@transaction.atomic
def decline(*, estimate: Estimate, reason: str, by: Person, now: dt.datetime) -> BudgetEntry:
    """The leader declines an estimate, with the reason. Raises NotPermitted, OwnHand, ReasonNeeded, NotWaiting."""
    estimate = _deciding(estimate, by, now)
    if not reason.strip():
        raise ReasonNeeded
    post = leads(home_of(estimate), by, now)
    return write(estimate, ActKind.DECLINED, by, now, post=post, note=reason)


def may_appraise(estimate: Estimate, by: Person, now: dt.datetime) -> bool:
    """Whether the person may say anything of the lines as they wait."""
    try:
        _may_appraise(estimate, by, now)
    except (NotPermitted, OwnHand, NotWaiting):
        return False
    return True


def may_decide(estimate: Estimate, by: Person, now: dt.datetime) -> bool:
    """Whether the person may approve or decline the estimate as it waits."""
    try:
        _may_decide(estimate, by, now)
    except (NotPermitted, OwnHand, NotWaiting):
        return False
    return True


# --- Separation of duties ---


def _may_appraise(estimate: Estimate, by: Person, now: dt.datetime) -> None:
    finance(home_of(estimate), by, now)
    if estimate.drafters.filter(person=by).exists():
        raise OwnHand
    if estimate.state != EstimateState.SENT:
        raise NotWaiting


def _may_decide(estimate: Estimate, by: Person, now: dt.datetime) -> None:
    leads(home_of(estimate), by, now)
    judged = LineAppraisal.objects.filter(line__version__estimate=estimate, by=by)
    handed = estimate.entries.filter(by=by, kind__in=[ActKind.APPRAISED, ActKind.RETURNED])
    if estimate.drafters.filter(person=by).exists() or judged.exists() or handed.exists():
        raise OwnHand
    if estimate.state != EstimateState.APPRAISED:
        raise NotWaiting


def _appraising(estimate: Estimate, by: Person, now: dt.datetime) -> Estimate:
    estimate = locked(estimate)
    _may_appraise(estimate, by, now)
    return estimate


def _deciding(estimate: Estimate, by: Person, now: dt.datetime) -> Estimate:
    estimate = locked(estimate)
    _may_decide(estimate, by, now)
    return estimate
