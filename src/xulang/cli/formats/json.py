"""The reading as one line of JSON: the contract itself."""

import json

from xulang.reading.directive.findings import Reading


def written(reading: Reading) -> bytes:
    """The object of contracts/reading.md, UTF-8, ended by a line feed."""
    return json.dumps(reading.as_contract(), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
