"""The desk of log-in by an OpenID Connect provider: out to it, back from it, and undoing what was bound."""

import datetime as dt
import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, logins
from xulang.office.access import asker, opens_to
from xulang.office.forms.account import counted
from xulang.office.once import written
from xulang.office.onward import onward
from xulang.organisation import accounts, openid, second_factor
from xulang.organisation.enums import Role
from xulang.organisation.errors import ProviderRefused
from xulang.organisation.models import Person
from xulang.plumbing.errors import Refused

LEFT = "openid"  # in the session: what the answer is known by, when one left, and for which page
PATIENCE = dt.timedelta(minutes=15)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("office:openid_back"))


def _refused(request: HttpRequest, why: object) -> HttpResponse:
    messages.error(request, str(why))
    return redirect("office:login")


@login_not_required
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """To the provider. A link, not a form: the policy of the page lets forms go nowhere but here."""
    if (provider := openid.provider()) is None:
        raise Http404
    try:
        departure = provider.leave(_back(request))
    except Refused as why:
        return _refused(request, why)
    since = clock.now().isoformat()
    request.session[LEFT] = {"kept": dict(departure.kept), "since": since, "next": onward(request)}
    return HttpResponseRedirect(departure.address)


@login_not_required
@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    """Back from the provider: whose account it is, and whether a second factor is still to be asked for."""
    if (provider := openid.provider()) is None:
        raise Http404
    left, now, back = request.session.pop(LEFT, None), clock.now(), _back(request)
    try:
        if left is None or now - dt.datetime.fromisoformat(left["since"]) > PATIENCE:
            raise ProviderRefused("not left from this session")
        trial = counted(request, f"openid:{left['kept']['state']}")
        answer = request.build_absolute_uri()
        identity = provider.arrive(answer=answer, back=back, kept=left["kept"], now=now)
        person = openid.holder_of(identity)
        accounts.admit(person, now)
        openid.bind(identity=identity, person=person, now=now)
    except ValidationError as why:
        return _refused(request, why.message)
    except Refused as why:
        logging.getLogger(__name__).warning("log-in by OpenID: %s %s", type(why).__name__, getattr(why, "why", ""))
        return _refused(request, why)
    trial.forgive()
    twice = openid.by_two_factors(identity)
    if second_factor.has_one(person) and not twice:
        logins.await_code(request, person, now)
        request.session[logins.OUTSIDE] = True
        return redirect(reverse("office:log_in_code") + "?" + urlencode({"next": left["next"]}))
    logins.begin(request, person, now, means="openid")
    request.session.update({logins.OUTSIDE: True, logins.PROVED: twice})
    return redirect(left["next"])


@require_POST
@opens_to(Role.ADMINISTRATOR)
def unbind(request: HttpRequest, person_id: int) -> HttpResponse:
    """The identity from outside is somebody else's now: it opens this account no more, log-ins end."""
    by, now = asker(request), clock.now()
    found = get_object_or_404(Person.objects.for_user(by, clock.today()), pk=person_id)
    done = _("Đã gỡ định danh ngoài của người này.")
    if written(request, None, lambda: openid.unbind(person=found, by=by, now=now), done):
        logins.end(person=found, by=by, now=now)
    return redirect("office:person", found.pk)
