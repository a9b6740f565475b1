"""What is done with money: drawing estimates up, appraising and deciding them, spending, norms of the place's own."""

from xulang.budget.services.appraising import (
    Opinion,
    appraise_lines,
    approve,
    decline,
    finish_appraisal,
    may_appraise,
    may_decide,
    return_estimate,
)
from xulang.budget.services.drawing import (
    NewLine,
    add_line,
    change_line,
    describe,
    draw_up,
    drop_line,
    led,
    replace_lines,
    say_regular,
    send,
)
from xulang.budget.services.issuing import issue_note, may_issue_note
from xulang.budget.services.norming import home_for_norms, set_local_norm, withdraw_local_norm
from xulang.budget.services.spending import (
    ask_carry_over,
    ask_transfer,
    grant,
    may_answer,
    refund,
    refuse,
    spend,
)

__all__ = [
    "NewLine",
    "Opinion",
    "add_line",
    "appraise_lines",
    "approve",
    "ask_carry_over",
    "ask_transfer",
    "change_line",
    "decline",
    "describe",
    "draw_up",
    "drop_line",
    "finish_appraisal",
    "grant",
    "home_for_norms",
    "issue_note",
    "led",
    "may_answer",
    "may_appraise",
    "may_decide",
    "may_issue_note",
    "refund",
    "refuse",
    "replace_lines",
    "return_estimate",
    "say_regular",
    "send",
    "set_local_norm",
    "spend",
    "withdraw_local_norm",
]
