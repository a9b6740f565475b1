"""The room's tables: activities, a table of details a kind, evidence, and the ledger of what became of them."""

from xulang.activities.models.activity import (
    Activity,
    ActivityDirective,
    ActivityDuty,
    ActivityEvidence,
    ActivityHandover,
    ActivityLanguage,
    ActivityLine,
    ErasingNotice,
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
from xulang.activities.models.partners import Agreement, AgreementNotice, Contact, Partner, PartnerHandover, PartnerName

__all__ = [
    "DETAILS",
    "Activity",
    "ActivityDirective",
    "ActivityDuty",
    "ActivityEvidence",
    "ActivityHandover",
    "ActivityLanguage",
    "ActivityLine",
    "Agreement",
    "AgreementNotice",
    "Attendee",
    "Commendation",
    "Contact",
    "Detail",
    "Dissemination",
    "ErasingNotice",
    "Event",
    "Partner",
    "PartnerHandover",
    "PartnerName",
    "PressContact",
    "Publication",
    "Training",
]
