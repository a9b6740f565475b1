"""The reader's knowledge, out of the TOML files beside it, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xulang.reading.text.level import choice, level
from xulang.reading.text.lexicon import spoken_names
from xulang.reading.text.phrases import Phrases, listed

_META = ("source", "date")


def table(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


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
    return Types(cited, by_symbol, choice(by_name), choice(tuple(cited)))


@cache
def phrases() -> tuple[str, ...]:
    """Every known phrase of more than one word, in level spelling: what a scan's lost marks are put right by."""
    named = [types().by_name, spoken_names(), _strings(cues())]
    positions = [f"phó {position}" for position in cues()["signature"]["positions"]]
    return tuple({level(name) for names in (*named, positions) for name in names if " " in name})


def _strings(table_: Any) -> list[str]:
    if isinstance(table_, str):
        return [table_]
    inside = table_.values() if isinstance(table_, dict) else table_ if isinstance(table_, list) else []
    return [word for part in inside for word in _strings(part)]


@cache
def cues() -> dict[str, Any]:
    """The words that signal something in a directive (cues.toml)."""
    raw = table("cues.toml")
    return {
        part: {key: listed(value) for key, value in lists.items()} for part, lists in raw.items() if part not in _META
    }


@cache
def cue(part: str, key: str) -> Phrases:
    """A list of cues.toml, to be found in level text."""
    return Phrases(cues()[part][key])
