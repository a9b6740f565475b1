"""The verbs that write; each checks who may, checks the rule, writes, and tells the journal, in one transaction."""

from xulang.activities.services.attendance import erase_attendance, list_attendance, open_attendance
from xulang.activities.services.deciding import decide
from xulang.activities.services.giving import Filing, give
from xulang.activities.services.recording import (
    NewActivity,
    NewPiece,
    add_evidence,
    correct,
    open_evidence,
    record,
    tell_people,
    withdraw,
    withdraw_evidence,
)

__all__ = [
    "Filing",
    "NewActivity",
    "NewPiece",
    "add_evidence",
    "correct",
    "decide",
    "erase_attendance",
    "give",
    "list_attendance",
    "open_attendance",
    "open_evidence",
    "record",
    "tell_people",
    "withdraw",
    "withdraw_evidence",
]
