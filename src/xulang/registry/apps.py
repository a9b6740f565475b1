"""How Django knows this room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The room `registry`."""

    name = "xulang.registry"
    label = "registry"

    def ready(self) -> None:
        """Lets its rows be found."""
        from xulang.registry import indexing

        indexing.start()
