"""The whole country's reorganisation of 2025 on one database: what `proofs.country` runs, once for each engine.

`python -m proofs._country RESULT.json` works on the empty database that XULANG_DATABASE_URL names. Units and who took
over from whom come from the package vietnamadminunits (MIT); departments, functions, people and work are made up by a
seed.
"""

import datetime as dt
import json
import os
import random
import sqlite3
import sys
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SEED = 20250701
ASSIGNMENTS = 100_000
REPORTS = 400  # made by officers between applying and undoing, through the services
DAY = dt.date(2025, 7, 1)
BEFORE = dt.date(2025, 6, 30)
LATER = dt.date(2025, 9, 1)
BEGAN = dt.date(2021, 7, 1)
HANOI = dt.timezone(dt.timedelta(hours=7))
TASKS = [
    "Tuyên truyền trên báo chí",
    "Đẩy mạnh chuyển đổi số",
    "Thông tin đối ngoại bằng tiếng nước ngoài",
    "Trang thông tin điện tử",
    "Tổ chức lễ hội",
    "Bảo vệ di tích",
    "Đón tiếp đoàn khách",
    "Tập huấn cán bộ",
    "Hạ tầng số nông thôn",
    "Giới thiệu sản phẩm",
    "Kiểm tra xuất bản",
    "Phối hợp biên giới",
]


def at(day: dt.date) -> dt.datetime:
    """Nine in the morning."""
    return dt.datetime(day.year, day.month, day.day, 9, tzinfo=HANOI)


def facts() -> tuple[list[Any], list[Any], dict[str, Any]]:
    """The units before and after, and who took over from whom, as the package has them."""
    spec = find_spec("vietnamadminunits")
    assert spec is not None, "run `make prove`: it installs vietnamadminunits"
    assert spec.submodule_search_locations is not None
    data = Path(next(iter(spec.submodule_search_locations))) / "data"
    with sqlite3.connect(data / "dataset.db") as base:
        old = base.execute(
            "SELECT province, district, ward, wardType, provinceCode, districtCode, wardCode,"
            " provinceKey, districtKey, wardKey FROM admin_units_legacy"
        ).fetchall()
        new = base.execute(
            "SELECT province, ward, wardType, provinceCode, wardCode, provinceKey, wardKey FROM admin_units"
        ).fetchall()
    return old, new, json.loads((data / "converter_2025.json").read_text("utf-8"))


class Country:
    """The register of the day before, by keys."""

    def __init__(self, rows: list[Any], limit: int | None = None) -> None:
        from xulang.organisation.models import Unit, UnitCode, UnitName, UnitParent

        self.provinces: dict[str, Any] = {}
        self.districts: dict[str, Any] = {}
        self.wards: dict[str, Any] = {}
        self.offices: dict[tuple[str, str], Any] = {}
        made: list[tuple[Any, str, Any, tuple[str, str] | None]] = []

        def unit(kind: str, name: str, above: Any, code: tuple[str, str] | None) -> Any:
            row = Unit(kind=kind, tree="STATE", begins=BEGAN)
            made.append((row, name, above, code))
            return row

        for province, district, ward, ward_type, p_code, d_code, w_code, p_key, d_key, w_key in rows:
            if limit is not None and p_key not in self.provinces and len(self.provinces) == limit:
                continue
            if p_key not in self.provinces:
                self.provinces[p_key] = unit("ubnd_tinh", f"UBND {province}", None, ("gso-t", p_code))
                for office in ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", "Sở Văn hóa"):
                    self.offices[p_key, office] = unit("so", f"{office} {province}", self.provinces[p_key], None)
            if (key := f"{p_key}_{d_key}") not in self.districts:
                above, code = self.provinces[p_key], ("gso-h", d_code)
                self.districts[key] = unit("ubnd_tp", f"UBND {district}", above, code)
            if ward:
                kind = "phuong" if ward_type == "Phường" else "xa"
                self.wards[f"{key}_{w_key}"] = unit(kind, f"UBND {ward}", self.districts[key], ("gso", w_code))
        Unit.objects.bulk_create(row for row, *_told in made)
        UnitName.objects.bulk_create(
            UnitName(unit=row, name=name[:200], valid_from=BEGAN) for row, name, _above, _code in made
        )
        UnitParent.objects.bulk_create(
            UnitParent(unit=row, parent=above, valid_from=BEGAN) for row, _name, above, _code in made if above
        )
        UnitCode.objects.bulk_create(
            UnitCode(unit=row, scheme=code[0], code=code[1], valid_from=BEGAN)
            for row, _name, _above, code in made
            if code
        )
        self.units = [row for row, *_told in made]


