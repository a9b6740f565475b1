"""Runs the measures and prints them as a table; ends with 1 where one is not met."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def main() -> int:
    """0 where all that was asked for is met."""
    from rich.console import Console
    from rich.table import Table

    from bench import boards, clock, measures, offering, reporting, searches, written

    rooms = (measures, written, searches, boards, clock, offering, reporting)
    known = {name: measure for room in rooms for name, measure in room.MEASURES.items()}
    cli = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    cli.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    ask = cli.parse_args()
    if unknown := set(ask.names) - set(known):
        cli.error(f"no such measure: {', '.join(sorted(unknown))}")
    table = Table("", "ours", "beside", "asked", "", title="Speed", title_justify="left")
    good = True
    for name in ask.names or known:
        result = known[name]()
        good &= result.met
        table.add_row(result.name, result.ours, result.beside, result.asked, "met" if result.met else "NOT MET")
        print(
            f"{name}: {result.ours}; {result.beside}; {result.asked}: {'met' if result.met else 'NOT MET'}",
            file=sys.stderr,
        )
    Console(width=130).print(table)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
