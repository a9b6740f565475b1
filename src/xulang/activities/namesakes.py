"""One partner written in several ways: whether two names mean the same body or person. PURE.

A name with any Vietnamese mark is held against another one mark by mark, wherever the tone is set (hoà, hòa); a name
without any may be one that was typed without. What the words say (numbers, fields, places) must be the same; letters of
a Vietnamese word are never guessed, one slip in a long foreign word is.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from xulang.plumbing.folding import fold

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_LONG = 7  # letters of a word in which one slip is forgiven


@cache
def _written_out() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    table = tomllib.loads(files("xulang.activities").joinpath("data/partner_words.toml").read_text("utf-8"))
    rows = [(tuple(_split(short)), tuple(_split(full))) for short, full in table["word"].items()]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _split(name: str) -> list[str]:
    """The words in small letters, each with its quality marks in place and its tone behind it: "hòa" → "hoa\u0300"."""
    text = unicodedata.normalize("NFC", name).lower().replace("ð", "đ").replace("&", " và ")
    return [_word(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))]


def _word(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in apart if char in _TONES)
    letters = unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))
    if re.fullmatch(r"[bcdđghklmnrstvx]+y", letters):  # kỹ, kĩ; mỹ, mĩ
        letters = letters[:-1] + "i"
    return letters + tones


@cache
def words(name: str) -> tuple[str, ...]:
    """The name's words written out: "Cty TNHH Hoà & Bạn" has those of "Công ty trách nhiệm hữu hạn Hòa và Bạn"."""
    told, out = _split(name), list[str]()
    while told:
        for short, full in _written_out():
            if tuple(told[: len(short)]) == short:
                out += full
                told = told[len(short) :]
                break
        else:
            out.append(told.pop(0))
    return tuple(out)


def same(one: str, other: str, *, persons: bool = False) -> bool:
    """Whether both names mean one. Persons' names may stand in another order.

    >>> same("Công ty Hoà Bình", "CTY HÒA BÌNH"), same("Hòa Bình", "Hoa Bình")
    (True, False)
    """
    mine, theirs = words(one), words(other)
    if not (_marked(one) and _marked(other)):
        mine, theirs = tuple(map(fold, mine)), tuple(map(fold, theirs))
    orders = _orders(theirs) if persons else (theirs,)
    return bool(mine) and any(_alike(mine, order) for order in orders)


def _marked(name: str) -> bool:
    """Whether it was typed with marks; đ alone is none, and what an abbreviation stands for has not been typed."""
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", name))


def _orders(told: tuple[str, ...]) -> set[tuple[str, ...]]:
    """As it stands, turned round, and written from behind; never the middle name for the given one."""
    turned = {told[n:] + told[:n] for n in range(len(told))}
    return turned | {told[::-1]}


def _alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if len(mine) != len(theirs):
        return "".join(mine) == "".join(theirs)  # Nam Ninh, Namninh
    slips = 0
    for here, there in zip(mine, theirs, strict=True):
        if here != there:
            if min(len(here), len(there)) < _LONG or not _one_slip(here, there):
                return False
            slips += 1
    return slips <= 1


def _one_slip(here: str, there: str) -> bool:
    """One letter more, less, other, or two changed about."""
    return not any(char.isdigit() for char in here + there) and OSA.distance(here, there) <= 1
