"""HTML."""

from xulang.reading.files.document import Document
from xulang.reading.files.faults import RefusedError


def read_html(data: bytes) -> Document:
    """The Document of an HTML page. Raises RefusedError."""
    raise RefusedError("unreadable", data[:0].decode() or None)
