"""PDF through PDFium: words with their places, drawn lines where they may make a table, pictures of scanned pages."""

from __future__ import annotations

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium

from xulang.reading.files.document import Document, Fault
from xulang.reading.files.faults import MAX_PAGES, RECOGNISED, RefusedError, engine_or_refusal
from xulang.reading.files.layout import side_by_side
from xulang.reading.files.legacy import converted, encoding_of_font, encoding_of_text
from xulang.reading.files.pages.flow import drafted
from xulang.reading.files.pages.page import Page, Rule, Word
from xulang.reading.files.ports import Picture, Recogniser

MEDIA_TYPE = "application/pdf"

_WORD = re.compile(r"[^\s\u0000]+")
_LINE = re.compile(r"[^\r\n]+")
_MARKED = re.compile("[\u00c0-\u1eff]")
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# The same function under another signature: it is called for every word, and converting typed arguments costs a third.
_BOX = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_THIN = 2.5  # points: what is drawn thinner is a line, no box


def read_pdf(data: bytes, recognise: Recogniser | None = None) -> Document:
    """The Document of a PDF. Pages that are pictures are recognised. Raises RefusedError."""
    with opened(data) as pdf:
        pages, scanned = pages_of(pdf, recognise)
        draft = drafted(pages)
        draft.faults += [Fault("ocr", RECOGNISED)] if scanned else []
        draft.blocks = side_by_side(draft.blocks)
        return draft.document(MEDIA_TYPE, pages=len(pages), ocr=scanned)


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """The file opened by PDFium, to be closed by the caller. Raises RefusedError `encrypted` or `unreadable`."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RefusedError("encrypted" if "password" in str(error).lower() else "unreadable") from error


def pages_of(pdf: pypdfium2.PdfDocument, recognise: Recogniser | None = None) -> tuple[list[Page], bool]:
    """The pages with their words, those that are pictures recognised; and whether any was. Raises RefusedError."""
    if len(pdf) > MAX_PAGES:
        raise RefusedError("too_large")
    pages = [page_of(pdf, at) for at in range(len(pdf))]
    _modernise(pages)
    scanned = [page.number for page in pages if is_scan(page)]
    if scanned:
        from xulang.reading.files.pages.scan import recognised

        engine = engine_or_refusal(recognise)
        for page in recognised(engine, ((number, _picture(pdf, number - 1)) for number in scanned)):
            pages[page.number - 1] = page
    return pages, bool(scanned)


def _modernise(pages: list[Page]) -> None:
    """Words of an old encoding made Unicode where no font's name told of it."""
    encoding = encoding_of_text(" ".join([word.text for page in pages[:3] for word in page.words]))
    if encoding:
        for page in pages:
            for word in page.words:
                word.text = converted(word.text, encoding)


def is_scan(page: Page) -> bool:
    """Whether a page must be recognised: it has next to no letters, or letters that are no Vietnamese.

    A page that holds only a signer's stamp or a page number beside its picture counts as having none. In Vietnamese
    about every fourth letter bears a mark; a text layer with hardly any was made by an engine that did not know it.
    """
    if not page.has_picture:
        return False
    text = "".join([word.text for word in page.words])
    letters = sum(map(str.isalpha, text))
    few, strange = len(_MARKED.findall(text)) < 0.08 * letters, len(_STRANGE.findall(text)) > 0.05 * letters
    return letters < 150 or few or strange


