"""Runs the whole suite: all of it on SQLite, then all that needs a database on PostgreSQL too.

The pure rooms have no database, so their tests run once. Arguments go to pytest.
"""

import os
import subprocess
import sys

from checks import postgres


def pytest(arguments: list[str], **extra: str) -> int:
    """One run of the suite on both cores, with its last line shown."""
    print(f"== {extra.get('XULANG_DATABASE_URL', 'sqlite').split(':')[0]}", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments], env=os.environ | extra
    ).returncode


def main() -> int:
    """0 where both runs pass; a missing server is said loudly and is no failure."""
    arguments = sys.argv[1:]
    failed = pytest(arguments)
    if not postgres.binaries():
        print(
            "!! PostgreSQL is not installed: the suite was NOT run on it. `make setup-system` installs it.",
            file=sys.stderr,
        )
        return failed
    with postgres.server(vacuum=False) as address:
        return failed or pytest([*arguments, "-m", "uses_database"], XULANG_DATABASE_URL=address)


if __name__ == "__main__":
    sys.exit(main())
