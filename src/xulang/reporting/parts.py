"""What the parts of a figure are called: languages, channels, kinds of content, forms of events, tasks, sources."""

from collections.abc import Iterable

from xulang.activities.enums import Channel, Content, EventForm, Language
from xulang.budget.enums import Source
from xulang.programme.models import Task

_TASK = "nv"  # what stands before a task's number
_LONGEST = 110


def part_names(parts: Iterable[str]) -> dict[str, str]:
    """What the parts are called in the language of the moment, tasks by their first words; "" is called nothing.

    One question for all tasks; a part that no list knows is called as it is.
    """
    found = {of: of for of in parts}
    for words in (Language, Channel, Content, EventForm, Source):
        found |= {of: str(words(of).label) for of in found if of in words.values}
    tasks = {int(number): of for of in found if (number := of.removeprefix(_TASK)) != of and number.isdecimal()}
    texts = Task.objects.filter(pk__in=tasks).values_list("pk", "text") if tasks else ()
    return found | {tasks[pk]: short(text) for pk, text in texts}


def part_name(of: str) -> str:
    """The same of one."""
    return part_names([of])[of]


def task_part(task: int) -> str:
    """The part of a task, by its number."""
    return f"{_TASK}{task}"


def short(text: str) -> str:
    """The first words of a task's text, by which it is known."""
    words = " ".join(text.split()).split(". ")[0].rstrip(".;")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]}…"
