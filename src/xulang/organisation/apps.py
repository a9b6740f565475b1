"""How Django knows this room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The room `organisation`."""

    name = "xulang.organisation"
    label = "organisation"
