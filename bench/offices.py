"""An office with a hundred thousand assignments, made by bulk: what every list and board is measured on."""

import datetime as dt
import random
from typing import Any

ASSIGNMENTS = 100_000
COLLEAGUES = 3_000
UNITS = 84  # under the city: wards, communes, departments
TODAY = dt.date(2026, 8, 14)
BEGAN = dt.date(2021, 7, 1)
HANOI = dt.timezone(dt.timedelta(hours=7))
_WORK = (
    "Giới thiệu chợ phiên, làng nghề và sản vật của địa phương trên trang thông tin điện tử",
    "Biên tập tin bài tiếng Anh, tiếng Trung về du lịch, lễ hội và cửa khẩu",
    "Treo băng rôn, bảng điện tử ở các tuyến đường chính dịp lễ hội xuân",
    "Bồi dưỡng nghiệp vụ cho cán bộ làm thông tin đối ngoại cấp xã",
    "Cung cấp thông tin, hình ảnh cho các cơ quan báo chí của tỉnh và trung ương",
    "Tổ chức đoàn khảo sát, làm việc với doanh nghiệp lữ hành nước bạn",
    "Rà soát, cập nhật cơ sở dữ liệu di tích, danh thắng đã xếp hạng",
    "Phối hợp xây dựng phóng sự truyền hình về đường biên, cột mốc",
)


def at(day: dt.date) -> dt.datetime:
    """Nine in the morning of that day."""
    return dt.datetime(day.year, day.month, day.day, 9, tzinfo=HANOI)


