"""Bản chụp: the pages of a paper as they look, and where on them the words of its text stand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from PIL import Image, ImageSequence, UnidentifiedImageError

from xulang.reading.files.faults import RefusedError, engine_or_refusal
from xulang.reading.files.kinds import kind_of
from xulang.reading.files.pages.page import Page, Word
from xulang.reading.files.pages.scan import QUARTERS, pictures_of, recognised, skew_of
from xulang.reading.files.pdf import is_scan, opened, page_of, pages_of
from xulang.reading.files.ports import Recogniser

_LONG = 12  # letters: a shorter run of words is not looked for far from where the last one stood
_NEAR = 1500  # letters: how far that is
_TINY = 4  # letters: "và" stands everywhere, so it is believed only right where it is due


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page and its size in points, after the quarter turns (counterclockwise) that set it upright."""

    number: int
    width: float
    height: float
    turns: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of the text, from code point to code point, and its box on a page in points, y counted downwards."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Facsimile:
    """Bản chụp of a paper: its pages, and its words in the order of the text."""

    leaves: tuple[Leaf, ...]
    words: tuple[Placed, ...]


def facsimile(data: bytes, text: str, recognise: Recogniser | None = None) -> Facsimile:
    """The pages of a PDF or a picture file, and where the words of `text`, read from it, stand on them.

    Words of the pages that the text leaves out (running heads, page numbers) and words that cannot be told apart have
    no place. Raises RefusedError, and NoEngineError for a scan without `recognise`.
    """
    if kind_of(data) == "picture":
        pages = list(recognised(engine_or_refusal(recognise), enumerate(pictures_of(data), 1)))
    else:
        with opened(data) as pdf:
            pages, _scanned = pages_of(pdf, recognise)
    leaves = tuple(Leaf(page.number, page.width, page.height, page.turns) for page in pages)
    finder = _Finder(text)
    words = [
        placed
        for page in pages
        for row in page.rows
        for piece in row.pieces
        for placed in finder.run(piece.words, page)
    ]
    return Facsimile(leaves, tuple(sorted(words, key=lambda word: word.start)))


def drawn(data: bytes, number: int, width: int, turns: int = 0) -> bytes:
    """Page `number` (from 1) as a WebP picture of that width in pixels, scans set level. Raises RefusedError.

    `turns` are those of its `Leaf`.
    """
    image = _frame(data, number, turns) if kind_of(data) == "picture" else _rendered(data, number, width, turns)
    image = image.convert("RGB").resize(
        (width, max(round(image.height * width / image.width), 1)), Image.Resampling.LANCZOS
    )
    out = BytesIO()
    image.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()


def _frame(data: bytes, number: int, turns: int) -> Image.Image:
    try:
        with Image.open(BytesIO(data)) as image:
            frames = ImageSequence.Iterator(image)
            frame = frames[number - 1].convert("RGB")
            return _levelled(frame, turns)
    except (
        IndexError,
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:
        raise RefusedError("unreadable") from error


def _rendered(data: bytes, number: int, width: int, turns: int) -> Image.Image:
    try:
        with opened(data) as pdf:
            if not 1 <= number <= len(pdf):
                raise RefusedError("unreadable")
            page = pdf[number - 1]
            bitmap = page.render(scale=width / max(page.get_height() if turns % 2 else page.get_width(), 1))
            image = bitmap.to_pil().convert("RGB")
            return _levelled(image, turns) if is_scan(page_of(pdf, number - 1)) else image
    except pypdfium2.PdfiumError as error:
        raise RefusedError("unreadable") from error


def _levelled(image: Image.Image, turns: int) -> Image.Image:
    """Turned as the reader turned it, so that boxes and letters meet."""
    image = image.transpose(QUARTERS[turns]) if turns else image
    angle = skew_of(image.getchannel("R"))
    if abs(angle) < 0.2:
        return image
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")


class _Finder:
    """Finds runs of words in the text, in the order in which both go on; each letter of the text is given out once."""

    def __init__(self, text: str) -> None:
        letters, self._places = [], list[int]()
        for at, char in enumerate(text):
            if char.isalnum():
                for one in _squeezed(char):
                    letters.append(one)
                    self._places.append(at)
        self._letters = "".join(letters)
        self._taken = bytearray(len(self._letters))
        self._at = 0

    def run(self, words: list[Word], page: Page) -> list[Placed]:
        """The words of one line, each with its place in the text; where the line is not found whole, its halves."""
        squeezed = [_squeezed(word.text) for word in words]
        whole = "".join(squeezed)
        if not whole:
            return []
        begin = self._find(whole)
        if begin is None:
            half = len(words) // 2
            return self.run(words[:half], page) + self.run(words[half:], page) if half else []
        self._taken[begin : begin + len(whole)] = b"\x01" * len(whole)
        self._at = begin + len(whole)
        found = []
        for word, letters in zip(words, squeezed, strict=True):
            if letters:
                start, end = self._places[begin], self._places[begin + len(letters) - 1] + 1
                found.append(Placed(start, end, page.number, word.left, word.top, word.right, word.bottom))
                begin += len(letters)
        return found

    def _find(self, letters: str) -> int | None:
        """Where the letters stand and were not given out: the next place; for a short run the nearest one near by.

        Lines of a table's cells come side by side, those of the text cell after cell: so the search goes back too.
        """
        if len(letters) >= _LONG:
            ahead = self._free(letters, self._at, len(self._letters))
            return self._free(letters, 0, self._at) if ahead is None else ahead
        if len(letters) < _TINY:
            return self._at if self._letters.startswith(letters, self._at) else None
        ahead = self._free(letters, self._at, self._at + _NEAR)
        behind = self._free(letters, max(self._at - _NEAR, 0), self._at)
        if ahead is None or behind is None:
            return behind if ahead is None else ahead
        return ahead if ahead - self._at <= self._at - behind else behind

    def _free(self, letters: str, start: int, end: int) -> int | None:
        at = self._letters.find(letters, start, end)
        while at >= 0 and any(self._taken[at : at + len(letters)]):
            at = self._letters.find(letters, at + 1, end)
        return at if at >= 0 else None


def _squeezed(text: str) -> str:
    """Letters and figures only, as both sides write them."""
    return "".join(char for char in unicodedata.normalize("NFC", text).translate(_SAME).casefold() if char.isalnum())


# As in the text (draft.py): letters that look like Đ are one.
_SAME = str.maketrans("ÐƉð", "ĐĐđ")
