"""What happens without anybody asking: mail is sent, idle accounts closed, ended sessions swept out, counts folded."""

import logging
import threading

from django.contrib.sessions.backends.base import SessionBase
from django.db import close_old_connections
from django.utils import timezone

from xulang.office.sessions import SessionStore
from xulang.organisation.accounts import close_idle
from xulang.plumbing import mail
from xulang.programme import tallies

FOLDED_FROM = 5_000  # rows too many among the counts, which a figure reads in some milliseconds
EVERY = 60  # seconds; a letter that was written wakes it at once


def keep_house() -> tuple[int, int]:
    """One round: how many letters went, how many accounts were closed."""
    now = timezone.now()
    store: type[SessionBase] = SessionStore
    store.clear_expired()
    tallies.fold(tolerated=FOLDED_FROM)
    return mail.deliver_due(now), close_idle(now)


def keep_on() -> None:
    """Rounds for ever, in a thread that ends with the process."""

    def rounds() -> None:
        while True:
            try:
                keep_house()
            except Exception:  # one bad round must not be the last
                logging.getLogger(__name__).exception("housekeeping failed; tried again in a minute")
            close_old_connections()
            mail.written.wait(EVERY)
            mail.written.clear()

    threading.Thread(target=rounds, name="housekeeping", daemon=True).start()
