"""Forms of the activities' desk: what every activity says, and what its kind has of its own."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xulang.activities.enums import Kind, Language
from xulang.activities.models import (
    Activity,
    Attendee,
    Commendation,
    Detail,
    Dissemination,
    Event,
    PressContact,
    Publication,
    Training,
)
from xulang.office.forms.inputs import UNITS_OF, Day, UnitAsked, Uploads, consent_field, people_field, units_of_field

Choices = list[tuple[int, str]]


class Hour(forms.TimeField):
    """A time of day as 08:30, 8h30 or 8.30."""

    def __init__(self, label: Any) -> None:
        widget = forms.TimeInput(
            format="%H:%M", attrs={"placeholder": "08:30", "class": "input-short", "autocomplete": "off"}
        )
        super().__init__(
            label=label,
            required=False,
            widget=widget,
            input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh"],
            error_messages={"invalid": _("Ghi giờ theo dạng giờ:phút, ví dụ 08:30.")},
        )


class ActivityForm(forms.Form):
    """What every activity says. `duties`: the unit's assignments to choose from; `fresh`: with its evidence."""

    title = forms.CharField(label=_("Đã làm gì"), max_length=300)
    duties = forms.TypedMultipleChoiceField(
        label=_("Thực hiện nhiệm vụ"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    begins = Day(label=_("Ngày"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    uploads = Uploads(
        label=_("Minh chứng: ảnh hoặc tệp"), required=False, help_text=_("PDF, Word, Excel, ảnh; mỗi tệp đến 25 MB.")
    )
    people = people_field()
    link = forms.URLField(
        label=_("Minh chứng: địa chỉ trang"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    consent = consent_field()
    ends = Day(label=_("Đến ngày"), required=False)
    starts_at = Hour(label=_("Từ giờ"))
    ends_at = Hour(label=_("Đến giờ"))
    languages = forms.MultipleChoiceField(
        label=_("Ngôn ngữ"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Nội dung, kết quả"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    MORE = ("consent", "ends", "starts_at", "ends_at", "languages", "note")

    def __init__(self, *args: Any, duties: Choices, fresh: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].choices = duties  # type: ignore[attr-defined]
        if not fresh:
            del self.fields["uploads"], self.fields["link"], self.fields["people"], self.fields["consent"]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked of everybody."""
        return [one for one in self if one.name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """What may be told besides."""
        return [one for one in self if one.name in self.MORE]


class EvidenceForm(forms.Form):
    """Further evidence of an activity."""

    uploads = Uploads(label=_("Ảnh hoặc tệp"), required=False)
    people = people_field()
    consent = consent_field()
    link = forms.URLField(
        label=_("Địa chỉ trang"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def clean(self) -> dict[str, Any]:
        """Something must come."""
        given = super().clean() or {}
        if not given.get("uploads") and not given.get("link") and not self.errors:
            raise forms.ValidationError(_("Hãy chọn tệp hoặc ghi địa chỉ trang."))
        return given


def _short(*names: str) -> dict[str, forms.Widget]:
    return {name: forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}) for name in names}


class EventDetailForm(forms.ModelForm[Event]):
    """Of an event or a visit."""

    permission_on = Day(label=_("Ngày văn bản cho phép"), required=False)

    class Meta:
        model = Event
        fields = (
            "form",
            "people",
            "foreigners",
            "delegations",
            "countries",
            "international",
            "permission",
            "permission_on",
        )
        widgets = _short("delegations", "people", "foreigners")


class TrainingDetailForm(forms.ModelForm[Training]):
    """Of a training."""

    class Meta:
        model = Training
        fields = ("sessions", "attended", "women", "trainers", "trainer_count")
        widgets = _short("sessions", "trainer_count", "attended", "women")


class PublicationDetailForm(forms.ModelForm[Publication]):
    """Of a publication."""

    class Meta:
        model = Publication
        fields = ("channel", "content", "items", "reach")
        widgets = _short("items", "reach")


class PressDetailForm(forms.ModelForm[PressContact]):
    """Of a contact with the press."""

    class Meta:
        model = PressContact
        fields = ("form", "outlets", "outlet_count", "foreign_outlets", "journalists")
        widgets = _short("outlet_count", "foreign_outlets", "journalists")


class DisseminationDetailForm(forms.ModelForm[Dissemination]):
    """Of a dissemination session."""

    class Meta:
        model = Dissemination
        fields = ("sessions", "invited", "attended", "online")
        widgets = _short("sessions", "invited", "attended")


class CommendationDetailForm(forms.ModelForm[Commendation]):
    """Of a proposal; what is decided is not typed here."""

    class Meta:
        model = Commendation
        fields = ("form", "whom", "situation", "steps", "result", "conditions")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("situation", "steps", "result", "conditions")}


DETAIL_FORMS: dict[str, type[forms.ModelForm[Any]]] = {
    Kind.EVENT: EventDetailForm,
    Kind.TRAINING: TrainingDetailForm,
    Kind.PUBLICATION: PublicationDetailForm,
    Kind.PRESS: PressDetailForm,
    Kind.DISSEMINATION: DisseminationDetailForm,
    Kind.COMMENDATION: CommendationDetailForm,
}


def detail_form(kind: str, data: Any = None, instance: Detail | None = None) -> forms.ModelForm[Any] | None:
    """The form of a kind's own fields; None for a kind without any."""
    form = DETAIL_FORMS.get(kind)
    return form(data, instance=instance, prefix="rieng") if form else None


def told(activity: Activity) -> dict[str, Any]:
    """What the form of every activity shows of one."""
    return {
        "title": activity.title,
        "duties": list(activity.duties.values_list("assignment_id", flat=True)),
        "begins": activity.begins,
        "ends": activity.ends if activity.ends != activity.begins else None,
        "starts_at": activity.starts_at,
        "ends_at": activity.ends_at,
        "place": activity.place,
        "languages": list(activity.languages.values_list("code", flat=True)),
        "note": activity.note,
    }


class GiveForm(forms.Form):
    """To which reports an activity is given; each value is `assignment` or `assignment:expected`."""

    reports = forms.MultipleChoiceField(label=_("Báo cáo"), widget=forms.CheckboxSelectMultiple)
    done = forms.BooleanField(
        label=_("Việc của kỳ đã hoàn thành"),
        required=False,
        initial=True,
        help_text=_("Bỏ chọn nếu mới làm được một phần."),
    )
    note = forms.CharField(
        label=_("Nội dung báo cáo"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, reports: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports"].choices = reports  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """A leader's decision on a proposal."""

    approved = forms.ChoiceField(
        label=_("Quyết định"), choices=[("co", _("Công nhận")), ("khong", _("Không công nhận"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    decision = forms.CharField(label=_("Số, ký hiệu quyết định"), max_length=120, required=False)
    decided_on = Day(label=_("Ngày quyết định"), required=False)


class AttendanceForm(forms.Form):
    """Names of who was there, one a line."""

    people = forms.CharField(
        label=_("Họ và tên; đơn vị"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mỗi người một dòng; sau dấu chấm phẩy là đơn vị. Chỉ ghi khi cần cấp chứng nhận hoặc đối chiếu."),
    )

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What was typed, parted."""
        lines = (line.partition(";") for line in self.cleaned_data["people"].splitlines())
        return [(name.strip(), body.strip()) for name, _mark, body in lines if name.strip()]


class CertifyForm(forms.Form):
    """Who completed the course, and who signs."""

    attendee = forms.TypedMultipleChoiceField(
        label=_("Đã hoàn thành lớp"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    issued_on = Day(label=_("Ngày cấp"))
    lines = forms.CharField(
        label=_("Thẩm quyền, chức vụ ký"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một ý, ví dụ: TRƯỞNG PHÒNG."),
    )
    signer = forms.CharField(label=_("Họ và tên người ký"), max_length=120)

    def __init__(self, *args: Any, waiting: Sequence[Attendee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendee"].choices = [(one.pk, one.name) for one in waiting]  # type: ignore[attr-defined]


class WantedForm(forms.Form):
    """The filters of the list; its fields are the words of the address."""

    tu = forms.CharField(
        label=_("Có chữ"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    loai = forms.ChoiceField(label=_("Loại"), choices=[("", _("Tất cả")), *Kind.choices], required=False)

    def __init__(self, *args: Any, unit: UnitAsked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don-vi"] = unit
        self.fields[UNITS_OF] = units_of_field()
        self.fields["tu-ngay"] = Day(label=_("Từ ngày"), required=False)
        self.fields["den-ngay"] = Day(label=_("Đến ngày"), required=False)
