"""What of an activity can be found: what it is called, where it was, and what is told of it."""

from xulang.activities.models import Activity
from xulang.plumbing.searching import Source, Text, follow

ACTIVITIES = "activity"


def start() -> None:
    """Lets activities be found from here on."""
    follow(Source(ACTIVITIES, Activity, frozenset({"title", "place", "note"}), _texts))


def _texts(activity: Activity) -> list[Text]:
    found, start = [], 0
    for text in (activity.title, activity.place, activity.note):
        found.append((start, text))
        start += len(text) + 1
    return found
