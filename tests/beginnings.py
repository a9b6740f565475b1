"""What many tests begin from: built once, and kept in a transaction while the tests that follow begin from the same.

Each test runs in a savepoint of its own and gets a copy of what was built, so none sees what another did. A test that
begins from something else, from nothing or with real transactions finds the database empty, as ever.
"""

import copy
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

# By the name of the fixture that asks for it.
BUILDERS: dict[str, Callable[[], Any]] = {}


class Beginning:
    """The one that is open, if any."""

    name: str | None = None
    built: Any = None
    kept: transaction.Atomic | None = None

    def be(self, name: str | None) -> None:
        """Goes on from the same, or leaves it and builds another."""
        if name == self.name:
            return
        if self.kept is not None:
            transaction.set_rollback(True)
            self.kept.__exit__(None, None, None)
        self.name, self.built, self.kept = None, None, None
        if name is not None:
            self.kept = transaction.atomic()
            self.kept.__enter__()
            try:
                self.built = BUILDERS[name]()
                connection.check_constraints()
            except BaseException:
                transaction.set_rollback(True)
                self.kept.__exit__(None, None, None)
                self.kept = None
                raise
            self.name = name

    def copied(self, name: str) -> Any:
        """What was built, for one test to change as it likes."""
        assert name == self.name, f"{name} is asked for by a test that begins from {self.name}"
        return copy.deepcopy(self.built)
