"""From a reading to an issued programme: proposed, corrected act by act, issued whole or not at all."""

import datetime as dt

import pytest

from builders import (
    NOW,
    ONGOING,
    TODAY,
    Said,
    a_directive,
    a_person,
    a_programme,
    a_reading,
    a_town,
    a_unit,
    an_issued_programme,
)
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.models import JournalEntry
from xulang.programme import errors, selectors, services
from xulang.programme.enums import Cadence, DeadlineKind, Mode, ProgrammeState, TaskState, UnitRole
from xulang.programme.models import Assignment, Correction, Entry, ExpectedReport, Programme, Task, TaskSource
from xulang.programme.wording import title_of
from xulang.registry.models import Passage

pytestmark = pytest.mark.django_db

FOLLOWS_UP = Said(
    "Giao Phòng Văn hóa và Thông tin theo dõi, đôn đốc, tổng hợp báo cáo",
    lead=["Phòng Văn hóa và Thông tin"],
    deadline=("none", None, None),
    origin="organisation",
)
ASKED = Said(
    "Đề nghị Ban Tuyên giáo Thành ủy hướng dẫn",
    lead=["Ban Tuyên giáo Thành ủy"],
    deadline=("none", None, None),
    mode="request",
    origin="organisation",
)
WARDS = Said("Treo bảng giới thiệu", lead=["*UBND các phường, xã"], coordinating=["*các cơ quan liên quan"])


def codes(programme, person):
    """What still keeps the programme from being issued."""
    return [fault.code for fault in selectors.tasks_for_review(person, TODAY, programme.pk).faults]


def test_proposal():
    town = a_town()
    programme = a_programme(town.lead, ONGOING, WARDS, ASKED, FOLLOWS_UP)
    assert (programme.focal_unit, programme.focal_sure, programme.state) == (town.culture, True, ProgrammeState.REVIEW)
    assert (programme.starts_on, programme.ends_on) == (TODAY, dt.date(2026, 12, 31))
    first, second, third, _fourth = programme.tasks.all()
    assert (first.text, first.mode, first.state) == ("Giới thiệu chợ phiên", Mode.ORDER, TaskState.PROPOSED)
    assert first.sources.get().passage.text.startswith("Giới thiệu chợ phiên\nThực hiện: Phòng Văn")
    assert first.units.get().unit == town.culture
    assert third.mode == Mode.REQUEST
    wards, open_set = (row.meaning for row in second.units.all())
    assert set(wards.units.all()) == {town.ward, town.commune}
    assert (wards.proposed_sure, open_set.is_open, open_set.proposed_sure) == (True, True, True)
    with pytest.raises(errors.AlreadyProposed):
        services.propose(directive=programme.directive, by=town.lead, now=NOW)


def test_six_clicks_when_nothing_is_doubtful():
    """File, open, one cadence, one meaning for each set, confirm the sure, issue."""
    town = a_town()
    directive = a_directive(town.lead, a_reading(ONGOING, WARDS, ASKED, FOLLOWS_UP))  # 1
    programme = services.propose(directive=directive, by=town.lead, now=NOW)
    review = selectors.tasks_for_review(town.lead, TODAY, programme.pk)  # 2
    assert review.doubtful == []
    act = {"programme": programme, "by": town.lead, "now": NOW}
    services.set_cadence(cadence=Cadence.MONTH, **act)  # 3
    choices = {row.pk: "open" if row.is_open else [unit.pk for unit in row.units.all()] for row in review.sets}
    services.confirm_sets(choices=choices, **act)  # 4
    assert services.confirm_sure(**act) == 4  # 5
    programme = services.issue(**act)  # 6
    assert programme.state == ProgrammeState.ISSUED
    assert programme.focal_confirmed_by == town.lead


# the doubtful finding, the act that settles it
def _confirm_unit(programme, town):
    services.confirm_unit(task_unit=programme.tasks.get().units.get(), by=town.lead, now=NOW)


def _choose_unit(programme, town):
    services.correct_unit(task_unit=programme.tasks.get().units.get(), unit=town.finance, by=town.lead, now=NOW)


