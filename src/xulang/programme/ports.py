"""What the clock asks of others: what else there is to tell persons of, in the one digest that each gets a day."""

import datetime as dt
from typing import Any, Protocol

from django.db import models


class DueItems(Protocol):
    """Things that fall due and are no reports: papers to read, agreements that end. Their notices are `OwnNotice` rows.

    The room that has them keeps a table of notices made of `models.notices.OwnNotice` and registers itself with the
    wiring.
    """

    def tell(self, today: dt.date, now: dt.datetime) -> int:
        """Writes the notices of the steps up to today that are not written yet; how many. Once, across crashes."""

    def notices(self) -> "models.QuerySet[Any]":
        """Every notice, with what a letter tells of it."""

    def worth(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """Of some notices those that still ask something of their person."""


_registered: list[DueItems] = []


def register_due_items(*items: DueItems) -> None:
    """Called once by the wiring; a later call takes the earlier one's place."""
    _registered[:] = items


def due_items() -> list[DueItems]:
    """Those of every room, lowest room first."""
    return list(_registered)
