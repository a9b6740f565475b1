"""The sample town is seeded whole, and its plan can be carried to issue in six acts."""

import datetime as dt

import pytest

from builders import HANOI, ONGOING, a_reading, reading_as
from xulang.config.sample import seeding
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Unit
from xulang.organisation.selectors import roles_of, units_on
from xulang.plumbing import journal

# the day of the first start: the year of the sample plan, and one before the people's posts began
DAYS = [dt.date(2026, 3, 10), dt.date(2024, 3, 10)]


@pytest.mark.django_db
@pytest.mark.parametrize("today", DAYS)
def test_seeding(settings, today):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = dt.datetime.combine(today, dt.time(9), HANOI)
    accounts = seeding.seed(today=today, now=now)
    assert len({account.password for account in accounts}) == len(accounts)
    for account in accounts:
        person = Person.objects.get(username=account.username)
        assert person.check_password(account.password)
        assert [role.label for role in roles_of(person, today)] == [account.role]
    assert {role for person in Person.objects.all() for role in roles_of(person, today)} == set(Role)
    kinds = [row.kind for row in units_on(today)]
    assert (kinds.count("phuong"), kinds.count("xa"), kinds.count("ubnd_tp")) == (5, 3, 1)
    assert {unit.tree for unit in Unit.objects.all()} == {"STATE", "PARTY", "FRONT"}
    with reading_as(a_reading(ONGOING)):
        programme = seeding.propose(b"ke hoach", "plan.md", now=now)
    assert programme.tasks.get().units.get().unit.name_on(today) == "Phòng Văn hóa và Thông tin"
    assert journal.verify().ok
