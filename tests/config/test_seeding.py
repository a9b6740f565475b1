"""The sample town is seeded whole, and its plan can be carried to issue in six acts."""

import datetime as dt

import pytest

from builders import HANOI, ONGOING, a_reading, reading_as, roles_of
from xulang.activities.enums import Kind
from xulang.adapters.reader import read_directive
from xulang.budget.enums import EstimateState
from xulang.budget.models import Estimate
from xulang.config.sample import at_work, seeding
from xulang.organisation import reorganising
from xulang.organisation.canonical import canonical
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Reorganisation, Succession, Unit, UnitCode
from xulang.organisation.selectors import units_on
from xulang.plumbing import journal
from xulang.registry import ports
from xulang.reporting.models import Round
from xulang.reporting.preparing import prepared

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


@pytest.mark.django_db
def test_the_town_at_work(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = dt.datetime.combine(DAYS[0], dt.time(9), HANOI)
    seeding.seed(today=DAYS[0], now=now)
    ports.register_reader(read_directive)
    done = at_work.set_to_work(now)
    assert {one.kind for one in done} == set(Kind)  # something of each kind
    assert any(one.begins > DAYS[0] for one in done)  # and something to come
    assert all(one.duties.exists() for one in done)
    spent, waits = Estimate.objects.order_by("pk")
    assert (spent.state, waits.state) == (EstimateState.APPROVED, EstimateState.SENT)
    assert sum(line.spent for line in spent.current.lines.all()) == 3_000_000
    assert journal.verify().ok


# The four wards of 1 July 2025: their code, who bore it before, and how many communes they took in.
WARDS = {
    "Ủy ban nhân dân phường Kỳ Lừa": ("06187", "Ủy ban nhân dân thị trấn Cao Lộc", 5),
    "Ủy ban nhân dân phường Tam Thanh": ("05986", "Ủy ban nhân dân xã Hoàng Đồng", 2),
    "Ủy ban nhân dân phường Đông Kinh": ("05977", "Ủy ban nhân dân phường Vĩnh Trại", 4),
    "Ủy ban nhân dân phường Lương Văn Tri": ("05983", "Ủy ban nhân dân phường Chi Lăng", 2),
}


@pytest.mark.django_db
def test_the_real_city_becomes_four_wards_and_is_whole_again(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    today = dt.date(2025, 7, 20)
    now = dt.datetime.combine(today, dt.time(9), HANOI)
    seeding.seed(today=today, now=now, sample="lang-son")
    admin, leader = Person.objects.get(username="quan.tri"), Person.objects.get(username="lanh.dao")
    before = canonical(today)
    march, july = Reorganisation.objects.order_by("on")
    for act in (march, july):
        assert reorganising.faults(act) == []
        reorganising.apply(act=act, by=admin, now=now)
    names = {row.id: row.name for row in units_on(july.on)}
    there = {name: unit for unit, name in names.items() if name in WARDS}
    old = {row.id: row.name for row in units_on(dt.date(2025, 6, 30))}
    for name, (code, bearer, number) in WARDS.items():
        ward = there[name]
        assert UnitCode.objects.on(july.on).get(code=code).unit_id == ward
        assert old[UnitCode.objects.on(dt.date(2025, 6, 30)).get(code=code).unit_id] == bearer
        communes = Succession.objects.filter(act=july, to_unit=ward, from_unit__kind__in=["phuong", "xa"])
        assert communes.count() == number
    # two of them took in parts of another district
    parts = Succession.objects.filter(act=july, from_unit__codes__code__in=["06226", "06247"])
    assert {names[row.to_unit_id].split()[-1] for row in parts} == {"Lừa", "Kinh"}
    # Sở TTTT has two functional successors
    assert Succession.objects.filter(act=march).count() == 2
    assert Role.LEADER in roles_of(leader, july.on)
    for act in (july, march):
        reorganising.undo(act=Reorganisation.objects.get(pk=act.pk), basis="Thử", on=today, by=admin, now=now)
    assert canonical(today) == before
    assert journal.verify().ok


@pytest.mark.django_db
# The sample's own spring; after that year's last cut-off; any later day on which somebody tries it.
@pytest.mark.parametrize("day", [DAYS[0], dt.date(2026, 12, 20), dt.date(2028, 6, 15)])
def test_the_sample_round_is_filled_in(settings, day):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = dt.datetime.combine(day, dt.time(9), HANOI)
    seeding.seed(today=day, now=now)
    ports.register_reader(read_directive)
    at_work.set_to_work(now)
    shares = [prepared(report, day).filled for report in Round.objects.get().reports.all()]
    assert len(shares) == 3
    assert min(shares) >= 0.7  # figures that nobody has to type
