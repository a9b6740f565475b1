"""Amounts of every length, an independent reader of their words, and an ear for how they may not be said."""

import random
import re

VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def read(words: str) -> int:
    """An amount out of its words, from right to left by units: nothing of this is shared with the writer."""
    heard = words.lower().removesuffix(" đồng").split()
    return _sum(heard)


def _sum(heard: list[str]) -> int:
    for unit, worth in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3)):
        if unit in heard:
            at = len(heard) - 1 - heard[::-1].index(unit)
            return _sum(heard[:at]) * worth + _sum(heard[at + 1 :])
    total, digit = 0, 0
    for word in heard:
        if word == "trăm":
            total, digit = total + 100 * digit, 0
        elif word == "mươi":
            total, digit = total + 10 * digit, 0
        elif word == "mười":
            total, digit = total + 10, 0
        elif word != "linh":
            digit = VALUES[word]
    return total + digit


# What nobody says: một, bốn, năm after tens; mốt, tư, năm after ten; mốt, tư, lăm after linh; a lone unit without linh.
_MISSPOKEN = re.compile(
    r"mươi (một|bốn|năm)\b|mười (mốt|tư|năm)\b|linh (mốt|tư|lăm)\b|không mươi|(?<!trăm )linh|  |"
    r"trăm (một|hai|ba|bốn|năm|sáu|bảy|tám|chín)\b(?! mươi)|(nghìn|triệu) (không )?(?:nghìn|triệu|tỷ .*tỷ)"
)


def misspoken(words: str) -> bool:
    """Whether the words are put together as nobody says them."""
    return bool(_MISSPOKEN.search(words.lower()))


def drawn(chance: random.Random) -> int:
    """An amount of 1 to 15 digits, of which three in ten are round: where groups are empty."""
    dong = chance.randrange(10 ** chance.randint(1, 15))
    return dong - dong % 10 ** chance.randint(1, 9) if chance.random() < 0.3 else dong
