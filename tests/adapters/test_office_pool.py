"""Offices that stay open set papers as PDF; one that is gone is replaced, and nothing is left behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from papers.samples import PLAN
from xulang.adapters import office_pool
from xulang.adapters.office_pool import OfficePool
from xulang.papers.writing.write import write
from xulang.reading.files.ports import ConversionError

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
PAPER = write(PLAN)


@pytest.fixture
def pool() -> Iterator[OfficePool]:
    made = OfficePool(size=1, papers=3)
    yield made
    made.close()


def offices(folder: Path) -> list[int]:
    """The processes that hold something of the folder in their call."""
    found = []
    for call in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in call.read_bytes():
                found.append(int(call.parent.name))
        except OSError:
            continue
    return found


def gone(folder: Path) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not offices(folder) and not folder.exists():
            return True
        time.sleep(0.05)
    return False


@needs_office
def test_papers_of_many_at_once_and_one_office_after_another(pool: OfficePool, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(office_pool.tempfile, "tempdir", str(tmp_path))
    with ThreadPoolExecutor(3) as many:
        made = list(many.map(lambda _n: pool.to_pdf(PAPER, ".docx"), range(4)))
    assert all(one.startswith(b"%PDF-") for one in made)
    (folder,) = tmp_path.iterdir()  # the first office is gone with its third paper
    with pytest.raises(ConversionError, match="không mở được"):
        pool.to_pdf(b"PK\x03\x04 no paper", ".docx")
    (oldest, *_helpers) = sorted(offices(folder))
    os.kill(oldest, signal.SIGKILL)  # its guard
    for one in offices(folder):
        os.kill(one, signal.SIGKILL)
    assert pool.to_pdf(PAPER, ".docx").startswith(b"%PDF-")
    pool.close()
    assert all(gone(left) or left == folder for left in tmp_path.iterdir())


@needs_office
def test_a_stopped_office_is_replaced_and_the_next_paper_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_pool.tempfile, "tempdir", str(tmp_path))
    pool = OfficePool(size=1)
    try:
        assert pool.to_pdf(PAPER, ".docx").startswith(b"%PDF-")
        (stopped,) = tmp_path.iterdir()
        held = list(offices(stopped))
        assert any(b"soffice.bin" in Path(f"/proc/{one}/cmdline").read_bytes() for one in held)
        for one in held:
            os.kill(one, signal.SIGSTOP)  # the office and its guard: alive, and they answer nothing
        real, waited = office_pool._Office.set, []

        def timed(office: office_pool._Office, data: bytes, suffix: str, seconds: float) -> bytes | None:
            waited.append(office.done)
            return real(office, data, suffix, 1.5 if len(waited) == 1 else seconds)

        monkeypatch.setattr(office_pool._Office, "set", timed)
        assert pool.to_pdf(PAPER, ".docx").startswith(b"%PDF-")  # in a second office
        assert waited == [1, 0]
        assert gone(stopped)
        (folder,) = tmp_path.iterdir()
        assert pool.to_pdf(PAPER, ".docx").startswith(b"%PDF-")  # which stays for the next
        assert [folder] == list(tmp_path.iterdir())
    finally:
        pool.close()
    assert gone(folder)


def test_one_that_hangs_is_ended_and_the_paper_tried_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []

    class Office:
        done = 0

        def __init__(self, _program: str) -> None:
            Office.done += 1
            self.done = Office.done

        def set(self, _data: bytes, suffix: str, _seconds: float) -> bytes:
            if self.done == 1 or suffix == ".doc":
                raise office_pool._HangsError
            return b"%PDF-"

        def end(self) -> None:
            ended.append(self.done)

    monkeypatch.setattr(office_pool, "_Office", Office)
    monkeypatch.setattr(office_pool.shutil, "which", lambda _name: "soffice")
    made = OfficePool(size=1)
    assert made.to_pdf(PAPER, ".docx") == b"%PDF-"
    assert ended == [1]
    with pytest.raises(ConversionError, match="không mở được"):  # and only once more
        made.to_pdf(PAPER, ".doc")
    assert ended == [1, 2, 3]


def test_without_libreoffice_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_pool.shutil, "which", lambda _name: None)
    with pytest.raises(ConversionError, match="libreoffice-writer-nogui"):
        OfficePool().to_pdf(PAPER, ".docx")


def test_when_all_are_busy_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_pool.shutil, "which", lambda _name: "soffice")
    with pytest.raises(ConversionError, match="cùng lúc"):
        OfficePool(size=0, seconds=0.01).to_pdf(PAPER, ".docx")


SET = """
import os, sys, tempfile
tempfile.tempdir = sys.argv[1]
from xulang.adapters.office_pool import OfficePool
pool = OfficePool(size=1)
assert pool.to_pdf(open(sys.argv[2], "rb").read(), ".docx").startswith(b"%PDF-")
print("set", flush=True)
sys.stdin.read()
"""


@needs_office
def test_nothing_is_left_of_a_server_that_was_killed(tmp_path: Path) -> None:
    paper, folder = tmp_path / "paper.docx", tmp_path / "offices"
    paper.write_bytes(PAPER)
    folder.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-c", SET, str(folder), str(paper)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"set\n"
    (office,) = folder.iterdir()
    assert offices(office)
    server.kill()
    server.communicate()
    assert gone(office)
