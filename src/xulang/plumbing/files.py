"""Stored files: what a content truly is, keeping it under a random path, erasing it by an act with a reason."""

import datetime as dt
import hashlib
import io
import re
import secrets
import unicodedata
import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction

from xulang.plumbing import journal, pictures
from xulang.plumbing.errors import (
    AlreadyWithdrawn,
    BrokenPicture,
    ConsentNeeded,
    EmptyFile,
    MacroFile,
    ReasonNeeded,
    TooLarge,
    UnknownFile,
)
from xulang.plumbing.models import StoredFile
from xulang.plumbing.verdicts import People

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
}
ALL_KINDS = frozenset(MEDIA_TYPES)
DIRECTIVES = ALL_KINDS - {"xlsx"}  # what a paper can come in as, pictures of pages included

_TEXT_SUFFIXES = {"": "txt", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
# Text that a machine would run or draw with scripts inside.
_PROGRAM = re.compile(rb"\s*(?:#!|<\?php|<script|<svg|<\?xml|@echo)", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html)", re.IGNORECASE | re.DOTALL)


def store(
    *,
    data: bytes,
    name: str,
    by: models.Model | None,
    now: dt.datetime,
    allowed: Collection[str] = ALL_KINDS,
    original: bytes | None = None,
) -> StoredFile:
    """Keeps a file under a random path and tells the journal its hash; equal bytes lie there once.

    `original`: what was sent, where `data` is a copy made of it. Raises EmptyFile, TooLarge, MacroFile or UnknownFile:
    by content, never by the name alone.
    """
    kind, name = check(data=data, name=name, allowed=allowed), clean_name(name)
    with transaction.atomic():
        stored = StoredFile(
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            media_type=MEDIA_TYPES[kind],
            name=name,
            stored_at=now,
            original_sha256=hashlib.sha256(original).hexdigest() if original not in (None, data) else "",
        )
        # Locked, so that a withdrawal of the last row of these bytes comes wholly before or wholly after.
        there = StoredFile.objects.select_for_update().filter(sha256=stored.sha256, media_type=stored.media_type)
        twin = there.filter(withdrawn_at__isnull=True).exclude(file="").order_by("pk").first()
        if twin is None:
            token = secrets.token_hex(16)
            stored.file.save(f"{token[:2]}/{token[2:]}.{kind}", ContentFile(data), save=False)
        else:
            stored.file.name = twin.file.name
            stored.scan, stored.scanned_at, stored.signature = twin.scan, twin.scanned_at, twin.signature
        stored.save(force_insert=True)
        told = {"sha256": stored.sha256} | ({"original": stored.original_sha256} if stored.original_sha256 else {})
        journal.record(by=by, action="file.stored", subject=stored, data=told, now=now)
    return stored


def take_in(
    *,
    data: bytes,
    name: str,
    by: models.Model | None,
    now: dt.datetime,
    people: People = People.UNTOLD,
    consent: str = "",
) -> StoredFile:
    """Keeps what somebody sends to show something: a picture without the place where it was taken.

    Raises what `store` does, and BrokenPicture.
    """
    kind = check(data=data, name=name)
    try:
        clean = pictures.without_place(data, kind)
    except pictures.BrokenPictureError as why:
        raise BrokenPicture(name=clean_name(name)) from why
    stored = store(data=clean, name=name, by=by, now=now, original=data)
    if stored.is_picture and people != People.UNTOLD:
        tell_people(stored, people=people, consent=consent, by=by, now=now)
    return stored


def tell_people(stored: StoredFile, *, people: People, consent: str, by: models.Model | None, now: dt.datetime) -> None:
    """Says whether people can be known in a picture and by what right it is kept; the caller has checked who may.

    Raises ConsentNeeded where they consented and nothing says how: consent must be provable (Luật 91/2025/QH15).
    """
    if people == People.CONSENTED and not consent.strip():
        raise ConsentNeeded
    stored.people, stored.consent = people, consent.strip()[:300]
    stored.save(update_fields=["people", "consent"])
    journal.record(by=by, action="file.people_told", subject=stored, data={"people": str(people)}, now=now)


def thumbnail(stored: StoredFile) -> bytes | None:
    """The file shown small, made when first asked for and kept beside it; None for what has no look."""
    if not stored.has_look:
        return None
    storage, path = stored.file.storage, _small(str(stored.file.name))
    if storage.exists(path):
        with storage.open(path, "rb") as file:
            kept: bytes = file.read()
        return kept
    with stored.file.open("rb") as file:
        made = pictures.thumbnail(file.read(), stored.media_type)
    if made:
        storage.save(path, ContentFile(made))
    return made


def _small(path: str) -> str:
    return f"{path}.nho.jpg"


def check(*, data: bytes, name: str, allowed: Collection[str] = ALL_KINDS) -> str:
    """The kind of a content that may be stored. Raises EmptyFile, TooLarge, MacroFile or UnknownFile."""
    name = clean_name(name)
    limit: int = settings.XULANG_MAX_UPLOAD_MB
    if not data:
        raise EmptyFile(name=name)
    if len(data) > limit * 1024 * 1024:
        raise TooLarge(name=name, limit=limit)
    kind = sniff(data, name)
    if kind is None or kind not in allowed:
        raise UnknownFile(name=name, kinds=", ".join(one.upper() for one in MEDIA_TYPES if one in allowed))
    return kind


def withdraw(stored: StoredFile, *, reason: str, by: models.Model | None, now: dt.datetime) -> None:
    """Erases bytes and name and keeps hash and size; the caller has checked who may.

    The bytes go with the last row that has them: what was sent elsewhere as well stays there until it is erased there.

    Raises ReasonNeeded, AlreadyWithdrawn. The reason stays beside the file, not in the journal: it may name a person.
    """
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        same = list(StoredFile.objects.select_for_update().filter(sha256=stored.sha256).order_by("pk"))
        row = next(one for one in same if one.pk == stored.pk)
        if row.withdrawn_at:
            raise AlreadyWithdrawn
        storage, path = row.file.storage, row.file.name
        shared = any(one.file.name == path for one in same if one.pk != row.pk)
        row.name, row.file, row.withdrawn_at, row.withdrawn_reason = "", "", now, reason.strip()
        row.consent = ""  # it may name a person
        row.save(update_fields=["name", "file", "withdrawn_at", "withdrawn_reason", "consent"])
        journal.record(by=by, action="file.withdrawn", subject=row, data={"sha256": row.sha256}, now=now)
        if path and not shared:
            transaction.on_commit(lambda: storage.delete(path))
            transaction.on_commit(lambda: storage.delete(_small(path)))
    stored.refresh_from_db()


def clean_name(name: str) -> str:
    """The last part of the path, NFC, without control characters, at most 200 characters with its ending kept."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    last = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip() or "tep"
    stem, dot, suffix = last.rpartition(".")
    return last if len(last) <= 200 else f"{stem[: 199 - len(suffix)]}{dot}{suffix}"


def sniff(data: bytes, name: str) -> str | None:
    """The kind of a content ("pdf", "docx" …), or None for what is not taken in. Raises MacroFile.

    The name only tells Markdown from plain text, and refuses text that is named as a program.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, name)
    if data.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        return _ole_kind(data, name)
    return _text_kind(data, name)


