"""Indicators and their parts in the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xulang.reporting.aims import closes_with
from xulang.reporting.enums import Doubtful
from xulang.reporting.indicators import Form, Group, Indicator, indicators
from xulang.reporting.rules import Doubt
from xulang.reporting.year import named


def _english() -> bool:
    return (get_language() or "").startswith("en")


def indicator_name(one: Indicator) -> str:
    """What it is called."""
    return one.english if _english() else one.name


def indicator_unit(one: Indicator) -> str:
    """In what it is counted."""
    return one.english_unit if _english() else one.unit


def form_name(form: Form) -> str:
    """The form's title."""
    return form.english if _english() else form.name


def group_title(group: Group) -> str:
    """The title of a form's group."""
    return group.english if _english() else group.title


def plan_name(aimed: str, period: str) -> str:
    """What the targets of a period are called in a round."""
    return _("Kế hoạch %(period)s") % {"period": _aimed(aimed, period)}


def measured_name(aimed: str, period: str) -> str:
    """What is told of them in a round: how far off it is, or how much is reached while their period goes on."""
    said = _("So kế hoạch %(period)s") if closes_with(aimed, period) else _("Đạt so với kế hoạch %(period)s")
    return said % {"period": _aimed(aimed, period)}


def _aimed(aimed: str, period: str) -> str:
    if aimed == period:
        return _("kỳ này")
    if aimed == period[:4]:
        return _("năm")
    return named(aimed)


def figure_name(code: str, part: str = "") -> str:
    """A figure's name with that of its part."""
    one = indicators().get(code)
    name = indicator_name(one) if one else code
    return f"{name}: {part}" if part else name


def _grouped(told: str | int | tuple[int, ...]) -> str:
    """A number, or some of them, as the reader's language groups digits; words as they are."""
    if isinstance(told, str):
        return told
    many = told if isinstance(told, tuple) else (told,)
    return ", ".join(number_format(one, force_grouping=True) for one in many)


def doubt_words(doubt: Doubt, headings: dict[str, str]) -> str:
    """What the check found, as a sentence."""
    if doubt.kind == Doubtful.MISSING:
        return _("%(name)s: chưa có số. Không có thì ghi 0.") % {"name": figure_name(doubt.place)}
    numbers = {key: _grouped(value) for key, value in doubt.told.items()}
    if doubt.kind == Doubtful.OUTLIER:
        told = {"name": figure_name(doubt.place), **numbers}
        return _("%(name)s: %(value)s, các kỳ trước là %(past)s.") % told
    if doubt.kind == Doubtful.EXCEEDS:
        told = {"name": figure_name(doubt.place), **numbers, "of": figure_name(str(doubt.told["of"]))}
        return _("%(name)s là %(value)s, lớn hơn %(of)s (%(whole)s). Hãy sửa, hoặc nói rõ trong lời văn.") % told
    title = headings.get(doubt.place, doubt.place)
    if doubt.kind == Doubtful.EMPTY:
        return _("Mục “%(title)s” chưa có lời văn.") % {"title": title}
    told = {"title": title, **numbers}
    return _("Mục “%(title)s” viết %(said)s %(word)s; sổ đang ghi %(counted)s.") % told
