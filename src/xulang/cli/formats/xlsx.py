"""The reading as a workbook: a task sheet to work on, the text it was read from, and what is cited."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from xulang.cli.formats import wording
from xulang.reading.directive.findings import Reading, TaskFinding

_CELL = 32_000  # Excel refuses longer texts
_TASKS, _TEXT, _CITED = "Nhiệm vụ", "Văn bản", "Viện dẫn"
_COLUMNS = (
    ("TT", 5), ("Mục", 9), ("Nội dung nhiệm vụ", 58), ("Loại", 10), ("Chủ trì", 24), ("Phối hợp", 24), ("Thời hạn", 15),
    ("Sản phẩm", 18), ("Kinh phí", 15), ("Cần kiểm tra", 13), ("Đoạn văn bản", 11), ("Tình hình thực hiện", 24),
)  # fmt: skip
_LINE, _HIGHEST = 16.5, 409  # points a line of 12-point letters takes; no row of a sheet is higher


@dataclass
class _Sheets:
    """The workbook and the formats its sheets share."""

    book: Any
    plain: Any
    middle: Any
    head: Any
    bold: Any
    doubt: Any
    link: Any
    title: Any


def written(reading: Reading) -> bytes:
    """An .xlsx file. Texts are written as texts: what begins with "=" is no formula, no address becomes a link."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        base = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top"}
        sheets = _Sheets(
            book,
            plain=book.add_format(base | {"border": 1}),
            middle=book.add_format(base | {"border": 1, "align": "center"}),
            head=book.add_format(
                base | {"border": 1, "bold": True, "bg_color": "#E7EEF4", "align": "center", "valign": "vcenter"}
            ),
            bold=book.add_format(base | {"border": 1, "bold": True}),
            doubt=book.add_format(base | {"border": 1, "bg_color": "#FFF3CD"}),
            link=book.add_format(base | {"border": 1, "font_color": "#0B5394", "underline": 1}),
            title=book.add_format(base | {"bold": True, "font_size": 14, "text_wrap": False}),
        )
        tasks = book.add_worksheet(_TASKS)
        places = _text_sheet(sheets, reading)
        _task_sheet(sheets, tasks, reading, places)
        _cited_sheet(sheets, reading)
    return out.getvalue()


def _task_sheet(sheets: _Sheets, sheet: Any, reading: Reading, places: dict[int, int]) -> None:
    """One task a row under a frozen heading, with filters; the passage opens by a link. Doubtful rows are coloured."""
    row = 0
    sheet.write(row, 0, f"NHIỆM VỤ TRONG {reading.source.name}"[:_CELL], sheets.title)
    for name, value in wording.heading(reading.header):
        row += 1
        sheet.write(row, 0, f"{name}: {value}"[:_CELL], sheets.book.add_format({"font_name": "Times New Roman"}))
    for warning in reading.warnings:
        row += 1
        sheet.write(row, 0, f"Lưu ý: {warning.message}", sheets.book.add_format({"font_color": "#9C5700"}))
    head = row + 2
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write(head, column, name, sheets.head)
    for number, task in enumerate(reading.tasks, start=1):
        doubt = wording.doubtful(task)
        look = sheets.doubt if doubt else sheets.plain
        values = _values(reading, task, number, doubt)
        sheet.set_row(head + number, _height(values))
        for column, cell in enumerate(values):
            sheet.write(head + number, column, cell, sheets.middle if column < 2 and not doubt else look)
        target = places.get(task.at.start)
        if target is not None:
            sheet.write_url(head + number, 10, f"internal:'{_TEXT}'!A{target + 1}", sheets.link, "mở đoạn")
    sheet.freeze_panes(head + 1, 3)
    if reading.tasks:
        sheet.autofilter(head, 0, head + len(reading.tasks), len(_COLUMNS) - 1)
    sheet.set_landscape()
    _printable(sheet, head)


def _printable(sheet: Any, head: int) -> None:
    """On A4, as wide as the page, the heading on every page, numbered."""
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&P/&N")


def _height(values: tuple[str | int, ...]) -> float:
    """The height that shows every line of a row: not every program that opens a workbook finds it by itself."""
    lines = [
        sum(max(1, -(-len(line) // int(width * 1.1))) for line in str(value).split("\n"))
        for value, (_, width) in zip(values, _COLUMNS, strict=True)
    ]
    return min(max(lines) * _LINE, _HIGHEST)


def _values(reading: Reading, task: TaskFinding, number: int, doubt: list[str]) -> tuple[str | int, ...]:
    return (
        number,
        task.section or "",
        wording.task_text(reading, task)[:_CELL],
        wording.MODES[task.mode],
        wording.units(task.lead),
        wording.units(task.coordinating),
        wording.deadline(task.deadline),
        task.product.value if task.product else "",
        task.money.value if task.money else "",
        ", ".join(doubt),
        "",
        "",
    )


def _text_sheet(sheets: _Sheets, reading: Reading) -> dict[int, int]:
    """The text, one line a row beside its section; returns the row on which each task begins."""
    sheet = sheets.book.add_worksheet(_TEXT)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 120)
    sheet.write_row(0, 0, ("Mục", "Nội dung"), sheets.head)
    sheet.freeze_panes(1, 0)
    _printable(sheet, 0)
    labels = {section.at.start: section.id for section in reading.sections}
    starts = {task.at.start for task in reading.tasks}
    places: dict[int, int] = {}
    at = 0
    for row, line in enumerate(reading.text.split("\n"), start=1):
        end = at + len(line)
        begun = [start for start in labels if at <= start < end or at == start]
        sheet.write(row, 0, ", ".join(labels[start] for start in begun), sheets.plain)
        shown = line.replace("\t", "  |  ")[:_CELL]
        sheet.set_row(row, min(max(1, -(-len(shown) // 114)) * _LINE, _HIGHEST))
        sheet.write(row, 1, shown, sheets.bold if begun else sheets.plain)
        places |= {start: row for start in starts if at <= start <= end and start not in places}
        at = end + 1
    return places


def _cited_sheet(sheets: _Sheets, reading: Reading) -> None:
    sheet = sheets.book.add_worksheet(_CITED)
    sheet.set_landscape()
    _printable(sheet, 0)
    names = (("Số, ký hiệu", 24), ("Ngày", 14), ("Cơ quan ban hành", 34), ("Trích yếu", 70), ("Quan hệ", 18))
    for column, (name, width) in enumerate(names):
        sheet.set_column(column, column, width)
        sheet.write(0, column, name, sheets.head)
    sheet.freeze_panes(1, 0)
    for row, cited in enumerate(reading.citations, start=1):
        sheet.set_row(row, _LINE * max(1, -(-len(cited.title or "") // 66), -(-len(cited.issuer or "") // 32)))
        values = (
            cited.code,
            wording.day(cited.date) if cited.date else "",
            cited.issuer or "",
            cited.title or "",
            wording.RELATIONS[cited.relation],
        )
        sheet.write_row(row, 0, [value[:_CELL] for value in values], sheets.plain if cited.sure else sheets.doubt)
