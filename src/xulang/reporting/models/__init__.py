"""The room's tables: rounds, what units report in them with its ledger, and the numbered reports made of these."""

from xulang.reporting.models.consolidation import Consolidation, Edit, Issue
from xulang.reporting.models.notices import RoundNotice, WholeNotice
from xulang.reporting.models.round import Round, Target
from xulang.reporting.models.unit_report import (
    Content,
    Figure,
    FigureKey,
    LineNote,
    ReportLine,
    UnitReport,
    UnitReportHandover,
)

__all__ = [
    "Consolidation",
    "Content",
    "Edit",
    "Figure",
    "FigureKey",
    "Issue",
    "LineNote",
    "ReportLine",
    "Round",
    "RoundNotice",
    "Target",
    "UnitReport",
    "UnitReportHandover",
    "WholeNotice",
]
