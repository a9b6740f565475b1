"""Numbers of papers out and in: one series an office, book and year, from 1 on; outgoing ones in the order of days.

Nghị định 30/2020/NĐ-CP, Điều 15.1, 22.2. The number and its line in the register are written in one transaction that
holds the series: what fails takes no number, and two at once get two.
"""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Unit
from xulang.organisation.permits import acting
from xulang.papers.layout import types
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.registry.enums import Book, Direction
from xulang.registry.errors import AlreadyCancelled, DayOutOfOrder, DayToCome, NobodySigned, SymbolUnfit
from xulang.registry.models import Arrival, Copy, Directive, NumberSeries, OutgoingPaper, numbering_offices

LETTER = "CV"  # công văn: the one type whose symbol does not begin with its abbreviation
_SYMBOL = re.compile(r"[A-ZĐƯ][A-Za-zĐđƯư0-9&]*(?:[-/][A-ZĐƯ][A-Za-zĐđƯư0-9&]*)+")


@transaction.atomic
def give_number(
    *,
    unit: Unit,
    type: str,
    symbol: str,
    issued_on: dt.date,
    title: str,
    signer: str,
    recipients: str,
    by: Person,
    now: dt.datetime,
    kept_by: str = "",
    copies: int = 1,
    note: str = "",
) -> OutgoingPaper:
    """Gives a paper of the office the next number of the year in which it is issued.

    `type` is an abbreviation of Phụ lục III ("KH"), `symbol` what stands behind the stroke ("KH-UBND"). Raises
    NotPermitted, SymbolUnfit, NobodySigned, DayToCome, and DayOutOfOrder for a day before the last number's.
    """
    must_number(unit.pk, by, now)
    symbol = symbol.strip()
    if not _SYMBOL.fullmatch(symbol) or (type != LETTER and not symbol.startswith(f"{type}-")):
        sample = "UBND-VP" if type == LETTER else f"{type}-UBND"
        raise SymbolUnfit(symbol=symbol, type=types()[type].name, sample=sample)
    if not any(letter.isalpha() for letter in signer):
        raise NobodySigned
    series = held(unit.pk, Book.OUTGOING, issued_on.year)
    last = series.papers.order_by("-number").first()
    if issued_on > timezone.localdate(now):
        raise DayToCome
    if last is not None and issued_on < last.issued_on:
        raise DayOutOfOrder(code=last.code, last=f"{last.issued_on:%d/%m/%Y}")
    paper = OutgoingPaper.objects.create(
        series=series,
        number=series.take(),
        type=type,
        symbol=symbol,
        issued_on=issued_on,
        title=title.strip(),
        signer=signer.strip(),
        recipients=recipients.strip(),
        kept_by=kept_by.strip(),
        copies=copies,
        note=note.strip(),
        given_at=now,
        given_by=by,
    )
    journal.record(by=by, action="outgoing.numbered", subject=paper, data={"code": paper.code}, now=now)
    return paper


@transaction.atomic
def cancel_number(*, paper: OutgoingPaper, reason: str, by: Person, now: dt.datetime) -> None:
    """Cancels a number given in error; its line stays. Raises NotPermitted, ReasonNeeded, AlreadyCancelled."""
    row = OutgoingPaper.objects.select_for_update().get(pk=paper.pk)
    must_number(row.series.unit_id, by, now)
    cancel(row, reason, by, now)
    journal.record(by=by, action="outgoing.cancelled", subject=row, data={"code": row.code}, now=now)


def cancel(row: OutgoingPaper | Copy, reason: str, by: Person, now: dt.datetime) -> None:
    """Marks a number as cancelled; the caller holds its row and has checked who may."""
    if not reason.strip():
        raise ReasonNeeded
    if row.cancelled_at is not None:
        raise AlreadyCancelled(code=row.code)
    row.cancelled_at, row.cancelled_by, row.cancelled_for = now, by, reason.strip()[:300]
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_for"])


def held(unit_id: int, book: Book, year: int) -> NumberSeries:
    """The series of a book, held by the caller's transaction until it ends."""
    NumberSeries.objects.get_or_create(unit_id=unit_id, book=book, year=year)
    return NumberSeries.objects.select_for_update().get(unit_id=unit_id, book=book, year=year)


@transaction.atomic
def enter(*, directive: Directive, by: Person, now: dt.datetime) -> Arrival | None:
    """Gives a directive that came in its incoming number, once; cancels that of one that is the office's own.

    The caller has checked who may. Gives the number in force, None for an outgoing paper.
    """
    there = Arrival.objects.filter(directive=directive, cancelled_at__isnull=True).first()
    if directive.direction == Direction.OUTGOING:
        if there is not None:
            there.cancelled_at, there.cancelled_for = now, "Văn bản do cơ quan ban hành"
            there.save(update_fields=["cancelled_at", "cancelled_for"])
            journal.record(by=by, action="arrival.cancelled", subject=there, data={"number": there.number}, now=now)
        return None
    if there is not None:
        return there
    today = timezone.localdate(now)
    series = held(directive.home_unit_id, Book.INCOMING, today.year)
    made = Arrival.objects.create(
        series=series, number=series.take(), directive=directive, arrived_on=today, given_at=now, given_by=by
    )
    journal.record(by=by, action="arrival.numbered", subject=made, data={"number": made.number}, now=now)
    return made


def may_number(unit_id: int, by: Person, now: dt.datetime) -> bool:
    """Whether the person gives numbers in that office's books."""
    return unit_id in numbering_offices(acting(by, now))


def must_number(unit_id: int, by: Person, now: dt.datetime) -> None:
    """Raises NotPermitted where the person gives no numbers in that office's books."""
    if not may_number(unit_id, by, now):
        raise NotPermitted
