"""One person entered twice: found, told apart or made one, with everything touched told before, and undone."""

import datetime as dt

import pytest

from builders import NOW, TODAY, a_person, a_unit
from xulang.organisation import errors, people_twice, services
from xulang.organisation.canonical import canonical
from xulang.organisation.enums import Capacity, Role
from xulang.organisation.models import Person, PostHolding, Unit
from xulang.plumbing.models import JournalEntry

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=30)


@pytest.fixture
def city() -> Unit:
    return a_unit("UBND thành phố Mường Hoa", "ubnd_tp")


def named(person: Person, name: str) -> Person:
    Person.objects.filter(pk=person.pk).update(full_name=name)
    person.refresh_from_db()
    return person


@pytest.fixture
def twice(city: Unit) -> tuple[Person, Person, Person]:
    """Who is kept, who goes, and the administrator."""
    culture = a_unit("Phòng Văn hóa và Thông tin", "phong", city)
    kept = named(a_person((Role.UNIT_OFFICER, culture)), "Hoàng Thị Mai Lan")
    gone = named(a_person((Role.HEAD, culture), (Role.PRESS, culture)), "Hoàng thị Mai  Lan")
    return kept, gone, a_person((Role.ADMINISTRATOR, city))


# Which of those who bear one name are proposed: in one unit, one without a post, one address; not in two offices.
def test_who_is_proposed(city: Unit, twice: tuple[Person, Person, Person]) -> None:
    kept, gone, admin = twice
    elsewhere = named(a_person((Role.UNIT_OFFICER, a_unit("Phòng Nội vụ", "phong", city))), kept.full_name)
    without = named(a_person(), kept.full_name)

    def told() -> list[tuple[int, int]]:
        return [(pair.one.pk, pair.other.pk) for pair in people_twice.likely(TODAY)]

    pairs = [(kept.pk, gone.pk), (kept.pk, without.pk), (gone.pk, without.pk), (elsewhere.pk, without.pk)]
    assert told() == pairs
    row = people_twice.tell_apart(one=gone, other=kept, by=admin, now=NOW)
    assert people_twice.tell_apart(one=kept, other=gone, by=admin, now=NOW) == row
    assert told() == pairs[1:]
    people_twice.untell(row=row, by=admin, now=NOW)
    assert told() == pairs
    Person.objects.filter(pk=elsewhere.pk).update(email="lan@muonghoa.example")
    Person.objects.filter(pk=kept.pk).update(email="Lan@muonghoa.example")
    assert (kept.pk, elsewhere.pk) in told()
    services.close_account(person=without, by=admin, now=NOW)
    assert all(without.pk not in pair for pair in told())


def scope(person: Person, day: dt.date = TODAY) -> list[tuple[int, str]]:
    rows = PostHolding.objects.on(day).filter(person=person).order_by("post_id")
    return list(rows.values_list("post_id", "capacity"))


def test_made_one_and_two_again(twice: tuple[Person, Person, Person]) -> None:
    kept, gone, admin = twice
    head = PostHolding.objects.get(person=gone, post__role=Role.HEAD)
    deputy = a_person((Role.UNIT_OFFICER, head.post.unit))
    until = TODAY + dt.timedelta(days=90)
    services.delegate(holding=head, to=deputy, first=TODAY, last=until, by=gone, now=NOW)
    before, held, had = canonical(TODAY), scope(gone), scope(kept)
    touched = people_twice.preview(kept=kept, gone=gone, by=admin, now=NOW)
    assert {row.post_id for row in touched.goes} == {post for post, _capacity in held}
    assert [row.person for row in touched.delegations] == [deputy]
    assert touched.held_already == []
    assert canonical(TODAY) == before  # a preview writes nothing
    merging = people_twice.merge(kept=kept, gone=gone, by=admin, now=NOW)
    gone.refresh_from_db()
    assert not gone.is_active
    assert scope(gone) == []
    assert scope(kept) == sorted(had + held)
    (given,) = PostHolding.objects.on(TODAY).filter(capacity=Capacity.DELEGATE)
    assert (given.person, given.delegated_by.person, given.valid_to) == (deputy, kept, until + dt.timedelta(days=1))  # type: ignore[union-attr]
    assert scope(gone, TODAY - dt.timedelta(days=1)) == held  # yesterday stays what it was
    people_twice.undo(merging=merging, by=admin, now=NOW)
    assert canonical(TODAY) == before
    with pytest.raises(errors.MergingUndone):
        people_twice.undo(merging=merging, by=admin, now=NOW)
    acts = list(JournalEntry.objects.order_by("id").values_list("action", flat=True))
    assert acts[-3:] == ["person.merged", "person.reopened", "person.merging_undone"]


def test_undone_after_a_month_gives_back_what_still_stands(twice: tuple[Person, Person, Person]) -> None:
    kept, gone, admin = twice
    press = PostHolding.objects.get(person=gone, post__role=Role.PRESS).post
    merging = people_twice.merge(kept=kept, gone=gone, by=admin, now=NOW)
    changed = PostHolding.objects.on(TODAY).get(person=kept, post=press)
    services.end_appointment(holding=changed, on=TODAY + dt.timedelta(days=10), by=admin, now=NOW)
    people_twice.undo(merging=merging, by=admin, now=LATER)
    then = TODAY + dt.timedelta(days=30)
    roles = PostHolding.objects.on(then).filter(person=gone).values_list("post__role", flat=True)
    assert list(roles) == [Role.HEAD]  # the other post was ended meanwhile, by an act that stays
    days = PostHolding.objects.filter(person=kept, post__role=Role.HEAD)
    assert list(days.values_list("valid_from", "valid_to")) == [(TODAY, then)]  # and for a month it was held


def test_one_post_held_by_both_is_held_once_and_a_coming_one_comes(twice: tuple[Person, Person, Person]) -> None:
    kept, gone, admin = twice
    shared = PostHolding.objects.get(person=kept).post
    services.appoint(post=shared, person=gone, on=TODAY, by=admin, now=NOW)
    press = PostHolding.objects.get(person=gone, post__role=Role.PRESS)
    services.end_appointment(holding=press, on=TODAY + dt.timedelta(days=1), by=admin, now=NOW)
    soon = services.create_post(unit=shared.unit, title="Biên tập", role=Role.EDITOR, by=admin, now=NOW)
    services.appoint(post=soon, person=gone, on=TODAY + dt.timedelta(days=5), by=admin, now=NOW)
    touched = people_twice.preview(kept=kept, gone=gone, by=admin, now=NOW)
    assert [row.post for row in touched.held_already] == [shared]
    people_twice.merge(kept=kept, gone=gone, by=admin, now=NOW)
    assert PostHolding.objects.on(TODAY).filter(post=shared, person__in=[kept, gone]).count() == 1
    coming = PostHolding.objects.get(post=soon, person=kept)
    assert coming.valid_from == TODAY + dt.timedelta(days=5)
    assert scope(gone, TODAY + dt.timedelta(days=5)) == []


def test_who_may_not(twice: tuple[Person, Person, Person]) -> None:
    kept, gone, admin = twice
    for by, one, other, why in (
        (kept, kept, gone, errors.NotPermitted),
        (admin, kept, kept, errors.NotTwoPeople),
        (admin, kept, admin, errors.NotYourself),  # the branch one sits on
    ):
        with pytest.raises(why):
            people_twice.merge(kept=one, gone=other, by=by, now=NOW)
    services.close_account(person=gone, by=admin, now=NOW)
    with pytest.raises(errors.NotTwoPeople):
        people_twice.preview(kept=kept, gone=Person.objects.get(pk=gone.pk), by=admin, now=NOW)
