"""Which desks stand in a person's rail, by role; and the context of every page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from xulang.office import clock


@dataclass(frozen=True)
class Item:
    """One word of the rail."""

    label: str
    href: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Context processor: the day, the rail and the person's posts."""
    return {"today": clock.today(), "rail": [], "posts": []}