def made(assignments: int = ASSIGNMENTS) -> dict[str, Any]:
    """The office on an empty, migrated database; gives its people by role. The same each time."""
    from xulang.programme import courses, tallies

    chance = random.Random(100)  # noqa: S311
    units, people = _units()
    for n in range(assignments // (UNITS * 20) + 1):
        _programme(n, units, people, min(assignments - n * UNITS * 20, UNITS * 20))
    _answered(people, chance)
    _raised(people, chance)
    tallies.fold()
    courses.draw_all(TODAY)
    _look_through()
    return people | {"unit": units[40]}


def _look_through() -> None:
    """As the office's database is every morning."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _units() -> tuple[list[Any], dict[str, Any]]:
    from xulang.organisation.enums import Role
    from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitName, UnitParent

    home = Unit.objects.create(kind="ubnd_tp", tree="STATE", begins=BEGAN)
    units = Unit.objects.bulk_create(
        Unit(kind="phong" if n < 20 else "xa", tree="STATE", begins=BEGAN) for n in range(UNITS)
    )
    names = ["Ủy ban nhân dân thành phố Mường Hoa"]
    names += [f"Phòng Chuyên môn {n}" if n < 20 else f"Ủy ban nhân dân xã Nà Sáng {n}" for n in range(UNITS)]
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=name, valid_from=BEGAN) for unit, name in zip([home, *units], names, strict=True)
    )
    UnitParent.objects.bulk_create(UnitParent(unit=unit, parent=home, valid_from=BEGAN) for unit in units)
    people = {}
    for role, unit in (
        (Role.LEADER, home),
        (Role.LEAD_OFFICER, units[0]),
        (Role.UNIT_OFFICER, units[40]),
        (Role.ADMINISTRATOR, home),
    ):
        person = Person.objects.create(username=role.lower(), full_name=f"Nguyễn {role.label}")
        post = Post.objects.create(unit=unit, title=str(role.label), role=role)
        PostHolding.objects.create(post=post, person=person, valid_from=BEGAN)
        people[role.value] = person
    _colleagues(units)
    return units, {"home": home} | people


def _colleagues(units: list[Any]) -> None:
    """Three thousand more, who see little: they are there for the lists of people."""
    from xulang.organisation.enums import Role
    from xulang.organisation.models import Person, Post, PostHolding

    given = ("An", "Bình", "Chi", "Đức", "Hà", "Lan", "Minh", "Nga", "Phúc", "Thảo", "Vân", "Yến")
    persons = Person.objects.bulk_create(
        Person(username=f"can.bo.{n}", full_name=f"Hoàng Thị {given[n % 12]}") for n in range(COLLEAGUES)
    )
    posts = Post.objects.bulk_create(
        Post(unit=units[n % UNITS], title="Biên tập viên", role=Role.EDITOR) for n in range(COLLEAGUES)
    )
    PostHolding.objects.bulk_create(
        PostHolding(post=post, person=person, valid_from=BEGAN) for post, person in zip(posts, persons, strict=True)
    )


def _programme(number: int, units: list[Any], people: dict[str, Any], wanted: int) -> None:
    """A plan of twenty tasks for every unit; of each four tasks one coordinates, the others owe three reports."""
    from builders import a_reading
    from xulang.plumbing.models import StoredFile
    from xulang.programme.enums import EntryKind, Mode, ProgrammeState, TaskState, UnitRole
    from xulang.programme.models import Assignment, Entry, ExpectedReport, Programme, Task, TaskSource
    from xulang.registry.enums import DirectiveState
    from xulang.registry.models import Directive, Distribution, Passage

    if wanted <= 0:
        return
    issued = dt.date(2025, 1, 6) + dt.timedelta(days=number * 8)
    lead, stored = (
        people["LEAD_OFFICER"],
        StoredFile.objects.create(sha256=f"{number:064}", size=1, media_type="text/plain", stored_at=at(issued)),
    )
    title = f"Kế hoạch thông tin đối ngoại, quảng bá địa phương số {number + 1}"
    directive = Directive.objects.create(
        file=stored,
        sha256=f"{number:064}",
        text=title,
        reading={**a_reading(), "text": title},
        number=str(number + 1),
        symbol="KH-UBND",
        title=title,
        received_for=units[0],
        home_unit=people["home"],
        received_at=at(issued),
        received_by=lead,
        state=DirectiveState.RECEIVED,
    )
    Distribution.objects.bulk_create(
        Distribution(directive=directive, given_to=unit, unit=unit, given_on=issued) for unit in units
    )
    programme = Programme.objects.create(
        directive=directive,
        title=title,
        focal_unit=units[0],
        focal_confirmed_at=at(issued),
        state=ProgrammeState.ISSUED,
        starts_on=issued,
        ends_on=dt.date(2026, 12, 31),
        proposed_at=at(issued),
        issued_at=at(issued),
    )
    tasks = Task.objects.bulk_create(
        Task(
            programme=programme,
            position=n,
            section=f"II.{n // 5 + 1}",
            text=f"{_WORK[(number + n) % len(_WORK)]}, đợt {number + 1}.{n + 1}.",
            state=TaskState.ISSUED,
            confirmed_at=at(issued),
            cadence="QUARTER",
        )
        for n in range(20)
    )
    passage = Passage.objects.create(directive=directive, start=0, end=len(title), section="II")
    TaskSource.objects.bulk_create(TaskSource(task=task, passage=passage) for task in tasks)
    pairs = [(task, unit) for task in tasks for unit in units][:wanted]
    assigned = Assignment.objects.bulk_create(
        Assignment(
            task=task,
            issued_to=unit,
            unit=unit,
            role=UnitRole.COORDINATING if task.position % 4 == 3 else UnitRole.LEAD,
            mode=Mode.ORDER,
            issued_on=issued,
        )
        for task, unit in pairs
    )
    quarters = [_quarter(issued, n) for n in range(3)]
    ExpectedReport.objects.bulk_create(
        ExpectedReport(
            assignment=one,
            period=f"{start.year}-Q{(start.month + 2) // 3}",
            period_start=start,
            period_end=end,
            issued_on=one.issued_on,
            due=end - dt.timedelta(days=15),
            first_due=end - dt.timedelta(days=15),
        )
        for one in assigned
        if one.role == UnitRole.LEAD
        for start, end in quarters
    )
    Entry.objects.bulk_create(
        Entry(assignment=one, kind=EntryKind.ISSUED, on=issued, at=at(issued), by=lead) for one in assigned
    )


def _quarter(issued: dt.date, n: int) -> tuple[dt.date, dt.date]:
    first = issued.year * 4 + (issued.month - 1) // 3 + n
    following = first + 1
    end = dt.date(following // 4, following % 4 * 3 + 1, 1) - dt.timedelta(days=1)
    return dt.date(first // 4, first % 4 * 3 + 1, 1), end


def _answered(people: dict[str, Any], chance: random.Random) -> None:
    """What was due is mostly reported and confirmed, some late; some waits, was returned, or is missing."""
    from django.db.models import Exists, OuterRef, Subquery

    from xulang.programme.enums import EntryKind, ReportState
    from xulang.programme.models import Assignment, Entry, ExpectedReport

    lead, officer = people["LEAD_OFFICER"], people["UNIT_OFFICER"]
    fates = {}
    for row in ExpectedReport.objects.filter(due__lt=TODAY + dt.timedelta(days=30)).order_by("due", "id"):
        day = row.due + dt.timedelta(days=chance.choice((-20, -9, -4, -2, -1, 0, 2, 6)))
        fate = chance.choices(("confirmed", "waits", "returned", "missing"), (80, 6, 3, 11))[0]
        if fate != "missing" and day <= TODAY:
            fates[row.pk] = (row, fate, day)
    reports = {
        line.expected_id: line
        for line in Entry.objects.bulk_create(
            (
                Entry(
                    assignment_id=row.assignment_id,
                    expected=row,
                    kind=EntryKind.PROGRESS,
                    on=day,
                    at=at(day),
                    by=officer,
                )
                for row, _fate, day in fates.values()
            ),
            batch_size=2000,
        )
    }
    answers = []
    for row, fate, day in fates.values():
        if fate == "waits":
            continue
        answered = min(day + dt.timedelta(days=3), TODAY)
        answers.append(
            Entry(
                assignment_id=row.assignment_id,
                expected=row,
                kind=EntryKind.CONFIRMED if fate == "confirmed" else EntryKind.RETURNED,
                on=answered,
                at=at(answered),
                by=lead,
                answers=reports[row.pk],
            )
        )
    Entry.objects.bulk_create(answers, batch_size=2000)
    _look_through()
    line = Entry.objects.filter(expected=OuterRef("pk")).order_by()
    told = {kind: line.filter(kind=kind) for kind in ("PROGRESS", "CONFIRMED", "RETURNED")}
    rows = ExpectedReport.objects.filter(Exists(told["PROGRESS"])).order_by()
    rows.filter(Exists(told["RETURNED"])).update(state=ReportState.RETURNED)
    stands = {
        "report_entry": Subquery(told["PROGRESS"].values("pk")[:1]),
        "reported_on": Subquery(told["PROGRESS"].values("on")[:1]),
    }
    confirmed = Subquery(told["CONFIRMED"].values("on")[:1])
    rows.filter(Exists(told["CONFIRMED"])).update(state=ReportState.CONFIRMED, confirmed_on=confirmed, **stands)
    rows.filter(state=ReportState.EXPECTED).update(state=ReportState.REPORTED, **stands)
    done = Assignment.objects.filter(expected__isnull=False).exclude(
        expected__state__in=["EXPECTED", "REPORTED", "RETURNED"]
    )
    Assignment.objects.filter(pk__in=done.values("pk")).update(state="DONE")


def _raised(people: dict[str, Any], chance: random.Random) -> None:
    """Two thousand obstacles and as many wishes for more time; one in eight still stands."""
    from xulang.programme.enums import EntryKind
    from xulang.programme.models import Entry, ExpectedReport

    officer, lead = people["UNIT_OFFICER"], people["LEAD_OFFICER"]
    owed = list(ExpectedReport.objects.filter(state="EXPECTED", due__gte=TODAY).order_by("id")[:40_000])
    for kind, ends in ((EntryKind.OBSTACLE, EntryKind.RESOLVED), (EntryKind.EXTENSION, EntryKind.REFUSED)):
        rows = Entry.objects.bulk_create(
            Entry(
                assignment_id=row.assignment_id,
                expected=row,
                kind=kind,
                on=TODAY - dt.timedelta(days=chance.randint(5, 60)),
                at=at(TODAY),
                by=officer,
                due=row.due + dt.timedelta(days=7) if kind == EntryKind.EXTENSION else None,
            )
            for row in chance.sample(owed, min(2000, len(owed)))
        )
        Entry.objects.bulk_create(
            Entry(assignment_id=row.assignment_id, expected=row.expected, kind=ends, on=TODAY, at=at(TODAY), by=lead,
                  answers=row)
            for row in rows
            if chance.random() > 1 / 8
        )  # fmt: skip
