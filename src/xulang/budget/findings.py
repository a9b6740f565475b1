"""What a check tells a person: one sentence a finding, with the document and article it goes by."""

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from xulang.budget.enums import Fault
from xulang.budget.norms import norms
from xulang.budget.rules import Finding


def sentence(finding: Finding) -> str:
    """The finding in the reader's language, and what to do."""
    told: dict[str, object] = dict(finding.named)
    told |= {key: money(value) for key, value in finding.named.items() if isinstance(value, int)}
    if "norm" in told:
        told["norm"] = norms()[str(told["norm"])].name
    return _WORDS[finding.fault](told)


def ground(finding: Finding) -> str:
    """The document and article that the finding goes by."""
    return ", ".join(part for part in (finding.document, finding.article) if part)


def money(dong: int) -> str:
    """An amount as the reader's language groups it."""
    return number_format(dong, force_grouping=True)


def _source(told: dict[str, object]) -> str:
    if told["why"] == "regular":
        return _("Nhiệm vụ thường xuyên chi từ dự toán chi thường xuyên của đơn vị. Hãy chọn nguồn ấy.")
    if told["why"] == "other":
        return _("Nhiệm vụ ngoài nhiệm vụ thường xuyên không chi từ dự toán chi thường xuyên. Hãy chọn nguồn khác.")
    return _("Nguồn này cần tên chương trình, đề án hoặc bên tài trợ. Hãy ghi rõ.")


def _double(told: dict[str, object]) -> str:
    if told["where"]:
        return (
            _("Trùng với “%(other)s” trong %(where)s. Hãy bỏ một bên, hoặc ghi rõ hai dòng khác nhau ở điểm nào.")
            % told
        )
    return _("Trùng với dòng “%(other)s”. Hãy bỏ một dòng, hoặc ghi rõ hai dòng khác nhau ở điểm nào.") % told


def _alike(told: dict[str, object]) -> str:
    if told["where"]:
        return (
            _("Khác “%(other)s” trong %(where)s một chữ, cùng số lượng và đơn giá. Hãy xem có chi trùng không.") % told
        )
    return _("Khác dòng “%(other)s” một chữ, cùng số lượng và đơn giá. Hãy xem có chi trùng không.") % told


def _may_repeat(told: dict[str, object]) -> str:
    if told["other"]:
        return (
            _("“%(norm)s”: hãy xem dòng này và “%(other)s” có phải cùng một lần không; mỗi đoàn chỉ được một lần.")
            % told
        )
    return (
        _("“%(norm)s”: ghi %(times)s lần mà chưa rõ cho mấy đoàn. Hãy ghi mỗi đoàn một dòng, gắn với hoạt động.") % told
    )


_WORDS: dict[Fault, Callable[[dict[str, object]], str]] = {
    Fault.OVER_CEILING: lambda told: (
        _("Đơn giá %(price)s vượt mức tối đa %(ceiling)s của “%(norm)s”. Hãy giảm đơn giá.") % told
    ),
    Fault.WRONG_PERIOD: lambda told: (
        _("Kế hoạch được phê duyệt ngày %(day)s nên không theo %(told)s. Hãy theo %(right)s.") % told
        if told["right"]
        else _("Kế hoạch được phê duyệt ngày %(day)s nên không theo %(told)s. Hãy bỏ văn bản ấy.") % told
    ),
    Fault.DOUBLE: _double,
    Fault.ALIKE: _alike,
    Fault.REPEATED: lambda told: (
        _("“%(norm)s”: mỗi đoàn chỉ được một lần, dòng này ghi %(times)s lần. Hãy ghi một lần.") % told
    ),
    Fault.MAY_REPEAT: _may_repeat,
    Fault.SUM: lambda told: _("Ghi %(told)s, nhưng số lượng nhân đơn giá là %(product)s. Hãy sửa cho khớp.") % told,
    Fault.SOURCE: _source,
    Fault.NORM_NEEDED: lambda told: _("Khoản này có thể có định mức: “%(norm)s”. Hãy chọn nếu đúng.") % told,
    Fault.NO_AMOUNT: lambda told: _("Chưa có mức của “%(norm)s” theo văn bản này trong dữ liệu. Hãy đối chiếu.") % told,
}
