"""Nơi nhận as a distribution list: what each line means, who settles it, to whom it goes, who has read it."""

import datetime as dt

import pytest

from builders import NOW, TODAY, a_directive, a_person, a_reading, a_town
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Post
from xulang.plumbing.models import JournalEntry
from xulang.programme import services as programme_services
from xulang.programme.enums import Cadence
from xulang.registry import recipients, selectors
from xulang.registry.enums import RecipientKind
from xulang.registry.errors import UnitsNeeded
from xulang.registry.models import Directive

pytestmark = pytest.mark.django_db
HOME = "Ủy ban nhân dân thành phố Mường Hoa"


def listed(*lines, addressees=(), **header):
    """A reading with these recipients; places do not matter here."""
    reading = a_reading(issuer=HOME, **header)
    found = [{"value": line, "at": [0, 1]} for line in lines]
    reading["header"]["addressees"] = [{"value": line, "at": [0, 1]} for line in addressees]
    return reading | {"recipients": found}


# the line, what it is taken to mean, the units (of the town's fields), whether that is sure
LINES = [
    ("Phòng Văn hóa và Thông tin", RecipientKind.UNITS, "culture", True),
    ("Phòng VHTT", RecipientKind.UNITS, "culture", True),
    ("UBND tỉnh", RecipientKind.UNITS, "province", True),
    ("Các Phòng, ban TP", RecipientKind.UNITS, "culture finance", True),
    ("UBND các phường, xã", RecipientKind.UNITS, "ward commune", True),
    ("Phòng Tài chính - Kế hoạch, Phòng Văn hóa và Thông tin", RecipientKind.UNITS, "finance culture", True),
    ("Lưu: VT, VHTT", RecipientKind.ARCHIVE, "", True),
    ("Lưu VT", RecipientKind.ARCHIVE, "", True),
    # an archive by name is a body, no archive line
    ("Trung tâm Lưu trữ lịch sử", RecipientKind.OUTSIDE, "", False),
    ("Đài Phát thanh huyện bên", RecipientKind.OUTSIDE, "", False),
]


@pytest.mark.parametrize(("words", "kind", "units", "sure"), LINES)
def test_what_a_line_means(words, kind, units, sure):
    town = a_town()
    line = a_directive(town.lead, listed(words)).recipients.get()
    assert (line.kind, line.sure) == (kind, sure)
    assert set(line.units.all()) == {getattr(town, name) for name in units.split()}


def test_as_above_stands_for_the_addressees():
    town = a_town()
    directive = a_directive(
        town.lead, listed("Như trên", "Lưu: VT", addressees=["UBND phường Bến Đá", "UBND xã Nà Sáng"])
    )
    assert [line.words for line in directive.recipients.all()] == ["UBND phường Bến Đá", "UBND xã Nà Sáng", "Lưu: VT"]


def test_a_doubtful_line_goes_to_nobody_before_somebody_says_so():
    town = a_town()
    directive = a_directive(town.lead, listed("Phòng Văn hoá Thông tin Thể thao", "UBND phường Bến Đá", "Lưu: VT"))
    doubtful = directive.recipients.first()
    assert not doubtful.settled
    assert [row.unit for row in recipients.send(directive=directive, by=town.lead, now=NOW)] == [town.ward]
    with pytest.raises(UnitsNeeded):
        recipients.settle(line=doubtful, kind=RecipientKind.UNITS, units=[], by=town.lead, now=NOW)
    recipients.settle(line=doubtful, kind=RecipientKind.UNITS, units=[town.culture], by=town.lead, now=NOW)
    assert [row.unit for row in recipients.send(directive=directive, by=town.lead, now=NOW)] == [town.culture]
    assert recipients.send(directive=directive, by=town.lead, now=NOW) == []
    recipients.settle(line=doubtful, kind=RecipientKind.OUTSIDE, units=[], by=town.lead, now=NOW)
    assert not doubtful.units.exists()
    assert directive.distributions.count() == 2  # what was sent stays sent


def test_only_the_office_itself_sends_and_settles():
    town = a_town()
    directive = a_directive(town.lead, listed("UBND phường Bến Đá"))
    for person in (town.leader, town.ward_officer, town.administrator):
        with pytest.raises(NotPermitted):
            recipients.send(directive=directive, by=person, now=NOW)
        with pytest.raises(NotPermitted):
            recipients.settle(line=directive.recipients.get(), kind=RecipientKind.OUTSIDE, units=[], by=person, now=NOW)


# the issuer, whether issuing the programme sends to the recipients of the paper
@pytest.mark.parametrize(("issuer", "sent"), [(HOME, True), ("UBND tỉnh Sơn Khê", False)])
def test_issuing_sends_the_offices_own_paper_to_its_recipients(issuer, sent):
    from builders import ONGOING, reading_as
    from xulang.registry.services import receive

    town = a_town()
    reading = a_reading(ONGOING, issuer=issuer) | {"recipients": [{"value": "UBND xã Nà Sáng", "at": [0, 1]}]}
    with reading_as(reading):
        directive = receive(data=b"x", name="x.txt", by=town.lead, now=NOW)
    made = programme_services.propose(directive=directive, by=town.lead, now=NOW)
    programme_services.set_cadence(programme=made, cadence=Cadence.MONTH, by=town.lead, now=NOW)
    programme_services.set_focal_unit(programme=made, unit=town.culture, by=town.lead, now=NOW)
    programme_services.confirm_sure(programme=made, by=town.lead, now=NOW)
    programme_services.issue(programme=made, by=town.lead, now=NOW)
    assert directive.distributions.filter(unit=town.commune).exists() == sent


def test_what_is_given_to_a_post_is_for_its_holder_alone():
    town = a_town()
    head = a_person((Role.HEAD, town.ward), name="Vi Thị Thu")
    post = Post.objects.get(holdings__person=head)
    directive = a_directive(town.lead, listed("Lưu: VT"))
    recipients.distribute(directive=directive, posts=[post], by=town.lead, now=NOW)
    assert recipients.distribute(directive=directive, posts=[post], by=town.lead, now=NOW) == []
    seen = [Directive.objects.for_user(person, TODAY).exists() for person in (head, town.ward_officer, town.lead)]
    assert seen == [True, False, True]
    assert [selectors.unread(person, TODAY).count() for person in (head, town.ward_officer)] == [1, 0]
    recipients.mark_read(directive=directive, by=head, now=NOW)
    row = directive.distributions.get()
    assert (row.read_by, row.post, row.given_to) == (head, post, town.ward)
    assert JournalEntry.objects.filter(action="directive.read").get().data == {"post": post.pk}
    # the unit itself can still be given the paper
    recipients.distribute(directive=directive, units=[town.ward], by=town.lead, now=NOW)
    assert Directive.objects.for_user(town.ward_officer, TODAY).exists()


def test_who_has_not_read_stands_first_since_when():
    town = a_town()
    directive = a_directive(town.lead, listed("Lưu: VT"))
    for days, unit in ((3, town.ward), (5, town.commune), (1, town.finance)):
        now = NOW - dt.timedelta(days=days)
        recipients.distribute(directive=directive, units=[unit], by=town.lead, now=now)
    recipients.mark_read(directive=directive, by=town.commune_officer, now=NOW)
    rows = selectors.given(town.lead, TODAY, directive)
    assert [row.unit for row in rows] == [town.ward, town.finance, town.commune]
    assert [row.unit for row in selectors.given(town.ward_officer, TODAY, directive)] == [town.ward]
