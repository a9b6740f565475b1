"""How Django knows this room."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """The room `budget`."""

    name = "xulang.budget"
    label = "budget"
