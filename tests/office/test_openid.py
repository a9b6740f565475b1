"""Log-in by OpenID Connect against a provider on loopback: whom it opens to, and everything it is refused for."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.test import Client
from joserfc.jwk import OctKey, RSAKey

from office.conftest import NOW, Town
from office.provider import CLIENT, SECRET, Provider, running
from xulang.adapters.openid import OpenIdProvider
from xulang.office import attempts, clock
from xulang.organisation import openid, second_factor
from xulang.organisation.enums import Role
from xulang.organisation.models import Authenticator, OutsideIdentity, Person
from xulang.organisation.openid import Identity, by_two_factors
from xulang.plumbing.models import JournalEntry

OUT, BACK = "/dang-nhap/openid/", "/dang-nhap/openid/ve/"
EMAIL = "lan@muonghoa.example"
UNCONFIRMED = "Nơi đăng nhập chung chưa xác nhận được bạn."


@pytest.fixture
def there(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider where the lead officer is known; the office is registered with it."""
    Person.objects.filter(username="lan").update(email=EMAIL)
    told = {"sub": "s-1", "email": EMAIL, "email_verified": True}
    with running(person=told, now=int(NOW.timestamp())) as provider:
        ours = OpenIdProvider(provider.issuer, CLIENT, SECRET, "Cổng tỉnh")
        monkeypatch.setattr(openid, "_registered", [ours])
        yield provider


def left(client: Client, onward: str = "/van-ban/") -> str:
    """Out to the provider, through its log-in page, to the address that it sends back to."""
    departure = client.get(OUT, {"next": onward})
    assert departure.status_code == 302, departure.content.decode()
    page = requests.get(departure.headers["Location"], timeout=5).text
    back = page.split("href='")[1].split("'")[0].replace("&amp;", "&")
    assert back.startswith(f"http://testserver{BACK}?")
    return back.removeprefix("http://testserver")


