"""The room's tables: directives with their parts, to whom they went, and the registers that number them in and out."""

from xulang.registry.models.circulation import (
    Circulation,
    CirculationHandover,
    Distribution,
    DistributionHandover,
)
from xulang.registry.models.copies import Copy
from xulang.registry.models.directives import (
    Citation,
    Directive,
    DirectiveHandover,
    Effect,
    Facsimile,
    Passage,
    Recipient,
)
from xulang.registry.models.numbering import Arrival, ArrivalCorrection, NumberSeries, OutgoingPaper, numbering_offices

__all__ = [
    "Arrival",
    "ArrivalCorrection",
    "Circulation",
    "CirculationHandover",
    "Citation",
    "Copy",
    "Directive",
    "DirectiveHandover",
    "Distribution",
    "DistributionHandover",
    "Effect",
    "Facsimile",
    "NumberSeries",
    "OutgoingPaper",
    "Passage",
    "Recipient",
    "numbering_offices",
]
