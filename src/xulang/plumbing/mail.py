"""Mail that leaves the house: written in the transaction that causes it, sent after, tried again until it is gone.

Guarantee: a letter is written if and only if its cause is; it is sent at least once. Twice it goes only where the
process dies between the post office's answer and noting it: then with the same Message-ID, and the journal tells. Its
words are erased once it is sent or given up, so no link lies about.
"""

import datetime as dt
import threading
from typing import Protocol

from django.db import transaction

from xulang.plumbing import journal
from xulang.plumbing.models import Letter

TRIES = 8
_LONGEST = dt.timedelta(hours=6)  # between two tries; the first comes after a minute, each wait doubles

# Set where a letter was written; who waits for it sends at once (`xulang serve`).
written = threading.Event()


class Mailer(Protocol):
    """Hands a letter over to the world."""

    def available(self) -> bool:
        """Whether there is a way out at all."""
        ...

    def send(self, to: str, subject: str, body: str, message_id: str) -> None:
        """Raises OSError or MailRefused where the letter did not go."""
        ...


class MailRefused(Exception):
    """The post office did not take the letter; the sentence is the post office's."""


_registered: list[Mailer] = []


def register_mailer(mailer: Mailer) -> None:
    """The wiring names the one way out."""
    _registered[:] = [mailer]


def available() -> bool:
    """Whether letters can leave; where not, people are given links to hand over."""
    return bool(_registered) and _registered[0].available()


def enqueue(*, to: str, subject: str, body: str, now: dt.datetime) -> Letter:
    """Writes a letter in the caller's transaction; once that holds, whoever sends is woken."""
    letter = Letter.objects.create(to=to, subject=subject, body=body, written_at=now, due_at=now)
    transaction.on_commit(written.set)
    return letter


def deliver_due(now: dt.datetime) -> int:
    """Sends what is due; how many went. A letter that fails waits longer each time, and is given up after `TRIES`."""
    sent = 0
    while available():
        with transaction.atomic():
            waiting = Letter.objects.filter(sent_at__isnull=True, given_up_at__isnull=True, due_at__lte=now)
            letter = waiting.select_for_update(skip_locked=True).order_by("due_at", "id").first()
            if letter is None:
                break
            # Claimed for a while before it goes, so that two senders do not send it twice.
            if letter.in_hand:
                letter.repeats += 1
                data = {"message_id": letter.message_id, "repeats": letter.repeats}
                journal.record(by=None, action="letter.repeated", subject=letter, data=data, now=now)
            letter.tries, letter.in_hand = letter.tries + 1, True
            letter.due_at = now + min(_LONGEST, dt.timedelta(minutes=2 ** (letter.tries - 1)))
            letter.save(update_fields=["tries", "in_hand", "repeats", "due_at"])
        sent += _deliver(letter, now)
    return sent


def _deliver(letter: Letter, now: dt.datetime) -> int:
    try:
        _registered[0].send(letter.to, letter.subject, letter.body, letter.message_id)
    except (OSError, MailRefused) as why:
        letter.fault, letter.in_hand = str(why)[:200], False
        if letter.tries < TRIES:
            letter.save(update_fields=["fault", "in_hand"])
            return 0
        letter.given_up_at = now
    else:
        letter.sent_at, letter.fault = now, ""
    letter.body, letter.in_hand = "", False
    letter.save(update_fields=["sent_at", "given_up_at", "fault", "body", "in_hand"])
    return 1 if letter.sent_at else 0
