"""What a person says of a directive: heading, register, effect; and the register's own filters."""

import datetime as dt

import pytest

from builders import NOW, TODAY, a_directive, a_reading, a_town
from registry.test_cascade import cites, paper
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.models import JournalEntry
from xulang.registry import editing, selectors
from xulang.registry.editing import Heading
from xulang.registry.enums import Direction, EffectKind
from xulang.registry.errors import ByWhatNeeded, NumberWithoutSymbol, SourceNeeded
from xulang.registry.selectors import Wanted

pytestmark = pytest.mark.django_db
HOME = "Ủy ban nhân dân thành phố Mường Hoa"


def heading(**told):
    blank = {"number": "", "symbol": "", "type": "", "issuer": "", "title": "Kế hoạch", "issued_date": None}
    return Heading(**blank | told)


# issuer as read, the register it belongs to, whether that is sure
ISSUERS = [
    (HOME, Direction.OUTGOING, True),
    ("UBND thành phố Mường Hoa", Direction.OUTGOING, True),
    ("UBND tỉnh Sơn Khê", Direction.INCOMING, True),
    ("Phòng Văn hóa và Thông tin", Direction.INCOMING, True),  # beneath the office, not the office itself
    ("Cục Thông tin đối ngoại", Direction.INCOMING, False),
    ("", Direction.INCOMING, False),
]


@pytest.mark.parametrize(("issuer", "direction", "sure"), ISSUERS)
def test_the_issuer_decides_the_register(issuer, direction, sure):
    directive = a_directive(a_town().lead, a_reading(issuer=issuer) if issuer else a_reading())
    assert (directive.direction, directive.direction_sure) == (direction, sure)


def test_a_person_decides_and_the_issuer_no_more():
    town = a_town()
    directive = a_directive(town.lead, a_reading(issuer="UBND tỉnh Sơn Khê"))
    editing.set_direction(directive=directive, direction=Direction.OUTGOING, by=town.lead, now=NOW)
    changed = editing.describe(directive=directive, heading=heading(issuer="Tỉnh ủy"), by=town.lead, now=NOW)
    assert (changed.direction, changed.direction_confirmed_by) == (Direction.OUTGOING, town.lead)


def test_a_draft_gets_its_number_and_the_citations_that_waited():
    town = a_town()
    draft = a_directive(town.lead, a_reading(number="", symbol="KH-UBND", date="2026-03"))
    waiting = paper(town, "5", "KH-UBND", cites("61/KH-UBND", date="2026-03-05"))
    told = heading(number="61", symbol="KH-UBND", issued_date=dt.date(2026, 3, 5))
    made = editing.describe(directive=draft, heading=told, by=town.lead, now=NOW)
    assert (made.code, made.issued_on) == ("61/KH-UBND", "2026-03-05")
    assert waiting.citations.get().cited == draft
    line = JournalEntry.objects.get(action="directive.described")
    assert line.data == {"fields": ["number", "title", "issued_date", "code"], "code": ["", "61/KH-UBND"]}
    editing.describe(directive=made, heading=told, by=town.lead, now=NOW)  # nothing new: no line
    assert JournalEntry.objects.filter(action="directive.described").count() == 1
    other = heading(number="62", symbol="KH-UBND", issued_date=dt.date(2026, 3, 5))
    editing.describe(directive=made, heading=other, by=town.lead, now=NOW)
    assert waiting.citations.get().cited is None


def test_a_month_stays_where_no_day_is_given():
    town = a_town()
    draft = a_directive(town.lead, a_reading(number="", symbol="KH-UBND", date="2026-03"))
    assert editing.describe(directive=draft, heading=heading(), by=town.lead, now=NOW).issued_on == "2026-03"


# what is told of an effect, what is wrong with it
EFFECTS = [
    ({"kind": EffectKind.EXPIRED, "source": " "}, SourceNeeded),
    ({"kind": EffectKind.REPLACED, "source": "Công báo"}, ByWhatNeeded),
    ({"kind": EffectKind.AMENDED, "source": "Công báo", "by_code": " "}, ByWhatNeeded),
]


@pytest.mark.parametrize(("told", "refused"), EFFECTS)
def test_an_effect_has_a_source_and_a_paper(told, refused):
    town = a_town()
    directive = a_directive(town.lead, a_reading())
    with pytest.raises(refused):
        editing.record_effect(directive=directive, since=TODAY, by=town.lead, now=NOW, **told)


def test_an_effect_is_noted_and_taken_back():
    town = a_town()
    old, new = paper(town, "61", "KH-UBND"), paper(town, "90", "KH-UBND", cites("61/KH-UBND", "replaces"))
    told = {"kind": EffectKind.REPLACED, "by_code": "90/KH-UBND", "source": "Điều 3", "since": TODAY}
    effect = editing.record_effect(directive=old, by=town.lead, now=NOW, **told)
    assert effect.by_directive == new
    standing = selectors.standings(town.lead, TODAY, [old.pk])[old.pk]
    assert [(one.kind, one.sure) for one in standing] == [(EffectKind.REPLACED, True)]  # the citation says no more
    assert list(selectors.register(town.lead, TODAY, Wanted(ended=True))) == [old]
    editing.withdraw_effect(effect=effect, by=town.lead, now=NOW)
    assert not selectors.register(town.lead, TODAY, Wanted(ended=True)).exists()
    assert [one.sure for one in selectors.standings(town.lead, TODAY, [old.pk])[old.pk]] == [False]


def test_only_the_office_itself_says_so():
    town = a_town()
    directive = a_directive(town.lead, a_reading())
    for person in (town.leader, town.finance_officer, town.administrator):
        with pytest.raises(NotPermitted):
            editing.describe(directive=directive, heading=heading(), by=person, now=NOW)
        with pytest.raises(NotPermitted):
            editing.set_direction(directive=directive, direction=Direction.OUTGOING, by=person, now=NOW)
    with pytest.raises(NumberWithoutSymbol):
        editing.describe(directive=directive, heading=heading(number="61"), by=town.lead, now=NOW)


# what is asked for, the codes of the rows, the last received first
FILTERS = [
    (Wanted(), ["3/QĐ-UBND", "2/KH-UBND", "1/KH-UBND"]),
    (Wanted(direction=Direction.OUTGOING), ["3/QĐ-UBND"]),
    (Wanted(type="KH"), ["2/KH-UBND", "1/KH-UBND"]),
    (Wanted(year="2025"), ["1/KH-UBND"]),
    (Wanted(words="du lich"), ["2/KH-UBND"]),
    (Wanted(words="/KH-"), ["2/KH-UBND", "1/KH-UBND"]),
    (Wanted(unread=True), []),
]


@pytest.mark.parametrize(("wanted", "codes"), FILTERS)
def test_filters(wanted, codes):
    town = a_town()
    paper(town, "1", "KH-UBND", type="KH", date="2025-05", issuer="UBND tỉnh Sơn Khê")
    paper(town, "2", "KH-UBND", type="KH", date="2026-01-02", title="Phát triển du lịch")
    paper(town, "3", "QĐ-UBND", type="QĐ", date="2026-01-05", issuer=HOME)
    assert [row.code for row in selectors.register(town.lead, TODAY, wanted)] == codes