def _confirm_deadline(programme, town):
    services.confirm_deadline(task=programme.tasks.get(), by=town.lead, now=NOW)


def _choose_date(programme, town):
    services.correct_task(task=programme.tasks.get(), due_on=dt.date(2026, 6, 30), by=town.lead, now=NOW)


def _confirm_task(programme, town):
    services.confirm_task(task=programme.tasks.get(), by=town.lead, now=NOW)


def _confirm_set(programme, town):
    row = programme.sets.get()
    services.confirm_sets(programme=programme, choices={row.pk: [town.ward.pk]}, by=town.lead, now=NOW)


CULTURE = ["Phòng Văn hóa và Thông tin"]
DOUBTS = [
    # the reader was not sure of the unit's words; settled as matched, or by another choice
    (Said("Việc", CULTURE, units_sure=False), "doubt_unit", _confirm_unit),
    (Said("Việc", CULTURE, units_sure=False), "doubt_unit", _choose_unit),
    # the words are only like a name, or like none
    (Said("Việc", ["Phòng Văn hóa và Thôn tin"]), "doubt_unit", _confirm_unit),
    (Said("Việc", ["Ban Quản lý hang động"]), "unmatched", _choose_unit),
    # a deadline that the reader was not sure of, that is counted, that is past
    (
        Said("Việc", CULTURE, deadline=("date", "2026-06", None), deadline_sure=False),
        "doubt_deadline",
        _confirm_deadline,
    ),
    (Said("Việc", CULTURE, deadline=("date", "2026-06", None), deadline_sure=False), "doubt_deadline", _choose_date),
    (Said("Việc", CULTURE, deadline=("relative", "P15D", None)), "doubt_deadline", _choose_date),
    (Said("Việc", CULTURE, deadline=("date", "2025", None)), "doubt_deadline", _confirm_deadline),
    # not sure whether it is a task at all
    (Said("Việc", CULTURE, sure=False), "doubt_task", _confirm_task),
    # a set whose words have something left over
    (Said("Việc", ["*các phường có rừng"]), "set", _confirm_set),
]


@pytest.mark.parametrize(("said", "code", "settle"), DOUBTS)
def test_each_doubt_needs_its_own_act(said, code, settle):
    town = a_town()
    programme = a_programme(town.lead, said)
    act = {"programme": programme, "by": town.lead, "now": NOW}
    services.set_cadence(cadence=Cadence.QUARTER, **act)
    services.set_focal_unit(unit=town.culture, **act)
    # neither confirming what is sure nor issuing gets past it
    assert services.confirm_sure(**act) == 0
    assert code in codes(programme, town.lead)
    with pytest.raises(errors.NotReady) as told:
        services.issue(**act)
    assert code in [fault.code for fault in told.value.faults]
    assert not Assignment.objects.exists()
    if code != "doubt_task":
        with pytest.raises(errors.StillDoubtful):
            services.confirm_task(task=programme.tasks.get(), by=town.lead, now=NOW)
    settle(programme, town)
    services.confirm_sure(**act)
    assert services.issue(**act).state == ProgrammeState.ISSUED


def test_two_doubts_need_two_acts():
    town = a_town()
    programme = a_programme(
        town.lead, Said("Việc", CULTURE, units_sure=False, deadline=("date", "2026-06", None), deadline_sure=False)
    )
    _confirm_unit(programme, town)
    assert services.confirm_sure(programme=programme, by=town.lead, now=NOW) == 0
    _confirm_deadline(programme, town)
    assert services.confirm_sure(programme=programme, by=town.lead, now=NOW) == 1


def test_unknown_time_cannot_be_confirmed_only_corrected():
    town = a_town()
    programme = a_programme(town.lead, Said("Việc", CULTURE, deadline=("relative", None, None)))
    assert services.set_cadence(programme=programme, cadence=Cadence.MONTH, by=town.lead, now=NOW) == 0
    with pytest.raises(errors.NothingToConfirm):
        _confirm_deadline(programme, town)
    _choose_date(programme, town)
    assert services.confirm_sure(programme=programme, by=town.lead, now=NOW) == 1


