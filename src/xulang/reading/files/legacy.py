"""Vietnamese text from before Unicode: TCVN3 (ABC) and VNI, known by their fonts or by their letters.

The tables are those of TCVN 5712:1993 (VN3) and of VNI for Windows, as the code points that Windows-1252 shows for
their bytes. TCVN3 has no marked capitals but Ă Â Ê Ô Ơ Ư Đ: fonts whose names end in H draw capitals instead.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Encoding = Literal["tcvn3", "tcvn3-capitals", "vni"]

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®" "µ¶·¸¹»¼½¾ÆÇÈÉÊË" "ÌÎÏÐÑÒÓÔÕÖ" "×ØÜÝÞ" "ßáâãäåæçèéêëìíî" "ïñòóôõö÷øù" "úûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđ" "àảãáạằẳẵắặầẩẫấậ" "èẻẽéẹềểễếệ" "ìỉĩíị" "òỏõóọồổỗốộờởỡớợ" "ùủũúụừửữứự" "ỳỷỹýỵ",
        strict=True,
    )
)  # fmt: skip

# VNI writes a letter and then its marks as one more letter; a few letters have one code of their own.
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301",
    "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_ALONE |= {old.upper(): new.upper() for old, new in _ALONE.items()}
_PAIR = re.compile("([aeouyôö])([ùøûõïâáàåãäêéèúüë])|[ôöñæóòîíì]", re.IGNORECASE)

# A line, some words up to a gap or a mark, or one word, without a small letter of those that have capitals.
_CAPITALS = re.compile(
    r"^[^a-z\n]+$|(?<!\S)[^\sa-z]+(?: [^\sa-z]+){1,12}(?=[:;]| *$|\s{2}|\t)|"
    r"(?<![^\s(\"'/.])[^\sa-z]+(?![^\s,.;:)\"'/])",
    re.MULTILINE,
)

# Frequent syllables of official papers: text that has next to none of them is no Vietnamese, or in an old encoding.
_FREQUENT = frozenset(
    [
        "của",
        "và",
        "các",
        "được",
        "trong",
        "về",
        "thực",
        "hiện",
        "nhân",
        "dân",
        "ủy",
        "uỷ",
        "số",
        "ngày",
        "tháng",
        "năm",
        "tỉnh",
        "huyện",
        "xã",
        "đơn",
        "vị",
        "tổ",
        "chức",
        "kế",
        "hoạch",
        "quyết",
        "định",
        "đồng",
        "chủ",
        "tịch",
        "phòng",
        "sở",
        "nhiệm",
        "vụ",
        "văn",
        "bản",
        "cộng",
        "hòa",
        "hoà",
        "xã",
        "hội",
        "nghĩa",
        "độc",
        "lập",
        "hạnh",
        "phúc",
        "nơi",
        "nhận",
    ]
)


def encoding_of_font(font: str) -> Encoding | None:
    """The old encoding that a font of this name is made for: ".VnTime", ".VnTimeH" (capitals), "VNI-Times"."""
    name = font.rpartition("+")[2]  # PDF puts the name of a subset before it
    if name.startswith(".Vn"):
        return "tcvn3-capitals" if name.split("-")[0].split(",")[0].endswith("H") else "tcvn3"
    return "vni" if name.upper().startswith("VNI-") else None


def converted(text: str, encoding: Encoding) -> str:
    """The same words in Unicode."""
    if encoding == "vni":
        return unicodedata.normalize("NFC", _PAIR.sub(_vni, text))
    plain = "".join([_TCVN3.get(c, c) for c in text])
    return plain.upper() if encoding == "tcvn3-capitals" else _CAPITALS.sub(_raised, plain)


def _raised(match: re.Match[str]) -> str:
    """A line or a word typed in capitals whose marked letters have no capital of their own."""
    words = match[0]
    return words.upper() if sum("A" <= c <= "Z" for c in words) >= (3 if " " in words else 2) else words


def _vni(match: re.Match[str]) -> str:
    letter, mark = match[1], match[2]
    if letter is None:
        return _ALONE.get(match[0], match[0])
    return _ALONE.get(letter, letter) + (_TONES.get(mark.lower()) or _HATS[mark.lower()])


def encoding_of_text(text: str) -> Encoding | None:
    """The old encoding that some text is written in, told by which reading makes it Vietnamese; None for Unicode."""
    sample = text[:6000]
    plain = frequent_in(sample)
    if plain * 20 > sample.count(" "):
        return None
    for encoding in ("tcvn3", "vni"):
        if frequent_in(converted(sample, encoding)) > 3 * plain + 4:
            return encoding
    return None


def modern(text: str) -> str:
    """The text in Unicode, whichever encoding it was written in."""
    encoding = encoding_of_text(text)
    return converted(text, encoding) if encoding else text


def frequent_in(text: str) -> int:
    """How often syllables with marks that are frequent in Vietnamese stand in a text."""
    return sum(word in _FREQUENT for word in unicodedata.normalize("NFC", text.lower()).split() if not word.isascii())
