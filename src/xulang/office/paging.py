"""Pages of a long list by the place where the last one ended, each as quick as the first; and the head of a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db.models import Count, Model, QuerySet, Window
from django.http import HttpRequest

from xulang.programme.selectors import Place

WORD = "sau"  # the word of the address


class Placed(Protocol):
    """A row of such a list."""

    @property
    def place(self) -> Place:
        """Where it stands in the list."""


_R = TypeVar("_R")
_P = TypeVar("_P", bound=Placed)
_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[_R]):
    """The rows of one page. `next`: the word of the address that opens the next; `after`: it is not the first."""

    rows: list[_R]
    next: str = ""
    after: bool = False

    @staticmethod
    def of(rows: list[_P], size: int, after: Place | None) -> Page[_P]:
        """Of one row more than fits, where there is one."""
        shown = rows[:size]
        following = f"{shown[-1].place[0]:%Y%m%d}-{shown[-1].place[1]}" if len(rows) > size else ""
        return Page(shown, following, after is not None)


def head(rows: QuerySet[_M], most: int) -> tuple[list[_M], int]:
    """The first rows of a list, at most `most`, and how many the whole of it has: one question for both."""
    found = list(rows.annotate(of=Window(Count("pk")))[:most])
    return found, found[0].of if found else 0  # type: ignore[attr-defined]


def place_in(request: HttpRequest) -> Place | None:
    """The place after which the page begins, by the address; None for the first page, and for what is no place."""
    day, _dash, number = request.GET.get(WORD, "").partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    try:
        return dt.datetime.strptime(day, "%Y%m%d").date(), int(number)  # noqa: DTZ007 (a day)
    except ValueError:
        return None
