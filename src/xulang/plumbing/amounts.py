"""Whole numbers as people and spreadsheets write them."""

import re

DIGITS = 16  # at most
PARTED = re.compile(r"[ .,\u00a0\u202f]")


def whole(typed: str) -> int | None:
    """A whole number, in groups of three parted by dots, commas or blanks, or in none; None where it is no such."""
    head, *groups = PARTED.split(typed.strip())
    digits = "".join([head, *groups])
    fit = digits.isascii() and digits.isdecimal() and len(digits) <= DIGITS
    return int(digits) if fit and head and all(len(group) == 3 for group in groups) else None
