"""The verbs that write; each checks who may, checks the rule, writes, and tells the journal, in one transaction."""

from xulang.activities.services.attendance import (
    erase_attendance,
    list_attendance,
    mark_present,
    may_be_present,
    open_attendance,
    strike,
    tell_no_more,
    tell_of,
)
from xulang.activities.services.certifying import certificates, certify
from xulang.activities.services.deciding import decide
from xulang.activities.services.erasing import Piece, erase_kept, how_many_kept, kept_long_enough
from xulang.activities.services.giving import Filing, give
from xulang.activities.services.meeting import (
    add_contact,
    add_partner,
    agree,
    correct_agreement,
    correct_partner,
    erase_contact,
    open_contacts,
    settle_term,
    take_part,
)
from xulang.activities.services.merging import (
    likely,
    merge_partners,
    tell_partners_apart,
    undo_merging,
)
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
from xulang.activities.services.telling import AGREEMENTS, PERMITS, RETENTIONS

__all__ = [
    "AGREEMENTS",
    "PERMITS",
    "RETENTIONS",
    "Filing",
    "NewActivity",
    "NewPiece",
    "Piece",
    "add_contact",
    "add_evidence",
    "add_partner",
    "agree",
    "certificates",
    "certify",
    "correct",
    "correct_agreement",
    "correct_partner",
    "decide",
    "erase_attendance",
    "erase_contact",
    "erase_kept",
    "give",
    "how_many_kept",
    "kept_long_enough",
    "likely",
    "list_attendance",
    "mark_present",
    "may_be_present",
    "merge_partners",
    "open_attendance",
    "open_contacts",
    "open_evidence",
    "record",
    "settle_term",
    "strike",
    "take_part",
    "tell_no_more",
    "tell_of",
    "tell_partners_apart",
    "tell_people",
    "undo_merging",
    "withdraw",
    "withdraw_evidence",
]
