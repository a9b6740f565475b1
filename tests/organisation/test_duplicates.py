"""One unit entered twice: found, its differences confirmed, merged by an act and undone."""

import datetime as dt

import pytest

from builders import LONG_AGO, NOW, TODAY, a_person, a_unit
from xulang.organisation import errors, reorganising, services
from xulang.organisation.canonical import canonical
from xulang.organisation.duplicates import differences, draft_merging, likely
from xulang.organisation.enums import Role
from xulang.organisation.finding import find_units
from xulang.organisation.models import PostHolding, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> dict[str, Unit]:
    city, other = a_unit("UBND thành phố Mường Hoa", "ubnd_tp"), a_unit("UBND thành phố Đồng Giang", "ubnd_tp")
    units = {"city": city, "other": other}
    for key, name, parent in (
        ("culture", "Phòng Văn hóa và Thông tin", city),
        ("twice", "Phòng văn hoá và thông tin", city),
        ("theirs", "Phòng Văn hóa và Thông tin", other),  # of another city: another unit
        ("team1", "Tổ công tác số 1", city),
        ("team2", "Tổ công tác số 2", city),
    ):
        units[key] = a_unit(name, "phong", parent)
    return units


def test_sisters_that_are_called_alike_are_proposed(town: dict[str, Unit]) -> None:
    def told() -> list[tuple[int, int]]:
        return [(pair.one.id, pair.other.id) for pair in likely(TODAY)]

    assert told() == [(town["culture"].pk, town["twice"].pk)]
    services.add_alias(unit=town["team1"], alias="Tổ công tác số 2", by=None, now=NOW)
    assert (town["team1"].pk, town["team2"].pk) in told()


def test_merged_by_an_act_and_undone_byte_for_byte(town: dict[str, Unit]) -> None:
    admin, officer = a_person((Role.ADMINISTRATOR, town["city"])), a_person((Role.UNIT_OFFICER, town["twice"]))
    services.add_alias(unit=town["twice"], alias="Phòng VHTT cũ", by=None, now=NOW)
    act = draft_merging(kept=town["culture"], gone=town["twice"], confirmed=(), by=admin, now=NOW)
    before = canonical(TODAY)
    act = reorganising.apply(act=act, by=admin, now=NOW)
    assert PostHolding.objects.on(TODAY).get(person=officer).post.unit == town["culture"]
    assert [one.id for one in find_units("phong vhtt cu", TODAY)] == [town["culture"].pk]
    assert likely(TODAY) == []
    reorganising.undo(act=act, basis="Gộp nhầm", on=TODAY, by=admin, now=NOW)
    assert canonical(TODAY) == before


@pytest.mark.parametrize(("confirmed", "left"), [((), 2), (("kind",), 1), (("kind", "tree"), 0)])
def test_what_differs_is_confirmed_one_by_one(town: dict[str, Unit], confirmed: tuple[str, ...], left: int) -> None:
    party = a_unit("Phòng Văn hóa và Thông tin", "ban_dang", town["city"])
    told = differences(town["culture"], party)
    assert set(told) == {"tree", "kind"}
    if not left:
        draft_merging(kept=town["culture"], gone=party, confirmed=confirmed, by=None, now=NOW)
        return
    with pytest.raises(errors.StillDifferent) as refusal:
        draft_merging(kept=town["culture"], gone=party, confirmed=confirmed, by=None, now=NOW)
    assert sum(why in str(refusal.value) for why in told.values()) == left


def test_only_two_units_that_are_there(town: dict[str, Unit]) -> None:
    ended = a_unit("Phòng cũ", "phong", town["city"])
    services.end_unit(unit=ended, on=LONG_AGO + dt.timedelta(days=9), by=None, now=NOW)
    for gone in (town["culture"], ended):
        with pytest.raises(errors.NotTwoUnits):
            draft_merging(kept=town["culture"], gone=gone, confirmed={"ends"}, by=None, now=NOW)
    officer = a_person((Role.LEAD_OFFICER, town["city"]))
    with pytest.raises(errors.NotPermitted):
        draft_merging(kept=town["culture"], gone=town["twice"], confirmed=(), by=officer, now=NOW)
