"""One duty laid on one colleague: on top of their desk, reminded first, over with the post, the unit or the day."""

import datetime as dt

import pytest

from office.conftest import NOW, Town
from xulang.office import clock, reminders
from xulang.organisation import previewing, reorganising
from xulang.organisation import services as directory
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, PostHolding
from xulang.plumbing.models import JournalEntry
from xulang.programme import selectors, services
from xulang.programme.errors import DayPast, NoColleague
from xulang.programme.models import Assignment, DutyDelegation, Notice

DUE = dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)  # the contest is due


@pytest.fixture
def contest(town: Town) -> Assignment:
    """A duty of the education division, which has two officers and a head."""
    town.officer("mai", "Ma Thị Mai", Role.UNIT_OFFICER, "gd")
    town.issue()
    return town.assignment("gd", "II.2")


def holding(town: Town, username: str) -> PostHolding:
    return PostHolding.objects.get(person=town.people[username])


def laid(town: Town, contest: Assignment, last: dt.date | None = None) -> DutyDelegation:
    """By the head, on the second officer."""
    return services.delegate_duty(assignment=contest, to=holding(town, "mai"), last=last, by=town.people["ha"], now=NOW)


def told_on(when: dt.datetime, contest: Assignment) -> set[str]:
    """Whom the clock told by then."""
    services.remind(now=when, compose=reminders.letter)
    return set(Notice.objects.filter(expected__assignment=contest).values_list("person__username", flat=True))


def test_the_colleague_has_it_on_top_and_the_others_see_who_does_it(town: Town, contest: Assignment) -> None:
    head = town.client("ha")
    assert "Ma Thị Mai, Chuyên viên" in (form := head.get(f"/viec/{contest.pk}/phan-cong/").content.decode())
    assert "Bế Thu Hà, " not in form  # not oneself
    given = {"once": "1", "to": holding(town, "mai").pk, "last": ""}
    answer = head.post(f"/viec/{contest.pk}/phan-cong/", given, follow=True).content.decode()
    assert "Đã phân công cho Ma Thị Mai" in answer
    assert "Thôi phân công" in answer
    desk = town.client("mai").get("/viec/").content.decode()
    assert desk.index("Phân công cho bạn") < desk.index("Em kể chuyện")
    assert desk.count("Em kể chuyện") == 1  # and not on a shelf once more
    other = town.client("minh").get("/viec/").content.decode()
    assert "Phân công: Ma Thị Mai" in other
    assert "Phân công cho bạn" not in other
    assert JournalEntry.objects.get(action="duty.delegated").data["holding"] == holding(town, "mai").pk
    town.client("minh").post(f"/phan-cong/{DutyDelegation.objects.get().pk}/thoi/", {"once": "2"})
    assert "Phân công:" not in town.client("minh").get("/viec/").content.decode()
    assert JournalEntry.objects.filter(action="duty.delegation_ended").count() == 1


def test_the_colleague_is_reminded_first_and_the_ladder_goes_on(town: Town, contest: Assignment) -> None:
    laid(town, contest)
    assert told_on(DUE, contest) == {"mai"}  # not every officer
    assert told_on(DUE + dt.timedelta(days=30), contest) == {"mai", "ha", "lan", "duc"}


def over_by_post(town: Town, _contest: Assignment) -> None:
    directory.end_appointment(holding=holding(town, "mai"), on=NOW.date(), by=None, now=NOW)


def over_by_account(town: Town, _contest: Assignment) -> None:
    Person.objects.filter(username="mai").update(is_active=False)


def over_by_move(town: Town, contest: Assignment) -> None:
    by = {"by": town.people["lan"], "now": NOW}
    for unit in ("thuy_van", "gd"):  # there and back: the unit says anew who does it
        contest = Assignment.objects.get(pk=contest.pk)
        services.move(assignment=contest, unit=town.units[unit], reason="Phân lại việc.", **by)


def over_by_reorganisation(town: Town, _contest: Assignment) -> None:
    act = town.reorganisation("gd")
    reorganising.apply(act=act, by=town.people["quan"], now=NOW)
    reorganising.undo(act=act, basis="Nghị quyết 02/NQ-HĐND", on=NOW.date(), by=town.people["quan"], now=NOW)


def over_by_colleague(town: Town, contest: Assignment) -> None:
    services.end_duty_delegation(delegation=DutyDelegation.objects.get(), by=town.people["mai"], now=NOW)


@pytest.mark.parametrize(
    "ends", [over_by_post, over_by_account, over_by_move, over_by_reorganisation, over_by_colleague]
)
def test_it_is_over_with(town: Town, contest: Assignment, ends: object) -> None:
    laid(town, contest)
    assert selectors.delegates([contest.pk], NOW.date()) == {contest.pk: "Ma Thị Mai"}
    ends(town, contest)  # type: ignore[operator]
    assert selectors.delegates([contest.pk], NOW.date()) == {}
    assert "minh" in told_on(DUE, contest)


def test_until_a_day_that_counts(town: Town, contest: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(town, contest, last=dt.date(2026, 11, 24))
    assert selectors.delegated_to(town.people["mai"], dt.date(2026, 11, 24)) == {contest.pk}
    assert selectors.delegated_to(town.people["mai"], dt.date(2026, 11, 25)) == set()
    monkeypatch.setattr(clock, "now", lambda: DUE)
    assert "Phân công cho bạn" not in town.client("mai").get("/viec/").content.decode()
    with pytest.raises(DayPast):
        laid(town, contest, last=dt.date(2026, 11, 22))


def test_only_a_colleague_of_the_unit_and_only_by_the_unit(town: Town, contest: Assignment) -> None:
    for username in ("lan", "nga", "hien"):  # of other units; of the unit, but in a post that does not report
        with pytest.raises(NoColleague):
            services.delegate_duty(assignment=contest, to=holding(town, username), by=town.people["ha"], now=NOW)
    given = {"once": "1", "to": holding(town, "mai").pk, "last": ""}
    assert town.client("lan").post(f"/viec/{contest.pk}/phan-cong/", given).status_code == 403  # the focal unit sees it
    assert town.client("nga").post(f"/viec/{contest.pk}/phan-cong/", given).status_code == 404
    made = laid(town, contest)
    town.client("lan").post(f"/phan-cong/{made.pk}/thoi/", {"once": "2"})
    assert DutyDelegation.objects.living(NOW.date()).exists()
    again = services.delegate_duty(assignment=contest, to=holding(town, "minh"), by=town.people["ha"], now=NOW)
    assert list(DutyDelegation.objects.living(NOW.date())) == [again]


def test_the_preview_of_a_reorganisation_tells_of_it(town: Town, contest: Assignment) -> None:
    laid(town, contest)
    touched = previewing.preview(town.reorganisation("gd"))
    assert "phân công cho một người sẽ hết" in str([str(part.label) for one in touched.touched for part in one.parts])
