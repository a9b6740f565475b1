"""Links by which a person chooses a password: mailed where mail can leave, else shown once to hand over."""

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from xulang.organisation import accounts
from xulang.organisation.models import Person
from xulang.plumbing import mail


def give(request: HttpRequest, person: Person, *, by: Person, now: dt.datetime, invites: bool = False) -> str | None:
    """Mails the link, or gives its address where no mail can reach the person. Raises NotPermitted."""
    uid, token = accounts.make_link(person=person, by=by, now=now)
    address = request.build_absolute_uri(reverse("office:open_link", args=[uid, token]))
    if not (person.email and mail.available()):
        return address
    with translation.override(person.speaks):  # the reader's, whatever the writer's page speaks
        _mail(person, address, invites=invites, now=now)
    return None


def _mail(person: Person, address: str, *, invites: bool, now: dt.datetime) -> None:
    subject = _("Mời dùng Xứ Lạng") if invites else _("Đặt lại mật khẩu Xứ Lạng")
    told = {"name": person.full_name, "username": person.username, "address": address}
    body = _(
        "Kính gửi %(name)s,\n\nMở liên kết sau để chọn mật khẩu cho tên đăng nhập %(username)s:\n\n%(address)s\n\n"
        "Liên kết dùng được một lần, trong ba ngày. Nếu bạn không yêu cầu, hãy bỏ qua thư này."
    )
    mail.enqueue(to=person.email, subject=subject, body=body % told, now=now)
