"""The room's tables: activities, a table of details a kind, evidence, and the ledger of what became of them."""

from xulang.activities.models.activity import (
    Activity,
    ActivityDuty,
    ActivityEvidence,
    ActivityHandover,
    ActivityLanguage,
    ActivityLine,
)
from xulang.activities.models.details import (
    DETAILS,
    Attendee,
    Commendation,
    Detail,
    Dissemination,
    Event,
    PressContact,
    Publication,
    Training,
)

__all__ = [
    "DETAILS",
    "Activity",
    "ActivityDuty",
    "ActivityEvidence",
    "ActivityHandover",
    "ActivityLanguage",
    "ActivityLine",
    "Attendee",
    "Commendation",
    "Detail",
    "Dissemination",
    "Event",
    "PressContact",
    "Publication",
    "Training",
]
