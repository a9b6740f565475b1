"""The pages of real files: a Word file set by LibreOffice, a picture, and what is refused with what to do."""

import shutil
from collections.abc import Iterator

import pytest

from reading.plans import make
from reading.typist import word
from xulang.adapters.office_pool import OfficePool
from xulang.adapters.printing import PagePrinter
from xulang.reading.files.opening import open_document
from xulang.registry.ports import NoPagesError

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice; make setup-system installs it")


@pytest.fixture
def printer() -> Iterator[PagePrinter]:
    pool = OfficePool(size=1)
    yield PagePrinter(pool)
    pool.close()


def test_a_word_file_is_set_and_its_words_are_found(printer: PagePrinter) -> None:
    data = word(make(3).blocks)
    text = open_document(data).text
    made = printer.pages(data, text)
    assert made.pdf is not None
    assert made.pdf.startswith(b"%PDF")
    assert len(made.leaves) >= 1
    told = "".join(text[start:end] for start, end, *_box in made.words)
    assert sum(map(str.isalnum, told)) > 0.97 * sum(map(str.isalnum, text))
    assert printer.draw(made.pdf, 1, 300, 0)[8:12] == b"WEBP"


def test_without_libreoffice_it_says_what_to_do(printer: PagePrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(NoPagesError, match="make setup-system"):
        printer.pages(word(make(3).blocks), "x")


def test_a_broken_file_says_what_to_do(printer: PagePrinter) -> None:
    with pytest.raises(NoPagesError, match="lưu thành tệp"):
        printer.pages(b"%PDF-1.4 broken", "x")
