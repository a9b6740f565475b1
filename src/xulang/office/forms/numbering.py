"""Forms of the registers: a paper of the office gets its number, a line of the incoming book is corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day, WithHints
from xulang.papers.layout import types


class NumberForm(forms.Form):
    """What the register of outgoing papers asks of a paper (Nghị định 30/2020/NĐ-CP, Phụ lục IV)."""

    unit = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    type = forms.ChoiceField(
        label=_("Loại văn bản"),
        widget=forms.Select(attrs={"lang": "vi"}),  # the names of the types are the law's own
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80, help_text=_("Ví dụ: KH-UBND; công văn: UBND-VP"))
    issued_on = Day(label=_("Ngày ban hành"))
    title = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    signer = forms.CharField(label=_("Người ký"), max_length=200)
    recipients = forms.CharField(label=_("Nơi nhận"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    kept_by = forms.CharField(label=_("Đơn vị, người nhận bản lưu"), max_length=200, required=False)
    copies = forms.IntegerField(label=_("Số lượng bản"), min_value=1, max_value=100_000, initial=1)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, offices: list[tuple[int, str]], signers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].widget = WithHints(signers)
        self.fields["unit"].choices = offices  # type: ignore[attr-defined]
        self.fields["type"].choices = [(one.code, one.name) for one in types().values()]  # type: ignore[attr-defined]


class ArrivalForm(forms.Form):
    """What a line of the incoming register says of a paper (Nghị định 30/2020/NĐ-CP, Phụ lục IV)."""

    arrived_on = Day(label=_("Ngày đến"))
    issuer = forms.CharField(label=_("Tác giả"), max_length=300, widget=forms.TextInput(attrs={"lang": "vi"}))
    number = forms.CharField(label=_("Số"), max_length=40, required=False)
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80, required=False, help_text=_("Ví dụ: KH-UBND"))
    issued_date = Day(label=_("Ngày tháng văn bản"), required=False)
    reason = forms.CharField(
        label=_("Lý do sửa"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: ghi nhầm với văn bản cùng ngày. Lời ghi đầu vẫn đọc được trong sổ."),
    )
