"""The tables of the directory: their headings, and which sheet of a file is which. PURE."""

import enum
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xulang.plumbing.folding import fold
from xulang.plumbing.sheets import Sheet

FAULTS = "Cần sửa"  # the column that tells what is wrong, in the file of faulty rows; never read


class Table(enum.StrEnum):
    """Which table, in the order in which they are taken in."""

    UNITS = "UNITS"
    PEOPLE = "PEOPLE"
    POSTS = "POSTS"


# Heading → what it holds. The headings are the file's own, in Vietnamese whatever the language of the screens.
HEADINGS: dict[Table, dict[str, str]] = {
    Table.UNITS: {
        "Số": "number",
        "Tên đơn vị": "name",
        "Loại": "kind",
        "Khối": "tree",
        "Cấp trên": "parent",
        "Mã": "codes",
        "Tên ngắn": "short_name",
        "Tên tiếng Anh": "english",
        "Tên khác": "aliases",
        "Từ ngày": "first",
        "Đến hết ngày": "last",
    },
    Table.PEOPLE: {"Tên đăng nhập": "username", "Họ và tên": "full_name", "Thư điện tử": "email"},
    Table.POSTS: {
        "Đơn vị": "unit",
        "Chức vụ": "title",
        "Vai trò": "role",
        "Tên đăng nhập": "username",
        "Tư cách": "capacity",
        "Từ ngày": "first",
        "Đến hết ngày": "last",
        "Căn cứ": "basis",
    },
}
NAMES = {Table.UNITS: "Đơn vị", Table.PEOPLE: "Người dùng", Table.POSTS: "Chức vụ"}  # of the sheets of a workbook
_NEEDED = {
    Table.UNITS: {"name"},
    Table.PEOPLE: {"username", "full_name"},
    Table.POSTS: {"unit", "title"},
}
_TITLES = 10  # lines that may stand above the heading


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number in the file, and the cells of the columns that the file has."""

    table: Table
    number: int
    cells: Mapping[str, str]

    def heading(self, column: str) -> str:
        """What the column is called in the file."""
        return next((name for name, key in HEADINGS[self.table].items() if key == column), "")


def rows_of(sheets: Iterable[Sheet]) -> tuple[list[Row], list[str]]:
    """Every row of the sheets that are tables of ours, table by table; and the headings that nobody knows."""
    found: dict[Table, list[Row]] = {table: [] for table in Table}
    unknown: list[str] = []
    for sheet in sheets:
        for at, cells in enumerate(sheet.rows[:_TITLES]):
            if (told := _table(cells)) is None:
                continue
            table, columns = told
            unknown += [cell for cell, key in zip(cells, columns, strict=True) if cell and not key and cell != FAULTS]
            for number, row in enumerate(sheet.rows[at + 1 :], at + 2):
                given = {key: "" for key in columns if key}
                given |= {key: _tidy(cell) for key, cell in zip(columns, row, strict=False) if key}
                if any(given.values()):
                    found[table].append(Row(table, number, given))
            break
    return [row for table in Table for row in found[table]], unknown


def _table(cells: list[str]) -> tuple[Table, list[str]] | None:
    for table, headings in HEADINGS.items():
        known = {fold(name): key for name, key in headings.items()}
        columns = [known.get(fold(cell), "") for cell in cells]
        if set(columns) >= _NEEDED[table]:
            return table, columns
    return None


def _tidy(cell: str) -> str:
    """NFC, single blanks; line ends within a cell part a list as semicolons do."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", cell).splitlines())
    return "; ".join(line for line in lines if line)
