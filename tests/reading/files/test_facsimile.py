"""The pages of a paper, and its words on them: what a box holds is what the text has there."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from reading.files.printed import Sheet
from reading.plans import make
from reading.typist import pdf, scanned
from xulang.adapters.recognition import Tesseract
from xulang.reading.files.facsimile import Facsimile, drawn, facsimile
from xulang.reading.files.faults import RefusedError
from xulang.reading.files.opening import open_document
from xulang.reading.files.pages.scan import QUARTERS


def letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def covered(found: Facsimile, text: str) -> float:
    """The share of the text's letters that have a place on a page."""
    return sum(len(letters(text[w.start : w.end])) for w in found.words) / len(letters(text))


@pytest.mark.parametrize("seed", [3, 8, 21, 34, 55])
def test_the_words_of_made_up_plans_are_found_on_their_pages(seed: int) -> None:
    data = pdf(make(seed).blocks)
    document = open_document(data)
    found = facsimile(data, document.text)
    assert len(found.leaves) == document.pages
    assert covered(found, document.text) > 0.97
    # No two words share letters of the text, and each stands on its page.
    assert all(a.end <= b.start for a, b in zip(found.words, found.words[1:], strict=False))
    sizes = {leaf.number: leaf for leaf in found.leaves}
    assert all(0 <= w.left < w.right <= sizes[w.page].width and w.top < w.bottom for w in found.words)


def test_a_box_lies_where_the_word_was_drawn() -> None:
    sheet = Sheet().text(85, 100, "Chủ tịch giao Phòng Nội vụ tham mưu").text(300, 160, "Lạng Sơn")
    data = sheet.bytes()
    text = open_document(data).text
    found = facsimile(data, text)
    (place,) = [w for w in found.words if text[w.start : w.end] == "Sơn"]
    (first,) = [w for w in found.words if text[w.start : w.end] == "Chủ"]
    assert 84 < first.left < 86
    assert first.top < 100 < first.bottom
    assert place.left > 300
    assert place.top < 160 < place.bottom


def test_cells_side_by_side_keep_their_own_words() -> None:
    """The text goes cell by cell, the page line by line; the same words in two rows are not mixed up."""
    sheet = Sheet()
    sheet.table(
        100,
        [60, 260, 400, 540],
        [["Việc thứ nhất", "Phòng Nội vụ", "Quý I"], ["Việc thứ hai", "Phòng Nội vụ", "Quý II"]],
    )
    data = sheet.bytes()
    text = open_document(data).text
    found = facsimile(data, text)
    first, second = [w for w in found.words if text[w.start : w.end] == "Phòng"]
    assert first.start < second.start
    assert first.top < second.top


@pytest.mark.lasting
def test_a_scan_is_shown_level_and_its_words_found() -> None:
    data = scanned(pdf(make(3).blocks), angle=1.2)
    text = open_document(data, recognise=Tesseract()).text
    found = facsimile(data, text, Tesseract())
    assert covered(found, text) > 0.97
    picture = Image.open(io.BytesIO(drawn(data, 1, 400)))
    assert (picture.format, picture.width) == ("WEBP", 400)


@pytest.mark.lasting
@pytest.mark.parametrize(("lying", "turns"), [(1, 3), (2, 2), (3, 1)])
def test_a_scan_on_its_side_or_head_is_shown_upright(lying: int, turns: int) -> None:
    with Image.open(io.BytesIO(a_picture())) as upright:
        lain = io.BytesIO()
        upright.transpose(QUARTERS[lying]).save(lain, "PNG")
    found = facsimile(lain.getvalue(), "", Tesseract())
    assert [leaf.turns for leaf in found.leaves] == [turns]
    shown = Image.open(io.BytesIO(drawn(lain.getvalue(), 1, 300, turns))).convert("L")
    wanted = Image.open(io.BytesIO(drawn(a_picture(), 1, 300))).convert("L")
    assert shown.size == wanted.size
    # The same page but for the noise of the turn: what lies on its head differs in every line of letters.
    assert ImageStat.Stat(ImageChops.difference(shown, wanted)).mean[0] < 4


def a_picture() -> bytes:
    """The first page of a made-up plan as a picture file."""
    with pypdfium2.PdfDocument(pdf(make(3).blocks)) as document:
        out = io.BytesIO()
        document[0].render(scale=150 / 72).to_pil().convert("L").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (Sheet().text(85, 100, "Một trang").bytes(), 2),  # there is no second page
        (Sheet().text(85, 100, "Một trang").bytes(), 0),  # pages count from 1
        (b"%PDF-1.4 broken", 1),  # no PDF inside
        (b"\x89PNG\r\n\x1a\nbroken", 1),  # no picture inside
    ],
)
def test_what_cannot_be_drawn_is_refused(data: bytes, number: int) -> None:
    with pytest.raises(RefusedError):
        drawn(data, number, 100)
