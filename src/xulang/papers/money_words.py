"""Money in words (số tiền bằng chữ), whole đồng, as estimates and appraisals write it."""

MOST = 10**15

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(dong: int) -> str:
    """An amount of đồng in words: 1005000 → "Một triệu không trăm linh năm nghìn đồng".

    Groups of nothing are left out; a group after the first tells its hundreds, be they none ("không trăm"); "linh"
    before a lone unit, "mốt", "tư" and "lăm" after tens. Past tỷ the words begin again ("một nghìn tỷ").
    Takes 0 … 10^15. Raises ValueError for anything else.
    """
    if isinstance(dong, bool) or not isinstance(dong, int) or not 0 <= dong <= MOST:
        raise ValueError(f"Số tiền phải là số đồng nguyên từ 0 đến {MOST}, không nhận {dong!r}.")
    words = " ".join(_number(dong)) or "không"
    return f"{words[0].upper()}{words[1:]} đồng"


def _number(value: int, *, leading: bool = True) -> list[str]:
    """The words of a number; one that does not lead tells its empty hundreds."""
    words: list[str] = []
    for unit, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        high, value = divmod(value, unit)
        if high:
            words += [*_number(high, leading=leading and not words), name]
    return words + (_group(value, leading=leading and not words) if value else [])


def _group(value: int, *, leading: bool) -> list[str]:
    """The words of 1 … 999."""
    hundreds, rest = divmod(value, 100)
    tens, unit = divmod(rest, 10)
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        return words + ([*(["linh"] if words else []), _DIGITS[unit]] if unit else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_unit(tens, unit)] if unit else [])


def _unit(tens: int, unit: int) -> str:
    if unit == 5:
        return "lăm"
    return {1: "mốt", 4: "tư"}.get(unit, _DIGITS[unit]) if tens > 1 else _DIGITS[unit]
