"""How Django knows this room."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The room `office`."""

    name = "xulang.office"
    label = "office"
