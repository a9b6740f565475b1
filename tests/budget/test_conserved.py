"""Whatever is done with money, none is made and none is lost: the ledger's own sums say what every balance says."""

import datetime as dt
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.balances import balances
from budget.funded import Money
from builders import NOW
from xulang.budget import selectors, services
from xulang.budget.enums import ActKind, Source
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine
from xulang.plumbing.errors import Refused

pytestmark = pytest.mark.django_db
FEBRUARY = dt.date(2026, 2, 10)

acts = st.lists(
    st.tuples(
        st.sampled_from(["spend", "refund", "transfer", "carry", "refuse"]),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(1, 9_000_000),
    ),
    max_size=10,
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_sums_are_conserved(acts: list[tuple[str, int, int, int]]) -> None:
    money = Money()
    gift = {"source": Source.SOCIAL, "origin": "Hội"}
    first = money.approved(money.line("Sân khấu"), money.line("Âm thanh"), money.line("Nước", **gift))
    second = money.approved(money.line("Xe"), money.line("Hoa", **gift), title="Đợt hai")
    lines = [*first.current.lines.all(), *second.current.lines.all()]
    for what, one, other, amount in acts:
        try:
            act(money, what, lines[one], lines[other], amount)
        except Refused:
            continue  # refused is as good as not asked
    # Examples share one database: each has a town of its own.
    entries = BudgetEntry.objects.filter(estimate__programme=money.programme)
    told = balances(entries)
    kept = {one.pk: (one.allotted, one.spent) for one in EstimateLine.objects.filter(pk__in=told)}
    assert kept == told  # every line's balance is that of the ledger
    assert all(0 <= spent <= given_ for given_, spent in told.values())
    granted = sum(one.amount or 0 for one in entries if one.kind == ActKind.ALLOTTED)
    assert sum(given_ for given_, _spent in told.values()) == granted == 40_000_000  # moved, never made
    by_source: dict[str, int] = defaultdict(int)
    for line in EstimateLine.objects.filter(pk__in=told):
        by_source[line.source] += told[line.pk][0]
    assert by_source == {Source.GRANTED: 24_000_000, Source.SOCIAL: 16_000_000}  # each source keeps its own
    whole = sum(
        (one for year in (2026, 2027) for _name, one in selectors.figures(money.lead, FEBRUARY, year, "nguon")),
        selectors.Sums(),
    )
    assert (whole.allotted, whole.spent) == (granted, sum(spent for _given, spent in told.values()))
    assert (
        Estimate.objects.filter(year=2027, programme=money.programme).count() <= 2
    )  # what is carried over gathers in one estimate each


def act(money: Money, what: str, line: EstimateLine, goal: EstimateLine, amount: int) -> None:
    """One act, asked and decided."""
    by = {"by": money.lead, "now": NOW}
    if what == "spend":
        services.spend(line=line, amount=amount, on=FEBRUARY, voucher="Hóa đơn", **by)
    elif what == "refund":
        paid = line.entries.filter(kind=ActKind.SPENT).first()
        if paid is not None:
            services.refund(entry=paid, amount=amount, reason="Trả lại.", **by)
    elif what == "carry":
        asked = services.ask_carry_over(line=line, amount=amount, reason="Hợp đồng.", ground="d", **by)
        services.grant(asked=asked, by=money.leader, now=NOW)
    else:
        asked = services.ask_transfer(line=line, to_line=goal, amount=amount, reason="Thiếu.", **by)
        if what == "refuse":
            services.refuse(asked=asked, reason="Không.", by=money.leader, now=NOW)
        else:
            services.grant(asked=asked, by=money.leader, now=NOW)
