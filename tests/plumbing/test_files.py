"""Stored files: told by content, kept under random paths, erased by an act with a reason."""

import io
import zipfile

import pytest

from builders import NOW, sha256
from xulang.plumbing import files
from xulang.plumbing.errors import AlreadyWithdrawn, EmptyFile, MacroFile, ReasonNeeded, TooLarge, UnknownFile
from xulang.plumbing.models import JournalEntry


def zipped(**parts: bytes) -> bytes:
    """A zip with these parts; "__" stands for "/" and "_1_" for the brackets' part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr({"types": "[Content_Types].xml"}.get(name, name.replace("__", "/")), data)
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})

# content, name, kind
SNIFFED = [
    # by the first bytes, whatever the name says
    (b"%PDF-1.7 ...", "a.txt", "pdf"),
    (b"\n\n%PDF-1.4", "a.pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n....", "a.pdf", "png"),
    (b"\xff\xd8\xff\xe0..", "a.jpg", "jpeg"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "webp"),
    (zipped(types=b"", **{"word__document.xml": b""}), "a.zip", "docx"),
    (zipped(types=b"", **{"xl__workbook.xml": b""}), "a.xlsx", "xlsx"),
    (ODT, "a.odt", "odt"),
    (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "doc"),
    # text: Markdown by its name, HTML by its content
    ("Kế hoạch".encode(), "a.txt", "txt"),
    ("Kế hoạch".encode("utf-16"), "a.txt", "txt"),
    (b"\xef\xbb\xbf# K", "a.md", "md"),
    (b"<!DOCTYPE html><p>x", "a.txt", "html"),
    (b"<p>x</p>", "a.htm", "html"),
    ("Keá hoaïch".encode("latin-1"), "a.txt", "txt"),
    # refused: programs, pictures that can hold scripts, plain zips, other old office files, binary
    (b"MZ\x90\0", "a.pdf", None),
    (b"\x7fELF\x02", "a.txt", None),
    (b"#!/bin/sh\n", "a.txt", None),
    (b"<svg xmlns='x'>", "a.txt", None),
    (b"<?xml version='1.0'?><svg/>", "a.html", None),
    (b"<script>x</script>", "a.html", None),
    (b"alert(1)", "a.js", None),
    (zipped(**{"a.txt": b"x"}), "a.docx", None),
    (b"PK\x03\x04 broken", "a.docx", None),
    (OLE + "Workbook".encode("utf-16-le"), "a.xls", None),
]


@pytest.mark.parametrize(("data", "name", "kind"), SNIFFED)
def test_kind_by_content(data, name, kind):
    assert files.sniff(data, name) == kind


@pytest.mark.parametrize(
    "data",
    [
        zipped(types=b"", **{"word__document.xml": b"", "word__vbaProject.bin": b""}),
        zipped(mimetype=b"application/vnd.oasis.opendocument.text", Basic__script=b""),
        OLE + "WordDocument".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"),
    ],
)
def test_macros_are_refused(data):
    with pytest.raises(MacroFile, match=r"a\.docx"):
        files.sniff(data, "a.docx")


# what a browser may send as a name, what is kept
NAMES = [
    ("C:\\Users\\lan\\Kế hoạch.docx", "Kế hoạch.docx"),
    ("../../etc/passwd", "passwd"),
    ("a\u202eb\x00\n.pdf", "ab.pdf"),
    ("", "tep"),
    ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_names_are_cleaned(given, kept):
    assert files.clean_name(given) == kept


@pytest.mark.django_db
def test_store_and_withdraw(django_capture_on_commit_callbacks):
    stored = files.store(data=b"%PDF-1.7 x", name="Ke hoach.pdf", by=None, now=NOW)
    assert (stored.sha256, stored.size, stored.media_type) == (sha256(b"%PDF-1.7 x"), 10, "application/pdf")
    assert "Ke hoach" not in stored.file.name
    storage, path = stored.file.storage, stored.file.name
    with pytest.raises(ReasonNeeded):
        files.withdraw(stored, reason=" ", by=None, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        files.withdraw(stored, reason="Có thông tin cá nhân", by=None, now=NOW)
    assert not storage.exists(path)
    assert (stored.name, stored.file.name, stored.sha256) == ("", "", sha256(b"%PDF-1.7 x"))
    with pytest.raises(AlreadyWithdrawn):
        files.withdraw(stored, reason="Lần nữa", by=None, now=NOW)
    # The reason may name a person: it stays out of the journal, and so does the file's name.
    told = str(list(JournalEntry.objects.values_list("data", flat=True)))
    assert "cá nhân" not in told
    assert "Ke hoach" not in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "allowed", "error"),
    [
        (b"", files.ALL_KINDS, EmptyFile),
        (b"%PDF-" + b"x" * (1024 * 1024), files.ALL_KINDS, TooLarge),
        (b"\0\1", files.ALL_KINDS, UnknownFile),
        # a table is good evidence, and no directive
        (zipped(types=b"", **{"xl__workbook.xml": b""}), files.DIRECTIVES, UnknownFile),
    ],
)
def test_store_refuses(settings, data, allowed, error):
    settings.XULANG_MAX_UPLOAD_MB = 1
    with pytest.raises(error):
        files.store(data=data, name="a.pdf", by=None, now=NOW, allowed=allowed)
