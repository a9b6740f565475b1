"""The form by which an office decides that it works on a day, or does not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day


class DayForm(forms.Form):
    """Which day, off or worked, and why; for which office where the person serves several."""

    unit = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    day = Day(label=_("Ngày"))
    works = forms.TypedChoiceField(
        label=_("Ngày đó"), choices=[("0", _("nghỉ")), ("1", _("làm việc"))], coerce=lambda given: given == "1"
    )
    reason = forms.CharField(
        label=_("Lý do"), max_length=200, help_text=_("Ví dụ: nghỉ ngày hội của địa phương theo Thông báo số …")
    )

    def __init__(self, *args: Any, offices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = offices  # type: ignore[attr-defined]
