"""The journal: appending to its hash chain, and proving that nobody changed it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from xulang.plumbing.models import JournalEntry, JournalHead

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found; `broken_at` is the id of the first entry that does not fit."""

    ok: bool
    count: int
    head: str
    broken_at: int | None = None


def record(
    *,
    by: models.Model | None,
    action: str,
    subject: models.Model,
    data: Mapping[str, Any] | None = None,
    now: dt.datetime,
) -> JournalEntry:
    """Appends one line, in the caller's transaction.

    `action` is dotted ("directive.received"); `data` holds ids and words of the trade, never personal data. The head
    row is locked first, so of two writers one waits for the other to commit (SQLite locks the whole file likewise).
    """
    with transaction.atomic():
        head, _made = JournalHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": GENESIS})
        entry = JournalEntry(
            at=now,
            actor_id=by.pk if by else None,
            action=action,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            data=dict(data or {}),
            prev_hash=head.hash,
        )
        entry.hash = _hash(entry)
        entry.save(force_insert=True)
        head.hash, head.count = entry.hash, head.count + 1
        head.save(update_fields=["hash", "count"])
    return entry


def record_of_day(*, by: models.Model, action: str, subject: models.Model, now: dt.datetime) -> None:
    """Appends that somebody looked at something, once a person and day: a page opened again says nothing new."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    told = JournalEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, actor_id=by.pk, action=action, at__gte=midnight
    )
    if not told.exists():
        record(by=by, action=action, subject=subject, now=now)


def verify() -> Verdict:
    """Recomputes every hash from the first line on, and compares the end with the head row."""
    head = JournalHead.objects.filter(pk=1).first()
    count, last, last_id = 0, GENESIS, None
    for entry in JournalEntry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.prev_hash != last or entry.hash != _hash(entry):
            return Verdict(False, count, last, entry.pk)
        count, last, last_id = count + 1, entry.hash, entry.pk
    told = (head.count, head.hash) if head else (0, GENESIS)
    return Verdict(told == (count, last), count, last, None if told == (count, last) else last_id)


def has(head: str) -> bool:
    """Whether a hash that was noted outside is one of a line, or of the chain before its first."""
    return head == GENESIS or JournalEntry.objects.filter(hash=head).exists()


def _hash(entry: JournalEntry) -> str:
    """sha256 over the canonical JSON of everything the line says, the hash of the line before it included."""
    told = {
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "action": entry.action,
        "subject": [entry.subject_type, entry.subject_id],
        "data": entry.data,
        "prev": entry.prev_hash,
    }
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
