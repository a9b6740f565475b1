"""Directives received: read, registered, told apart, refused; given to units and read there."""

import pytest

from builders import NOW, ONGOING, TODAY, a_directive, a_person, a_reading, a_town, a_unit, reading_as, sha256
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import UnknownFile
from xulang.plumbing.models import JournalEntry, StoredFile
from xulang.registry import ports, selectors, services
from xulang.registry.enums import DirectiveState
from xulang.registry.errors import AlreadyHeld, MarkedSecret, Unreadable
from xulang.registry.models import Directive

pytestmark = pytest.mark.django_db


def test_received_directive_holds_what_was_read():
    town = a_town()
    reading = a_reading(ONGOING, number="12", symbol="KH-UBND", issuer="UBND thành phố", type="KH", date="2026-03-01")
    directive = a_directive(town.lead, reading, data=b"ke hoach")
    assert (directive.code, directive.type, directive.issued_on) == ("12/KH-UBND", "KH", "2026-03-01")
    assert (directive.home_unit, directive.received_by, directive.sha256) == (town.home, town.lead, sha256(b"ke hoach"))
    assert directive.issued_date.isoformat() == "2026-03-01"
    assert directive.findings == reading


# number, symbol, code as printed (Nghị định 30/2020; the Party's symbols have the stroke themselves)
CODES = [
    ("61", "KH-UBND", "61/KH-UBND"),
    ("149", "KH/TU", "149-KH/TU"),
    ("15/2010", "TT-BTC", "15/2010/TT-BTC"),
    ("", "KH-UBND", ""),
    ("61", "", ""),
]


@pytest.mark.parametrize(("number", "symbol", "code"), CODES)
def test_codes(number, symbol, code):
    assert services.code_of(number, symbol) == code


# date as printed, the day that is known
@pytest.mark.parametrize(("printed", "known"), [("2026-03", False), ("2026", False), ("2026-03-09", True)])
def test_a_day_only_where_one_is_printed(printed, known):
    directive = a_directive(a_town().lead, a_reading(date=printed))
    assert (directive.issued_on, directive.issued_date is not None) == (printed, known)


def test_duplicate_is_told_with_who_and_when():
    town = a_town()
    first = a_directive(town.lead, a_reading(), data=b"x")
    with pytest.raises(AlreadyHeld, match=r"Hoàng Mai Lan.*09:00 10/03/2026") as told:
        a_directive(town.lead, a_reading(), data=b"x")
    assert told.value.directive == first
    assert StoredFile.objects.count() == 1


def test_another_office_may_hold_the_same_paper():
    town = a_town()
    a_directive(town.lead, a_reading(), data=b"x")
    ward_lead = a_person((Role.LEAD_OFFICER, town.ward))
    assert a_directive(ward_lead, a_reading(), data=b"x").home_unit == town.ward


def test_same_paper_in_another_file_is_seen():
    town = a_town()
    first, second = (a_directive(town.lead, a_reading(issuer="UBND thành phố")) for _ in range(2))
    other = a_directive(town.lead, a_reading(issuer="UBND tỉnh"))
    assert list(selectors.same_papers(town.lead, TODAY, second)) == [first]
    assert not selectors.same_papers(town.lead, TODAY, other).exists()


def test_secret_paper_leaves_a_register_entry_without_content():
    town = a_town()
    secret = a_reading(warnings=[("secret", "Văn bản mật.")])
    for _ in range(2):  # a second try is refused alike and makes no second entry
        with pytest.raises(MarkedSecret):
            a_directive(town.lead, secret, data=b"mat")
    entry = Directive.objects.get()
    assert entry.state == DirectiveState.REFUSED_SECRET
    assert (entry.file, entry.text, entry.reading, entry.title) == (None, "", None, "")
    assert StoredFile.objects.count() == 0
    assert JournalEntry.objects.filter(action="directive.refused_secret").count() == 1


@pytest.mark.parametrize("code", ["unreadable", "encrypted", "too_large", "empty"])
def test_unreadable_paper_keeps_nothing_and_says_why(code):
    town = a_town()
    with pytest.raises(Unreadable, match="Hãy gửi bản khác"):
        a_directive(town.lead, a_reading(warnings=[(code, "Hãy gửi bản khác.")]))
    assert not Directive.objects.exists()
    assert not StoredFile.objects.exists()


def test_program_is_refused_before_anybody_reads_it():
    town = a_town()

    def never(data, name):
        raise AssertionError("read")

    before = list(ports._registered)
    ports.register_reader(never)
    try:
        with pytest.raises(UnknownFile):
            services.receive(data=b"MZ\x90\0", name="plan.pdf", by=town.lead, now=NOW)
    finally:
        ports._registered[:] = before


