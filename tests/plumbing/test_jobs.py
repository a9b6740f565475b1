"""Jobs: run at least once whoever dies, tried again later and later, given up at last; one job a slot of time."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xulang.plumbing import jobs
from xulang.plumbing.models import JobLease, JobSlot

done: list[str] = []
HANOI = dt.timezone(dt.timedelta(hours=7))


@jobs.job
def note(what: str) -> None:
    done.append(what)


@jobs.job
def fail() -> None:
    done.append("tried")
    raise ValueError("không được")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    done.clear()
    monkeypatch.setattr(jobs, "_table", [])


class Clock:
    """The time of day, moved by hand from the real one: the engine itself looks at the real clock."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def __call__(self) -> dt.datetime:
        return timezone.now() + self.ahead


@pytest.mark.django_db(transaction=True)
def test_a_job_is_in_line_once_its_cause_holds() -> None:
    with transaction.atomic():
        jobs.enqueue(note, "bỏ")
        transaction.set_rollback(True)
    with transaction.atomic():
        jobs.enqueue(note, "giữ")
    assert jobs.Worker(Clock()).work_off() == 1
    assert done == ["giữ"]
    assert not JobLease.objects.exists()


@pytest.mark.django_db
def test_what_fails_is_tried_again_later_and_given_up_at_last(caplog: pytest.LogCaptureFixture) -> None:
    fail.enqueue()
    waits = []
    for _ in range(jobs.TRIES):
        assert jobs.Worker(Clock()).work_off() == 1  # it is not tried again at once
        row = DBTaskResult.objects.get()
        waits.append(round((row.run_after - timezone.now()).total_seconds() / 60))
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
    assert waits[: jobs.TRIES - 1] == [1, 2, 4, 8]
    assert (row.status, len(done)) == (TaskResultStatus.FAILED, jobs.TRIES)
    assert "không được" in row.traceback
    assert "given up" in caplog.text


@pytest.mark.django_db
def test_what_a_dead_worker_held_is_taken_back() -> None:
    note.enqueue("một")
    dead = jobs.Worker(Clock())
    held = dead._claimed()  # and then it is killed
    assert held is not None
    clock = Clock()
    assert jobs.Worker(clock).work_off() == 0  # it may still live
    clock.ahead = jobs.LEASE + dt.timedelta(seconds=1)
    assert jobs.reap(clock()) == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    assert jobs.Worker(Clock()).work_off() == 1
    assert done == ["một"]


@pytest.mark.django_db
def test_a_worker_that_died_after_its_job_was_done_costs_nothing() -> None:
    note.enqueue("một")
    dead = jobs.Worker(Clock())
    held = dead._claimed()
    assert held is not None
    dead._engine.run_task(held)  # and then it is killed, its lease not given back
    clock = Clock()
    clock.ahead = jobs.LEASE * 2
    assert jobs.reap(clock()) == 1
    assert jobs.Worker(Clock()).work_off() == 0
    assert done == ["một"]


@pytest.mark.django_db
def test_one_job_a_slot_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_table", [jobs.Periodic("note", jobs.daily(7), note_a_day)])
    morning = dt.datetime(2026, 3, 10, 7, 0, tzinfo=HANOI)
    assert [jobs.plan(morning), jobs.plan(morning + dt.timedelta(hours=9))] == [1, 0]
    assert jobs.plan(morning + dt.timedelta(days=1)) == 1
    assert JobSlot.objects.count() == DBTaskResult.objects.count() == 2


@jobs.job
def note_a_day() -> None:
    done.append("ngày")


@pytest.mark.parametrize(
    ("slot", "now", "begun"),
    [
        # Before the hour it is still the slot of the day before.
        (jobs.daily(7), (2026, 3, 10, 6, 59), (2026, 3, 9, 7, 0)),
        (jobs.daily(7), (2026, 3, 10, 7, 0), (2026, 3, 10, 7, 0)),
        (jobs.daily(7), (2026, 1, 1, 0, 0), (2025, 12, 31, 7, 0)),
        (jobs.every(1), (2026, 3, 10, 6, 59), (2026, 3, 10, 6, 59)),
        (jobs.every(15), (2026, 3, 10, 6, 59), (2026, 3, 10, 6, 45)),
        (jobs.every(60), (2026, 3, 10, 6, 59), (2026, 3, 10, 6, 0)),
    ],
)
def test_slots(slot: jobs.Clock, now: tuple[int, ...], begun: tuple[int, ...]) -> None:
    assert slot(dt.datetime(*now, second=30, tzinfo=HANOI)) == dt.datetime(*begun, tzinfo=HANOI)


@pytest.mark.django_db
def test_old_jobs_are_forgotten_and_what_was_given_up_is_kept_longer() -> None:
    note.enqueue("một")
    note.enqueue("hai")
    jobs.Worker(Clock()).work_off()
    DBTaskResult.objects.filter(pk=DBTaskResult.objects.all()[0].pk).update(status=TaskResultStatus.FAILED)
    now = timezone.now()
    assert [jobs.prune(now), jobs.prune(now + dt.timedelta(days=3)), jobs.prune(now + dt.timedelta(days=91))] == [
        0,
        1,
        1,
    ]
