"""A unit reports on its phone, the focal unit confirms or returns, the leader's figures follow."""

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from office.conftest import NOW, Town
from xulang.office import clock
from xulang.office.desks import duties, following
from xulang.plumbing.models import JournalEntry
from xulang.programme import services
from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.models import Assignment, Entry, Evidence


def _dot() -> bytes:
    """A picture of one dot."""
    out = io.BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    return out.getvalue()


PNG = _dot()


@pytest.fixture
def contest(town: Town) -> Assignment:
    """The dated task of the education division, due on 25/11/2026."""
    town.issue()
    return town.assignment("gd", "II.2")


def filed(assignment: Assignment, **given: object) -> dict[str, object]:
    return {"once": "một lần", "expected": assignment.expected.get().pk, **given}


def test_the_desk_says_what_by_which_words_by_when(town: Town, contest: Assignment) -> None:
    page = town.client("minh").get("/viec/").content.decode()
    assert "còn 1 ngày làm việc" in page  # the day between is off
    assert "Em kể chuyện quê em" in page
    assert "61/KH-UBND" in page
    story = town.client("minh").get(f"/viec/{contest.pk}/").content.decode()
    assert "Thời gian: trước ngày 25/11/2026." in story  # the very words
    assert "Không phát sinh việc trong kỳ" not in story  # a dated task is done or is not


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "DONE"}, "Hãy kèm ít nhất một minh chứng"),
        ({"kind": "PROGRESS"}, "Hãy ghi nội dung đã làm"),
        ({"kind": "PROGRESS", "note": "x", "percent": "140"}, "Số lớn nhất được ghi là 100."),
        ({"kind": "DONE", "link": "khong phai dia chi"}, "Ghi địa chỉ trang đầy đủ"),
        (
            {"kind": "DONE", "uploads": SimpleUploadedFile("anh.png", b"MZ\x90\x00")},
            "nội dung không phải loại được nhận",
        ),
        ({"note": "x"}, "Cần ghi mục này."),  # no kind chosen
    ],
)
def test_what_is_refused_is_told_at_its_place(
    town: Town, contest: Assignment, given: dict[str, object], said: str
) -> None:
    before = Entry.objects.count()
    answer = town.client("minh").post(f"/viec/{contest.pk}/", filed(contest, **given))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Entry.objects.count() == before


def test_done_with_a_picture_and_two_clicks_is_one_entry(town: Town, contest: Assignment) -> None:
    client = town.client("minh")
    for _click in range(2):
        picture = SimpleUploadedFile("chung-ket.png", PNG)
        given = filed(contest, kind="DONE", note="62 bài dự thi.", percent="100", uploads=picture)
        assert client.post(f"/viec/{contest.pk}/", given).status_code == 302
    entry = Entry.objects.get(kind=EntryKind.DONE)
    assert entry.evidence.get().file.media_type == "image/png"
    assert contest.expected.get().state == ReportState.REPORTED
    assert client.get("/viec/").content.decode().count("Em kể chuyện") == 0


def test_what_was_refused_can_be_mended_and_sent_again(town: Town, contest: Assignment) -> None:
    client = town.client("minh")
    assert client.post(f"/viec/{contest.pk}/", filed(contest, kind="DONE")).status_code == 422
    mended = filed(contest, kind="DONE", link="https://muonghoa.example/tin")  # under the same token
    assert client.post(f"/viec/{contest.pk}/", mended).status_code == 302
    assert contest.expected.get().state == ReportState.REPORTED


def test_who_only_looks_on_reports_nothing(town: Town, contest: Assignment) -> None:
    given = filed(contest, kind="DONE", link="https://muonghoa.example/tin")
    assert town.client("duc").post(f"/viec/{contest.pk}/", given).status_code == 403


def test_confirm_and_return_by_the_focal_unit_alone(town: Town, contest: Assignment) -> None:
    town.client("minh").post(f"/viec/{contest.pk}/", filed(contest, kind="DONE", link="https://muonghoa.example/tin"))
    entry = Entry.objects.get(kind=EntryKind.DONE)
    # The head of the unit that reported may open the desk of confirmations, but not confirm this.
    town.client("ha").post(f"/xac-nhan/{entry.pk}/")
    assert contest.expected.get().state == ReportState.REPORTED
    lan = town.client("lan")
    assert "Em kể chuyện" in lan.get("/xac-nhan/").content.decode()
    answer = lan.post(f"/xac-nhan/{entry.pk}/tra-lai/", {"reason": " "}, follow=True)
    assert "Hãy ghi rõ lý do." in answer.content.decode()
    lan.post(f"/xac-nhan/{entry.pk}/tra-lai/", {"reason": "Thiếu danh sách giải."})
    assert contest.expected.get().state == ReportState.RETURNED
    assert "Thiếu danh sách giải." in town.client("minh").get(f"/viec/{contest.pk}/").content.decode()
    again = filed(contest, kind="DONE", link="https://muonghoa.example/giai", once="lần hai")
    town.client("minh").post(f"/viec/{contest.pk}/", again)
    newest = Entry.objects.filter(kind=EntryKind.DONE).latest("id")
    assert "Đã xác nhận báo cáo." in lan.post(f"/xac-nhan/{newest.pk}/", follow=True).content.decode()
    answer = lan.post(f"/xac-nhan/{newest.pk}/", follow=True)  # the second click
    assert "không còn chờ xử lý" in answer.content.decode()
    assert contest.expected.get().state == ReportState.CONFIRMED


