"""The account desk: log in, log out, change one's own password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, links, logins
from xulang.office.access import asker
from xulang.office.forms.account import ChosenPasswordForm, ForgotForm, LogInForm, PasswordForm
from xulang.office.onward import onward
from xulang.office.origin import site
from xulang.organisation import accounts, openid, second_factor, services
from xulang.organisation.errors import LinkSpent
from xulang.plumbing import mail
from xulang.plumbing.errors import Refused


@login_not_required
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; a person already logged in is sent on."""
    if request.user.is_authenticated:
        return redirect(onward(request))
    form = LogInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person is not None:
        if second_factor.has_one(form.person):
            logins.await_code(request, form.person, clock.now())
            return redirect(reverse("office:log_in_code") + "?" + urlencode({"next": onward(request)}))
        logins.begin(request, form.person, clock.now())
        return redirect(onward(request))
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "next": onward(request),
        "passkeys": site(request) is not None,
        "provider": openid.provider(),
    }
    return render(request, "office/log_in.html", context, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; who came from an OpenID provider is shown the way to leave there, too."""
    outside, provider = request.session.get(logins.OUTSIDE), openid.provider()
    logout(request)
    if outside and provider is not None:
        try:
            further = provider.farewell(request.build_absolute_uri(reverse("office:login")))
        except Refused:
            further = None
        if further:
            return render(request, "office/logged_out.html", {"further": further, "label": provider.label})
    return redirect(settings.LOGOUT_REDIRECT_URL)


@sensitive_post_parameters("present", "new", "again")
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the person end."""
    person = asker(request)
    form = PasswordForm(request, person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_password(person=person, password=form.cleaned_data["new"], by=person, now=clock.now())
        except Refused as weak:
            form.add_error("new", str(weak))
        else:
            update_session_auth_hash(request, person)
            messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác đã bị đóng."))
            return redirect("office:home")
    return render(request, "office/password.html", {"form": form}, status=422 if form.is_bound else 200)


LINK = "link"  # in the session: the two parts of the link that was opened


@login_not_required
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. The answer is the same whether or not there is such a person, so none is told apart."""
    form = ForgotForm(request, request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.person is not None:
        links.give(request, form.person, by=form.person, now=clock.now())
    context = {"form": form, "sent": sent, "mails": mail.available()}
    return render(request, "office/forgot.html", context, status=422 if form.is_bound and not sent else 200)


@login_not_required
@require_safe
def open_link(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The link that was mailed or handed over: its secret goes into the session and out of the address at once."""
    request.session[LINK] = [uid, token]
    return redirect("office:choose_password")


@login_not_required
@sensitive_post_parameters("new", "again")
def choose_password(request: HttpRequest) -> HttpResponse:
    """Choose a password by a link."""
    uid, token = request.session.get(LINK, ["", ""])
    person = accounts.holder_of(uid, token)
    if person is None:
        return render(request, "office/link_spent.html")
    form = ChosenPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.choose_password(uid=uid, token=token, password=form.cleaned_data["new"], now=clock.now())
        except LinkSpent:
            return render(request, "office/link_spent.html")
        except Refused as weak:
            form.add_error("new", str(weak))
        else:
            request.session.pop(LINK)
            messages.success(request, _("Đã đặt mật khẩu. Hãy đăng nhập."))
            return redirect("office:login")
    context = {"form": form, "person": person}
    return render(request, "office/choose_password.html", context, status=422 if form.is_bound else 200)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """How one's own account is kept safe: by what it opens, and where one is logged in."""
    person = asker(request)
    context = {
        "log_ins": logins.log_ins(person, clock.now(), request.session.session_key),
        "second_factor": second_factor.has_application(person),
        "passkeys": person.passkeys.count(),
        "outside": person.outside_identities.all(),
    }
    return render(request, "office/security.html", context)


@require_POST
def end_session(request: HttpRequest, name: str) -> HttpResponse:
    """End one of one's own log-ins, or with the word `khac` all but this one."""
    person, here = asker(request), request.session.session_key
    ended = logins.end(person=person, by=person, now=clock.now(), name=None if name == "khac" else name, but=here)
    messages.success(request, ngettext("Đã đóng %(n)d phiên.", "Đã đóng %(n)d phiên.", ended) % {"n": ended})
    return redirect("office:security")


@login_not_required
def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django gives the reason; it helps only an attacker)
    """Django's CSRF check turned a form away."""
    return render(request, "office/faults/form.html", status=403)
