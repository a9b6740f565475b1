"""Has the database look at how its rows lie, by which it chooses how to find them."""

from django.db import connection


def survey() -> None:
    """Looks now; SQLite at a sample of each index, as PostgreSQL always does."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
