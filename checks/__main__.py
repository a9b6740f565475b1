"""Runs the checks two at a time and tells each fault."""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOOLS = Path(sys.executable).parent
PYTHON = sys.executable

# Slow ones first, so that two cores are used to the end.
CHECKS: dict[str, list[str]] = {
    "types": [str(TOOLS / "mypy")],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "system": [PYTHON, "-m", "django", "check", "--fail-level", "WARNING"],
    "catalogues": [PYTHON, "-m", "checks.catalogues"],
    "floors": [str(TOOLS / "lint-imports"), "--no-logo"],
    "templates": [PYTHON, "-m", "checks.templates"],
    "dependencies": [str(TOOLS / "deptry"), "src"],
    "licences": [PYTHON, "-m", "checks.licences"],
    "tree": [PYTHON, "-m", "checks.tree"],
    "lint": [str(TOOLS / "ruff"), "check", "--no-cache"],
    "format": [str(TOOLS / "ruff"), "format", "--check", "--no-cache"],
}


def keeping_bytecode() -> dict[str, str]:
    """The environment, in which Python keeps what it compiled: told not to, each process compiles Django anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def environment(root: Path) -> dict[str, str]:
    """What a check runs with: the tree at `root` before any installed one, and settings that need no set-up."""
    return keeping_bytecode() | {
        "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        "DJANGO_SETTINGS_MODULE": "xulang.config.settings",
        "XULANG_SECRET_KEY": "only-for-checks",
        "XULANG_DATA": str(root / ".var" / "checks"),
    }


def run(name: str, root: Path) -> tuple[bool, str, float]:
    """One check on the tree at `root`: whether it holds, what it said, and how long it took in seconds."""
    begun = time.monotonic()
    done = subprocess.run(
        CHECKS[name], cwd=root, env=environment(root), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return done.returncode == 0, done.stdout, time.monotonic() - begun


def main() -> int:
    """0 where every check holds, 1 where one does not."""
    cli = argparse.ArgumentParser(prog="python -m checks", description=__doc__)
    cli.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CHECKS))
    cli.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    ask = cli.parse_args()
    names = ask.names or list(CHECKS)
    if unknown := set(names) - set(CHECKS):
        cli.error(f"no such check: {', '.join(sorted(unknown))}")
    broken = []
    with ThreadPoolExecutor(2) as pool:
        for name, (good, said, seconds) in zip(names, pool.map(lambda n: run(n, ask.root), names), strict=True):
            print(f"{'ok  ' if good else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
            if not good:
                broken.append(name)
                print(said.rstrip(), flush=True)
            elif said.startswith("SKIPPED"):
                print(f"     {said.strip()}", flush=True)
    if broken:
        print(f"checks: {', '.join(broken)} failed", file=sys.stderr)
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
