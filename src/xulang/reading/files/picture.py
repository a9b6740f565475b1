"""Pictures of pages: PNG, JPEG, TIFF with one page or several."""

from xulang.reading.files.document import Document, Fault
from xulang.reading.files.faults import RECOGNISED, engine_or_refusal
from xulang.reading.files.layout import side_by_side
from xulang.reading.files.pages.flow import drafted
from xulang.reading.files.pages.scan import pictures_of, recognised
from xulang.reading.files.ports import Recogniser

_KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"II*": "image/tiff", b"MM": "image/tiff"}


def read_picture(data: bytes, recognise: Recogniser | None) -> Document:
    """The Document of a picture file. Raises RefusedError, NoEngineError."""
    engine = engine_or_refusal(recognise)
    pages = list(recognised(engine, enumerate(pictures_of(data), start=1)))
    draft = drafted(pages)
    draft.faults.append(Fault("ocr", RECOGNISED))
    draft.blocks = side_by_side(draft.blocks)
    kind = next((kind for mark, kind in _KINDS.items() if data.startswith(mark)), "image/*")
    return draft.document(kind, pages=len(pages), ocr=True)
