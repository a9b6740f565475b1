"""What reading a file needs from the outer world: letters out of pictures, and old formats made new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture: eight-bit grey values, row after row."""

    width: int
    height: int
    grey: bytes
    dpi: int


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word with its box in pixels of the picture; words of one line share `line`."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: int
    confidence: float  # 0 … 100


class NoEngineError(Exception):
    """There is no engine to recognise letters with; the message tells a person how to install one."""


class Recogniser(Protocol):
    """Nhận dạng chữ: letters out of pictures of pages."""

    def recognise(self, pages: Iterable[Picture]) -> Iterator[list[RecognisedWord]]:
        """The words of each page, in the order of the pages, asking for few pages ahead. Raises NoEngineError."""


class ConversionError(Exception):
    """A file could not be converted; the message tells a person what to do."""


class Converter(Protocol):
    """Chuyển định dạng: old office files made new."""

    def to_docx(self, data: bytes, suffix: str) -> bytes:
        """The same paper as DOCX. `suffix` names the old format: ".doc", ".rtf", ".odt". Raises ConversionError."""
