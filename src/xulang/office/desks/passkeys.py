"""The desk of passkeys: registered, named and removed by their person; asked at log-in, as second step or alone.

A script asks for the challenge (JSON), puts it to the device and sends the answer as an ordinary form.
"""

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xulang.office import clock, logins
from xulang.office.access import asker
from xulang.office.forms.account import AgainForm, counted
from xulang.office.forms.passkeys import PasskeyForm
from xulang.office.once import spend
from xulang.office.onward import onward
from xulang.office.origin import site
from xulang.organisation import accounts, passkeys, second_factor
from xulang.organisation.errors import PasskeyRefused
from xulang.organisation.models import Person
from xulang.organisation.passkeys import Question
from xulang.plumbing.errors import Refused

ASKED = "passkey"  # in the session: what the device was asked, for what, and when
PATIENCE = dt.timedelta(minutes=5)
asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _ask(request: HttpRequest, question: Question, purpose: str, **told: Any) -> JsonResponse:
    """The question to the browser; the challenge stays here."""
    since = clock.now().isoformat()
    request.session[ASKED] = {"challenge": question.challenge, "purpose": purpose, "since": since, **told}
    return JsonResponse(json.loads(question.options))


def _asked(request: HttpRequest, purpose: str) -> dict[str, Any]:
    """What this session was asked for that purpose; once. Raises PasskeyRefused."""
    told, now = request.session.pop(ASKED, None), clock.now()
    if told is None or told["purpose"] != purpose or now - dt.datetime.fromisoformat(told["since"]) > PATIENCE:
        raise PasskeyRefused
    if not spend(told["challenge"], now):
        raise PasskeyRefused
    return dict(told)


def _said(why: object) -> JsonResponse:
    return JsonResponse({"said": str(why)}, status=422)


def _faults(form: AgainForm) -> list[str]:
    return [str(said) for errors in form.errors.values() for said in errors]


@require_POST
@sensitive_post_parameters()
def begin(request: HttpRequest) -> HttpResponse:
    """The first step of a new key, against the password where the log-in is not fresh."""
    form, here = PasskeyForm(request, request.POST), site(request)
    if here is None or not form.is_valid():
        return _said(" ".join(_faults(form)) or PasskeyRefused())
    name, alone = form.cleaned_data["name"], form.cleaned_data["alone"]
    question = passkeys.ask_to_register(person=asker(request), site=here, alone=alone)
    return _ask(request, question, "register", name=name, alone=alone)


@asked_or_sent
def own(request: HttpRequest) -> HttpResponse:
    """One's keys; the second step of a new one."""
    person, here, now = asker(request), site(request), clock.now()
    fault = ""
    if request.method == "POST" and here is not None:
        try:
            told, answer = _asked(request, "register"), request.POST.get("answer", "")
            codes = passkeys.register(
                person=person,
                site=here,
                challenge=told["challenge"],
                answer=answer,
                name=told["name"],
                alone=told["alone"],
                now=now,
            )
        except Refused as why:
            fault = str(why)
        else:
            messages.success(request, _("Đã đăng ký khóa “%(name)s”.") % {"name": told["name"]})
            return render(request, "office/recovery_codes.html", {"codes": codes}) if codes else redirect(request.path)
    device = logins.device(request.META.get("HTTP_USER_AGENT", ""))
    context = {
        "form": PasskeyForm(request, initial={"name": device}),
        "passkeys": [(key, AgainForm(request, prefix=f"key-{key.pk}")) for key in person.passkeys.all()],
        "again": AgainForm(request, prefix="codes"),
        "left": person.recovery_codes.count(),
        "possible": here is not None,
        "fault": fault,
        "demanded": logins.lacks_second_factor(request),
    }
    return render(request, "office/passkeys.html", context, status=422 if request.method == "POST" else 200)


def _sure(request: HttpRequest, prefix: str) -> bool:
    """Whether the person has proved again who they are; if not, they are told."""
    form = AgainForm(request, request.POST, prefix=prefix)
    for said in _faults(form):
        messages.error(request, said)
    return form.is_valid()


@require_POST
@sensitive_post_parameters()
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """One of one's own keys holds no more."""
    key = get_object_or_404(asker(request).passkeys, pk=passkey_id)
    if _sure(request, f"key-{key.pk}"):
        passkeys.remove(key=key, by=asker(request), now=clock.now())
        messages.success(request, _("Đã gỡ khóa “%(name)s”.") % {"name": key.name})
    return redirect("office:passkeys")


@require_POST
@sensitive_post_parameters()
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes for one who has keys and no application."""
    person = asker(request)
    if not person.passkeys.exists() or not _sure(request, "codes"):
        return redirect("office:passkeys")
    codes = second_factor.replace_codes(person=person, now=clock.now())
    return render(request, "office/recovery_codes.html", {"codes": codes})


def _second(request: HttpRequest) -> Person | None:
    """Whose key is asked for as second step of a log-in; None where the key is to open alone."""
    if "second" not in request.POST:
        return None
    if (person := logins.awaited(request, clock.now())) is None:
        raise PasskeyRefused
    return person


@login_not_required
@require_POST
def begin_log_in(request: HttpRequest) -> HttpResponse:
    """The first step of a log-in by key."""
    here = site(request)
    try:
        person = _second(request)
        if here is None:
            raise PasskeyRefused
    except Refused as why:
        return _said(why)
    question = passkeys.ask_to_prove(site=here, person=person)
    return _ask(request, question, "second" if person else "alone")


@login_not_required
@require_POST
def log_in(request: HttpRequest) -> HttpResponse:
    """The answer of the device: it opens, after a password or alone."""
    back, here, now = "office:login", site(request), clock.now()
    try:
        if here is None:
            raise PasskeyRefused
        person = _second(request)
        back = "office:log_in_code" if person else back
        told = _asked(request, "second" if person else "alone")
        trial = counted(request, f"passkey:{person.username if person else told['challenge']}")
        answer = request.POST.get("answer", "")
        found = passkeys.prove(site=here, challenge=told["challenge"], answer=answer, person=person, now=now)
        trial.forgive()
        accounts.admit(found, now)
    except (Refused, ValidationError) as why:
        messages.error(request, why.message if isinstance(why, ValidationError) else str(why))
        return redirect(reverse(back) + "?" + urlencode({"next": onward(request)}))
    logins.begin(request, found, now, means="passkey")
    return redirect(onward(request))
