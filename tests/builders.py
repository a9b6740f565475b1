"""Small builders: what a test starts from, with only what matters to it given."""

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from xulang.organisation.enums import Role
from xulang.organisation.kinds import all_kinds
from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitName, UnitParent
from xulang.organisation.scopes import scope_of
from xulang.programme import services
from xulang.programme.enums import Cadence
from xulang.programme.models import Programme
from xulang.registry import ports
from xulang.registry.models import Directive
from xulang.registry.services import receive

HANOI = dt.timezone(dt.timedelta(hours=7))
TODAY = dt.date(2026, 3, 10)
NOW = dt.datetime(2026, 3, 10, 9, 0, tzinfo=HANOI)
LONG_AGO = dt.date(2021, 7, 1)

_numbers = itertools.count(1)


def roles_of(person: Person, day: dt.date) -> frozenset[Role]:
    """Every role that a person holds on the day, in any unit."""
    scope = scope_of(person, day)
    return scope.roles if scope else frozenset()


def posts_of(person: Person, day: dt.date) -> list[Post]:
    """The posts that a person holds on the day."""
    return list(Post.objects.filter(holdings__in=PostHolding.objects.on(day).filter(person=person)).order_by("id"))


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    """A moment of that day in local time."""
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=HANOI)


def a_unit(
    name: str = "Phòng Thử nghiệm",
    kind: str = "phong",
    parent: Unit | None = None,
    begins: dt.date = LONG_AGO,
    short_name: str = "",
) -> Unit:
    """A unit with its name and parent from a day on."""
    unit = Unit.objects.create(kind=kind, tree=all_kinds()[kind].tree, begins=begins)
    UnitName.objects.create(unit=unit, name=name, short_name=short_name, valid_from=begins)
    if parent is not None:
        UnitParent.objects.create(unit=unit, parent=parent, valid_from=begins)
    return unit


def a_person(
    *posts: tuple[Role, Unit], name: str = "Nguyễn Thử Nghiệm", since: dt.date = LONG_AGO, until: dt.date | None = None
) -> Person:
    """A person who holds these posts; without a password, since tests seldom log in."""
    person = Person.objects.create(username=f"nguoi{next(_numbers)}", full_name=name)
    for role, unit in posts:
        post = Post.objects.create(unit=unit, title=role.label, role=role)
        PostHolding.objects.create(post=post, person=person, valid_from=since, valid_to=until)
    return person


@dataclass(frozen=True)
class Town:
    """A made-up city, small enough to count in one's head."""

    province: Unit
    home: Unit
    culture: Unit
    finance: Unit
    centre: Unit
    ward: Unit
    commune: Unit
    propaganda: Unit
    lead: Person
    finance_officer: Person
    ward_officer: Person
    commune_officer: Person
    propaganda_officer: Person
    leader: Person
    administrator: Person
    auditor: Person


def a_town() -> Town:
    """UBND thành phố Mường Hoa with two departments, a centre, a ward, a commune, and a Party board beside it."""
    province = a_unit("Ủy ban nhân dân tỉnh Sơn Khê", "ubnd_tinh")
    home = a_unit("Ủy ban nhân dân thành phố Mường Hoa", "ubnd_tp", province)
    culture = a_unit("Phòng Văn hóa và Thông tin", "phong", home)
    finance = a_unit("Phòng Tài chính - Kế hoạch", "phong", home)
    centre = a_unit("Trung tâm Văn hóa - Thể thao", "don_vi_su_nghiep", home)
    ward = a_unit("Ủy ban nhân dân phường Bến Đá", "phuong", home)
    commune = a_unit("Ủy ban nhân dân xã Nà Sáng", "xa", home)
    committee = a_unit("Thành ủy Mường Hoa", "cap_uy")
    propaganda = a_unit("Ban Tuyên giáo Thành ủy", "ban_dang", committee)
    return Town(
        province=province,
        home=home,
        culture=culture,
        finance=finance,
        centre=centre,
        ward=ward,
        commune=commune,
        propaganda=propaganda,
        lead=a_person((Role.LEAD_OFFICER, culture), name="Hoàng Mai Lan"),
        finance_officer=a_person((Role.UNIT_OFFICER, finance), name="Nông Thu Hiền"),
        ward_officer=a_person((Role.UNIT_OFFICER, ward), name="Lương Đức Anh"),
        commune_officer=a_person((Role.UNIT_OFFICER, commune), name="Triệu Mùi Nảy"),
        propaganda_officer=a_person((Role.UNIT_OFFICER, propaganda), name="Đàm Quốc Bảo"),
        leader=a_person((Role.LEADER, home), name="Lò Minh Hằng"),
        administrator=a_person((Role.ADMINISTRATOR, home), name="Chu Văn Ước"),
        auditor=a_person((Role.AUDITOR, home), name="Mạc Thị Yên"),
    )


