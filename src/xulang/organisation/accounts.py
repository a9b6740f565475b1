"""The life of an account: opened by a link, used, closed when idle, opened again. Who may do what, `services` says."""

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files

from django.contrib.auth.tokens import default_token_generator
from django.db import models, transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from xulang.organisation import services
from xulang.organisation.errors import AccountClosed, AccountIdle, LinkSpent
from xulang.organisation.models import Person
from xulang.organisation.permits import require
from xulang.plumbing import journal


@cache
def _idle_rules() -> list[tuple[dt.date, int]]:
    table = tomllib.loads(files("xulang.organisation").joinpath("data/accounts.toml").read_text("utf-8"))
    return sorted((row["valid_from"], row["days"]) for row in table["idle"])


def idle_days(day: dt.date) -> int | None:
    """After how many days without use an account is closed, by the rule of the day (TCVN 14423:2026); None before."""
    return next((days for begins, days in reversed(_idle_rules()) if begins <= day), None)


def close_idle(now: dt.datetime, only: Person | None = None) -> int:
    """Closes every idle account, or that one if it is; how many. Each is told to the journal."""
    days = idle_days(timezone.localdate(now))
    if days is None:
        return 0
    latest = now - dt.timedelta(days=days)
    unseen = models.Q(last_seen__isnull=True) | models.Q(last_seen__lt=latest)
    rows = Person.objects.filter(unseen, is_active=True, opened_at__lt=latest)
    closed = 0
    for person in rows.filter(pk=only.pk) if only else rows:
        with transaction.atomic():  # one each: a whole office closed at once would keep every writer waiting
            person.is_active = False
            person.save(update_fields=["is_active"])
            journal.record(by=None, action="person.closed_idle", subject=person, data={"days": days}, now=now)
            closed += 1
    return closed


def admit(person: Person, now: dt.datetime) -> None:
    """Whether somebody who proved to be this person may come in. Raises AccountClosed, AccountIdle (and closes it)."""
    if not person.is_active:
        raise AccountClosed
    if close_idle(now, only=person):
        raise AccountIdle


@transaction.atomic
def reopen(*, person: Person, by: Person | None, now: dt.datetime) -> None:
    """Opens a closed account again; from now on it has its days anew. Raises NotPermitted."""
    require(by, services.ADMINISTRATORS, now)
    person.is_active, person.opened_at = True, now
    person.save(update_fields=["is_active", "opened_at"])
    journal.record(by=by, action="person.reopened", subject=person, now=now)


# --- Links: who holds one may choose the password, once, for as long as the settings say ---


@transaction.atomic
def make_link(*, person: Person, by: Person | None, now: dt.datetime) -> tuple[str, str]:
    """The two parts of a link by which the person chooses a password. `by` is the administrator, or the person.

    Raises NotPermitted. A password chosen, a log-in or a new address for mail makes older links void.
    """
    if by != person:
        require(by, services.ADMINISTRATORS, now)
    journal.record(by=by, action="person.link_made", subject=person, now=now)
    return urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)


def holder_of(uid: str, token: str) -> Person | None:
    """Whose link it is; None where it is spent, too old, forged, or the account is closed."""
    try:
        pk = int(urlsafe_base64_decode(uid))
    except ValueError:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return person if person is not None and default_token_generator.check_token(person, token) else None


@transaction.atomic
def choose_password(*, uid: str, token: str, password: str, now: dt.datetime) -> Person:
    """Sets the password that the holder of a link chose. Raises LinkSpent, WeakPassword."""
    person = holder_of(uid, token)
    if person is None:
        raise LinkSpent
    services.set_password(person=person, password=password, by=person, now=now)
    return person
