"""A plan whose units report in a round: what the tests of rounds begin with."""

import datetime as dt
from typing import Any

from builders import NOW, TODAY, Said, Town, a_town, an_issued_programme
from xulang.activities import services as activities
from xulang.activities.enums import Kind
from xulang.activities.models import Activity
from xulang.activities.services import NewActivity
from xulang.organisation.models import Person, Unit
from xulang.programme.enums import Cadence
from xulang.programme.models import Assignment
from xulang.reporting import services
from xulang.reporting.indicators import forms
from xulang.reporting.models import ReportLine, Round, UnitReport

FORM = forms()["thong-tin-doi-ngoai"]
TYPED = {"van-ban-da-ban-hanh": 2, "can-bo-phu-trach": 3, "nguoi-theo-doi": 500}


class Work:
    """A plan with tasks of the department of culture and of a ward, and the round of the month."""

    def __init__(self) -> None:
        self.town: Town = a_town()
        self.programme = an_issued_programme(
            self.town,
            Said("Mở lớp thuyết minh viên", ["UBND phường Bến Đá"]),
            Said("Giới thiệu địa phương với bạn bè", ["Phòng Văn hóa và Thông tin"]),
        )
        rows = Assignment.objects.filter(task__programme=self.programme).order_by("id")
        self.boards, self.friends = rows
        self.round = self.opened("2026-03")
        self.ward = self.of(self.town.ward)

    def opened(self, period: str, **said: Any) -> Round:
        told: dict[str, Any] = {"programme": self.programme, "form": FORM, "cadence": Cadence.MONTH}
        return services.open_round(period=period, **(told | {"by": self.town.lead, "now": NOW} | said))

    def of(self, unit: Unit, round: Round | None = None) -> UnitReport:
        return UnitReport.objects.get(round=round or self.round, unit=unit)

    def done(self, kind: Kind = Kind.TRAINING, day: dt.date = TODAY, **detail: Any) -> Activity:
        return activities.record(
            kind=kind,
            unit=self.town.ward,
            new=NewActivity(title="Lớp học", begins=day, ends=day, languages=["vi", "en"], assignments=[self.boards]),
            detail=detail,
            by=self.town.ward_officer,
            now=NOW,
        )

    def send(self, report: UnitReport | None = None, by: Person | None = None, **typed: int) -> ReportLine:
        report, by = report or self.ward, by or self.town.ward_officer
        services.save_draft(report=report, entered=TYPED | typed, narrative={}, by=by, now=NOW)
        return services.send(report=report, by=by, now=NOW, seen=True)

    def accept(self, report: UnitReport | None = None) -> None:
        services.accept(report=report or self.ward, by=self.town.lead, now=NOW)
