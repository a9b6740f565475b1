"""Scanned pages are recognised by Tesseract, whatever stands on them."""

import shutil
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from reading.files.printed import Sheet
from reading.files.test_pdf import LONG, ROWS, headed
from xulang.adapters.recognition import Tesseract
from xulang.reading.files.document import Document
from xulang.reading.files.opening import open_document
from xulang.reading.files.pages.scan import DPI, drawn_lines, picture_of, recognised, straightened
from xulang.reading.files.ports import Picture, RecognisedWord

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")


def photographed(pdf: bytes, *, angle: float = 0.0, dpi: int = 200) -> Image.Image:
    """The first page as a scanner sees it."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")


def saved(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    image.save(out, kind, resolution=200)
    return out.getvalue()


def lines(document: Document) -> list[tuple[int | None, str]]:
    return [(line.column, line.at.of(document.text)) for line in document.lines]


def alike(read: list[tuple[int | None, str]], printed: list[tuple[int | None, str]]) -> bool:
    """Whether lines stand in the same columns and hardly a letter differs."""
    sides = [column for column, _ in read] == [column for column, _ in printed]
    texts = ("\n".join(text for _, text in side) for side in (read, printed))
    return sides and SequenceMatcher(None, *texts, autojunk=False).ratio() > 0.97


def page() -> bytes:
    sheet = headed(Sheet())
    y = sheet.paragraph(160, "1. " + LONG)
    sheet.table(y, [85, 115, 300, 430, 540], ROWS)
    return sheet.bytes()


@needs_tesseract
@pytest.mark.parametrize(
    ("kind", "angle", "media_type"),
    [("PDF", 0.0, "application/pdf"), ("PNG", 1.2, "image/png"), ("JPEG", -0.8, "image/jpeg")],
)
def test_a_scan_is_read_as_the_paper_it_was_made_of(kind: str, angle: float, media_type: str) -> None:
    """Columns, paragraphs and the drawn table come out, of a page that lies askew and has a red stamp on it."""
    image = photographed(page(), angle=angle)
    stamp = Image.new("RGB", image.size, "white")
    ImageDraw.Draw(stamp).ellipse((900, 150, 1250, 500), outline=(225, 40, 50), width=9)
    found = open_document(saved(ImageChops.multiply(image, stamp), kind), recognise=Tesseract())
    assert alike(lines(found)[:8], [
        (0, "ỦY BAN NHÂN DÂN"),
        (0, "XÃ MƯỜNG HOA"),
        (0, "Số: 12/KH-UBND"),
        (1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (1, "Độc lập - Tự do - Hạnh phúc"),
        (1, "Mường Hoa, ngày 03 tháng 5 năm 2026"),
        (None, "KẾ HOẠCH"),
        (None, "1. " + LONG),
    ])  # fmt: skip
    assert [text.count("\t") for _, text in lines(found)[8:]] == [3, 3, 3]
    assert (found.ocr, found.media_type, found.pages) == (True, media_type, 1)
    assert [fault.code for fault in found.faults] == ["ocr"]


@needs_tesseract
def test_pages_of_a_tiff_and_their_order() -> None:
    images = [photographed(Sheet().text(85, 100, words, size=20).bytes()) for words in ("Trang một", "Trang hai")]
    out = BytesIO()
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    found = open_document(out.getvalue(), recognise=Tesseract())
    assert (found.text, [line.page for line in found.lines]) == ("Trang một\nTrang hai\n", [1, 2])


@needs_tesseract
def test_a_page_on_its_head_is_turned() -> None:
    image = photographed(page()).rotate(180)
    read = open_document(saved(image, "PNG"), recognise=Tesseract())
    assert alike(lines(read), lines(open_document(page())))


class ReadsUprightLetters:
    """An engine that is certain of letters on their side too, as Tesseract is: only their boxes tell."""

    def recognise(self, pages: Iterable[Picture]) -> Iterator[list[RecognisedWord]]:
        for picture in pages:
            level = picture.height > picture.width
            wide, high = (60, 20) if level else (20, 60)
            yield [RecognisedWord("chữ", 9, 70 * n, 9 + wide, 70 * n + high, n, 95) for n in range(50)]


def test_a_page_on_its_side_is_turned() -> None:
    """What lies on its side is wide; the page that comes out is high, with its words level."""
    (found,) = recognised(ReadsUprightLetters(), [(1, Picture(350, 250, b"\xff" * 87_500, 300))])
    assert (found.number, found.width < found.height) == (1, True)
    assert all(word.right - word.left > word.bottom - word.top for word in found.words)


@needs_tesseract
def test_a_broken_text_layer_is_recognised() -> None:
    """Letters without their marks, laid over the picture of the page by an engine that knew no Vietnamese."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, A4)
    canvas.drawImage(ImageReader(photographed(page())), 0, 0, *A4)
    canvas.setFillAlpha(0)
    for at in range(12):
        canvas.drawString(85, 700 - at * 20, "Phong Kinh te chu tri phoi hop voi cac thon ra soat toan bo tuyen duong")
    canvas.save()
    found = open_document(out.getvalue(), recognise=Tesseract())
    assert found.ocr
    assert alike(lines(found)[7:8], [(None, "1. " + LONG)])


def test_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = open_document(saved(photographed(page()), "PNG"), recognise=Tesseract())
    assert (found.text, found.faults[0].code) == ("", "ocr")
    assert "tesseract-ocr-vie" in found.faults[0].message


def test_pages_are_set_straight() -> None:
    image = photographed(page(), angle=2.0, dpi=150).convert("L")
    straight = straightened(image)
    level = Image.frombytes("L", (straight.width, straight.height), straight.grey)
    askew = Picture(image.width, image.height, image.tobytes(), DPI)
    assert len(drawn_lines(straight)) > len(drawn_lines(askew))
    assert level.size == image.size


def test_red_ink_is_left_out() -> None:
    """What is red is as light as paper; black stays black."""
    pixels = bytes([40, 40, 225, 0]) * 8 + bytes([0, 0, 0, 0]) * 8
    assert picture_of(4, 4, pixels).grey == bytes([225] * 8 + [0] * 8)
