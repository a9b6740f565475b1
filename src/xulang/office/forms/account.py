"""The forms by which a person proves who they are."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xulang.office import clock, logins
from xulang.office.access import asker
from xulang.office.attempts import Trial
from xulang.organisation import accounts
from xulang.organisation.errors import AccountClosed
from xulang.organisation.models import Person
from xulang.plumbing import mail


def tried(request: HttpRequest, name: str, password: str) -> Person | None:
    """The person whose name and password these are, or None; `forms.ValidationError` after too many attempts."""
    trial = counted(request, name)
    person = authenticate(request, username=name, password=password)
    if not isinstance(person, Person):
        return None
    trial.forgive()
    return person


def proved(request: HttpRequest, person: Person, password: str) -> str:
    """The password, if it is that person's; else `forms.ValidationError`."""
    if tried(request, person.get_username(), password) is None:
        raise forms.ValidationError(_("Mật khẩu hiện nay không đúng."))
    return password


def counted(request: HttpRequest, name: str) -> Trial:
    """An attempt that may be made; `forms.ValidationError` after too many."""
    trial = Trial.begin(name=name, address=request.META.get("REMOTE_ADDR", ""), now=clock.now())
    if minutes := trial.wait_minutes:
        raise forms.ValidationError(
            ngettext(
                "Đã thử quá nhiều lần. Đợi %(minutes)d phút rồi thử lại.",
                "Đã thử quá nhiều lần. Đợi %(minutes)d phút rồi thử lại.",
                minutes,
            )
            % {"minutes": minutes}
        )
    return trial


class LogInForm(forms.Form):
    """Name and password. The answer is the same for an unknown name, a wrong password and an account that ended."""

    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        self.person = tried(self.request, given["username"], given["password"])
        if self.person is None:
            raise forms.ValidationError(_("Tên đăng nhập hoặc mật khẩu không đúng."))
        try:
            accounts.admit(self.person, clock.now())
        except AccountClosed as ended:
            raise forms.ValidationError(str(ended)) from ended
        return given


class ForgotForm(forms.Form):
    """Whose password is forgotten: by user name, or by the address for mail."""

    who = forms.CharField(
        label=gettext_lazy("Tên đăng nhập hoặc thư điện tử"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: Person | None = None

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"].strip()
        counted(self.request, f"forgot:{who}")
        if mail.available():
            known = models.Q(username__iexact=who) | models.Q(email__iexact=who)
            found = list(Person.objects.filter(known, is_active=True).exclude(email="")[:2])
            self.person = found[0] if len(found) == 1 else None
        return who


class ChosenPasswordForm(forms.Form):
    """A password that one chooses by a link."""

    new = forms.CharField(
        label=gettext_lazy("Mật khẩu mới"),
        help_text=gettext_lazy("Ít nhất 14 ký tự; một câu dễ nhớ là tốt nhất."),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Nhập lại mật khẩu mới"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("new") != given.get("again"):
            self.add_error("again", _("Hai lần nhập không giống nhau."))
        return given


class PasswordForm(ChosenPasswordForm):
    """A new password of one's own, against the present one."""

    present = forms.CharField(
        label=gettext_lazy("Mật khẩu hiện nay"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "new", "again")

    def __init__(self, request: HttpRequest, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person = person

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        return proved(self.request, self.person, present)


class AgainForm(forms.Form):
    """Before a grave act: the password again, unless the log-in is only minutes old."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person = asker(request)
        if not logins.is_fresh(request, clock.now()):
            self.fields["present"] = forms.CharField(
                label=_("Mật khẩu hiện nay"),
                strip=False,
                max_length=128,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                help_text=_("Chưa có mật khẩu thì đăng xuất, đăng nhập lại rồi làm trong mười phút."),
            )

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        return proved(self.request, self.person, present)
