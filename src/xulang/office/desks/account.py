"""The account desk: log in, log out, change one's own password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xulang.office import clock
from xulang.office.access import asker
from xulang.office.forms.account import LogInForm, PasswordForm
from xulang.organisation import services
from xulang.plumbing.errors import Refused


def _onward(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours; else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; a person already logged in is sent on."""
    if request.user.is_authenticated:
        return redirect(_onward(request))
    form = LogInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person is not None:
        login(request, form.person)
        services.seen(person=form.person, now=clock.now())
        return redirect(_onward(request))
    status = 422 if form.is_bound else 200
    return render(request, "office/log_in.html", {"form": form, "next": _onward(request)}, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
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


@login_not_required
def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django gives the reason; it helps only an attacker)
    """Django's CSRF check turned a form away."""
    return render(request, "office/faults/form.html", status=403)