def _picture(pdf: pypdfium2.PdfDocument, at: int) -> Picture:
    """A page rendered at 300 dpi; a page larger than A3 at less."""
    from xulang.reading.files.pages.scan import DPI, MAX_PIXELS, picture_of

    page = pdf[at]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        try:
            return picture_of(bitmap.width, bitmap.height, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    except (pypdfium2.PdfiumError, MemoryError) as error:
        raise RefusedError("unreadable") from error
    finally:
        page.close()


def page_of(pdf: pypdfium2.PdfDocument, at: int) -> Page:
    """One page (from 0) with the words that the file itself tells. Raises RefusedError."""
    try:
        page = pdf[at]
        try:
            textpage = page.get_textpage()
            try:
                turn = _Turn(page)
                words = _words(textpage.raw, turn)
            finally:
                textpage.close()
            if _is_filled_in(page.raw):
                words += _filled_in(pdf, at, words, turn)
            found = Page(at + 1, turn.width, turn.height, words)
            if sum(len(row.pieces) > 1 for row in found.rows) >= 2:  # side by side as in a table: only then worth it
                found.rules = _rules(page.raw, turn)
            if _poor(words):
                found.has_picture = _has_picture(page.raw)
            return found
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise RefusedError("unreadable") from error


# What a registry's system sets upon a page: fields of signatures, stamps, typed text.
_SET_UPON = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_BLANK_FILLED = re.compile(r"\d{1,5}[a-zđ]?")


def _is_filled_in(page: pdfium.FPDF_PAGE) -> bool:
    """Whether something is set upon the page that may hold its number and its day."""
    for n in range(min(pdfium.FPDFPage_GetAnnotCount(page), 200)):
        note = pdfium.FPDFPage_GetAnnot(page, n)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in _SET_UPON:
            return True
    return False


def _filled_in(pdf: pypdfium2.PdfDocument, at: int, printed: list[Word], turn: _Turn) -> list[Word]:
    """The numbers that a registry's system set into the blanks of "Số: …/KH-UBND" and "ngày … tháng": no part of the
    page's own text. What else is set upon a page tells who signed by machine, and when; the paper does not say it.
    """
    page = pdf[at]
    try:
        if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return []
    finally:
        page.close()
    page = pdf[at]
    textpage = page.get_textpage()
    try:
        known = {(word.text, round(word.left), round(word.top)) for word in printed}
        words = _words(textpage.raw, turn)
    finally:
        textpage.close()
        page.close()
    return [
        word
        for word in words
        if (word.text, round(word.left), round(word.top)) not in known and _BLANK_FILLED.fullmatch(word.text)
    ]


def _poor(words: list[Word]) -> bool:
    """Whether the words are few or hardly Vietnamese, so that it matters whether the page is a picture."""
    text = "".join([word.text for word in words])
    return len(text) < 400 or len(_MARKED.findall(text)) < 0.08 * len(text) or "\ufffd" in text


def _has_picture(page: pdfium.FPDF_PAGE) -> bool:
    """Whether pictures stand on the page, in forms too."""
    kinds = {
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, n))
        for n in range(min(pdfium.FPDFPage_CountObjects(page), 20_000))
    }
    return bool(kinds & {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM})


class _Turn:
    """From PDF's places (y upwards, before the page is turned) to those of the printed page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.width, self.height = page.get_size()
        self._turned = page.get_rotation() // 90

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom on the printed page."""
        if self._turned == 1:
            return bottom, left, top, right
        if self._turned == 2:
            return self.width - right, bottom, self.width - left, top
        if self._turned == 3:
            return self.width - top, self.height - right, self.width - bottom, self.height - left
        return left, self.height - top, right, self.height - bottom


