"""Scanned pages: pictures set straight and freed of stamps, and what was recognised in them made pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from statistics import median, pvariance

from PIL import Image, ImageDraw, ImageSequence, UnidentifiedImageError

from xulang.reading.files.faults import MAX_PAGES, RefusedError
from xulang.reading.files.pages.page import Page, Rule, Word
from xulang.reading.files.ports import Picture, RecognisedWord, Recogniser

DPI = 300  # what Tesseract was trained for
MAX_PIXELS = 40_000_000  # an A4 page at 600 dpi has 35 million
_A4_INCHES = 8.27
_PAPER = 255
QUARTERS = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


def pictures_of(data: bytes) -> Iterator[Picture]:
    """The pages of a picture file (PNG, JPEG, TIFF …), as grey pictures. Raises RefusedError."""
    try:
        with Image.open(BytesIO(data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if number >= MAX_PAGES or frame.width * frame.height > MAX_PIXELS:
                    raise RefusedError("too_large")
                yield straightened(_scaled(_without_red(frame)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RefusedError("unreadable") from error


def picture_of(width: int, height: int, bgrx: bytes) -> Picture:
    """A page as PDFium renders it at 300 dpi, four bytes a pixel."""
    # In its red part red ink is as light as the paper: stamps and seals vanish.
    return straightened(Image.frombytes("L", (width, height), bytes(bgrx[2::4])))


def recognised(recogniser: Recogniser, numbered: Iterable[tuple[int, Picture]]) -> Iterator[Page]:
    """Pages of recognised words, with the lines that are drawn on them. Raises NoEngineError."""
    pending: list[tuple[int, Picture, list[Rule]]] = []

    def fed() -> Iterator[Picture]:
        for number, picture in numbered:
            rules = drawn_lines(picture)
            pending.append((number, picture, rules))
            yield _without_lines(picture, rules)

    for words in recogniser.recognise(fed()):
        number, picture, rules = pending.pop(0)
        turns = 0
        if _is_turned(words):
            turns, picture, rules, words = _upright(recogniser, picture, rules, words)
        point = 72 / picture.dpi
        size = (picture.width * point, picture.height * point)
        yield Page(number, *size, _words(words, point), rules, recognised=True, turns=turns)


def _certain(words: list[RecognisedWord]) -> int:
    """How many letters were recognised for certain, in words that lie level: engines read upright ones too."""
    return sum(
        len(word.text)
        for word in words
        if word.confidence >= 80 and (len(word.text) < 3 or word.right - word.left > word.bottom - word.top)
    )


def _is_turned(words: list[RecognisedWord]) -> bool:
    """Whether a page lies on its side or on its head: many letters, hardly one of them certain."""
    letters = sum(len(word.text) for word in words)
    return letters > 100 and _certain(words) < 0.25 * letters


def _upright(
    recogniser: Recogniser, picture: Picture, rules: list[Rule], words: list[RecognisedWord]
) -> tuple[int, Picture, list[Rule], list[RecognisedWord]]:
    """The quarter turns by which the page is read best, and the page so turned; none where none makes it better."""
    best = (0, picture, rules, words)
    image = Image.frombytes("L", (picture.width, picture.height), picture.grey)
    for turns in (2, 1, 3):
        turned = straightened(image.transpose(QUARTERS[turns]))
        lines = drawn_lines(turned)
        found = next(iter(recogniser.recognise([_without_lines(turned, lines)])))
        if _certain(found) > _certain(best[3]):
            best = (turns, turned, lines, found)
        if _certain(found) > 0.5 * sum(len(word.text) for word in found) and _certain(found) > 2 * _certain(words):
            break
    return best


def _without_lines(picture: Picture, rules: list[Rule]) -> Picture:
    """The picture without the lines of tables: letters that touch them would be taken for others."""
    if sum(rule.left == rule.right for rule in rules) < 3:
        return picture
    image = Image.frombytes("L", (picture.width, picture.height), picture.grey)
    draw, pixel = ImageDraw.Draw(image), picture.dpi / 72
    for rule in rules:
        draw.line([place * pixel for place in rule], fill=_PAPER, width=picture.dpi // 40)
    return Picture(picture.width, picture.height, image.tobytes(), picture.dpi)


def _words(words: list[RecognisedWord], point: float) -> list[Word]:
    """Words in points, those of a line as high as most of it; specks of dirt and strokes of pens are left out."""
    lines: dict[int, list[RecognisedWord]] = defaultdict(list)
    for word in words:
        if word.confidence >= 45 or any(c.isalnum() for c in word.text):
            lines[word.line].append(word)
    found = []
    for line in lines.values():
        if max(w.confidence for w in line) < 30:
            continue
        top, bottom = median(w.top for w in line) * point, median(w.bottom for w in line) * point
        found += [Word(w.text, w.left * point, top, w.right * point, bottom) for w in line]
    return found


def _without_red(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "L", "I;16", "I"):
        return image.convert("L")
    return image.convert("RGB").getchannel("R")


def _scaled(image: Image.Image) -> Image.Image:
    """The picture at 300 dpi, by what its width would be on A4: what files say of it is often wrong."""
    inches = _A4_INCHES if image.width < image.height else _A4_INCHES * 2**0.5
    factor = DPI / (image.width / inches)
    if 0.9 < factor < 1.1 or image.width < 50:
        return image
    size = (round(image.width * factor), max(round(image.height * factor), 1))
    if size[0] * size[1] > MAX_PIXELS:
        raise RefusedError("too_large")
    return image.resize(size, Image.Resampling.BICUBIC)


def straightened(image: Image.Image) -> Picture:
    """The picture turned so that its lines are level."""
    angle = skew_of(image)
    if abs(angle) >= 0.2:
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    return Picture(image.width, image.height, image.tobytes(), DPI)


def skew_of(image: Image.Image) -> float:
    """The angle in degrees, up to 5, by which a turn makes lines of letters stand out best from the white between."""
    small = image.resize((max(image.width // 6, 1), max(image.height // 6, 1)), Image.Resampling.BOX)

    def contrast(angle: float) -> float:
        turned = small.rotate(angle, Image.Resampling.NEAREST, fillcolor=_PAPER)
        return pvariance(turned.resize((1, turned.height), Image.Resampling.BOX).tobytes())

    best = max((n / 1 for n in range(-5, 6)), key=contrast)
    best = max((best + n * 0.25 for n in range(-3, 4)), key=contrast)
    # Level pages are by far the most: what is hardly better than level is level.
    return best if contrast(best) > 1.03 * contrast(0) else 0.0


def drawn_lines(picture: Picture) -> list[Rule]:
    """The long thin lines of a picture, in points: runs of dark pixels, looked for at half the size."""
    image = Image.frombytes("L", (picture.width, picture.height), picture.grey).reduce(2)
    dark = image.point([0] * 150 + [1] * 106)
    point = 2 * 72 / picture.dpi
    shortest = picture.dpi // 5  # 0.4 inch: longer than any stroke of a letter
    rules = [
        Rule(left * point, at * point, right * point, at * point)
        for at, left, right in _runs(dark, shortest)
    ]  # fmt: skip
    upright = dark.transpose(Image.Transpose.TRANSPOSE)
    rules += [Rule(at * point, left * point, at * point, right * point) for at, left, right in _runs(upright, shortest)]
    return rules


def _runs(dark: Image.Image, shortest: int) -> list[tuple[float, float, float]]:
    """Level runs of dark pixels as (height, left, right); runs of neighbouring rows are one, thick ones none."""
    width, pixels = dark.width, dark.tobytes()
    long = re.compile(b"\x00{%d,}" % shortest)
    open_runs: list[list[int]] = []  # first row, last row, left, right
    done: list[list[int]] = []
    for at in range(dark.height):
        row = pixels[at * width : (at + 1) * width]
        for match in long.finditer(row):
            left, right = match.span()
            for run in open_runs:
                if at - run[1] <= 2 and left <= run[3] + 8 and right >= run[2] - 8:
                    run[1], run[2], run[3] = at, min(run[2], left), max(run[3], right)
                    break
            else:
                open_runs.append([at, at, left, right])
        done += [run for run in open_runs if at - run[1] > 2]
        open_runs = [run for run in open_runs if at - run[1] <= 2]
    thin = [run for run in done + open_runs if run[1] - run[0] < 12]
    return [((run[0] + run[1]) / 2, run[2], run[3]) for run in thin]
