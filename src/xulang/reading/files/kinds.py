"""Which kind of file some bytes are: told by what they hold, never by a name."""

import re
import zipfile
from io import BytesIO
from typing import Literal

Kind = Literal["docx", "odt", "doc", "rtf", "pdf", "picture", "html", "text", "encrypted", "unknown"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
    rb"<(!doctype\s+html|html|head|body|div|table|p|meta|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(data: bytes) -> Kind:
    """The kind of file; "encrypted" for an office file under a password, "unknown" for what is no paper."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _of_zip(data)
    if data.startswith(_OLE):
        # An encrypted DOCX is kept as a stream of an OLE file; stream names are UTF-16.
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "doc"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "picture"
    return "html" if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) else "text"


def _of_zip(data: bytes) -> Kind:
    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "docx"  # damaged: its reader says so
    if "mimetype" in names and "content.xml" in names:
        return "odt"
    return "docx" if "[Content_Types].xml" in names or "word/document.xml" in names else "unknown"
