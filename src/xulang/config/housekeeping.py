"""What happens without anybody asking: mail is sent, idle accounts are closed, ended sessions are swept out."""

import logging
import threading

from django.contrib.sessions.backends.base import SessionBase
from django.db import close_old_connections
from django.utils import timezone

from xulang.office.sessions import SessionStore
from xulang.organisation.accounts import close_idle
from xulang.plumbing import mail

EVERY = 60  # seconds; a letter that was written wakes it at once


def keep_house() -> tuple[int, int]:
    """One round: how many letters went, how many accounts were closed."""
    now = timezone.now()
    store: type[SessionBase] = SessionStore
    store.clear_expired()
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
