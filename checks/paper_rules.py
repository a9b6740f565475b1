"""The table of form rules in docs/papers.md, made of the data that the checker reads."""

import sys
from pathlib import Path

from xulang.papers.checking.rules import rules
from xulang.papers.layout import editions

PAGE = Path(__file__).resolve().parent.parent / "docs" / "papers.md"
BEGIN, END = "<!-- rules: made by `python -m checks.paper_rules` -->", "<!-- end of rules -->"


def table() -> str:
    """Every rule of the newest edition as a row."""
    layout = editions()[-1]
    rows = [f"| `{rule.id}` | {rule.title} | {rule.article} |" for rule in rules(layout).values()]
    head = f"{len(rows)} rules of {layout.source}, in force from {layout.valid_from:%d/%m/%Y}.\n"
    return "\n".join([head, "| rule | asks for | says so |", "| --- | --- | --- |", *rows])


def made(page: str) -> str:
    """The page with the table as it must be."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    """Writes the page again."""
    PAGE.write_text(made(PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
