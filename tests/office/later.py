"""A plan that replaces the town's, under review or issued: what the screens of differences are opened on."""

import datetime as dt

from builders import Said, a_reading, reading_as
from office.conftest import NOW, Town
from office.plan import ROWS
from xulang.programme import services
from xulang.programme.comparing import compare
from xulang.programme.enums import AmendmentKind, Cadence
from xulang.programme.models import Programme
from xulang.registry import services as registry

LATER = NOW + dt.timedelta(minutes=5)
CONTEST_AGAIN = (
    "Tổ chức cuộc thi “Em kể chuyện quê em” bằng tiếng Anh và tiếng Trung cho học sinh trung học cơ sở trên địa bàn."
)


def a_later(town: Town, username: str = "lan", relation: str = "replaces", focal: str = "vhtt") -> Programme:
    """Under review: the web page as before, the contest in two languages and until Christmas, a map; nothing else."""
    by = town.people[username]
    page, unit, helping = ROWS[0][1].split("\n")[0].removeprefix("1. "), "Phòng Văn hóa và Thông tin", []
    contest, ward = "Phòng Giáo dục và Đào tạo", "Ủy ban nhân dân phường Thủy Vân"
    helping = [contest]
    if focal != "vhtt":  # the neighbouring city has no divisions
        unit = contest = ward = "Văn phòng"
        helping = []
    read = a_reading(
        Said(page, [unit], helping),
        Said(CONTEST_AGAIN, [contest], deadline=("date", "2026-12-25", None)),
        Said("In bản đồ du lịch của phường", [ward], deadline=("date", "2026-12-30", None)),
        number="75",
        title="Thông tin đối ngoại của thành phố Mường Hoa, thay thế kế hoạch trước",
    )
    read["citations"] = [
        {"code": "61/KH-UBND", "number": "61", "symbol": "KH-UBND", "type": "KH", "date": None, "issuer": None}
        | {"title": None, "relation": relation, "at": [[0, 2]]}
    ]
    with reading_as(read):
        directive = registry.receive(data=f"# {username}".encode(), name="moi.md", by=by, now=LATER)
    later = services.propose(directive=directive, by=by, now=LATER)
    services.set_cadence(programme=later, cadence=Cadence.MONTH, by=by, now=LATER)
    services.set_focal_unit(programme=later, unit=town.units[focal], by=by, now=LATER)
    for task in later.tasks.all():
        for named in task.units.all():
            if named.unit_id is None or focal != "vhtt":
                services.correct_unit(task_unit=named, unit=town.units[focal], by=by, now=LATER)
        services.confirm_task(task=task, by=by, now=LATER)
    return later


def issued(town: Town, later: Programme, username: str = "lan") -> Programme:
    """The later plan, every row as proposed, issued."""
    act = {"programme": later, "by": town.people[username], "now": LATER}
    for earlier in compare(later).earlier:
        services.say_what_it_does(earlier=earlier.programme, kind=AmendmentKind.REPLACED, **act)
    services.settle_sure(**act)
    for row in compare(later).rows:
        if not row.said:
            services.settle(kind=row.kind, old=row.old, new=row.new, **act)
    return services.issue(**act)
