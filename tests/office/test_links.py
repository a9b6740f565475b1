"""Links to choose a password, sessions that are listed and ended, accounts that nobody uses."""

import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from office.conftest import NOW, PASSWORD, Town
from xulang.office import clock
from xulang.office.logins import device
from xulang.office.models import Session
from xulang.organisation import accounts, errors
from xulang.organisation.models import Person
from xulang.plumbing import mail
from xulang.plumbing.models import JournalEntry, Letter

NEW = "câu mới cũng đủ dài nhé"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail can leave."""

    class Open:
        def available(self) -> bool:
            return True

    monkeypatch.setattr(mail, "_registered", [Open()])


def link_in(text: str) -> str:
    found = re.search(r"/mat-khau/chon/[\w-]+/[\w-]+/", text)
    assert found, text
    return found[0]


def last_action() -> str:
    return JournalEntry.objects.order_by("-id").first().action


def test_an_invitation_goes_by_mail_and_opens_once(town: Town, post: None) -> None:
    admin = town.client("quan")
    given = {"once": "a", "full_name": "Hứa Thị Mây", "username": "may", "email": "may@muonghoa.example"}
    page = admin.post("/nguoi-dung/them/", given, follow=True).content.decode()
    letter = Letter.objects.get()
    assert (letter.to, "Đã gửi liên kết đến may@muonghoa.example" in page) == ("may@muonghoa.example", True)
    link = link_in(letter.body)
    assert link not in page  # the administrator never sees it
    may = Client()
    assert may.get(link).headers["Location"] == "/mat-khau/chon/"  # the secret leaves the address at once
    assert "may" in may.get("/mat-khau/chon/").content.decode()
    assert may.post("/mat-khau/chon/", {"new": "ngắn", "again": "ngắn"}).status_code == 422
    assert may.post("/mat-khau/chon/", {"new": NEW, "again": NEW}).headers["Location"] == "/dang-nhap/"
    assert last_action() == "person.password_set"
    assert may.post("/dang-nhap/", {"username": "may", "password": NEW}).status_code == 302
    again = Client()
    again.get(link)
    assert "Liên kết hết hiệu lực" in again.get("/mat-khau/chon/").content.decode()  # spent


@pytest.mark.parametrize("who", ["lan", "LAN@muonghoa.example"])
def test_a_forgotten_password_is_chosen_anew(town: Town, post: None, who: str) -> None:
    Person.objects.filter(username="lan").update(email="lan@muonghoa.example")
    client = Client()
    known = client.post("/mat-khau/quen/", {"who": who}).content
    unknown = client.post("/mat-khau/quen/", {"who": "khong-ai"}).content
    assert re.sub(rb'value="[^"]*"', b"", known) == re.sub(rb'value="[^"]*"', b"", unknown)  # nobody is told apart
    client.get(link_in(Letter.objects.get().body))
    client.post("/mat-khau/chon/", {"new": NEW, "again": NEW})
    assert Person.objects.get(username="lan").check_password(NEW)


def test_asking_for_links_is_limited(town: Town, post: None) -> None:
    answers = [Client().post("/mat-khau/quen/", {"who": "lan"}).status_code for _n in range(9)]
    assert answers == [200] * 8 + [422]


@pytest.mark.parametrize("spoiling", ["closed", "late", "other", "forged"])
def test_links_that_do_not_open(town: Town, settings, spoiling: str) -> None:
    lan = town.people["lan"]
    uid, token = accounts.make_link(person=lan, by=lan, now=NOW)
    if spoiling == "closed":
        Person.objects.filter(pk=lan.pk).update(is_active=False)
    elif spoiling == "late":
        settings.PASSWORD_RESET_TIMEOUT = -1
    elif spoiling == "other":  # the link of one for the account of another
        uid, _token = accounts.make_link(person=town.people["minh"], by=town.people["minh"], now=NOW)
    else:
        uid = "khong-phai-so"
    with pytest.raises(errors.LinkSpent):
        accounts.choose_password(uid=uid, token=token, password=NEW, now=NOW)


def test_only_administrators_make_links_for_others(town: Town) -> None:
    with pytest.raises(errors.NotPermitted):
        accounts.make_link(person=town.people["lan"], by=town.people["minh"], now=NOW)


def test_log_ins_are_listed_and_ended(town: Town) -> None:
    firefox, phone = "Mozilla/5.0 (X11; Linux) Firefox/140.0", "Mozilla/5.0 (iPhone; CPU) Version/18 Safari/605"
    here, there, minh = (Client(headers={"User-Agent": agent}) for agent in (firefox, phone, firefox))
    for client, who in ((here, "lan"), (there, "lan"), (minh, "minh")):
        client.post("/dang-nhap/", {"username": who, "password": PASSWORD})
    page = here.get("/an-toan/").content.decode()
    assert "Firefox trên Linux" in page
    assert "Safari trên iPhone" in page
    keys = Session.objects.filter(person__isnull=False).values_list("session_key", flat=True)
    assert not any(key in page for key in keys)  # a key is a secret
    name = re.search(r"/an-toan/phien/([0-9a-f]{20})/", page)[1]
    minh.post(f"/an-toan/phien/{name}/dong/")  # another's is not ended
    assert there.get("/").status_code == 200
    here.post(f"/an-toan/phien/{name}/dong/")
    assert (there.get("/").status_code, here.get("/an-toan/").status_code) == (302, 200)
    assert last_action() == "person.sessions_ended"
    there.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    here.post("/an-toan/phien/khac/dong/")
    assert (there.get("/").status_code, here.get("/").status_code, minh.get("/an-toan/").status_code) == (302, 200, 200)
    town.client("quan").post(f"/nguoi-dung/{town.people['lan'].pk}/phien/", {"once": "x"})
    assert here.get("/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge trên Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome trên Android"),
        ("curl/8", "Trình duyệt không rõ"),
        ("", "Trình duyệt không rõ"),
    ],
)
def test_browsers_in_words(agent: str, words: str) -> None:
    assert device(agent) == words


# Days since the last use, of an account opened a year ago → whether it is idle: 45 days, TCVN 14423:2026.
@pytest.mark.parametrize(("days", "idle"), [(0, False), (45, False), (46, True), (None, True)])
def test_accounts_that_nobody_uses_are_closed(town: Town, client: Client, days: int | None, idle: bool) -> None:
    seen = None if days is None else NOW - dt.timedelta(days=days)
    lan = town.people["lan"]
    Person.objects.filter(pk=lan.pk).update(last_seen=seen, opened_at=NOW - dt.timedelta(days=365))
    status = client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD}).status_code
    lan.refresh_from_db()
    assert (status, lan.is_active) == ((422, False) if idle else (302, True))
    if idle:
        assert last_action() == "person.closed_idle"
        town.client("quan").post(f"/nguoi-dung/{lan.pk}/mo-lai/", {"once": "x"})
        assert client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD}).status_code == 302


def test_the_round_closes_them_too_and_a_new_account_has_its_days(town: Town, capsys, monkeypatch) -> None:
    Person.objects.update(opened_at=NOW)
    for days, closed in ((45, 0), (46, len(town.people)), (47, 0)):
        assert accounts.close_idle(NOW + dt.timedelta(days=days)) == closed
    call_command("reopen_account", "quan")  # the way back in
    assert Person.objects.get(username="quan").is_active
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("reopen_account", "ai-do")
    monkeypatch.setattr(clock, "now", lambda: NOW)
    call_command("keep_house")
    assert "8 việc nền đã làm." in capsys.readouterr().out  # mail, reminders, accounts, counts, rows, the sweep
    assert accounts.idle_days(dt.date(2025, 12, 31)) is None  # before the rule


# Who is invited has chosen → the language of the letter, whatever the administrator's page speaks.
@pytest.mark.parametrize(
    ("chosen", "subject"), [("", "Đặt lại mật khẩu Xứ Lạng"), ("en", "Choose a new password for Xứ Lạng")]
)
def test_a_letter_speaks_its_readers_language(
    town: Town, monkeypatch: pytest.MonkeyPatch, chosen: str, subject: str
) -> None:
    monkeypatch.setattr(mail, "available", lambda: True)
    minh = town.people["minh"]
    minh.email = "minh@muonghoa.example"
    minh.save()
    if chosen:
        town.client("minh").post("/ngon-ngu/", {"language": chosen})
    admin = town.client("quan")
    admin.post("/ngon-ngu/", {"language": "vi" if chosen else "en"})
    admin.post(f"/nguoi-dung/{minh.pk}/mat-khau/", {"once": "x"})
    assert Letter.objects.get().subject == subject


def test_the_chosen_language_follows_its_person(town: Town) -> None:
    town.client("lan").post("/ngon-ngu/", {"language": "en"})
    elsewhere = Client()
    elsewhere.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    assert "Account security" in elsewhere.get("/").content.decode()
    elsewhere.post("/ngon-ngu/", {"language": "tlh"})  # spoken by nobody here
    assert "Account security" in elsewhere.get("/").content.decode()
