"""Adds up the accepted figures of rounds in the database, by each indicator's additivity.

What it gives is what `rules.added` gives over the same figures (a test holds the two together); the database only does
it without reading a million rows.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count, Sum

from xulang.reporting.enums import Additivity
from xulang.reporting.indicators import indicators
from xulang.reporting.models import Figure, FigureKey
from xulang.reporting.rules import Cell


def totals(rounds: Sequence[int]) -> dict[Cell, int]:
    """The figures of units and periods made one, for each indicator and part that any unit gave."""
    of = _by_additivity()
    found = (
        _sums(rounds, of[Additivity.SUM])
        if len(rounds) > 1
        else _sums(rounds, of[Additivity.SUM] + of[Additivity.LAST])
    )
    if len(rounds) > 1 and of[Additivity.LAST]:
        found |= _lasts(rounds, of[Additivity.LAST])
    if of[Additivity.DISTINCT]:
        keys = FigureKey.objects.filter(round_id__in=rounds, code__in=of[Additivity.DISTINCT]).order_by()
        empty = Figure.objects.filter(round_id__in=rounds, code__in=of[Additivity.DISTINCT]).order_by()
        found |= dict.fromkeys(empty.values_list("code", "of").distinct(), 0)
        rows = keys.values("code", "of").annotate(names=Count("key", distinct=True))
        found |= {(row["code"], row["of"]): row["names"] for row in rows}
    return found


def by_round(rounds: Sequence[int], cell: Cell) -> dict[int, int]:
    """One figure of each round by itself, where a unit gave it: of one period there is no last but the sum."""
    code, of = cell
    names = indicators()[code].additivity == Additivity.DISTINCT
    rows = (FigureKey if names else Figure).objects.filter(round_id__in=rounds, code=code, of=of).order_by()
    told = rows.values_list("round").annotate(Count("key", distinct=True) if names else Sum("value"))
    return dict(told)


def _by_additivity() -> Mapping[Additivity, list[str]]:
    found: dict[Additivity, list[str]] = {one: [] for one in Additivity}
    for row in indicators().values():
        found[row.additivity].append(row.code)
    return found


def _sums(rounds: Sequence[int], codes: Sequence[str]) -> dict[Cell, int]:
    rows = Figure.objects.filter(round_id__in=rounds, code__in=codes).order_by().values("code", "of")
    return {(row["code"], row["of"]): row["whole"] for row in rows.annotate(whole=Sum("value"))}


def _lasts(rounds: Sequence[int], codes: Sequence[str]) -> dict[Cell, int]:
    """Of each unit the figures of the last period in which it gave them."""
    rows = Figure.objects.filter(round_id__in=rounds, code__in=codes).order_by()
    told = rows.values_list("code", "of", "report__unit_id", "round__cut_off").annotate(whole=Sum("value"))
    newest: dict[tuple[str, str, int], tuple[dt.date, int]] = {}
    for code, of, unit, day, whole in told:
        if day >= newest.get((code, of, unit), (day, 0))[0]:
            newest[code, of, unit] = day, whole
    found: dict[Cell, int] = defaultdict(int)
    for (code, of, _unit), (_day, whole) in newest.items():
        found[code, of] += whole
    return dict(found)
