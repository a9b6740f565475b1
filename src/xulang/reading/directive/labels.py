"""The numbers and bullets that lines begin with: "II.", "3.2.", "a)", "Điều 5.", "-"."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from xulang.reading.text.level import UPPER
from xulang.reading.text.spans import Span

Kind = Literal[
    "annex", "part", "chapter", "heading", "article", "upper", "roman", "number", "dotted", "letter", "paren", "bullet"
]

# The order in which the kinds of an official paper stand in one another.
RANK: dict[Kind, int] = {
    "annex": 0, "part": 1, "chapter": 2, "heading": 3, "article": 4, "upper": 5, "roman": 6,
    "number": 7, "dotted": 8, "letter": 9, "paren": 10, "bullet": 11,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A number or bullet at the head of a line. `key` is how it stands in an id: "II", "3.2", "a", "Điều 5"."""

    at: Span
    kind: Kind
    key: str
    parts: tuple[int, ...]  # its value; one number for each dot


_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"  # a), b), c), d), đ), e), g) …
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WORDS = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}

_R = r"[IVXL]{1,6}"
_KEY = rf"(?:thứ[ ]+)?(?:\d{{1,3}}|{_R}|[A-D]|(?:{'|'.join(_WORDS)}))(?![\w/])"
_WORDED = re.compile(
    rf"[*_]*(?P<word>Phụ lục|Phần|Chương|Mục|Tiểu mục|Điều)(?!\w)[ ]*(?P<key>{_KEY})?[ ]*"
    r"(?P<end>[.:\-–]?)",  # both dashes are printed
    re.IGNORECASE,
)
_PLAIN = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("dotted", r"(?P<key>\d{1,2}(?:\.\d{1,2}){1,4})(?:[.)]|(?=[ \t\n]|$))[ \t]*(?!\d)"),
        ("number", r"(?P<key>\d{1,3})(?:[.)](?!\d)|[\-–/](?=[ \t]))[ \t]*(?=\S|$)"),
        ("roman", rf"(?P<key>{_R})(?:[.)]|[\-–/](?=[ \t{UPPER}]))[ \t]*(?=\S|$)"),
        ("upper", r"(?P<key>[A-Z])[.)](?=[ \t]|$)[ \t]*"),
        ("letter", r"(?P<key>[a-zđ])(?:\)|[.](?=[ \t]|$)|/(?=[ \t]))[ \t]*"),
        ("paren", r"\((?P<key>\d{1,2}|[ivx]{1,4}|[a-zđ])\)[ \t]*"),
        ("bullet", r"(?P<key>[-–—+*•▪●○◦·►❖✓➢→]|o(?=\t)|\uf0b7|\uf02d|\uf0a7|\uf076|\uf0d8|\uf0fc)[ \t]*(?=\S|$)"),
    )
)


# As recognition leaves them: "IH." and "II" without its dot over capitals, "7,", "ø)", "ce)".
_SCANNED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?P<key>\d{1,2})(?:[,;]|[^\W\d_][.\-])(?=[ \t])[ \t]*")),
    ("roman", re.compile(rf"(?P<key>[IVXHLl1|]{{1,5}})[.,)\-]?[ \t]+(?=[{UPPER}][{UPPER} ,\-]{{5,}})")),
    ("roman", re.compile(rf"(?P<key>[IVXHLl|]{{2,5}})[.,][ \t]+(?=[{UPPER}])")),
    ("letter", re.compile(r"(?P<key>[^\W\d]{1,2})\)[ \t]*")),
)


def label_of(text: str, at: Span, *, scanned: bool = False) -> Label | None:
    """The label that the line begins with, or None. `scanned`: recognised from a picture, so badly printed ones too."""
    head = text[at.start : min(at.end, at.start + 60)]
    lead = len(head) - len(head.lstrip(" \t\u00a0"))
    worded = _WORDED.match(head, lead)
    if worded and (worded["key"] or worded["word"].casefold() == "phụ lục"):
        return _worded(head, worded, at)
    for kind, form in _PLAIN:
        match = form.match(head, lead)
        if match:
            place = Span(at.start + match.start(), at.start + len(head[: match.end()].rstrip(" \t")))
            return _plain(kind, match["key"], place)  # type: ignore[arg-type]  # kind is out of _PLAIN
    for kind, form in _SCANNED if scanned else ():
        match = form.match(head, lead)
        if match:
            return _plain(kind, match["key"], Span(at.start + match.start(), at.start + match.end()))
    return None


