"""What every answer tells the browser, and in which language the office speaks."""

import gzip
import re

import pytest
from django.test import Client

from office.conftest import Town

PAGES = ["/dang-nhap/", "/", "/van-ban/", "/khong-co-trang-nay/", "/static/office/css/house.css"]


@pytest.mark.parametrize("page", PAGES[:-1])
def test_nothing_is_loaded_run_or_kept(town: Town, page: str) -> None:
    answer = town.client("lan").get(page)
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert {rules["script-src"], rules["style-src"], rules["form-action"]} == {"'self'"}
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("page", PAGES[:-1])
def test_the_page_itself_keeps_to_the_policy(town: Town, page: str) -> None:
    source = town.client("lan").get(page).content.decode()
    assert not re.search(
        r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=\"/static/)|(?:src|href)=\"(?:https?:)?//", source
    )


@pytest.mark.parametrize(
    ("accepts", "cookie", "language"),
    [
        ("en-US,en;q=0.9", None, "vi"),  # what a browser asks unasked does not count
        ("vi", "en", "en"),  # what the person chose does
        ("en", "vi", "vi"),
        ("en", "xx", "vi"),  # a language that the office does not speak
    ],
)
def test_language_goes_by_choice_alone(db: None, accepts: str, cookie: str | None, language: str) -> None:
    client = Client(headers={"accept-language": accepts})
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/dang-nhap/")
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in answer.content.decode()


def test_the_choice_is_made_by_a_post(db: None, client: Client) -> None:
    assert client.get("/ngon-ngu/").status_code == 405
    client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"})
    assert '<html lang="en">' in client.get("/dang-nhap/").content.decode()


def test_pages_leave_compressed_and_never_twice_alike(town: Town) -> None:
    client = town.client("lan")
    answers = [client.get("/van-ban/", headers={"accept-encoding": "gzip"}) for _turn in range(8)]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1  # two may be filled up alike, not all
    assert b"<h1>" in gzip.decompress(answers[0].content)
    assert "Content-Encoding" not in client.get("/van-ban/").headers
