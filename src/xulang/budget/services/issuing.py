"""The note of an appraisal goes out as an official paper: it gets the next number of the finance office's book."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from xulang.budget.errors import BeforeAppraisal, NotAppraised, NoteNumbered, NotSigner
from xulang.budget.models import Estimate, NoteIssue
from xulang.budget.papering import appraisal_of, issue_of, office_of, title_of
from xulang.budget.services.ledger import finance, home_of, locked
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.selectors import signing
from xulang.plumbing import journal
from xulang.registry.numbering import give_number, may_number


@transaction.atomic
def issue_note(
    *,
    estimate: Estimate,
    symbol: str,
    issued_on: dt.date,
    signer: str,
    lines: Sequence[str],
    by: Person,
    now: dt.datetime,
) -> NoteIssue:
    """Gives the note its number; `lines` are those of the signature, down to the post.

    Where the office's head or deputies on the day are known, one of them signs (Nghị định 30/2020/NĐ-CP, Điều 13).

    Raises NotPermitted, NotAppraised, NoteNumbered, BeforeAppraisal, NotSigner, and what
    `registry.numbering.give_number` refuses.
    """
    estimate = locked(estimate)
    finance(home_of(estimate), by, now)
    told = appraisal_of(estimate)
    if told is None:
        raise NotAppraised
    if there := issue_of(told):
        raise NoteNumbered(code=there.paper.code)
    if issued_on < told.on:
        raise BeforeAppraisal(day=f"{told.on:%d/%m/%Y}")
    office = office_of(told)
    names = signing([office.pk], issued_on)
    signer = " ".join(signer.split())
    if names and signer.casefold() not in map(str.casefold, names):
        raise NotSigner(day=f"{issued_on:%d/%m/%Y}", office=office.name_on(issued_on), names=", ".join(names))
    paper = give_number(
        unit=office,
        type="BC",
        symbol=symbol,
        issued_on=issued_on,
        title=title_of(estimate, issued_on)[:500],
        signer=signer,
        recipients=estimate.unit.name_on(issued_on),
        by=by,
        now=now,
    )
    made = NoteIssue.objects.create(entry=told, paper=paper, lines=[one.strip() for one in lines if one.strip()])
    data = {"entry": told.pk, "paper": paper.pk, "code": paper.code, "unit": estimate.unit_id}
    journal.record(by=by, action="estimate.note_issued", subject=estimate, data=data, now=now)
    return made


def may_issue_note(estimate: Estimate, by: Person, now: dt.datetime) -> bool:
    """Whether there is a note without a number, and the person may give it one."""
    try:
        finance(home_of(estimate), by, now)
    except NotPermitted:
        return False
    told = appraisal_of(estimate)
    return told is not None and issue_of(told) is None and may_number(office_of(told).pk, by, now)
