"""Old office files become DOCX through LibreOffice, or a sentence says what to do."""

import shutil

import pytest

from xulang.adapters.conversion import LibreOffice
from xulang.reading.files.opening import open_document
from xulang.reading.files.ports import ConversionError

RTF = rb"{\rtf1\ansi\ansicpg1258 K\u7871? ho\u7841?ch\par {\b 1.} Giao Ph\u242?ng Kinh t\u7871?\par}"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_rich_text_file_is_read() -> None:
    found = open_document(RTF, convert=LibreOffice())
    assert (found.text, found.media_type) == ("Kế hoạch\n1. Giao Phòng Kinh tế\n", "application/rtf")


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ConversionError, match="libreoffice-writer-nogui"):
        LibreOffice().to_docx(RTF, ".rtf")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_it_is_stopped_after_its_time() -> None:
    with pytest.raises(ConversionError, match="lưu thành"):
        LibreOffice(seconds=0.01).to_docx(RTF, ".rtf")
