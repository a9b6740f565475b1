"""Forms of the administrator: units, people, posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day, offered_field, unit_field
from xulang.organisation import kinds
from xulang.organisation.enums import Capacity, Role


class UnitNameForm(forms.Form):
    """What a unit is called, from a day on."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    short_name = forms.CharField(label=_("Tên ngắn"), max_length=80, required=False)
    english = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    valid_from = Day(label=_("Từ ngày"))


class ParentForm(forms.Form):
    """Under which unit a unit stands, from a day on."""

    parent = unit_field(_("Đơn vị cấp trên"))
    valid_from = Day(label=_("Từ ngày"))


class UnitForm(UnitNameForm):
    """A new unit."""

    kind = forms.ChoiceField(label=_("Loại đơn vị"))
    parent = unit_field(_("Đơn vị cấp trên"), required=False)
    field_order = ("name", "kind", "parent", "short_name", "english", "valid_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.name) for kind in kinds.all_kinds().values()]  # type: ignore[attr-defined]


class AliasForm(forms.Form):
    """What papers call a unit besides its names."""

    alias = forms.CharField(label=_("Tên khác"), max_length=200)


class EndForm(forms.Form):
    """From which day on something is no more."""

    ends = Day(label=_("Kết thúc từ ngày"))


class PostForm(forms.Form):
    """A new post in a unit."""

    title = forms.CharField(label=_("Chức vụ"), max_length=120)
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)


class PersonForm(forms.Form):
    """A new person with an account."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)


class AppointForm(forms.Form):
    """A person takes a post from a day on."""

    post = offered_field(_("Chức vụ"), "office:post_hints")
    capacity = forms.ChoiceField(
        label=_("Tư cách"),
        choices=[(one.value, one.label) for one in Capacity if one != Capacity.DELEGATE],
        initial=Capacity.HOLDER,
    )
    valid_from = Day(label=_("Từ ngày"))
    until = Day(label=_("Đến hết ngày"), required=False)
    basis = forms.CharField(label=_("Căn cứ"), max_length=200, required=False)


class DirectoryFileForm(forms.Form):
    """A file of units, people and posts, and the day from which its changes hold."""

    file = forms.FileField(label=_("Tệp XLSX hoặc CSV"))
    on = Day(label=_("Thay đổi có hiệu lực từ ngày"))


class TwiceForm(forms.Form):
    """Two accounts of one person: which stays, which goes into it, by their user names."""

    kept = forms.CharField(label=_("Tên đăng nhập giữ lại"), max_length=60)
    gone = forms.CharField(label=_("Tên đăng nhập trùng, gộp vào tài khoản trên"), max_length=60)


class DuplicateForm(forms.Form):
    """Two entries of one unit: which stays, which goes into it."""

    kept = unit_field(_("Đơn vị giữ lại"))
    gone = unit_field(_("Mục trùng, nhập vào đơn vị trên"))