def test_a_request_is_answered(town: Town) -> None:
    town.issue()
    asked = town.assignment("thuy_van", "II.4")
    client = town.client("nga")
    assert "Gửi trả lời" in client.get(f"/viec/{asked.pk}/").content.decode()
    client.post(f"/viec/{asked.pk}/", {"once": "a", "kind": "ANSWERED", "note": "Cử hai cán bộ tham dự."})
    assert Entry.objects.get(assignment=asked, kind=EntryKind.ANSWERED).note.text == "Cử hai cán bộ tham dự."


def test_people_in_a_picture_are_told_of_afterwards(town: Town, contest: Assignment) -> None:
    """A picture came without a word of who is in it; what was said can be corrected, and consent must say where."""
    client = town.client("minh")
    client.post(f"/viec/{contest.pk}/", filed(contest, kind="DONE", uploads=SimpleUploadedFile("anh.png", PNG)))
    evidence = Evidence.objects.get()
    page = f"/minh-chung/{evidence.pk}/nguoi/"
    assert page in client.get(f"/viec/{contest.pk}/").content.decode()
    assert client.post(page, {"people": ""}).status_code == 422
    assert client.post(page, {"people": "CONSENTED", "consent": " "}).status_code == 422
    client.post(page, {"people": "CONSENTED", "consent": "Bản đồng ý ngày 03/3/2026"}, follow=True)
    evidence.refresh_from_db()
    assert evidence.file is not None
    assert (evidence.file.people, evidence.file.consent) == ("CONSENTED", "Bản đồng ý ngày 03/3/2026")
    assert "Bản đồng ý ngày 03/3/2026" in client.get(page).content.decode()
    client.post(page, {"people": "NONE"})
    evidence.file.refresh_from_db()
    assert (evidence.file.people, evidence.file.consent) == ("NONE", "")
    told = JournalEntry.objects.filter(action="file.people_told").values_list("actor_id", flat=True)
    assert list(told) == [town.people["minh"].pk] * 2
    # of those who see it only its unit and the focal unit may say so
    refused = town.client("duc").post(page, {"people": "CONSENTED", "consent": "x"})
    assert refused.status_code == 422
    evidence.file.refresh_from_db()
    assert evidence.file.people == "NONE"
    client.post(f"/minh-chung/{evidence.pk}/thu-hoi/", {"reason": "Người trong ảnh đề nghị."})
    assert client.get(page).status_code == 404


def test_erasing_is_offered_to_those_who_may(town: Town, contest: Assignment) -> None:
    """The unit and the focal unit find it beside the words and the picture; the leader, who only reads, does not."""
    town.client("minh").post(
        f"/viec/{contest.pk}/",
        filed(contest, kind="DONE", note="Em Mơ được giải.", uploads=SimpleUploadedFile("anh.png", PNG)),
    )
    note, evidence = Entry.objects.get(kind=EntryKind.DONE).note, Evidence.objects.get()
    ways = [f"/ghi-chu/{note.pk}/thu-hoi/", f"/minh-chung/{evidence.pk}/thu-hoi/", f"/minh-chung/{evidence.pk}/nguoi/"]
    for who, offered in (("minh", True), ("lan", True), ("duc", False)):
        page = town.client(who).get(f"/viec/{contest.pk}/").content.decode()
        assert [way in page for way in ways] == [offered] * 3, who


