"""The door of this room: the bytes of any file into a Document, whatever they hold."""

from collections.abc import Callable
from dataclasses import replace

from xulang.reading.files.document import Document
from xulang.reading.files.faults import MAX_BYTES, OLD_FORMAT, RefusedError, refused
from xulang.reading.files.kinds import Kind, kind_of
from xulang.reading.files.ports import ConversionError, Converter, NoEngineError, Recogniser


def open_document(
    data: bytes,
    *,
    media_type: str | None = None,
    recognise: Recogniser | None = None,
    convert: Converter | None = None,
) -> Document:
    """The Document of some bytes. Never raises for what a file holds: what is wrong with it is a Fault.

    `media_type` is believed only where the bytes leave a doubt (Markdown or plain text). `recognise` is asked for
    scanned pages, `convert` for old office formats; without them such a file gives a Document with a Fault.
    """
    kind = kind_of(data)
    try:
        if len(data) > MAX_BYTES:
            raise RefusedError("too_large")
        if not data.strip():
            raise RefusedError("empty")
        if kind in _OLD:
            return replace(_docx(_renewed(data, kind, convert), None, None), media_type=_MEDIA_TYPES[kind])
        return _READERS[kind](data, media_type, recognise)
    except NoEngineError as missing:
        return refused(_MEDIA_TYPES[kind], RefusedError("ocr", str(missing)))
    except RefusedError as refusal:
        return refused(_MEDIA_TYPES[kind], refusal)


_OLD = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt"}
_MEDIA_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "picture": "image/*",
    "html": "text/html",
    "text": "text/plain",
    "encrypted": "application/x-ole-storage",
    "unknown": "application/octet-stream",
}


def _renewed(data: bytes, kind: Kind, convert: Converter | None) -> bytes:
    """An old office file as DOCX. Raises RefusedError."""
    if convert is None:
        raise RefusedError("unreadable", OLD_FORMAT)
    try:
        return convert.to_docx(data, _OLD[kind])
    except ConversionError as error:
        raise RefusedError("unreadable", str(error)) from error


# Readers are imported when asked for: one file needs one of them, and the command must start at once.


def _docx(data: bytes, _media_type: str | None, _recognise: Recogniser | None) -> Document:
    from xulang.reading.files.docx.body import read_docx

    return read_docx(data)


def _pdf(data: bytes, _media_type: str | None, recognise: Recogniser | None) -> Document:
    from xulang.reading.files.pdf import read_pdf

    return read_pdf(data, recognise)


def _picture(data: bytes, _media_type: str | None, recognise: Recogniser | None) -> Document:
    from xulang.reading.files.picture import read_picture

    return read_picture(data, recognise)


def _html(data: bytes, _media_type: str | None, _recognise: Recogniser | None) -> Document:
    from xulang.reading.files.html import read_html

    return read_html(data)


def _text(data: bytes, media_type: str | None, _recognise: Recogniser | None) -> Document:
    from xulang.reading.files.markdown import is_markdown, read_markdown
    from xulang.reading.files.plain import decoded, read_plain

    text = decoded(data)
    return read_markdown(text) if media_type == "text/markdown" or is_markdown(text) else read_plain(text)


def _encrypted(_data: bytes, _media_type: str | None, _recognise: Recogniser | None) -> Document:
    raise RefusedError("encrypted")


def _unknown(_data: bytes, _media_type: str | None, _recognise: Recogniser | None) -> Document:
    raise RefusedError("unreadable")


_READERS: dict[Kind, Callable[[bytes, str | None, Recogniser | None], Document]] = {
    "docx": _docx,
    "pdf": _pdf,
    "picture": _picture,
    "html": _html,
    "text": _text,
    "encrypted": _encrypted,
    "unknown": _unknown,
}
