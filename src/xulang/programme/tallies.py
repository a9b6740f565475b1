"""What the database itself keeps true beside the expected reports: whose they are, and how many stand how.

Triggers do it, on both databases: whoever writes, whichever way, row by row or a hundred thousand at once, no count is
forgotten. SQLite remakes a table to alter it and loses its triggers, so `install` is run after every migration.
"""

from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from xulang.programme.models import CourseDrawn, ExpectedReport, Tally

_KEY = "programme_id, unit_id, issued_on, due, state, late"

# What is counted of expected reports `e`: of those in a table, or of the one row that a trigger is about.
_COUNTED = """
INSERT INTO programme_tally (programme_id, unit_id, issued_on, due, state, late, n)
SELECT t.programme_id, e.unit_id, e.issued_on, e.due, e.state, coalesce(e.reported_on > e.due, {false}), {n}
FROM {rows} e JOIN programme_assignment a ON a.id = e.assignment_id JOIN programme_task t ON t.id = a.task_id
WHERE e.unit_id IS NOT NULL
"""

_SQLITE_ROW = """
INSERT INTO programme_tally (programme_id, unit_id, issued_on, due, state, late, n)
SELECT t.programme_id, {row}.unit_id, {row}.issued_on, {row}.due, {row}.state,
    coalesce({row}.reported_on > {row}.due, 0), {n}
FROM programme_assignment a JOIN programme_task t ON t.id = a.task_id
WHERE a.id = {row}.assignment_id AND {row}.unit_id IS NOT NULL
"""
_GONE, _THERE = _SQLITE_ROW.format(row="OLD", n=-1), _SQLITE_ROW.format(row="NEW", n=1)

# A day that is over is told anew where something is written for it, or a report came to another unit; see `courses`.
_WHOSE = (
    "SELECT t.programme_id FROM programme_assignment a JOIN programme_task t ON t.id = a.task_id "
    "WHERE a.id = {assignment}"
)

SQLITE = {
    "expected_placed": f"""AFTER INSERT ON programme_expectedreport BEGIN {_THERE};
        UPDATE programme_expectedreport SET (unit_id, task_id) =
            (SELECT unit_id, task_id FROM programme_assignment WHERE id = NEW.assignment_id) WHERE id = NEW.id; END""",
    "expected_changed": f"""AFTER UPDATE OF state, due, reported_on, unit_id ON programme_expectedreport
        WHEN (OLD.state, OLD.due, OLD.reported_on, OLD.unit_id)
            IS NOT (NEW.state, NEW.due, NEW.reported_on, NEW.unit_id)
        BEGIN {_GONE}; {_THERE}; END""",
    "expected_deleted": f"AFTER DELETE ON programme_expectedreport BEGIN {_GONE}; END",
    "expected_moved": """AFTER UPDATE OF unit_id ON programme_assignment WHEN OLD.unit_id <> NEW.unit_id BEGIN
        UPDATE programme_expectedreport SET unit_id = NEW.unit_id WHERE assignment_id = NEW.id; END""",
    "entry_redraws": f"""AFTER INSERT ON programme_entry
        WHEN NEW.kind = 'MOVED' OR NEW."on" < (SELECT max(before) FROM programme_coursedrawn)
        BEGIN DELETE FROM programme_coursedrawn WHERE (NEW.kind = 'MOVED' OR NEW."on" < before)
            AND programme_id = ({_WHOSE.format(assignment="NEW.assignment_id")}); END""",
    "expected_redraws": f"""AFTER INSERT ON programme_expectedreport
        WHEN NEW.issued_on < (SELECT max(before) FROM programme_coursedrawn)
        BEGIN DELETE FROM programme_coursedrawn WHERE NEW.issued_on < before
            AND programme_id = ({_WHOSE.format(assignment="NEW.assignment_id")}); END""",
}

_PG_NET = f"""
INSERT INTO programme_tally ({_KEY}, n)
SELECT t.programme_id, e.unit_id, e.issued_on, e.due, e.state, coalesce(e.reported_on > e.due, false), sum(e.n)
FROM ({{rows}}) e JOIN programme_assignment a ON a.id = e.assignment_id JOIN programme_task t ON t.id = a.task_id
WHERE e.unit_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(e.n) <> 0
"""
_PG_FRESH, _PG_STALE = (
    f"SELECT assignment_id, unit_id, issued_on, due, state, reported_on, {n} AS n FROM {rows}"
    for rows, n in (("fresh", 1), ("stale", -1))
)

_PG_REDRAWS = """
DELETE FROM programme_coursedrawn c WHERE EXISTS (
    SELECT FROM fresh f JOIN programme_assignment a ON a.id = f.assignment_id JOIN programme_task t ON t.id = a.task_id
    WHERE t.programme_id = c.programme_id AND ({moved}f.{day} < c.before)); RETURN NULL;
"""

