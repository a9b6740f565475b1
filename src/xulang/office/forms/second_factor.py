"""The forms of the second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import Role


class CodeForm(forms.Form):
    """A code from the application, or a recovery code."""

    code = forms.CharField(
        label=_("Mã xác thực"),
        help_text=_("Sáu chữ số đang hiện trong ứng dụng, hoặc một mã dự phòng."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class DemandForm(forms.Form):
    """Which roles must have a second factor."""

    roles = forms.MultipleChoiceField(
        label=_("Vai trò bắt buộc xác thực hai lớp"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
