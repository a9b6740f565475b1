"""A town at work: a plan issued with two tasks of one department, and activities that serve them."""

import datetime as dt
from typing import Any

from builders import NOW, TODAY, Said, Town, a_town, an_issued_programme
from xulang.activities import services
from xulang.activities.enums import Kind
from xulang.activities.models import Activity
from xulang.activities.services import NewActivity, NewPiece
from xulang.programme.models import Assignment

CULTURE = ["Phòng Văn hóa và Thông tin"]
PHOTO = NewPiece(data=b"Bien ban le hoi", name="bien-ban.txt")


class Work:
    """The department of culture leads two tasks, a ward a third; the propaganda board is asked for something."""

    def __init__(self) -> None:
        self.town: Town = a_town()
        self.programme = an_issued_programme(
            self.town,
            Said("Tổ chức lễ hội hoa", CULTURE),
            Said("Giới thiệu địa phương với bạn bè quốc tế", CULTURE),
            Said("Treo bảng giới thiệu", ["UBND phường Bến Đá"]),
        )
        rows = Assignment.objects.filter(task__programme=self.programme).order_by("id")
        self.fair, self.friends, self.boards = rows

    def new(self, *assignments: Assignment, **said: Any) -> NewActivity:
        told: dict[str, Any] = {"title": "Lễ hội hoa xuân", "begins": TODAY, "ends": TODAY, "place": "Sân vận động"}
        return NewActivity(assignments=assignments or (self.fair,), **(told | said))

    def record(
        self, *assignments: Assignment, kind: Kind = Kind.EVENT, now: dt.datetime = NOW, **said: Any
    ) -> Activity:
        detail, evidence = said.pop("detail", None), said.pop("evidence", [PHOTO])
        return services.record(
            kind=kind,
            unit=self.town.culture,
            new=self.new(*assignments, **said),
            detail=detail,
            evidence=evidence,
            by=self.town.lead,
            now=now,
        )
