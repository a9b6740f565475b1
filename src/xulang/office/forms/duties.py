"""Forms of the unit's desk and of the focal unit's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Uploads
from xulang.programme.enums import EntryKind


class ReportForm(forms.Form):
    """What a unit reports. Which kinds and periods there are to choose from depends on the assignment."""

    expected = forms.TypedChoiceField(label=_("Kỳ báo cáo"), coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Nội dung báo cáo"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Đã làm gì, kết quả thế nào"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    percent = forms.IntegerField(
        label=_("Mức độ hoàn thành (%)"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
    )
    files = Uploads(
        label=_("Minh chứng: ảnh hoặc tệp"), required=False, help_text=_("PDF, Word, Excel, ảnh; mỗi tệp đến 25 MB.")
    )
    link = forms.URLField(
        label=_("Minh chứng: địa chỉ trang"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, periods: list[tuple[int, str]], kinds: list[tuple[EntryKind, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if periods:
            self.fields["expected"].choices = periods  # type: ignore[attr-defined]
        else:
            del self.fields["expected"]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """A body's answer to what was asked of it."""

    note = forms.CharField(label=_("Trả lời"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    files = Uploads(label=_("Tài liệu kèm theo"), required=False)
    link = forms.URLField(label=_("Địa chỉ trang"), required=False, max_length=500, assume_scheme="https")


class ReasonForm(forms.Form):
    """An act that is explained by its reason: return a report, withdraw an evidence."""

    reason = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
