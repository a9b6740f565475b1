"""A plugin for a run that asks whether tests run at all: each of them, but every tenth row where the rows are many.

What lasts is left to the whole run, beside shorter tests of the same code.
"""

from collections import Counter

import pytest

MANY = 12


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves out nine of ten rows of long tables, and what is marked as lasting."""
    rows = Counter(item.nodeid.split("[")[0] for item in items)
    seen: Counter[str] = Counter()
    kept = []
    for item in items:
        test = item.nodeid.split("[")[0]
        if (rows[test] <= MANY or seen[test] % 10 == 0) and not item.get_closest_marker("lasting"):
            kept.append(item)
        seen[test] += 1
    items[:] = kept
