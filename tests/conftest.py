"""What every test starts from: a key, a data folder of its own, and a mark on the tests that need the database."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

os.environ.setdefault("XULANG_SECRET_KEY", "only-for-tests")
os.environ.setdefault("XULANG_DATA", tempfile.mkdtemp(prefix="xulang-tests-"))
# pytest-django loads the settings before any conftest: what they took from the environment is set again.
settings.SECRET_KEY = os.environ["XULANG_SECRET_KEY"]
settings.DATA = Path(os.environ["XULANG_DATA"])
settings.MEDIA_ROOT = settings.DATA / "files"
settings.STORAGES["default"]["OPTIONS"]["location"] = str(settings.MEDIA_ROOT)

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    """Declares the mark that the second run, on PostgreSQL, selects by."""
    config.addinivalue_line("markers", "uses_database: needs the database; runs on SQLite and on PostgreSQL")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that needs the database, by its fixtures or by pytest-django's own mark."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("uses_database")
