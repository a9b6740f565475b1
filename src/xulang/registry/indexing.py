"""What of a directive can be found: its heading, and its text in passages."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from xulang.plumbing.searching import Source, Text, follow
from xulang.registry.models import Directive

HEADINGS = "directive"
PASSAGES = "passage"
_LONGEST = 1200  # a passage longer than this is parted at a line


def _heading(directive: Directive) -> list[Text]:
    told = [directive.code, directive.type, directive.title, directive.issuer]
    return [(0, ". ".join(part for part in told if part))]


def _passages(directive: Directive) -> list[Text]:
    return [] if directive.reading is None else list(passages_of(directive.reading))


def passages_of(reading: Mapping[str, Any]) -> Iterator[Text]:
    """The text of a reading (`xulang.reading/1`) cut at the lines in which a section or a task begins.

    Each passage begins at a line that is not empty; together they leave out nothing but blank lines.
    """
    text: str = reading["text"]
    begins = sorted(part["at"][0] for part in (*reading["sections"], *reading["tasks"]))
    start, held, at = 0, "", 0
    for line in re.split(r"(?<=\n)", text):
        cut = any(at <= begin < at + len(line) for begin in begins)
        if held.strip() and (cut or len(held) + len(line) > _LONGEST):
            yield start, held.rstrip()
            held = ""
        if not held.strip():
            start, held = at, ""
        held += line
        at += len(line)
    if held.strip():
        yield start, held.rstrip()


def start() -> None:
    """Lets directives be found from here on."""
    follow(
        Source(HEADINGS, Directive, frozenset({"number", "code", "type", "title", "issuer"}), _heading),
        Source(PASSAGES, Directive, frozenset({"text", "reading"}), _passages),
    )