def mapping(country: Country, new: list[Any], told: dict[str, Any], chance: random.Random) -> tuple[list[Any], int]:
    """The lines of the reorganisation, and how many old communes the package's table does not name.

    Those go to a commune that took over from their own district, else of their province.
    """
    from xulang.organisation.enums import Verb
    from xulang.organisation.models import Line

    lines: list[Any] = []
    above: dict[str, Any] = {}
    provinces = {key: olds for key, olds in told["DICT_PROVINCE"].items() if any(p in country.provinces for p in olds)}
    names = {key: (name, code) for name, _w, _t, code, _c, key, _k in new}

    def placed(line: Any, **where: Any) -> Any:
        for field, target in where.items():
            setattr(line, f"{field}_line" if isinstance(target, Line) else field, target)
        lines.append(line)
        return line

    for key, olds in provinces.items():
        there = [country.provinces[old] for old in olds if old in country.provinces]
        if len(olds) == 1:
            above[key] = there[0]
        else:
            name, code = names[key]
            above[key] = placed(
                Line(verb=Verb.ESTABLISH, kind="ubnd_tinh", name=f"UBND {name}", scheme="gso-t", code=code)
            )
            for unit in there:
                placed(Line(verb=Verb.MERGE, unit=unit), to=above[key])
        _offices(country, key, olds, above, placed, chance)
    made = {
        (key, w_key): placed(
            Line(
                verb=Verb.ESTABLISH,
                kind="phuong" if ward_type == "Phường" else "xa",
                name=f"UBND {ward}",
                scheme="gso",
                code=code,
            ),
            parent=above[key],
        )
        for _name, ward, ward_type, _p, code, key, w_key in new
        if key in provinces
    }
    for district, unit in country.districts.items():
        key = next(key for key, olds in provinces.items() if district.split("_")[0] in olds)
        placed(Line(verb=Verb.ABOLISH, unit=unit), to=above[key])
    return lines, _communes(country, told, provinces, made, placed, chance)


def _offices(country: Country, key: str, olds: list[str], above: Any, placed: Any, chance: random.Random) -> None:
    """Sở TTTT has two functional successors; in a province that is merged they are new, else they stand already."""
    from xulang.organisation.enums import Verb
    from xulang.organisation.models import Line

    for old in (old for old in olds if old in country.provinces):
        science, culture = (country.offices[old, name] for name in ("Sở Khoa học và Công nghệ", "Sở Văn hóa"))
        if len(olds) > 1:
            if (key, "science") not in above:
                for name, label in (("science", "Sở Khoa học và Công nghệ"), ("culture", "Sở Văn hóa")):
                    line = Line(verb=Verb.ESTABLISH, kind="so", name=f"{label} {key}")
                    above[key, name] = placed(line, parent=above[key])
            placed(Line(verb=Verb.MERGE, unit=science), to=above[key, "science"])
            placed(Line(verb=Verb.MERGE, unit=culture), to=above[key, "culture"])
            science, culture = above[key, "science"], above[key, "culture"]
        elif chance.random() < 0.7:
            placed(Line(verb=Verb.FUNCTION, unit=science, function="hạ tầng số; tập huấn"), to=culture)
        gone = country.offices[old, "Sở Thông tin và Truyền thông"]
        placed(Line(verb=Verb.SPLIT, unit=gone, main=True), to=science)
        placed(Line(verb=Verb.SPLIT, unit=gone, function="báo chí; xuất bản; thông tin đối ngoại"), to=culture)


