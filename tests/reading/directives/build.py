"""Writes the tests' own papers as files, each with its gold beside it: `python …/build.py FOLDER`."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from reading.truth import parse  # noqa: E402
from reading.typist import type_paper  # noqa: E402


def build(folder: Path) -> None:
    """One file and one NAME.gold.json for each NAME.paper."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(HERE.glob("*.paper")):
        case = parse(source)
        type_paper(case.blocks, folder / case.file)
        gold = json.dumps(case.gold, ensure_ascii=False, indent=1)
        (folder / f"{case.name}.gold.json").write_text(gold + "\n", "utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
