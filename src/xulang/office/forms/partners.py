"""Forms of the partners' desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.activities.enums import PartnerKind
from xulang.office.forms.inputs import Day


class PartnerForm(forms.Form):
    """A new partner."""

    name = forms.CharField(label=_("Tên đối tác"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại"), choices=PartnerKind.choices)
    country = forms.CharField(label=_("Nước, vùng lãnh thổ"), max_length=100, required=False)
    other = forms.CharField(
        label=_("Tên khác"),
        max_length=1000,
        required=False,
        help_text=_("Mỗi tên một dòng, kể cả tiếng nước ngoài."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        label=_("Ghi chú"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AgreementForm(forms.Form):
    """What was agreed."""

    title = forms.CharField(label=_("Tên thỏa thuận"), max_length=300)
    signed_on = Day(label=_("Ngày ký"))
    expires_on = Day(label=_("Hết hạn ngày"), required=False)
    follow_up = forms.CharField(
        label=_("Việc phải theo tiếp"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    follow_up_by = Day(label=_("Theo xong trước ngày"), required=False)


class ContactForm(forms.Form):
    """Who speaks for a partner; without a public role nobody is put on record."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    role = forms.CharField(label=_("Chức vụ công khai"), max_length=200)
    reached = forms.CharField(label=_("Địa chỉ công vụ"), max_length=200, required=False)