def _communes(
    country: Country, told: dict[str, Any], provinces: Any, made: Any, placed: Any, chance: random.Random
) -> int:
    """Each old commune goes to one new commune, or is divided among several; gives how many the table leaves out."""
    from xulang.organisation.enums import Verb
    from xulang.organisation.models import Line

    goes: dict[str, list[Any]] = {}
    near: dict[str, list[Any]] = {}
    for key in provinces:
        for w_key, olds in told["DICT_PROVINCE_WARD_NO_DIVIDED"].get(key, {}).items():
            for old in olds:
                if old in country.wards and (key, w_key) in made:
                    goes.setdefault(old, [made[key, w_key]])
                    near.setdefault(old.rsplit("_", 1)[0], []).append(made[key, w_key])
        for old, parts in told["DICT_PROVINCE_WARD_DIVIDED"].get(key, {}).items():
            parts = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            takers = [made[key, part["newWardKey"]] for part in parts if (key, part["newWardKey"]) in made]
            if old in country.wards and takers:
                goes[old] = list({id(taker): taker for taker in takers}.values())
                near.setdefault(old.rsplit("_", 1)[0], []).extend(takers)
    left = 0
    for old, unit in country.wards.items():
        takers = goes.get(old, [])
        if not takers:
            left += 1
            home = next(key for key, olds in provinces.items() if old.split("_")[0] in olds)
            others = near.get(old.rsplit("_", 1)[0]) or [line for (key, _w), line in made.items() if key == home]
            takers = [chance.choice(others)]
        if len(takers) == 1:
            placed(Line(verb=Verb.MERGE, unit=unit), to=takers[0])
            continue
        for n, taker in enumerate(takers):  # a divided commune's work goes by made-up functions
            words = "" if n == 0 else chance.choice(["báo chí", "lễ hội; di tích", "chuyển đổi số", "sản phẩm"])
            placed(Line(verb=Verb.SPLIT, unit=unit, main=n == 0, function=words), to=taker)
    return left


def people_and_work(country: Country, assignments: int, chance: random.Random) -> dict[str, Any]:
    """An office that gives everybody work: posts with holders everywhere, assignments with two reports each."""
    from xulang.organisation.enums import Role
    from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitName
    from xulang.plumbing.models import StoredFile
    from xulang.programme.enums import EntryKind, Mode, ProgrammeState, TaskState, UnitRole
    from xulang.programme.models import Assignment, Entry, ExpectedReport, Programme, Task
    from xulang.registry.enums import DirectiveState
    from xulang.registry.models import Directive, Distribution

    now = at(dt.date(2025, 1, 2))
    home = Unit.objects.create(kind="ubnd_tinh", tree="STATE", begins=BEGAN)
    UnitName.objects.create(unit=home, name="Cơ quan ban hành", valid_from=BEGAN)
    people = Person.objects.bulk_create(
        Person(username=f"n{n}", full_name=f"Người {n}") for n in range(len(country.units))
    )
    posts = Post.objects.bulk_create(
        Post(unit=unit, title="Chuyên viên", role=Role.UNIT_OFFICER) for unit in country.units
    )
    PostHolding.objects.bulk_create(
        PostHolding(post=post, person=person, valid_from=BEGAN) for post, person in zip(posts, people, strict=True)
    )
    who = {}
    for role in (Role.LEAD_OFFICER, Role.LEADER, Role.ADMINISTRATOR):
        who[role.value] = Person.objects.create(username=role.value, full_name=str(role.label))
        post = Post.objects.create(unit=home, title=str(role.label), role=role)
        PostHolding.objects.create(post=post, person=who[role.value], valid_from=BEGAN)
    stored = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="text/plain", stored_at=now)
    directive = Directive.objects.create(
        file=stored,
        sha256="0" * 64,
        text="x",
        reading={"text": "Kế hoạch cả nước", "sections": [], "tasks": []},
        title="Kế hoạch cả nước",
        received_for=home,
        home_unit=home,
        received_at=now,
        received_by=who["LEAD_OFFICER"],
        state=DirectiveState.RECEIVED,
    )
    Distribution.objects.bulk_create(
        Distribution(directive=directive, given_to=unit, unit=unit, given_on=now.date()) for unit in country.units
    )
    programme = Programme.objects.create(
        directive=directive,
        title="Kế hoạch cả nước",
        focal_unit=home,
        focal_confirmed_at=now,
        state=ProgrammeState.ISSUED,
        starts_on=now.date(),
        ends_on=dt.date(2025, 12, 31),
        proposed_at=now,
        issued_at=now,
    )
    tasks = Task.objects.bulk_create(
        Task(programme=programme, position=n, text=text, state=TaskState.ISSUED, confirmed_at=now, cadence="QUARTER")
        for n, text in enumerate(TASKS)
    )
    pairs = [(task, unit) for unit in country.units for task in tasks]
    chosen = sorted(chance.sample(range(len(pairs)), min(assignments, len(pairs))))
    made = Assignment.objects.bulk_create(
        Assignment(
            task=pairs[n][0],
            issued_to=pairs[n][1],
            unit=pairs[n][1],
            role=UnitRole.LEAD,
            mode=Mode.ORDER,
            issued_on=now.date(),
        )
        for n in chosen
    )
    ExpectedReport.objects.bulk_create(
        ExpectedReport(
            assignment=one,
            period=code,
            period_start=start,
            period_end=end,
            issued_on=one.issued_on,
            due=end,
            first_due=end,
        )
        for one in made
        for code, start, end in (
            ("2025-Q2", dt.date(2025, 4, 1), dt.date(2025, 6, 30)),
            ("2025-Q3", dt.date(2025, 7, 1), dt.date(2025, 9, 30)),
        )
    )
    Entry.objects.bulk_create(
        Entry(assignment=one, kind=EntryKind.ISSUED, on=now.date(), at=now, by=who["LEAD_OFFICER"]) for one in made
    )
    return who


