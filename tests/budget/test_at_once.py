"""Several people at one sum in one moment: what is asked for twice stands once, what is left is spent once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from budget.funded import Money, line_of
from builders import NOW, TODAY
from xulang.budget import errors, services
from xulang.budget.enums import EstimateState
from xulang.budget.models import Estimate
from xulang.plumbing.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[type[Exception] | None]:
    """Each act in a thread and with a connection of its own; what each was refused, None where it was done."""
    told: list[type[Exception] | None] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Refused as why:
            told[number] = type(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=row) for row in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_the_same_thing_asked_for_by_two_at_once_is_asked_for_once() -> None:
    money = Money()
    made = [money.drawn(money.line("Thuê sân khấu"), title=title) for title in ("Lễ hội hoa", "Bổ sung")]

    def send(estimate: Estimate) -> Callable[[], object]:
        return lambda: services.send(estimate=estimate, by=money.lead, now=NOW)

    assert sorted(at_once(*map(send, made)), key=str) == [errors.Faulty, None]
    assert Estimate.objects.filter(state=EstimateState.SENT).count() == 1


def test_what_is_left_is_spent_once() -> None:
    money = Money()
    stage = line_of(money.approved(), "Thuê sân khấu")  # 8,000,000

    def spend() -> object:
        return services.spend(line=stage, amount=3_000_000, on=TODAY, voucher="Hóa đơn", by=money.lead, now=NOW)

    assert sorted(at_once(*[spend] * 4), key=str) == [errors.Overspent, errors.Overspent, None, None]
    stage.refresh_from_db()
    assert stage.spent == 6_000_000
