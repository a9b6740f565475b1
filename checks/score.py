"""Accuracy of the directive reader on the real papers beside the project, where they are there."""

import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from xulang.adapters.conversion import LibreOffice
from xulang.adapters.recognition import Tesseract
from xulang.reading.directive.read import read_file

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus" / "directives"
SCORER = SHARED / "tools" / "score_reading.py"
READINGS = Path(".var") / "readings"
FLOORS = ["--floor", "0.97", "--kind-floor", "0.93", "--scan-floor", "0.88"]
GOLD = ".gold.json"


def read_one(paper: Path) -> str:
    """Reads one paper through the real door, writes its reading, and gives its name back."""
    reading = read_file(paper.read_bytes(), name=paper.name, recognise=Tesseract(1), convert=LibreOffice())
    written = json.dumps(reading.as_contract(), ensure_ascii=False, indent=1)
    READINGS.joinpath(f"{paper.stem}.json").write_text(written, "utf-8")
    return paper.name


def main() -> int:
    """0 where every floor is held, or the papers are not here; else the scorer's own code."""
    if not CORPUS.is_dir() or not SCORER.is_file():
        print(f"score: the real papers are not here ({CORPUS}); nothing was measured.")
        return 0
    READINGS.mkdir(parents=True, exist_ok=True)
    named = {gold.name.removesuffix(GOLD) for gold in CORPUS.glob(f"*{GOLD}")}
    papers = sorted(path for path in CORPUS.iterdir() if path.stem in named and path.suffix != ".json")
    with ProcessPoolExecutor() as pool:
        for number, name in enumerate(pool.map(read_one, papers), 1):
            print(f"score: {number}/{len(papers)} {name}", file=sys.stderr)
    return subprocess.run([sys.executable, str(SCORER), str(CORPUS), str(READINGS), *FLOORS, *sys.argv[1:]]).returncode


if __name__ == "__main__":
    sys.exit(main())
