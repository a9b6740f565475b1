"""Who may do what with money: every act by everybody who deals with it, and by those who do not."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from beginnings import BUILDERS, Beginning
from budget.funded import MAY, Money, fresh, line_of
from builders import NOW, TODAY, a_person, a_unit
from xulang.budget import services
from xulang.budget.models import Estimate
from xulang.budget.services import Opinion
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person

pytestmark = pytest.mark.django_db
FEBRUARY = dt.date(2026, 2, 10)


class Everybody(Money):
    """A person of each role, in the unit whose money it is and elsewhere, and an estimate at each step."""

    def __init__(self) -> None:
        super().__init__()
        town = self.town
        other = a_unit("Ủy ban nhân dân thành phố Đồng Giang", "ubnd_tp", town.province)
        self.people: dict[str, Person] = {
            "lead officer": self.lead,
            "officer": a_person((Role.UNIT_OFFICER, town.culture)),
            "head": a_person((Role.HEAD, town.culture)),
            "press": a_person((Role.PRESS, town.culture)),
            "editor": a_person((Role.EDITOR, town.culture)),
            "other unit": town.ward_officer,
            "finance": self.finance,
            "leader": self.leader,
            "administrator": town.administrator,
            "auditor": town.auditor,
            "finance elsewhere": a_person((Role.FINANCE, other)),
            "leader elsewhere": a_person((Role.LEADER, other)),
        }
        self.draft = self.drawn(self.line("Phông"), title="Đang lập")
        self.asked = self.sent(self.line("Loa"), title="Đã gửi")
        self.judged = self.sent(self.line("Đèn"), title="Đã có ý kiến")
        self.ready = self.appraised(self.line("Ghế"), title="Chờ quyết định")
        self.given = self.approved(self.line("Thuê sân khấu"), self.line("Âm thanh"), title="Đã duyệt")
        light = self.judged.current.lines.get()
        told: dict[str, Any] = {"by": self.finance, "now": NOW}
        services.appraise_lines(estimate=self.judged, opinions=[Opinion(light.pk, light.amount)], **told)
        self.stage, self.sound = line_of(self.given, "Thuê sân khấu"), line_of(self.given, "Âm thanh")
        by = {"by": self.lead, "now": NOW}
        self.paid = services.spend(line=self.stage, amount=5, on=FEBRUARY, voucher="Hóa đơn", **by)
        moving = {"line": self.stage, "to_line": self.sound, "amount": 1, "reason": "Thiếu.", **by}
        self.move = services.ask_transfer(**moving)
        self.own = services.set_local_norm(**self.norm(), by=self.finance, now=NOW)

    def norm(self) -> dict[str, Any]:
        """A ceiling of the town's own."""
        told = {"home": self.town.home, "norm": "dich-noi-tiep", "ceiling": 500_000, "basis": "Nghị quyết 15/NQ-HĐND"}
        return told | {"valid_from": dt.date(2026, 5, 20)}


