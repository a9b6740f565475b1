"""Inputs of the house: a day as people write it, several files at once."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from xulang.office.typed import dong
from xulang.organisation.enums import UnitsOf
from xulang.organisation.models import Unit
from xulang.plumbing.errors import Refused
from xulang.plumbing.verdicts import People


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


def offered_field(label: Any, hints: str) -> forms.CharField:
    """A field that asks for a person or a post by what it is called; `hints` is the address that offers some."""
    widget = forms.TextInput(attrs={"data-units": reverse_lazy(hints), "autocomplete": "off"})
    return forms.CharField(label=label, max_length=420, widget=widget)


UNITS_OF = "tinh-cho"  # the word of the address


def units_of_field() -> forms.ChoiceField:
    """On which units a list is read, in a form of filters."""
    return forms.ChoiceField(label=_("Tính cho"), choices=UnitsOf.choices, required=False)


class UnitAsked(forms.CharField):
    """A unit that a filter is about: typed by what it is called, or by its number in an address of ours.

    Cleaned to the unit, None where nothing was asked; `find` understands the words or raises Refused.
    """

    def __init__(self, find: Callable[[str], Unit], call: Callable[[Unit], str], **kwargs: Any) -> None:
        self.find, self.call = find, call
        widget = forms.TextInput(attrs={"data-units": True, "autocomplete": "off"})
        super().__init__(label=_("Đơn vị"), max_length=420, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """See the class."""
        words = super().clean(value)
        try:
            return self.find(words) if words else None
        except Refused as why:
            raise forms.ValidationError(str(why)) from why

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: of a number the name."""
        if isinstance(value, str) and value.isdecimal():
            with suppress(Refused):
                return self.call(self.find(value))
        return value


class WithHints(forms.TextInput):
    """A line of text with some answers offered; another may be typed."""

    template_name = "office/parts/with_hints.html"

    def __init__(self, hints: list[str]) -> None:
        super().__init__({"autocomplete": "off"})
        self.hints = hints

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The input's own, and the list that it points to."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-hints"
        return context | {"hints": self.hints}


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class Uploads(forms.FileField):
    """Several files; cleaned to a list, empty where none came."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_Several(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by the rules of one."""
        return [super(Uploads, self).clean(one, initial) for one in data or []]


def people_field() -> forms.ChoiceField:
    """Whether people can be known in the pictures that are sent, and by what right these are kept."""
    return forms.ChoiceField(
        label=_("Nếu là ảnh: có người nhận ra được?"),
        choices=People.choices,
        required=False,
        help_text=_("Vị trí chụp được xóa khỏi ảnh khi gửi."),
    )


def consent_field() -> forms.CharField:
    """Where the consent of those people is to be found."""
    return forms.CharField(
        label=_("Đồng ý thể hiện ở đâu"),
        max_length=300,
        required=False,
        help_text=_("Văn bản, thư, ngày; cần khi đã đồng ý."),
    )


class PeopleForm(forms.Form):
    """Whether people can be known in a picture, and by what right it is kept."""

    people = forms.ChoiceField(
        label=_("Trong ảnh có người nhận ra được?"),
        choices=[choice for choice in People.choices if choice[0] != People.UNTOLD],
        widget=forms.RadioSelect,
    )
    consent = consent_field()


class Dong(forms.CharField):
    """An amount of money or another whole number, as people write it: 1.500.000; cleaned to an integer, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 24)
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-short"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """See the class."""
        try:
            return dong(super().clean(value))
        except Refused as why:
            raise forms.ValidationError(str(why)) from why

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: of a number its groups."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value
