"""Tables that people keep in spreadsheets: an untrusted CSV or XLSX file into cells of text, and cells into such files.

A cell that a spreadsheet would take for a formula bears a "'" before it in every file that leaves, and loses it in
every one that comes in, so that what was exported is read as what it was.
"""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from xulang.plumbing import files
from xulang.plumbing.errors import SheetTooLong, SheetUnreadable, UnknownFile
from xulang.reading.files.faults import RefusedError
from xulang.reading.files.plain import decoded

ROWS, COLUMNS = 20_000, 60  # of one sheet; the whole country's communes of 2024 are 10,000
Cell = str | int | dt.date  # what a cell that leaves can hold
_CELL = 32_000  # Excel refuses longer texts
_A4 = 9  # as a workbook names the paper
_UNPACKED = 64 * 1024 * 1024  # what all parts of a workbook may hold together
_ODD = "feb"  # as openpyxl calls the kinds of cell: formula, error, boolean
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
# What a broken or spiteful workbook makes its readers raise; entities are refused by defusedxml (a ValueError).
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, EOFError, OSError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name ("" for a CSV file) and its rows, the heading first; row n of the file is `rows[n - 1]`.

    `odd`: where (row, column, from 1) a formula, a fault or a truth value stands, if that was asked for.
    """

    name: str
    rows: list[list[str]]
    odd: frozenset[tuple[int, int]] = frozenset()


def read(data: bytes, name: str, *, typed: bool = False) -> list[Sheet]:
    """The sheets of an XLSX file, or the one of a CSV file in any usual encoding, parted by commas, semicolons or tabs.

    A formula is what it last came to; with `typed` only what a person typed counts: the rest is empty, and `odd`.
    Raises EmptyFile, TooLarge, MacroFile, SheetTooLong or SheetUnreadable.
    """
    try:
        kind = files.check(data=data, name=_as_text(name), allowed={"xlsx", "txt"})
    except UnknownFile as why:
        raise SheetUnreadable(name=name) from why
    return _workbook(data, name, typed) if kind == "xlsx" else [Sheet("", _csv(data, name))]


def _as_text(name: str) -> str:
    """Stored files know no CSV: by its content it is plain text."""
    return re.sub(r"\.(csv|tsv)$", ".txt", name, flags=re.IGNORECASE)


def _csv(data: bytes, name: str) -> list[list[str]]:
    try:
        text = decoded(data).removeprefix("\ufeff")
    except RefusedError as why:
        raise SheetUnreadable(name=name) from why
    told = re.match(r"sep=(.)\n", text)  # Excel's own first line
    heading = text.split("\n", 1)[0]
    delimiter = told[1] if told else max(",;\t", key=heading.count)
    try:
        # Excel's line is emptied, not left out: rows are told by their numbers in the file.
        lines = csv.reader(io.StringIO(text[len(told[0]) - 1 :] if told else text, newline=""), delimiter=delimiter)
        rows = [[plain(cell) for cell in cells[:COLUMNS]] for cells in islice(lines, ROWS + 2)]
    except csv.Error as why:
        raise SheetUnreadable(name=name) from why
    return _held(rows, name)


def _workbook(data: bytes, name: str, typed: bool) -> list[Sheet]:
    """Every visible sheet. Rows and columns past the limits are never looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED:
                raise SheetTooLong(name=name, rows=ROWS)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=not typed, keep_links=False)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if typed:
            return [_typed(sheet, name) for sheet in seen]
        return [Sheet(sheet.title, _held([_cells(row) for row in _rows(sheet)], name)) for sheet in seen]
    except _BROKEN as why:
        raise SheetUnreadable(name=name) from why


def _typed(sheet: Any, name: str) -> Sheet:
    """A sheet of what was typed; booleans and faults count as formulas do."""
    rows, odd = list[list[str]](), set[tuple[int, int]]()
    for row, cells in enumerate(_rows(sheet, values_only=False), 1):
        odd |= {(row, column) for column, cell in enumerate(cells, 1) if cell.data_type in _ODD}
        rows.append(_cells("" if cell.data_type in _ODD else cell.value for cell in cells))
    return Sheet(sheet.title, _held(rows, name), frozenset(odd))


def _rows(sheet: Any, *, values_only: bool = True) -> Iterable[Any]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    return islice(sheet.iter_rows(max_row=ROWS + 2, max_col=COLUMNS, values_only=values_only), ROWS + 2)


def _cells(values: Iterable[Any]) -> list[str]:
    cells = [plain(_said(value)) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _said(value: Any) -> str:
    """What a cell holds, as a person would type it."""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)[:_CELL]


def _held(rows: list[list[str]], name: str) -> list[list[str]]:
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if len(rows) > ROWS + 1:
        raise SheetTooLong(name=name, rows=ROWS)
    return rows


def guarded(cell: str) -> str:
    """The cell as it leaves: no spreadsheet takes it for a formula.

    >>> guarded("=1+1"), guarded("'=1"), plain(guarded("'=1"))
    ("'=1+1", "''=1", "'=1")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """The cell as it was before it left."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file that Excel and others open rightly: UTF-8 with its mark, parted by commas; days as 05/06/2026.

    A number is no formula, below nothing either.
    """
    out = io.StringIO()
    csv.writer(out).writerows(
        [cell if isinstance(cell, int) else guarded(_written(cell)) for cell in row] for row in rows
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _written(cell: Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date) else str(cell)


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of a workbook is written: its heading, how wide, and what may stand in it ("" for anything)."""

    heading: str
    width: int = 18
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written: a frozen heading, then rows of texts, days and numbers."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def as_xlsx(pages: Iterable[Page]) -> bytes:
    """A workbook that prints across A4, a page wide.

    Columns with choices offer them as a list, kept on a sheet of their own that is not seen.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "num_format": "@"}
        head = book.add_format(base | {"bold": True, "bg_color": "#E7EEF4", "border": 1, "text_wrap": True})
        cell = book.add_format(base | {"text_wrap": True})
        day = book.add_format(base | {"num_format": "dd/mm/yyyy", "align": "left"})
        # Large numbers are money, grouped; a year is none.
        count = book.add_format(base | {"num_format": "[>=10000]#,##0;0"})
        lists: list[Sequence[str]] = []
        for page in pages:
            sheet = book.add_worksheet(page.name)
            sheet.freeze_panes(1, 0)
            sheet.set_paper(_A4)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            for number, column in enumerate(page.columns):
                sheet.set_column(number, number, column.width, cell)
                sheet.write_string(0, number, guarded(column.heading), head)
                if column.choices:
                    lists.append(column.choices)
                    letter, last = xlsxwriter.utility.xl_col_to_name(len(lists) - 1), len(column.choices)
                    source = f"='Danh sách'!${letter}$1:${letter}${last}"
                    sheet.data_validation(
                        1, number, ROWS, number, {"validate": "list", "source": source, "error_type": "information"}
                    )
            for n, row in enumerate(page.rows, 1):
                for number, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(n, number, dt.datetime.combine(value, dt.time()), day)
                    elif isinstance(value, int):
                        sheet.write_number(n, number, value, count)
                    else:
                        sheet.write_string(n, number, guarded(value)[:_CELL], cell)
        if lists:
            hidden = book.add_worksheet("Danh sách")
            hidden.hide()
            for number, choices in enumerate(lists):
                hidden.write_column(0, number, choices)
    return out.getvalue()
