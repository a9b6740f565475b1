"""The one clock of the office: what time it is at the desks. Tests set `now`."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware."""
    return timezone.now()


def today() -> date:
    """The day at the office (Asia/Ho_Chi_Minh), whatever the server's own zone."""
    return timezone.localtime(now()).date()