def came(client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.get(left(client), follow=True)


def opened(client: Client) -> bool:
    return client.get("/van-ban/").status_code == 200


def test_it_opens_the_account_of_who_was_invited_and_binds_it(town: Town, there: Provider) -> None:
    assert "Đăng nhập qua Cổng tỉnh" in Client().get("/dang-nhap/").content.decode()
    client, answer = came()
    assert answer.redirect_chain[-1] == ("/van-ban/", 302)
    asked = there.asked[0]
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid email", "S256")
    bound = OutsideIdentity.objects.get()
    assert (bound.person, bound.subject, bound.since) == (town.people["lan"], "s-1", NOW)
    assert there.issuer in client.get("/an-toan/").content.decode()
    # Whatever becomes of the address, the identity opens the same account.
    there.person["email"], there.person["email_verified"] = "khac@muonghoa.example", False
    again, _answer = came()
    assert opened(again)
    actions = list(
        JournalEntry.objects.filter(action__in=["openid.bound", "person.logged_in"]).values("action", "data")
    )
    assert [one["action"] for one in actions] == ["openid.bound", "person.logged_in", "person.logged_in"]
    assert actions[-1]["data"] == {"means": "openid"}


# What the provider says → the sentence; nobody gets in, and nobody is made.
WHO = [
    ({"email": "ai@do.example"}, "Chưa có tài khoản nào ở đây mang địa chỉ ai@do.example."),
    ({"email_verified": False}, "chưa xác minh địa chỉ thư"),
    ({"email_verified": None}, "chưa xác minh địa chỉ thư"),  # silence is no
    ({"email_verified": "yes"}, "chưa xác minh địa chỉ thư"),
    ({"email": None}, "chưa xác minh địa chỉ thư"),
    ({"email": "doi@muonghoa.example"}, "Chưa có tài khoản nào"),  # two have that address
]


@pytest.mark.parametrize(("said", "sentence"), WHO)
def test_who_is_not_known_here_is_told_what_to_do(
    town: Town, there: Provider, said: dict[str, Any], sentence: str
) -> None:
    Person.objects.filter(username__in=["minh", "ha"]).update(email="doi@muonghoa.example")
    there.token = said
    people = Person.objects.count()
    client, answer = came()
    assert sentence in answer.content.decode()
    assert not opened(client)
    assert (Person.objects.count(), OutsideIdentity.objects.count()) == (people, 0)


# What is wrong with the identity token.
TOKENS = [
    {"iss": "https://accounts.example.org"},
    {"aud": "another-client"},
    {"aud": [CLIENT, "another-client"]},  # of two audiences, without who it was issued to
    {"aud": [CLIENT, "another-client"], "azp": "another-client"},
    {"nonce": "another"},
    {"nonce": None},
    {"exp": int(NOW.timestamp()) - 120},
    {"exp": None},
    {"iat": int(NOW.timestamp()) + 600},
    {"sub": None},
    {"sub": ""},
    {"sub": "s" * 256},
    {"at_hash": "x"},
]


@pytest.mark.parametrize("token", TOKENS, ids=str)
def test_an_identity_token_with_a_fault_opens_nothing(town: Town, there: Provider, token: dict[str, Any]) -> None:
    there.token = token
    client, answer = came()
    assert UNCONFIRMED in answer.content.decode()
    assert not opened(client)


def unsigned(there: Provider) -> None:
    there.algorithm = "none"


def by_our_secret(there: Provider) -> None:
    there.algorithm, there.signs_with = "HS256", OctKey.import_key(SECRET)


def by_another_key(there: Provider) -> None:
    there.signs_with = RSAKey.generate_key(2048, {"kid": "một"})


def with_another_secret(there: Provider) -> None:
    openid.provider().client_secret = "khác"  # type: ignore[union-attr]


@pytest.mark.parametrize("forge", [unsigned, by_our_secret, by_another_key, with_another_secret])
def test_a_forged_answer_opens_nothing(town: Town, there: Provider, forge: Any) -> None:
    client = Client()
    address = left(client)
    forge(there)
    assert UNCONFIRMED in client.get(address, follow=True).content.decode()
    assert not opened(client)


# The address that the browser brings back → what is wrong with it.
@pytest.mark.parametrize(
    "address",
    [
        BACK,  # nothing
        BACK + "?code=x",  # no state
        BACK + "?code=x&state=another",
        "{back}&iss=https://accounts.example.org",  # another provider's answer (RFC 9207)
        BACK + "?error=access_denied&state={state}",
        BACK + "?code=never-given&state={state}",
    ],
)
def test_an_answer_that_was_not_asked_for_opens_nothing(town: Town, there: Provider, address: str) -> None:
    client = Client()
    back = left(client)
    state = client.session["openid"]["kept"]["state"]
    answer = client.get(address.format(back=back, state=state), follow=True)
    assert UNCONFIRMED in answer.content.decode()
    assert not opened(client)


def test_an_answer_counts_once_in_its_session_and_minutes(
    town: Town, there: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, other = Client(), Client()
    back = left(client)
    other.get(back)
    assert not opened(other)  # another session's
    client.get(back)
    assert opened(client)
    other.get(OUT)
    other.get(back)
    assert not opened(other)
    late = Client()
    back = left(late)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=16))
    late.get(back)
    assert not opened(late)


@pytest.mark.parametrize("idle", [False, True])
def test_an_account_that_ended_stays_shut(town: Town, there: Provider, idle: bool) -> None:
    Person.objects.filter(username="lan").update(is_active=idle, opened_at=NOW - dt.timedelta(days=46), last_seen=None)
    client, answer = came()
    assert "Tài khoản đã khóa" in answer.content.decode()
    assert ("lâu không dùng" in answer.content.decode()) is idle
    assert not opened(client)
    assert not OutsideIdentity.objects.exists()


# What the provider says of how it asked → whether that is two factors.
METHODS = [
    ((), "", False),
    (("pwd",), "", False),
    (("otp",), "", False),  # one factor, though not the usual one
    (("pwd", "otp"), "", True),
    (("pin", "hwk"), "", True),
    (("pwd", "kba"), "", False),  # two things known
    (("pwd", "mfa"), "", True),
    ((), "phr", True),
    ((), "https://refeds.org/profile/mfa", True),
    ((), "1", False),
]


