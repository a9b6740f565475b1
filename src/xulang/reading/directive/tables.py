"""Tables that assign work: one task a row, by the names of the columns."""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, lru_cache

from xulang.reading.directive.blocks import Role, roles
from xulang.reading.directive.deadlines import Calendar, stated
from xulang.reading.directive.findings import Deadline, Finding, TaskFinding, UnitMention
from xulang.reading.directive.knowledge import cue
from xulang.reading.directive.lines import Sheet
from xulang.reading.directive.responsibilities import read_names
from xulang.reading.files.document import Cell, Table
from xulang.reading.text.dates import find_dates
from xulang.reading.text.mending import bare
from xulang.reading.text.spans import Span

_NOISE = re.compile(r"[*_\n\t]+|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table holds, and how many rows name them."""

    roles: dict[int, Role]
    head: int
    year: int | None  # "Thời gian (Năm 2026)"
    starts: bool = False  # of two columns of time the first tells the beginning
    sure: bool = True  # one column tells who leads, and those of the units are called as such columns are

    def of(self, *wanted: Role) -> list[int]:
        return [column for column, role in self.roles.items() if role in wanted]


def columns_of(sheet: Sheet, table: Table) -> Columns | None:
    """The columns by their names in the first rows; None where they tell neither who nor what by when."""
    found: dict[int, Role] = {}
    head, year, starts = 0, None, False
    for index, row in enumerate(table.rows[:4]):
        named = {cell.column: role for cell in row if (role := column_role(sheet, cell))}
        whole = len(named) >= 2 and len(named) == sum(_filled(sheet, cell) for cell in row)
        if index and not (whole or index < table.header_rows or _spans_head(table, index)):
            break
        if not index and not named:
            continue
        for column, role in named.items():
            if role != "index" or column not in found:
                found[column] = role
        for cell in row:
            if column_role(sheet, cell) == "time":
                name = sheet.low[cell.at.start : cell.at.end].strip(" \n*_.:")
                starts = starts or cue("columns", "start").fullmatch(name) is not None
                dates = find_dates(sheet.low, *cell.at)
                year = dates[0].year if dates else year
        head = index + 1
    leaders = [column for column, role in found.items() if role == "lead" and _names_leader(sheet, table, column, head)]
    if len(leaders) < sum(role == "lead" for role in found.values()):
        found |= dict.fromkeys(leaders, "other")  # beside "Cơ quan chủ trì", "Lãnh đạo phụ trách" only looks after it
    told = set(found.values())
    assigns = told & {"lead", "coordinating", "both"} or told >= {"content", "time"}
    sure = sum(role == "lead" for role in found.values()) < 2 and all(
        _told_role(name := _name_of(sheet, cell)) or _PLAIN.search(name)
        for row in table.rows[:head]
        for cell in row
        if found.get(cell.column) in ("lead", "coordinating", "both") and column_role(sheet, cell) is not None
    )
    return Columns(found, head, year, starts, sure) if assigns and head else None


def _names_leader(sheet: Sheet, table: Table, column: int, head: int) -> bool:
    """Whether a column is of a leader ("Lãnh đạo UBND tỉnh phụ trách"), and not of the body that does the thing."""
    return any(
        cell.column == column
        and sheet.low[cell.at.start : cell.at.end].lstrip(" *_").startswith(("lãnh đạo", "người chỉ đạo"))
        for row in table.rows[:head]
        for cell in row
    )


def _spans_head(table: Table, index: int) -> bool:
    """Whether a cell of the row above reaches down into this one."""
    return any(cell.rowspan > index - cell.row for row in table.rows[:index] for cell in row)


# "Người chuẩn bị", "Người báo cáo", but not "Người tham gia".
_DOER = re.compile(r"người (?!dân|nhận|ký|được|tham|học|dự|hưởng|sử|bệnh|có|lao)\w+(?: \w+){0,3}")
# "Đơn vị được kiểm tra", "Người giám sát": they do not do what the row tells.
_ACTED_ON = re.compile(
    r"(?<!\w)(?:được (?:kiểm tra|giám sát|thanh tra|khảo sát|hỗ trợ|đánh giá)|giám sát|thụ hưởng|đối tượng)(?!\w)"
)
# "Cơ quan cùng thực hiện", "Lực lượng hiệp đồng", "Đơn vị tham gia".
_WITH_WORD = re.compile(
    r"(?<!\w)(?:cùng (?:thực hiện|tham gia|làm|triển khai)|hiệp đồng)(?!\w)"
    r"|^(?:các )?(?:cơ quan|đơn vị|lực lượng|bộ phận|phòng|ban|sở|địa phương|ngành)[^.]{0,20} (?:tham gia|hỗ trợ)(?!\w)"
)
# However the body is called, these at the end tell what the column is of: "Phòng, đơn vị chủ trì".
_PLAIN = re.compile(r"(?<!\w)(?:chủ trì|phối hợp|(?<!cùng )thực hiện|chịu trách nhiệm(?: chính)?)$")
_LEAD_WORD = re.compile(
    r"(?<!\w)(?:chủ trì|thực hiện|phụ trách|đầu mối|phân công|trách nhiệm|đơn vị|cơ quan|chủ đầu tư)(?!\w)"
)


def column_role(sheet: Sheet, cell: Cell) -> Role | None:
    """What a column of this name holds."""
    words = _name_of(sheet, cell)
    if not words or len(words) > 80:
        return None
    return _role_of(words) or (_role_of(_recognised(words)) if sheet.document.ocr and len(words) > 5 else None)


@lru_cache(512)
def _recognised(words: str) -> str:
    """The column's name that badly recognised words, their blanks lost, come nearest to; nothing where none is near."""
    found = get_close_matches(_letters(words), _squeezed(), 1, 0.8)
    return _squeezed()[found[0]] if found else ""


@cache
def _squeezed() -> dict[str, str]:
    return {_letters(name): name for name in roles()}


def _letters(words: str) -> str:
    return re.sub(r"\W", "", bare(words))


def _name_of(sheet: Sheet, cell: Cell) -> str:
    return " ".join(_NOISE.sub(" ", sheet.low[cell.at.start : cell.at.end]).split()).strip(" :.")


def _told_role(words: str) -> Role | None:
    """The role of a column that is called by one of the known names."""
    if cue("columns", "time").fullmatch(words) or cue("columns", "start").fullmatch(words):
        return "time"
    return roles().get(words) or ("lead" if cue("columns", "lead").fullmatch(words) else None)


def _role_of(words: str) -> Role | None:
    told = _told_role(words)
    if told:
        return told
    if "theo dõi" in words or "thẩm định" in words or _ACTED_ON.search(words):
        return "other"
    if "thời gian" in words or "thời hạn" in words or "tiến độ" in words or "hoàn thành" in words:
        return "time"
    if "phối hợp" in words:
        return "both" if "chủ trì" in words or "thực hiện" in words.split("phối hợp")[0] else "coordinating"
    if _WITH_WORD.search(words) and "chủ trì" not in words:
        return "coordinating"
    if words.startswith(("nội dung", "nhiệm vụ", "tên ", "công việc", "hoạt động")):
        return "content"
    if "kinh phí" in words or "dự toán" in words:
        return "money"
    if "sản phẩm" in words or words.startswith("kết quả"):
        return "product"
    return "lead" if _LEAD_WORD.search(words) or _DOER.fullmatch(words) else None


def table_tasks(sheet: Sheet, table: Table, section: str | None, calendar: Calendar) -> list[TaskFinding]:
    """The tasks of a table, in order of its rows; none where neither a column nor the groups tell who."""
    columns = columns_of(sheet, table)
    if columns is None:
        return []
    if not columns.of("lead", "coordinating", "both"):
        return _tasks_by_unit(sheet, table, columns, section, calendar)
    grid = _grid(table)
    out: list[TaskFinding] = []
    for index in range(columns.head, len(table.rows)):
        if table.rows[index] and not (_repeats_head(sheet, table, index) or _opens_group(sheet, grid, index, columns)):
            task = _row_task(sheet, table, grid[index], index, columns, section, calendar)
            if task is not None:
                out.append(task)
    return out


def _tasks_by_unit(
    sheet: Sheet, table: Table, columns: Columns, section: str | None, calendar: Calendar
) -> list[TaskFinding]:
    """The tasks of a table whose group rows name the unit that does what stands below ("I | SỞ Y TẾ")."""
    out: list[TaskFinding] = []
    lead: tuple[UnitMention, ...] = ()
    for row, cells in list(zip(table.rows, _grid(table), strict=True))[columns.head :]:
        own = [cell for cell in row if _filled(sheet, cell)]
        words = [cell for cell in own if columns.roles.get(cell.column) != "index"]
        named = _only_units(sheet, words[0]) if len(words) == 1 else ()
        if named or (len(words) == 1 and words[0].colspan > 1):  # a group: of this unit, or of none
            lead = named
            continue
        if lead and words and columns.roles.get(words[0].column) == "content":
            at = Span(own[0].at.start, own[-1].at.end)
            deadline = _when(sheet, cells, columns, calendar)
            out.append(TaskFinding("", section, at, "order", lead, (), deadline, "table"))
    return out


def _only_units(sheet: Sheet, cell: Cell) -> tuple[UnitMention, ...]:
    """The units that a cell names where it holds nothing else."""
    units, _ = read_names(sheet.text, sheet.low, cell.at, cell.breaks)
    rest = sheet.low[cell.at.start : cell.at.end]
    for unit in units:
        rest = rest.replace(sheet.low[unit.at.start : unit.at.end], "")
    return units if all(unit.sure for unit in units) and not rest.strip(" \n,;.*_") else ()


def _grid(table: Table) -> list[dict[int, Cell]]:
    """For each row the cell that covers each column, merged cells in every row they cover."""
    grid: list[dict[int, Cell]] = [{} for _ in table.rows]
    for row in table.rows:
        for cell in row:
            for down in range(cell.row, min(cell.row + max(1, cell.rowspan), len(grid))):
                for right in range(cell.column, cell.column + max(1, cell.colspan)):
                    grid[down].setdefault(right, cell)
    return grid


_ROMAN = re.compile(r"[ivx]+|[a-e]")
_FIRST = re.compile(r"(?:[ivx]+\.)?1(?:\.1)?")


def _opens_group(sheet: Sheet, grid: list[dict[int, Cell]], index: int, columns: Columns) -> bool:
    """Whether a row only heads those below ("II | Tiếp cận đất đai | Sở A"): a roman number over 1, 2, and no time."""
    numbers = columns.of("index")
    if not numbers or index + 1 == len(grid):
        return False
    number, following = (
        sheet.low[cell.at.start : cell.at.end].strip(" .)*_") if (cell := grid[row].get(numbers[0])) else ""
        for row in (index, index + 1)
    )
    told = [cell for column in columns.of("time", "coordinating", "product") if (cell := grid[index].get(column))]
    return bool(
        _ROMAN.fullmatch(number) and _FIRST.fullmatch(following) and not any(_filled(sheet, cell) for cell in told)
    )


def _repeats_head(sheet: Sheet, table: Table, index: int) -> bool:
    named = [column_role(sheet, cell) for cell in table.rows[index] if cell.at.end > cell.at.start]
    return len(named) >= 3 and all(named)


def _row_task(
    sheet: Sheet,
    table: Table,
    cells: dict[int, Cell],
    index: int,
    columns: Columns,
    section: str | None,
    calendar: Calendar,
) -> TaskFinding | None:
    content = [cells[column] for column in columns.of("content", "product") if column in cells]
    who = [cells[column] for column in columns.of("lead", "both", "coordinating") if column in cells]
    who = [cell for cell in who if cell not in content]  # a title set over the content and the units names no unit
    filled = [cell for cell in who if _filled(sheet, cell)]
    own = [cell for cell in cells.values() if cell.row == index and _filled(sheet, cell)]
    if not filled or not own or not any(cell.row == index and _filled(sheet, cell) for cell in [*content, *filled]):
        return None
    if len({(cell.row, cell.column) for cell in own}) == 1 and own[0].colspan > 1 and len(table.rows[index]) <= 2:
        return None  # a group row over all columns
    if not any(_filled(sheet, cell) for cell in content) and columns.of("content"):
        return None
    if all(cell.row < index for cell in content) and all(cell.row < index for cell in filled):
        return None
    lead, coordinating = _who(sheet, cells, columns)
    at = Span(min(cell.at.start for cell in own), max(cell.at.end for cell in own))
    deadline = _when(sheet, cells, columns, calendar)
    product = _first(sheet, cells, columns.of("product"))
    money = _first(sheet, cells, columns.of("money"))
    return TaskFinding("", section, at, "order", lead, coordinating, deadline, "table", product, money)


def _filled(sheet: Sheet, cell: Cell) -> bool:
    return bool(sheet.text[cell.at.start : cell.at.end].strip(" \t\n-–.*_"))  # both dashes mean "none"


def _who(
    sheet: Sheet, cells: dict[int, Cell], columns: Columns
) -> tuple[tuple[UnitMention, ...], tuple[UnitMention, ...]]:
    lead: list[UnitMention] = []
    coordinating: list[UnitMention] = []
    for column in columns.of("lead", "both"):
        if column in cells:
            first, second = read_names(sheet.text, sheet.low, cells[column].at, cells[column].breaks)
            lead += [unit for unit in first if unit not in lead]
            coordinating += second
    for column in columns.of("coordinating"):
        if column in cells:
            first, second = read_names(sheet.text, sheet.low, cells[column].at, cells[column].breaks)
            coordinating += [unit for unit in (*first, *second) if unit not in coordinating]
    if not columns.sure:
        lead, coordinating = ([replace(unit, sure=False) for unit in units] for units in (lead, coordinating))
    return tuple(lead), tuple(coordinating)


def _when(sheet: Sheet, cells: dict[int, Cell], columns: Columns, calendar: Calendar) -> Deadline:
    """The last of the columns of time that is filled: behind the date first set stands the one it was put off to, and
    behind a beginning its end.
    """
    filled = {cells[column].at: cells[column] for column in columns.of("time") if column in cells}
    told = [
        found
        for cell in filled.values()
        if _filled(sheet, cell)
        and (found := stated(sheet.low, cell.at, calendar, column_year=columns.year)).kind != "none"
    ]
    if len(told) == 2 and columns.starts and all(one.kind == "date" and "/" not in (one.value or "/") for one in told):
        start, end = told
        return replace(end, value=f"{start.value}/{end.value}") if str(start.value) < str(end.value) else end
    return told[-1] if told else Deadline()


def _first(sheet: Sheet, cells: dict[int, Cell], columns: list[int]) -> Finding | None:
    for column in columns:
        cell = cells.get(column)
        if cell is not None and _filled(sheet, cell):
            return Finding(" ".join(cell.at.of(sheet.text).split()), cell.at)
    return None
