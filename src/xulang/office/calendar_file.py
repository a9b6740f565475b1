"""A calendar of duties as calendar programmes read it (RFC 5545): due days, the words that order, where to report."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from xulang.office.templatetags.office import headline
from xulang.programme.models import ExpectedReport

_WORDS = 120  # of a duty, in a day's cell


def calendar_file(rows: Iterable[ExpectedReport], *, now: dt.datetime, today: dt.date) -> bytes:
    """One whole-day event a report that is owed, known by the same UID whatever happens to its deadline.

    No obstacle, no note and no person's name: a calendar is synchronised to machines that nobody here knows.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//xulang//duties//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Hạn báo cáo, Xứ Lạng"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    host = urlsplit(settings.ADDRESS).hostname or "xulang"
    for row in rows:
        calendar.add_component(_event(row, host, now, today))
    return bytes(calendar.to_ical())


def _event(row: ExpectedReport, host: str, now: dt.datetime, today: dt.date) -> Event:
    task, event = row.assignment.task, Event()
    event.add("uid", f"report-{row.pk}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", row.due)
    event.add("dtend", row.due + dt.timedelta(days=1))
    event.add("summary", _("Hạn báo cáo: %(task)s") % {"task": headline(task.text, _WORDS)})
    told = [row.period_name, row.assignment.unit.name_on(today), task.programme.directive.code]
    if row.due != row.first_due:
        told.append(_("hạn đầu %(day)s") % {"day": f"{row.first_due:%d/%m/%Y}"})
    event.add("description", " · ".join(part for part in told if part))
    event.add("url", settings.ADDRESS + reverse("office:assignment", args=[row.assignment_id]))
    event.add("transp", "TRANSPARENT")
    return event
