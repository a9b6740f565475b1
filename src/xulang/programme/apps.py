"""How Django knows this room."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The room `programme`."""

    name = "xulang.programme"
    label = "programme"

    def ready(self) -> None:
        """Lets its rows be found, and counted."""
        from django.db.models.signals import post_migrate

        from xulang.programme import indexing, tallies

        indexing.start()
        post_migrate.connect(tallies.install, sender=self)