BUILDERS["everybody"] = Everybody
UNIT = {"lead officer", "officer", "head"}
FINANCE, LEADER = {"finance"}, {"leader"}
Act = Callable[[Everybody, dict[str, Any]], object]
# act, who may, what it is: everybody else is refused.
ACTS: list[tuple[str, set[str], Act]] = [
    (
        "draws up",
        UNIT,
        lambda e, by: services.draw_up(
            unit=e.town.culture, programme=e.programme, year=TODAY.year, title="Mới", approved_on=MAY, **by
        ),
    ),
    ("says regular", UNIT, lambda e, by: services.say_regular(assignment=e.fair, regular=True, **by)),
    (
        "describes",
        UNIT,
        lambda e, by: services.describe(estimate=e.draft, title="Khác", approved_on=MAY, adjusted_by="", **by),
    ),
    ("adds a line", UNIT, lambda e, by: services.add_line(estimate=e.draft, new=e.line("Hoa"), **by)),
    (
        "changes a line",
        UNIT,
        lambda e, by: services.change_line(line=e.draft.current.lines.get(), new=e.line("A"), **by),
    ),
    ("drops a line", UNIT, lambda e, by: services.drop_line(line=e.draft.current.lines.get(), **by)),
    ("puts a sheet in", UNIT, lambda e, by: services.replace_lines(estimate=e.draft, rows=[e.line("Hoa")], **by)),
    ("sends", UNIT, lambda e, by: services.send(estimate=e.draft, **by)),
    (
        "appraises",
        FINANCE,
        lambda e, by: services.appraise_lines(
            estimate=e.asked, opinions=[Opinion(e.asked.current.lines.get().pk, 1, "Thừa.")], **by
        ),
    ),
    ("hands on", FINANCE, lambda e, by: services.finish_appraisal(estimate=e.judged, **by)),
    ("returns", FINANCE, lambda e, by: services.return_estimate(estimate=e.asked, reason="Thiếu.", **by)),
    (
        "numbers the note",
        FINANCE,
        lambda e, by: services.issue_note(
            estimate=e.ready, symbol="BC-TCKH", issued_on=TODAY, signer="Lò Văn Tấn", lines=["Trưởng phòng"], **by
        ),
    ),
    ("approves", LEADER, lambda e, by: services.approve(estimate=e.ready, **by)),
    ("declines", LEADER, lambda e, by: services.decline(estimate=e.ready, reason="Thiếu tiền.", **by)),
    ("spends", UNIT, lambda e, by: services.spend(line=e.stage, amount=1, on=FEBRUARY, voucher="Hóa đơn", **by)),
    ("takes back", UNIT, lambda e, by: services.refund(entry=e.paid, amount=1, reason="Nhầm.", **by)),
    (
        "asks a transfer",
        UNIT | FINANCE,
        lambda e, by: services.ask_transfer(line=e.stage, to_line=e.sound, amount=1, reason="Thiếu.", **by),
    ),
    (
        "asks a carry-over",
        UNIT | FINANCE,
        lambda e, by: services.ask_carry_over(line=e.stage, amount=1, reason="Hợp đồng.", ground="d", **by),
    ),
    ("agrees", LEADER, lambda e, by: services.grant(asked=e.move, **by)),
    ("does not agree", LEADER, lambda e, by: services.refuse(asked=e.move, reason="Để dành.", **by)),
    ("sets a norm", FINANCE, lambda e, by: services.set_local_norm(**e.norm(), **by)),
    ("takes a norm back", FINANCE, lambda e, by: services.withdraw_local_norm(norm=e.own, **by)),
]


@pytest.fixture
def everybody(db: None, beginning: Beginning) -> Everybody:
    made: Everybody = beginning.copied("everybody")
    return made


def done(everybody: Everybody, act: Act, by: Person) -> bool:
    """Whether the act is done; then it is undone, for the next person."""
    mark = transaction.savepoint()
    try:
        act(everybody, {"by": by, "now": NOW})
    except NotPermitted:
        return False
    finally:
        transaction.savepoint_rollback(mark)
    return True


@pytest.mark.parametrize(("may", "act"), [row[1:] for row in ACTS], ids=[row[0] for row in ACTS])
def test_who_may(everybody: Everybody, may: set[str], act: Act) -> None:
    assert {name for name, person in everybody.people.items() if done(everybody, act, person)} == may


def test_who_has_left_may_nothing(everybody: Everybody) -> None:
    Person.objects.filter(pk__in=[one.pk for one in everybody.people.values()]).update(is_active=False)
    left = [Person.objects.get(pk=one.pk) for one in everybody.people.values()]
    assert [name for name, _may, act in ACTS for by in left if done(everybody, act, by)] == []


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("draft", UNIT | LEADER),  # at work it is the unit's own, and of who stands above it
        ("asked", UNIT | LEADER | FINANCE),
        ("ready", UNIT | LEADER | FINANCE),
        ("given", UNIT | LEADER | FINANCE),
    ],
)
def test_who_sees(everybody: Everybody, name: str, seen: set[str]) -> None:
    made = fresh(getattr(everybody, name))
    people = everybody.people.items()
    assert {who for who, by in people if Estimate.objects.for_user(by, TODAY).filter(pk=made.pk).exists()} == seen
