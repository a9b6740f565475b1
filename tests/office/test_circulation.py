"""Giao đọc on the screen: given by the focal unit, passed on by the head, opened by the person, reminded, exported."""

import pytest

from office.conftest import NOW, Town
from xulang.activities.models import Activity
from xulang.registry.models import Circulation, Directive


@pytest.fixture
def paper(town: Town) -> Directive:
    """The issued plan, which its units were given."""
    return town.issue().directive


def test_from_the_focal_unit_to_the_person_who_opens_it(town: Town, paper: Directive) -> None:
    lan, ha, hoa = town.client("lan"), town.client("ha"), town.client("hoa")
    address, gd = f"/van-ban/{paper.pk}/giao-doc/", town.units["gd"].pk
    assert "Chưa giao cho ai đọc" in lan.get(address).content.decode()
    lan.post(address, {"once": "1", "unit": gd, "ai": "thu-truong"})
    assert list(Circulation.objects.values_list("person__username", flat=True)) == ["ha"]
    assert "Giao bạn đọc" in ha.get("/viec/").content.decode()
    people = [town.people[name].pk for name in ("minh", "hoa")]
    ha.post(address, {"once": "1", "person": [*people, town.people["nga"].pk]})  # the last is of another unit
    assert Circulation.objects.count() == 3
    assert "Giao bạn đọc" in hoa.get("/nhac-viec/").content.decode()
    hoa.get(f"/van-ban/{paper.pk}/")
    assert Circulation.objects.get(person=town.people["hoa"]).seen_at == NOW
    page = lan.get(address).content.decode()
    assert "Đã xem: 1/3 người" in page
    assert "Lý Thị Hoa" not in lan.get(f"{address}?loc=chua").content.decode()
    sheet = lan.get(f"{address}?loc=chua&tep=csv").content.decode("utf-8-sig")
    assert "Bế Thu Hà" in sheet
    assert "Lý Thị Hoa" not in sheet
    assert "Đã nhắc" in lan.post(f"{address}nhac/", {"once": "2"}, follow=True).content.decode()
    assert "Hôm nay đã nhắc" in lan.post(f"{address}nhac/", {"once": "3"}, follow=True).content.decode()


def test_a_session_is_recorded_from_the_papers_page(town: Town, paper: Directive) -> None:
    minh, gd = town.client("minh"), town.assignment("gd", "II.2")
    told = {"title": "Hội nghị quán triệt kế hoạch", "begins": "23/11/2026", "duties": gd.pk, "once": "1"}
    answer = minh.post(f"/hoat-dong/ghi/?loai=DISSEMINATION&van-ban={paper.pk}", told)
    made = Activity.objects.get()
    attendance = f"/hoat-dong/{made.pk}/nguoi-du/"
    assert answer.headers["Location"] == attendance
    minh.post(attendance, {"once": "2", "viec": "co-mat", "person": town.people["son"].pk})
    row = Circulation.objects.get()
    assert (row.person, row.seen_in) == (town.people["son"], "Hội nghị quán triệt kế hoạch (23/11/2026)")
    listed = town.client("ha").get(f"/van-ban/{paper.pk}/giao-doc/").content.decode()
    assert "Hội nghị quán triệt kế hoạch" in listed
    assert "1 người có tên" in listed
    minh.post(attendance, {"once": "3", "viec": "bo", "attendee": made.attendees.get().pk})
    assert not Circulation.objects.exists()
    minh.post(attendance, {"once": "4", "viec": "bo-van-ban", "tells": made.tells.get().pk})
    assert not made.tells.exists()
    minh.post(attendance, {"once": "5", "viec": "van-ban", "directive": paper.pk})
    assert made.tells.get().directive == paper


def test_every_unit_that_has_the_paper_at_once(town: Town, paper: Directive) -> None:
    lan, address = town.client("lan"), f"/van-ban/{paper.pk}/giao-doc/"
    lan.post(address, {"once": "1", "het": "1", "ai": "moi-nguoi"})
    assert set(Circulation.objects.values_list("person__username", flat=True)) == {
        "minh",
        "ha",
        "hien",
        "hoa",
        "son",
        "nga",
    }
    assert "Chưa chọn ai" in lan.post(address, {"once": "2"}).content.decode()
    nobody = {"once": "4", "person": ["9" * 30, "²", "x"], "unit": "9" * 30}
    assert "Chưa chọn ai" in lan.post(address, nobody).content.decode()
    assert town.client("minh").post(address, {"once": "3", "het": "1"}).status_code == 403  # heads nobody
