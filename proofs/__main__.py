"""Runs the proofs, all or those named: `python -m proofs [NAME …]`. Each writes docs/proofs/NAME.md."""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def main() -> int:
    """0 where every proof holds. A module of this package is a proof where it has `prove(state, result)`.

    `state` is a folder of the proof's own, where it keeps what is done, so that a run that was cut goes on;
    `result` is the page it writes.
    """
    names = sorted(m.name for m in pkgutil.iter_modules([str(HERE)]) if not m.name.startswith("_"))
    cli = argparse.ArgumentParser(prog="python -m proofs", description=__doc__)
    cli.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    ask = cli.parse_args()
    if unknown := set(ask.names) - set(names):
        cli.error(f"no such proof: {', '.join(sorted(unknown))}")
    failed = []
    for name in ask.names or names:
        state = ROOT / ".var" / "proofs" / name
        state.mkdir(parents=True, exist_ok=True)
        result = ROOT / "docs" / "proofs" / f"{name}.md"
        result.parent.mkdir(parents=True, exist_ok=True)
        good = importlib.import_module(f"proofs.{name}").prove(state, result)
        print(f"{name}: {'holds' if good else 'DOES NOT HOLD'}, see {result.relative_to(ROOT)}")
        if not good:
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
