"""The finance office appraises an estimate line by line, returns it, or hands it on; the leader decides."""

import datetime as dt
from typing import Any

from django.db import transaction

from xulang.budget.enums import ActKind, EstimateState, Verdict
from xulang.budget.errors import CutUnexplained, NotCut, NotJudged, NotWaiting, OwnHand
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine, LineAppraisal
from xulang.budget.services.drawing import next_version
from xulang.budget.services.ledger import finance, fingerprint, home_of, leads, locked, write
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded


@transaction.atomic
def appraise_line(
    *, line: EstimateLine, verdict: Verdict, by: Person, now: dt.datetime, amount: int | None = None, reason: str = ""
) -> LineAppraisal:
    """Says of a line that it is accepted, or cut to an amount with the reason; what is said last holds.

    Raises NotPermitted, OwnHand, NotWaiting, NotCut, CutUnexplained.
    """
    estimate = _appraising(line.version.estimate, by, now)
    line = EstimateLine.objects.get(pk=line.pk)
    if line.version_id != estimate.current.pk:
        raise NotWaiting
    if verdict == Verdict.ACCEPT:
        amount, reason = line.amount, ""
    elif amount is None or not 0 <= amount < line.amount:
        raise NotCut(content=line.content)
    elif not reason.strip():
        raise CutUnexplained(content=line.content)
    told = {"verdict": verdict, "amount": amount, "reason": reason.strip()[:2000], "at": now, "by": by}
    said, _made = LineAppraisal.objects.update_or_create(line=line, defaults=told)
    data = {"line": line.pk, "verdict": str(verdict), "amount": amount}
    journal.record(by=by, action="estimate.line_appraised", subject=estimate, data=data, now=now)
    return said


@transaction.atomic
def finish_appraisal(*, estimate: Estimate, by: Person, now: dt.datetime, note: str = "") -> BudgetEntry:
    """Hands the estimate on to the leader. Raises NotPermitted, OwnHand, NotWaiting, NotJudged."""
    estimate = _appraising(estimate, by, now)
    version = estimate.current
    if left := version.lines.filter(appraisal__isnull=True).count():
        raise NotJudged(count=left)
    post, mark = finance(home_of(estimate), by, now), fingerprint(version, appraised=True)
    return write(estimate, ActKind.APPRAISED, by, now, post=post, version=version, sha256=mark, note=note)


@transaction.atomic
def return_estimate(*, estimate: Estimate, reason: str, by: Person, now: dt.datetime) -> BudgetEntry:
    """Gives an estimate back with the reason; the unit goes on with the next version of it.

    Raises NotPermitted, OwnHand, ReasonNeeded, NotWaiting.
    """
    estimate = _appraising(estimate, by, now)
    if not reason.strip():
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