def test_evidence_is_withdrawn_with_a_reason(town: Town, contest: Assignment) -> None:
    client = town.client("minh")
    client.post(f"/viec/{contest.pk}/", filed(contest, kind="DONE", uploads=SimpleUploadedFile("anh.png", PNG)))
    evidence = Evidence.objects.get()
    assert client.get(f"/minh-chung/{evidence.pk}/").getvalue() == PNG
    assert client.post(f"/minh-chung/{evidence.pk}/thu-hoi/", {"reason": ""}).status_code == 422
    client.post(f"/minh-chung/{evidence.pk}/thu-hoi/", {"reason": "Có mặt học sinh chưa được đồng ý."})
    assert client.get(f"/minh-chung/{evidence.pk}/").status_code == 404
    assert "Có mặt học sinh chưa được đồng ý." in client.get(f"/viec/{contest.pk}/").content.decode()


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'class="figure [^>]*>\s*<b>(\d+)</b>', page)]


def test_figures_as_of_any_day_open_what_is_behind(
    town: Town, contest: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.client("minh").post(f"/viec/{contest.pk}/", filed(contest, kind="DONE", link="https://muonghoa.example/tin"))
    town.client("lan").post(f"/xac-nhan/{Entry.objects.get(kind=EntryKind.DONE).pk}/")
    leader = town.client("duc")
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=60))
    # Owed: the contest (done), the page's report of December and the ward's festival, both overdue by then.
    assert numbers(leader.get("/tinh-hinh/").content.decode()) == [1, 0, 0, 2]
    assert numbers(leader.get("/tinh-hinh/", {"ngay": "23/11/2026"}).content.decode()) == [1, 0, 2, 0]
    behind = leader.get("/tinh-hinh/qua-han/").content.decode()
    assert "lễ hội, làng nghề" in behind
    assert "Em kể chuyện" not in behind
    assert leader.get("/tinh-hinh/khong-co/").status_code == 404
    wrong = leader.get("/tinh-hinh/", {"ngay": "31/02/2026"})
    assert "Ghi ngày theo dạng ngày/tháng/năm" in wrong.content.decode()


@pytest.mark.parametrize(
    ("who", "start"),
    [
        ("minh", "/viec/"),
        ("ha", "/viec/"),
        ("duc", "/toan-canh/"),
        ("quan", "/don-vi/"),
        ("tho", "/nhat-ky/"),
        ("lan", None),  # a page of one's own
        ("ky", None),  # no post: told so
    ],
)
def test_each_role_starts_where_its_work_is(town: Town, who: str, start: str | None) -> None:
    answer = town.client(who).get("/")
    assert answer.headers.get("Location") == start


def test_of_a_crowd_on_one_task_only_some_are_named(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.issue()
    helper, ward = town.assignment("gd", "II.1"), town.units["thuy_van"]
    told = {"role": "COORDINATING", "mode": helper.mode, "issued_on": NOW.date()}
    Assignment.objects.create(task=helper.task, issued_to=ward, unit=ward, **told)
    page = town.client("minh").get(f"/viec/{helper.pk}/").content.decode()
    assert "Ủy ban nhân dân phường Thủy Vân" in page
    assert "đơn vị khác</p>" not in page
    monkeypatch.setattr(duties, "NAMED", 1)
    page = town.client("minh").get(f"/viec/{helper.pk}/").content.decode()
    assert "Ủy ban nhân dân phường Thủy Vân" not in page  # who leads is named first
    assert "và 1 đơn vị khác</p>" in page


def test_wishes_for_more_time_beyond_the_first_stand_on_pages_of_their_own(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "WISHES", 1)
    monkeypatch.setattr(following, "A_PAGE", 1)
    town.issue()
    for unit, who, section in (("gd", "minh", "II.2"), ("thuy_van", "nga", "II.3")):
        owed = town.assignment(unit, section).expected.select_related("assignment").get()
        asked = {"due": NOW.date() + dt.timedelta(days=60), "reason": f"Lý do của {unit}"}
        services.ask_extension(expected=owed, **asked, by=town.people[who], now=NOW)
    lan = town.client("lan")
    desk = lan.get("/xac-nhan/").content.decode()
    assert "Xem cả 2 đề nghị gia hạn" in desk
    assert "Lý do của thuy_van" not in desk
    first = lan.get("/xac-nhan/?loc=gia-han").content.decode()
    assert "Lý do của gd" in first
    further = re.search(r'rel="next" href="([^"]+)"', first)
    assert further is not None
    last = lan.get(f"/xac-nhan/{further[1].replace('&amp;', '&')}").content.decode()
    assert "Lý do của thuy_van" in last
    assert "Lý do của gd" not in last
    assert 'rel="next"' not in last
    assert 'name="ve" value="gia-han"' in last  # so that who decided one sees those that are left
    wish = Entry.objects.filter(kind=EntryKind.EXTENSION).latest("pk")
    said = lan.post(f"/gia-han/{wish.pk}/", {"act": "khong", "note": "Việc gấp", "ve": "gia-han"})
    assert said.headers["location"] == "/xac-nhan/?loc=gia-han"
