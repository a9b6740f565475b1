"""What the register needs from the outer world: somebody who reads a file."""

from typing import Any, Protocol


class Reader(Protocol):
    """Reads one directive."""

    def __call__(self, data: bytes, name: str) -> dict[str, Any]:
        """The reading as `xulang.reading/1`; bad input gives warnings, never an exception."""


_registered: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Called once by the wiring; a later call takes the earlier one's place."""
    _registered[:] = [reader]


def reader() -> Reader:
    """The reader in use. Raises LookupError where the wiring registered none."""
    if not _registered:
        raise LookupError("no reader is registered; xulang.config registers one when Django starts")
    return _registered[0]
