"""Forms of the unit's desk and of the focal unit's."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Uploads


class FiledForm(forms.Form):
    """Words and evidence that are filed on an assignment."""

    note = forms.CharField(
        label=_("Đã làm gì, kết quả thế nào"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    uploads = Uploads(
        label=_("Minh chứng: ảnh hoặc tệp"), required=False, help_text=_("PDF, Word, Excel, ảnh; mỗi tệp đến 25 MB.")
    )
    link = forms.URLField(
        label=_("Minh chứng: địa chỉ trang"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class ReportForm(FiledForm):
    """What a unit reports. Which periods and kinds there are to choose from depends on the assignment."""

    expected = forms.TypedChoiceField(label=_("Kỳ báo cáo"), coerce=int)
    kind = forms.ChoiceField(label=_("Báo cáo"), widget=forms.RadioSelect)
    percent = forms.IntegerField(
        label=_("Mức độ hoàn thành (%)"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
    )
    field_order = ("expected", "kind", "note", "percent", "uploads", "link")

    def __init__(
        self, *args: Any, periods: list[tuple[int, str]], kinds: list[tuple[str, str | Promise]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if periods:
            self.fields["expected"].choices = periods  # type: ignore[attr-defined]
        else:
            del self.fields["expected"]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AnswerForm(FiledForm):
    """A body's answer to what was asked of it."""


class ReasonForm(forms.Form):
    """An act that is explained by its reason: return a report, withdraw an evidence."""

    reason = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class MoveForm(ReasonForm):
    """To which unit an assignment goes, and why."""

    unit = forms.CharField(
        label=_("Chuyển cho đơn vị"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "don-vi", "autocomplete": "off"}),
    )
    field_order = ("unit", "reason")


class FinalReviewForm(forms.Form):
    """The words of a programme's final review."""

    text = forms.CharField(label=_("Đánh giá tổng kết"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}))
