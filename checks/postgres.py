"""A PostgreSQL of one's own for the tests: in a temporary folder, on a socket there, gone at the end."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

# The server refuses to run as root, so it is started as the user that Debian's package makes.
SERVER_USER = "postgres"


def binaries() -> Path | None:
    """The folder of the newest installed server's programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def server(*, vacuum: bool = True) -> Iterator[str]:
    """Starts a server; gives the address of its database. Safe settings are off: it holds only tests.

    Without `vacuum` it never counts by itself how its rows lie: counted between two tests, tables are empty, and the
    next test's questions are planned for empty ones.
    """
    programs = binaries()
    assert programs, "no PostgreSQL server is installed"
    as_server = ["runuser", "-u", SERVER_USER, "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="xulang-pg-") as folder:
        if as_server:
            os.chown(folder, pwd.getpwnam(SERVER_USER).pw_uid, -1)
        data = f"{folder}/data"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
        subprocess.run(
            [
                *as_server,
                str(programs / "initdb"),
                "-D",
                data,
                "-U",
                "xulang",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            **quiet,  # type: ignore[call-overload]
        )
        options = f"-c listen_addresses= -k {folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options += " -c max_connections=200"  # two tests of fifty writers may meet
        options += "" if vacuum else " -c autovacuum=off"
        control = [*as_server, str(programs / "pg_ctl"), "-D", data, "-w"]
        subprocess.run([*control, "-o", options, "-l", f"{folder}/log", "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield f"postgres://xulang@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
