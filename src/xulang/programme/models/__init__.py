"""The programme's tables: what is proposed and issued, and the ledger of what happens then."""

from xulang.programme.models.closing import Closing
from xulang.programme.models.differences import Amendment, Difference, Notice, NoticeHandover
from xulang.programme.models.ledger import Assignment, AssignmentChoice, Entry, EntryNote, Evidence, ExpectedReport
from xulang.programme.models.proposal import (
    Correction,
    FocalHandover,
    Programme,
    SetHandover,
    SetMeaning,
    Task,
    TaskSource,
    TaskUnit,
    TaskUnitHandover,
)
from xulang.programme.models.steps import ReviewStep

__all__ = [
    "Amendment",
    "Assignment",
    "AssignmentChoice",
    "Closing",
    "Correction",
    "Difference",
    "Entry",
    "EntryNote",
    "Evidence",
    "ExpectedReport",
    "FocalHandover",
    "Notice",
    "NoticeHandover",
    "Programme",
    "ReviewStep",
    "SetHandover",
    "SetMeaning",
    "Task",
    "TaskSource",
    "TaskUnit",
    "TaskUnitHandover",
]
