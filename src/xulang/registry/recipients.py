"""The distribution list: lines of Nơi nhận matched to the register, settled by a person, sent, and read."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import ACTING_ROLES, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post, PostHolding, Unit
from xulang.organisation.naming import Namer
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.plumbing.folding import fold
from xulang.registry.enums import DirectiveState, RecipientKind
from xulang.registry.errors import UnitsNeeded
from xulang.registry.models import Directive, Distribution, Recipient


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """What a line begins with, by what it says."""
    table = tomllib.loads(files("xulang.registry").joinpath("data/recipients.toml").read_text("utf-8"))
    return {
        name: re.compile(rf"(?:{'|'.join(re.escape(fold(word)) for word in table[name])})\b")
        for name in ("archive", "addressees")
    }


def propose(directive: Directive, today: dt.date) -> None:
    """Keeps the lines of Nơi nhận with what each is taken to mean; nothing is sent by it.

    "Như trên" stands for the addressees (Nghị định 30/2020, Annex I, cell 9b): each of them is a line.
    """
    reading, namer = directive.findings, Namer(directive.home_unit_id, today)
    lines = []
    for row in reading["recipients"]:
        if _cues()["addressees"].match(fold(row["value"])) and reading["header"]["addressees"]:
            lines += [one["value"] for one in reading["header"]["addressees"]]
        else:
            lines.append(row["value"])
    for position, words in enumerate(lines, 1):
        kind, units, sure = meant(words, namer)
        line = Recipient.objects.create(directive=directive, position=position, words=words[:500], kind=kind, sure=sure)
        line.units.set(units)


def meant(words: str, namer: Namer) -> tuple[RecipientKind, tuple[int, ...], bool]:
    """What a line means, and whether that is sure: the archive, one unit, a set of units, or several of these.

    Without a likely unit it is proposed as outside of the system, unsure.
    """
    if _cues()["archive"].match(fold(words)):
        return RecipientKind.ARCHIVE, (), True
    one = namer.match(words)
    if one.sure and one.unit_id is not None:
        return RecipientKind.UNITS, (one.unit_id,), True
    whole = namer.set_of(words)
    if whole.sure and whole.unit_ids:
        return RecipientKind.UNITS, whole.unit_ids, True
    parts = [part.strip() for part in re.split(r"[;,]", words) if part.strip()]
    if len(parts) > 1:
        each = [meant(part, namer) for part in parts]
        units = tuple(dict.fromkeys(unit for _kind, found, _sure in each for unit in found))
        if units:
            return RecipientKind.UNITS, units, all(sure for _kind, _found, sure in each)
    if one.unit_id is not None:
        return RecipientKind.UNITS, (one.unit_id,), False
    return (RecipientKind.UNITS, whole.unit_ids, False) if whole.unit_ids else (RecipientKind.OUTSIDE, (), False)


@transaction.atomic
def settle(*, line: Recipient, kind: RecipientKind, units: Iterable[Unit], by: Person, now: dt.datetime) -> Recipient:
    """Says what a line means. Raises NotPermitted, UnitsNeeded (units were to be named and none was)."""
    directive = _own(line.directive, by, now)
    chosen = list(units) if kind == RecipientKind.UNITS else []
    if kind == RecipientKind.UNITS and not chosen:
        raise UnitsNeeded
    line = directive.recipients.select_for_update().get(pk=line.pk)
    line.kind, line.settled_at, line.settled_by = kind, now, by
    line.save(update_fields=["kind", "settled_at", "settled_by"])
    line.units.set(chosen)
    data = {"line": line.pk, "kind": kind.value, "units": sorted(unit.pk for unit in chosen)}
    journal.record(by=by, action="recipient.settled", subject=directive, data=data, now=now)
    return line


@transaction.atomic
def send(*, directive: Directive, by: Person, now: dt.datetime) -> list[Distribution]:
    """Gives the directive to every unit of the settled lines; those that have it keep their day. Raises NotPermitted.

    The office itself is not sent its own paper.
    """
    directive = _own(directive, by, now)
    lines = [line for line in directive.recipients.prefetch_related("units") if line.settled]
    wanted = {unit.pk: unit for line in lines for unit in line.units.all() if unit.pk != directive.home_unit_id}
    return distribute(directive=directive, units=wanted.values(), by=by, now=now)


@transaction.atomic
def distribute(
    *, directive: Directive, units: Iterable[Unit] = (), posts: Iterable[Post] = (), by: Person, now: dt.datetime
) -> list[Distribution]:
    """Gives the directive to units and, by name, to posts; what was given already stays. Raises NotPermitted."""
    directive = _own(directive, by, now)
    there = list(directive.distributions.values_list("unit_id", "given_to_id", "post_id"))
    have = {unit for row in there if row[2] is None for unit in row[:2]}
    named = {post for _unit, _given, post in there}
    rows: list[tuple[Post | None, Unit]] = [
        (None, unit) for unit in {unit.pk: unit for unit in units}.values() if unit.pk not in have
    ]
    rows += [(post, post.unit) for post in {post.pk: post for post in posts}.values() if post.pk not in named]
    made = Distribution.objects.bulk_create(
        Distribution(directive=directive, post=post, given_to=unit, unit=unit, given_on=timezone.localdate(now))
        for post, unit in rows
    )
    if made:
        data = {
            "units": sorted(row.unit_id for row in made if row.post_id is None),
            "posts": sorted(row.post_id for row in made if row.post_id is not None),
        }
        told = {key: ids for key, ids in data.items() if ids}
        journal.record(by=by, action="directive.distributed", subject=directive, data=told, now=now)
    return made


def mark_read(*, directive: Directive, by: Person, now: dt.datetime) -> None:
    """Notes the first reading for each of the person's units and posts that the directive was given to."""
    scope = acting(by, now)
    posts = set(PostHolding.objects.on(scope.day).filter(person=by).values_list("post_id", flat=True))
    units = scope.units(ACTING_ROLES)
    with transaction.atomic():
        for row in directive.distributions.select_for_update().filter(read_at__isnull=True):
            if row.post_id in posts if row.post_id else row.unit_id in units:
                row.read_at, row.read_by = now, by
                row.save(update_fields=["read_at", "read_by"])
                data = {"post": row.post_id} if row.post_id else {"unit": row.unit_id}
                journal.record(by=by, action="directive.read", subject=directive, data=data, now=now)


def _own(directive: Directive, by: Person, now: dt.datetime) -> Directive:
    """The directive, locked: by a lead officer of the office whose it is, and not one without content."""
    if directive.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    if directive.state != DirectiveState.RECEIVED:
        raise NotPermitted
    return directive
