"""What a person says of a directive: its number, date and heading, its register, and what became of its effect."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.registry.enums import BookColumn, Direction, DirectiveState, EffectKind
from xulang.registry.errors import (
    AlreadyCancelled,
    ArrivalOutsideYear,
    ArrivedBeforeIssued,
    ByWhatNeeded,
    NothingToCorrect,
    NumberWithoutSymbol,
    SourceNeeded,
)
from xulang.registry.models import Arrival, ArrivalCorrection, Citation, Directive, Effect
from xulang.registry.numbering import enter
from xulang.registry.services import code_of, direction_of, link_waiting, means


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a directive as a person writes it; number and day are blank in a draft."""

    number: str
    symbol: str
    type: str
    issuer: str
    title: str
    issued_date: dt.date | None


@transaction.atomic
def describe(*, directive: Directive, heading: Heading, by: Person, now: dt.datetime, reason: str = "") -> Directive:
    """Corrects the heading; citations that mean the paper under its new number are linked to it, others are let go.

    The journal tells which fields were changed and the numbers, before and after; what the incoming register said is
    kept with its line. A printed date without its day ("2026-03") stays until a whole one is given. Raises
    NotPermitted, NumberWithoutSymbol.
    """
    directive = _own(directive, by, now)
    arrival, told = _line_of(directive), _told(directive)
    before = {field.name: getattr(directive, field.name) for field in fields(Heading)} | {"code": directive.code}
    for field in fields(Heading):
        given = getattr(heading, field.name)
        setattr(directive, field.name, " ".join(given.split()) if isinstance(given, str) else given)
    if directive.number and not directive.symbol:
        raise NumberWithoutSymbol
    directive.code = code_of(directive.number, directive.symbol)
    if directive.issued_date != before["issued_date"]:
        directive.issued_on = directive.issued_date.isoformat() if directive.issued_date else ""
    if directive.direction_confirmed_at is None and directive.issuer != before["issuer"]:
        directive.direction, directive.direction_sure = direction_of(
            directive.issuer, directive.home_unit_id, timezone.localdate(now)
        )
    changed = [name for name, was in before.items() if getattr(directive, name) != was]
    if not changed:
        return directive
    directive.save()
    if arrival is not None:
        _keep(arrival, told, _told(directive), reason, by, now)
    enter(directive=directive, by=by, now=now)
    for citation in Citation.objects.filter(cited=directive):
        if not means(citation, directive):
            citation.cited = None
            citation.save(update_fields=["cited"])
    link_waiting(directive)
    data = {"fields": changed, "code": [before["code"], directive.code]}
    journal.record(by=by, action="directive.described", subject=directive, data=data, now=now)
    return directive


@transaction.atomic
def correct_arrival(
    *, arrival: Arrival, arrived_on: dt.date, heading: Heading, reason: str, by: Person, now: dt.datetime
) -> None:
    """Corrects a line of the incoming register: the day, and what it says of the paper. The number stays.

    Raises NotPermitted, ReasonNeeded, AlreadyCancelled, ArrivalOutsideYear, ArrivedBeforeIssued, NothingToCorrect, and
    what `describe` raises.
    """
    directive = _own(arrival.directive, by, now)
    held = Arrival.objects.select_for_update(of=("self",)).select_related("series").get(pk=arrival.pk)
    if not (reason := reason.strip()[:300]):
        raise ReasonNeeded
    if held.cancelled_at is not None:
        raise AlreadyCancelled(code=str(held))
    if arrived_on.year != held.series.year or arrived_on > timezone.localdate(now):
        raise ArrivalOutsideYear(number=str(held), year=str(held.series.year))
    if heading.issued_date is not None and arrived_on < heading.issued_date:
        raise ArrivedBeforeIssued(issued=f"{heading.issued_date:%d/%m/%Y}")
    before = _told(directive), held.arrived_on
    if (was := held.arrived_on) != arrived_on:
        held.arrived_on = arrived_on
        held.save(update_fields=["arrived_on"])
        first, then = ({BookColumn.ARRIVED_ON: one.isoformat()} for one in (was, arrived_on))
        _keep(held, first, then, reason, by, now)
    directive = describe(directive=directive, heading=heading, reason=reason, by=by, now=now)
    if before == (_told(directive), arrived_on):
        raise NothingToCorrect
    data = {"number": held.number, "arrived_on": [was.isoformat(), arrived_on.isoformat()]}
    journal.record(by=by, action="arrival.corrected", subject=held, data=data, now=now)


