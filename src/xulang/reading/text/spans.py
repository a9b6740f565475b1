"""A place in a text, counted in code points."""

from typing import NamedTuple


class Span(NamedTuple):
    """Where something stands: `text[start:end]` are its very words."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this place."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two places share at least one code point."""
        return self.start < other.end and other.start < self.end


def trimmed(text: str, start: int, end: int, strip: str = " \t\n\u00a0") -> Span:
    """The place without the marks of `strip` at either side; an empty place at `start` where nothing is left."""
    while start < end and text[start] in strip:
        start += 1
    while end > start and text[end - 1] in strip:
        end -= 1
    return Span(start, end)