def test_doubtful_set_is_confirmed_by_itself():
    town = a_town()
    programme = a_programme(town.lead, WARDS, Said("Việc", ["*các phường có rừng"]))
    sure, open_set, doubtful = programme.sets.all()
    act = {"programme": programme, "by": town.lead, "now": NOW}
    with pytest.raises(errors.OneAtATime, match="các phường có rừng"):
        services.confirm_sets(choices={sure.pk: [town.ward.pk], doubtful.pk: [town.ward.pk]}, **act)
    services.confirm_sets(choices={doubtful.pk: [town.ward.pk]}, **act)
    services.confirm_sets(choices={sure.pk: [town.ward.pk], open_set.pk: "open", doubtful.pk: [town.ward.pk]}, **act)
    # what was changed is kept, what was taken as proposed is not
    assert Correction.objects.filter(field="set").count() == 1


@pytest.mark.parametrize(("choice", "error"), [([], errors.SetNeedsUnits), ([987654], errors.UnknownUnits)])
def test_meaning_of_a_set_must_be_units_of_the_day(choice, error):
    town = a_town()
    programme = a_programme(town.lead, WARDS)
    with pytest.raises(error):
        services.confirm_sets(programme=programme, choices={programme.sets.first().pk: choice}, by=town.lead, now=NOW)


def test_cadence_is_for_what_names_no_time():
    town = a_town()
    programme = a_programme(
        town.lead,
        ONGOING,
        Said("Việc có ngày", CULTURE, deadline=("date", "2026-06-30", None)),
        Said("Việc hằng quý", CULTURE, deadline=("recurring", "25", "quarter")),
    )
    act = {"programme": programme, "by": town.lead, "now": NOW}
    assert services.set_cadence(cadence=Cadence.MONTH, **act) == 1
    # the other way round, later: what followed follows again
    assert services.set_cadence(cadence=Cadence.HALF, **act) == 1
    assert [(task.cadence, task.due_on) for task in programme.tasks.all()] == [
        (Cadence.HALF, None),
        (None, dt.date(2026, 6, 30)),
        (Cadence.QUARTER, None),
    ]


def test_corrections_are_kept_for_accuracy():
    town = a_town()
    programme = a_programme(town.lead, ONGOING, WARDS)
    task = programme.tasks.first()
    services.correct_task(task=task, text="Giới thiệu  chợ phiên Bến Đá", by=town.lead, now=NOW)
    services.correct_task(task=task, text="Giới thiệu chợ phiên Bến Đá", cadence=Cadence.YEAR, by=town.lead, now=NOW)
    services.correct_unit(task_unit=task.units.get(), unit=town.finance, by=town.lead, now=NOW)
    services.add_unit(task=task, unit=town.ward, role=UnitRole.COORDINATING, by=town.lead, now=NOW)
    told = [(row.field, row.read_as, row.corrected_to) for row in programme.corrections.all()]
    assert told == [
        ("text", "Giới thiệu chợ phiên", "Giới thiệu chợ phiên Bến Đá"),
        ("deadline", "ongoing", "ongoing YEAR"),
        ("unit", "Phòng Văn hóa và Thông tin: Phòng Văn hóa và Thông tin", "Phòng Tài chính - Kế hoạch"),
        ("unit", "", "Ủy ban nhân dân phường Bến Đá"),
    ]
    assert selectors.accuracy(town.lead, TODAY)[0].read == 0  # a review under way proves nothing


