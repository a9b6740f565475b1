"""How a line of the log reads: addresses that are secrets are not told, wherever in the line they stand."""

import logging
import re

# The first part stays, so that one knows what was asked for.
SECRETS = re.compile(r"(/(?:bao-nhanh|lich-rieng|mat-khau/chon/[^/\s]+)/)[^/\s'\"]+")


class Masked(logging.Formatter):
    """A formatter that masks secrets in the whole line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without its secrets."""
        return SECRETS.sub(r"\1…", super().format(record))
