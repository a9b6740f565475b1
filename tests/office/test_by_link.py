"""The page of a letter's link: shown to whoever has it, so little is shown, and nothing of it is kept on the way."""

import io
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office.conftest import NOW, Town
from xulang.config.logs import Masked
from xulang.office import reminders
from xulang.plumbing import mail
from xulang.plumbing.models import Letter
from xulang.programme import services
from xulang.programme.enums import EntryKind
from xulang.programme.models import Entry


class _Post:
    def available(self) -> bool:
        return True


@pytest.fixture
def link(town: Town, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address in the letter that the clock wrote to an officer of the education office."""
    monkeypatch.setattr(mail, "_registered", [_Post()])
    town.issue()
    town.people["minh"].email = "minh@muonghoa.example"
    town.people["minh"].save()
    services.remind(now=NOW, compose=reminders.letter)
    body = Letter.objects.get(to="minh@muonghoa.example").body
    address = next(part for part in body.split() if "/bao-nhanh/" in part)
    return address[address.index("/bao-nhanh/") :]


def test_a_get_only_shows_and_little(town: Town, link: str) -> None:
    duty, before = town.assignment("gd", "II.2"), Entry.objects.count()
    services.report(
        assignment=duty, kind=EntryKind.PROGRESS, note="Chuyện nội bộ của phòng", by=town.people["minh"], now=NOW
    )
    answer = Client(enforce_csrf_checks=True).get(link)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Báo cáo nhanh" in page
    assert "Chuyện nội bộ" not in page, "no earlier words"
    assert "Hoàng Văn Minh" not in page, "no name of a person"
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies
    assert Entry.objects.count() == before + 1


def test_a_post_reports_and_the_focal_unit_sees_the_mark(town: Town, link: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    given = {"key": "k1", "kind": "DONE", "note": "Đã thi xong"}
    assert browser.post(link, given).status_code == 422, "done needs evidence, and the link stands"
    photo = SimpleUploadedFile("giai.txt", b"giai nhat")
    assert browser.post(link, given | {"uploads": photo}).headers["Location"] == link
    assert "Đã nhận báo cáo" in browser.get(link).content.decode()
    # the answer was lost: the same form again is told the same, another one is refused
    assert browser.post(link, given).headers["Location"] == link
    other = browser.post(link, {"key": "k2", "kind": "DONE", "note": "Khác"})
    assert (other.status_code, Entry.objects.filter(kind="DONE").count()) == (409, 1)
    page = town.client("lan").get("/xac-nhan/").content.decode()
    assert "Gửi bằng liên kết trong thư tới Chuyên viên, không đăng nhập" in page
    entry = Entry.objects.get(kind="DONE")
    journal = town.client("tho").get("/nhat-ky/").content.decode()
    assert "gửi báo cáo bằng liên kết trong thư" in journal
    assert f"bằng liên kết gửi tới chức vụ Chuyên viên ({entry.post_id})" in journal
    assert "không đăng nhập" in town.client("lan").get(f"/viec/{entry.assignment_id}/").content.decode()


def test_six_files_are_too_many(town: Town, link: str) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    answer = Client().post(link, {"key": "k", "kind": "DONE", "uploads": files})
    assert answer.status_code == 422
    assert "nhiều nhất 5 tệp" in answer.content.decode()


def test_a_wrong_or_dead_link_says_what_to_do(town: Town, link: str) -> None:
    services.withdraw(assignment=town.assignment("gd", "II.2"), reason="Thôi", by=town.people["duc"], now=NOW)
    for address in (link, "/bao-nhanh/khong-co/"):
        for answer in (Client().get(address), Client().post(address, {"key": "k", "kind": "NIL"})):
            assert "Liên kết không còn hiệu lực" in answer.content.decode()
            assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not Entry.objects.filter(kind__in=["NIL", "DONE"]).exists()


def test_the_link_gives_no_log_in(town: Town, link: str) -> None:
    browser = Client()
    browser.get(link)
    browser.post(link, {"key": "k", "kind": "PROGRESS", "note": "Đang làm"})
    assert browser.get("/viec/").status_code == 302
    assert "sessionid" not in browser.cookies


def test_logs_do_not_tell_the_secret(link: str) -> None:
    out, secret = io.StringIO(), link.split("/")[2]
    handler, log = logging.StreamHandler(out), logging.getLogger("test.masked")
    handler.setFormatter(Masked())
    log.addHandler(handler)
    try:
        raise RuntimeError(f"broken at {link}")
    except RuntimeError:
        log.exception("Not Found: %s", link)
    log.removeHandler(handler)
    assert secret not in out.getvalue()
    assert "/bao-nhanh/…/" in out.getvalue()
