"""The programme's questions, always scoped by person and day."""

from xulang.programme.selectors.board import BoardRow, Counted, Wanted, board, by_day, by_unit_and_month, sections
from xulang.programme.selectors.desk import (
    Change,
    DeskRow,
    Story,
    Waiting,
    assignment,
    changes,
    company,
    desk,
    to_confirm,
    waiting,
)
from xulang.programme.selectors.differences import Turn, differences, record, told_changes, turns
from xulang.programme.selectors.figures import FigureRow, Figures, Place, figure_rows, figures, figures_by_unit
from xulang.programme.selectors.joining import Joining, Pair, joining
from xulang.programme.selectors.leading import Late, LateUnit, late, late_of, late_units, unwound
from xulang.programme.selectors.notices import notices
from xulang.programme.selectors.raised import Raised, extensions, obstacles, obstacles_before, obstacles_of
from xulang.programme.selectors.requests import requests
from xulang.programme.selectors.review import (
    FieldAccuracy,
    Review,
    ReviewTask,
    accuracy,
    programme,
    programmes,
    tasks_for_review,
)
from xulang.programme.selectors.search import found_tasks
from xulang.programme.selectors.story import Part, TaskStory, assignments_of, parts, task

__all__ = [
    "BoardRow",
    "Change",
    "Counted",
    "DeskRow",
    "FieldAccuracy",
    "FigureRow",
    "Figures",
    "Joining",
    "Late",
    "LateUnit",
    "Pair",
    "Part",
    "Place",
    "Raised",
    "Review",
    "ReviewTask",
    "Story",
    "TaskStory",
    "Turn",
    "Waiting",
    "Wanted",
    "accuracy",
    "assignment",
    "assignments_of",
    "board",
    "by_day",
    "by_unit_and_month",
    "changes",
    "company",
    "desk",
    "differences",
    "extensions",
    "figure_rows",
    "figures",
    "figures_by_unit",
    "found_tasks",
    "joining",
    "late",
    "late_of",
    "late_units",
    "notices",
    "obstacles",
    "obstacles_before",
    "obstacles_of",
    "parts",
    "programme",
    "programmes",
    "record",
    "requests",
    "sections",
    "task",
    "tasks_for_review",
    "to_confirm",
    "told_changes",
    "turns",
    "unwound",
    "waiting",
]
