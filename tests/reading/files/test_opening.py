"""Any bytes give a Document; what is wrong is said so that a person knows what to do."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.files.word_xml import docx, p
from xulang.reading.files import faults
from xulang.reading.files.draft import Box, Draft, Grid, Paragraph
from xulang.reading.files.kinds import kind_of
from xulang.reading.files.opening import open_document
from xulang.reading.files.ports import ConversionError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("x")), "docx"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<x/>"), "odt"),
        (zipped(photo_txt=b"x"), "unknown"),
        (b"%PDF-1.4 ...", "pdf"),
        (b"junk before\n%PDF-1.7", "pdf"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"II*\x00", "picture"),
        (b"\n <!DOCTYPE HTML><p>x", "html"),
        (b"<!-- x --><html>", "html"),
        ("Kế hoạch".encode(), "text"),
    ],
)
def test_kinds_are_told_by_content(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def bomb() -> bytes:
    """A Word file of few bytes whose main part unpacks to more than a directive can be."""
    files = {"_rels/.rels": b"<Relationships/>", "[Content_Types].xml": b"<Types/>"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        with archive.open("word/document.xml", "w") as part:
            for _ in range(faults.MAX_PART // 2**20 + 1):
                part.write(b" " * 2**20)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x00" * 1000, "unreadable"),
        (bytes(range(256)) * 20, "unreadable"),
        (bomb(), "too_large"),
        (zipped(photo_txt=b"x"), "unreadable"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"a" * (faults.MAX_TEXT + 1), "too_large"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "ocr"),  # no engine to read pictures with
        (b"{\\rtf1 x}", "unreadable"),  # no converter
    ],
)
def test_faults(data: bytes, code: str) -> None:
    found = open_document(data)
    assert (found.text, found.lines, [fault.code for fault in found.faults]) == ("", (), [code])
    assert found.faults[0].message[0].isupper()
    assert "Hãy" in found.faults[0].message


class Fails:
    def to_docx(self, data: bytes, suffix: str) -> bytes:
        raise ConversionError("Không mở được. Hãy thử lại.")


class Converts:
    def to_docx(self, data: bytes, suffix: str) -> bytes:
        return docx(p(f"từ {suffix}"))


def test_old_formats_go_through_the_converter() -> None:
    found = open_document(b"{\\rtf1 x}", convert=Converts())
    assert (found.text, found.media_type) == ("từ .rtf\n", "application/rtf")
    assert open_document(b"{\\rtf1 x}", convert=Fails()).faults[0].message == "Không mở được. Hãy thử lại."


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"<html>"]))
def test_no_bytes_raise(data: bytes, head: bytes) -> None:
    found = open_document(head + data)
    assert bool(found.text.strip()) or bool(found.faults)


text = st.text(st.characters(codec="utf-8"), max_size=30)
paragraphs = st.builds(Paragraph, text, st.sampled_from(["", "1.", "a)", "-"]))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    blocks: list[Paragraph | Grid] = []
    for _ in range(draw(st.integers(0, 6))):
        if draw(st.booleans()):
            blocks.append(draw(paragraphs))
        else:
            rows = [
                [Box(draw(st.lists(paragraphs, max_size=3)), r, c) for c in range(draw(st.integers(1, 3)))]
                for r in range(draw(st.integers(1, 3)))
            ]
            blocks.append(Grid(rows))
    return Draft([Paragraph("đầu"), *blocks])


@settings(deadline=None)  # a busy machine is no fault
@given(drafts())
def test_places_are_those_of_the_text(draft: Draft) -> None:
    """Lines tile the text, cells their rows; labels, cells and breaks stand where they say."""
    found = draft.document("x")
    assert "".join(line.at.of(found.text) + "\n" for line in found.lines) == found.text
    for line in found.lines:
        assert "\n" not in line.at.of(found.text)
        assert line.label is None or line.at.of(found.text).startswith(line.label.of(found.text))
    for sheet in found.tables:
        rows = [line for line in found.lines if line.table == found.tables.index(sheet)]
        for line, cells in zip(rows, sheet.rows, strict=True):
            assert "\t".join(cell.at.of(found.text) for cell in cells) == line.at.of(found.text)
            for cell in cells:
                assert all(found.text[at - 1] == " " and cell.at.start < at < cell.at.end for at in cell.breaks)
