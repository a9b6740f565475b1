"""What every test starts from: a key, a data folder of its own, and a mark on the tests that need the database."""

import os
import tempfile

import pytest

os.environ.setdefault("XULANG_SECRET_KEY", "only-for-tests")
os.environ.setdefault("XULANG_DATA", tempfile.mkdtemp(prefix="xulang-tests-"))

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    """Declares the mark that the second run, on PostgreSQL, selects by."""
    config.addinivalue_line("markers", "uses_database: needs the database; runs on SQLite and on PostgreSQL")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that needs the database, by its fixtures or by pytest-django's own mark."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("uses_database")
