"""What every line was given and has spent, from the ledger's entries alone: the projections are held against it."""

from collections import defaultdict
from collections.abc import Iterable

from xulang.budget.enums import MONEY, ActKind
from xulang.budget.models import BudgetEntry


def balances(entries: Iterable[BudgetEntry]) -> dict[int, tuple[int, int]]:
    """Line → (given, spent)."""
    given: dict[int, int] = defaultdict(int)
    spent: dict[int, int] = defaultdict(int)
    for one in entries:
        if one.kind not in MONEY or one.line_id is None or one.amount is None:
            continue
        if one.kind == ActKind.SPENT:
            spent[one.line_id] += one.amount
        elif one.kind == ActKind.REFUNDED:
            spent[one.line_id] -= one.amount
        else:
            given[one.line_id] += one.amount
    return {line: (given[line], spent[line]) for line in {*given, *spent}}
