"""The question about figures: as of which day, over which programme and unit, on the units of that day or today's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import UNITS_OF, Day, UnitAsked, units_of_field

Choices = list[tuple[int, str]]


class FiguresForm(forms.Form):
    """Its fields are the words of the address, so that a figure can be sent as a link."""

    ngay = Day(label=_("Tính đến hết ngày"), required=False)

    def __init__(self, *args: Any, programmes: Choices, unit: UnitAsked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chuong-trinh"] = forms.TypedChoiceField(
            label=_("Văn bản"), choices=[("", _("Tất cả")), *programmes], coerce=int, empty_value=None, required=False
        )
        self.fields["don-vi"] = unit
        self.fields[UNITS_OF] = units_of_field()
