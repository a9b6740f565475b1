"""Forms of a draft plan: its frame, one item, several items at once, its number, the signed file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day, unit_field
from xulang.programme.enums import Cadence

Units = list[tuple[int, str]]
_TIMES = [("", _("Thường xuyên, hoặc theo ngày ở trên")), *Cadence.choices]


class FrameForm(forms.Form):
    """What stands around the items."""

    title = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    aims = forms.CharField(
        label=_("Mục đích, yêu cầu"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một đoạn."),
    )
    follows = forms.CharField(
        label=_("Đơn vị theo dõi, tổng hợp báo cáo"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-units": True, "autocomplete": "off"}),
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một nơi. Để trống thì ghi cấp trên và các đơn vị được giao nhiệm vụ."),
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80)
    place = forms.CharField(label=_("Địa danh"), max_length=120)
    signer = forms.CharField(label=_("Họ và tên người ký"), max_length=200, required=False)
    lines = forms.CharField(
        label=_("Thẩm quyền, chức vụ ký"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một ý, ví dụ: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."),
    )


class _TimedForm(forms.Form):
    """A unit that leads, those that coordinate, and a date or a cadence."""

    heading = forms.CharField(label=_("Nhóm nhiệm vụ"), max_length=300, required=False)
    lead = unit_field(_("Đơn vị chủ trì"), required=False)
    due_on = Day(label=_("Xong trước ngày"), required=False)
    cadence = forms.ChoiceField(label=_("Hoặc định kỳ"), choices=_TIMES, required=False)
    coordinating = forms.TypedMultipleChoiceField(
        label=_("Đơn vị phối hợp"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coordinating"].choices = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One or the other, never both."""
        given = super().clean() or {}
        if given.get("due_on") and given.get("cadence"):
            self.add_error("cadence", _("Chỉ chọn một: ngày phải xong, hoặc định kỳ."))
        return given


class ItemForm(_TimedForm):
    """One item."""

    text = forms.CharField(
        label=_("Lời văn của nhiệm vụ"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "lang": "vi"})
    )
    field_order = ("text", "lead", "due_on", "cadence", "heading", "coordinating")


class SpreadForm(_TimedForm):
    """What several items get at once; empty fields leave what is there."""

    field_order = ("lead", "due_on", "cadence", "heading", "coordinating")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cadence"].choices = [("", _("Giữ nguyên")), *Cadence.choices]  # type: ignore[attr-defined]


class DraftNumberForm(forms.Form):
    """The day on which the plan is issued."""

    issued_on = Day(label=_("Ngày ban hành"))


class SignedForm(forms.Form):
    """The signed file."""

    file = forms.FileField(
        label=_("Bản đã ký"),
        required=False,
        help_text=_("PDF hoặc bản chụp. Để trống thì đưa vào chính bản Word đã mang số."),
    )
