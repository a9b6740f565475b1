"""What an amending directive says of another's places: amended, repealed, added, or words in them. PURE."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files


class Does(Enum):
    """What a clause does to a place."""

    AMENDS = "amends"
    ADDS = "adds"
    REPEALS = "repeals"
    REWORDS = "rewords"


@dataclass(frozen=True, slots=True)
class Clause:
    """A line that says what becomes of places ("II.2") of another directive, and where in the text it stands.

    One that rewords says which words become which; without a place it means all of the directive.
    """

    does: Does
    places: tuple[str, ...]
    start: int
    end: int
    was: str = ""
    becomes: str = ""


@dataclass(frozen=True, slots=True)
class _Cues:
    levels: dict[str, int]
    place: re.Pattern[str]
    does: tuple[tuple[Does, re.Pattern[str]], ...]
    phrase: re.Pattern[str]
    introduces: re.Pattern[str]


_LABEL = re.compile(r"\s*(?:[-–+•*]|(?:\d+|[IVXLC]+|[a-zđ])(?:\.\d+)*[.)])?\s*")
_NUMBER = r"(?:[IVXLC]+|\d+|[a-zđ])(?:\.\d+)*(?![\w/])"
_MARKS = " \t\n“”\"'.;"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _cues() -> _Cues:
    table = tomllib.loads(files("xulang.programme").joinpath("data/amending.toml").read_text("utf-8"))
    levels = {level: rank for rank, level in enumerate(table["levels"])}
    # Only the words are said in either case: "I" is a number of its own beside "i".
    place = rf"\b((?i:{_any(table['levels'])}))\s+({_NUMBER}(?:(?:\s*[,;]\s*|\s+và\s+){_NUMBER})*)"
    begins = ((Does.AMENDS, "amends"), (Does.ADDS, "adds"), (Does.REPEALS, "repeals"))
    return _Cues(
        levels,
        re.compile(place),
        tuple((does, re.compile(rf"(?:{_any(table[name])})\b", re.IGNORECASE)) for does, name in begins),
        re.compile(
            rf"\bthay(?: thế)?\s+(?:các\s+)?(?:{_any(table['phrase'])})\s*[“\"]([^”\"]+)[”\"]\s*(?:bằng|thành)\s*"
            rf"(?:(?:{_any(table['phrase'])})\s*)?[“\"]([^”\"]+)[”\"]",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:{_any(table['introduces'])})\s*:\s*", re.IGNORECASE),
    )


def clauses(text: str) -> list[Clause]:
    """Every clause of the text, in its order; a line that names no place is none, unless it rewords.

    >>> [(one.does.name, one.places) for one in clauses("1. Sửa đổi khoản 2, 3 mục II như sau:")]
    [('AMENDS', ('II.2', 'II.3'))]
    """
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        clause = _clause(line, start)
        if clause is not None:
            found.append(clause)
        start += len(line)
    return found


def _clause(line: str, start: int) -> Clause | None:
    cues, end = _cues(), start + len(line.rstrip())
    if (reworded := cues.phrase.search(line)) is not None:
        rest = line[: reworded.start()] + " " + line[reworded.end() :]
        return Clause(Does.REWORDS, places(rest), start, end, reworded[1].strip(), reworded[2].strip())
    label = _LABEL.match(line)
    begin = label.end() if label else 0
    for does, begins in cues.does:
        if begins.match(line, begin):
            introduced = cues.introduces.search(line)
            named = places(line[begin : introduced.start() if introduced else len(line)])
            return Clause(does, named, start, end) if named else None
    return None


def places(words: str) -> tuple[str, ...]:
    """The places that the words name, as section numbers from the outermost level: "khoản 2 mục III" → "III.2".

    Levels are named from the innermost; one that several places share is named once, after the last of them.
    """
    levels = _cues().levels
    named: list[dict[int, str]] = []
    last = len(levels)
    for found in _cues().place.finditer(words):
        rank = levels[found[1].lower()]
        numbers = re.findall(_NUMBER, found[2])
        if named and rank > last and len(numbers) == 1:
            named[-1][rank] = numbers[0]
        else:
            named += [{rank: number} for number in numbers]
        last = rank
    for inner, outer in zip(reversed(named[:-1]), reversed(named[1:]), strict=True):
        inner.update({rank: number for rank, number in outer.items() if rank > max(inner)})
    return tuple(".".join(one[rank] for rank in sorted(one, reverse=True)) for one in named)


def said(text: str) -> str:
    """The words that an amending clause gives the place, without the clause itself, its quotes and the label.

    Text without a clause, or with nothing after it, stays as it is.
    """
    found = clauses(text)
    if not found:
        return text
    line = text[found[-1].start : found[-1].end]
    introduced = _cues().introduces.search(line)
    rest = (line[introduced.end() :] if introduced else "") + text[found[-1].end :]
    plain = _LABEL.sub("", rest.lstrip(_MARKS), count=1).strip(_MARKS)
    return plain or text


def concerning(found: list[Clause], text: str, start: int, end: int) -> Clause | None:
    """The clause that a passage carries out: the last one that amends or adds inside it, or right before it."""
    for clause in reversed(found):
        if clause.does not in (Does.AMENDS, Does.ADDS) or clause.start >= end:
            continue
        inside = clause.start >= start
        return clause if inside or not text[clause.end : start].strip(_MARKS + ":") else None
    return None


def reworded(words: str, found: Iterator[Clause]) -> str:
    """The words after every clause that rewords them."""
    for clause in found:
        words = words.replace(clause.was, clause.becomes)
    return words
