"""Log-ins that last: what a person sees of them, and ending them."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xulang.office.access import asker, scope
from xulang.office.language import LANGUAGE
from xulang.office.models import Session
from xulang.office.sessions import AGENT, BEGAN
from xulang.organisation import second_factor, services
from xulang.organisation.models import Person
from xulang.plumbing import journal

# What a browser calls itself → what people call it; the first that fits, since many claim to be others too.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class LogIn:
    """One session as its owner sees it. `name` stands for the session's key, which is a secret."""

    name: str
    device: str
    began: dt.datetime | None
    here: bool


def device(agent: str) -> str:
    """Browser and system in words."""
    browser = next((word for mark, word in _BROWSERS if mark in agent), "")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    if browser and system:
        return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Trình duyệt không rõ")


def begin(request: HttpRequest, person: Person, now: dt.datetime, means: str = "password") -> None:
    """Logs the person in, with what tells this session from others. By what `means`, the journal keeps."""
    request.session.pop(AWAITED, None)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[AGENT] = request.META.get("HTTP_USER_AGENT", "")[:200]
    request.session[BEGAN] = now.isoformat()
    request.session[LANGUAGE] = person.language
    services.seen(person=person, now=now)
    journal.record(by=person, action="person.logged_in", subject=person, data={"means": means}, now=now)


FRESH = dt.timedelta(minutes=10)


def is_fresh(request: HttpRequest, now: dt.datetime) -> bool:
    """Whether the person has only just proved who they are, so that a grave act need not ask again."""
    began = request.session.get(BEGAN)
    return began is not None and now - dt.datetime.fromisoformat(began) <= FRESH


AWAITED = "awaited"  # in the session: whose code is awaited, since when
PATIENCE = dt.timedelta(minutes=5)


def await_code(request: HttpRequest, person: Person, now: dt.datetime) -> None:
    """The password was right; the person is not logged in before a code proves them."""
    request.session.cycle_key()
    request.session[AWAITED] = [person.pk, now.isoformat()]


def awaited(request: HttpRequest, now: dt.datetime) -> Person | None:
    """Whose code is awaited in this session; None after `PATIENCE`."""
    pk, since = request.session.get(AWAITED, [0, None])
    if since is None or now - dt.datetime.fromisoformat(since) > PATIENCE:
        return None
    found: Person | None = Person.objects.filter(pk=pk, is_active=True).first()
    return found


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the asker's posts demand a second factor that they do not have."""
    held = scope(request)
    if held is None or request.session.get(PROVED) or not second_factor.demanded_of(held.roles):
        return False
    return not second_factor.has_one(asker(request))


PROVED = "proved"  # in the session: an OpenID provider asked for two factors
OUTSIDE = "outside"  # in the session: it began at an OpenID provider


# What a person may still open who has to set a second factor up first.
_OPEN = frozenset({"second_factor", "second_factor_picture", "passkeys", "begin_passkey", "log_out", "set_language"})


class DemandedFactor:
    """Middleware: whose posts demand a second factor is led to set it up, and gets no further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Asked for each view but the few that it takes to set one up."""
        if not request.user.is_authenticated or (request.resolver_match and request.resolver_match.url_name in _OPEN):
            return None
        return redirect("office:second_factor") if lacks_second_factor(request) else None


def log_ins(person: Person, now: dt.datetime, here: str | None) -> list[LogIn]:
    """The person's sessions that still last, the newest first."""
    rows = sorted(
        Session.objects.filter(person=person, expire_date__gt=now),
        key=lambda row: (row.session_key == here, row.began or row.expire_date),
        reverse=True,
    )
    return [LogIn(_name(row.session_key), device(row.agent), row.began, row.session_key == here) for row in rows]


@transaction.atomic
def end(*, person: Person, by: Person, now: dt.datetime, name: str | None = None, but: str | None = None) -> int:
    """Ends the session of that name, or all `but` one; how many. The caller has checked who may."""
    rows = [
        row.session_key
        for row in Session.objects.filter(person=person)
        if row.session_key != but and name in (None, _name(row.session_key))
    ]
    if rows:
        Session.objects.filter(pk__in=rows).delete()
        journal.record(by=by, action="person.sessions_ended", subject=person, data={"count": len(rows)}, now=now)
    return len(rows)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:20]