def reported(chance: random.Random, day: dt.date, number: int) -> int:
    """Officers report on some of what is owed, each from a post in the unit responsible that day."""
    from xulang.organisation.models import PostHolding
    from xulang.programme.enums import EntryKind, ReportState
    from xulang.programme.models import ExpectedReport
    from xulang.programme.services import report

    owed = list(
        ExpectedReport.objects.filter(state=ReportState.EXPECTED, period_start__lte=day).values_list("pk", flat=True)
    )
    done = 0
    for pk in chance.sample(owed, min(number, len(owed))):
        expected = ExpectedReport.objects.select_related("assignment").get(pk=pk)
        held = (
            PostHolding.objects.on(day).filter(post__unit=expected.assignment.unit_id).select_related("person").first()
        )
        assert held is not None, "nobody holds a post where the work went"
        report(assignment=expected.assignment, kind=EntryKind.NIL, expected=expected, by=held.person, now=at(day))
        done += 1
    return done


def by_unit(day: dt.date | None) -> Counter[int]:
    """Expected reports by unit: of today, or of a day."""
    from django.db.models import Count, F

    from xulang.organisation.models import unit_then
    from xulang.programme.models import Assignment, Entry

    then = F("unit_id") if day is None else unit_then(Entry.objects.all(), "assignment_id", "pk", "unit_id", day)
    rows = Assignment.objects.order_by().annotate(then=then).values_list("then").annotate(n=Count("expected"))
    return Counter(dict(rows))