def _zip_kind(data: bytes, name: str) -> str | None:
    """DOCX, XLSX or ODT, by the parts that make it one; only the list of parts is read, so no bomb goes off."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename for part in archive.infolist()}
            mimetype = archive.open("mimetype").read(100) if "mimetype" in parts else b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return None
    if any(PurePosixPath(part).name.lower() == "vbaproject.bin" or part.startswith("Basic/") for part in parts):
        raise MacroFile(name=name)
    if mimetype.strip() == MEDIA_TYPES["odt"].encode():
        return "odt"
    if "[Content_Types].xml" in parts:
        return next((kind for kind, part in _OOXML.items() if part in parts), None)
    return None


_OOXML = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def _ole_kind(data: bytes, name: str) -> str | None:
    """An old Word file, by the names of its streams (UTF-16)."""
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise MacroFile(name=name)
    return "doc" if "WordDocument".encode("utf-16-le") in data else None


def _text_kind(data: bytes, name: str) -> str | None:
    """Plain text in any encoding: no control characters but blanks; UTF-16 only with its mark."""
    head = data[:65536]
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
            return None
        head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return "html"
    if _PROGRAM.match(head):
        return None
    suffix = PurePosixPath(name.lower()).suffix
    return "html" if suffix in {".html", ".htm"} else _TEXT_SUFFIXES.get(suffix)
