"""Sums of money as they are written in Vietnamese."""

import re

from xulang.reading.text.spans import Span

_NUMBER = r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_UNIT = r"nghìn tỷ đồng|tỷ đồng|tỉ đồng|triệu đồng|nghìn đồng|ngàn đồng|đồng|vnđ|vnd|usd"
_AMOUNT = re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER})[ ]*(?P<unit>{_UNIT})(?!\w)(?!/)")
_SCALE = {"nghìn tỷ": 10**12, "tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}


def find_amounts(low: str, start: int = 0, end: int | None = None) -> list[tuple[str, Span]]:
    """Each sum in level text with its place; đồng come out in full ("1.250.000"), other currencies with their name."""
    sums = []
    for match in _AMOUNT.finditer(low, start, len(low) if end is None else end):
        number = float(re.sub(r"[.\s]", "", match["number"]).replace(",", "."))
        scale = next((factor for word, factor in _SCALE.items() if match["unit"].startswith(word)), 1)
        value = f"{round(number * scale):,}".replace(",", ".")
        sums.append((value + (" USD" if match["unit"] == "usd" else " đồng"), Span(*match.span())))
    return sums
