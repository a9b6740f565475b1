"""The reader's knowledge, out of the TOML files beside it, read once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xulang.reading.text.level import choice, level


def table(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Types:
    """Names of types and their abbreviations. Keys of `by_name` are in level text."""

    by_name: dict[str, str]
    by_symbol: dict[str, str]
    names: str  # a pattern for any name, for level text
    cited: str  # the same with the short words that stand before a number


@cache
def types() -> Types:
    """Types of official papers."""
    raw = table("types.toml")
    by_name = {level(name): code for name, code in raw["types"].items()}
    cited = by_name | {level(name): code for name, code in raw["aliases"].items()}
    by_symbol = {code: code for code in raw["types"].values() if code not in ("L", "BL")} | raw["symbols"]
    return Types(cited, by_symbol, choice(tuple(by_name)), choice(tuple(cited)))


@cache
def cues() -> dict[str, Any]:
    """The words that signal something in a directive (cues.toml)."""
    return table("cues.toml")


@cache
def cue(*path: str) -> re.Pattern[str]:
    """A pattern for level text out of a list of cues.toml: any entry, as whole words."""
    entries: Any = cues()
    for key in path:
        entries = entries[key]
    return re.compile(rf"(?<!\w)(?:{choice(entries)})(?!\w)")
