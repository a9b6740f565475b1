"""Forms of the unit's desk and of the focal unit's."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xulang.office.forms.inputs import Day, Uploads, consent_field, people_field
from xulang.plumbing.verdicts import People
from xulang.programme.enums import EntryKind
from xulang.programme.models import ExpectedReport
from xulang.programme.services import NewEvidence


class FiledForm(forms.Form):
    """Words and evidence that are filed on an assignment."""

    note = forms.CharField(
        label=_("Đã làm gì, kết quả thế nào"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    uploads = Uploads(
        label=_("Minh chứng: ảnh hoặc tệp"), required=False, help_text=_("PDF, Word, Excel, ảnh; mỗi tệp đến 25 MB.")
    )
    people = people_field()
    consent = consent_field()
    link = forms.URLField(
        label=_("Minh chứng: địa chỉ trang"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


def pieces(given: dict[str, Any]) -> list[NewEvidence]:
    """The evidence of a form that was filled in: files, with what was said of people in them, and an address."""
    people, consent = People(given.get("people") or People.UNTOLD), given.get("consent") or ""
    found = [NewEvidence(data=one.read(), name=one.name, people=people, consent=consent) for one in given["uploads"]]
    return [*found, NewEvidence(url=given["link"])] if given.get("link") else found


class ReportForm(FiledForm):
    """What a unit reports. Which periods and kinds there are to choose from depends on the assignment."""

    expected = forms.TypedChoiceField(label=_("Kỳ báo cáo"), coerce=int)
    kind = forms.ChoiceField(label=_("Báo cáo"), widget=forms.RadioSelect)
    percent = forms.IntegerField(
        label=_("Mức độ hoàn thành (%)"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
    )
    field_order = ("expected", "kind", "note", "percent", "uploads", "people", "consent", "link")

    def __init__(
        self, *args: Any, periods: list[tuple[int, str]], kinds: list[tuple[str, str | Promise]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if periods:
            self.fields["expected"].choices = periods  # type: ignore[attr-defined]
        else:
            del self.fields["expected"]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AnswerForm(FiledForm):
    """A body's answer to what was asked of it; `letters`: the letter in which it came is entered for the body."""

    LETTER = "LETTER"
    kind = forms.ChoiceField(
        label=_("Trả lời"),
        choices=[
            (EntryKind.ACCEPTED.value, _("Đồng ý thực hiện")),
            (EntryKind.DECLINED.value, _("Không nhận thực hiện: ghi rõ lý do")),
            (EntryKind.ANSWERED.value, _("Đã làm: ghi kết quả hoặc kèm minh chứng")),
            (LETTER, _("Bằng công văn: ghi số, ngày và kèm tệp công văn")),
        ],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=_("Số, ký hiệu công văn"), max_length=120, required=False)
    dated = Day(label=_("Ngày công văn"), required=False)
    field_order = ("kind", "note", "number", "dated", "uploads", "people", "consent", "link")

    def __init__(self, *args: Any, letters: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Nội dung trả lời, lý do")
        self.fields["uploads"].label = _("Công văn, minh chứng: tệp hoặc ảnh")
        if letters:
            self.fields["number"].required = self.fields["dated"].required = True
            for name in ("kind", "people", "consent", "link"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A letter has a number and a day."""
        given = super().clean() or {}
        if given.get("kind") == self.LETTER:
            for name in ("number", "dated"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Trả lời bằng công văn cần số và ngày của công văn."))
        return given


class ObstacleForm(FiledForm):
    """What stands in the way of a duty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Vướng mắc gì, cần ai giúp việc gì")
        self.fields["note"].required = True
        self.fields["uploads"].label = _("Ảnh hoặc tệp kèm theo")
        self.fields["link"].label = _("Địa chỉ trang kèm theo")


class LinkForm(forms.Form):
    """What may be sent by a letter's link, in a minute on a phone."""

    kind = forms.ChoiceField(label=_("Báo cáo"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Đã làm gì, kết quả thế nào; hoặc vướng mắc gì"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    uploads = Uploads(label=_("Ảnh hoặc tệp"), required=False, help_text=_("Nhiều nhất 5 tệp, mỗi tệp đến 25 MB."))
    people = people_field()
    consent = consent_field()

    def __init__(self, *args: Any, kinds: list[tuple[str, str | Promise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ExtensionForm(forms.Form):
    """More time: for which report, until when, why."""

    expected = forms.TypedChoiceField(label=_("Kỳ báo cáo"), coerce=int)
    due = Day(label=_("Xin gia hạn đến ngày"), help_text=_("Ngày nghỉ thì tính đến ngày làm việc tiếp theo."))
    reason = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, owed: list[ExpectedReport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (row.pk, _("%(period)s, hạn %(day)s") % {"period": row.period_name, "day": f"{row.due:%d/%m/%Y}"})
            for row in owed
        ]
        self.fields["expected"].choices = choices  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """The answer to it: another day than the one asked for, and words."""

    due = Day(label=_("Gia hạn đến ngày"), required=False)
    note = forms.CharField(label=_("Lý do, ý kiến"), required=False, max_length=2000)


class DelegateDutyForm(forms.Form):
    """Which colleague has one duty, and until when."""

    to = forms.TypedChoiceField(label=_("Phân công cho"), coerce=int)
    last = Day(label=_("Đến hết ngày"), required=False, help_text=_("Để trống thì đến khi xong việc."))

    def __init__(self, *args: Any, colleagues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = colleagues  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """An act that is explained by its reason: return a report, withdraw an evidence."""

    reason = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class MoveForm(ReasonForm):
    """To which unit an assignment goes, and why."""

    unit = forms.CharField(
        label=_("Chuyển cho đơn vị"),
        max_length=300,
        widget=forms.TextInput(attrs={"data-units": True, "autocomplete": "off"}),
    )
    field_order = ("unit", "reason")


class FinalReviewForm(forms.Form):
    """The words of a programme's final review."""

    text = forms.CharField(label=_("Đánh giá tổng kết"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}))
