"""The form of a new passkey."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.account import AgainForm


class PasskeyForm(AgainForm):
    """What to call the key, and whether it opens alone."""

    name = forms.CharField(label=_("Tên của khóa"), help_text=_("Để nhận ra thiết bị giữ khóa."), max_length=60)
    alone = forms.BooleanField(
        label=_("Cho đăng nhập chỉ bằng khóa này, không cần mật khẩu"),
        help_text=_("Thiết bị sẽ hỏi mã PIN, vân tay hoặc khuôn mặt."),
        required=False,
    )
