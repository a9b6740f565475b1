"""What the register needs from the outer world: somebody who reads a file, and somebody who shows its pages."""

from dataclasses import dataclass
from typing import Any, Protocol


class Reader(Protocol):
    """Reads one directive."""

    def __call__(self, data: bytes, name: str) -> dict[str, Any]:
        """The reading as `xulang.reading/1`; bad input gives warnings, never an exception."""


_registered: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Called once by the wiring; a later call takes the earlier one's place."""
    _registered[:] = [reader]


def reader() -> Reader:
    """The reader in use. Raises LookupError where the wiring registered none."""
    if not _registered:
        raise LookupError("no reader is registered; xulang.config registers one when Django starts")
    return _registered[0]


class NoPagesError(Exception):
    """The pages of a file cannot be shown; the message tells a person why and what to do."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a paper as they look.

    `pdf` is what they are drawn from where that is not the file itself (a Word file); `leaves` their width and height
    in points after the quarter turns (counterclockwise) that set them upright, and these turns; `words` the places of
    the words of the text: start, end, page (from 1), left, top, right, bottom.
    """

    pdf: bytes | None
    leaves: list[tuple[float, float, int]]
    words: list[tuple[int, int, int, float, float, float, float]]


class Printer(Protocol):
    """Shows the pages of a paper."""

    def pages(self, data: bytes, text: str) -> Pages:
        """The pages of a file that was read as `text`. Raises NoPagesError."""

    def draw(self, data: bytes, number: int, width: int, turns: int) -> bytes:
        """One page of a PDF or a picture file, so turned, as a WebP picture. Raises NoPagesError."""


_printers: list[Printer] = []


def register_printer(printer: Printer) -> None:
    """Called once by the wiring; a later call takes the earlier one's place."""
    _printers[:] = [printer]


def printer() -> Printer:
    """The printer in use. Raises LookupError where the wiring registered none."""
    if not _printers:
        raise LookupError("no printer is registered; xulang.config registers one when Django starts")
    return _printers[0]