# name → when, and what the function does
POSTGRESQL = {
    "expected_placed": (
        "BEFORE INSERT ON programme_expectedreport FOR EACH ROW",
        "SELECT unit_id, task_id INTO NEW.unit_id, NEW.task_id FROM programme_assignment WHERE id = NEW.assignment_id; "
        "RETURN NEW;",
    ),
    "expected_counted": (
        "AFTER INSERT ON programme_expectedreport REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        f"{_PG_NET.format(rows=_PG_FRESH)}; RETURN NULL;",
    ),
    "expected_changed": (
        "AFTER UPDATE ON programme_expectedreport REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT",
        f"{_PG_NET.format(rows=f'{_PG_STALE} UNION ALL {_PG_FRESH}')}; RETURN NULL;",
    ),
    "expected_deleted": (
        "AFTER DELETE ON programme_expectedreport REFERENCING OLD TABLE AS stale FOR EACH STATEMENT",
        f"{_PG_NET.format(rows=_PG_STALE)}; RETURN NULL;",
    ),
    "expected_moved": (
        "AFTER UPDATE ON programme_assignment REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT",
        "UPDATE programme_expectedreport e SET unit_id = f.unit_id FROM fresh f JOIN stale s ON s.id = f.id "
        "WHERE e.assignment_id = f.id AND s.unit_id <> f.unit_id; RETURN NULL;",
    ),
    "entry_redraws": (
        "AFTER INSERT ON programme_entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        _PG_REDRAWS.format(day='"on"', moved="f.kind = 'MOVED' OR "),
    ),
    "expected_redraws": (
        "AFTER INSERT ON programme_expectedreport REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        _PG_REDRAWS.format(day="issued_on", moved=""),
    ),
}


def install(using: str = "default", **_signal: Any) -> None:
    """After a migration: puts on the triggers that are missing; before that everything is counted anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if not {Tally._meta.db_table, CourseDrawn._meta.db_table} <= set(tables) or not _migrated(connection, cursor):
            return
        wanted = set(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
        missing = sorted(wanted - _installed(connection, cursor))
        if not missing:
            return
        recount(using)
        cursor.execute("DELETE FROM programme_coursedrawn")
        for name in missing:
            for statement in _statements(connection.vendor, name):
                cursor.execute(statement)


def _migrated(connection: BaseDatabaseWrapper, cursor: Any) -> bool:
    table = ExpectedReport._meta.db_table
    return "unit_id" in {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _installed(connection: BaseDatabaseWrapper, cursor: Any) -> set[str]:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {name for (name,) in cursor.fetchall()}


def _statements(vendor: str, name: str) -> list[str]:
    if vendor != "postgresql":
        return [f"CREATE TRIGGER {name} {SQLITE[name]}"]
    when, what = POSTGRESQL[name]
    return [
        f"CREATE OR REPLACE FUNCTION xulang_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what} END $$",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION xulang_{name}()",
    ]


@transaction.atomic
def recount(using: str = "default") -> None:
    """Places and counts every expected report anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for column in ("unit_id", "task_id"):
            own = f"(SELECT a.{column} FROM programme_assignment a WHERE a.id = programme_expectedreport.assignment_id)"
            cursor.execute(
                f"UPDATE programme_expectedreport SET {column} = {own} WHERE {column} IS NULL OR {column} <> {own}"
            )
        cursor.execute("DELETE FROM programme_tally")
        counted = _COUNTED.format(
            rows="programme_expectedreport", n="count(*)", false="false" if connection.vendor == "postgresql" else "0"
        )
        cursor.execute(f"{counted} GROUP BY 1, 2, 3, 4, 5, 6")


@transaction.atomic
def fold(tolerated: int = 0) -> int:
    """Makes one row of those that count the same things, where more than `tolerated` are too many; gives how many were.

    Housekeeping's. What others write meanwhile is neither counted twice nor lost: PostgreSQL takes the rows away and
    adds them up in one statement, SQLite lets nobody else write.
    """
    rows, before = f"SELECT {_KEY}, sum(n) FROM {{}} GROUP BY {_KEY} HAVING sum(n) <> 0", Tally.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({rows.format('programme_tally')}) kept")
        if before - cursor.fetchone()[0] <= tolerated:
            return 0
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH gone AS (DELETE FROM programme_tally RETURNING *) "
                f"INSERT INTO programme_tally ({_KEY}, n) {rows.format('gone')}"
            )
        else:
            cursor.execute(f"CREATE TEMP TABLE kept AS {rows.format('programme_tally')}")
            cursor.execute("DELETE FROM programme_tally")
            cursor.execute(f"INSERT INTO programme_tally ({_KEY}, n) SELECT * FROM kept")
            cursor.execute("DROP TABLE kept")
    return before - Tally.objects.count()
