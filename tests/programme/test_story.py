"""The story of a task: everything that happened to it, for each as far as they may see it."""

import datetime as dt

import pytest

from builders import ONGOING, TODAY, Said, a_town, an_issued_programme, at
from xulang.programme import selectors, services
from xulang.programme.enums import EntryKind, UnitRole
from xulang.programme.models import Assignment, ExpectedReport, Task
from xulang.programme.services import NewEvidence
from xulang.registry.recipients import mark_read

pytestmark = pytest.mark.django_db
MAY = dt.date(2026, 5, 20)
WARDS = Said("Treo bảng", ["*UBND các phường, xã"], ["Phòng Văn hóa và Thông tin"], deadline=("date", "2026-04", None))
LINK = NewEvidence(url="https://muonghoa.example/1")


def told(person, day=MAY, **page):
    story = selectors.task(person, day, Task.objects.get(text__startswith="Treo bảng").pk)
    some = selectors.assignments_of(person, day, story.task.pk)
    return story, selectors.parts(person, day, story, list(some))


def test_the_whole_story_and_a_units_own_part_of_it():
    town = a_town()
    programme = an_issued_programme(town, WARDS, ONGOING)
    ward = ExpectedReport.objects.get(assignment__unit=town.ward)
    entry = services.report(
        assignment=ward.assignment,
        expected=ward,
        kind=EntryKind.DONE,
        note="Đã treo 14 bảng.",
        evidence=[LINK],
        by=town.ward_officer,
        now=at(TODAY),
    )
    services.return_report(entry=entry, reason="Thiếu ảnh", by=town.lead, now=at(TODAY))
    commune = Assignment.objects.get(unit=town.commune)
    services.withdraw(assignment=commune, reason="Đã sáp nhập", by=town.lead, now=at(TODAY))
    mark_read(directive=programme.directive, by=town.ward_officer, now=at(TODAY))
    story, parts = told(town.leader)
    assert [source.passage.text.split("\n")[0] for source in story.sources] == ["Treo bảng"]
    counted = (story.tally.leading, story.tally.coordinating, story.tally.reports, story.tally.overdue)
    assert counted == (2, 1, 1, 1)
    # Leading units first, of those the late one; the coordinating one last.
    assert [part.assignment.unit for part in parts] == [town.ward, town.commune, town.culture]
    assert [[row.kind for row in part.entries] for part in parts] == [
        ["ISSUED", "DONE", "RETURNED"],
        ["ISSUED", "WITHDRAWN"],  # that its report lapsed goes without saying
        ["ISSUED"],
    ]
    assert [row.read_by for row in parts[0].given] == [town.ward_officer]
    assert story.readable == {programme.directive_id}
    # The ward sees its own part alone, and the words that order it.
    story, parts = told(town.ward_officer)
    assert [part.assignment.unit for part in parts] == [town.ward]
    assert (story.tally.leading, story.tally.coordinating) == (1, 0)
    assert story.corrections == []


def test_corrections_of_the_review_are_told_to_those_who_lead():
    town = a_town()
    directive = an_issued_programme(town, ONGOING).directive
    task = directive.programme.tasks.get()
    assert selectors.task(town.lead, MAY, task.pk).corrections == []
    directive.programme.corrections.create(
        task=task, field="text", read_as="chợ", corrected_to="chợ phiên", by=town.lead, at=at(TODAY)
    )
    assert [row.corrected_to for row in selectors.task(town.lead, MAY, task.pk).corrections] == ["chợ phiên"]


def test_a_task_that_is_not_to_be_seen_has_no_story():
    town = a_town()
    an_issued_programme(town, ONGOING)
    task = Task.objects.get()
    for person in (town.ward_officer, town.administrator, town.auditor):
        with pytest.raises(Task.DoesNotExist):
            selectors.task(person, MAY, task.pk)
    assert selectors.task(town.leader, MAY, task.pk).task == task


def test_the_story_asks_no_more_for_more_units(django_assert_max_num_queries):
    town = a_town()
    an_issued_programme(town, WARDS)
    story, _parts = told(town.leader)
    some = list(selectors.assignments_of(town.leader, MAY, story.task.pk))
    asked = []
    for few in (some[:1], some):
        with django_assert_max_num_queries(20) as counted:
            for part in selectors.parts(town.leader, MAY, story, few):
                assert part.assignment.unit.name_on(MAY)
                assert [(entry.by.full_name, list(entry.evidence.all())) for entry in part.entries]
        asked.append(len(counted))
    assert asked[0] == asked[1]
    assert {one.role for one in some} == {UnitRole.LEAD, UnitRole.COORDINATING}