def _text(textpage: pdfium.FPDF_TEXTPAGE) -> str:
    """The page's text, one code point for each character PDFium counts."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: max(got - 1, 0) * 2].decode("utf-16-le", "surrogatepass")
    if got - 1 != count or _SURROGATE.search(text):
        # Places count characters; where the text leaves some out, it is asked for one by one.
        points = (pdfium.FPDFText_GetUnicode(textpage, i) for i in range(count))
        text = "".join(chr(p) if p < 0xD800 or 0xDFFF < p < 0x110000 else " " for p in points)
    return text.replace("\x02", "-").replace("\ufffe", "-")


def _words(textpage: pdfium.FPDF_TEXTPAGE, turn: _Turn) -> list[Word]:
    """Every word with its box. Two calls a line and one a word, since calls are what costs time here."""
    words: list[Word] = []
    rect = pdfium.FS_RECTF()
    at = ctypes.addressof(rect)
    handle = ctypes.cast(textpage, ctypes.c_void_p).value
    text = _text(textpage)
    for line in _LINE.finditer(text):
        places = [m.span() for m in _WORD.finditer(text, line.start(), line.end())]
        if not places:
            continue
        lefts: list[tuple[float, float, float]] = []
        for start, _ in places:
            _BOX(handle, start, at)
            lefts.append((rect.left, rect.bottom, rect.top))
        _BOX(handle, places[-1][1] - 1, at)
        end = rect.right
        # A letter is about half as wide as it is high; a line with wide gaps would make it seem wider.
        half = 0.55 * (lefts[0][2] - lefts[0][1])
        mean = min((end - lefts[0][0]) / max(places[-1][1] - places[0][0], 1), half)
        bold, italic, font = _look(textpage, places[0][0])
        if len(places) > 1 and (bold or italic):
            last = _look(textpage, places[-1][0])
            bold, italic = bold and last[0], italic and last[1]
        encoding = encoding_of_font(font)
        for n, (start, stop) in enumerate(places):
            left, bottom, top = lefts[n]
            right = end
            if n + 1 < len(places):
                following = lefts[n + 1][0]
                size = top - bottom
                right = following - 0.25 * size
                # The end of a word is asked for only where it leaves more room than a blank, or another line begins.
                if following - left > (stop - start + 1) * mean + 0.3 * size or following < left:
                    _BOX(handle, stop - 1, at)
                    right = rect.right
            word = converted(text[start:stop], encoding) if encoding else text[start:stop]
            words.append(Word(word, *turn.box(left, bottom, max(right, left), top), bold, italic))
    return words


def _look(textpage: pdfium.FPDF_TEXTPAGE, at: int) -> tuple[bool, bool, str]:
    """Whether a character is bold and italic, by its font's name and flags; and the name."""
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, at, name, 128, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace")
    low = font.lower()
    return "bold" in low or bool(flags.value & 0x40000), bool(flags.value & 0x40) or "italic" in low, font


def _rules(page: pdfium.FPDF_PAGE, turn: _Turn) -> list[Rule]:
    """The lines drawn on a page, thin boxes among them; the sides of boxes that are not filled count as lines."""
    rules: list[Rule] = []
    sides = [ctypes.c_float() for _ in range(4)]
    refs = [ctypes.byref(s) for s in sides]
    for n in range(min(pdfium.FPDFPage_CountObjects(page), 20_000)):
        shape = pdfium.FPDFPage_GetObject(page, n)
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(shape, *refs):
            continue
        left, top, right, bottom = turn.box(*(s.value for s in sides))
        if right - left > _THIN and bottom - top > _THIN:
            rules += _outline(shape, turn)
        elif right - left >= bottom - top > -1 and right - left > 4:
            rules.append(Rule(left, (top + bottom) / 2, right, (top + bottom) / 2))
        elif bottom - top > 4:
            rules.append(Rule((left + right) / 2, top, (left + right) / 2, bottom))
        if len(rules) > 4000:
            return []  # a drawing, no table
    return rules


def _outline(shape: pdfium.FPDF_PAGEOBJECT, turn: _Turn) -> list[Rule]:
    """The straight lines that a drawn path is made of: a whole table may be one. A box only filled is a background."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        return []
    rules: list[Rule] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, ctypes.byref(matrix))
    before: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for n in range(min(pdfium.FPDFPath_CountSegments(shape), 2000)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, n)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        px = matrix.a * x.value + matrix.c * y.value + matrix.e
        py = matrix.b * x.value + matrix.d * y.value + matrix.f
        left, top, _, _ = turn.box(px, py, px, py)
        here = (left, top)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif before is not None:
            rules += _straight(before, here)
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            rules += _straight(here, start)
        before = here
    return rules


def _straight(a: tuple[float, float], b: tuple[float, float]) -> list[Rule]:
    if abs(a[1] - b[1]) < 1 and abs(a[0] - b[0]) > 4:
        return [Rule(min(a[0], b[0]), a[1], max(a[0], b[0]), a[1])]
    if abs(a[0] - b[0]) < 1 and abs(a[1] - b[1]) > 4:
        return [Rule(a[0], min(a[1], b[1]), a[0], max(a[1], b[1]))]
    return []
