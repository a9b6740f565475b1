"""Vietnamese text from before Unicode: TCVN3 (ABC) and VNI, known by their fonts or by their letters."""

from typing import Literal

Encoding = Literal["tcvn3", "tcvn3-capitals", "vni"]


TABLES: dict[Encoding, dict[int, str]] = {"tcvn3": {}, "tcvn3-capitals": {}, "vni": {}}


def encoding_of_font(font: str) -> Encoding | None:
    """The old encoding that a font of this name is made for: ".VnTime", ".VnTimeH" (capitals), "VNI-Times"."""
    if font.startswith(".Vn"):
        return "tcvn3-capitals" if font.endswith("H") else "tcvn3"
    return "vni" if font.upper().startswith("VNI-") else None


def converted(text: str, encoding: Encoding) -> str:
    """The same words in Unicode."""
    return text.translate(TABLES[encoding])
