"""Tables whose rows are never changed: triggers that refuse UPDATE and DELETE on both databases."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# PostgreSQL needs a function for its triggers; one serves all tables.
_REFUSE = """
CREATE OR REPLACE FUNCTION xulang_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def guards(vendor: str, table: str) -> list[str]:
    """The statements that make `table` append-only on the database of that vendor."""
    if vendor == "postgresql":
        return [
            _REFUSE,
            f'CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION xulang_refuse_change()",
            f'CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION xulang_refuse_change()",
        ]
    return [
        f'CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def unguards(vendor: str, table: str) -> list[str]:
    """The statements that take the triggers off again."""
    if vendor == "postgresql":
        return [f'DROP TRIGGER {table}_{name} ON "{table}"' for name in ("no_change", "no_truncate")]
    return [f"DROP TRIGGER {table}_{name}" for name in ("no_update", "no_delete")]


class AppendOnly(Operation):
    """Migration step: from here on the rows of `table` can only be added to.

    SQLite remakes a table to alter it, and loses its triggers: a later change of such a table
    is put between `NotAppendOnly(...)` and `AppendOnly(...)` in the same migration.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: models do not know of triggers."""

    def database_forwards(
        self, _label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Makes the triggers."""
        self._run(schema_editor, guards(schema_editor.connection.vendor, self.table))

    def database_backwards(
        self, _label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Takes them off."""
        self._run(schema_editor, unguards(schema_editor.connection.vendor, self.table))

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Make {self.table} append-only"

    @property
    def migration_name_fragment(self) -> str:
        """Part of an automatic migration's name."""
        return f"append_only_{self.table}"

    @staticmethod
    def _run(schema_editor: Any, statements: list[str]) -> None:
        for statement in statements:
            # No parameters: "%" in the function's text is meant as such.
            schema_editor.execute(statement, params=None)


class NotAppendOnly(AppendOnly):
    """Migration step: takes the triggers off while the table is altered; `AppendOnly` puts them on again after it."""

    def database_forwards(
        self, _label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Takes them off."""
        self._run(schema_editor, unguards(schema_editor.connection.vendor, self.table))

    def database_backwards(
        self, _label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Puts them on."""
        self._run(schema_editor, guards(schema_editor.connection.vendor, self.table))

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Let {self.table} be altered"
