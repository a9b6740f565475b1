"""docs/papers.md tells the rules that the checker has, and its example runs."""

import re
import runpy
from pathlib import Path

from xulang.papers.checking.check import check

PAGE = Path(__file__).resolve().parents[2] / "docs" / "papers.md"


def test_the_table_is_fresh() -> None:
    page = PAGE.read_text("utf-8")
    made = runpy.run_path(str(PAGE.parents[1] / "checks" / "paper_rules.py"))["made"]
    assert page == made(page), "run: python -m checks.paper_rules"


def test_the_example_runs() -> None:
    [example] = re.findall(r"((?:^ {4}.*\n|^\n)+)", PAGE.read_text("utf-8").split("## Writing")[1], re.MULTILINE)[:1]
    names: dict[str, bytes] = {}
    exec(re.sub(r"^ {4}", "", example, flags=re.MULTILINE), names)
    assert check(names["data"]) == []
