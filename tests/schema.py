"""The empty database with every migration in it, built once and copied: a hundred migrations take half a minute."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import xulang

SOURCE = Path(xulang.__file__).parent
KEPT = Path(sys.prefix) / "schemas"  # goes with the environment
# What decides what is built: the migrations, and what of ours they call or Django calls after them.
DECIDING = """*/migrations/*.py */models/*.py */models.py */apps.py plumbing/*.py organisation/matching.py
programme/tallies.py config/settings.py"""


def copied(to: Path) -> None:
    """An empty database of one's own at that path; whoever comes first builds the schema, others wait for it."""
    to.parent.mkdir(parents=True, exist_ok=True)
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "lock").open("w") as lock:  # while copying too: another tree clears away what is not its own
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.copyfile(_of_these_migrations(), to)


def _of_these_migrations() -> Path:
    """A SQLite file of the schema as the tree has it now."""
    told = hashlib.sha256(f"{version('django')} {version('django-tasks-db')}".encode())
    for path in sorted({path for glob in DECIDING.split() for path in SOURCE.glob(glob)}):
        told.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    kept = KEPT / f"{told.hexdigest()[:16]}.sqlite3"
    if not kept.exists():
        for earlier in KEPT.glob("*.sqlite3*"):
            earlier.unlink()
        building = kept.with_suffix(".sqlite3-building")
        migrate(f"sqlite:///{building}")
        building.rename(kept)
    return kept


def migrate(address: str) -> None:
    """Lays the schema into that database."""
    settings = {"XULANG_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "xulang.config.settings"}
    paths = os.pathsep.join(filter(None, (str(SOURCE.parent), os.environ.get("PYTHONPATH"))))
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env=os.environ | settings | {"PYTHONPATH": paths},
        check=True,
    )