def _line_of(directive: Directive) -> Arrival | None:
    """The directive's line in the incoming register."""
    return Arrival.objects.filter(directive=directive, cancelled_at__isnull=True).first()


def _told(directive: Directive) -> dict[BookColumn, str]:
    """What the register says of the paper."""
    return {
        BookColumn.ISSUER: directive.issuer,
        BookColumn.CODE: directive.code,
        BookColumn.ISSUED_ON: directive.issued_on,
    }


def _keep(
    arrival: Arrival,
    was: Mapping[BookColumn, str],
    became: Mapping[BookColumn, str],
    reason: str,
    by: Person,
    now: dt.datetime,
) -> None:
    """What was said before stays readable; a blank that was filled in hides nothing."""
    ArrivalCorrection.objects.bulk_create(
        ArrivalCorrection(arrival=arrival, column=column, was=said, became=became[column], reason=reason, at=now, by=by)
        for column, said in was.items()
        if said and said != became[column]
    )


@transaction.atomic
def set_direction(*, directive: Directive, direction: Direction, by: Person, now: dt.datetime) -> None:
    """Says in which register the directive stands; from then on its issuer decides no more. Raises NotPermitted."""
    directive = _own(directive, by, now)
    directive.direction = direction
    directive.direction_confirmed_at, directive.direction_confirmed_by = now, by
    directive.save(update_fields=["direction", "direction_confirmed_at", "direction_confirmed_by"])
    enter(directive=directive, by=by, now=now)
    data = {"direction": direction.value}
    journal.record(by=by, action="directive.direction_set", subject=directive, data=data, now=now)


@transaction.atomic
def record_effect(
    *,
    directive: Directive,
    kind: EffectKind,
    since: dt.date,
    source: str,
    by: Person,
    now: dt.datetime,
    by_code: str = "",
    by_directive: Directive | None = None,
) -> Effect:
    """Notes that the directive was amended, replaced or has lapsed, and by which paper.

    A code that is one of the office's own directives is linked to it. Raises NotPermitted, SourceNeeded, ByWhatNeeded.
    """
    directive = _own(directive, by, now)
    by_code = by_directive.code if by_directive else "".join(by_code.split())
    if not (source := " ".join(source.split())):
        raise SourceNeeded
    if kind != EffectKind.EXPIRED and not by_code:
        raise ByWhatNeeded
    if by_directive is None and by_code:
        held = Directive.objects.filter(home_unit=directive.home_unit, code=by_code).exclude(pk=directive.pk)
        by_directive = held.get() if held.count() == 1 else None
    effect = Effect.objects.create(
        directive=directive,
        kind=kind,
        since=since,
        by_code=by_code[:120],
        by_directive=by_directive,
        source=source[:500],
        recorded_at=now,
        recorded_by=by,
    )
    data = {"effect": effect.pk, "kind": kind.value, "since": since.isoformat(), "by": by_code[:120]}
    journal.record(by=by, action="directive.effect_recorded", subject=directive, data=data, now=now)
    return effect


@transaction.atomic
def withdraw_effect(*, effect: Effect, by: Person, now: dt.datetime) -> None:
    """Takes such a note back; it stays on record. One taken back already stays as it is. Raises NotPermitted."""
    directive = _own(effect.directive, by, now)
    effect = directive.effects.select_for_update().get(pk=effect.pk)
    if effect.withdrawn_at is None:
        effect.withdrawn_at, effect.withdrawn_by = now, by
        effect.save(update_fields=["withdrawn_at", "withdrawn_by"])
        data = {"effect": effect.pk}
        journal.record(by=by, action="directive.effect_withdrawn", subject=directive, data=data, now=now)


def _own(directive: Directive, by: Person, now: dt.datetime) -> Directive:
    """The directive, locked: by a lead officer of the office whose it is, and not one without content."""
    if directive.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    if directive.state != DirectiveState.RECEIVED:
        raise NotPermitted
    return directive
