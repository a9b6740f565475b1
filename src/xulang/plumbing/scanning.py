"""Whether a file carries a program that does harm: asked of a scanner outside, told of every file, and a gate to it."""

import datetime as dt
from typing import IO, Protocol

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xulang.plumbing import journal
from xulang.plumbing.errors import Refused
from xulang.plumbing.models import StoredFile
from xulang.plumbing.verdicts import Scan

_A_TIME = 50  # files of one round


class Infected(Refused):
    """The scanner knows what is in it."""

    sentence = _("Tệp này có mã độc nên không mở được. Đơn vị đã gửi hãy thu hồi và gửi lại bản sạch.")


class NotScanned(Refused):
    """Nobody but who sent it opens what is not scanned yet."""

    sentence = _("Tệp này chưa được quét mã độc. Hãy thử lại sau ít phút.")


class NoScanner(NotScanned):
    """Nobody scans, and the office has not said that it does without."""

    sentence = _("Tệp này chưa được quét mã độc vì hệ thống chưa nối với máy quét nào. Hãy báo người quản trị.")


class ScannerDown(Exception):
    """The scanner does not answer, or not as its protocol says."""


class Scanner(Protocol):
    """Something that knows harmful programs."""

    def scan(self, data: IO[bytes]) -> str:
        """The name of what was found; empty where nothing was. Raises ScannerDown."""


_registered: list[Scanner | None] = []


def register_scanner(scanner: Scanner | None) -> None:
    """Called once by the wiring; None, where an office says that it does without."""
    _registered[:] = [scanner]


def gate(stored: StoredFile, *, own: bool) -> None:
    """Lets a file be opened: a clean one by everybody who sees it, one that is not scanned by who sent it alone.

    Where an office says that it does without a scanner there is nobody to wait for: its files stay marked, and open.

    Raises Infected, NotScanned.
    """
    if stored.scan == Scan.INFECTED:
        raise Infected
    if stored.scan == Scan.UNSCANNED and _registered != [None] and not own:
        raise NotScanned if _registered else NoScanner


def scan_waiting(now: dt.datetime) -> int:
    """Scans some of what waits, oldest first; what lies there once is scanned once. How many files were told of.

    Raises ScannerDown, by which the job that called is repeated; what was scanned before stays scanned.
    """
    scanner = next(iter(_registered), None)
    if scanner is None:
        return 0
    waiting = StoredFile.objects.filter(scan=Scan.UNSCANNED, withdrawn_at__isnull=True).exclude(file="")
    told, seen = 0, set[str]()
    for stored in waiting.order_by("pk")[:_A_TIME]:
        if stored.sha256 in seen:
            continue
        seen.add(stored.sha256)
        try:
            with stored.file.open("rb") as file:
                found = scanner.scan(file)
        except FileNotFoundError:
            continue  # withdrawn a moment ago
        told += _tell(stored, found, now)
    return told


@transaction.atomic
def _tell(stored: StoredFile, found: str, now: dt.datetime) -> int:
    """Writes the verdict on every row of the same bytes."""
    same = StoredFile.objects.filter(sha256=stored.sha256, scan=Scan.UNSCANNED)
    verdict = Scan.INFECTED if found else Scan.CLEAN
    rows = list(same.values_list("pk", flat=True)) if found else []
    count = same.update(scan=verdict, scanned_at=now, signature=found[:200])
    for row in StoredFile.objects.filter(pk__in=rows):
        journal.record(by=None, action="file.infected", subject=row, data={"sha256": row.sha256}, now=now)
    return count
