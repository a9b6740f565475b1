"""Reports as PDF: LibreOffice sets the Word file."""

from xulang.adapters.conversion import LibreOffice
from xulang.reading.files.ports import ConversionError
from xulang.reporting.ports import NotSetError


class OfficeTypesetter:
    """Sets papers through the LibreOffice that is here."""

    def to_pdf(self, data: bytes) -> bytes:
        """The DOCX as PDF. Raises NotSetError."""
        try:
            return LibreOffice().to_pdf(data, ".docx")
        except ConversionError as why:
            raise NotSetError(str(why)) from why
