"""How Django knows this room."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The room `config`."""

    name = "xulang.config"
    label = "config"
