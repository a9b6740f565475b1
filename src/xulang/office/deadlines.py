"""How a task's time reads to a person: the day or cadence it is counted by, and how precisely the directive says it."""

import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xulang.programme.enums import DeadlineKind, Mode
from xulang.programme.models import Task

# The value of a reading's deadline → how precise it is. Of an interval its last part counts.
PRECISIONS = (
    (re.compile(r"\d{4}-\d\d-\d\d"), gettext_lazy("văn bản nêu đến ngày")),
    (re.compile(r"\d{4}-Q\d"), gettext_lazy("văn bản chỉ nêu quý: tính đến ngày cuối quý")),
    (re.compile(r"\d{4}-\d\d"), gettext_lazy("văn bản chỉ nêu tháng: tính đến ngày cuối tháng")),
    (re.compile(r"\d{4}"), gettext_lazy("văn bản chỉ nêu năm: tính đến ngày cuối năm")),
)


@dataclass(frozen=True)
class Time:
    """By when, in words; the directive's own words for it; and how precise those are."""

    words: str
    quote: str
    precision: str


def told(task: Task) -> Time:
    """The time of an issued task; its programme's directive must be at hand."""
    text = task.programme.directive.text
    quote = "" if task.deadline_start is None else text[task.deadline_start : task.deadline_end]
    if task.due_on is not None:
        words = _("chậm nhất ngày %(day)s") % {"day": date_format(task.due_on, "SHORT_DATE_FORMAT")}
    elif task.cadence and task.mode == Mode.ORDER:
        words = _("thường xuyên, báo cáo %(cadence)s") % {"cadence": task.get_cadence_display().lower()}
    else:
        words = _("không có thời hạn")
    return Time(words, " ".join(quote.split()), _precision(task))


def _precision(task: Task) -> str:
    if task.due_on is None:
        return ""
    if task.deadline_kind == DeadlineKind.RELATIVE:
        return _("văn bản nêu khoảng thời gian: tính từ ngày ban hành")
    if task.deadline_kind != DeadlineKind.DATE or not task.deadline_value:
        return _("văn bản không nêu ngày: do người rà soát đặt")
    value = task.deadline_value.rsplit("/", 1)[-1]
    return next((str(words) for pattern, words in PRECISIONS if pattern.fullmatch(value)), "")