def test_only_lead_officers_receive():
    town = a_town()
    for person in (town.finance_officer, town.leader, town.administrator, town.auditor, a_person()):
        with pytest.raises(NotPermitted):
            a_directive(person, a_reading())


def a_citation(code, **more):
    """A citation by the contract."""
    blank = {"number": None, "symbol": None, "type": None, "date": None, "issuer": None, "title": None}
    return blank | {"code": code, "relation": "implements", "at": [[0, 2]]} | more


# what the citation says besides the code, whether it is the held paper of 2026-02-06 by UBND tỉnh Sơn Khê
LINKS = [
    ({}, True),
    ({"date": "2026-02-06"}, True),
    ({"date": "2026-02"}, True),
    ({"date": "2025-02-06"}, False),
    ({"issuer": "UBND tỉnh"}, True),
    ({"issuer": "UBND huyện"}, False),
]


@pytest.mark.parametrize(("said", "linked"), LINKS)
@pytest.mark.parametrize("cited_first", [True, False])
def test_citations_meet_held_papers_whichever_came_first(said, linked, cited_first):
    town = a_town()
    cited = a_reading(number="45", symbol="KH-UBND", issuer="UBND tỉnh Sơn Khê", date="2026-02-06")
    citing = a_reading(number="12", symbol="KH-UBND") | {"citations": [a_citation("45/KH-UBND", **said)]}
    papers = [a_directive(town.lead, reading) for reading in ([cited, citing] if cited_first else [citing, cited])]
    held, maker = papers if cited_first else papers[::-1]
    assert maker.citations.get().cited == (held if linked else None)


def test_distribution_and_reading():
    town = a_town()
    directive = a_directive(town.lead, a_reading())
    assert not Directive.objects.for_user(town.ward_officer, TODAY).exists()
    services.distribute(directive=directive, units=[town.ward, town.finance, town.ward], by=town.lead, now=NOW)
    assert services.distribute(directive=directive, units=[town.ward], by=town.lead, now=NOW) == []
    services.mark_read(directive=directive, by=town.ward_officer, now=NOW)
    assert {row.unit: row.read_by for row in directive.distributions.all()} == {
        town.ward: town.ward_officer,
        town.finance: None,
    }
    with pytest.raises(NotPermitted):
        services.distribute(directive=directive, units=[town.centre], by=town.ward_officer, now=NOW)


def test_who_sees_a_directive():
    town = a_town()
    directive = a_directive(town.lead, a_reading())
    services.distribute(directive=directive, units=[town.ward], by=town.lead, now=NOW)
    other_lead = a_person((Role.LEAD_OFFICER, town.ward))
    elsewhere = a_person((Role.LEAD_OFFICER, a_unit("UBND thành phố khác", "ubnd_tp")))
    sees = [town.lead, town.leader, town.ward_officer, other_lead]
    blind = [town.finance_officer, town.administrator, town.auditor, elsewhere]
    assert [list(selectors.directives(person, TODAY)) for person in sees] == [[directive]] * len(sees)
    assert [list(selectors.directives(person, TODAY)) for person in blind] == [[]] * len(blind)
    with pytest.raises(Directive.DoesNotExist):
        selectors.directive(town.finance_officer, TODAY, directive.pk)


def test_register_does_not_ask_more_for_more_rows(django_assert_num_queries):
    town = a_town()
    for _ in range(4):
        a_directive(town.lead, a_reading())
    with django_assert_num_queries(5):  # three for the scope, the rows, the names
        for row in selectors.directives(town.lead, TODAY):
            assert row.received_by.full_name
            assert row.home_unit.name_on(TODAY)


def test_passage_knows_its_innermost_section():
    reading = a_reading(ONGOING)
    reading["sections"].append({"id": "II", "at": [0, len(reading["text"])]})
    directive = a_directive(a_town().lead, reading)
    start, end = reading["tasks"][0]["at"]
    found = services.passage(directive, start + 1, end)
    assert (found.section, found.text) == ("II.1", reading["text"][start + 1 : end])
    assert services.passage(directive, start + 1, end) == found


def test_without_a_reader_the_wiring_is_to_blame():
    before = list(ports._registered)
    ports._registered.clear()
    try:
        with pytest.raises(LookupError):
            ports.reader()
    finally:
        ports._registered[:] = before
    with reading_as({"made": "up"}):
        assert ports.reader()(b"", "") == {"made": "up"}
