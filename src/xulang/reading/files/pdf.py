"""PDF: text with its places through PDFium."""

import pypdfium2

from xulang.reading.files.document import Document
from xulang.reading.files.draft import Draft, Paragraph
from xulang.reading.files.faults import MAX_PAGES, RefusedError

MEDIA_TYPE = "application/pdf"


def read_pdf(data: bytes) -> Document:
    """The Document of a digital PDF. Raises RefusedError."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RefusedError("encrypted" if "password" in str(error).lower() else "unreadable") from error
    draft = Draft()
    with pdf:
        if len(pdf) > MAX_PAGES:
            raise RefusedError("too_large")
        for at in range(len(pdf)):
            text = pdf[at].get_textpage().get_text_range()
            draft.blocks += [Paragraph(line, page=at + 1) for line in text.split("\r\n")]
        return draft.document(MEDIA_TYPE, pages=len(pdf))
