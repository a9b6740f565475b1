"""An estimate from its first line to the last đồng: drawn up, checked, sent, appraised, decided, spent, moved."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from beginnings import BUILDERS, Beginning
from budget.balances import balances
from budget.funded import TT35, Money, fresh, line_of
from builders import NOW, TODAY, a_person, at
from xulang.budget import errors, selectors, services
from xulang.budget.checking import findings_of
from xulang.budget.enums import ActKind, EstimateState, Fault, Source, Verdict
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine, LineAppraisal
from xulang.budget.services import Opinion
from xulang.budget.services.ledger import fingerprint, project_lines, project_state
from xulang.budget.year_end import year_end
from xulang.organisation import reorganising
from xulang.organisation.enums import Role, Verb
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Line, Person, Reorganisation
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry

pytestmark = pytest.mark.django_db
FEBRUARY = dt.date(2026, 2, 10)


@pytest.fixture
def budget_money(db: None, beginning: Beginning) -> Money:
    money: Money = beginning.copied("budget_money")
    return money


@pytest.fixture
def money(budget_money: Money) -> Money:
    return budget_money


BUILDERS["budget_money"] = Money


# --- Drawing up ---


def test_only_the_lead_unit_draws_up(money: Money) -> None:
    ward = {"unit": money.town.ward, "by": money.town.ward_officer}
    assert money.drawn(**ward).drawn_by == money.town.ward
    refused = [
        (NotPermitted, {"by": money.town.ward_officer}),  # somebody of another unit
        (NotPermitted, {"by": money.finance}),  # the finance office appraises, it does not draw up for others
        (errors.NotLed, {"unit": money.town.commune, "by": money.town.commune_officer}),  # leads nothing
        (errors.NotRunning, {"year": TODAY.year + 7}),
        (errors.ApprovedLater, {"approved_on": dt.date(TODAY.year + 1, 1, 1)}),  # a slip: the year is over by then
    ]
    for why, said in refused:
        with pytest.raises(why):
            money.drawn(**said)
    made = money.drawn()
    with pytest.raises(errors.NotLed):  # a task that another unit leads
        services.add_line(estimate=made, new=money.line(assignment=money.boards), by=money.lead, now=NOW)


@pytest.mark.parametrize(
    "said",
    [
        {"quantity": 0},
        {"price": 0},
        {"times": 0},
        {"amount": -1},
        {"price": 10**15, "quantity": 2},  # more than money has words for
    ],
)
def test_figures_are_whole_and_positive(money: Money, said: dict[str, int]) -> None:
    made = money.drawn()
    with pytest.raises(errors.BadFigure):
        services.add_line(estimate=made, new=money.line(**said), by=money.lead, now=NOW)


def test_what_a_check_stops_is_not_sent_and_goes_once_mended(money: Money) -> None:
    dear = money.line("Phiên dịch tiếng Anh", norm="dich-noi-tiep", document=TT35, price=900_000)
    made = money.drawn(dear)
    (finding,) = findings_of(made.current)
    assert (finding.fault, finding.article, finding.named["ceiling"]) == (
        Fault.OVER_CEILING,
        "Điều 11 khoản 2",
        750_000,
    )
    with pytest.raises(errors.Faulty):
        services.send(estimate=made, by=money.lead, now=NOW)
    mended = money.line("Phiên dịch tiếng Anh", norm="dich-noi-tiep", document=TT35, price=750_000)
    services.change_line(line=made.current.lines.get(), new=mended, by=money.lead, now=NOW)
    entry = services.send(estimate=made, by=money.lead, now=NOW)
    assert entry.sha256 == fingerprint(made.current)
    assert fresh(made).state == EstimateState.SENT
    with pytest.raises(errors.NotWorking):
        services.add_line(estimate=made, new=money.line(), by=money.lead, now=NOW)


def test_regular_duties_are_paid_from_regular_money(money: Money) -> None:
    made = money.drawn(
        money.line("In tờ gấp", assignment=money.friends),  # regular, asks for more
        money.line("Thuê loa", source=Source.REGULAR),  # no regular duty
        money.line("Quà lưu niệm", source=Source.SOCIAL),  # nobody named who gives
        money.line("Nước", source=Source.SOCIAL, origin="Hội Doanh nghiệp"),
        money.line("Giấy mời", assignment=money.friends, source=Source.REGULAR),
    )
    found = [(one.fault, one.named["why"]) for one in findings_of(made.current) if one.stops]
    assert found == [(Fault.SOURCE, "regular"), (Fault.SOURCE, "other"), (Fault.SOURCE, "origin")]


def test_what_another_estimate_asks_is_not_asked_again(money: Money) -> None:
    first = money.drawn(money.line("Thuê sân khấu"))
    again = money.drawn(money.line("thue san khau"), title="Bổ sung")
    assert findings_of(again.current) == []  # nobody asked for it yet
    services.send(estimate=first, by=money.lead, now=NOW)
    (finding,) = findings_of(again.current)
    assert (finding.fault, finding.named["where"]) == (Fault.DOUBLE, f"Lễ hội hoa ({TODAY.year})")
    services.return_estimate(estimate=first, reason="Thiếu báo giá.", by=money.finance, now=NOW)
    assert findings_of(again.current) == []
    # Sent anew without that line, it asks no more for it, whatever its first version asked.
    services.drop_line(line=fresh(first).current.lines.get(), by=money.lead, now=NOW)
    boards = money.line("Biển chỉ dẫn", assignment=money.friends, source=Source.REGULAR)
    services.add_line(estimate=first, new=boards, by=money.lead, now=NOW)
    services.send(estimate=first, by=money.lead, now=NOW)
    assert findings_of(again.current) == []


def test_a_task_without_money_is_told_until_somebody_asks(money: Money) -> None:
    def told() -> list[int]:
        return [one.pk for one in selectors.unfunded(money.lead, TODAY)]

    assert told() == [money.fair.pk]  # the other one is a regular duty
    made = money.drawn(money.line())
    assert told() == []
    services.drop_line(line=made.current.lines.get(), by=money.lead, now=NOW)
    assert told() == [money.fair.pk]
    services.decline(estimate=money.appraised(), reason="Thiếu tiền.", by=money.leader, now=NOW)
    assert told() == [money.fair.pk]


def test_figures_count_what_asks_for_money_or_has_it(money: Money) -> None:
    def asked() -> int:
        rows = selectors.figures(money.lead, TODAY, TODAY.year, "nguon")
        return sum(sums.asked for _name, sums in rows)

    made = money.drawn(money.line())
    assert asked() == 0  # a draft asks nobody
    services.send(estimate=made, by=money.lead, now=NOW)
    assert asked() == 8_000_000
    services.return_estimate(estimate=made, reason="Thiếu báo giá.", by=money.finance, now=NOW)
    assert asked() == 0


def test_a_sheet_of_many_lines_is_put_in_by_few_questions(
    money: Money, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    made = money.drawn()
    rows = [money.line(f"Việc {number}") for number in range(60)]
    with django_assert_max_num_queries(25):
        services.replace_lines(estimate=made, rows=rows, by=money.lead, now=NOW)
    assert made.current.lines.count() == 60


# --- Appraisal and decision ---


def appraised(made: Estimate, by: Person, *opinions: Opinion) -> None:
    services.appraise_lines(estimate=made, opinions=opinions, by=by, now=NOW)


def test_many_lines_are_appraised_by_few_questions(
    money: Money, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    made = money.drawn()
    services.replace_lines(estimate=made, rows=[money.line(f"Việc {n}") for n in range(40)], by=money.lead, now=NOW)
    services.send(estimate=made, by=money.lead, now=NOW)
    opinions = [Opinion(line.pk, line.amount) for line in made.current.lines.all()]
    with django_assert_max_num_queries(16):
        appraised(made, money.finance, *opinions)
    assert LineAppraisal.objects.count() == 40


def test_what_waits_for_the_leader_is_one_question(
    money: Money, django_assert_num_queries: Callable[[int], Any]
) -> None:
    money.appraised()
    with django_assert_num_queries(3 + 1):  # three for what the leader may see
        assert selectors.to_decide(money.leader, TODAY) == 1


def test_a_returned_estimate_goes_on_as_the_next_version(money: Money) -> None:
    made = money.sent(money.line("Thuê sân khấu"), money.line("Âm thanh"))
    with pytest.raises(ReasonNeeded):
        services.return_estimate(estimate=made, reason=" ", by=money.finance, now=NOW)
    services.return_estimate(estimate=made, reason="Thiếu báo giá.", by=money.finance, now=NOW)
    made = fresh(made)
    first, second = made.versions.all()
    assert made.state == EstimateState.RETURNED
    services.drop_line(line=second.lines.get(content="Âm thanh"), by=money.lead, now=NOW)
    with pytest.raises(errors.NotWorking):  # what was sent stays as it was
        services.drop_line(line=first.lines.get(content="Âm thanh"), by=money.lead, now=NOW)
    services.send(estimate=made, by=money.lead, now=NOW)
    assert [one.content for one in first.lines.all()] == ["Thuê sân khấu", "Âm thanh"]
    assert [one.content for one in made.current.lines.all()] == ["Thuê sân khấu"]


def test_a_line_is_accepted_or_cut_with_its_reason(money: Money) -> None:
    made = money.sent(money.line("Thuê sân khấu"), money.line("Âm thanh"))
    stage, sound = made.current.lines.all()
    for why, by, amount, reason in (
        (errors.CutUnexplained, money.finance, 1, " "),
        (errors.NotCut, money.finance, stage.amount + 1, "x"),  # more than was asked for
        (errors.NotCut, money.finance, -1, "x"),
        (NotPermitted, money.town.finance_officer, 1, "x"),  # no finance officer
        (NotPermitted, money.leader, 1, "x"),
    ):
        with pytest.raises(why):
            appraised(made, by, Opinion(sound.pk, sound.amount), Opinion(stage.pk, amount, reason))
        assert not LineAppraisal.objects.exists()  # all of it or nothing
    appraised(made, money.finance, Opinion(stage.pk, 1, "Nhầm."))
    appraised(made, money.finance, Opinion(stage.pk, 6_000_000, "Theo giá thị trường."))  # what is said last holds
    with pytest.raises(errors.NotJudged):
        services.finish_appraisal(estimate=made, by=money.finance, now=NOW)
    appraised(made, money.finance, Opinion(sound.pk, sound.amount))
    services.finish_appraisal(estimate=made, by=money.finance, now=NOW)
    services.approve(estimate=made, by=money.leader, now=NOW)
    assert [(one.allotted, one.spent) for one in made.current.lines.all()] == [(6_000_000, 0), (8_000_000, 0)]


def test_a_line_is_given_back_with_what_to_mend(money: Money) -> None:
    made = money.sent(money.line("Thuê sân khấu"), money.line("Âm thanh"))
    stage, sound = made.current.lines.all()
    with pytest.raises(errors.ReturnUnexplained):
        appraised(made, money.finance, Opinion(sound.pk, None, " "))
    appraised(made, money.finance, Opinion(stage.pk, stage.amount), Opinion(sound.pk, None, "Thiếu báo giá."))
    with pytest.raises(errors.LinesReturned):  # nothing goes to the leader with a line to be mended
        services.finish_appraisal(estimate=made, by=money.finance, now=NOW)
    entry = services.return_estimate(estimate=made, reason="", by=money.finance, now=NOW)
    assert not hasattr(entry, "note")
    made = fresh(made)
    (told,) = selectors.to_mend(made)
    assert (told.line, told.reason, told.verdict, told.amount) == (sound, "Thiếu báo giá.", Verdict.RETURN, 0)
    services.send(estimate=made, by=money.lead, now=NOW)  # mended, it is judged anew
    assert selectors.to_mend(fresh(made)) == []
    assert not LineAppraisal.objects.filter(line__version=made.current).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        LineAppraisal.objects.filter(pk=told.pk).update(amount=1)  # what goes back grants nothing


def test_nobody_judges_the_work_of_their_own_hand(money: Money) -> None:
    town = money.town
    both = a_person((Role.UNIT_OFFICER, town.culture), (Role.FINANCE, town.finance), (Role.LEADER, town.home))
    made = money.drawn(money.line())
    services.add_line(estimate=made, new=money.line("Âm thanh"), by=both, now=NOW)
    services.send(estimate=made, by=money.lead, now=NOW)
    made = fresh(made)
    stage = made.current.lines.first()
    assert stage is not None
    with pytest.raises(errors.OwnHand):  # drew a line of it up
        appraised(made, both, Opinion(stage.pk, stage.amount))
    assert not services.may_appraise(made, both, NOW)
    second = a_person((Role.FINANCE, town.finance), (Role.LEADER, town.home))
    appraised(made, second, *(Opinion(line.pk, line.amount) for line in made.current.lines.all()))
    services.finish_appraisal(estimate=made, by=second, now=NOW)
    for person in (both, second):  # drew it up; appraised it
        with pytest.raises(errors.OwnHand):
            services.approve(estimate=made, by=person, now=NOW)
    assert services.may_decide(fresh(made), money.leader, NOW)
    services.decline(estimate=made, reason="Chưa cân đối được ngân sách.", by=money.leader, now=NOW)
    assert fresh(made).state == EstimateState.DECLINED


# --- Money ---


def test_spending_never_passes_what_is_left(money: Money) -> None:
    made = money.approved(cut={"Thuê sân khấu": 5_000_000})
    stage = line_of(made, "Thuê sân khấu")
    spending = {"line": stage, "on": FEBRUARY, "voucher": "Hóa đơn 12", "by": money.lead, "now": NOW}
    services.spend(**spending, amount=3_000_000)
    for why, said in (
        (errors.Overspent, {"amount": 2_000_001}),
        (errors.BadFigure, {"amount": 0}),
        (ReasonNeeded, {"amount": 1, "voucher": ""}),
        (errors.NotInYear, {"amount": 1, "on": TODAY + dt.timedelta(days=1)}),
        (errors.NotInYear, {"amount": 1, "on": dt.date(2025, 12, 31)}),
        (NotPermitted, {"amount": 1, "by": money.town.ward_officer}),
        (NotPermitted, {"amount": 1, "by": money.leader}),
    ):
        with pytest.raises(why):
            services.spend(**(spending | said))
    paid = services.spend(**spending, amount=2_000_000)
    services.refund(entry=paid, amount=500_000, reason="Trả lại tiền cọc.", by=money.lead, now=NOW)
    with pytest.raises(errors.TooMuch):
        services.refund(entry=paid, amount=1_500_001, reason="x", by=money.lead, now=NOW)
    stage.refresh_from_db()
    assert (stage.allotted, stage.spent, stage.left) == (5_000_000, 4_500_000, 500_000)


def test_money_moves_between_lines_of_one_source_by_decision(money: Money) -> None:
    social = money.line("Nước", source=Source.SOCIAL, origin="Hội Doanh nghiệp")
    made = money.approved(money.line("Thuê sân khấu"), money.line("Âm thanh"), social)
    stage, sound, water = made.current.lines.all()
    asking = {"line": stage, "to_line": sound, "amount": 1_000_000, "reason": "Thiếu.", "by": money.lead, "now": NOW}
    for why, said in (
        (errors.SameLine, {"to_line": stage}),
        (errors.OtherSource, {"to_line": water}),
        (errors.Overspent, {"amount": 8_000_001}),
        (NotPermitted, {"by": money.town.ward_officer}),
    ):
        with pytest.raises(why):
            services.ask_transfer(**(asking | said))
    asked = services.ask_transfer(**asking)
    assert selectors.to_decide(money.leader, TODAY) == 1
    with pytest.raises(NotPermitted):
        services.grant(asked=asked, by=money.finance, now=NOW)
    out, into = services.grant(asked=asked, by=money.leader, now=NOW)
    assert selectors.to_decide(money.leader, TODAY) == 0
    assert (out.amount, into.amount) == (-1_000_000, 1_000_000)
    with pytest.raises(errors.NotWaiting):
        services.grant(asked=asked, by=money.leader, now=NOW)
    assert [one.allotted for one in made.current.lines.all()] == [7_000_000, 9_000_000, 8_000_000]
    refused = services.ask_transfer(**asking | {"by": money.finance})
    services.refuse(asked=refused, reason="Để dành.", by=money.leader, now=NOW)
    assert not BudgetEntry.objects.waiting().exists()


def test_what_was_asked_twice_is_granted_as_far_as_money_goes(money: Money) -> None:
    made = money.approved(money.line("Thuê sân khấu"), money.line("Âm thanh"))
    stage, sound = made.current.lines.all()
    asking = {"line": stage, "to_line": sound, "amount": 5_000_000, "reason": "Thiếu.", "by": money.lead, "now": NOW}
    first, second = services.ask_transfer(**asking), services.ask_transfer(**asking)
    services.grant(asked=first, by=money.leader, now=NOW)
    with pytest.raises(errors.Overspent):
        services.grant(asked=second, by=money.leader, now=NOW)


def test_money_is_carried_over_to_the_next_year(money: Money) -> None:
    made = money.approved(money.line("Thuê sân khấu"), money.line("Âm thanh"))
    for line, amount in zip(made.current.lines.all(), (3_000_000, 8_000_000), strict=True):
        asking = {"line": line, "amount": amount, "reason": "Hợp đồng ký 12/12.", "by": money.lead, "now": NOW}
        for unknown in ("", "z"):  # the law must let it go on
            with pytest.raises(errors.GroundNeeded):
                services.ask_carry_over(**asking, ground=unknown)
        asked = services.ask_carry_over(**asking, ground="d")
        assert "Điều 66 khoản 3 điểm d" in asked.ground_told
        services.grant(asked=asked, by=money.leader, now=NOW)
    goal = Estimate.objects.get(year=TODAY.year + 1)
    assert (goal.state, goal.unit, goal.versions.count()) == (EstimateState.APPROVED, made.unit, 1)
    assert [one.left for one in made.current.lines.all()] == [5_000_000, 0]
    assert [one.left for one in goal.current.lines.all()] == [3_000_000, 8_000_000]
    sums = selectors.sums_of([made, goal])
    assert [sums[one.pk].asked for one in (made, goal)] == [16_000_000, 0]  # asked for once, in its own year
    told = {"line": goal.current.lines.first(), "amount": 1, "voucher": "Hóa đơn", "by": money.lead}
    with pytest.raises(errors.NotInYear):
        services.spend(**told, on=FEBRUARY, now=NOW)
    later = at(dt.date(2027, 2, 1))
    services.spend(**told, on=dt.date(2027, 2, 1), now=later)


def test_a_year_is_settled_in_january_and_then_closed(money: Money) -> None:
    """Luật số 89/2025/QH15, Điều 66; Thông tư 26/2026/TT-BTC, Điều 15 khoản 2, Điều 19 khoản 3."""
    made = money.approved(money.line("Thuê sân khấu"), money.line("Âm thanh"))
    stage, sound = made.current.lines.all()
    told = {"line": stage, "amount": 1_000_000, "voucher": "Hóa đơn", "by": money.lead}
    january, last, over = dt.date(2027, 1, 20), dt.date(2027, 1, 31), dt.date(2027, 2, 1)
    with pytest.raises(errors.NotDoneInYear):
        services.spend(**told, on=january, now=at(january))
    services.spend(**told, on=dt.date(2026, 12, 30), now=at(january))  # entered late
    services.spend(**told, on=last, now=at(last), done_in_year=True)
    moving = {"line": sound, "to_line": stage, "amount": 1, "reason": "Thiếu.", "by": money.lead}
    asked = services.ask_transfer(**moving, now=at(last))
    for act in (
        lambda: services.spend(**told, on=last, now=at(over), done_in_year=True),
        lambda: services.ask_transfer(**moving, now=at(over)),
        lambda: services.grant(asked=asked, by=money.leader, now=at(over)),
    ):
        with pytest.raises(errors.YearClosed):
            act()
    carried = {"line": sound, "amount": 8_000_000, "reason": "Hợp đồng ký 12/12.", "by": money.lead}
    carry = services.ask_carry_over(**carried, ground="d", now=at(over))  # what lapsed goes on by its ground alone
    services.grant(asked=carry, by=money.leader, now=at(over))
    stage.refresh_from_db()
    assert stage.spent == 2_000_000


def test_how_years_end() -> None:
    end = year_end(2026)
    assert end is not None
    assert (end.closes_on, end.settles(dt.date(2027, 1, 31)), end.is_over(dt.date(2027, 2, 1))) == (
        dt.date(2027, 1, 31),
        True,
        True,
    )
    assert not end.settles(dt.date(2026, 12, 31))
    assert year_end(2025) is None  # the older law was not read
    assert len({one.code for one in end.grounds}) == len(end.grounds) == 8


# --- Ledger, journal, reorganisation ---


def test_the_ledger_is_append_only_and_tells_everything(money: Money) -> None:
    made = money.approved()
    stage = line_of(made, "Thuê sân khấu")
    services.spend(line=stage, amount=1, on=FEBRUARY, voucher="Hóa đơn", by=money.lead, now=NOW)
    kinds = [ActKind(kind) for kind in made.entries.values_list("kind", flat=True)]
    assert kinds == [
        *(ActKind.DRAWN, ActKind.SENT, ActKind.APPRAISED, ActKind.APPROVED, ActKind.ALLOTTED, ActKind.SPENT)
    ]
    for change in (lambda: made.entries.update(amount=5), lambda: made.entries.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert balances(made.entries.all()) == {stage.pk: (8_000_000, 1)}
    EstimateLine.objects.update(spent=0)
    Estimate.objects.update(state=EstimateState.SENT)
    project_lines([stage.pk])
    project_state(made)
    stage.refresh_from_db()
    assert (stage.allotted, stage.spent, fresh(made).state) == (8_000_000, 1, EstimateState.APPROVED)
    actions = set(JournalEntry.objects.filter(subject_type="budget.estimate").values_list("action", flat=True))
    assert {"estimate.drawn", "estimate.sent", "estimate.line_appraised", "estimate.spent"} <= actions
    assert journal.verify().ok


def test_own_norms_are_lower_never_higher(money: Money) -> None:
    told = {
        "home": money.town.home,
        "norm": "dich-noi-tiep",
        "ceiling": 500_000,
        "valid_from": dt.date(2026, 5, 20),
        "basis": "Nghị quyết 15/2026/NQ-HĐND",
        "by": money.finance,
        "now": NOW,
    }
    for why, said in (
        (errors.HigherThanNational, {"ceiling": 750_001}),
        (errors.BasisNeeded, {"basis": ""}),
        (errors.UnknownNorm, {"norm": "x"}),
        (errors.NoNational, {"valid_from": dt.date(2017, 1, 1), "valid_to": dt.date(2018, 1, 1)}),
        (errors.BadFigure, {"ceiling": 0}),
        (errors.NotInOrder, {"valid_to": dt.date(2026, 5, 20)}),
        (NotPermitted, {"by": money.lead}),
    ):
        with pytest.raises(why):
            services.set_local_norm(**(told | said))
    own = services.set_local_norm(**told)
    made = money.drawn(money.line("Phiên dịch", norm="dich-noi-tiep", document=TT35, price=600_000))
    (finding,) = findings_of(made.current)
    assert (finding.fault, finding.document, finding.named["ceiling"]) == (Fault.OVER_CEILING, own.basis, 500_000)
    services.withdraw_local_norm(norm=own, by=money.finance, now=NOW)
    assert findings_of(made.current) == []
    with pytest.raises(errors.NotWaiting):
        services.withdraw_local_norm(norm=own, by=money.finance, now=NOW)


def test_open_estimates_follow_a_reorganisation_and_decided_history_stays(money: Money) -> None:
    spent, open_, declined = (
        money.approved(title="Đã duyệt"),
        money.drawn(money.line("Âm thanh"), title="Đang lập"),
        money.appraised(money.line("Loa"), title="Không duyệt"),
    )
    services.decline(estimate=declined, reason="Thiếu tiền.", by=money.leader, now=NOW)
    culture, home = money.town.culture, money.town.home
    act = reorganising.draft(title="Sắp xếp", basis="Nghị quyết 01/NQ-HĐND", on=TODAY, by=None, now=NOW)
    new = Line(verb=Verb.ESTABLISH, kind="phong", name="Phòng Văn hóa - Xã hội", parent=home)
    merged = [Line(verb=Verb.MERGE, unit=unit, to_line=new) for unit in (culture, money.town.centre)]
    reorganising.add_lines(act=act, lines=[new, *merged], by=None, now=NOW)
    reorganising.apply(act=act, by=money.town.administrator, now=NOW)
    heir = fresh(open_).unit
    assert heir.name_on(TODAY) == "Phòng Văn hóa - Xã hội"
    assert [fresh(one).unit for one in (spent, open_, declined)] == [heir, heir, culture]
    assert all(fresh(one).drawn_by == culture for one in (spent, open_, declined))
    reorganising.undo(
        act=Reorganisation.objects.get(pk=act.pk), basis="Thử", on=TODAY, by=money.town.administrator, now=NOW
    )
    assert [fresh(one).unit for one in (spent, open_, declined)] == [culture] * 3
