"""What no import tool sees: keys that point up or anywhere, unit rows without a scope or left by reorganisations."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from xulang.organisation.models import Unit
from xulang.organisation.ports import affected

# The rooms that hold tables, lowest first; the floors of pyproject.toml.
FLOORS = (
    *("plumbing", "organisation", "registry", "programme", "activities", "budget", "reporting", "office", "config"),
)


@register()
def check_floors(**_asked: Any) -> list[CheckMessage]:
    """The house's own models; `manage check` and every start run it."""
    tables = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
    return [*faults(tables), *left_behind(tables, known_columns())]


def known_columns() -> frozenset[str]:
    """The columns of units that rooms have registered: those that follow a reorganisation, those that tell what was."""
    return frozenset(column for room in affected() for column in (*room.columns, *room.facts))


def left_behind(tables: Iterable[type[models.Model]], known: frozenset[str]) -> Iterator[CheckMessage]:
    """Columns of units that no room has registered: a reorganisation would leave their rows on units that ended."""
    for table in tables:
        if FLOORS.index(table._meta.app_label) <= FLOORS.index("organisation"):
            continue  # the directory itself, which `organisation.directory_changes` keeps
        for name, target in _relations(table):
            if target is Unit and f"{table._meta.label}.{name}" not in known:
                yield Error(
                    f"{table._meta.label}.{name} holds units and follows no reorganisation",
                    hint="Register it as `organisation.ports.Affected` in config.apps, or as a fact that stays.",
                    obj=table,
                    id="xulang.E004",
                )


def faults(tables: Iterable[type[models.Model]]) -> Iterator[CheckMessage]:
    """Every fault of the given models."""
    for table in tables:
        yield from _upward(table)
        yield from _generic(table)
        yield from _unscoped(table)


def _relations(table: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    """Each foreign key and many-to-many of the table, with the table it points at."""
    for field in (*table._meta.local_fields, *table._meta.local_many_to_many):
        if field.is_relation and isinstance(field.related_model, type):
            yield field.name, field.related_model


def _upward(table: type[models.Model]) -> Iterator[CheckMessage]:
    """A row of a lower room must not know of a room above it (design §2)."""
    for name, target in _relations(table):
        here, there = table._meta.app_label, target._meta.app_label
        if here in FLOORS and there in FLOORS and FLOORS.index(there) > FLOORS.index(here):
            yield Error(
                f"{table._meta.label}.{name} points up, from {here} to {there}",
                hint="Let the upper room point down, or declare a port in the lower one.",
                obj=table,
                id="xulang.E001",
            )


def _generic(table: type[models.Model]) -> Iterator[CheckMessage]:
    """A key that may point anywhere has no floor, and no database keeps it true."""
    for field in table._meta.private_fields:
        if type(field).__name__ in {"GenericForeignKey", "GenericRelation"}:
            yield Error(
                f"{table._meta.label}.{field.name} is a generic relation",
                hint="Give each kind of row a foreign key of its own.",
                obj=table,
                id="xulang.E002",
            )


def _unscoped(table: type[models.Model]) -> Iterator[CheckMessage]:
    """Whoever holds a unit's rows must say who sees them."""
    holds = any(target is Unit for _name, target in _relations(table))
    if (holds or table is Unit) and not table._meta.auto_created and not hasattr(table._default_manager, "for_user"):
        yield Error(
            f"{table._meta.label} holds rows of units and its manager has no for_user",
            hint="Make its queryset a ScopedQuerySet with a scope_q.",
            obj=table,
            id="xulang.E003",
        )
