"""Reports as PDF: LibreOffice sets the Word file."""

from xulang.adapters.office_pool import OfficePool
from xulang.reading.files.ports import ConversionError
from xulang.reporting.ports import NotSetError


class OfficeTypesetter:
    """Sets papers through the offices that stay open."""

    def __init__(self, pool: OfficePool) -> None:
        self._pool = pool

    def to_pdf(self, data: bytes) -> bytes:
        """The DOCX as PDF. Raises NotSetError."""
        try:
            return self._pool.to_pdf(data, ".docx")
        except ConversionError as why:
            raise NotSetError(str(why)) from why
