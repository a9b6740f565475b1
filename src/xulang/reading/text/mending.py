"""Marks that recognition lost or changed, put right where the words are known; every character keeps its place.

"tô chức" becomes "tổ chức", "UY BAN NHAN DAN" "ỦY BAN NHÂN DÂN": the letters without their marks agree with a known
phrase of two words and more, and with one only. A place is mended by the way the paper itself writes it most often.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from xulang.reading.text.level import LOWER, UPPER, level
from xulang.reading.text.lexicon import lexicon


def _bare(char: str) -> str:
    return "d" if char == "đ" else unicodedata.normalize("NFD", char)[0]


_MARKS = str.maketrans({char: _bare(char) for char in LOWER if len(char) == 1 and ord(char) > 127} | {"ð": "d"})


def bare(low: str) -> str:
    """Level text without any mark; the same length."""
    return low.translate(_MARKS)


# Specks and rules of the page between the words.
_SPECKS = str.maketrans(dict.fromkeys("|¦`", " "))
_HEAD = re.compile(r"(?<!\w)s\S[ ]+")  # "Sử Thông tin", "S8 GD&ĐT": a department, where its name follows
_PLACE = re.compile(
    rf"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)[ ](?:[{UPPER}][{LOWER}]+)(?:[ ][{UPPER}][{LOWER}]+){{1,3}}"
)


def mended(text: str, phrases: Iterable[str]) -> str:
    """The text with known phrases put right; the same length. `phrases` are in level spelling."""
    low = level(text)
    right = _by_letters(phrases) | _places(text)
    found = re.compile(rf"(?<![\w/\-])(?:{'|'.join(sorted(map(re.escape, right), key=len, reverse=True))})(?!\w)")
    out = list(text.translate(_SPECKS))
    for match in _HEAD.finditer(low):
        if lexicon().domain.match(low, match.end()) is None:
            continue
        out[match.start() + 1] = "Ở" if text[match.start() + 1].isupper() else "ở"
    for match in found.finditer(bare(low)):
        phrase, written = right[match.group()], text[match.start() : match.end()]
        if not written.isupper() and any(len(word) > 1 and word.isupper() for word in written.split()):
            continue  # "149-KH/TU ngày" is no "từ ngày"
        for place, char in enumerate(phrase, match.start()):
            if char != low[place]:
                out[place] = char.upper() if text[place].isupper() else char
    return "".join(out)


def _by_letters(phrases: Iterable[str]) -> dict[str, str]:
    """Phrases by their letters without marks; two that differ only by marks cannot mend anything."""
    right: dict[str, str] = {}
    doubtful = set()
    for phrase in phrases:
        if " " not in phrase:
            continue
        letters = bare(phrase)
        if right.setdefault(letters, phrase) != phrase:
            doubtful.add(letters)
    return {letters: phrase for letters, phrase in right.items() if letters not in doubtful}


def _places(text: str) -> dict[str, str]:
    """How the paper writes the places it names, where it does so twice or more."""
    counted: dict[str, Counter[str]] = {}
    for name in _PLACE.findall(text):
        counted.setdefault(bare(level(name)), Counter())[level(name)] += 1
    best = {letters: names.most_common(1)[0] for letters, names in counted.items()}
    return {letters: name for letters, (name, times) in best.items() if times > 1}
