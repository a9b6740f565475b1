"""The desk of the second factor: asked at log-in, set up and given up by its person, demanded of roles."""

import io

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, logins
from xulang.office.access import asker, opens_to
from xulang.office.forms.account import counted
from xulang.office.forms.second_factor import CodeForm, DemandForm
from xulang.office.once import written
from xulang.office.onward import onward
from xulang.office.origin import site
from xulang.organisation import second_factor
from xulang.organisation.enums import Role
from xulang.organisation.errors import CodeWrong
from xulang.organisation.models import Person, SecondFactorDemand

KEY = "second_factor_key"  # in the session: the key that is being set up
asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@asked_or_sent
@sensitive_post_parameters("code")
def log_in_code(request: HttpRequest) -> HttpResponse:
    """The second step of a log-in: a code, within minutes of the right password."""
    person = logins.awaited(request, clock.now())
    if person is None:
        return redirect("office:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            trial = counted(request, f"code:{person.username}")
        except ValidationError as wait:
            form.add_error(None, wait)
        else:
            if second_factor.proves(person=person, code=form.cleaned_data["code"], now=clock.now()):
                trial.forgive()
                logins.begin(request, person, clock.now(), means="code")
                return redirect(onward(request))
            form.add_error("code", str(CodeWrong()))
    context = {
        "form": form,
        "next": onward(request),
        "application": second_factor.has_application(person),
        "passkey": person.passkeys.exists() and site(request) is not None,
    }
    return render(request, "office/log_in_code.html", context, status=422 if form.is_bound else 200)


@asked_or_sent
@sensitive_post_parameters("code")
def own(request: HttpRequest) -> HttpResponse:
    """Set up one's second factor; where it holds, renew the recovery codes or give it up."""
    person, now = asker(request), clock.now()
    holds, form = second_factor.has_application(person), CodeForm(request.POST or None)
    key: str = "" if holds else request.session.setdefault(KEY, second_factor.new_key())
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            trial = counted(request, f"code:{person.username}")
            if holds and request.POST.get("act") == "remove":
                second_factor.remove(person=person, by=person, code=code, now=now)
                messages.success(request, _("Đã bỏ xác thực hai lớp."))
                trial.forgive()
                return redirect("office:security")
            if holds:
                codes = second_factor.renew_codes(person=person, code=code, now=now)
            else:
                codes = second_factor.enrol(person=person, key=key, code=code, now=now)
            trial.forgive()
            request.session.pop(KEY, None)
            return render(request, "office/recovery_codes.html", {"codes": codes})
        except CodeWrong as wrong:
            form.add_error("code", str(wrong))
        except ValidationError as wait:
            form.add_error(None, wait)
    context = {
        "form": form,
        "holds": holds,
        "left": person.recovery_codes.count(),
        "key": " ".join(key[i : i + 4] for i in range(0, len(key), 4)),
        "demanded": logins.lacks_second_factor(request),
    }
    return render(request, "office/second_factor.html", context, status=422 if form.is_bound else 200)


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The key that is being set up, as a QR code."""
    if KEY not in request.session:
        raise Http404
    drawn = io.BytesIO()
    code = segno.make(second_factor.address_of(request.session[KEY], asker(request)), error="m")
    code.save(drawn, kind="svg", scale=5, border=4, light="#fff", dark="#000")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@asked_or_sent
@opens_to(Role.ADMINISTRATOR)
def demands(request: HttpRequest) -> HttpResponse:
    """Which roles get no further without a second factor."""
    stands = list(SecondFactorDemand.objects.values_list("role", flat=True))
    form = DemandForm(request.POST or None, initial={"roles": stands})
    if request.method == "POST" and form.is_valid():
        roles = [Role(role) for role in form.cleaned_data["roles"]]
        if written(
            request,
            form,
            lambda: second_factor.demand(roles=roles, by=asker(request), now=clock.now()),
            _("Đã ghi các vai trò bắt buộc xác thực hai lớp."),
        ):
            return redirect("office:second_factor_demands")
    return render(request, "office/second_factor_demands.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@opens_to(Role.ADMINISTRATOR)
def remove(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody has lost the telephone: the second factor holds no more, log-ins end."""
    by, now = asker(request), clock.now()
    found = get_object_or_404(Person.objects.for_user(by, clock.today()).exclude(pk=by.pk), pk=person_id)
    done = _("Đã gỡ xác thực hai lớp của người này.")
    if written(request, None, lambda: second_factor.remove(person=found, by=by, now=now), done):
        logins.end(person=found, by=by, now=now)
    return redirect("office:person", found.pk)
