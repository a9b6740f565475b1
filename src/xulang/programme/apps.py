"""How Django knows this room."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The room `programme`."""

    name = "xulang.programme"
    label = "programme"

    def ready(self) -> None:
        """Lets its rows be found."""
        from xulang.programme import indexing

        indexing.start()
