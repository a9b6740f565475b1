"""Forms of the budget's desks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xulang.budget.enums import Source
from xulang.budget.norms import by_kind, documents, norms
from xulang.budget.year_end import YearEnd
from xulang.office.forms.inputs import Day, Dong

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


class EstimateForm(forms.Form):
    """What the whole estimate says."""

    title = forms.CharField(label=_("Tên dự toán"), max_length=300)
    approved_on = Day(
        label=_("Ngày kế hoạch được phê duyệt"), help_text=_("Định mức được chọn theo ngày này, không theo hôm nay.")
    )
    adjusted_by = forms.CharField(
        label=_("Văn bản điều chỉnh theo định mức mới"),
        max_length=200,
        required=False,
        help_text=_("Chỉ khi kế hoạch cũ đã được quyết định điều chỉnh theo định mức có hiệu lực sau ngày phê duyệt."),
    )


class DrawForm(EstimateForm):
    """A new one: for which unit and programme, for which year."""

    duty = forms.ChoiceField(label=_("Đơn vị và chương trình"))
    year = forms.TypedChoiceField(label=_("Năm"), coerce=int)
    field_order = ["duty", "year", "title", "approved_on", "adjusted_by"]

    def __init__(self, *args: Any, duties: Choices, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = duties  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """One line."""

    assignment = forms.TypedChoiceField(label=pgettext_lazy("ô", "Nhiệm vụ"), coerce=int)
    activity = forms.TypedChoiceField(
        label=pgettext_lazy("ô", "Hoạt động"), coerce=int, required=False, empty_value=None
    )
    content = forms.CharField(label=_("Nội dung chi"), max_length=300)
    measure = forms.CharField(label=_("Đơn vị tính"), max_length=60)
    quantity = Dong(label=_("Số lượng"))
    times = Dong(label=_("Số lần, số ngày"), required=False)
    price = Dong(label=_("Đơn giá (đồng)"))
    amount = Dong(label=_("Thành tiền (đồng)"), required=False, help_text=_("Để trống thì máy nhân."))
    norm = forms.ChoiceField(
        label=pgettext_lazy("ô", "Định mức"), required=False, help_text=_("Đơn giá được so với mức tối đa.")
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    source = forms.ChoiceField(label=_("Nguồn kinh phí"), choices=Source.choices)
    origin = forms.CharField(
        label=_("Tên chương trình, nhà tài trợ"),
        max_length=200,
        required=False,
        help_text=_("Khi nguồn là lồng ghép, hợp pháp khác hoặc xã hội hóa."),
    )
    index_codes = forms.CharField(label=_("Mã mục lục ngân sách"), max_length=60, required=False)

    def __init__(self, *args: Any, duties: Choices, activities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].choices = duties  # type: ignore[attr-defined]
        self.fields["activity"].choices = [("", _("Không gắn với hoạt động nào")), *activities]  # type: ignore[attr-defined]
        groups: Grouped = [
            (
                document.name,
                [(f"{norm.code}@{code}", norm.name) for norm in norms().values() if norm.of(code) is not None],
            )
            for code, document in documents().items()
        ]
        self.fields["norm"].choices = [("", _("Không có định mức")), *groups]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A sheet of lines."""

    file = forms.FileField(label=_("Tệp XLSX hoặc CSV"))


class SpendForm(forms.Form):
    """What was paid out of a line."""

    line = forms.TypedChoiceField(label=_("Nội dung chi"), coerce=int)
    amount = Dong(label=_("Số tiền (đồng)"))
    on = Day(label=_("Ngày chi"))
    voucher = forms.CharField(label=_("Chứng từ, nội dung"), max_length=1000)
    done_in_year = forms.BooleanField(label=_("Việc đã làm xong chậm nhất ngày 31/12"), required=False)

    def __init__(self, *args: Any, lines: Grouped, settles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settles:
            del self.fields["done_in_year"]
        self.fields["line"].choices = lines  # type: ignore[attr-defined]


class TransferForm(forms.Form):
    """Money to be moved to another line."""

    line = forms.TypedChoiceField(label=_("Từ dòng"), coerce=int)
    to_line = forms.TypedChoiceField(label=_("Đến dòng"), coerce=int)
    amount = Dong(label=_("Số tiền (đồng)"))
    reason = forms.CharField(label=_("Lý do"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, lines: Grouped, goals: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]
        self.fields["to_line"].choices = [("", _("Chọn một dòng")), *goals]  # type: ignore[attr-defined]


class CarryForm(forms.Form):
    """Money to be spent in the next year."""

    line = forms.TypedChoiceField(label=_("Nội dung chi"), coerce=int)
    amount = Dong(label=_("Số tiền (đồng)"))
    ground = forms.ChoiceField(
        label=_("Trường hợp được chuyển nguồn"),
        widget=forms.Select(attrs={"lang": "vi"}),  # the law's own words
    )
    reason = forms.CharField(
        label=_("Lý do, hợp đồng, văn bản"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, lines: Grouped, end: YearEnd | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if end is None:
            del self.fields["ground"]
            self.fields["reason"].label = _("Lý do và căn cứ pháp luật")
        else:
            cases = [(one.code, f"{one.words} ({one.article})") for one in end.grounds]
            self.fields["ground"].choices = [("", _("Chọn một trường hợp")), *cases]  # type: ignore[attr-defined]
        self.fields["line"].choices = lines  # type: ignore[attr-defined]


class OwnNormForm(forms.Form):
    """A ceiling of the place's own."""

    norm = forms.ChoiceField(label=pgettext_lazy("ô", "Định mức"))
    ceiling = Dong(label=_("Mức tối đa (đồng)"))
    valid_from = Day(label=_("Có hiệu lực từ ngày"))
    valid_to = Day(label=_("Hết hiệu lực từ ngày"), required=False)
    basis = forms.CharField(label=_("Văn bản quy định"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(kind, [(one.code, one.name) for one in held]) for kind, held in by_kind().items()]
        self.fields["norm"].choices = groups  # type: ignore[attr-defined]
