"""A version goes out as an official paper: it gets the office's next number, and its Word file says so."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from xulang.organisation.models import Person
from xulang.plumbing import journal
from xulang.registry.numbering import give_number
from xulang.reporting.errors import AlreadyNumbered, NotLatest
from xulang.reporting.models import Consolidation, Issue
from xulang.reporting.papering import title_of
from xulang.reporting.services.opening import leading_post


@transaction.atomic
def issue(
    *,
    version: Consolidation,
    symbol: str,
    issued_on: dt.date,
    signer: str,
    lines: Sequence[str],
    by: Person,
    now: dt.datetime,
) -> Issue:
    """Gives the version its number; `lines` are those of the signature, from TM. down to the post.

    Raises NotPermitted, AlreadyNumbered, NotLatest, and what `registry.numbering.give_number` refuses.
    """
    version = (
        Consolidation.objects.select_for_update(of=("self",)).select_related("round__programme").get(pk=version.pk)
    )
    round = version.round
    leading_post(round.programme, by, now)
    there = Issue.objects.select_related("paper__series").filter(consolidation=version).first()
    if there is not None:
        raise AlreadyNumbered(code=there.paper.code)
    if round.consolidations.filter(number__gt=version.number).exists():
        raise NotLatest
    paper = give_number(
        unit=round.programme.directive.home_unit,
        type="BC",
        symbol=symbol,
        issued_on=issued_on,
        title=title_of(round),
        signer=signer,
        recipients="Các đơn vị có báo cáo",
        by=by,
        now=now,
    )
    made = Issue.objects.create(consolidation=version, paper=paper, lines=[one.strip() for one in lines if one.strip()])
    data = {"number": version.number, "paper": paper.pk, "code": paper.code}
    journal.record(by=by, action="round.issued", subject=round, data=data, now=now)
    return made