@pytest.mark.parametrize(("methods", "context", "counts"), METHODS)
def test_the_providers_second_factor_counts_where_it_says_so(
    town: Town, there: Provider, methods: tuple[str, ...], context: str, counts: bool
) -> None:
    assert by_two_factors(Identity("i", "s", "", frozenset(methods), context)) is counts
    there.token = {"amr": list(methods), "acr": context or None}
    client, _answer = came()
    assert opened(client)  # there is none to be asked for
    second_factor.demand(roles=[Role.LEAD_OFFICER], by=None, now=NOW)
    assert opened(client) is counts  # the post demands one
    second_factor.demand(roles=[], by=None, now=NOW)
    Authenticator.objects.create(person=town.people["lan"], key="A" * 32, since=NOW, last_step=0)
    again, answer = came()
    assert opened(again) is counts
    if not counts:
        assert answer.redirect_chain[-1][0].startswith("/dang-nhap/ma/")


def test_an_address_that_went_to_somebody_else_opens_nothing_until_unbound(town: Town, there: Provider) -> None:
    first, _answer = came()
    there.person["sub"] = "s-2"
    client, answer = came()
    assert "đã gắn với một định danh khác" in answer.content.decode()
    assert not opened(client)
    lan = town.people["lan"]
    address = f"/nguoi-dung/{lan.pk}/dinh-danh/"
    assert "Gỡ định danh ngoài" in town.client("quan").get(f"/nguoi-dung/{lan.pk}/").content.decode()
    town.client("quan").post(address, {"once": "x"})
    assert not opened(first)  # log-ins ended
    came(client)
    assert opened(client)
    assert OutsideIdentity.objects.get().subject == "s-2"


def test_the_address_may_come_by_userinfo_of_the_same_subject(town: Town, there: Provider) -> None:
    there.token = {"email": None, "email_verified": None}
    there.userinfo = {"sub": "s-9", "email": EMAIL, "email_verified": True}
    client, answer = came()
    assert UNCONFIRMED in answer.content.decode()
    there.userinfo["sub"] = "s-1"
    came(client)
    assert opened(client)


def test_new_keys_of_the_provider_are_fetched(town: Town, there: Provider) -> None:
    came()
    there.key = RSAKey.generate_key(2048, {"kid": "hai", "use": "sig"})
    client, _answer = came()
    assert opened(client)


# What the provider tells of itself that is not to be trusted.
@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://accounts.example.org"},
        {"token_endpoint": "http://accounts.example.org/token"},
        {"jwks_uri": ""},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_a_provider_that_cannot_be_trusted_is_not_gone_to(town: Town, there: Provider, told: dict[str, Any]) -> None:
    there.description = told
    answer = Client().get(OUT, follow=True)
    assert "Không liên lạc được với nơi đăng nhập chung." in answer.content.decode()


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9", "http://accounts.example.org"])
def test_a_silent_provider_leaves_the_password(town: Town, monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    monkeypatch.setattr(openid, "_registered", [OpenIdProvider(issuer, CLIENT, SECRET, "Cổng tỉnh")])
    answer = Client().get(OUT, follow=True)
    assert "Không liên lạc được với nơi đăng nhập chung." in answer.content.decode()


def test_without_a_provider_there_is_no_such_page(town: Town) -> None:
    assert Client().get(OUT).status_code == 404
    assert Client().get(BACK).status_code == 404
    assert "openid" not in Client().get("/dang-nhap/").content.decode()


def test_log_out_shows_the_way_out_there(town: Town, there: Provider) -> None:
    client, _answer = came()
    page = client.post("/dang-xuat/").content.decode()
    assert f"{there.issuer}/leave?client_id=xulang&amp;post_logout_redirect_uri=http%3A%2F%2Ftestserver" in page
    assert not opened(client)
    assert town.client("lan").post("/dang-xuat/").status_code == 302  # came by password
    there.description = {"end_session_endpoint": None}
    openid.provider()._metadata = {}  # type: ignore[union-attr]
    client, _answer = came()
    assert client.post("/dang-xuat/").status_code == 302


def test_tries_are_counted_by_address(town: Town, there: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PER_ADDRESS", 2)
    there.token = {"nonce": "another"}
    for _n in range(2):
        came()
    there.token = {}
    client, answer = came()
    assert "Đã thử quá nhiều lần" in answer.content.decode()
    assert not opened(client)
