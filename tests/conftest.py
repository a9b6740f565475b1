"""What every test starts from: a key, a data folder of its own, and a mark on the tests that need the database."""

import atexit
import gc
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import pytest

import schema

# No test is about speed: a machine that is busy with other things fails none.
hypothesis.settings.register_profile("xulang", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("xulang")

os.environ.setdefault("XULANG_SECRET_KEY", "only-for-tests")
if "XULANG_DATA" not in os.environ:  # a worker has that of the run
    os.environ["XULANG_DATA"] = tempfile.mkdtemp(prefix="xulang-tests-")
    atexit.register(shutil.rmtree, os.environ["XULANG_DATA"], ignore_errors=True)
if importlib.util.find_spec("django"):  # the pure rooms' tests also run where there is none
    from django.conf import settings

    # pytest-django loads the settings before any conftest: what they took from the environment is set again.
    settings.SECRET_KEY = os.environ["XULANG_SECRET_KEY"]
    settings.DATA = Path(os.environ["XULANG_DATA"])
    settings.MEDIA_ROOT = settings.DATA / "files"
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(settings.MEDIA_ROOT)
    settings.PASSWORD_HASHERS = ["quick.Argon2"]  # the one in use has a test of its own, in config

# What Django itself writes after every emptying, and always the same.
ALWAYS = {"django_content_type", "auth_permission"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    """Declares the mark that the second run, on PostgreSQL, selects by, and the one that keeps a test out of it."""
    config.addinivalue_line("markers", "uses_database: needs the database; runs on SQLite and on PostgreSQL")
    config.addinivalue_line("markers", "lasting: takes its time; is begun first")
    config.addinivalue_line("markers", "one_database(reason): PostgreSQL would prove no more; on SQLite alone")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that needs the database; lays what lasts at the head of each half, where two workers begin."""
    for item in items:
        if (once := item.get_closest_marker("one_database")) is not None:
            assert once.args, f"{item.nodeid}: say why one database is enough"
            continue
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("uses_database")
    lasting = [item for item in items if item.get_closest_marker("lasting")]
    others = [item for item in items if not item.get_closest_marker("lasting")]
    half = len(others) // 2
    # One worker begins with what needs the database, and builds its schema; the other has no need of it meanwhile.
    pure = [item for item in lasting if not item.get_closest_marker("django_db")]
    stored = [item for item in lasting if item.get_closest_marker("django_db")]
    items[:] = [*stored[::2], *pure[::2], *others[:half], *pure[1::2], *stored[1::2], *others[half:]]


def pytest_collection_finish() -> None:
    """Keeps the rubbish collector from going through what lasts to the end: that took every tenth second of a run."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _office_without_scanner() -> None:
    """The tests' office says that it does without one, as the demo does; a test of scanning names its own."""
    if importlib.util.find_spec("django"):
        from xulang.plumbing.scanning import register_scanner

        register_scanner(None)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """The tests' SQLite is there before Django asks: a copy of the one that was migrated once."""
    from django.db import connection

    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Puts the tests' SQLite in a file, as in use: one in memory has no lock that a second writer could wait for.

    PostgreSQL copies the database that XULANG_TEST_TEMPLATE names, where the run has migrated one.
    """
    from django.conf import settings

    tests = settings.DATABASES["default"]["TEST"]
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        tests["TEMPLATE"] = os.environ.get("XULANG_TEST_TEMPLATE")
        yield
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    file = Path(os.environ["XULANG_DATA"]) / f"tests-{worker}.sqlite3"
    schema.copied(file)
    tests["NAME"] = str(file)
    yield
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Lets pytest-django empty the tables after a test with real transactions, which the append-only triggers refuse.

    Only the emptying goes round them; the tests themselves meet them as in use.
    """
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from xulang.plumbing.append_only import AppendOnly, guards, unguards
    from xulang.programme.models import Tally

    steps = [step for migration in MigrationLoader(None).disk_migrations.values() for step in migration.operations]
    ledgers = sorted({step.table for step in steps if isinstance(step, AppendOnly)})
    # On the class: beside a browser's loop Django opens another connection of the same kind.
    operations, vendor = type(connection.ops), connection.vendor

    def sql_flush(self: Any, _style: object, tables: Sequence[str], **_named: object) -> list[str]:
        """Deletes from the tables that hold rows: to truncate a hundred takes PostgreSQL half a second."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)
            )
            held = [table for (table,) in cursor.fetchall() if table not in ALWAYS]
        guarded = [table for table in ledgers if table in held]
        off = [statement for table in guarded for statement in unguards(vendor, table)]
        on = [statement for table in guarded for statement in guards(vendor, table)]
        emptied = [f'DELETE FROM "{table}"' for table in held]
        # Emptying the expected reports is counted too, after the counts themselves were emptied.
        return [*off, *emptied, f"DELETE FROM {Tally._meta.db_table}", *on]

    operations.sql_flush = sql_flush


@pytest.fixture(scope="session")
def beginning(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """What tests begin from, kept from one to the next; see `beginnings`."""
    from beginnings import Beginning

    kept = Beginning()
    yield kept
    with django_db_blocker.unblock():
        kept.be(None)


@pytest.fixture
def _begun(request: pytest.FixtureRequest, beginning: Any, django_db_blocker: Any) -> None:
    """Opens what this test begins from; before pytest-django opens the test's own transaction."""
    from beginnings import BUILDERS

    marker = request.node.get_closest_marker("django_db")
    real = {"transactional_db", "live_server"} & set(request.fixturenames) or (marker and marker.kwargs)
    (name,) = (set() if real else BUILDERS.keys() & set(request.fixturenames)) or {None}
    with django_db_blocker.unblock():
        beginning.be(name)


@pytest.fixture
def _django_db_helper(_begun: None, _django_db_helper: None) -> None:
    """pytest-django's own, in what was begun."""
