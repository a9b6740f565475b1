"""A small made-up town to open the office's screens in."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from beginnings import BUILDERS, Beginning
from office.plan import reading
from xulang.office import clock
from xulang.organisation import reorganising, services
from xulang.organisation.enums import Role, Verb
from xulang.organisation.models import Line, Person, Reorganisation, Unit
from xulang.programme import services as programme_services
from xulang.programme.enums import Cadence, TaskState
from xulang.programme.models import Assignment, Programme, TaskUnit
from xulang.registry import ports
from xulang.registry import services as registry_services
from xulang.registry.models import Directive

PASSWORD = "một câu đủ dài để nhớ"
NOW = dt.datetime(2026, 11, 23, 2, 30, tzinfo=dt.UTC)  # 9:30 in Mường Hoa
FOUNDED = dt.date(2025, 7, 1)


@dataclass
class Town:
    """The town's units by short name, its people by user name."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def unit(self, key: str, kind: str, name: str, parent: str | None = None) -> Unit:
        self.units[key] = services.create_unit(
            kind=kind, name=name, parent=self.units.get(parent or ""), begins=FOUNDED, by=None, now=NOW
        )
        return self.units[key]

    def officer(self, username: str, name: str, role: Role | None, unit: str) -> Person:
        person = Person.objects.create(username=username, full_name=name, password=HASH)
        if role is not None:
            post = services.create_post(unit=self.units[unit], title="Chuyên viên", role=role, by=None, now=NOW)
            services.appoint(post=post, person=person, on=FOUNDED, by=None, now=NOW)
        self.people[username] = person
        return person

    def receive(self, username: str = "lan", data: bytes = b"# ke hoach\n") -> Directive:
        """The plan, received by that lead officer."""
        return registry_services.receive(data=data, name="ke-hoach.md", by=self.people[username], now=NOW)

    def issue(self, username: str = "lan", focal: str = "vhtt") -> Programme:
        """The plan, received, proposed, confirmed and issued."""
        by = self.people[username]
        made = programme_services.propose(directive=self.receive(username), by=by, now=NOW)
        programme_services.set_cadence(programme=made, cadence=Cadence.MONTH, by=by, now=NOW)
        programme_services.set_focal_unit(programme=made, unit=self.units[focal], by=by, now=NOW)
        for named in TaskUnit.objects.filter(task__programme=made) if focal != "vhtt" else ():  # has no divisions
            programme_services.correct_unit(task_unit=named, unit=self.units[focal], by=by, now=NOW)
        for task in made.tasks.filter(state=TaskState.PROPOSED):
            programme_services.confirm_task(task=task, by=by, now=NOW)
        return programme_services.issue(programme=made, by=by, now=NOW)

    def reorganisation(self, unit: str) -> Reorganisation:
        """A draft in which that unit becomes a new one, and gives a part to a second."""
        act = reorganising.draft(
            title="Sắp xếp các phòng", basis="Nghị quyết 01/NQ-HĐND", on=NOW.date(), by=None, now=NOW
        )
        parent = self.units[unit].parents.get().parent
        new = Line(verb=Verb.ESTABLISH, kind="phong", name="Phòng Văn hóa - Xã hội", parent=parent)
        other = Line(verb=Verb.ESTABLISH, kind="phong", name="Phòng Khoa học", parent=parent)
        main = Line(verb=Verb.SPLIT, unit=self.units[unit], to_line=new, main=True)
        part = Line(verb=Verb.SPLIT, unit=self.units[unit], to_line=other, function="chuyển đổi số; mạng xã hội")
        reorganising.add_lines(act=act, lines=[new, other, main, part], by=None, now=NOW)
        return act

    def assignment(self, unit: str, section: str) -> Assignment:
        """What that unit was assigned by that section."""
        return Assignment.objects.get(unit=self.units[unit], task__section=section)

    def client(self, username: str) -> Client:
        """A browser in which that person is logged in."""
        browser = Client()
        browser.force_login(self.people[username])
        return browser


# The town, and the rows of its story by name.
Story = tuple[Town, dict[str, int | str]]

# Hashing is slow by design: once for all accounts.
HASH = make_password(PASSWORD)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_registered", [reading])


@pytest.fixture
def town(office_town: Town) -> Town:
    """Two divisions and a ward under the city; a neighbouring city that has nothing to do with it."""
    return office_town


@pytest.fixture
def office_town(db: None, beginning: Beginning) -> Town:
    """A copy of the town that many tests begin from."""
    town: Town = beginning.copied("office_town")
    return town


@pytest.fixture
def office_story(db: None, beginning: Beginning) -> Story:
    """A copy of the town after the story that every screen is opened on, and the story's rows by name."""
    made: Story = beginning.copied("office_story")
    return made


def populated(town: Town) -> Town:
    """The units and people."""
    town.unit("tp", "ubnd_tp", "Ủy ban nhân dân thành phố Mường Hoa")
    town.unit("vhtt", "phong", "Phòng Văn hóa và Thông tin", "tp")
    town.unit("gd", "phong", "Phòng Giáo dục và Đào tạo", "tp")
    town.unit("thuy_van", "phuong", "Ủy ban nhân dân phường Thủy Vân", "tp")
    town.unit("khac", "ubnd_tp", "Ủy ban nhân dân thành phố Đồng Giang")
    town.unit("khac_vp", "phong", "Văn phòng", "khac")
    for username, name, role, unit in (
        ("lan", "Lương Thị Lan", Role.LEAD_OFFICER, "vhtt"),
        ("minh", "Hoàng Văn Minh", Role.UNIT_OFFICER, "gd"),
        ("ha", "Bế Thu Hà", Role.HEAD, "gd"),
        ("nga", "Triệu Thị Nga", Role.UNIT_OFFICER, "thuy_van"),
        ("duc", "Nông Văn Đức", Role.LEADER, "tp"),
        ("quan", "Vi Thị Quân", Role.ADMINISTRATOR, "tp"),
        ("tho", "Đinh Công Thọ", Role.AUDITOR, "tp"),
        ("hien", "Nông Thu Hiền", Role.FINANCE, "gd"),
        ("hoa", "Lý Thị Hoa", Role.PRESS, "gd"),
        ("son", "Hà Văn Sơn", Role.EDITOR, "gd"),
        ("ky", "Lý Thị Kỳ", None, "tp"),
        ("xa", "Lục Văn Xa", Role.LEAD_OFFICER, "khac_vp"),
    ):
        town.officer(username, name, role, unit)
    return town


def told() -> Story:
    """The town with the story that every screen is opened on, and the story's rows by name."""
    from office.screens import story

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(ports, "_registered", [reading])
        town = populated(Town())
        return town, story(town)


BUILDERS["office_town"] = lambda: populated(Town())
BUILDERS["office_story"] = told
