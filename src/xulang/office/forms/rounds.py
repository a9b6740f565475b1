"""Forms of the reporting desk: a round to open, a text to reword, a number to give."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day, Dong, WithHints
from xulang.programme.enums import Cadence
from xulang.registry.errors import NobodySigned

Choices = list[tuple[str, str]]


class ChooseForm(forms.Form):
    """Of which programme, how often: what the periods are offered by."""

    def __init__(self, *args: Any, programmes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chuong-trinh"] = forms.ChoiceField(label=_("Văn bản"), choices=programmes)
        cadences = [choice for choice in Cadence.choices if choice[0] != Cadence.WEEK]
        self.fields["nhip"] = forms.ChoiceField(label=_("Loại kỳ"), choices=cadences)


class RoundForm(forms.Form):
    """The period, the form, by when, and which units are asked."""

    period = forms.ChoiceField(label=_("Kỳ báo cáo"))
    form = forms.ChoiceField(label=_("Biểu mẫu"))
    units_due = Day(
        label=_("Hạn gửi của đơn vị"),
        required=False,
        help_text=_("Để trống thì mỗi loại đơn vị theo chế độ báo cáo, trước hạn tổng hợp ít nhất một ngày."),
    )
    due = Day(
        label=_("Hạn tổng hợp"),
        required=False,
        help_text=_("Ghi khi cấp trên ấn định ngày khác; để trống thì theo chế độ báo cáo hoặc biểu mẫu."),
    )
    units = forms.TypedMultipleChoiceField(
        label=_("Đơn vị phải báo cáo"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, periods: Choices, report_forms: Choices, units: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        self.fields["form"].choices = report_forms  # type: ignore[attr-defined]
        self.fields["units"].choices = units  # type: ignore[attr-defined]
        self.fields["units"].initial = [pk for pk, _name in units]


class TextForm(forms.Form):
    """The words of a heading."""

    text = forms.CharField(
        label=_("Lời văn của mục"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Để trống thì dùng lại lời ở bên cạnh; lời ấy luôn còn."),
    )


class TargetsForm(forms.Form):
    """What the plan wants reached in a period, one number an indicator."""

    def __init__(self, *args: Any, wanted: list[tuple[str, str, int | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name, value in wanted:
            self.fields[code] = Dong(label=name, required=False, initial=value)


class ReportIssueForm(forms.Form):
    """The symbol and the day of a report that goes out, and who signs of those who may on the day."""

    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80, initial="BC-UBND")
    issued_on = Day(label=_("Ngày ban hành"))
    signer = forms.TypedChoiceField(
        label=_("Người ký"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn người ký.")},
    )

    def __init__(self, *args: Any, signers: Choices, refused: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signer = self.fields["signer"]
        signer.choices = signers  # type: ignore[attr-defined]
        signer.initial = next((pk for pk, _name in signers), None)
        signer.error_messages["invalid_choice"] = refused


class IssueForm(forms.Form):
    """What the register of outgoing papers asks of the report."""

    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80, initial="BC-UBND")
    issued_on = Day(label=_("Ngày ban hành"))
    signer = forms.CharField(
        label=_("Họ và tên người ký"), max_length=120, error_messages={"required": NobodySigned.sentence}
    )
    lines = forms.CharField(
        label=_("Thẩm quyền, chức vụ ký"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một ý, ví dụ: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."),
    )

    def __init__(self, *args: Any, signers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].widget = WithHints(signers)
