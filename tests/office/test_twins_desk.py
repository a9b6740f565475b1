"""The desks of double entries: units and people told apart, people made one after a look and two again."""

from office.conftest import Town
from xulang.organisation.models import DistinctPeople, DistinctUnits, Person, PersonMerging, PostHolding


def test_units_told_apart_are_proposed_no_more(town: Town) -> None:
    town.unit("gd2", "phong", "Phòng Giáo dục & Đào tạo", "tp")
    client = town.client("quan")
    pair = {"kept": f"#{town.units['gd'].pk}", "gone": f"#{town.units['gd2'].pk}"}
    assert "Không phải một đơn vị" in client.get("/don-vi/trung/").content.decode()
    client.post("/don-vi/trung/", {"viec": "khac", "once": "a", **pair})
    page = client.get("/don-vi/trung/").content.decode()
    assert "Không phải một đơn vị" not in page
    assert "Đã ghi là khác nhau: 1 cặp" in page
    client.post("/don-vi/trung/", {"viec": "bo-khac", "once": "b", "cap": DistinctUnits.objects.get().pk})
    assert "Không phải một đơn vị" in client.get("/don-vi/trung/").content.decode()
    assert client.post("/don-vi/trung/", {"viec": "bo-khac", "once": "c", "cap": "9"}).status_code == 404


def test_people_made_one_and_two_again(town: Town) -> None:
    client = town.client("quan")
    Person.objects.create(username="minh2", full_name="Hoàng Văn Minh")
    post = PostHolding.objects.get(person=town.people["minh"]).post
    page = client.get("/nguoi-dung/trung/").content.decode()
    assert "Gộp, giữ minh2" in page
    page = client.get("/nguoi-dung/trung/?kept=minh2&gone=minh").content.decode()
    assert "Chức vụ chuyển sang từ hôm nay" in page
    assert "Phòng Giáo dục và Đào tạo" in page
    assert PostHolding.objects.filter(post=post).count() == 1  # looked at, and nothing written
    answer = client.post(
        "/nguoi-dung/trung/", {"viec": "gop", "once": "a", "kept": "minh2", "gone": "minh"}, follow=True
    )
    assert "Đã gộp hai tài khoản thành một." in answer.content.decode()
    assert town.client("minh").get("/viec/").status_code == 302  # shut out at once
    merging = PersonMerging.objects.get()
    answer = client.post("/nguoi-dung/trung/", {"viec": "hoan-tac", "once": "b", "lan": merging.pk}, follow=True)
    assert "Đã hoàn tác" in answer.content.decode()
    assert town.client("minh").get("/viec/").status_code == 200


def test_people_told_apart_and_refusals(town: Town) -> None:
    client = town.client("quan")
    Person.objects.create(username="minh2", full_name="Hoàng Văn Minh")
    client.post("/nguoi-dung/trung/", {"viec": "khac", "once": "a", "kept": "minh", "gone": "minh2"})
    page = client.get("/nguoi-dung/trung/").content.decode()
    assert "Không thấy ai trùng" in page
    assert "Đã ghi là khác nhau: 1 cặp" in page
    client.post("/nguoi-dung/trung/", {"viec": "bo-khac", "once": "b", "cap": DistinctPeople.objects.get().pk})
    assert "Gộp, giữ minh2" in client.get("/nguoi-dung/trung/").content.decode()
    refused = client.get("/nguoi-dung/trung/?kept=quan&gone=khong-co")
    assert refused.status_code == 422
    assert "Không có tài khoản nào tên là “khong-co”" in refused.content.decode()
    refused = client.get("/nguoi-dung/trung/?kept=minh&gone=quan")
    assert "không thể là mục bị gộp" in refused.content.decode()
    assert client.post("/nguoi-dung/trung/", {"viec": "gi-do"}).status_code == 404
