"""The door of this room: the bytes of any file into a Document, whatever they hold."""

from xulang.reading.files.document import Document
from xulang.reading.files.faults import MAX_BYTES, RefusedError, refused
from xulang.reading.files.kinds import kind_of
from xulang.reading.files.ports import Converter, Recogniser


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
    try:
        if len(data) > MAX_BYTES:
            raise RefusedError("too_large")
        return _read(data, media_type, recognise, convert)
    except RefusedError as refusal:
        return refused(media_type or "application/octet-stream", refusal)


def _read(data: bytes, media_type: str | None, recognise: Recogniser | None, convert: Converter | None) -> Document:
    # Readers are imported when asked for: one file needs one of them, and the command must start at once.
    kind = kind_of(data)
    if kind == "docx":
        from xulang.reading.files.docx.body import read_docx

        return read_docx(data)
    if kind == "pdf":
        from xulang.reading.files.pdf import read_pdf

        return read_pdf(data)
    if kind == "text":
        from xulang.reading.files.markdown import is_markdown, read_markdown
        from xulang.reading.files.plain import decoded, read_plain

        text = decoded(data)
        return read_markdown(text) if media_type == "text/markdown" or is_markdown(text) else read_plain(text)
    del recognise, convert
    raise RefusedError("encrypted" if kind == "encrypted" else "unreadable")