def test_accuracy_in_use():
    town = a_town()
    programme = a_programme(town.lead, ONGOING, WARDS, FOLLOWS_UP)
    act = {"by": town.lead, "now": NOW}
    services.correct_task(task=programme.tasks.first(), text="Khác", **act)
    services.correct_task(task=programme.tasks.first(), text="Khác nữa", **act)
    services.drop_task(task=programme.tasks.all()[1], **act)
    services.set_cadence(programme=programme, cadence=Cadence.MONTH, **act)
    services.confirm_sure(programme=programme, **act)
    services.issue(programme=programme, **act)
    found = {row.field: (row.read, row.corrected) for row in selectors.accuracy(town.lead, TODAY)}
    assert found["task"] == (3, 1)
    assert found["text"] == (3, 2)
    assert found["unit"] == (2, 0)
    assert found["focal_unit"] == (1, 0)
    assert selectors.accuracy(town.finance_officer, TODAY)[0].read == 0


def test_date_and_cadence_take_each_others_place():
    town = a_town()
    task = a_programme(town.lead, ONGOING).tasks.get()
    act = {"by": town.lead, "now": NOW}
    task = services.correct_task(task=task, cadence=Cadence.WEEK, **act)
    task = services.correct_task(task=task, due_on=dt.date(2026, 5, 1), **act)
    assert (task.due_on, task.cadence) == (dt.date(2026, 5, 1), None)
    deadline = services.NewDeadline(DeadlineKind.RECURRING, "25", "month")
    task = services.correct_task(task=task, deadline=deadline, **act)
    assert (task.due_on, task.cadence, task.deadline_value) == (None, Cadence.MONTH, "25")
    with pytest.raises(errors.DateOrCadence):
        services.correct_task(task=task, due_on=TODAY, cadence=Cadence.WEEK, **act)
    with pytest.raises(errors.TextNeeded):
        services.correct_task(task=task, text=" ", **act)


def test_other_words_are_matched_again():
    town = a_town()
    programme = a_programme(town.lead, Said("Việc", ["*các phòng, ban"]))
    row = services.correct_unit(task_unit=programme.tasks.get().units.get(), words="P. TC-KH", by=town.lead, now=NOW)
    assert (row.unit, row.sure, row.is_set, row.meaning) == (town.finance, True, False, None)
    row = services.correct_unit(task_unit=row, words="Phòng Tài chánh - Kế hoạch", by=town.lead, now=NOW)
    assert (row.unit, row.sure) == (town.finance, False)


def test_add_drop_restore():
    town = a_town()
    programme = a_programme(town.lead, ONGOING, WARDS)
    act = {"by": town.lead, "now": NOW}
    first, second = programme.tasks.all()
    start = first.sources.get().passage.end - 5
    added = services.add_task(programme=programme, start=start, end=start + 4, **act)
    by_words = services.add_task(programme=programme, text="Việc thêm", mode=Mode.REQUEST, **act)
    assert list(programme.tasks.all()) == [first, added, second, by_words]
    assert added.sources.get().passage.section == "II.1"
    with pytest.raises(errors.TextNeeded):
        services.add_task(programme=programme, **act)
    services.drop_task(task=second, **act)
    review = selectors.tasks_for_review(town.lead, TODAY, programme.pk)
    assert (review.dropped, len(review.tasks)) == ([second], 3)
    services.restore_task(task=second, **act)
    assert not programme.corrections.filter(corrected_to="dropped").exists()
    services.drop_unit(task_unit=first.units.get(), **act)
    services.set_cadence(programme=programme, cadence=Cadence.MONTH, **act)
    assert "no_lead" in codes(programme, town.lead)


def test_merge_keeps_every_passage_and_unit():
    town = a_town()
    programme = a_programme(
        town.lead,
        ONGOING,
        Said("Việc hai", ["Phòng Tài chính - Kế hoạch"], ["Phòng Văn hóa và Thông tin"], sure=False),
        Said("Việc ba", ["*UBND các phường, xã"]),
        ASKED,
    )
    first, second, third, asked = programme.tasks.all()
    merged = services.merge_tasks(tasks=[third, first, second], by=town.lead, now=NOW)
    assert merged == first
    assert merged.text == "Giới thiệu chợ phiên Việc hai Việc ba"
    assert merged.sources.count() == 3
    assert [(row.words, row.role) for row in merged.units.all()] == [
        ("Phòng Văn hóa và Thông tin", UnitRole.LEAD),
        ("Phòng Tài chính - Kế hoạch", UnitRole.LEAD),
        ("UBND các phường, xã", UnitRole.LEAD),
    ]
    assert merged.sure is False
    assert list(programme.tasks.exclude(state=TaskState.DROPPED)) == [first, asked]
    for wrong in ([first], [first, first], [first, asked], [first, second]):
        with pytest.raises(errors.CannotMerge):
            services.merge_tasks(tasks=wrong, by=town.lead, now=NOW)


