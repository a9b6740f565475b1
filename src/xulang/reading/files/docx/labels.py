"""Numbers written in the formats that Word knows for lists (ECMA-376 Part 1, 17.18.59 ST_NumberFormat)."""

from collections.abc import Callable

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщыэюя"  # Word leaves out ё, й, ъ, ь
_COUNTING = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_CHICAGO = "*†‡§"


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    written = ""
    for value, letters in _ROMAN:
        times, n = divmod(n, value)
        written += letters * times
    return written


def _letters(n: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """a … z, then aa, bb … zz: Word repeats the letter, it does not count on to ab."""
    return alphabet[(n - 1) % len(alphabet)] * ((n - 1) // len(alphabet) + 1) if 0 < n < 800 else str(n)


def _counting(n: int) -> str:
    """Một, hai, ba … as Word's vietnameseCounting writes them; figures beyond ninety-nine."""
    if n <= 10:
        return _COUNTING[n]
    if n > 99:
        return str(n)
    tens, ones = divmod(n, 10)
    head = "mười" if tens == 1 else f"{_COUNTING[tens]} mươi"
    return (
        head if not ones else f"{head} {'lăm' if ones == 5 else 'mốt' if ones == 1 and tens > 1 else _COUNTING[ones]}"
    )


def _ordinal(n: int) -> str:
    """1st, 2nd …: what Word prints for `ordinal` where the language gives it no other form."""
    return f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "numberInDash": lambda n: f"- {n} -",
    "hex": lambda n: f"{n:X}",
    "russianLower": lambda n: _letters(n, _CYRILLIC),
    "russianUpper": lambda n: _letters(n, _CYRILLIC).upper(),
    "vietnameseCounting": _counting,
    "chicago": lambda n: _CHICAGO[(n - 1) % 4] * ((n - 1) // 4 + 1),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if 0 < n < 21 else str(n),
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "none": lambda _: "",
    "bullet": lambda _: "",
}


def written(n: int, number_format: str, pattern: str | None = None) -> str:
    """The number as the format writes it; unknown formats give figures. `pattern` is a custom one: "001, 002, …"."""
    if number_format == "custom" and pattern:
        return str(n).zfill(len(pattern.split(",")[0].strip()))
    return _FORMATS.get(number_format, str)(max(n, 0))


# Bullets are kept in fonts of signs, at private places; what they look like in print.
_SIGNS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "□", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "\uf02b": "+",
    "\uf076": "❖", "\uf071": "❑", "\uf06e": "■", "\uf0e0": "→", "\uf0e8": "➔", "\uf06c": "●", "\uf0f0": "➱",
    "\uf02a": "*", "\uf077": "◆", "\uf0be": "—", "\uf020": " ", "\uf0ae": "→", "\uf0de": "⇒", "\uf0a3": "≤",
    "\uf0b3": "≥", "\uf0fe": "☒", "\uf06f": "□",
}  # fmt: skip


def sign(char: str) -> str:
    """A sign as the letter that looks like it, "•" where it is not known; other letters as they are."""
    if char in _SIGNS:
        return _SIGNS[char]
    return "•" if "\ue000" <= char <= "\uf8ff" else char
