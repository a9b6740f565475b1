"""A programme of four duties, and later ones that amend or replace it: what tests of differences start from."""

import datetime as dt

from builders import Said, a_directive, a_reading, an_issued_programme, at
from xulang.programme import services
from xulang.programme.enums import AmendmentKind, Cadence
from xulang.programme.models import Programme

CULTURE = "Phòng Văn hóa và Thông tin"
FINANCE = "Phòng Tài chính - Kế hoạch"
CENTRE = "Trung tâm Văn hóa - Thể thao"
WARD = "Ủy ban nhân dân phường Bến Đá"

APRIL = dt.date(2026, 4, 10)
MAY = dt.date(2026, 5, 11)

MARKET = Said("Giới thiệu chợ phiên trên trang thông tin của thành phố", [CULTURE])
BUDGET = Said("Lập dự toán kinh phí quảng bá chợ phiên", [FINANCE], deadline=("date", "2026-04-30", None))
COURSE = Said("Mở lớp hướng dẫn thuyết minh viên", [CENTRE], [CULTURE], deadline=("date", "2026-09-30", None))
SIGNS = Said("Thay biển chỉ dẫn vào chợ", [WARD], deadline=("date", "2026-06-30", None))

# The same duties as a later directive says them.
BUDGET_LATER = Said("Lập dự toán kinh phí quảng bá chợ phiên", [FINANCE], deadline=("date", "2026-06-30", None))
COURSE_OTHERS = Said(
    "Mở lớp hướng dẫn thuyết minh viên và kỹ năng đón khách", [CULTURE], [CENTRE], deadline=("date", "2026-09-30", None)
)
SCALES = Said("Đặt cân đối chứng ở cổng chợ", [WARD], deadline=("date", "2026-07-31", None))


def an_earlier(town, *tasks):
    """The programme that is amended: issued on 10 March, code 45/KH-UBND."""
    return an_issued_programme(town, *(tasks or (MARKET, BUDGET, COURSE, SIGNS)))


def a_later(town, *tasks, relation="replaces", code="45/KH-UBND", day=APRIL, words=""):
    """A programme under review whose reading cites the earlier directive; `words` stand at the end of its text."""
    reading = a_reading(*tasks, number="71", title="Kế hoạch mới")
    reading["text"] += words
    reading["citations"] = [
        {"code": code, "number": "45", "symbol": "KH-UBND", "type": "KH", "date": None, "issuer": None}
        | {"title": None, "relation": relation, "at": [[0, 2]]}
    ]
    later = services.propose(directive=a_directive(town.lead, reading, at(day)), by=town.lead, now=at(day))
    services.set_cadence(programme=later, cadence=Cadence.MONTH, by=town.lead, now=at(day))
    services.set_focal_unit(programme=later, unit=town.culture, by=town.lead, now=at(day))
    services.confirm_sure(programme=later, by=town.lead, now=at(day))
    return later


def said(town, later, earlier, kind=AmendmentKind.REPLACED, day=APRIL):
    """What the directive does, and everything that is sure."""
    services.say_what_it_does(programme=later, earlier=earlier, kind=kind, by=town.lead, now=at(day))
    return services.settle_sure(programme=later, by=town.lead, now=at(day))


def issued(town, later, day=APRIL) -> Programme:
    """The later programme, issued."""
    return services.issue(programme=later, by=town.lead, now=at(day))
