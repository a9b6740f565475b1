"""How Django knows this room."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """The room `activities`."""

    name = "xulang.activities"
    label = "activities"

    def ready(self) -> None:
        """Lets its rows be found."""
        from xulang.activities import indexing

        indexing.start()
