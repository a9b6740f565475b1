"""Word files set as PDF by LibreOffices that stay open: started when first needed, recycled, killed when they hang.

An office with a paper open answers the next call of `soffice --convert-to` on the same profile, which then has nothing
to start and takes a fraction of the time. (`unoserver` would need LibreOffice's Python beside ours, and an unguarded
port.) Nothing is left behind: a shell holds each office and ends it when this process is gone, however it went.
"""

import contextlib
import hashlib
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from xulang.adapters.conversion import FAILED, MISSING
from xulang.reading.files.ports import ConversionError

BUSY = "Nhiều văn bản đang được dựng PDF cùng lúc. Hãy thử lại sau một phút, hoặc tải tệp Word."
SIZE = max(1, min(2, os.cpu_count() or 1))
PAPERS = 300  # that one office sets before another takes its place; its memory grows a little with each
SECONDS = 60.0  # for one paper, and for an office to come up
_TRIES = 2
# Ends the office when the other end of its input is closed, by whatever ended us; removes what an office leaves.
_GUARD = """folder=$1 door=$2; shift 2; exec 3<&0
setsid "$@" </dev/null 3<&- & office=$!
{ read -r _ <&3; kill -s KILL -- -$office; } &
wait $office; rm -rf -- "$folder" "$door"
"""
_OPEN = rb"{\rtf1 xulang}"  # with a paper open the office stays


class _HangsError(Exception):
    """The office did not answer, or is gone: the paper is to be tried elsewhere."""


class OfficePool:
    """At most `size` offices; each sets one paper at a time, and is replaced after `papers`."""

    def __init__(self, size: int = SIZE, papers: int = PAPERS, seconds: float = SECONDS) -> None:
        self._papers, self._seconds = papers, seconds
        self._places: queue.LifoQueue[_Office | None] = queue.LifoQueue()  # the last used first: the others may sleep
        for _place in range(size):
            self._places.put(None)

    def to_pdf(self, data: bytes, suffix: str) -> bytes:
        """The paper as it looks when printed. Raises ConversionError: no LibreOffice, all busy, or it cannot be set."""
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise ConversionError(MISSING)
        try:
            office = self._places.get(timeout=self._seconds)
        except queue.Empty as busy:
            raise ConversionError(BUSY) from busy
        try:
            for _try in range(_TRIES):
                try:
                    office = office or _Office(program)
                    made = office.set(data, suffix, self._seconds)
                    break
                except _HangsError:
                    if office is not None:
                        office.end()
                        office = None
            else:
                raise ConversionError(FAILED)
            if office and office.done >= self._papers:
                office.end()
                office = None
        finally:
            self._places.put(office)
        if made is None:
            raise ConversionError(FAILED)
        return made

    def close(self) -> None:
        """Ends every office that is idle."""
        for _place in range(self._places.qsize()):
            office = self._places.get()
            if office is not None:
                office.end()
            self._places.put(None)


class _Office:
    """One LibreOffice that stays open, with a folder of its own. Raises _HangsError where it does not come up."""

    def __init__(self, program: str) -> None:
        self.done = 0
        self._folder = Path(tempfile.mkdtemp(prefix="xulang-office-"))
        self._profile = (self._folder / "profile").as_uri()
        (self._folder / "open.rtf").write_bytes(_OPEN)
        self._program = program
        call = [
            *self._call(),
            "--norestore",
            "--nologo",
            "--nolockcheck",
            str(self._folder / "open.rtf"),
        ]
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "sh", str(self._folder), str(self._door()), *call],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + SECONDS
        # Earlier a call would start an office of its own, or end this one, which then has nothing open.
        while not (self._folder / ".~lock.open.rtf#").exists():
            if self._guard.poll() is not None or time.monotonic() > until:
                self.end()
                raise _HangsError
            time.sleep(0.05)

    def _call(self) -> list[str]:
        return [self._program, f"-env:UserInstallation={self._profile}", "--headless"]

    def _door(self) -> Path:
        """The local socket at which the office of this profile answers, as LibreOffice names it."""
        mark = hashlib.md5(self._profile.encode("utf-16-le"), usedforsecurity=False).digest()
        return Path("/tmp", f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in mark)}")  # noqa: S108

    def set(self, data: bytes, suffix: str, seconds: float) -> bytes | None:
        """The paper as PDF; None where it cannot be set. Raises _HangsError."""
        if self._guard.poll() is not None:
            raise _HangsError
        self.done += 1
        paper, made = self._folder / f"{self.done}{suffix}", self._folder / f"{self.done}.pdf"
        paper.write_bytes(data)
        call = [*self._call(), "--convert-to", "pdf", "--outdir", str(self._folder), str(paper)]
        asking = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            asking.wait(seconds)
        except subprocess.TimeoutExpired as late:
            os.killpg(asking.pid, signal.SIGKILL)
            asking.wait()
            raise _HangsError from late
        if not made.exists():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._guard.wait(1)
                raise _HangsError  # it broke down over this paper
            return None
        found = made.read_bytes()
        paper.unlink()
        made.unlink()
        return found

    def end(self) -> None:
        """Ends the office and whatever it started, also where they were all stopped."""
        assert self._guard.stdin is not None
        self._guard.stdin.close()
        with contextlib.suppress(ProcessLookupError):  # it is gone already
            os.killpg(self._guard.pid, signal.SIGCONT)
        self._guard.wait()
