"""The form of a copy: which kind, for what medium, who signs, to whom it goes, and which parts of an extract."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day
from xulang.registry.enums import CopyForm, Medium
from xulang.registry.errors import NobodySigned


class CopyingForm(forms.Form):
    """What the block of a copy says (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II); `parts` only where there are any."""

    form = forms.ChoiceField(
        label=_("Hình thức sao"),
        choices=CopyForm.choices,
        help_text=_("Sao y, trích sao: từ bản gốc hoặc bản chính. Sao lục: từ bản sao y."),
    )
    medium = forms.ChoiceField(label=_("Bản sao là"), choices=Medium.choices)
    parts = forms.MultipleChoiceField(
        label=_("Phần trích sao"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ chọn khi trích sao. Thể thức của văn bản được dựng lại, phần bỏ qua ghi “(…)”."),
    )
    symbol = forms.CharField(
        label=_("Chữ viết tắt tên cơ quan sao"),
        max_length=60,
        initial="UBND",
        help_text=_("Ví dụ: UBND, để có 01/SY-UBND"),
    )
    place = forms.CharField(label=_("Địa danh"), max_length=100, widget=forms.TextInput(attrs={"lang": "vi"}))
    copied_on = Day(label=_("Ngày sao"))
    lines = forms.CharField(
        label=_("Thẩm quyền, chức vụ ký"),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "vi"}),
        help_text=_("Mỗi dòng một ý, ví dụ: TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG. Người đứng đầu quy định ai ký bản sao."),
    )
    signer = forms.CharField(
        label=_("Họ và tên người ký"), max_length=200, error_messages={"required": NobodySigned.sentence}
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi"}),
        help_text=_("Mỗi dòng một nơi; dòng “Lưu: VT” được thêm vào cuối."),
    )
    copies = forms.IntegerField(label=_("Số lượng bản"), min_value=1, max_value=100_000, initial=1)

    def __init__(self, *args: Any, parts: list[tuple[str, str]], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_of = [one for one in CopyForm if not (own and one == CopyForm.OF_COPY)]
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in forms_of if parts or one != CopyForm.EXTRACT
        ]
        if parts:
            self.fields["parts"].choices = parts  # type: ignore[attr-defined]
        else:
            del self.fields["parts"]
