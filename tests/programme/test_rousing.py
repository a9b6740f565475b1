"""Whose turn an obstacle is, is told, late who stands above; a unit of a direction and of a returned report."""

from datetime import date as D  # noqa: N812

import pytest

from builders import Said, a_person, a_town, an_issued_programme, at
from xulang.office import reminders
from xulang.organisation.enums import Role
from xulang.organisation.models import Person
from xulang.plumbing import mail
from xulang.programme import selectors, services
from xulang.programme.enums import EntryKind
from xulang.programme.models import Assignment, ExpectedReport, RaisedNotice
from xulang.programme.services import NewEvidence

pytestmark = pytest.mark.django_db
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-05-29", None))
OWN = Said("Tổng hợp báo cáo", ["Phòng Văn hóa và Thông tin"], deadline=("date", "2026-05-29", None))
MONDAY = D(2026, 4, 6)  # no holiday falls in this week and the next two


@pytest.fixture
def letters(monkeypatch):
    """The bodies of the digests that were written, by person."""
    monkeypatch.setattr(mail, "available", lambda: True)
    return {}


def run(day, letters=None):
    """The clock's round of a day, twice, as two workers would; what its letters took, by person and kind of line."""
    Person.objects.filter(email="").update(email="x@muonghoa.example")

    def compose(person, *what):
        subject, body = reminders.letter(person, *what)
        if letters is not None:
            letters[person] = f"{subject}\n{body}"
        return subject, body

    for hour in (7, 8):
        services.remind(now=at(day, hour), compose=compose)
    rows = RaisedNotice.objects.filter(digest__day=day).order_by("pk")
    return [(row.person, EntryKind(row.about.kind)) for row in rows]


def on(person):
    """What the page of reminders shows a person of this."""
    return [EntryKind(row.about.kind) for row in selectors.other_notices(person) if isinstance(row, RaisedNotice)]


def stuck(town, day=MONDAY):
    duty = Assignment.objects.select_related("task__programme__directive").get()
    by = town.lead if duty.unit == town.culture else town.finance_officer
    return services.raise_obstacle(assignment=duty, note="Thiếu kinh phí in bảng", by=by, now=at(day, 6))


def test_an_obstacle_is_told_to_whose_turn_it_is_and_back(letters):
    town = a_town()
    an_issued_programme(town, DATED)
    obstacle = stuck(town)
    assert run(MONDAY, letters) == [(town.lead, EntryKind.OBSTACLE)]
    body = letters[town.lead]
    assert "1 vướng mắc, chỉ đạo" in body
    assert "Phòng Tài chính - Kế hoạch nêu vướng mắc ngày 06/04/2026" in body
    assert "kinh phí" not in body, "no word of what a person wrote goes by mail"
    tuesday = D(2026, 4, 7)
    assert run(tuesday) == []
    services.escalate(obstacle=obstacle, note="Vượt thẩm quyền", by=town.lead, now=at(tuesday))
    assert on(town.lead) == [], "what went on waits for them no more"
    assert run(D(2026, 4, 8)) == [(town.leader, EntryKind.ESCALATED)]
    services.advise(obstacle=obstacle, note="Giao bố trí", by=town.leader, now=at(D(2026, 4, 8)))
    assert run(D(2026, 4, 9), letters) == [(town.finance_officer, EntryKind.DIRECTED)]
    assert "ý kiến chỉ đạo ngày 08/04/2026" in letters[town.finance_officer]
    assert on(town.finance_officer) == [EntryKind.DIRECTED]
    services.resolve(obstacle=obstacle, note="", by=town.finance_officer, now=at(D(2026, 4, 9)))
    assert on(town.finance_officer) == []
    assert run(D(2026, 4, 30)) == []


def test_an_obstacle_that_nobody_answers_is_told_again_and_above():
    town = a_town()
    an_issued_programme(town, DATED)
    stuck(town)
    days = [D(2026, 4, day) for day in (6, 7, 8, 9, 10, 13, 14, 15, 16)]
    told = {day: run(day) for day in days}
    lead, leader = (town.lead, EntryKind.OBSTACLE), (town.leader, EntryKind.OBSTACLE)
    third, seventh = D(2026, 4, 9), D(2026, 4, 15)  # working days after Monday the 6th
    assert {day: some for day, some in told.items() if some} == {
        MONDAY: [lead], third: [lead], seventh: [lead, leader],
    }  # fmt: skip
    assert on(town.lead) == [EntryKind.OBSTACLE], "one line, by its last notice"


def test_a_clock_that_stood_still_tells_the_last_step_alone():
    town = a_town()
    an_issued_programme(town, DATED)
    stuck(town)
    told = [(town.lead, EntryKind.OBSTACLE), (town.leader, EntryKind.OBSTACLE)]
    assert run(D(2026, 4, 16)) == [told[0], *told], "the first when it was raised; of the steps since then the last"
    assert (on(town.lead), on(town.leader)) == ([EntryKind.OBSTACLE], [EntryKind.OBSTACLE])


def test_what_the_focal_unit_is_stuck_with_goes_to_the_leader():
    town = a_town()
    an_issued_programme(town, OWN)
    stuck(town)
    assert run(MONDAY) == [(town.leader, EntryKind.OBSTACLE)]


def test_of_a_duty_that_was_taken_back_nobody_is_told(letters):
    town = a_town()
    an_issued_programme(town, DATED)
    stuck(town)
    assert on(town.lead) == [EntryKind.OBSTACLE], "at once, not with the next morning's letter"
    services.withdraw(assignment=Assignment.objects.get(), reason="Thôi", by=town.leader, now=at(MONDAY, 6))
    run(MONDAY, letters)
    assert (on(town.lead), letters) == ([], {})


def test_a_direction_is_told_to_the_unit_once(letters):
    town = a_town()
    an_issued_programme(town, DATED)
    head = a_person((Role.HEAD, town.finance))
    services.direct(assignments=Assignment.objects.all(), text="Xong sớm", by=town.leader, now=at(MONDAY, 6))
    assert run(MONDAY, letters) == [(town.finance_officer, EntryKind.DIRECTED), (head, EntryKind.DIRECTED)]
    assert "Xong sớm" not in letters[head]
    assert [run(D(2026, 4, day)) for day in (7, 9, 15)] == [[], [], []]
    services.mark_others_seen(by=head, now=at(MONDAY, 9), until=at(MONDAY, 9))
    assert (on(head), on(town.finance_officer)) == ([], [EntryKind.DIRECTED])


def test_a_returned_report_is_told_until_it_is_sent_again():
    town = a_town()
    an_issued_programme(town, DATED)
    expected = ExpectedReport.objects.select_related("assignment").get()
    sent = {
        "assignment": expected.assignment, "expected": expected, "kind": EntryKind.DONE, "by": town.finance_officer,
        "evidence": [NewEvidence(url="https://muonghoa.example/1")],
    }  # fmt: skip
    report = services.report(now=at(MONDAY, 5), **sent)
    services.return_report(entry=report, reason="Thiếu số", by=town.lead, now=at(MONDAY, 6))
    assert run(MONDAY) == [(town.finance_officer, EntryKind.RETURNED)]
    assert on(town.finance_officer) == [EntryKind.RETURNED]
    expected.refresh_from_db()
    services.report(now=at(MONDAY, 9), **sent)
    assert on(town.finance_officer) == []
