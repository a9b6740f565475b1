"""The question by words: which tasks say it."""

import datetime as dt

from xulang.organisation.models import Person
from xulang.plumbing.searching import Asked
from xulang.plumbing.wording import Query
from xulang.programme.enums import TaskState
from xulang.programme.indexing import TASKS
from xulang.programme.models import Task


def found_tasks(person: Person, today: dt.date, query: Query) -> Asked:
    """The tasks whose words say it, among those that the person may see and that were not left out."""
    return Asked(TASKS, query, Task.objects.for_user(person, today).exclude(state=TaskState.DROPPED).values("pk"))