def spent() -> float:
    """Processor seconds so far, of this process and of the database server's that works for it."""
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Timed:
    """How long each step took: processor seconds, and seconds by the clock on a machine that others use too."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}

    def __call__(self, name: str, act: Any) -> Any:
        begun, worked = time.monotonic(), spent()
        found = act()
        self.seconds[name] = round(spent() - worked, 1), round(time.monotonic() - begun, 1)
        print(f"  {name}: {self.seconds[name][0]} s ({self.seconds[name][1]} s by the clock)", flush=True)
        return found


def undone_with_work(told: bytes, before: bytes) -> bytes:
    """The export before, with the standing of reports and assignments as work has made it since."""
    since = {tuple(row[:2]): row for row in map(json.loads, told.splitlines()) if _works(row)}
    lines = []
    for row in map(json.loads, before.splitlines()):
        if _works(row):
            now = since[tuple(row[:2])]
            row = [*row[:3], *now[3:]] if row[0] == "programme.Assignment.unit" else now
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    return ("\n".join(lines) + "\n").encode()


def _works(row: list[Any]) -> bool:
    return row[0] in {"programme.Assignment.unit", "programme.ExpectedReport"}


def run(assignments: int = ASSIGNMENTS, limit: int | None = None, reports: int = REPORTS) -> dict[str, Any]:
    """Everything, on an empty database that is migrated; gives what was measured. `limit`: so many old provinces."""
    from django.db import connection

    from xulang.organisation import reorganising
    from xulang.organisation.canonical import canonical
    from xulang.organisation.previewing import preview, preview_undo
    from xulang.plumbing import journal
    from xulang.programme import selectors
    from xulang.programme.models import Assignment, Entry

    chance, timed = random.Random(SEED), Timed()
    old, new, told = facts()
    country = timed("units", lambda: Country(old, limit))
    who = timed("work", lambda: people_and_work(country, assignments, chance))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a planner that takes the tables for empty would join them row by row
    by, leader = who["ADMINISTRATOR"], who["LEADER"]
    before = timed("export", lambda: canonical(LATER))
    units, figures = by_unit(None), selectors.figures(leader, LATER, on=LATER)

    def drafted() -> Any:
        act = reorganising.draft(title="Cả nước", basis="Nghị quyết 1672/NQ-UBTVQH15", on=DAY, by=by, now=at(DAY))
        lines, left = mapping(country, new, told, random.Random(SEED))
        reorganising.add_lines(act=act, lines=lines, by=by, now=at(DAY))
        return act, lines, left

    held: dict[str, bool] = {}
    act, lines, left = timed("draft", drafted)
    shown = timed("preview", lambda: preview(act))
    assert not shown.faults, [str(fault) for fault in shown.faults[:5]]
    act = timed("apply", lambda: reorganising.apply(act=act, by=by, now=at(DAY)))
    moved = Entry.objects.filter(act=act).count()
    held["sums of the day before are as they were"] = by_unit(BEFORE) == units
    held["sums on today's units add up"] = sum(by_unit(None).values()) == sum(units.values())
    held["the leader's figures are the same"] = selectors.figures(leader, LATER, on=LATER) == figures
    held["no work is left on a unit that ended"] = (
        not Assignment.objects.filter(unit__in=shown.plan.leaving).filter(unit__ends__isnull=False).exists()
    )
    timed("preview of undoing", lambda: preview_undo(act, on=LATER))
    timed("undo", lambda: reorganising.undo(act=act, basis="Nghị quyết", on=LATER, by=by, now=at(LATER)))
    held["undone: byte for byte as before"] = canonical(LATER) == before

    again = LATER + dt.timedelta(days=1)
    reported(chance, LATER, reports)
    before = canonical(again + dt.timedelta(days=9))
    act = reorganising.draft(title="Cả nước", basis="Nghị quyết", on=again, by=by, now=at(again))
    reorganising.add_lines(act=act, lines=mapping(country, new, told, random.Random(SEED))[0], by=by, now=at(again))
    timed("apply again", lambda: reorganising.apply(act=act, by=by, now=at(again)))
    day = again + dt.timedelta(days=5)
    done = timed("reports", lambda: reported(chance, day, reports))
    worked = canonical(again + dt.timedelta(days=9))
    over = again + dt.timedelta(days=9)
    timed("undo with work", lambda: reorganising.undo(act=act, basis="Nghị quyết", on=over, by=by, now=at(over)))
    held["undone with work in between: as before, and the work stands"] = canonical(over) == undone_with_work(
        worked, before
    )
    held["sums add up after all"] = by_unit(None) == units
    held["the journal's chain is whole"] = journal.verify().ok
    return {
        "engine": connection.vendor,
        "old": len(country.units),
        "lines": len(lines),
        "left": left,
        "assignments": Assignment.objects.count(),
        "expected": sum(units.values()),
        "moved": moved,
        "reports": done,
        "export": len(before),
        "seconds": timed.seconds,
        "held": held,
    }


def main() -> None:
    """Migrates the database of the settings, runs, and writes what was measured."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    Path(sys.argv[1]).write_text(json.dumps(run(), ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
