"""What is shown of a task: its words without labels, units and time. PURE."""

import re
from typing import Any


def title_of(found: dict[str, Any], text: str) -> str:
    """What is shown of a task: its words without the label and without the lines that only tell units and time.

    Blanks are evened out; the passage keeps the very words.
    """
    start, end = found["at"]
    told = [unit["at"] for unit in [*found["lead"], *found["coordinating"]]]
    told += [found["deadline"]["at"]] if found["deadline"]["at"] else []
    lines: list[str] = []
    offset = start
    for line in text[start:end].split("\n"):
        label = ":" in line and any(offset <= at[0] < offset + len(line) for at in told)
        if found["origin"] != "line" or not label or not lines:
            lines.append(line)
        offset += len(line) + 1
    title = evened("\n".join(lines))
    return _LABEL.sub("", title, count=1) or title


def evened(text: str) -> str:
    """The text with single blanks and no empty lines: a heading keeps its line, and with it the whole its headline."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


_LABEL = re.compile(r"\A(?:[-–+•*]|(?:\d+|[IVXLC]+|[a-zđ])(?:\.\d+)*[.)])\s+")
