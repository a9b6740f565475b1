"""The programme's tables: what is proposed and issued, and the ledger of what happens then."""

from xulang.programme.models.basis import Basis, DutyCall
from xulang.programme.models.bulk import ReportSheet
from xulang.programme.models.closing import Closing
from xulang.programme.models.course import Course, CourseDrawn, CourseStep
from xulang.programme.models.delegation import DutyDelegation
from xulang.programme.models.differences import Amendment, ChangeNotice, ChangeNoticeHandover, Difference
from xulang.programme.models.drafting import Draft, DraftItem, DraftUnit, DraftUnitHandover
from xulang.programme.models.feeds import CalendarFeed
from xulang.programme.models.guidance import Guidance, GuidanceReceipt
from xulang.programme.models.ledger import Assignment, AssignmentChoice, Entry, EntryNote, Evidence, ExpectedReport
from xulang.programme.models.links import ReportLink
from xulang.programme.models.notices import Digest, Notice, OwnNotice, RaisedNotice, ReadingNotice
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
from xulang.programme.models.replies import ReplyLetter
from xulang.programme.models.steps import ReviewStep
from xulang.programme.models.tally import Tally

__all__ = [
    "Amendment",
    "Assignment",
    "AssignmentChoice",
    "Basis",
    "CalendarFeed",
    "ChangeNotice",
    "ChangeNoticeHandover",
    "Closing",
    "Correction",
    "Course",
    "CourseDrawn",
    "CourseStep",
    "Difference",
    "Digest",
    "Draft",
    "DraftItem",
    "DraftUnit",
    "DraftUnitHandover",
    "DutyCall",
    "DutyDelegation",
    "Entry",
    "EntryNote",
    "Evidence",
    "ExpectedReport",
    "FocalHandover",
    "Guidance",
    "GuidanceReceipt",
    "Notice",
    "OwnNotice",
    "Programme",
    "RaisedNotice",
    "ReadingNotice",
    "ReplyLetter",
    "ReportLink",
    "ReportSheet",
    "ReviewStep",
    "SetHandover",
    "SetMeaning",
    "Tally",
    "Task",
    "TaskSource",
    "TaskUnit",
    "TaskUnitHandover",
]
