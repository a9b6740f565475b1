"""Forms of reorganisations: the act itself, its lines by what they do, a file of lines, and undoing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day
from xulang.organisation import kinds
from xulang.organisation.enums import Verb


class ActForm(forms.Form):
    """A reorganisation: its name, legal basis and day."""

    title = forms.CharField(label=_("Tên việc sắp xếp"), max_length=200)
    basis = forms.CharField(
        label=_("Căn cứ pháp lý"), max_length=300, help_text=_("Ví dụ: Nghị quyết 1672/NQ-UBTVQH15 ngày 16/06/2025")
    )
    on = Day(label=_("Có hiệu lực từ ngày"))


class UndoForm(forms.Form):
    """From which day, and on what legal basis, a reorganisation is undone."""

    basis = forms.CharField(label=_("Căn cứ hoàn tác"), max_length=300)
    on = Day(label=_("Hoàn tác từ ngày"))


class MappingFileForm(forms.Form):
    """A file of lines."""

    file = forms.FileField(label=_("Tệp XLSX hoặc CSV"))


class AsOfForm(forms.Form):
    """A list as of a day."""

    ngay = Day(label=_("Vào ngày"), required=False)


def _unit(label: Any, required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "don-vi", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=420, required=required, widget=widget)


class LineForm(forms.Form):
    """One line; which fields it has depends on what it does. Field names are the columns of `mapping_file`."""

    FIELDS: dict[Verb, tuple[str, ...]] = {
        Verb.ESTABLISH: ("unit", "kind", "parent", "short_name", "english", "code"),
        Verb.MERGE: ("unit", "to"),
        Verb.SPLIT: ("unit", "to", "function", "main"),
        Verb.ABOLISH: ("unit", "to"),
        Verb.RENAME: ("unit", "name", "short_name", "english", "parent", "code"),
        Verb.FUNCTION: ("unit", "to", "function"),
    }

    def __init__(self, *args: Any, verb: Verb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verb = verb
        made = {
            "unit": forms.CharField(label=_("Tên đơn vị mới"), max_length=200)
            if verb == Verb.ESTABLISH
            else _unit(_("Đơn vị")),
            "to": _unit(_("Nơi tiếp nhận hồ sơ và việc đang làm") if verb == Verb.ABOLISH else _("Đơn vị tiếp nhận")),
            "function": forms.CharField(
                label=_("Chức năng"),
                max_length=300,
                required=verb == Verb.FUNCTION,
                help_text=_("Bằng chữ mà nhiệm vụ thường dùng, cách nhau dấu chấm phẩy: báo chí; xuất bản"),
            ),
            "main": forms.BooleanField(label=_("Là đơn vị tiếp nhận chính"), required=False),
            "name": forms.CharField(label=_("Tên mới"), max_length=200),
            "kind": forms.ChoiceField(
                label=_("Loại đơn vị"), choices=[(kind.code, kind.name) for kind in kinds.all_kinds().values()]
            ),
            "short_name": forms.CharField(label=_("Tên ngắn"), max_length=80, required=False),
            "english": forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False),
            "parent": _unit(_("Đơn vị cấp trên"), required=False),
            "code": forms.CharField(label=_("Mã đơn vị hành chính"), max_length=60, required=False),
        }
        for name in self.FIELDS[verb]:
            self.fields[name] = made[name]

    def row(self) -> dict[str, str]:
        """What was typed, as a row of the table."""
        given = {key: "x" if value is True else str(value or "") for key, value in self.cleaned_data.items()}
        return {"verb": self.verb.value, **given}
