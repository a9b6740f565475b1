"""Inputs of the house: a day as people write it, several files at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Day(forms.DateField):
    """A day as 05/06/2026. Not the browser's own picker: that shows days in the order of the browser's language."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "placeholder": "05/06/2026", "class": "input-short", "autocomplete": "off"},
        )
        super().__init__(
            widget=widget,
            error_messages={"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/06/2026.")},
            **kwargs,
        )


def unit_field(label: Any, required: bool = True) -> forms.CharField:
    """A field that asks for a unit by what it is called; `units.js` offers some while one types."""
    widget = forms.TextInput(attrs={"data-units": True, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=420, required=required, widget=widget)


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class Uploads(forms.FileField):
    """Several files; cleaned to a list, empty where none came."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_Several(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by the rules of one."""
        return [super(Uploads, self).clean(one, initial) for one in data or []]
