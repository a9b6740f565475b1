"""How Django knows this room."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The room `reporting`."""

    name = "xulang.reporting"
    label = "reporting"
