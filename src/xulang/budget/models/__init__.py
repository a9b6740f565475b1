"""The room's tables: estimates with their versions and lines, the ledger of money, appraisals, own norms."""

from xulang.budget.models.estimate import (
    Drafter,
    Estimate,
    EstimateHandover,
    EstimateLine,
    LineAppraisal,
    Regularity,
    Version,
    estimates_seen,
)
from xulang.budget.models.ledger import BudgetEntry, BudgetNote, NoteIssue
from xulang.budget.models.norms import LocalNorm

__all__ = [
    "BudgetEntry",
    "BudgetNote",
    "Drafter",
    "Estimate",
    "EstimateHandover",
    "EstimateLine",
    "LineAppraisal",
    "LocalNorm",
    "NoteIssue",
    "Regularity",
    "Version",
    "estimates_seen",
]