def test_split_gives_each_half_its_words():
    town = a_town()
    programme = a_programme(town.lead, Said("Quay phim. Viết bài.", CULTURE), WARDS)
    task, last = programme.tasks.all()
    start = task.sources.get().passage.start
    second = services.split_task(task=task, at=start + len("Quay phim."), by=town.lead, now=NOW)
    assert [row.text for row in programme.tasks.all()][:2] == [
        "Quay phim.",
        "Viết bài.\nThực hiện: Phòng Văn hóa và Thông tin;",
    ]
    assert list(programme.tasks.all()) == [task, second, last]
    assert second.units.get().unit == town.culture
    assert second.sources.get().passage.text.startswith(" Viết bài.")
    for at in (start, start + 999, 0):
        with pytest.raises(errors.CannotSplit):
            services.split_task(task=task, at=at, by=town.lead, now=NOW)


def test_issue_makes_what_is_owed():
    town = a_town()
    programme = an_issued_programme(
        town, Said("Việc", CULTURE, ["*UBND các phường, xã"]), WARDS, ASKED, FOLLOWS_UP, cadence=Cadence.QUARTER
    )
    given = {(row.task.position, row.unit, row.role, row.mode) for row in Assignment.objects.all()}
    assert given == {
        (1, town.culture, "LEAD", "ORDER"),
        (1, town.ward, "COORDINATING", "ORDER"),
        (1, town.commune, "COORDINATING", "ORDER"),
        (2, town.ward, "LEAD", "ORDER"),
        (2, town.commune, "LEAD", "ORDER"),
        (3, town.propaganda, "LEAD", "REQUEST"),
        (4, town.culture, "LEAD", "ORDER"),
    }
    # leading units of orders owe a report each quarter; requests and coordinating units none
    owing = ExpectedReport.objects.values_list("assignment__task__position", "assignment__unit").distinct()
    assert set(owing) == {(1, town.culture.pk), (2, town.ward.pk), (2, town.commune.pk), (4, town.culture.pk)}
    assert ExpectedReport.objects.filter(assignment__task__position=4).count() == 4
    assert Entry.objects.filter(kind="ISSUED").count() == 7
    assert {row.unit for row in programme.directive.distributions.all()} == {
        town.culture,
        town.ward,
        town.commune,
        town.propaganda,
    }
    told = JournalEntry.objects.get(action="programme.issued").data
    assert told == {"tasks": 4, "assignments": 7, "expected": 16}
    with pytest.raises(errors.NotInReview):
        services.issue(programme=programme, by=town.lead, now=NOW)


def test_dated_task_owes_one_report():
    town = a_town()
    an_issued_programme(town, Said("Việc", CULTURE, deadline=("date", "2026-06", None)))
    row = ExpectedReport.objects.get()
    assert (row.period, row.period_start, row.due) == ("date", TODAY, dt.date(2026, 6, 30))


def test_cadence_without_a_period_in_the_span_is_told():
    town = a_town()
    programme = a_programme(town.lead, ONGOING)
    act = {"programme": programme, "by": town.lead, "now": NOW}
    services.set_cadence(cadence=Cadence.YEAR, **act)
    services.set_span(starts_on=TODAY, ends_on=dt.date(2026, 6, 30), **act)
    assert "no_period" in codes(programme, town.lead)
    services.set_span(starts_on=TODAY, ends_on=dt.date(2026, 12, 31), **act)
    assert "no_period" not in codes(programme, town.lead)
    with pytest.raises(errors.SpanBackwards):
        services.set_span(starts_on=TODAY, ends_on=TODAY - dt.timedelta(days=1), **act)


