"""A town that asks for money: a plan with a dated task and an ongoing one, and who deals with an estimate of them."""

import datetime as dt
from typing import Any

from builders import NOW, TODAY, Said, Town, a_person, a_town, an_issued_programme
from xulang.budget import services
from xulang.budget.enums import Source
from xulang.budget.models import Estimate, EstimateLine
from xulang.budget.services import NewLine
from xulang.organisation.enums import Role
from xulang.programme.models import Assignment

CULTURE = ["Phòng Văn hóa và Thông tin"]
TT35 = "35/2026/TT-BTC"
MAY = dt.date(2026, 6, 1)  # a day on which the newer norms hold


class Money:
    """The department of culture leads two tasks, a ward a third; finance appraises, the leader decides."""

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
        self.lead = self.town.lead
        self.finance = a_person((Role.FINANCE, self.town.finance), name="Nông Thu Hiền")
        self.leader = self.town.leader
        for one, regular in ((self.fair, False), (self.friends, True)):
            services.say_regular(assignment=one, regular=regular, by=self.lead, now=NOW)

    def drawn(self, *lines: NewLine, **said: Any) -> Estimate:
        """An estimate at work, with these lines."""
        told: dict[str, Any] = {
            "unit": self.town.culture,
            "programme": self.programme,
            "year": TODAY.year,
            "title": "Lễ hội hoa",
            "approved_on": MAY,
            "by": self.lead,
            "now": NOW,
        }
        made = services.draw_up(**(told | said))
        for line in lines:
            services.add_line(estimate=made, new=line, by=told["by"], now=NOW)
        return made

    def line(self, content: str = "Thuê sân khấu", **said: Any) -> NewLine:
        """A line of the fair, paid by what the estimate asks."""
        told: dict[str, Any] = {
            "assignment": self.fair,
            "content": content,
            "measure": "buổi",
            "quantity": 2,
            "price": 4_000_000,
            "source": Source.GRANTED,
        }
        return NewLine(**(told | said))

    def sent(self, *lines: NewLine, **said: Any) -> Estimate:
        """An estimate sent to the finance office."""
        made = self.drawn(*(lines or (self.line(),)), **said)
        services.send(estimate=made, by=self.lead, now=NOW)
        return fresh(made)

    def appraised(self, *lines: NewLine, cut: dict[str, int] | None = None, **said: Any) -> Estimate:
        """An estimate that waits for the leader; `cut`: what is left of a line, by its content."""
        made = self.sent(*lines, **said)
        opinions = [
            services.Opinion(line.pk, (cut or {}).get(line.content, line.amount), "Theo giá thị trường.")
            for line in made.current.lines.all()
        ]
        services.appraise_lines(estimate=made, opinions=opinions, by=self.finance, now=NOW)
        services.finish_appraisal(estimate=made, by=self.finance, now=NOW)
        return fresh(made)

    def approved(self, *lines: NewLine, **said: Any) -> Estimate:
        """An estimate whose money can be spent."""
        made = self.appraised(*lines, **said)
        services.approve(estimate=made, by=self.leader, now=NOW)
        return fresh(made)


def fresh(estimate: Estimate) -> Estimate:
    """The estimate as it stands in the database."""
    return Estimate.objects.get(pk=estimate.pk)


def line_of(estimate: Estimate, content: str) -> EstimateLine:
    """The line of the version that stands."""
    return EstimateLine.objects.get(version=estimate.current, content=content)
