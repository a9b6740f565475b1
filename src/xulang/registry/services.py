"""The register's first verb: receive a directive, read it and link it with those that are held."""

import datetime as dt
import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Unit
from xulang.organisation.naming import Namer
from xulang.organisation.permits import require
from xulang.organisation.selectors import home_unit
from xulang.plumbing import files, journal
from xulang.plumbing.folding import fold
from xulang.plumbing.models import StoredFile
from xulang.registry import numbering, ports, recipients
from xulang.registry.enums import Direction, DirectiveState
from xulang.registry.errors import AlreadyHeld, MarkedSecret, Unreadable
from xulang.registry.models import Citation, Directive, Passage
from xulang.registry.recipients import distribute as distribute
from xulang.registry.recipients import mark_read as mark_read

# Warnings of a reading after which there is nothing to keep (contract `xulang.reading/1`).
FATAL = frozenset({"unreadable", "encrypted", "too_large", "empty"})


def receive(*, data: bytes, name: str, by: Person, now: dt.datetime) -> Directive:
    """Takes a paper in for the governing body that the lead officer serves, read and registered.

    Raises NotPermitted (no lead officer), AlreadyHeld (this very file is here), the refusals of `plumbing.files`,
    Unreadable, and MarkedSecret, which leaves a register entry without content or name. Reading may take seconds, so it
    is done before the transaction begins.
    """
    require(by, [Role.LEAD_OFFICER], now)
    home = home_unit(by, timezone.localdate(now))
    if home is None:
        raise NotPermitted
    sha256 = hashlib.sha256(data).hexdigest()
    _refuse_held(home, sha256)
    files.check(data=data, name=name, allowed=files.DIRECTIVES)
    reading = ports.reader()(data, files.clean_name(name))
    warnings = {row["code"]: row["message"] for row in reversed(reading["warnings"])}
    if "secret" in warnings:
        _refuse_secret(home, sha256, by, now)
    if fatal := FATAL & warnings.keys():
        raise Unreadable(why=warnings[min(fatal)])
    try:
        with transaction.atomic():
            return _register(home=home, data=data, name=name, reading=reading, by=by, now=now)
    except IntegrityError:
        _refuse_held(home, sha256)  # two officers sent it at one moment
        raise


def open_file(*, directive: Directive, by: Person, now: dt.datetime) -> StoredFile | None:
    """The file as it came in, for whoever sees the directive; the journal says once a day who took it.

    None where only a register entry is kept.
    """
    if directive.file is None:
        return None
    journal.record_of_day(by=by, action="directive.file_opened", subject=directive, now=now)
    return directive.file


def passage(directive: Directive, start: int, end: int) -> Passage:
    """The passage at that place of the text, with the innermost section that holds it."""
    holders = [row for row in directive.findings["sections"] if row["at"][0] <= start and end <= row["at"][1]]
    section = min(holders, key=lambda row: row["at"][1] - row["at"][0])["id"] if holders else ""
    row, _made = Passage.objects.get_or_create(directive=directive, start=start, end=end, defaults={"section": section})
    return row


def code_of(number: str, symbol: str) -> str:
    """The code as it is printed: "61/KH-UBND" for the State, "149-KH/TU" for the Party, whose symbol has the stroke.

    Empty without a number: a paper not yet numbered has no code.
    """
    return (f"{number}-{symbol}" if "/" in symbol else f"{number}/{symbol}") if number and symbol else ""


def direction_of(issuer: str, home_id: int, today: dt.date) -> tuple[Direction, bool]:
    """Which register a paper of that issuer belongs to in the office, and whether that is sure."""
    if not issuer:
        return Direction.INCOMING, False
    match = Namer(home_id, today).match(issuer)
    return (Direction.OUTGOING if match.unit_id == home_id else Direction.INCOMING), match.sure


def _refuse_held(home: Unit, sha256: str) -> None:
    held = Directive.objects.select_related("received_by").filter(home_unit=home, sha256=sha256).first()
    if held is not None:
        raise MarkedSecret if held.state == DirectiveState.REFUSED_SECRET else AlreadyHeld(held)


