"""Numbers as prose tells them: "12 lớp", "mười hai lớp", "hơn 1,2 nghìn lượt người". PURE."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xulang.papers.money_words import in_words


@dataclass(frozen=True, slots=True)
class Said:
    """A number before a word that names an indicator, as it stands ("hơn 500"); figures from `low` to `high` fit."""

    low: int
    high: int
    text: str
    word: str

    def fits(self, value: int) -> bool:
        """Whether a figure is what was said."""
        return self.low <= value <= self.high


_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6}
# How far a figure may lie below and above the number, in fifths of it.
_ABOUT = {"hơn": (0, 1), "trên": (0, 1), "gần": (1, 0), "khoảng": (1, 1), "ước": (1, 1), "xấp xỉ": (1, 1)}
_SPOKEN = {"ngàn": "nghìn", "lẻ": "linh", "bẩy": "bảy"}  # said as well, and how our own words have it
_DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
_DIGITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_WORD = rf"(?:{'|'.join(sorted({*_DIGITS, *_SPOKEN, 'linh', 'mười', 'mươi', 'trăm', 'nghìn', 'triệu'}))})"
# Words after which a number is an ordinal, or "năm" a year: "buổi thứ ba lớp đi", "trong năm lớp nào cũng".
_NO_NUMBER = "".join(rf"(?<!{word}\ )" for word in ("thứ", "tháng", "quý", "trong", "mỗi", "cả", "từng"))
_NUMBER = re.compile(
    rf"""
    (?:\b(?P<about>{"|".join(map(re.escape, _ABOUT))})\s+)?
    (?:
        (?<![\w.,/])(?P<digits>\d{{1,3}}(?:\.\d{{3}}){{1,4}}|\d{{1,15}})(?:,(?P<part>\d{{1,6}}))?(?![\d/])
        (?:\s*(?P<scale>{"|".join(_SCALES)})\b)?
      | \b{_NO_NUMBER}(?P<words>{_WORD}(?:\s+{_WORD})*)\b
    )
    (?:\s*\([^()]*\))?\s*  # "12 (mười hai)"
    """,
    re.VERBOSE,
)


def said(text: str, words: Iterable[str]) -> list[Said]:
    """The numbers that prose gives before one of the words, in their order.

    The longest word that fits is taken, so "3 lớp học" is not read where only "lớp học viên" is known. A number with
    "hơn", "gần", "khoảng" fits figures up to a fifth off; one that is cut off ("1,2 triệu") those that round to it.
    """
    known = sorted({word.lower() for word in words}, key=lambda word: (-len(word), word))
    return list(_said(text.lower(), known))


def _said(low: str, known: list[str]) -> Iterator[Said]:
    for match in _NUMBER.finditer(low):
        rest = low[match.end() :]
        named = next((w for w in known if rest.startswith(w) and not rest[len(w) : len(w) + 1].isalpha()), None)
        value, near = _written(match) if match["digits"] else (in_figures(match["words"]), 0)
        if named and value is not None:
            below, above = (fifths * (value // 5) for fifths in _ABOUT.get(match["about"] or "", (0, 0)))
            yield Said(value - (below or near), value + (above or near), match[0].strip(), named)


def _written(match: re.Match[str]) -> tuple[int | None, int]:
    """A number in digits, and how far a figure may lie off that rounds to it: "1,2 triệu" → (1200000, 50000)."""
    part, scale = match["part"] or "", _SCALES.get(match["scale"] or "", 1)
    step, broken = divmod(scale, 10 ** len(part))
    if broken:
        return None, 0  # a share or a measure ("1,5 buổi"), no count
    value = int(match["digits"].replace(".", "") + part) * step
    rounded = not match["about"] and scale > 1 and value >= 10 * step  # to "2 nghìn" too much would round
    return value, step // 2 if rounded else 0


def in_figures(words: str) -> int | None:
    """A number in words, up to a thousand million: "một trăm linh năm" → 105; None where they are none.

    What is read has to be written the same by our own writer, so "năm mươi năm" ("fifty years") is no 55; "không" is
    mostly no nought ("không lớp nào bị hoãn").
    """
    spoken = [_SPOKEN.get(word, word) for word in words.split()]
    whole = group = 0
    for word in spoken:
        if word in _DIGITS:
            group += _DIGITS[word]
        elif word == "mười":
            group += 10
        elif word in ("mươi", "trăm"):
            last = group % 10
            group += last * (9 if word == "mươi" else 99)
        elif word in _SCALES:
            whole, group = whole + group * _SCALES[word], 0
    value = whole + group
    told = " ".join(spoken).replace("mươi bốn", "mươi tư")
    return value if value and in_words(value).removesuffix(" đồng").lower() == told else None