@dataclass(frozen=True)
class Said:
    """A task as a test's directive says it. Sets are told by a star before their words: "*UBND các phường, xã"."""

    text: str
    lead: Sequence[str] = ()
    coordinating: Sequence[str] = ()
    deadline: tuple[str, str | None, str | None] = ("ongoing", None, None)
    mode: str = "order"
    origin: str = "line"
    sure: bool = True
    units_sure: bool = True
    deadline_sure: bool = True


ONGOING = Said("Giới thiệu chợ phiên", lead=["Phòng Văn hóa và Thông tin"])


def a_reading(*tasks: Said, warnings: Sequence[tuple[str, str]] = (), **header: str) -> dict[str, Any]:
    """A reading by the contract whose every place slices back; header values as keyword arguments."""
    text, told_header = "", {}
    for key, value in ({"number": "45", "symbol": "KH-UBND", "title": "Kế hoạch thử"} | header).items():
        told_header[key] = {"value": value, "at": [len(text), len(text) + len(value)]}
        text += value + "\n"
    keys = ("issuer", "superior", "number", "symbol", "place", "date", "type", "title")
    found = []
    for number, said in enumerate(tasks, 1):
        start = len(text)
        text += said.text
        units: dict[str, list[dict[str, Any]]] = {"lead": [], "coordinating": []}
        for role, label, names in (("lead", "Thực hiện", said.lead), ("coordinating", "Phối hợp", said.coordinating)):
            text += f"\n{label}: " if names else ""
            for name in names:
                words = name.removeprefix("*")
                units[role].append(
                    {"value": words, "at": [len(text), len(text) + len(words)], "group": name.startswith("*")}
                    | ({} if said.units_sure else {"sure": False})
                )
                text += words + "; "
        kind, value, every = said.deadline
        found.append(
            {"id": f"T{number}", "section": f"II.{number}", "at": [start, len(text)], "text": text[start:]}
            | {"mode": said.mode, **units, "product": None, "money": None, "origin": said.origin}
            | {
                "deadline": {"kind": kind, "value": value, "every": every, "at": None}
                | ({} if said.deadline_sure else {"sure": False})
            }
            | ({} if said.sure else {"sure": False})
        )
        text += "\n"
    sections = [
        {"id": task["section"], "label": f"{n}.", "depth": 2, "title": None, "parent": "II", "at": task["at"]}
        for n, task in enumerate(found, 1)
    ]
    return {
        "schema": "xulang.reading/1",
        "source": {"name": "plan.txt", "media_type": "text/plain", "sha256": "", "pages": None, "ocr": False},
        "text": text,
        "header": {key: told_header.get(key) for key in keys} | {"addressees": []},
        "citations": [],
        "sections": sections,
        "tasks": found,
        "funding": [],
        "signature": {"lines": [], "name": None},
        "recipients": [],
        "warnings": [{"code": code, "message": message, "at": None} for code, message in warnings],
    }


@contextmanager
def reading_as(reading: dict[str, Any]) -> Iterator[None]:
    """While it lasts, every file reads as this."""
    before = list(ports._registered)
    ports.register_reader(lambda data, name: reading)
    try:
        yield
    finally:
        ports._registered[:] = before


def a_directive(by: Person, reading: dict[str, Any], now: dt.datetime = NOW, data: bytes | None = None) -> Directive:
    """A directive received; its bytes follow from the reading unless given."""
    data = data or json.dumps([reading, next(_numbers)]).encode()
    with reading_as(reading):
        return receive(data=data, name="plan.txt", by=by, now=now)


def a_programme(by: Person, *tasks: Said, now: dt.datetime = NOW, **header: str) -> Programme:
    """A programme under review."""
    return services.propose(directive=a_directive(by, a_reading(*tasks, **header), now), by=by, now=now)


def an_issued_programme(
    town: Town, *tasks: Said, cadence: Cadence = Cadence.MONTH, now: dt.datetime = NOW, focal: Unit | None = None
) -> Programme:
    """A programme of undoubted tasks, issued by the town's lead officer; its department of culture follows it up."""
    programme = a_programme(town.lead, *(tasks or (ONGOING,)), now=now)
    services.set_cadence(programme=programme, cadence=cadence, by=town.lead, now=now)
    choices: dict[int, Any] = {
        row.pk: "open" if row.is_open else [unit.pk for unit in row.units.all()] for row in programme.sets.all()
    }
    if choices:
        services.confirm_sets(programme=programme, choices=choices, by=town.lead, now=now)
    services.set_focal_unit(programme=programme, unit=focal or town.culture, by=town.lead, now=now)
    services.confirm_sure(programme=programme, by=town.lead, now=now)
    return services.issue(programme=programme, by=town.lead, now=now)


def sha256(data: bytes) -> str:
    """As stored."""
    return hashlib.sha256(data).hexdigest()
