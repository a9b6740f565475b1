"""Money as figures: asked for, approved, spent and given back in the period, by task, each with the rows behind it."""

import datetime as dt
from typing import Any

import pytest

from budget.funded import Money, line_of
from builders import NOW, TODAY, at
from reporting.rounds_work import FORM, TYPED
from xulang.budget import services as budget
from xulang.budget.models import BudgetEntry
from xulang.programme.enums import Cadence
from xulang.programme.models import Programme
from xulang.reporting import consolidating, errors, papering, selectors, services
from xulang.reporting.counting import counted
from xulang.reporting.indicators import indicators
from xulang.reporting.models import Round, UnitReport
from xulang.reporting.parts import part_name, task_part
from xulang.reporting.preparing import prepared

pytestmark = pytest.mark.django_db

CODES = ("kinh-phi-de-nghi", "kinh-phi-duoc-giao", "kinh-phi-da-chi", "kinh-phi-giam-chi")
FIRST, LAST = dt.date(2026, 2, 15), dt.date(2026, 3, 14)


@pytest.fixture
def money(db: None) -> Money:
    return Money()


def sums(money: Money, first: dt.date = FIRST, last: dt.date = LAST, **said: Any) -> list[int]:
    """The four figures of the department of culture."""
    told: dict[str, Any] = {"units": [money.town.culture.pk], "programme": money.programme, **said}
    found = counted([indicators()[code] for code in CODES], first=first, last=last, **told)
    return [found[code, ""].value for code in CODES]


def paid(money: Money) -> BudgetEntry:
    """Two lines asked for, one cut, and 5,000,000 spent of the first."""
    made = money.approved(money.line(), money.line("In băng rôn", price=1_000_000), cut={"In băng rôn": 1_500_000})
    line = line_of(made, "Thuê sân khấu")
    return budget.spend(line=line, amount=5_000_000, on=TODAY, voucher="PC 01", by=money.lead, now=NOW)


def test_each_figure_is_what_the_ledger_says(money: Money) -> None:
    assert sums(money) == [0, 0, 0, 0]
    spent = paid(money)
    assert sums(money) == [10_000_000, 9_500_000, 5_000_000, 0]
    budget.refund(entry=spent, amount=800_000, reason="Nộp lại", by=money.lead, now=NOW)
    assert sums(money) == [10_000_000, 9_500_000, 5_000_000, 800_000]


def test_money_is_parted_by_its_source(money: Money) -> None:
    spent = paid(money)
    asked = [indicators()[code] for code in ("kinh-phi-giao-theo-nguon", "kinh-phi-chi-theo-nguon", "kinh-phi-da-chi")]
    found = counted(asked, units=[money.town.culture.pk], first=FIRST, last=LAST)
    source, task = spent.line.source, task_part(spent.line.assignment.task_id)
    assert {cell: one.value for cell, one in found.items()} == {
        ("kinh-phi-giao-theo-nguon", ""): 9_500_000,
        ("kinh-phi-giao-theo-nguon", source): 9_500_000,
        ("kinh-phi-chi-theo-nguon", ""): 5_000_000,
        ("kinh-phi-chi-theo-nguon", source): 5_000_000,
        ("kinh-phi-da-chi", ""): 5_000_000,
        ("kinh-phi-da-chi", task): 5_000_000,
    }


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"last": TODAY - dt.timedelta(1)}, [0, 0, 0, 0]),  # before its day
        ({"first": TODAY + dt.timedelta(1)}, [0, 0, 0, 0]),  # after it
        ({"units": []}, [0, 0, 0, 0]),
        ({"programme": None}, [10_000_000, 9_500_000, 5_000_000, 0]),
    ],
)
def test_only_the_units_money_of_those_days_counts(money: Money, said: dict[str, Any], told: list[int]) -> None:
    paid(money)
    assert sums(money, **said) == told


def test_only_what_serves_the_programme_counts(money: Money) -> None:
    paid(money)
    assert sums(money, programme=Programme(pk=0)) == [0, 0, 0, 0]


def test_a_draft_asks_for_nothing_and_what_is_sent_again_counts_once(money: Money) -> None:
    money.drawn(money.line())
    assert sums(money) == [0, 0, 0, 0]
    made = money.sent(money.line("Thuê âm thanh"))
    budget.return_estimate(estimate=made, reason="Sửa giá", by=money.finance, now=NOW)
    line = line_of(made, "Thuê âm thanh")
    budget.drop_line(line=line, by=money.lead, now=NOW)
    budget.add_line(estimate=made, new=money.line("Thuê âm thanh", quantity=1), by=money.lead, now=NOW)
    assert sums(money)[0] == 8_000_000  # what was sent stands until it is sent again
    budget.send(estimate=made, by=money.lead, now=at(TODAY + dt.timedelta(1)))
    assert sums(money)[0] == 4_000_000


def a_round(money: Money) -> tuple[Round, UnitReport]:
    told = {"programme": money.programme, "form": FORM, "cadence": Cadence.MONTH, "period": "2026-03"}
    made = services.open_round(by=money.lead, now=NOW, **told)
    return made, UnitReport.objects.get(round=made, unit=money.town.culture)


def test_a_report_opens_to_lines_and_spendings_and_is_parted_by_task(money: Money) -> None:
    spent = paid(money)
    _round, report = a_round(money)
    lines = {(line.indicator.code, line.of): line for line in prepared(report, TODAY).lines}
    of = task_part(money.fair.task_id)
    assert lines["kinh-phi-da-chi", of].value == lines["kinh-phi-da-chi", ""].value == 5_000_000
    assert part_name(of) == "Tổ chức lễ hội hoa"
    behind = selectors.receipts(money.lead, TODAY, lines["kinh-phi-da-chi", ""].receipts)
    assert (behind.money, behind.lines, behind.hidden) == ([spent], [], 0)
    asked = selectors.receipts(money.lead, TODAY, lines["kinh-phi-de-nghi", ""].receipts)
    assert [line.content for line in asked.lines] == ["Thuê sân khấu", "In băng rôn"]
    assert selectors.receipts(money.town.ward_officer, TODAY, lines["kinh-phi-da-chi", ""].receipts).hidden == 1


def test_money_is_something_new(money: Money) -> None:
    paid(money)
    _round, report = a_round(money)
    with pytest.raises(errors.SomethingDone):
        services.nothing_new(report=report, by=money.lead, now=NOW)


def test_the_whole_adds_it_and_its_paper_writes_it_with_dots(money: Money) -> None:
    paid(money)
    round, report = a_round(money)
    services.save_draft(report=report, entered=TYPED, narrative={}, by=money.lead, now=NOW)
    services.send(report=report, by=money.lead, now=NOW, seen=True)
    services.accept(report=report, by=money.leader, now=NOW)
    figures = {(row["code"], row["of"]): row["value"] for row in consolidating.content_of(round)["figures"]}
    assert [figures[code, ""] for code in CODES] == [10_000_000, 9_500_000, 5_000_000, 0]
    version = services.consolidate(round=round, by=money.lead, now=NOW)
    (table,) = (block for annex in papering.paper_of(version).annexes for block in annex.blocks)
    row = next(row.cells for row in table.rows if "Kinh phí đã chi" in row.cells)
    assert row[2:5] == ("đồng", "5.000.000", "5.000.000")
