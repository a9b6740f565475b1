"""What an activity tells in facts: its own and its kind's, named, for a page, a row and a table."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.translation import gettext as _

from xulang.activities.models import Activity, Commendation, Event
from xulang.plumbing.sheets import Cell

# Told elsewhere on the page, or no fact.
_UNTOLD = {"activity", "state", "decision", "decided_on", "situation", "steps", "result", "conditions"}


def facts(activity: Activity) -> Iterator[tuple[str, Any]]:
    """Every fact of the kind that is known, by its name; a choice by its label, yes or no in words."""
    detail = activity.detail
    for field in type(detail)._meta.fields if detail else ():
        value = getattr(detail, field.name)
        if field.name in _UNTOLD or value in (None, "", False):
            continue
        name = str(field.verbose_name)
        yield name[0].upper() + name[1:], _shown(detail, field, value)


def _shown(detail: Any, field: "models.Field[Any, Any]", value: Any) -> Any:
    if field.choices:
        return getattr(detail, f"get_{field.name}_display")()
    if isinstance(detail, Event) and field.name == "countries":
        return ", ".join(detail.country_names)
    return _("có") if value is True else localize(value)


def practice(activity: Activity) -> list[tuple[str, str]]:
    """The parts of a practice that others can copy, those that are written."""
    detail = activity.detail
    if not isinstance(detail, Commendation):
        return []
    parts = (
        (_("Khó khăn ban đầu"), detail.situation),
        (_("Cách làm, từng bước"), detail.steps),
        (_("Kết quả đo được"), detail.result),
        (_("Điều kiện để nơi khác làm theo"), detail.conditions),
    )
    return [part for part in parts if part[1].strip()]


def in_one_cell(activity: Activity) -> Cell:
    """All facts of the kind in one cell: what a table of many kinds can say."""
    return "; ".join(f"{name}: {value}" for name, value in facts(activity))
