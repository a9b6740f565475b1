"""Who is proposed to sign for a People's Committee: the head, a deputy for the head, whom the head authorised."""

import datetime as dt

import pytest

from builders import TODAY, a_person, a_unit
from xulang.organisation.enums import Capacity, Role
from xulang.organisation.models import Person, Post, PostHolding, Unit
from xulang.programme.papering import NOBODY, signature_of, signers_of

pytestmark = pytest.mark.django_db
ALL = "TM. Ủy ban nhân dân"
BEFORE, LATER = TODAY - dt.timedelta(30), TODAY + dt.timedelta(30)


def hold(home: Unit, name: str, title: str, role: Role = Role.LEADER, until: dt.date | None = None) -> PostHolding:
    post = Post.objects.create(unit=home, title=title, role=role)
    person = Person.objects.create(username=name.replace(" ", "."), full_name=name)
    return PostHolding.objects.create(post=post, person=person, valid_from=BEFORE, valid_to=until)


@pytest.fixture
def home() -> Unit:
    return a_unit("Ủy ban nhân dân thành phố Mường Hoa", "ubnd_tp")


def proposed(home: Unit, day: dt.date = TODAY) -> tuple[str, tuple[str, ...]]:
    found = signature_of(home, day)
    return found.name, found.lines


def test_the_head_signs_though_the_deputy_came_first(home: Unit) -> None:
    hold(home, "Lò Thị Minh", "Phó Chủ tịch UBND thành phố")
    hold(home, "Vi Văn Bình", "Chủ tịch UBND thành phố")
    assert proposed(home) == ("Vi Văn Bình", (ALL, "Chủ tịch"))


def test_a_deputy_signs_for_a_head_whose_days_are_over(home: Unit) -> None:
    hold(home, "Vi Văn Bình", "Chủ tịch UBND thành phố", until=TODAY)
    hold(home, "Lò Thị Minh", "Phó Chủ tịch UBND thành phố")
    day = TODAY + dt.timedelta(1)
    assert proposed(home, day) == ("Lò Thị Minh", (ALL, "KT. Chủ tịch", "Phó Chủ tịch"))


def test_one_in_charge_signs_as_a_deputy_does(home: Unit) -> None:
    held = hold(home, "Lò Thị Minh", "Chủ tịch UBND thành phố")
    PostHolding.objects.filter(pk=held.pk).update(capacity=Capacity.ACTING)
    assert proposed(home) == ("Lò Thị Minh", (ALL, "KT. Chủ tịch", "Phó Chủ tịch"))


def test_the_authorised_sign_by_their_own_post_and_not_for_the_committee(home: Unit) -> None:
    head = hold(home, "Vi Văn Bình", "Chủ tịch UBND thành phố", until=TODAY - dt.timedelta(1))
    office = hold(home, "Hà Văn Sơn", "Chánh Văn phòng", role=Role.HEAD)
    PostHolding.objects.create(
        post=head.post,
        person=office.person,
        valid_from=BEFORE,
        valid_to=LATER,
        capacity=Capacity.DELEGATE,
        delegated_by=head,
        basis="Văn bản số 12/UBND-VP",
    )
    assert proposed(home) == ("Hà Văn Sơn", ("TUQ. Chủ tịch", "Chánh Văn phòng"))


def test_all_who_may_sign_are_told_in_their_order(home: Unit) -> None:
    deputy = hold(home, "Lò Thị Minh", "Phó Chủ tịch UBND thành phố")
    head = hold(home, "Vi Văn Bình", "Chủ tịch UBND thành phố")
    office = hold(home, "Hà Văn Sơn", "Chánh Văn phòng", role=Role.HEAD)
    for held in (head, deputy):  # a deputy authorises nobody
        PostHolding.objects.create(
            post=held.post,
            person=office.person,
            valid_from=BEFORE,
            valid_to=LATER,
            capacity=Capacity.DELEGATE,
            delegated_by=held,
        )
    assert [(one.signature.name, one.signature.lines[-1]) for one in signers_of(home, TODAY)] == [
        ("Vi Văn Bình", "Chủ tịch"),
        ("Lò Thị Minh", "Phó Chủ tịch"),
        ("Hà Văn Sơn", "Chánh Văn phòng"),
    ]
    assert [one.holding for one in signers_of(home, TODAY)][:2] == [head.pk, deputy.pk]
    assert len(signers_of(home, LATER + dt.timedelta(1))) == 2  # the authority is over


def test_nobody_is_named_where_nobody_leads(home: Unit) -> None:
    a_person((Role.LEAD_OFFICER, home), name="Hoàng Mai Lan")
    assert proposed(home) == (NOBODY, (ALL, "Chủ tịch"))
