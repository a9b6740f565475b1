"""A version goes out as an official paper: it gets the office's next number, and its Word file says so."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from xulang.organisation.models import Person
from xulang.plumbing import journal
from xulang.programme.papering import signers_of
from xulang.registry.errors import DayToCome
from xulang.registry.numbering import give_number
from xulang.reporting.errors import AlreadyNumbered, BeforeMade, NotLatest, NotSigner
from xulang.reporting.models import Consolidation, Issue
from xulang.reporting.papering import title_of
from xulang.reporting.services.opening import leading_post


@transaction.atomic
def issue(
    *,
    version: Consolidation,
    symbol: str,
    issued_on: dt.date,
    signer: int,
    by: Person,
    now: dt.datetime,
) -> Issue:
    """Gives the version its number, or another after one that was cancelled.

    `signer` is the holding of a post by which somebody may sign on the day of issue.

    Raises NotPermitted, AlreadyNumbered, NotLatest, BeforeMade, DayToCome, NotSigner, and what
    `registry.numbering.give_number` refuses.
    """
    version = (
        Consolidation.objects.select_for_update(of=("self",)).select_related("round__programme").get(pk=version.pk)
    )
    round = version.round
    leading_post(round.programme, by, now)
    if (there := version.issue) is not None:
        raise AlreadyNumbered(code=there.paper.code)
    if round.consolidations.filter(number__gt=version.number).exists():
        raise NotLatest
    if issued_on < version.on:
        raise BeforeMade(day=f"{version.on:%d/%m/%Y}")
    if issued_on > timezone.localdate(now):
        raise DayToCome
    home = round.programme.directive.home_unit
    signature = next((one.signature for one in signers_of(home, issued_on) if one.holding == signer), None)
    if signature is None:
        raise NotSigner(day=f"{issued_on:%d/%m/%Y}", office=home.name_on(issued_on))
    paper = give_number(
        unit=home,
        type="BC",
        symbol=symbol,
        issued_on=issued_on,
        title=title_of(round),
        signer=signature.name,
        recipients="Các đơn vị có báo cáo",
        by=by,
        now=now,
    )
    made = Issue.objects.create(consolidation=version, paper=paper, lines=list(signature.lines))
    data = {"number": version.number, "paper": paper.pk, "code": paper.code}
    journal.record(by=by, action="round.issued", subject=round, data=data, now=now)
    return made
