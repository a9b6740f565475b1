"""Forms of the register of directives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day, Uploads
from xulang.registry.enums import Direction, EffectKind

MOST_FILES = 20


class ReceiveForm(forms.Form):
    """The files of directives. What a file truly is, is found by the room that stores it."""

    file = Uploads(
        label=_("Tệp văn bản"),
        help_text=_(
            "PDF, Word, ảnh quét hoặc văn bản thường; mỗi tệp đến 25 MB, mỗi lần đến 20 tệp. "
            "Không tải lên văn bản có dấu mật."
        ),
    )

    def clean_file(self) -> list[Any]:
        """One file at least, and no more than are read while somebody waits."""
        files: list[Any] = self.cleaned_data["file"]
        if not files:
            raise forms.ValidationError(_("Hãy chọn tệp văn bản."))
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Mỗi lần gửi tối đa 20 tệp. Hãy gửi thành nhiều lần."))
        return files


class RegisterForm(forms.Form):
    """What of the register is asked for; its fields are the words of the address."""

    tu = forms.CharField(
        label=_("Số, tên văn bản, nơi ban hành"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    loai = forms.ChoiceField(label=_("Loại"), required=False)
    nam = forms.ChoiceField(label=_("Năm ban hành"), required=False)
    loc = forms.ChoiceField(
        label=_("Chỉ xem"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("chua-nhan", _("Đơn vị tôi chưa xác nhận đã nhận")),
            ("het-hieu-luc", _("Đã hết hiệu lực hoặc bị thay thế")),
        ],
    )

    def __init__(self, *args: Any, types: list[str], years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("loai", types), ("nam", years)):
            self.fields[name].choices = [("", _("Tất cả")), *((word, word) for word in words)]  # type: ignore[attr-defined]


class HeadingForm(forms.Form):
    """The heading of a directive."""

    number = forms.CharField(
        label=_("Số"), max_length=40, required=False, help_text=_("Để trống khi văn bản chưa được cấp số.")
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=80, required=False, help_text=_("Ví dụ: KH-UBND"))
    issued_date = Day(label=_("Ngày ban hành"), required=False)
    type = forms.CharField(label=_("Loại văn bản (viết tắt)"), max_length=20, required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    title = forms.CharField(label=_("Trích yếu"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DirectionForm(forms.Form):
    """In which register a directive stands."""

    direction = forms.ChoiceField(label=_("Sổ văn bản"), choices=Direction.choices, widget=forms.RadioSelect)


class EffectForm(forms.Form):
    """What became of a directive's effect."""

    kind = forms.ChoiceField(label=_("Tình trạng"), choices=EffectKind.choices, widget=forms.RadioSelect)
    since = Day(label=_("Từ ngày"))
    by_code = forms.CharField(
        label=_("Bởi văn bản số"), max_length=120, required=False, help_text=_("Ví dụ: 72/KH-UBND")
    )
    source = forms.CharField(
        label=_("Nguồn"), max_length=500, help_text=_("Văn bản, điều khoản hoặc công báo nói điều này.")
    )
