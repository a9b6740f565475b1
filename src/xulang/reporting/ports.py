"""What reporting needs from the outer world: somebody who sets a Word file as PDF."""

from typing import Protocol


class NotSetError(Exception):
    """The paper cannot be set as PDF; the message tells a person why and what to do."""


class Typesetter(Protocol):
    """Sets a Word file as it looks when printed."""

    def to_pdf(self, data: bytes) -> bytes:
        """The DOCX as PDF. Raises NotSetError."""


_registered: list[Typesetter] = []


def register_typesetter(typesetter: Typesetter) -> None:
    """Called once by the wiring; a later call takes the earlier one's place."""
    _registered[:] = [typesetter]


def typesetter() -> Typesetter:
    """The one in use. Raises LookupError where the wiring registered none."""
    if not _registered:
        raise LookupError("no typesetter is registered; xulang.config registers one when Django starts")
    return _registered[0]
