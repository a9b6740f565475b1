"""The verbs that write: a round is opened, units report, the focal unit answers, the whole is put together."""

from xulang.reporting.services.consolidating import consolidate, edit_text, set_targets
from xulang.reporting.services.issuing import issue
from xulang.reporting.services.opening import open_round
from xulang.reporting.services.reminding import ROUNDS, WHOLES
from xulang.reporting.services.telling import accept, nothing_new, return_report, save_draft, send

__all__ = [
    "ROUNDS",
    "WHOLES",
    "accept",
    "consolidate",
    "edit_text",
    "issue",
    "nothing_new",
    "open_round",
    "return_report",
    "save_draft",
    "send",
    "set_targets",
]
