"""Requests: agreed to, declined with a reason, answered by letter; never late, never counted."""

import datetime as dt

import pytest

from builders import NOW, TODAY, Said, a_town, an_issued_programme, at
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry
from xulang.programme import errors, selectors, services
from xulang.programme.enums import AssignmentState, EntryKind
from xulang.programme.models import Assignment
from xulang.programme.rebuild import rebuild
from xulang.programme.selectors import Figures
from xulang.programme.services import NewEvidence, NewLetter

pytestmark = pytest.mark.django_db
ASKED = Said("Đề nghị hướng dẫn", ["Phòng Tài chính - Kế hoạch"], mode="request", deadline=("none", None, None))
LETTER = NewLetter("118/TCKH-NS", TODAY)
FILE = NewEvidence(data=b"Cong van", name="118.txt")
LATER = dt.date(2031, 1, 1)


def asked():
    town = a_town()
    programme = an_issued_programme(town, ASKED)
    return town, Assignment.objects.get(task__programme=programme)


def test_the_last_answer_stands_and_no_figure_counts_it():
    town, request = asked()
    told = []
    for kind, note in (
        (EntryKind.DECLINED, "Ngoài chức năng"),
        (EntryKind.ACCEPTED, ""),
        (EntryKind.ANSWERED, "Đã hướng dẫn"),
    ):
        services.answer_request(assignment=request, kind=kind, note=note, by=town.finance_officer, now=NOW)
        request.refresh_from_db()
        told.append((request.state, selectors.requests(town.lead, TODAY).get().answered_as))
    assert told == [
        (AssignmentState.DECLINED, EntryKind.DECLINED),
        (AssignmentState.ANSWERED, EntryKind.ACCEPTED),
        (AssignmentState.ANSWERED, EntryKind.ANSWERED),
    ]
    assert rebuild() == 0
    assert selectors.figures(town.leader, LATER, on=LATER) == Figures()
    assert selectors.late(town.leader, LATER, most=5) == []


def test_a_letter_has_number_day_and_file_and_the_lead_office_enters_it_for_a_body_that_does_not():
    town, request = asked()
    act = {"assignment": request, "by": town.lead, "now": NOW}
    for letter, evidence in (
        (NewLetter(" ", TODAY), [FILE]),
        (NewLetter("118/TCKH", TODAY + dt.timedelta(days=1)), [FILE]),
        (LETTER, []),
        (LETTER, [NewEvidence(url="https://muonghoa.example/118")]),
    ):
        with pytest.raises(errors.LetterNeeded):
            services.answer_request(letter=letter, evidence=evidence, **act)
    entry = services.answer_request(letter=LETTER, evidence=[FILE], **act)
    assert (entry.letter.number, entry.letter.dated, entry.post.unit) == ("118/TCKH-NS", TODAY, town.culture)
    assert JournalEntry.objects.order_by("-id").first().data["letter"] == "118/TCKH-NS"
    request.refresh_from_db()
    assert request.state == AssignmentState.ANSWERED
    story = selectors.assignment(town.lead, TODAY, request.pk)
    assert (story.may_answer, story.may_enter_letter) == (False, True)


# who, what they answer, the refusal
REFUSED = [
    ("finance_officer", {"kind": EntryKind.DECLINED, "note": " "}, ReasonNeeded),
    ("finance_officer", {}, errors.NoteNeeded),
    ("finance_officer", {"kind": EntryKind.DONE, "note": "xong"}, errors.IsOrder),
    # only a letter is entered for another
    ("lead", {"note": "Họ đồng ý"}, NotPermitted),
    ("ward_officer", {"letter": LETTER, "evidence": [FILE]}, NotPermitted),
    ("leader", {"letter": LETTER, "evidence": [FILE]}, NotPermitted),
]


@pytest.mark.parametrize(("who", "given", "refusal"), REFUSED)
def test_refused_answers(who, given, refusal):
    town, request = asked()
    with pytest.raises(refusal):
        services.answer_request(assignment=request, by=getattr(town, who), now=NOW, **given)
    assert request.entries.count() == 1


def test_who_sees_what_was_asked_the_longest_open_first():
    town, first = asked()
    second = an_issued_programme(town, ASKED, now=at(TODAY + dt.timedelta(days=1)))
    people = (town.lead, town.leader, town.finance_officer, town.ward_officer, town.auditor)
    seen = [[row.issued_on for row in selectors.requests(who, LATER)] for who in people]
    days = [TODAY, TODAY + dt.timedelta(days=1)]
    assert seen == [days, days, [], [], []]
    services.withdraw(assignment=first, reason="Không cần nữa", by=town.lead, now=NOW)
    assert selectors.requests(town.lead, LATER).get().task.programme == second
    services.close(programme=second, text="Xong", by=town.lead, now=NOW)
    assert not selectors.requests(town.lead, LATER).exists()
