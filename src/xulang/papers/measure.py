"""How long a line of Times New Roman is, so that the rules beneath can be drawn and measured."""

import unicodedata
from functools import cache

from xulang.papers.layout import table


@cache
def _widths(bold: bool, italic: bool) -> dict[str, int]:
    raw = table("times_widths.toml")
    face = {(0, 0): "regular", (1, 0): "bold", (0, 1): "italic", (1, 1): "bold_italic"}[bold, italic]
    return dict(zip(raw["letters"], raw[face], strict=True))


@cache
def _base(letter: str) -> str:
    """The letter that is as wide: without tone, and without any mark but the horn of ơ and ư."""
    parts = unicodedata.normalize("NFD", letter)
    horned = parts[0] + "\u031b" if "\u031b" in parts else parts[0]
    return unicodedata.normalize("NFC", horned)


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """The length of a line in points; a letter that is not in the table counts half its size."""
    widths = _widths(bold, italic)
    return sum(widths.get(c) or widths.get(_base(c), 500) for c in unicodedata.normalize("NFC", text)) * size / 1000