_LIKE = {
    "c": "e ce o €",
    "g": "ø 8 9 q",
    "đ": "d ä",
    "d": "đ",
    "e": "c ê",
    "b": "h 6",
    "a": "ä à",
}  # taken for one another
# What recognition makes of a figure; where the figure is due, one of these stands for it.
_FIGURES = {
    1: "l i 7 t",
    2: "z",
    3: "8 5",
    4: "a",
    5: "s š 9 3 6 8",
    6: "o ó ô g b 0 8",
    7: "t 1",
    8: "b s 3 6 0",
    9: "g q 0 8",
    0: "o",
}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def following(label: Label, above: Label) -> Label:
    """A badly recognised label as the one that follows `above`, where it can be that: "IH." after "II" is "III"."""
    value = above.parts[0] + 1
    if label.parts[0] == value:
        return label
    if label.kind == "number":
        last = str(value)[-1]
        alike = label.key.lower()[-1:] in _FIGURES[int(last)].split() and label.parts[0] not in (1, value + 1)
        return replace(label, key=str(value), parts=(value,)) if alike else label
    if label.kind == "roman" and value <= len(_NUMERALS):
        return replace(label, key=_NUMERALS[value - 1], parts=(value,))
    if label.kind == "letter" and value <= len(_VIETNAMESE):
        for ahead in (value, value + 1):
            right = _VIETNAMESE[ahead - 1 : ahead]
            if right and label.key.lower() in _LIKE.get(right, "").split():
                return replace(label, key=right, parts=(ahead,))
    return label


_WORD_KINDS: dict[str, Kind] = {
    "phụ lục": "annex",
    "phần": "part",
    "chương": "chapter",
    "mục": "heading",
    "tiểu mục": "heading",
    "điều": "article",
}


def _worded(head: str, match: re.Match[str], at: Span) -> Label | None:
    word, key, tail = match["word"].casefold(), match["key"] or "", head[match.end() :]
    if word in ("điều", "mục") and tail[:1].isalpha() and tail[:1].islower() and not match["end"]:
        return None  # "Điều 5 của Luật …" in prose, not the head of an article
    if word == "phụ lục" and (head.strip()[:1].islower() or tail.strip()[:1].islower()):
        return None  # "Phụ lục kèm theo …" in prose
    if word in ("phần", "chương", "mục") and tail.strip()[:1].islower():
        return None
    place = Span(at.start + match.start(), at.start + len(head[: match.end()].rstrip(" \t")))
    value = _value(key.casefold().removeprefix("thứ").strip()) or 1
    kind = _WORD_KINDS[word]
    if kind == "annex":
        return Label(place, kind, f"PL{value}", (value,))
    shown = key.upper() if re.fullmatch(_R, key, re.IGNORECASE) else key
    return Label(place, kind, f"{word.capitalize()} {shown}", (value,))


def _plain(kind: Kind, key: str, place: Span) -> Label:
    if kind == "dotted":
        return Label(place, kind, key, tuple(int(part) for part in key.split(".")))
    if kind == "bullet":
        return Label(place, kind, key, ())
    if kind in ("letter", "upper"):
        return Label(place, kind, key, (_VIETNAMESE.find(key.lower()) + 1,))
    return Label(place, kind, key, (_value(key.casefold()) or _VIETNAMESE.find(key) + 1,))


def _value(key: str) -> int:
    if key.isdecimal():
        return int(key)
    if key in _WORDS:
        return _WORDS[key]
    if key and all(char in _ROMAN for char in key):
        digits = [_ROMAN[char] for char in key]
        return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
    return 0
