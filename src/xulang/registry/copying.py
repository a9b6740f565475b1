"""Copies of papers: which may be made of what, and their numbers (Nghị định 30/2020/NĐ-CP, Điều 25 to 27).

The head of an office decides what is copied and who signs (Điều 27.1): an officer who numbers the office's papers makes
the copy and names who signs it. The number and its line are written in one transaction that holds the series, as those
of outgoing papers are; what cannot be made takes no number.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Unit
from xulang.papers.extracting import extract
from xulang.papers.paper import UnfitPaperError
from xulang.plumbing import journal
from xulang.registry.enums import Book, CopyForm, Direction, Medium
from xulang.registry.errors import (
    DayOutOfOrder,
    DayToCome,
    NobodySigned,
    NoCopyOfCopy,
    NotExtracted,
    NothingToCopy,
    SymbolUnfit,
)
from xulang.registry.models import Copy, Directive, OutgoingPaper
from xulang.registry.numbering import cancel, held, must_number


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer asks of a copy; `lines` who signs, from TM. down to the post, `parts` the ids of sections."""

    form: CopyForm
    medium: Medium
    symbol: str
    place: str
    copied_on: dt.date
    lines: Sequence[str]
    signer: str
    recipients: str
    copies: int = 1
    parts: Sequence[str] = ()


@transaction.atomic
def make_copy(*, unit: Unit, of: Directive | OutgoingPaper, asked: Asked, by: Person, now: dt.datetime) -> Copy:
    """Gives a copy of the office's paper the next number of the year.

    Raises NotPermitted (no officer who numbers for the office, or a paper that is not the office's), NothingToCopy,
    NoCopyOfCopy, NotExtracted, NobodySigned, SymbolUnfit, DayToCome and DayOutOfOrder.
    """
    must_number(unit.pk, by, now)
    _must_copy(unit, of, asked)
    lines = [line.strip() for line in asked.lines if line.strip()]
    if not lines or not any(letter.isalpha() for letter in asked.signer):
        raise NobodySigned
    symbol = asked.symbol.strip()
    if not symbol or " " in symbol or "/" in symbol:
        raise SymbolUnfit(symbol=symbol, type=asked.form.label, sample="UBND")
    if asked.copied_on > timezone.localdate(now):
        raise DayToCome
    series = held(unit.pk, Book.COPIES, asked.copied_on.year)
    last = series.copies.order_by("-number").first()
    if last is not None and asked.copied_on < last.copied_on:
        raise DayOutOfOrder(code=last.code, last=f"{last.copied_on:%d/%m/%Y}")
    made = Copy.objects.create(
        series=series,
        number=series.take(),
        form=asked.form,
        medium=asked.medium,
        directive=of if isinstance(of, Directive) else None,
        paper=of if isinstance(of, OutgoingPaper) else None,
        parts=list(asked.parts) if asked.form == CopyForm.EXTRACT else [],
        symbol=symbol,
        place=asked.place.strip(),
        copied_on=asked.copied_on,
        lines=lines,
        signer=asked.signer.strip(),
        recipients=asked.recipients.strip(),
        copies=asked.copies,
        given_at=now,
        given_by=by,
    )
    journal.record(by=by, action="copy.made", subject=made, data={"code": made.code, "of": str(of)}, now=now)
    return made


@transaction.atomic
def cancel_copy(*, copy: Copy, reason: str, by: Person, now: dt.datetime) -> None:
    """Cancels the number of a copy; its line stays. Raises NotPermitted, ReasonNeeded, AlreadyCancelled."""
    row = Copy.objects.select_for_update().get(pk=copy.pk)
    must_number(row.series.unit_id, by, now)
    cancel(row, reason, by, now)
    journal.record(by=by, action="copy.cancelled", subject=row, data={"code": row.code}, now=now)


def _must_copy(unit: Unit, of: Directive | OutgoingPaper, asked: Asked) -> None:
    """Raises what `make_copy` says of papers of which no such copy is made."""
    own = isinstance(of, OutgoingPaper) or of.direction == Direction.OUTGOING
    if isinstance(of, OutgoingPaper):
        if of.series.unit_id != unit.pk:
            raise NotPermitted
        if of.cancelled_at is not None:
            raise NothingToCopy
    else:
        if of.home_unit_id != unit.pk:
            raise NotPermitted
        if of.file is None or of.file.withdrawn_at is not None:
            raise NothingToCopy
    if own and asked.form == CopyForm.OF_COPY:
        raise NoCopyOfCopy
    if asked.form == CopyForm.EXTRACT:
        if isinstance(of, OutgoingPaper):
            raise NotExtracted(why="Hãy tiếp nhận văn bản đã ký vào sổ văn bản đi rồi trích sao từ đó.")
        try:
            extract(of.findings, asked.parts)
        except UnfitPaperError as why:
            raise NotExtracted(why=str(why)) from why
