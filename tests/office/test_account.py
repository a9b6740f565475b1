"""Logging in and out, the limit on attempts, one's own password."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from office.conftest import NOW, PASSWORD, Town
from xulang.office import attempts, clock
from xulang.office.attempts import PER_NAME
from xulang.office.models import Attempt

LOGIN = "/dang-nhap/"


def attempt(client: Client, username: str, password: str, address: str = "10.0.0.7") -> tuple[int, str]:
    answer = client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def test_the_right_password_opens_the_office(town: Town, client: Client) -> None:
    assert attempt(client, "lan", PASSWORD)[0] == 302
    assert client.get("/").status_code == 200
    town.people["lan"].refresh_from_db()
    assert town.people["lan"].last_seen == NOW
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("lan", "sai mật khẩu mất rồi"),  # wrong password
        ("ai-do", PASSWORD),  # no such name
        ("ky-khoa", PASSWORD),  # an account that was closed
    ],
)
def test_one_answer_for_every_wrong_pair(town: Town, client: Client, username: str, password: str) -> None:
    closed = town.officer("ky-khoa", "Lý Thị Khóa", None, "tp")
    closed.is_active = False
    closed.save()
    status, page = attempt(client, username, password)
    assert status == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert client.get("/").status_code == 302


def test_a_name_is_let_to_try_eight_times(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(PER_NAME):
        assert "không đúng" in attempt(client, "LAN " if n % 2 else "lan", "sai", f"10.0.1.{n}")[1]
    status, page = attempt(client, "lan", PASSWORD, "10.0.2.1")
    assert (status, "Đợi 15 phút" in page) == (422, True)
    assert attempt(client, "minh", PASSWORD)[0] == 302  # others are not kept waiting
    client.logout()
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=10))
    assert "Đợi 5 phút" in attempt(client, "lan", PASSWORD)[1]
    # What was turned away did not count: the wait ends when it was said to.
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=15, seconds=1))
    assert attempt(client, "lan", PASSWORD)[0] == 302


def test_an_address_is_let_to_try_several_names(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PER_ADDRESS", 3)
    for n in range(3):
        assert "không đúng" in attempt(client, f"ten-{n}", "sai")[1]
    assert "Đã thử quá nhiều lần" in attempt(client, "lan", PASSWORD)[1]
    assert attempt(client, "lan", PASSWORD, "10.0.0.8")[0] == 302


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/van-ban/?tu=a", "/van-ban/?tu=a"),  # a page of ours
        ("https://example.org/", "/"),  # somebody else's
        ("//example.org/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_after_log_in_only_our_own_pages(town: Town, client: Client, wanted: str, led_to: str) -> None:
    answer = client.post(LOGIN, {"username": "lan", "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == led_to


def test_log_out_needs_a_post(town: Town) -> None:
    client = town.client("lan")
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/").headers["Location"] == f"{LOGIN}?next=/"


NEW = "câu mới cũng đủ dài nhé"


@pytest.mark.parametrize(
    ("present", "new", "again", "said"),
    [
        (PASSWORD, NEW, NEW, None),
        ("sai", NEW, NEW, "Mật khẩu hiện nay không đúng."),
        (PASSWORD, NEW, NEW + "!", "Hai lần nhập không giống nhau."),
        (PASSWORD, "ngắn", "ngắn", "Mật khẩu chưa đạt"),
    ],
)
def test_change_of_ones_own_password(town: Town, present: str, new: str, again: str, said: str | None) -> None:
    here, elsewhere = town.client("lan"), town.client("lan")
    answer = here.post(reverse("office:password"), {"present": present, "new": new, "again": again})
    town.people["lan"].refresh_from_db()
    if said is None:
        assert answer.status_code == 302
        assert town.people["lan"].check_password(new)
        assert here.get("/").status_code == 200
        assert elsewhere.get("/").status_code == 302  # the other session ended
    else:
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert town.people["lan"].check_password(PASSWORD)


def test_a_form_without_its_token_is_refused_in_our_words(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(LOGIN, {"username": "lan", "password": PASSWORD})
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in answer.content.decode()
