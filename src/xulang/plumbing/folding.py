"""One folded spelling for looking up and sorting: no marks, no capitals, single blanks."""

import unicodedata


def fold(text: str) -> str:
    """The text in NFC with đ as d, marks off, lower case, runs of blanks as one, none at the ends.

    >>> fold("Phòng  Văn hoá và Thông tin")
    'phong van hoa va thong tin'
    """
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower().replace("đ", "d"))
    return " ".join("".join(char for char in apart if not unicodedata.combining(char)).split())
