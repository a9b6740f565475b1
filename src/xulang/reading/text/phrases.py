"""Sets of phrases looked up word by word: one pattern of them all would be slow to make."""

import re
from collections.abc import Iterable

from xulang.reading.text.level import level

_WORD = re.compile(r"\w+")
_BLANKS = " \n\t"


def listed(value: str | list[str]) -> list[str]:
    """The entries of a list of the knowledge files: an array, or a text parted by bars, which is quicker to read in."""
    return value if isinstance(value, list) else [entry.strip() for entry in value.split("|")]


class Found:
    """A phrase at its place; speaks like a match."""

    __slots__ = ("_end", "_phrase", "_start")

    def __init__(self, start: int, end: int, phrase: str) -> None:
        self._start, self._end, self._phrase = start, end, phrase

    def start(self) -> int:
        return self._start

    def end(self) -> int:
        return self._end

    def group(self) -> str:
        """The phrase as it is listed, with single blanks."""
        return self._phrase


class Phrases:
    """Phrases as whole words, the longest first. A blank of a phrase is any run of blanks in the text.

    `unless`: phrases that begin alike and hide what is found at their place.
    """

    def __init__(self, phrases: Iterable[str], unless: Iterable[str] = ()) -> None:
        self.phrases = frozenset(level(phrase) for phrase in phrases)
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(self.phrases, key=lambda phrase: (-len(phrase), phrase)):
            self._by_first.setdefault(_WORD.match(phrase).group(), []).append(phrase)  # type: ignore[union-attr]
        self._unless = Phrases(unless) if unless else None

    @property
    def firsts(self) -> frozenset[str]:
        """The first words of all phrases."""
        return frozenset(self._by_first)

    def match(self, low: str, start: int = 0, end: int | None = None) -> Found | None:
        """The longest phrase that begins exactly at `start` and ends at a word's end before `end`."""
        limit = len(low) if end is None else end
        word = _WORD.match(low, start, limit)
        if word is None or (start and (low[start - 1].isalnum() or low[start - 1] == "_")):
            return None
        for phrase in self._by_first.get(word.group(), ()):
            stop = _past(phrase, low, start, limit)
            if stop is not None and not (stop < limit and (low[stop].isalnum() or low[stop] == "_")):
                hidden = self._unless is not None and self._unless.match(low, start, end) is not None
                return None if hidden else Found(start, stop, phrase)
        return None

    def fullmatch(self, low: str) -> Found | None:
        """The phrase that is the whole of the text."""
        found = self.match(low)
        return found if found is not None and found.end() == len(low) else None

    def search(self, low: str) -> Found | None:
        """The first phrase of the text, with single blanks."""
        places = [place for phrase in self.phrases if (place := low.find(phrase)) >= 0]
        return next((found for place in sorted(places) if (found := self.match(low, place))), None)


def _past(phrase: str, low: str, start: int, limit: int) -> int | None:
    """Where the phrase ends in the text, or None where other words stand there."""
    stop = start + len(phrase)
    if stop <= limit and low.startswith(phrase, start):
        return stop
    if "  " not in low[start : stop + 8] and "\n" not in low[start : stop + 8]:
        return None
    place = start
    for char in phrase:
        if place >= limit or (low[place] != char and not (char == " " and low[place] in _BLANKS)):
            return None
        place += 1
        while char == " " and place < limit and low[place] in _BLANKS:
            place += 1
    return place
