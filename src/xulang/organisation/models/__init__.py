"""The organisation's tables: the directory of units, posts and people in time, and the acts that reorganise it."""

from xulang.organisation.models.calendar import OwnDay
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
from xulang.organisation.models.importing import DirectoryImport
from xulang.organisation.models.reorganising import (
    REORGANISING,
    Effect,
    Handover,
    Line,
    Reorganisation,
    Succession,
    unit_then,
)
from xulang.organisation.models.second_factor import (
    Authenticator,
    OutsideIdentity,
    Passkey,
    RecoveryCode,
    SecondFactorDemand,
)
from xulang.organisation.models.twins import DistinctPeople, DistinctUnits, PassedHolding, PersonMerging

__all__ = [
    "REORGANISING",
    "Authenticator",
    "DatedQuerySet",
    "DirectoryImport",
    "DistinctPeople",
    "DistinctUnits",
    "Effect",
    "Handover",
    "Line",
    "OutsideIdentity",
    "OwnDay",
    "PassedHolding",
    "Passkey",
    "Person",
    "PersonMerging",
    "Post",
    "PostHolding",
    "RecoveryCode",
    "Reorganisation",
    "SecondFactorDemand",
    "Succession",
    "Unit",
    "UnitAlias",
    "UnitCode",
    "UnitName",
    "UnitParent",
    "unit_then",
]
