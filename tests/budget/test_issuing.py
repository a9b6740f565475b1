"""The note of an appraisal gets the next number of the finance office's own book, once."""

import datetime as dt
from typing import Any

import pytest

from budget.funded import Money
from builders import NOW, TODAY
from xulang.budget import errors, services
from xulang.budget.models import Estimate, NoteIssue
from xulang.budget.papering import docx_of, paper_of, symbol_of
from xulang.organisation.errors import NotPermitted
from xulang.papers.checking.check import check
from xulang.registry import numbering
from xulang.registry.errors import SymbolUnfit
from xulang.registry.models import OutgoingPaper

pytestmark = pytest.mark.django_db


@pytest.fixture
def money() -> Money:
    return Money()


def issued(money: Money, made: Estimate, **said: Any) -> NoteIssue:
    told = {"symbol": "BC-TCKH", "issued_on": TODAY, "signer": "Lò Văn Tấn", "lines": ["Trưởng phòng", " "]}
    return services.issue_note(**({"estimate": made, "by": money.finance, "now": NOW} | told | said))


def test_notes_are_numbered_in_the_finance_offices_own_book(money: Money) -> None:
    first, second = (money.appraised(money.line(name), title=name) for name in ("Âm thanh", "Loa"))
    assert services.may_issue_note(first, money.finance, NOW)
    assert [issued(money, one).paper.code for one in (first, second)] == ["01/BC-TCKH", "02/BC-TCKH"]
    assert not services.may_issue_note(first, money.finance, NOW)
    assert {one.series.unit for one in OutgoingPaper.objects.all()} == {money.town.finance}
    paper = paper_of(second)
    assert (paper.number, paper.symbol, paper.date.day, paper.signature.name) == (2, "BC-TCKH", TODAY.day, "Lò Văn Tấn")
    assert paper.signature.lines == ("Trưởng phòng",)
    assert check(docx_of(second)) == []


def test_what_is_refused_takes_no_number(money: Money) -> None:
    sent, made = money.sent(money.line("Loa")), money.appraised(money.line("Âm thanh"))
    for why, said in (
        (errors.NotAppraised, {"estimate": sent}),
        (errors.BeforeAppraisal, {"issued_on": TODAY - dt.timedelta(days=1)}),
        (SymbolUnfit, {"symbol": "TCKH"}),
        (NotPermitted, {"by": money.lead}),
        (NotPermitted, {"by": money.leader}),
    ):
        with pytest.raises(why):
            issued(money, made, **said)
    assert not services.may_issue_note(made, money.leader, NOW)
    assert not OutgoingPaper.objects.exists()


def test_a_number_given_in_error_is_cancelled_and_followed_by_the_next(money: Money) -> None:
    made = money.appraised()
    first = issued(money, made)
    with pytest.raises(errors.NoteNumbered):
        issued(money, made)
    numbering.cancel_number(paper=first.paper, reason="Ghi nhầm ngày.", by=money.finance, now=NOW)
    assert paper_of(made).number is None
    assert issued(money, made).paper.number == 2


def test_nobody_numbers_in_the_book_of_another_office(money: Money) -> None:
    made, town = money.appraised(), money.town
    issued(money, made)
    usual: dict[str, Any] = {
        "type": "BC",
        "issued_on": TODAY,
        "title": "x",
        "signer": "A",
        "recipients": "B",
        "now": NOW,
    }
    for unit, by in ((town.home, money.finance), (town.finance, town.lead), (town.culture, money.finance)):
        with pytest.raises(NotPermitted):
            numbering.give_number(unit=unit, symbol="BC-UBND", by=by, **usual)
    assert OutgoingPaper.objects.for_user(money.finance, TODAY).count() == 1
    assert OutgoingPaper.objects.for_user(town.lead, TODAY).count() == 0


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("Phòng Tài chính - Kế hoạch", "BC-TCKH"),
        ("Phòng Kinh tế phường Bến Đá", "BC-KT"),  # the place is no part of it
        ("Sở Tài chính", "BC-STC"),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", "BC-KTHTĐT"),  # "và" says nothing
    ],
)
def test_the_first_symbol_is_of_the_offices_letters(money: Money, name: str, symbol: str) -> None:
    money.town.finance.names.update(name=name)
    assert symbol_of(money.town.finance, TODAY) == symbol
