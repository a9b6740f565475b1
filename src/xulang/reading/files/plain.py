"""Plain text: bytes of any usual encoding into lines, and paragraphs out of hard-wrapped lines."""

from xulang.reading.files.document import Document
from xulang.reading.files.draft import Draft, Paragraph
from xulang.reading.files.layout import side_by_side

MEDIA_TYPE = "text/plain"


def decoded(data: bytes) -> str:
    """The text of some bytes: by its mark, else UTF-8, else UTF-16, else Windows-1258. Line ends become line feeds."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1258", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_plain(text: str) -> Document:
    """The Document of a plain text. Raises RefusedError."""
    draft = Draft()
    draft.blocks = side_by_side([Paragraph(line) for line in text.split("\n")])
    return draft.document(MEDIA_TYPE)
