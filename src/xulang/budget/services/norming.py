"""The finance office enters what the place itself allows at most, and takes back what was entered in error."""

import datetime as dt

from django.db import transaction

from xulang.budget.enums import APPRAISING
from xulang.budget.errors import (
    BadFigure,
    BasisNeeded,
    HigherThanNational,
    NoNational,
    NotInOrder,
    NotWaiting,
    UnknownNorm,
)
from xulang.budget.findings import money
from xulang.budget.models import LocalNorm
from xulang.budget.norms import norms
from xulang.budget.services.ledger import finance
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Unit
from xulang.organisation.permits import acting
from xulang.papers.money_words import MOST
from xulang.plumbing import journal


@transaction.atomic
def set_local_norm(
    *,
    home: Unit,
    norm: str,
    ceiling: int,
    valid_from: dt.date,
    basis: str,
    by: Person,
    now: dt.datetime,
    valid_to: dt.date | None = None,
) -> LocalNorm:
    """Enters a ceiling of the office's own: never above the State's on any of its days, and by a paper.

    Raises NotPermitted, UnknownNorm, BadFigure, NotInOrder, BasisNeeded, NoNational, HigherThanNational.
    """
    finance(home.pk, by, now)
    if norm not in norms():
        raise UnknownNorm
    if not 0 < ceiling <= MOST:
        raise BadFigure
    if valid_to is not None and valid_to <= valid_from:
        raise NotInOrder
    if not basis.strip():
        raise BasisNeeded
    versions = [
        one
        for one in norms()[norm].versions
        if (valid_to is None or one.document.valid_from < valid_to)
        and (one.document.valid_to is None or valid_from < one.document.valid_to)
    ]
    if not versions or not any(one.document.holds(valid_from) for one in versions):
        raise NoNational
    for one in versions:
        if one.ceiling is not None and ceiling > one.ceiling:
            told = {"ceiling": money(one.ceiling), "document": one.document.name, "article": one.article}
            raise HigherThanNational(**told)
    made = LocalNorm.objects.create(
        home_unit=home,
        norm=norm,
        ceiling=ceiling,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis.strip(),
        at=now,
        by=by,
    )
    data = {"norm": norm, "ceiling": ceiling}
    journal.record(by=by, action="norm.set", subject=made, data=data, now=now)
    return made


@transaction.atomic
def withdraw_local_norm(*, norm: LocalNorm, by: Person, now: dt.datetime) -> None:
    """Takes a ceiling back that was entered in error. Raises NotPermitted, NotWaiting where it was taken back."""
    finance(norm.home_unit_id, by, now)
    if not LocalNorm.objects.filter(pk=norm.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        raise NotWaiting
    journal.record(by=by, action="norm.withdrawn", subject=norm, data={"norm": norm.norm}, now=now)


def home_for_norms(by: Person, now: dt.datetime) -> Unit:
    """The governing body whose finance office the person works in; raises NotPermitted."""
    homes = acting(by, now).homes(APPRAISING)
    if not homes:
        raise NotPermitted
    return Unit.objects.get(pk=min(homes))
