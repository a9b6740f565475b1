"""What of a programme can be found: the words of its tasks."""

from xulang.plumbing.searching import Source, follow
from xulang.programme.models import Task

TASKS = "task"


def start() -> None:
    """Lets tasks be found from here on."""
    follow(Source(TASKS, Task, frozenset({"text"}), lambda task: [(0, task.text)]))
