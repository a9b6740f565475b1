"""The form by which a holder lets another person act in their post for a time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day, offered_field


class DelegateForm(forms.Form):
    """Which post, to whom, from which day to which."""

    holding = forms.TypedChoiceField(label=_("Chức vụ"), coerce=int)
    to = offered_field(_("Người được ủy quyền"), "office:people_hints")
    first = Day(label=_("Từ ngày"))
    last = Day(label=_("Đến hết ngày"))
    basis = forms.CharField(
        label=_("Văn bản ủy quyền"), max_length=200, required=False, help_text=_("Số, ký hiệu, ngày của văn bản.")
    )

    def __init__(self, *args: Any, holdings: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].choices = holdings  # type: ignore[attr-defined]