def _refuse_secret(home: Unit, sha256: str, by: Person, now: dt.datetime) -> None:
    """Keeps an entry without content, committed before the refusal is raised."""
    with transaction.atomic():
        entry = Directive.objects.create(
            sha256=sha256,
            received_for=home,
            home_unit=home,
            received_at=now,
            received_by=by,
            state=DirectiveState.REFUSED_SECRET,
        )
        journal.record(by=by, action="directive.refused_secret", subject=entry, now=now)
    raise MarkedSecret


def _register(
    *, home: Unit, data: bytes, name: str, reading: dict[str, Any], by: Person, now: dt.datetime
) -> Directive:
    header = {key: (row or {}).get("value", "") for key, row in reading["header"].items() if key != "addressees"}
    stored = files.store(data=data, name=name, by=by, now=now, allowed=files.DIRECTIVES)
    direction, sure = direction_of(header["issuer"], home.pk, timezone.localdate(now))
    directive = Directive.objects.create(
        file=stored,
        sha256=stored.sha256,
        text=reading["text"],
        reading=reading,
        number=header["number"],
        symbol=header["symbol"],
        code=code_of(header["number"], header["symbol"]),
        type=header["type"],
        issued_on=header["date"],
        issued_date=dt.date.fromisoformat(header["date"]) if len(header["date"]) == len("2026-01-01") else None,
        issuer=header["issuer"],
        title=header["title"],
        received_for=home,
        home_unit=home,
        received_at=now,
        received_by=by,
        state=DirectiveState.RECEIVED,
        direction=direction,
        direction_sure=sure,
    )
    recipients.propose(directive, timezone.localdate(now))
    _cite(directive)
    numbering.enter(directive=directive, by=by, now=now)
    journal.record(by=by, action="directive.received", subject=directive, data={"sha256": stored.sha256}, now=now)
    return directive


def _cite(directive: Directive) -> None:
    """Keeps what the directive cites, and links citations with held papers both ways, inside one office.

    Numbers begin anew each year and with each issuer: only a paper of the same code whose date does not speak against
    it is linked, and none where two would fit.
    """
    held = Directive.objects.filter(home_unit=directive.home_unit, state=DirectiveState.RECEIVED).exclude(code="")
    by_code: dict[str, list[Directive]] = {}
    for row in held.filter(code__in={row["code"] for row in directive.findings["citations"]}).exclude(pk=directive.pk):
        by_code.setdefault(row.code, []).append(row)
    Citation.objects.bulk_create(
        Citation(
            directive=directive,
            code=row["code"][:120],
            type=row["type"] or "",
            date=row["date"] or "",
            issuer=(row["issuer"] or "")[:300],
            relation=row["relation"],
            places=row["at"],
            cited=_the_one(row["date"] or "", row["issuer"] or "", by_code.get(row["code"], [])),
        )
        for row in directive.findings["citations"]
    )
    link_waiting(directive)


def link_waiting(directive: Directive) -> None:
    """Citations of the office's other directives that mean this one, and waited for it, are linked to it."""
    if not directive.code:
        return
    waiting = Citation.objects.filter(
        code=directive.code, cited__isnull=True, directive__home_unit=directive.home_unit
    ).exclude(directive=directive)
    for citation in waiting:
        if means(citation, directive):
            citation.cited = directive
            citation.save(update_fields=["cited"])


def means(citation: Citation, directive: Directive) -> bool:
    """Whether nothing that the citation says speaks against that directive."""
    return citation.code == directive.code and _the_one(citation.date, citation.issuer, [directive]) is not None


def _the_one(date: str, issuer: str, held: list[Directive]) -> Directive | None:
    """The only paper whose date and issuer do not speak against the citation's."""
    fit = [
        row
        for row in held
        if (not date or not row.issued_on or date.startswith(row.issued_on) or row.issued_on.startswith(date))
        and (not issuer or not row.issuer or fold(issuer) in fold(row.issuer) or fold(row.issuer) in fold(issuer))
    ]
    return fit[0] if len(fit) == 1 else None
