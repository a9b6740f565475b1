"""The reader as the register asks for it, with Tesseract and LibreOffice behind it."""

from typing import Any

from xulang.adapters.conversion import LibreOffice
from xulang.adapters.recognition import Tesseract
from xulang.reading.directive.read import read_file


def read_directive(data: bytes, name: str) -> dict[str, Any]:
    """The reading of one file as `xulang.reading/1`; bad input gives warnings, never an exception."""
    return read_file(data, name=name, recognise=Tesseract(), convert=LibreOffice()).as_contract()
