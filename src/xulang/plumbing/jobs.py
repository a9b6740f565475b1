"""Work in the background, over django-tasks-db: a lease with a heartbeat, a reaper, retries, and a periodic table.

Guarantee: a job that was committed runs at least once, whoever is killed meanwhile, so every job must bear being run
again. As shipped, a killed worker leaves its job RUNNING for ever; here a job in hand has a lease, and a lease without
a heartbeat is taken back. All calls of the engine are in this file.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as Engine
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from xulang.plumbing.models import JobLease, JobSlot

LEASE = dt.timedelta(seconds=60)  # without a heartbeat for so long, whoever held it is dead
BEAT = 10.0  # seconds
TRIES = 5
_KEPT = dt.timedelta(days=2)  # what went well
_KEPT_DEAD = dt.timedelta(days=90)  # what was given up, for whoever looks into it

Job = Task[..., None]
Clock = Callable[[], dt.datetime]


def job(work: Callable[..., None]) -> Job:
    """A function of a module, with arguments that JSON can hold, as a job. It must bear being run again."""
    return task()(work)


def enqueue(wanted: Job, *args: Any) -> None:
    """Puts a job in line once the caller's transaction holds."""
    transaction.on_commit(lambda: wanted.enqueue(*args))


@dataclass(frozen=True, slots=True)
class Periodic:
    """Việc định kỳ: a job for every slot of time. `slot` gives the beginning of the slot that a moment lies in."""

    name: str
    slot: Callable[[dt.datetime], dt.datetime]
    job: Job


def every(minutes: int) -> Callable[[dt.datetime], dt.datetime]:
    """Slots of so many minutes, counted from midnight."""
    return lambda now: (
        now.replace(minute=0, second=0, microsecond=0) + dt.timedelta(minutes=now.minute // minutes * minutes)
    )


def daily(hour: int) -> Callable[[dt.datetime], dt.datetime]:
    """Slots that begin each day at an hour of the moment's own zone."""

    def begun(now: dt.datetime) -> dt.datetime:
        start = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        return start if start <= now else start - dt.timedelta(days=1)

    return begun


_table: list[Periodic] = []


def register_periodic(*rows: Periodic) -> None:
    """The wiring names what happens without anybody asking."""
    _table[:] = rows


def backoff(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: a minute, then twice as long each time."""
    return dt.timedelta(minutes=2 ** (tries - 1))


class Worker:
    """One who works jobs off, in the thread that calls; many may work at once, in many processes."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._name = clock, uuid4().hex
        self._engine = Engine(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self._name,
            excluded_queue_names=[],
        )

    def round(self) -> bool:
        """Takes back what the dead held, puts in line what is due, works one job off; False where there was none."""
        reap(self._clock())
        plan(self._clock())
        found = self._claimed()
        if found is None:
            return False
        with self._beating(found):
            self._engine.run_task(found)
        settle(found, self._clock())
        return True

    def work_off(self) -> int:
        """Rounds until nothing waits; how many jobs that were."""
        done = 0
        while self.round():
            done += 1
        return done

    def _claimed(self) -> DBTaskResult[..., None] | None:
        """The next job, from now on leased to this worker."""
        with exclusive_transaction():
            found: DBTaskResult[..., None] | None = DBTaskResult.objects.ready().get_locked()
            if found is not None:
                found.claim(self._name)
                JobLease.objects.update_or_create(result=found, defaults={"beat_at": self._clock()})
        return found

    @contextmanager
    def _beating(self, held: DBTaskResult[..., None]) -> Iterator[None]:
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(BEAT):
                try:
                    JobLease.objects.filter(result=held).update(beat_at=self._clock())
                except OperationalError:  # a busy database: the next beat comes soon enough
                    logging.getLogger(__name__).warning("a heartbeat was lost")
            connection.close()

        heart = threading.Thread(target=beat, name="heartbeat", daemon=True)
        heart.start()
        try:
            yield
        finally:
            ended.set()
            heart.join()


def plan(now: dt.datetime) -> int:
    """Puts a job in line for each slot that has none yet; how many. Of several who ask at once one does it.

    A slot passed over while nobody worked is not made up: each job looks at all that is due, not at its slot.
    """
    local = timezone.localtime(now)
    new = 0
    for row in _table:
        at = row.slot(local)
        if JobSlot.objects.filter(name=row.name, at=at).exists():
            continue
        with transaction.atomic():
            _slot, made = JobSlot.objects.get_or_create(name=row.name, at=at)
            if made:
                row.job.enqueue()
                new += 1
    return new


def reap(now: dt.datetime) -> int:
    """Settles the jobs whose worker was not heard of for the time of a lease; how many."""
    dead = JobLease.objects.filter(beat_at__lt=now - LEASE).select_related("result")
    for lease in dead:
        settle(lease.result, now)
    return len(dead)


def settle(held: DBTaskResult[..., None], now: dt.datetime) -> None:
    """Gives a lease back. What did not go well stands in line again, later each time; after `TRIES` it is given up."""
    with transaction.atomic():
        lease = JobLease.objects.select_for_update().filter(result=held).first()
        if lease is None:
            return  # somebody else did
        row: DBTaskResult[..., None] = DBTaskResult.objects.select_for_update().get(pk=held.pk)
        lease.delete()
        tries = len(row.worker_ids)
        if row.status == TaskResultStatus.SUCCESSFUL:
            return
        if tries < TRIES:
            row.status, row.finished_at, row.run_after = TaskResultStatus.READY, None, now + backoff(tries)
        else:
            logging.getLogger(__name__).error("job %s was given up after %d tries", row.task_path, tries)
            row.status, row.finished_at = TaskResultStatus.FAILED, row.finished_at or now
        row.save(update_fields=["status", "finished_at", "run_after"])


def prune(now: dt.datetime) -> int:
    """Forgets what was done long ago; how many jobs."""
    JobSlot.objects.filter(at__lt=now - _KEPT).delete()
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - _KEPT)
    given_up = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - _KEPT_DEAD)
    return done.delete()[0] + given_up.delete()[0]
