"""Who else has a review open, and what they did meanwhile: two people at once are told of each other."""

import datetime as dt
from dataclasses import dataclass

from xulang.office.models import Presence
from xulang.organisation.models import Person
from xulang.programme.models import Programme, Task

EVERY = dt.timedelta(seconds=20)  # how often an open page says that it is open (the template's own figure)
GONE = 3 * EVERY  # no word for so long: closed


@dataclass(frozen=True, slots=True)
class Other:
    """Another person at the same review; `task` is the one last acted on, `acted_at` when."""

    id: int
    name: str
    task: int | None
    acted_at: dt.datetime | None


def here(programme: Programme, person: Person, now: dt.datetime) -> None:
    """The person has the page open."""
    Presence.objects.update_or_create(programme=programme, person=person, defaults={"seen_at": now})


def acted(programme: Programme, person: Person, now: dt.datetime, task: Task | None = None) -> None:
    """The person did something on it. `task` may be gone by now."""
    kept = Task.objects.filter(pk=task.pk).first() if task else None
    Presence.objects.update_or_create(
        programme=programme, person=person, defaults={"seen_at": now, "acted_at": now, "task": kept}
    )


def others(programme: Programme, person: Person, now: dt.datetime) -> list[Other]:
    """Everybody else who has it open."""
    rows = Presence.objects.filter(programme=programme, seen_at__gt=now - GONE).exclude(person=person)
    return [
        Other(row.person_id, row.person.full_name, row.task_id, row.acted_at) for row in rows.select_related("person")
    ]


def last_on(task: Task, besides: Person) -> str:
    """Who else acted on the task last; empty where nobody is known."""
    row = Presence.objects.filter(task=task).exclude(person=besides).order_by("-acted_at").first()
    return row.person.full_name if row else ""
