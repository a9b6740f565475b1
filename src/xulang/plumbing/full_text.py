"""The full-text index of both databases over a table's columns `folded` and `marked`, kept by the database itself."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

COLUMNS = ("folded", "marked")


def _makes(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        # 'simple' takes the words as they are: they were folded before. Stored, since phrases look at the words again.
        columns = ", ".join(
            f"ADD COLUMN {name}_words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, {name})) STORED"
            for name in COLUMNS
        )
        return [
            f'ALTER TABLE "{table}" {columns}',
            *(f'CREATE INDEX {table}_{name} ON "{table}" USING gin ({name}_words)' for name in COLUMNS),
        ]
    words = f"INSERT INTO {table}_words"
    took = f"{words} ({table}_words, rowid, folded, marked) VALUES ('delete', old.id, old.folded, old.marked);"
    puts = f"{words} (rowid, folded, marked) VALUES (new.id, new.folded, new.marked);"
    return [
        f"CREATE VIRTUAL TABLE {table}_words USING fts5"
        f" (folded, marked, content='{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
        f'CREATE TRIGGER {table}_in AFTER INSERT ON "{table}" BEGIN {puts} END',
        f'CREATE TRIGGER {table}_out AFTER DELETE ON "{table}" BEGIN {took} END',
        f'CREATE TRIGGER {table}_new AFTER UPDATE ON "{table}" BEGIN {took} {puts} END',
    ]


def _drops(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [f'ALTER TABLE "{table}" ' + ", ".join(f"DROP COLUMN {name}_words" for name in COLUMNS)]
    return [*(f"DROP TRIGGER {table}_{when}" for when in ("in", "out", "new")), f"DROP TABLE {table}_words"]


class FullText(Operation):
    """Migration step: the words of `table` are indexed from here on, in the transaction that writes a row.

    SQLite remakes a table to alter it, and loses its triggers: a later change of such a table is put between this step
    taken back and done again.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: models do not know of it."""

    def database_forwards(
        self, _label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Makes the index."""
        self._run(schema_editor, _makes(schema_editor.connection.vendor, self.table))

    def database_backwards(
        self, _label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Drops it."""
        self._run(schema_editor, _drops(schema_editor.connection.vendor, self.table))

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Index the words of {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        """Part of an automatic migration's name."""
        return f"full_text_{self.table}"

    @staticmethod
    def _run(schema_editor: Any, statements: list[str]) -> None:
        for statement in statements:
            schema_editor.execute(statement, params=None)
