"""The programme's verbs: propose, review, issue; report, confirm and return. Each is one transaction."""

from xulang.programme.services.bulk import compared, discard_sheet, owed_by, seen_mark, stage_sheet, take_sheet
from xulang.programme.services.changing import may_change, move, running, withdraw
from xulang.programme.services.choosing import choose_heir
from xulang.programme.services.closing import close, may_end, reopen
from xulang.programme.services.delegating import colleagues, delegate_duty, end_duty_delegation
from xulang.programme.services.desk import (
    NewEvidence,
    NewLetter,
    answer_request,
    confirm,
    open_evidence,
    report,
    return_report,
    withdraw_evidence,
    withdraw_note,
)
from xulang.programme.services.differing import say_what_it_does, settle, settle_sure
from xulang.programme.services.extending import ask_extension, grant_extension, refuse_extension
from xulang.programme.services.feeding import fed, make_feed, revoke_feed
from xulang.programme.services.guiding import attach_guidance, detach_guidance, see_guidance
from xulang.programme.services.issuing import issue
from xulang.programme.services.joining import join, part
from xulang.programme.services.linking import ByLink, give_links, opened_link, report_by_link
from xulang.programme.services.noticing import see
from xulang.programme.services.obstacles import advise, direct, escalate, raise_again, raise_obstacle, resolve
from xulang.programme.services.proposing import propose
from xulang.programme.services.redating import due_on_day_off, kept_instead, redate_day_off
from xulang.programme.services.reminding import Told, Urged, mark_others_seen, mark_seen, remind, urge
from xulang.programme.services.review import (
    confirm_focal_unit,
    confirm_sets,
    confirm_sure,
    confirm_task,
    set_cadence,
    set_focal_unit,
    set_span,
)
from xulang.programme.services.tasks import (
    KEEP,
    NewDeadline,
    add_task,
    add_unit,
    confirm_deadline,
    confirm_unit,
    correct_task,
    correct_unit,
    drop_task,
    drop_unit,
    merge_tasks,
    restore_task,
    split_task,
)
from xulang.programme.services.telling import READINGS, urge_readers
from xulang.programme.services.undoing import undo, undoable

__all__ = [
    "KEEP",
    "READINGS",
    "ByLink",
    "NewDeadline",
    "NewEvidence",
    "NewLetter",
    "Told",
    "Urged",
    "add_task",
    "add_unit",
    "advise",
    "answer_request",
    "ask_extension",
    "attach_guidance",
    "choose_heir",
    "close",
    "colleagues",
    "compared",
    "confirm",
    "confirm_deadline",
    "confirm_focal_unit",
    "confirm_sets",
    "confirm_sure",
    "confirm_task",
    "confirm_unit",
    "correct_task",
    "correct_unit",
    "delegate_duty",
    "detach_guidance",
    "direct",
    "discard_sheet",
    "drop_task",
    "drop_unit",
    "due_on_day_off",
    "end_duty_delegation",
    "escalate",
    "fed",
    "give_links",
    "grant_extension",
    "issue",
    "join",
    "kept_instead",
    "make_feed",
    "mark_others_seen",
    "mark_seen",
    "may_change",
    "may_end",
    "merge_tasks",
    "move",
    "open_evidence",
    "opened_link",
    "owed_by",
    "part",
    "propose",
    "raise_again",
    "raise_obstacle",
    "redate_day_off",
    "refuse_extension",
    "remind",
    "reopen",
    "report",
    "report_by_link",
    "resolve",
    "restore_task",
    "return_report",
    "revoke_feed",
    "running",
    "say_what_it_does",
    "see",
    "see_guidance",
    "seen_mark",
    "set_cadence",
    "set_focal_unit",
    "set_span",
    "settle",
    "settle_sure",
    "split_task",
    "stage_sheet",
    "take_sheet",
    "undo",
    "undoable",
    "urge",
    "urge_readers",
    "withdraw",
    "withdraw_evidence",
    "withdraw_note",
]
