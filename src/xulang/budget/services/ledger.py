"""How a line of the ledger is written, and the projections after it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from xulang.budget.enums import APPRAISING, DECIDING, DRAWING, MONEY, ActKind, EstimateState
from xulang.budget.models import BudgetEntry, BudgetNote, Estimate, EstimateLine, Version
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.services.desk import post_among

STATES = {
    ActKind.DRAWN: EstimateState.DRAFT,
    ActKind.SENT: EstimateState.SENT,
    ActKind.RETURNED: EstimateState.RETURNED,
    ActKind.APPRAISED: EstimateState.APPRAISED,
    ActKind.APPROVED: EstimateState.APPROVED,
    ActKind.DECLINED: EstimateState.DECLINED,
}


def locked(estimate: Estimate) -> Estimate:
    """The estimate, held for this transaction."""
    return held([estimate.pk])[estimate.pk]


def held(estimates: Iterable[int]) -> dict[int, Estimate]:
    """Estimates by number, held for this transaction; always in one order, so that no two wait for each other."""
    rows = Estimate.objects.select_for_update(of=("self",)).select_related("programme__directive")
    return {one.pk: one for one in rows.filter(pk__in=set(estimates)).order_by("pk")}


def draws(estimate: Estimate, by: Person, now: dt.datetime) -> Post:
    """The post in which the person works on the unit's money; raises NotPermitted without one."""
    post = post_among(by, now, DRAWING, [estimate.unit_id])
    if post is None or not by.is_active:
        raise NotPermitted
    return post


def finance(home: int, by: Person, now: dt.datetime) -> Post | None:
    """The post in which the person speaks for the finance office of that governing body; raises NotPermitted."""
    scope = acting(by, now)
    if not by.is_active or home not in scope.homes(APPRAISING):
        raise NotPermitted
    return post_among(by, now, APPRAISING, scope.units(APPRAISING))


def leads(home: int, by: Person, now: dt.datetime) -> Post | None:
    """The post in which the person decides for that governing body; raises NotPermitted."""
    scope = acting(by, now)
    if not by.is_active or home not in scope.reach(DECIDING):
        raise NotPermitted
    return post_among(by, now, DECIDING, scope.units(DECIDING))


def home_of(estimate: Estimate) -> int:
    """The governing body whose finance office appraises an estimate and whose leader decides it."""
    home: int = estimate.programme.directive.home_unit_id
    return home


def write(
    estimate: Estimate,
    kind: ActKind,
    by: Person,
    now: dt.datetime,
    *,
    post: Post | None,
    version: Version | None = None,
    on: dt.date | None = None,
    line: EstimateLine | None = None,
    to_line: EstimateLine | None = None,
    amount: int | None = None,
    answers: BudgetEntry | None = None,
    ground: str = "",
    sha256: str = "",
    note: str = "",
) -> BudgetEntry:
    """One line of the ledger with its note beside it, and the projections after it; the journal tells of the act."""
    entry = BudgetEntry.objects.create(
        estimate=estimate,
        version=version or estimate.current,
        kind=kind,
        on=on or timezone.localdate(now),
        at=now,
        by=by,
        post=post,
        line=line,
        to_line=to_line,
        amount=amount,
        answers=answers,
        ground=ground,
        sha256=sha256,
    )
    if note.strip():
        BudgetNote.objects.create(entry=entry, text=note.strip()[:4000])
    if kind in STATES:
        project_state(estimate)
    if kind in MONEY and line is not None:
        project_lines([line.pk])
    told: dict[str, Any] = {"entry": entry.pk, "unit": estimate.unit_id}
    told |= {"line": line.pk, "amount": amount} if line is not None else {}
    journal.record(by=by, action=f"estimate.{kind.lower()}", subject=estimate, data=told, now=now)
    return entry


def project_state(estimate: Estimate) -> None:
    """Makes the estimate's state and the day it was first sent anew from the ledger."""
    acts = list(estimate.entries.filter(kind__in=list(STATES)).order_by("id").values_list("kind", "on"))
    estimate.state = STATES[ActKind(acts[-1][0])]
    estimate.sent_on = next((on for kind, on in acts if kind != ActKind.DRAWN), None)
    estimate.save(update_fields=["state", "sent_on"])


def project_lines(lines: Iterable[int]) -> None:
    """Makes what lines were given, and what was spent of them, anew from the ledger."""
    given = Q(kind__in=[ActKind.ALLOTTED, ActKind.TRANSFERRED, ActKind.CARRIED])
    for pk in lines:
        sums = BudgetEntry.objects.filter(line=pk, kind__in=MONEY).aggregate(
            given=Sum("amount", filter=given),
            spent=Sum("amount", filter=Q(kind=ActKind.SPENT)),
            back=Sum("amount", filter=Q(kind=ActKind.REFUNDED)),
        )
        EstimateLine.objects.filter(pk=pk).update(
            allotted=sums["given"] or 0, spent=(sums["spent"] or 0) - (sums["back"] or 0)
        )


def fingerprint(version: Version, *, appraised: bool = False) -> str:
    """sha256 over all that the lines of a version say, and over what the finance office said of each."""
    names = [
        *("assignment_id", "activity_id", "content", "measure", "quantity", "times", "price", "amount", "norm"),
        *("document", "basis", "source", "origin", "index_codes"),
    ]
    names += ["appraisal__verdict", "appraisal__amount", "appraisal__reason"] if appraised else []
    rows = list(version.lines.order_by("id").values("pk", *names))
    told = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
