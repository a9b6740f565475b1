"""Forms of the register of directives."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceiveForm(forms.Form):
    """The file of a directive. What the file truly is, is found by the room that stores it."""

    file = forms.FileField(
        label=_("Tệp văn bản"),
        help_text=_("PDF, Word, ảnh quét hoặc văn bản thường; đến 25 MB. Không tải lên văn bản có dấu mật."),
    )
