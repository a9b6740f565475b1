"""No input raises, takes long, or needs much memory. A sample; `make prove` runs a hundred times as many."""

import time

import pytest

from reading.contract import breaches
from reading.files.spoiling import BOMBS, sound, spoilt
from xulang.reading.directive.read import read_file
from xulang.reading.files.ports import Picture, RecognisedWord


class Blind:
    """A recogniser that sees nothing: what it is given must still be a picture."""

    def recognise(self, pages):  # type: ignore[no-untyped-def]
        for page in pages:
            assert isinstance(page, Picture)
            assert len(page.grey) == page.width * page.height
            yield [RecognisedWord("x", 0, 0, 1, 1, 0, 90.0)]


def test_the_good_files_are_good() -> None:
    """What is spoilt below is read well when it is not: the spoiling is what is tested."""
    for kind in ("docx", "pdf", "md", "txt", "html"):
        assert read_file(sound()[kind], name=kind).text, kind


@pytest.mark.parametrize("part", range(10))
def test_spoilt_files(part: int) -> None:
    for number in range(part * 100, part * 100 + 100):
        how, data = spoilt(number)
        reading = read_file(data, name=how, recognise=Blind())
        assert breaches(reading.as_contract()) == [], (number, how)


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_bombs(bomb) -> None:  # type: ignore[no-untyped-def]
    begun = time.process_time()
    reading = read_file(bomb(), name="x", recognise=Blind())
    assert breaches(reading.as_contract()) == []
    assert time.process_time() - begun < 30