def test_focal_unit_that_was_not_read_surely_needs_an_act():
    town = a_town()
    unsure = Said("Phòng VH&TT theo dõi, tổng hợp", CULTURE, origin="organisation", units_sure=False)
    programme = a_programme(town.lead, unsure)
    assert (programme.focal_unit, programme.focal_sure) == (town.culture, False)
    assert "doubt_focal" in codes(programme, town.lead)
    services.confirm_focal_unit(programme=programme, by=town.lead, now=NOW)
    assert "doubt_focal" not in codes(programme, town.lead)
    assert not programme.corrections.exists()
    services.set_focal_unit(programme=programme, unit=town.finance, by=town.lead, now=NOW)
    assert programme.corrections.get().corrected_to == "Phòng Tài chính - Kế hoạch"
    none = a_programme(town.lead, ONGOING)
    assert "no_focal" in codes(none, town.lead)


def _review_verbs(programme, person, town):
    """Every verb of the review."""
    task, other = programme.tasks.all()[:2]
    unit = task.units.first()
    act = {"by": person, "now": NOW}
    whole = {"programme": programme, **act}
    return [
        lambda: services.set_cadence(cadence=Cadence.MONTH, **whole),
        lambda: services.confirm_sets(choices={programme.sets.first().pk: "open"}, **whole),
        lambda: services.set_focal_unit(unit=town.finance, **whole),
        lambda: services.confirm_focal_unit(**whole),
        lambda: services.set_span(starts_on=TODAY, ends_on=TODAY, **whole),
        lambda: services.confirm_sure(**whole),
        lambda: services.confirm_task(task=task, **act),
        lambda: services.correct_task(task=task, text="x", **act),
        lambda: services.confirm_deadline(task=task, **act),
        lambda: services.correct_unit(task_unit=unit, unit=town.finance, **act),
        lambda: services.confirm_unit(task_unit=unit, **act),
        lambda: services.add_unit(task=task, unit=town.ward, role=UnitRole.LEAD, **act),
        lambda: services.drop_unit(task_unit=unit, **act),
        lambda: services.add_task(text="x", **whole),
        lambda: services.drop_task(task=task, **act),
        lambda: services.restore_task(task=task, **act),
        lambda: services.merge_tasks(tasks=[task, other], **act),
        lambda: services.split_task(task=task, at=5, **act),
        lambda: services.issue(**whole),
    ]


def test_only_lead_officers_of_the_office_review():
    town = a_town()
    programme = a_programme(town.lead, ONGOING, WARDS, FOLLOWS_UP)
    elsewhere = a_person((Role.LEAD_OFFICER, a_unit("UBND thành phố khác", "ubnd_tp")))
    before = JournalEntry.objects.count()
    for person in (town.finance_officer, town.leader, town.administrator, town.auditor, elsewhere, a_person()):
        for verb in _review_verbs(programme, person, town):
            with pytest.raises(NotPermitted):
                verb()
        with pytest.raises(NotPermitted):
            services.propose(directive=programme.directive, by=person, now=NOW)
    assert JournalEntry.objects.count() == before


def test_nothing_is_reviewed_after_issue():
    town = a_town()
    programme = an_issued_programme(town, ONGOING, WARDS, FOLLOWS_UP)
    for verb in _review_verbs(programme, town.lead, town):
        with pytest.raises(errors.NotInReview):
            verb()


def test_who_sees_a_programme_and_its_tasks():
    town = a_town()
    programme = a_programme(town.lead, ONGOING, WARDS, FOLLOWS_UP)
    for person in (town.lead, town.leader):
        assert list(selectors.programmes(person, TODAY)) == [programme]
    blind = (town.ward_officer, town.finance_officer, town.administrator, town.auditor)
    for person in blind:
        assert list(selectors.programmes(person, TODAY)) == []
        assert not Task.objects.for_user(person, TODAY).exists()
        with pytest.raises(Programme.DoesNotExist):
            selectors.tasks_for_review(person, TODAY, programme.pk)
    assert selectors.tasks_for_review(town.lead, TODAY, programme.pk).may_review
    assert not selectors.tasks_for_review(town.leader, TODAY, programme.pk).may_review


