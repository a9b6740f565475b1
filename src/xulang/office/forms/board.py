"""What of the board is asked for; its fields are the words of the address, so that a filter can be sent as a link."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import UNITS_OF, Day, UnitAsked, units_of_field
from xulang.programme.enums import Bucket, Mode, UnitRole

Choices = list[tuple[int, str]]
WAITING = "cho-xac-nhan"
BUCKETS: dict[str, Bucket] = {
    "qua-han": Bucket.OPEN_OVERDUE,
    "trong-han": Bucket.OPEN_IN_TIME,
    "hoan-thanh-dung-han": Bucket.DONE_ON_TIME,
    "hoan-thanh-qua-han": Bucket.DONE_LATE,
}
# The word of the address → what a unit is to the task, and whether it was ordered.
ROLES: dict[str, tuple[UnitRole, Mode]] = {
    "": (UnitRole.LEAD, Mode.ORDER),
    "phoi-hop": (UnitRole.COORDINATING, Mode.ORDER),
    "de-nghi": (UnitRole.LEAD, Mode.REQUEST),
}


def _choice(label: Any, choices: Choices) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", _("Tất cả")), *choices], coerce=int, empty_value=None, required=False
    )


class BoardForm(forms.Form):
    """The filters."""

    tu = forms.CharField(
        label=_("Có chữ"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, programmes: Choices, unit: UnitAsked, sections: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don-vi"] = unit
        self.fields["chuong-trinh"] = _choice(_("Văn bản"), programmes)
        if sections:
            self.fields["muc"] = forms.ChoiceField(
                label=_("Mục"), choices=[("", _("Tất cả")), *((word, word) for word in sections)], required=False
            )
        self.fields["con-so"] = forms.ChoiceField(
            label=_("Tình trạng"),
            choices=[("", _("Tất cả")), *((word, its.label) for word, its in BUCKETS.items()),
                     (WAITING, _("Chờ xác nhận"))],
            required=False,
        )  # fmt: skip
        self.fields["vai-tro"] = forms.ChoiceField(
            label=_("Vai trò"),
            choices=[("", _("Chủ trì")), ("phoi-hop", _("Phối hợp")), ("de-nghi", _("Được đề nghị"))],
            required=False,
        )
        self.fields[UNITS_OF] = units_of_field()
        self.fields["tu-ngay"] = Day(label=_("Hạn từ ngày"), required=False)
        self.fields["den-ngay"] = Day(label=_("Hạn đến ngày"), required=False)
