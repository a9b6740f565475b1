"""The pages of papers as they look: PDFium for PDF, Pillow for pictures, LibreOffice to set a Word file first."""

from xulang.adapters.office_pool import OfficePool
from xulang.adapters.recognition import Tesseract
from xulang.reading.files.facsimile import drawn, facsimile
from xulang.reading.files.faults import RefusedError
from xulang.reading.files.kinds import kind_of
from xulang.reading.files.ports import ConversionError, NoEngineError
from xulang.registry.ports import NoPagesError, Pages

_OFFICE = {"docx": ".docx", "doc": ".doc", "rtf": ".rtf", "odt": ".odt"}


class PagePrinter:
    """Shows pages through the libraries and programs that are here."""

    def __init__(self, pool: OfficePool) -> None:
        self._pool = pool

    def pages(self, data: bytes, text: str) -> Pages:
        """The pages of a file that was read as `text`. Raises NoPagesError."""
        suffix = _OFFICE.get(kind_of(data))
        try:
            pdf = self._pool.to_pdf(data, suffix) if suffix else None
            found = facsimile(pdf or data, text, Tesseract())
        except (ConversionError, NoEngineError) as why:
            raise NoPagesError(str(why)) from why
        except RefusedError as why:
            raise NoPagesError(why.fault.message) from why
        words = [
            (w.start, w.end, w.page, round(w.left, 1), round(w.top, 1), round(w.right, 1), round(w.bottom, 1))
            for w in found.words
        ]
        return Pages(pdf, [(leaf.width, leaf.height, leaf.turns) for leaf in found.leaves], words)

    def draw(self, data: bytes, number: int, width: int, turns: int) -> bytes:
        """One page as a WebP picture of that width in pixels. Raises NoPagesError."""
        try:
            return drawn(data, number, width, turns)
        except RefusedError as why:
            raise NoPagesError(why.fault.message) from why
