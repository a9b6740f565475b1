"""The cascade as a picture: boxes in layers and the lines between them, for a phone and for a desk. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from xulang.registry.cascade import Cascade, Link, Paper

_HEIGHT, _LAYER, _ROW = 78, 46, 12  # of a box; between layers; between rows of one layer
_MARGIN = 6
# columns, width of a box, gap between boxes, letters that fit on a line
PHONE = (2, 158, 14, 19)
DESK = (4, 196, 22, 23)


@dataclass(frozen=True, slots=True)
class Box:
    """A directive in the picture, with what fits into its lines."""

    paper: Paper
    x: int
    y: int
    width: int
    code: str
    about: str

    @property
    def middle(self) -> int:
        """Where its lines begin and end."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Thread:
    """A line from the directive above to the one below."""

    link: Link
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, in order: the threads lie under the boxes."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    threads: tuple[Thread, ...]


def picture(cascade: Cascade, size: tuple[int, int, int, int]) -> Picture:
    """The boxes of each layer in rows, set in the middle."""
    columns, width, gap, letters = size
    whole = columns * width + (columns - 1) * gap + 2 * _MARGIN
    boxes: dict[str, Box] = {}
    y = _MARGIN
    for layer in cascade.layers:
        for row in _rows(layer, columns):
            x = (whole - len(row) * width - (len(row) - 1) * gap) // 2
            for paper in row:
                about = _cut(paper.issuer or paper.title, letters)
                boxes[paper.key] = Box(paper, x, y, width, _cut(paper.code or paper.title or "—", letters - 4), about)
                x += width + gap
            y += _HEIGHT + _ROW
        y += _LAYER - _ROW
    threads = tuple(Thread(link, _path(boxes[link.above], boxes[link.below])) for link in cascade.links)
    return Picture(whole, y - _LAYER + _MARGIN, tuple(boxes.values()), threads)


def _rows(layer: tuple[Paper, ...], columns: int) -> Iterator[tuple[Paper, ...]]:
    for at in range(0, len(layer), columns):
        yield layer[at : at + columns]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _path(above: Box, below: Box) -> str:
    start, end = above.y + _HEIGHT, below.y
    half = (start + end) // 2
    return f"M{above.middle} {start}C{above.middle} {half} {below.middle} {half} {below.middle} {end}"
