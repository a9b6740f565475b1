"""The parts that every desk is put together from, as template tags."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xulang.office import indicator_words
from xulang.office.looks import LOOKS, SHAPES
from xulang.office.once import FIELD
from xulang.office.working import days_of_programme
from xulang.organisation.models import Unit
from xulang.programme.enums import EntryKind
from xulang.programme.models import Entry
from xulang.reporting.indicators import Indicator

register = template.Library()


@register.filter
def headline(text: str, longest: int = 140) -> str:
    """The first line of a task, cut at a word, to stand for the whole where space is short."""
    first = text.strip().split("\n", 1)[0]
    if len(first) <= longest:
        return first
    return first[: longest + 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@register.filter
def name_on(unit: Unit, day: date) -> str:
    """What a unit is called on a day."""
    return unit.name_on(day)


@register.filter
def at(rows: Sequence[Any], place: int) -> Any:
    """The row at a place."""
    return rows[place]


@register.filter
def under(rows: Mapping[int, Any] | str, key: int) -> Any:
    """What stands under a key; nothing where there are no rows."""
    return rows.get(key) if isinstance(rows, Mapping) else None


@register.filter
def tone(state: str) -> str:
    """The tone of a state, for a drawing."""
    return LOOKS[state][0]


@register.filter
def indicator_name(one: Indicator) -> str:
    """An indicator in the reader's language."""
    return indicator_words.indicator_name(one)


@register.filter
def as_printed(day: str) -> str:
    """A day of a reading in the order of the country, with no more than was printed: "2026-03" is 03/2026."""
    return "/".join(reversed(day.split("-")))


@register.filter
def entry_word(entry: Entry) -> str:
    """What a line of the ledger says, told as something done; the enum's own words stand on buttons too."""
    if entry.kind == EntryKind.CONFIRMED:
        return _("Đã xác nhận")
    return _("Đã trả lại") if entry.kind == EntryKind.RETURNED else entry.get_kind_display()


@register.simple_tag
def shape(name: str) -> SafeString:
    """One of the drawn shapes, unseen by screen readers since a word always stands beside it."""
    return format_html(
        '<svg class="shape" viewBox="0 0 16 16" aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>',
        SHAPES[name],
    )


@register.simple_tag
def badge(state: str, word: str) -> SafeString:
    """A state as shape, word and colour. `state` is a value of a room's enum, `word` its label."""
    tone, drawn = LOOKS[state]
    return format_html('<span class="badge tone-{}">{}{}</span>', tone, shape(drawn), word)


@register.simple_tag(takes_context=True)
def due_badge(context: template.Context, due: date, today: date, programme: int | None = None) -> SafeString:
    """How long until a day, in words: "còn 3 ngày làm việc", "hết hạn hôm nay", "quá hạn 2 ngày làm việc".

    Counted as the clock of reminders counts: by the working days of the office whose programme it is, the country's
    where none is named. A term that ends on a day off is kept on the next working day.
    """
    calendar = days_of_programme(context["request"], programme)
    late = due < today
    days = calendar.between(due, today) if late else calendar.between(today, calendar.kept_on(due))
    if not late and days > 0:
        words = ngettext("còn %(days)d ngày làm việc", "còn %(days)d ngày làm việc", days) % {"days": days}
    elif not late:
        words = _("hết hạn hôm nay")
    elif days > 0:
        words = ngettext("quá hạn %(days)d ngày làm việc", "quá hạn %(days)d ngày làm việc", days) % {"days": days}
    else:
        words = _("quá hạn")  # since the last working day
    tone, drawn = ("late", "alarm") if late else ("needs", "half") if days <= 3 else ("open", "ring")
    return format_html('<span class="badge tone-{}">{}{}</span>', tone, shape(drawn), words)


@register.inclusion_tag("office/parts/field.html")
def field(bound: BoundField, label: str = "", help: str = "") -> dict[str, Any]:
    """A form field with its label, help and error tied to it for screen readers.

    The errors stand before the control, where a magnified screen and a screen reader meet them first.
    """
    described = [f"{bound.auto_id}_help"] if help or bound.help_text else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    group = isinstance(bound.field.widget, (RadioSelect, CheckboxSelectMultiple))
    return {
        "field": bound,
        "label": label or bound.label,
        "help": help or bound.help_text,
        "control": bound.as_widget(attrs=attributes),
        "group": group,
        "tick": isinstance(bound.field.widget, CheckboxInput),
    }


@register.inclusion_tag("office/parts/figure.html")
def figure(state: str, number: int, label: str, href: str = "", part: str = "") -> dict[str, Any]:
    """A number that opens what is behind it. `part` is a smaller line under the label."""
    tone, drawn = LOOKS[state]
    return {"tone": tone, "drawn": drawn, "number": number, "label": label, "href": href, "part": part}


@register.inclusion_tag("office/parts/empty.html")
def empty(title: str, hint: str, href: str = "", action: str = "") -> dict[str, Any]:
    """What an empty screen says: what is not here, and what to do."""
    return {"title": title, "hint": hint, "href": href, "action": action}


@register.inclusion_tag("office/parts/share.html")
def share(*parts: Any) -> dict[str, Any]:
    """A bar of parts of a whole: `{% share "done" 4 "late" 1 %}`. Decorative: the numbers stand beside it as text."""
    tones, numbers = parts[::2], parts[1::2]
    whole = sum(numbers) or 1
    bars, x = [], 0.0
    for tone, number in zip(tones, numbers, strict=True):
        width = 100 * number / whole
        bars.append({"tone": tone, "x": f"{x:.2f}", "width": f"{width:.2f}"})
        x += width
    return {"bars": bars}


@register.simple_tag
def once() -> SafeString:
    """The one-time token of a form whose second click must write nothing."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16))


@register.simple_tag
def entry_shape(kind: str) -> SafeString:
    """The shape of a line of the ledger; its word stands beside it."""
    tone, drawn = LOOKS[kind]
    return format_html('<span class="mark tone-{}">{}</span>', tone, shape(drawn))
