"""How Django knows this room."""

from django.apps import AppConfig

from xulang.plumbing import lookups


class PlumbingConfig(AppConfig):
    """The room `plumbing`."""

    name = "xulang.plumbing"
    label = "plumbing"

    def ready(self) -> None:
        """Numbers are written into questions."""
        lookups.install()
