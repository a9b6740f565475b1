"""The leader's page: what it says when there is nothing, what waits, and what is late."""

import datetime as dt

import pytest

from office.conftest import NOW, Town
from xulang.office import clock
from xulang.registry.recipients import distribute

LATER = NOW + dt.timedelta(days=60)


def test_a_leader_begins_there_and_an_empty_page_says_what_comes(town: Town) -> None:
    leader = town.client("duc")
    assert leader.get("/").headers["Location"] == "/toan-canh/"
    page = leader.get("/toan-canh/").content.decode()
    assert "Chưa có việc nào được giao" in page
    assert town.client("lan").get("/toan-canh/").status_code == 403


def test_everything_that_waits_opens_what_is_behind_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = town.issue()
    distribute(directive=programme.directive, units=[town.units["tp"]], by=town.people["lan"], now=NOW)
    leader = town.client("duc")
    now = leader.get("/toan-canh/").content.decode()
    assert 'href="/van-ban/?loc=chua-nhan"' in now
    assert f'href="/van-ban/{programme.directive_id}/"' in now
    assert "Không có việc nào quá hạn." in now
    monkeypatch.setattr(clock, "now", lambda: LATER)
    then = leader.get("/toan-canh/").content.decode()
    assert f'href="/chuong-trinh/{programme.pk}/tong-ket/"' in then
    assert "Em kể chuyện quê em" in then
    assert "quá hạn 41 ngày làm việc" in then  # due on 25 November
    assert f'href="/tinh-hinh/qua-han/?don-vi={town.units["gd"].pk}"' in then
    assert "Đề nghị Ủy ban nhân dân" not in then  # a request is never late
