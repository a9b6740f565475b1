"""The programme's tables: what is proposed and issued, and the ledger of what happens then."""

from xulang.programme.models.ledger import Assignment, Entry, EntryNote, Evidence, ExpectedReport
from xulang.programme.models.proposal import Correction, Programme, SetMeaning, Task, TaskSource, TaskUnit
from xulang.programme.models.steps import ReviewStep

__all__ = [
    "Assignment",
    "Correction",
    "Entry",
    "EntryNote",
    "Evidence",
    "ExpectedReport",
    "Programme",
    "ReviewStep",
    "SetMeaning",
    "Task",
    "TaskSource",
    "TaskUnit",
]
