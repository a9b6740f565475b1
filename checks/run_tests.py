"""Runs the whole suite: all of it on SQLite, then all that needs a database on PostgreSQL too.

The pure rooms have no database, so their tests run once. Arguments go to pytest.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
from psycopg import sql

from checks import postgres
from checks.__main__ import environment, keeping_bytecode

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "schema"  # of PostgreSQL: an empty database with every migration in it


def pytest(arguments: list[str], **extra: str) -> int:
    """One run of the suite on both cores, with its last line shown."""
    print(f"== {extra.get('XULANG_DATABASE_URL', 'sqlite').split(':')[0]}", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments], env=keeping_bytecode() | extra
    ).returncode


def main() -> int:
    """0 where both runs pass; a missing server is said loudly and is no failure."""
    arguments = sys.argv[1:]
    if not postgres.binaries():
        failed = pytest(arguments)
        print(
            "!! PostgreSQL is not installed: the suite was NOT run on it. `make setup-system` installs it.",
            file=sys.stderr,
        )
        return failed
    with postgres.server(vacuum=False) as address, ThreadPoolExecutor(1) as beside:
        migrating = beside.submit(schema_in, address)
        if failed := pytest(arguments):
            return failed
        migrating.result()
        return pytest([*arguments, "-m", "uses_database"], XULANG_DATABASE_URL=address, XULANG_TEST_TEMPLATE=SCHEMA)


def schema_in(address: str) -> None:
    """Migrates a database of that server once; every worker's own is a copy of it."""
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(SCHEMA)))
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env=environment(ROOT) | {"XULANG_DATABASE_URL": address.replace("/postgres?", f"/{SCHEMA}?")},
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())
