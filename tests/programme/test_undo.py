"""Taking back the last act of a review: whatever it was, the rows are as they were before it."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from builders import NOW, ONGOING, Said, a_person, a_programme, a_town
from xulang.organisation.enums import Role
from xulang.plumbing import journal
from xulang.plumbing.errors import Refused
from xulang.programme import errors, services
from xulang.programme.enums import Cadence, Mode, UnitRole
from xulang.programme.models import Correction, ReviewStep
from xulang.programme.services import undoing

WARDS = Said("Treo bảng giới thiệu", lead=["*UBND các phường, xã"], coordinating=["*các cơ quan liên quan"])
LONG = Said("Mở lớp học. Mời thầy về dạy", lead=["Phòng Văn hóa và Thông tin"])


def _split(programme, act):
    task = programme.tasks.last()
    services.split_task(task=task, at=task.sources.get().passage.start + 12, **act)


def _sets(programme, act):
    row = programme.sets.filter(is_open=False).get()
    services.confirm_sets(programme=programme, choices={row.pk: [row.units.first().pk]}, **act)


# Each act of a review, on a programme with an ongoing task, a task of sets, and one of two sentences.
ACTS = {
    "cadence": lambda p, act: services.set_cadence(programme=p, cadence=Cadence.MONTH, **act),
    "sets": _sets,
    "focal": lambda p, act: services.set_focal_unit(programme=p, unit=p.directive.home_unit, **act),
    "span": lambda p, act: services.set_span(
        programme=p, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2027, 1, 1), **act
    ),
    "sure": lambda p, act: services.confirm_sure(programme=p, **act),
    "text": lambda p, act: services.correct_task(task=p.tasks.first(), text="Chữ khác", mode=Mode.REQUEST, **act),
    "date": lambda p, act: services.correct_task(task=p.tasks.first(), due_on=dt.date(2026, 9, 1), **act),
    "unit": lambda p, act: services.add_unit(
        task=p.tasks.first(), unit=p.directive.home_unit, role=UnitRole.COORDINATING, **act
    ),
    "unit away": lambda p, act: services.drop_unit(task_unit=p.tasks.first().units.first(), **act),
    "confirm": lambda p, act: services.confirm_task(task=p.tasks.first(), **act),
    "add": lambda p, act: services.add_task(programme=p, text="Việc thêm", start=0, end=9, **act),
    "drop": lambda p, act: services.drop_task(task=p.tasks.first(), **act),
    "restore": lambda p, act: services.restore_task(task=p.tasks.filter(state="DROPPED").first(), **act),
    "merge": lambda p, act: services.merge_tasks(tasks=list(p.tasks.all()[:2]), **act),
    "split": _split,
}


def doing(programme, by, name):
    """One act, kept so that it can be taken back; whether it was one that the state of things allowed."""
    try:
        with transaction.atomic(), services.undoable(programme=programme, by=by, now=NOW):
            ACTS[name](programme, {"by": by, "now": NOW})
    except (Refused, AttributeError, programme.tasks.model.DoesNotExist, programme.sets.model.DoesNotExist):
        return False  # nothing there to do it on: a task dropped twice, a unit taken away twice
    return True


class Histories(TestCase):
    """Acts in any order, taken back one by one to the beginning."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=7))
    def test_every_act_is_taken_back(self, names):
        town = a_town()
        programme = a_programme(town.lead, ONGOING, WARDS, LONG)
        pictures = []
        for name in names:
            before, steps = undoing._rows(programme), programme.steps.count()
            if doing(programme, town.lead, name) and programme.steps.count() > steps:
                pictures.append(before)
        for before in reversed(pictures):
            services.undo(programme=programme, by=town.lead, now=NOW)
            assert undoing._rows(programme) == before
        with pytest.raises(errors.NothingToUndo):
            services.undo(programme=programme, by=town.lead, now=NOW)
        assert journal.verify().ok


@pytest.mark.django_db
def test_each_act_changes_something_and_is_taken_back():
    """No row of ACTS is idle: but for restoring, which needs something dropped, each is done once on a new review."""
    town = a_town()
    programme = a_programme(town.lead, ONGOING, WARDS, LONG)
    for name in ACTS:
        if name == "restore":
            continue
        before = undoing._rows(programme)
        assert doing(programme, town.lead, name), name
        assert undoing._rows(programme) != before, name
        services.undo(programme=programme, by=town.lead, now=NOW)
        assert undoing._rows(programme) == before, name


@pytest.mark.django_db
def test_what_another_person_changed_since_is_not_taken_back():
    town = a_town()
    other = a_person((Role.LEAD_OFFICER, town.culture))
    programme = a_programme(town.lead, ONGOING, WARDS)
    doing(programme, town.lead, "text")
    doing(programme, other, "date")
    with pytest.raises(errors.ChangedSince):
        services.undo(programme=programme, by=town.lead, now=NOW)
    services.undo(programme=programme, by=other, now=NOW)
    services.undo(programme=programme, by=town.lead, now=NOW)
    assert not Correction.objects.exists()


@pytest.mark.django_db
def test_issuing_ends_what_could_be_taken_back():
    town = a_town()
    programme = a_programme(town.lead, ONGOING)
    assert doing(programme, town.lead, "cadence")
    services.confirm_sure(programme=programme, by=town.lead, now=NOW)
    services.set_focal_unit(programme=programme, unit=town.culture, by=town.lead, now=NOW)
    services.issue(programme=programme, by=town.lead, now=NOW)
    assert not ReviewStep.objects.exists()
    with pytest.raises(errors.NotInReview):
        services.undo(programme=programme, by=town.lead, now=NOW)
