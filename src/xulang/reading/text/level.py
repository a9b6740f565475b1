"""One spelling to match against: lower case, one place for tone marks, one blank, one dash, one quote; same length.

Every character keeps its place, so a place found in the level text is a place in the original.
"""

import re
from collections.abc import Iterable

# Dashes, blanks and quotes that mean the same. Each is one code point for one code point.
_ALIKE = {"–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " "} | {
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "⁄": "/",
    "∕": "/",
    "：": ":",
    "；": ";",
    "，": ",",
}
_OTHER = re.compile(f"[{''.join(_ALIKE)}]")

# Old and new placing of the tone mark on a final oa, oe, uy: "hoà" and "hòa", "uỷ" and "ủy" are one word.
_OLD = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_NEW = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TONES = dict(zip(_OLD, _NEW, strict=True))
_TONE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")  # "quý" keeps its mark


# Vietnamese letters, for character classes over text as written.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = UPPER.lower()


def level(text: str) -> str:
    """The text in one spelling; `len(level(text)) == len(text)`."""
    low = text.lower()
    if len(low) != len(text):  # a few foreign capitals become two letters; those stay as they are
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    low = _OTHER.sub(lambda found: _ALIKE[found.group()], low)
    return _TONE.sub(lambda found: _TONES[found.group()], low)


def choice(entries: Iterable[str]) -> str:
    """A pattern for one of the entries, the longest first, written as in `level`."""
    tall = sorted({level(entry) for entry in entries}, key=lambda entry: (-len(entry), entry))
    return "|".join(re.escape(entry).replace("\\ ", " ") for entry in tall)
