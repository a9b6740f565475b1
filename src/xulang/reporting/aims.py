"""By which targets a round is measured: its period's, that of the year so far, the year's. PURE.

A target of the round's period is beside the figure of the period, any other beside the year so far. Only one that
closes with the round gives a difference; of the year's, a shorter round tells how much is reached.
"""

_CLOSES = {"": 12, "Q1": 3, "Q2": 6, "H1": 6, "Q3": 9, "M9": 9, "Q4": 12, "H2": 12}
_SO_FAR = {3: "Q1", 6: "H1", 9: "M9", 12: ""}  # the period from the year's beginning to the close of a month


def aimed_periods(period: str) -> list[str]:
    """The periods for which the plan's year of a round can have targets: the year, its parts, the round's own."""
    year = period[:4]
    return list(dict.fromkeys([*(_code(year, part) for part in _CLOSES), period]))


def measures(period: str) -> list[str]:
    """The periods whose targets a round of a period is measured by: its own, the year up to its close, the year."""
    so_far = _SO_FAR.get(closing_month(period))
    codes = [period, *([] if so_far is None else [_code(period[:4], so_far)]), period[:4]]
    return list(dict.fromkeys(codes))


def closes_with(aimed: str, period: str) -> bool:
    """Whether a target's period is over when the round's is, so that the two can be told apart by a difference."""
    return aimed == period or closing_month(aimed) == closing_month(period)


def share(done: int, aim: int) -> int | None:
    """How much of a target is reached, in whole per cent, halves up; None where nothing was to be reached."""
    return (200 * done + aim) // (2 * aim) if aim else None


def closing_month(period: str) -> int:
    """The month of the year in which a period closes; 0 where its code is none of months and what is made of them."""
    year, _dash, part = period.partition("-")
    month = int(part) if len(part) == 2 and part.isdecimal() else _CLOSES.get(part, 0)
    return month if len(year) == 4 and year.isdecimal() and month <= 12 else 0


def _code(year: str, part: str) -> str:
    return f"{year}-{part}" if part else year
