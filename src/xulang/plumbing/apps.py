"""How Django knows this room."""

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    """The room `plumbing`."""

    name = "xulang.plumbing"
    label = "plumbing"
