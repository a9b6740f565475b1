"""Numbers as official papers print them: padded, in Roman, lettered by the Vietnamese alphabet, days with blanks."""

from xulang.papers.paper import Day, UnfitPaperError

# The points of a clause (Annex I, II.6.đ); the law's own text leaves out ă, â, ê, ô, ơ, ư, and so does every paper.
POINTS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
BLANK = " " * 6  # what a clerk writes a number or a day into


def roman(number: int) -> str:
    """A whole number from 1 to 3999 in Roman."""
    if not 1 <= number <= 3999:
        raise ValueError(f"{number} has no Roman numeral")
    out = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out.append(sign * count)
    return "".join(out)


def from_roman(text: str) -> int | None:
    """The number that a Roman numeral writes; None where it is none in its one proper form."""
    rest, number = text, 0
    for value, sign in _ROMAN:
        while rest.startswith(sign):
            rest, number = rest[len(sign) :], number + value
    return number if number and not rest and number <= 3999 and roman(number) == text else None


def point(index: int) -> str:
    """The letter of the point at that place, from 0. Raises UnfitPaperError past the alphabet."""
    if index >= len(POINTS):
        raise UnfitPaperError(f"Một khoản chỉ đánh được {len(POINTS)} điểm từ a) đến y). Hãy tách khoản này.")
    return POINTS[index]


def padded(number: int) -> str:
    """Số của văn bản: a 0 before a number below 10 (Annex I, II.3.c)."""
    return f"{number:02d}"


def day_in_words(day: Day) -> str:
    """ "ngày 05 tháng 01 năm 2026": days below 10 and months 1 and 2 are padded (Annex I, II.4.b); blanks kept."""
    printed_day = BLANK if day.day is None else f"{day.day:02d}"
    printed_month = BLANK if day.month is None else f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {printed_day} tháng {printed_month} năm {day.year}"
