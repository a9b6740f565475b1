"""The second factor: set up, asked at log-in, given up, demanded of roles; each code counts once."""

import datetime as dt
import re

import pyotp
import pytest
from django.test import Client

from office.conftest import NOW, PASSWORD, Town
from xulang.office import clock
from xulang.organisation import errors, second_factor
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, RecoveryCode
from xulang.plumbing.models import JournalEntry

LOGIN, CODE = "/dang-nhap/", "/dang-nhap/ma/"
LATER = NOW + dt.timedelta(minutes=2)
# The test vectors of RFC 6238, appendix B (SHA-1, its last six digits).
KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


def code(key: str, now: dt.datetime) -> str:
    return pyotp.TOTP(key).at(now)


def enrolled(person: Person) -> tuple[str, list[str]]:
    key = second_factor.new_key()
    return key, second_factor.enrol(person=person, key=key, code=code(key, NOW), now=NOW)


def password(client: Client, who: str = "lan") -> str:
    return client.post(LOGIN, {"username": who, "password": PASSWORD, "next": "/van-ban/"}).headers["Location"]


@pytest.mark.parametrize(("second", "shown"), VECTORS)
def test_codes_are_those_of_the_standard(town: Town, second: int, shown: str) -> None:
    now = dt.datetime.fromtimestamp(second, dt.UTC)
    assert len(second_factor.enrol(person=town.people["lan"], key=KEY, code=shown, now=now)) == second_factor.CODES


# Seconds between the code's own moment and now → whether it opens: one step of 30 seconds is forgiven either way.
@pytest.mark.parametrize(("off", "opens"), [(0, True), (30, True), (-30, True), (90, False), (-90, False)])
def test_a_clock_may_be_off_by_one_step(town: Town, off: int, opens: bool) -> None:
    lan, (key, _codes) = town.people["lan"], enrolled(town.people["lan"])
    shown = code(key, LATER + dt.timedelta(seconds=off))
    assert second_factor.proves(person=lan, code=f"{shown[:3]} {shown[3:]}", now=LATER) is opens


def test_a_code_counts_once_and_no_older_one_after_it(town: Town) -> None:
    lan, (key, _codes) = town.people["lan"], enrolled(town.people["lan"])
    assert not second_factor.proves(person=lan, code=code(key, NOW), now=NOW)  # the one it was set up with
    assert second_factor.proves(person=lan, code=code(key, LATER), now=LATER)
    assert not second_factor.proves(person=lan, code=code(key, LATER), now=LATER)
    assert not second_factor.proves(person=lan, code=code(key, LATER - dt.timedelta(seconds=30)), now=LATER)
    assert not second_factor.proves(person=town.people["minh"], code=code(key, LATER), now=LATER)


def test_recovery_codes_open_once_each_and_are_kept_as_hashes(town: Town) -> None:
    lan, (key, codes) = town.people["lan"], enrolled(town.people["lan"])
    assert len(set(codes)) == second_factor.CODES
    assert not set(codes) & set(RecoveryCode.objects.values_list("sha256", flat=True))
    assert second_factor.proves(person=lan, code=codes[0].upper().replace("-", " "), now=LATER)
    assert not second_factor.proves(person=lan, code=codes[0], now=LATER)
    renewed = second_factor.renew_codes(person=lan, code=code(key, LATER), now=LATER)
    assert not second_factor.proves(person=lan, code=codes[1], now=LATER)
    assert second_factor.proves(person=lan, code=renewed[1], now=LATER)
    for wrong in ("", "000000", "x"):
        with pytest.raises(errors.CodeWrong):
            second_factor.renew_codes(person=lan, code=wrong, now=LATER)


def test_it_is_set_up_on_its_screen_and_asked_for_at_log_in(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    here = town.client("lan")
    page = here.get("/an-toan/hai-lop/").content.decode()
    key = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    picture = here.get("/an-toan/hai-lop/ma.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert here.post("/an-toan/hai-lop/", {"code": "123"}).status_code == 422
    shown = here.post("/an-toan/hai-lop/", {"code": code(key, NOW)}).content.decode()
    codes = re.findall(r'class="secret">([a-z2-7-]+)<', shown)
    assert len(codes) == second_factor.CODES
    assert here.get("/an-toan/hai-lop/ma.svg").status_code == 404  # the key is never shown again
    assert key not in here.get("/an-toan/hai-lop/").content.decode().replace(" ", "")
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client = Client()
    assert password(client) == "/dang-nhap/ma/?next=%2Fvan-ban%2F"
    assert client.get("/").status_code == 302  # the password alone opens nothing
    assert client.post(CODE, {"code": "000000"}).status_code == 422
    assert client.get("/").status_code == 302
    answer = client.post(CODE, {"code": code(key, LATER), "next": "/van-ban/"})
    assert answer.headers["Location"] == "/van-ban/"
    assert client.get("/van-ban/").status_code == 200
    other = Client()
    password(other)
    assert other.post(CODE, {"code": codes[3]}).status_code == 302
    actions = set(JournalEntry.objects.values_list("action", flat=True))
    assert {"second_factor.enrolled", "second_factor.recovery_used", "person.logged_in"} <= actions


def test_the_code_is_awaited_for_minutes_and_tried_a_few_times(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    key, _codes = enrolled(town.people["lan"])
    assert Client().get(CODE).headers["Location"] == LOGIN  # nobody's code is awaited
    client = Client()
    password(client)
    for _n in range(8):
        assert "Mã không đúng" in client.post(CODE, {"code": "000000"}).content.decode()
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert "Đã thử quá nhiều lần" in client.post(CODE, {"code": code(key, LATER)}).content.decode()
    late = NOW + dt.timedelta(minutes=20)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert client.post(CODE, {"code": code(key, late)}).headers["Location"] == LOGIN
    assert client.get("/").status_code == 302


def test_it_is_given_up_against_a_code_or_by_the_administrator(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    lan, minh = town.people["lan"], town.people["minh"]
    (key, _codes), here = enrolled(lan), town.client("lan")
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert here.post("/an-toan/hai-lop/", {"code": "1", "act": "remove"}).status_code == 422
    with pytest.raises(errors.NotPermitted):
        second_factor.remove(person=lan, by=minh, now=LATER)
    assert here.post("/an-toan/hai-lop/", {"code": code(key, LATER), "act": "remove"}).status_code == 302
    assert not second_factor.has_one(lan)
    enrolled(lan)
    town.client("quan").post(f"/nguoi-dung/{lan.pk}/hai-lop/", {"once": "x"})
    assert not second_factor.has_one(lan)
    assert here.get("/").status_code == 302  # and every log-in ended


def test_a_role_that_must_have_one_gets_no_further_without(town: Town) -> None:
    admin, lan = town.client("quan"), town.client("lan")
    assert admin.post("/an-toan/vai-tro/", {"once": "x", "roles": ["LEAD_OFFICER"]}).status_code == 302
    with pytest.raises(errors.NotPermitted):
        second_factor.demand(roles=[], by=town.people["lan"], now=NOW)
    for address in ("/", "/van-ban/", "/an-toan/", "/mat-khau/"):
        assert lan.get(address).headers["Location"] == "/an-toan/hai-lop/"
    assert "bắt buộc" in lan.get("/an-toan/hai-lop/").content.decode()
    assert town.client("minh").get("/viec/").status_code == 200  # another role
    enrolled(town.people["lan"])
    assert lan.get("/van-ban/").status_code == 200
    second_factor.demand(roles=[Role.UNIT_OFFICER], by=None, now=NOW)
    assert town.client("minh").get("/viec/").status_code == 302