def test_issued_programme_is_seen_where_it_is_served():
    town = a_town()
    programme = an_issued_programme(town, ONGOING, WARDS)
    assert list(selectors.programmes(town.ward_officer, TODAY)) == [programme]
    assert [task.text for task in Task.objects.for_user(town.ward_officer, TODAY)] == ["Treo bảng giới thiệu"]
    assert list(selectors.programmes(town.finance_officer, TODAY)) == []
    with pytest.raises(Programme.DoesNotExist):
        selectors.tasks_for_review(town.ward_officer, TODAY, programme.pk)


def test_review_does_not_ask_more_for_more_tasks(django_assert_max_num_queries):
    town = a_town()
    few = a_programme(town.lead, ONGOING, WARDS, FOLLOWS_UP)
    many = a_programme(town.lead, *[ONGOING, WARDS, FOLLOWS_UP] * 6)
    for programme in (few, many):
        with django_assert_max_num_queries(32) as counted:
            review = selectors.tasks_for_review(town.lead, TODAY, programme.pk)
            for row in review.tasks:
                assert [source.passage.start for source in row.task.sources.all()]
                assert [str(unit.unit_id) + unit.words for unit in row.task.units.all()]
        if programme is few:
            least = len(counted)
    assert len(counted) == least


def test_issue_does_not_ask_more_for_more_units(django_assert_max_num_queries):
    town = a_town()
    for number in range(20):
        a_unit(f"Ủy ban nhân dân xã Số {number}", "xa", town.home)
    programme = a_programme(town.lead, *[WARDS] * 8, FOLLOWS_UP)
    act = {"programme": programme, "by": town.lead, "now": NOW}
    services.set_cadence(cadence=Cadence.MONTH, **act)
    sets = programme.sets.all()
    services.confirm_sets(
        choices={row.pk: "open" if row.is_open else [u.pk for u in row.units.all()] for row in sets}, **act
    )
    services.confirm_sure(**act)
    # 1,770 rows in bulk: SQLite takes some ninety in one statement; one by one there would be thousands
    with django_assert_max_num_queries(76):
        services.issue(**act)
    assert ExpectedReport.objects.count() == (8 * 22 + 1) * 10


def test_a_heading_keeps_its_line():
    """What stands for the whole where space is short is the heading, not the heading run into its first words."""
    text = "1. Mở lớp\nDạy nghề dệt  cho hội viên.\n\nThời gian: Thường xuyên."
    found = {"at": [0, len(text)], "lead": [], "coordinating": [], "deadline": {"at": [52, 64]}, "origin": "line"}
    assert title_of(found, text) == "Mở lớp\nDạy nghề dệt cho hội viên."
    town = a_town()
    task = a_programme(town.lead, Said("Quay phim.", CULTURE)).tasks.first()
    told = services.correct_task(task=task, text="Mở lớp\r\nDạy nghề\r\n", by=town.lead, now=NOW)
    assert told.text == "Mở lớp\nDạy nghề"


def test_a_plan_of_two_thousand_tasks_is_reviewed():
    """A foreign key fetched apart becomes an OR a row on SQLite, which refuses more than a thousand."""
    town = a_town()
    programme = a_programme(town.lead, Said("Quay phim.", CULTURE))
    first = programme.tasks.get()
    place = first.sources.get().passage
    rows = [Task(programme=programme, text="Quay phim.", position=n) for n in range(2, 2001)]
    made = Task.objects.bulk_create(rows)
    spots = Passage.objects.bulk_create(
        Passage(directive=place.directive, start=100_000 + n, end=100_001 + n) for n in range(len(made))
    )
    TaskSource.objects.bulk_create(TaskSource(task=t, passage=p) for t, p in zip(made, spots, strict=True))
    assert len(selectors.tasks_for_review(town.lead, TODAY, programme.pk).tasks) == 2000
