"""What happens without anybody asking: the periodic jobs, when each is due, and the worker beside the server."""

import logging
import threading

from django.contrib.sessions.backends.base import SessionBase
from django.db import close_old_connections, connection
from django.utils import timezone

from xulang.office import reminders
from xulang.office.sessions import SessionStore
from xulang.organisation.accounts import close_idle
from xulang.plumbing import jobs, mail, scanning
from xulang.plumbing.surveying import survey
from xulang.programme import courses, services, tallies

PAUSE = 5  # seconds between two looks; a letter that was written wakes the worker at once
FOLDED_FROM = 5_000  # rows too many among the counts: a figure reads them in some milliseconds


@jobs.job
def send_mail() -> None:
    """Sends the letters that are due."""
    mail.deliver_due(timezone.now())


@jobs.job
def remind() -> None:
    """Tells of what falls due and of what is late."""
    services.remind(now=timezone.now(), compose=reminders.letter)


@jobs.job
def close_idle_accounts() -> None:
    """Closes accounts that nobody used for 45 days."""
    close_idle(timezone.now())


@jobs.job
def scan_files() -> None:
    """Has the scanner look at what came in."""
    scanning.scan_waiting(timezone.now())


@jobs.job
def sweep() -> None:
    """Clears away sessions that ended, and jobs done long ago."""
    store: type[SessionBase] = SessionStore
    store.clear_expired()
    jobs.prune(timezone.now())


@jobs.job
def fold_counts() -> None:
    """Folds the counts of reports when they have become many."""
    tallies.fold(tolerated=FOLDED_FROM)


@jobs.job
def draw_courses() -> None:
    """Writes down the figures of the days that are over, where they are not written yet."""
    courses.draw_all(timezone.localdate())


@jobs.job
def count_rows() -> None:
    """Has SQLite look at how its rows lie; without that it may take the wrong index. PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        survey()


PERIODIC = (
    jobs.Periodic("mail", jobs.every(1), send_mail),
    jobs.Periodic("scanner", jobs.every(1), scan_files),
    jobs.Periodic("reminders", jobs.daily(7), remind),
    jobs.Periodic("idle accounts", jobs.every(60), close_idle_accounts),
    jobs.Periodic("counts", jobs.every(5), fold_counts),
    jobs.Periodic("courses", jobs.every(15), draw_courses),
    jobs.Periodic("sweep", jobs.daily(3), sweep),
    jobs.Periodic("rows", jobs.daily(4), count_rows),
)


def keep_house() -> int:
    """Works off what is due now; how many jobs that were."""
    return jobs.Worker(timezone.now).work_off()


def keep_on() -> None:
    """Goes on for ever, in a thread that ends with the process."""

    def rounds() -> None:
        while True:
            try:
                if mail.written.is_set():
                    mail.written.clear()
                    jobs.enqueue(send_mail)
                keep_house()
            except Exception:  # one bad round must not be the last
                logging.getLogger(__name__).exception("housekeeping failed; tried again in a moment")
            close_old_connections()
            mail.written.wait(PAUSE)

    threading.Thread(target=rounds, name="housekeeping", daemon=True).start()
