"""Files that come in: kept once, without their place, scanned, opened by whom they may be, erased with the last."""

import datetime as dt
import io

import pytest
from PIL import Image

from builders import NOW, sha256
from plumbing.test_pictures import a_picture
from xulang.plumbing import files, scanning
from xulang.plumbing.errors import BrokenPicture, ConsentNeeded
from xulang.plumbing.models import JournalEntry
from xulang.plumbing.scanning import Infected, NotScanned, ScannerDown
from xulang.plumbing.verdicts import People, Scan

pytestmark = pytest.mark.django_db


class Words:
    """A scanner that knows one word."""

    def __init__(self) -> None:
        self.asked = 0

    def scan(self, data):
        self.asked += 1
        return "Xulang.Test" if b"xau" in data.read() else ""


class Down:
    """One that does not answer."""

    def scan(self, data):
        raise ScannerDown("no route")


@pytest.fixture
def scanner(monkeypatch):
    words = Words()
    monkeypatch.setattr(scanning, "_registered", [words])
    return words


def kept(data=b"bang chung", name="a.txt", **more):
    return files.take_in(data=data, name=name, by=None, now=NOW, **more)


def test_the_hash_of_what_was_sent_is_kept_beside_the_copy_s():
    sent = a_picture("JPEG")
    stored = kept(sent, "anh.jpg")
    with stored.file.open("rb") as file:
        copy = file.read()
    assert (stored.original_sha256, stored.sha256) == (sha256(sent), sha256(copy))
    assert b"21.85" not in copy
    told = JournalEntry.objects.get(action="file.stored").data
    assert told == {"sha256": sha256(copy), "original": sha256(sent)}
    assert kept().original_sha256 == ""  # nothing was taken from it
    with pytest.raises(BrokenPicture):
        kept(sent[:300], "anh.jpg")


def test_equal_bytes_lie_in_the_store_once_until_the_last_is_erased(django_capture_on_commit_callbacks):
    one, two = kept(), kept(name="b.txt")
    path, storage = one.file.name, one.file.storage
    assert (two.file.name, two.name) == (path, "b.txt")
    with django_capture_on_commit_callbacks(execute=True):
        files.withdraw(one, reason="Nhầm", by=None, now=NOW)
    assert storage.exists(path)
    with two.file.open("rb") as file:
        assert file.read() == b"bang chung"
    with django_capture_on_commit_callbacks(execute=True):
        files.withdraw(two, reason="Nhầm", by=None, now=NOW)
    assert not storage.exists(path)
    assert kept().file.name != path  # and what comes after lies anew


def test_what_is_shown_small_goes_with_it(django_capture_on_commit_callbacks):
    stored = kept(a_picture("JPEG"), "anh.jpg")
    small = files.thumbnail(stored)
    assert small == files.thumbnail(stored)  # made once
    path, storage = f"{stored.file.name}.nho.jpg", stored.file.storage
    assert storage.exists(path)
    assert Image.open(io.BytesIO(small)).size == (48, 64)
    with django_capture_on_commit_callbacks(execute=True):
        files.withdraw(stored, reason="Người trong ảnh đề nghị", by=None, now=NOW)
    assert not storage.exists(path)
    assert files.thumbnail(stored) is None


def test_marked_until_scanned_and_then_open_or_shut(scanner):
    clean, bad = kept(), kept(b"co ma xau", "b.txt")
    twin = kept(b"co ma xau", "c.txt")
    for stored in (clean, bad, twin):
        scanning.gate(stored, own=True)
        with pytest.raises(NotScanned):
            scanning.gate(stored, own=False)
    assert scanning.scan_waiting(NOW + dt.timedelta(minutes=1)) == 3
    assert scanner.asked == 2  # equal bytes once
    for stored in (clean, bad, twin):
        stored.refresh_from_db()
    scanning.gate(clean, own=False)
    for stored in (bad, twin):
        assert (stored.scan, stored.signature) == (Scan.INFECTED, "Xulang.Test")
        for own in (True, False):
            with pytest.raises(Infected):
                scanning.gate(stored, own=own)
    assert JournalEntry.objects.filter(action="file.infected").count() == 2
    assert kept(b"co ma xau", "d.txt").scan == Scan.INFECTED  # known already
    assert scanning.scan_waiting(NOW) == 0


def test_without_a_scanner_files_are_shut_until_the_office_says_that_it_does_without(monkeypatch):
    stored = kept()
    monkeypatch.setattr(scanning, "_registered", [])
    scanning.gate(stored, own=True)
    with pytest.raises(scanning.NoScanner, match="chưa nối với máy quét"):
        scanning.gate(stored, own=False)
    assert scanning.scan_waiting(NOW) == 0
    scanning.register_scanner(None)  # monkeypatch puts back what stood
    scanning.gate(stored, own=False)
    assert (scanning.scan_waiting(NOW), stored.scan) == (0, Scan.UNSCANNED)  # marked, and open


def test_while_the_scanner_is_down_everything_waits(monkeypatch):
    stored = kept()
    monkeypatch.setattr(scanning, "_registered", [Down()])
    with pytest.raises(ScannerDown):
        scanning.scan_waiting(NOW)
    stored.refresh_from_db()
    assert stored.scan == Scan.UNSCANNED
    with pytest.raises(NotScanned):
        scanning.gate(stored, own=False)


def test_consent_says_where_it_is_to_be_found():
    with pytest.raises(ConsentNeeded):
        kept(a_picture("JPEG"), "anh.jpg", people=People.CONSENTED, consent=" ")
    stored = kept(a_picture("JPEG"), "anh.jpg", people=People.CONSENTED, consent="Giấy đồng ý của Vi Thị Sen")
    assert (stored.people, stored.consent) == (People.CONSENTED, "Giấy đồng ý của Vi Thị Sen")
    assert not [row for row in JournalEntry.objects.all() if "Sen" in str(row.data)]
    files.withdraw(stored, reason="Rút lại đồng ý", by=None, now=NOW)
    assert stored.consent == ""
    assert kept(people=People.PUBLIC).people == People.UNTOLD  # a text has no faces
