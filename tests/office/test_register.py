"""Receiving a directive, its page, and the way to its review."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office.conftest import Town
from xulang.plumbing.models import JournalEntry, StoredFile
from xulang.programme.models import Programme
from xulang.registry.models import Directive, Distribution

RECEIVE = "/van-ban/tiep-nhan/"


def test_a_plan_is_received_and_led_to_its_page(town: Town) -> None:
    client = town.client("lan")
    answer = client.post(RECEIVE, {"file": SimpleUploadedFile("ke-hoach.md", b"# ke hoach")}, follow=True)
    made = Directive.objects.get()
    assert answer.redirect_chain == [(f"/van-ban/{made.pk}/", 302)]
    page = answer.content.decode()
    assert "Hãy rà soát các nhiệm vụ đọc được." in page
    assert "149-KH/TU" in page
    assert f'action="/van-ban/{made.pk}/chuong-trinh/"' in page


@pytest.mark.parametrize(
    ("name", "data", "said", "kept"),
    [
        # what is no document, whatever it is called
        ("ke-hoach.pdf", b"MZ\x90\x00\x03\x00", "nội dung không phải loại được nhận", 0),
        ("ke-hoach.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "nội dung không phải loại được nhận", 0),
        ("trong.md", b"", "Tệp không có nội dung.", 0),
        # marked secret: refused with the reason, and only a trace kept
        ("van-ban-mat.md", b"# mat", "Văn bản có dấu chỉ độ mật", 1),
        # nothing could be read
        ("hong.md", b"# hong", "Tệp bị hỏng. Hãy quét lại rồi gửi lại.", 0),
    ],
)
def test_what_is_refused_says_why(town: Town, name: str, data: bytes, said: str, kept: int) -> None:
    answer = town.client("lan").post(RECEIVE, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Directive.objects.count() == kept
    assert not StoredFile.objects.exists()


def test_a_refusal_offers_only_what_a_directive_comes_in(town: Town) -> None:
    upload = SimpleUploadedFile("bang.xlsx", b"MZ\x90\x00\x03\x00")
    page = town.client("lan").post(RECEIVE, {"file": upload}).content.decode()
    assert "PDF, DOCX, ODT, DOC, PNG" in page
    assert "XLSX" not in page


def test_the_same_paper_in_another_file_is_told(town: Town) -> None:
    held = town.receive(data=b"# ke hoach")
    second = town.receive(data=b"# ke hoach, quet lai")
    page = town.client("lan").get(f"/van-ban/{second.pk}/").content.decode()
    assert "Văn bản cùng số, ký hiệu và nơi ban hành đã có" in page
    assert f'href="/van-ban/{held.pk}/"' in page


def test_what_the_reader_was_not_sure_of_stands_on_the_page(town: Town) -> None:
    held = town.receive()
    held.reading["warnings"] = [{"code": "missing", "message": "Số văn bản còn để trống.", "at": None}] * 2
    Directive.objects.filter(pk=held.pk).update(reading=held.reading, issued_on="2026-03", issued_date=None)
    client = town.client("lan")
    page = client.get(f"/van-ban/{held.pk}/").content.decode()
    assert page.count("Số văn bản còn để trống.") == 1
    assert "· 03/2026" in page
    assert "03/2026" in client.get("/van-ban/").content.decode()


def test_one_that_is_held_is_told_with_its_link(town: Town) -> None:
    held = town.receive(data=b"# ke hoach")
    answer = town.client("lan").post(RECEIVE, {"file": SimpleUploadedFile("ten-khac.md", b"# ke hoach")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "đã được Lương Thị Lan tiếp nhận lúc 09:30 23/11/2026" in page
    assert f'href="/van-ban/{held.pk}/"' in page
    assert Directive.objects.count() == 1


def test_review_is_proposed_once_however_often_it_is_opened(town: Town) -> None:
    held, client = town.receive(), town.client("lan")
    led = {client.post(f"/van-ban/{held.pk}/chuong-trinh/").headers["Location"] for _ in range(2)}
    assert led == {f"/ra-soat/{Programme.objects.get().pk}/"}


@pytest.mark.parametrize(
    ("words", "found"),
    [("61/KH", 1), ("đối ngoại Mường", 1), ("  ", 1), ("khác hẳn", 0)],
)
def test_search_by_words(town: Town, words: str, found: int) -> None:
    held = town.receive()
    page = town.client("lan").get("/van-ban/", {"tu": words}).content.decode()
    assert page.count(f"/van-ban/{held.pk}/") == found
    assert ("Không có văn bản nào" in page) == (not found)


def test_a_unit_says_that_it_has_the_directive(town: Town) -> None:
    held = town.issue().directive
    client = town.client("minh")
    assert "Xác nhận đã nhận" in client.get(f"/van-ban/{held.pk}/").content.decode()
    client.post(f"/van-ban/{held.pk}/da-nhan/")
    given = Distribution.objects.get(directive=held, unit=town.units["gd"])
    assert given.read_by == town.people["minh"]
    assert "Xác nhận đã nhận" not in client.get(f"/van-ban/{held.pk}/").content.decode()


def test_the_journal_says_who_took_a_paper_once_a_day(town: Town) -> None:
    held = town.receive(data=b"# ke hoach")
    for _time in range(2):
        assert town.client("lan").get(f"/van-ban/{held.pk}/tep/").getvalue() == b"# ke hoach"
    (line,) = JournalEntry.objects.filter(action="directive.file_opened")
    assert (line.actor_id, line.subject_id) == (town.people["lan"].pk, held.pk)


def test_the_file_goes_out_as_an_attachment_alone(town: Town) -> None:
    answer = town.client("lan").get(f"/van-ban/{town.receive(data=b'# ke hoach').pk}/tep/")
    assert answer.getvalue() == b"# ke hoach"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ke-hoach.md"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
