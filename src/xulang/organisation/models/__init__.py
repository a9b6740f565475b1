"""The organisation's tables: the directory of units, posts and people in time, and the acts that reorganise it."""

from xulang.organisation.models.directory import (
    DatedQuerySet,
    Person,
    Post,
    PostHolding,
    Unit,
    UnitAlias,
    UnitCode,
    UnitName,
    UnitParent,
)
from xulang.organisation.models.reorganising import (
    REORGANISING,
    Effect,
    Handover,
    Line,
    Reorganisation,
    Succession,
    unit_then,
)

__all__ = [
    "REORGANISING",
    "DatedQuerySet",
    "Effect",
    "Handover",
    "Line",
    "Person",
    "Post",
    "PostHolding",
    "Reorganisation",
    "Succession",
    "Unit",
    "UnitAlias",
    "UnitCode",
    "UnitName",
    "UnitParent",
    "unit_then",
]
