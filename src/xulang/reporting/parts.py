"""What the parts of a figure are called: languages, channels, forms of events, tasks."""

from xulang.activities.enums import Channel, EventForm, Language
from xulang.programme.models import Task

_TASK = "nv"  # what stands before a task's number
_LONGEST = 110


def part_name(of: str) -> str:
    """The part in the language of the moment, a task by its first words; itself where no list knows it."""
    for words in (Language, Channel, EventForm):
        if of in words.values:
            return str(words(of).label)
    number = of.removeprefix(_TASK)
    task = Task.objects.filter(pk=number).only("text").first() if number != of and number.isdecimal() else None
    return short(task.text) if task else of


def task_part(task: int) -> str:
    """The part of a task, by its number."""
    return f"{_TASK}{task}"


def short(text: str) -> str:
    """The first words of a task's text, by which it is known."""
    words = " ".join(text.split()).split(". ")[0].rstrip(".;")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]}…"
