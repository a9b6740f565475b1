"""Pictures on their way in and shown small: where one was taken is removed without touching its pixels. PURE.

What a camera writes beside the picture (place, owner, serial number, an older thumbnail, a film behind it) goes;
how it is turned and when it was taken stay. Faces are not looked for.
"""

import io
import struct
import zlib
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 320  # pixels of a thumbnail's longer side
_PIXELS = 80_000_000  # a picture with more is not drawn
_TURNED, _WHEN, _TAKEN, _EXIF = 0x0112, 0x0132, 0x9003, 0x8769
_PNG = b"\x89PNG\r\n\x1a\n"


class BrokenPictureError(ValueError):
    """The bytes are not whole: what they hold beside the picture cannot be told."""


def without_place(data: bytes, kind: str) -> bytes:
    """The picture without what was written beside it; other kinds of files as they are.

    The same bytes where nothing was there. Raises BrokenPictureError for a picture whose parts cannot be told apart.
    """
    cleaners = {"jpeg": _jpeg, "png": _png, "webp": _webp}
    if kind not in cleaners:
        return data
    try:
        return cleaners[kind](data)
    except (struct.error, IndexError) as why:
        raise BrokenPictureError(str(why)) from why


def _jpeg(data: bytes) -> bytes:
    """Without its APP1 (Exif, XMP) to APP15 segments but colour (ICC, Adobe), its comments and what follows its end."""
    kept, at = bytearray(data[:2]), 2
    exif = _own_exif(data)
    if exif:
        kept += b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    while True:
        if data[at] != 0xFF:
            raise BrokenPictureError("no marker where one must stand")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker == 0xD9:
            kept += b"\xff\xd9"
            break
        else:
            (length,) = struct.unpack(">H", data[at + 2 : at + 4])
            part = data[at : at + 2 + length]
            if len(part) < 2 + length:
                raise BrokenPictureError("a segment is cut")
            at += 2 + length
            if not _beside(marker, part[4:]):
                kept += part
            if marker == 0xDA:
                end = _scanned(data, at)
                kept += data[at:end]
                at = end
    return data if bytes(kept) == data else bytes(kept)


def _beside(marker: int, body: bytes) -> bool:
    """Whether a segment is written beside the picture and not needed to draw it."""
    if marker == 0xFE:
        return True
    icc = marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")
    return 0xE1 <= marker <= 0xEF and marker != 0xEE and not icc


def _scanned(data: bytes, at: int) -> int:
    """Where the coded lines that begin here end: at the next marker that is neither stuffing nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise BrokenPictureError("the picture has no end")
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _own_exif(data: bytes) -> bytes:
    """How it is turned and when it was taken, as Exif of our own; empty where neither is told."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            told = picture.getexif()
            taken = told.get_ifd(_EXIF).get(_TAKEN)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error) as why:
        raise BrokenPictureError(str(why)) from why
    own = Image.Exif()
    for tag in (_TURNED, _WHEN):
        if tag in told:
            own[tag] = told[tag]
    if taken:
        own.get_ifd(_EXIF)[_TAKEN] = taken
    return own.tobytes() if len(own) or taken else b""


def _png(data: bytes) -> bytes:
    """Without its Exif and texts."""
    kept = bytearray(_PNG)
    for name, part in _chunks(data):
        if name not in {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}:
            kept += part
    return data if bytes(kept) == data else bytes(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(_PNG), b""
    while name != b"IEND":
        (length,) = struct.unpack(">I", data[at : at + 4])
        part, name = data[at : at + 12 + length], data[at + 4 : at + 8]
        if len(part) < 12 + length or zlib.crc32(part[4:-4]) != struct.unpack(">I", part[-4:])[0]:
            raise BrokenPictureError("a chunk is cut")
        at += 12 + length
        yield name, part


def _webp(data: bytes) -> bytes:
    """Without its Exif and XMP, and the flags that announce them."""
    (size,) = struct.unpack("<I", data[4:8])
    if size + 8 > len(data):
        raise BrokenPictureError("the file is cut")
    at, kept = 12, bytearray()
    while at < size + 8:
        (length,) = struct.unpack("<I", data[at + 4 : at + 8])
        part = bytearray(data[at : at + 8 + length + length % 2])
        at += len(part)
        if bytes(part[:4]) == b"VP8X":
            part[8] &= ~0b0000_1100
        if bytes(part[:4]) not in {b"EXIF", b"XMP "}:
            kept += part
    clean = b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + bytes(kept)
    return data if clean == data else clean


def thumbnail(data: bytes, media_type: str) -> bytes | None:
    """A small JPEG of a picture, or of a PDF's first page; None for what has no look or cannot be drawn."""
    try:
        if media_type == "application/pdf":
            picture = _first_page(data)
        elif media_type.startswith("image/"):
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
            if picture.width * picture.height > _PIXELS:
                return None
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
        else:
            return None
        picture = ImageOps.exif_transpose(picture).convert("RGB")
        picture.thumbnail((SIDE, SIDE))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=80)
    except (OSError, ValueError, SyntaxError, struct.error, pypdfium2.PdfiumError, Image.DecompressionBombError):
        return None
    return out.getvalue()


def _first_page(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        width, height = page.get_size()
        scale = SIDE / max(width, height, 1)
        found: Image.Image = page.render(scale=scale).to_pil()
        return found
    finally:
        document.close()
