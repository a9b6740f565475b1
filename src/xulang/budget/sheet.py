"""An estimate as a table of cells and back: the columns that offices use, every faulty row told with its number."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xulang.budget.enums import Source
from xulang.budget.errors import BadFigure
from xulang.budget.findings import money
from xulang.budget.models import EstimateLine
from xulang.budget.norms import Norm, norms
from xulang.budget.services import NewLine
from xulang.papers.money_words import MOST
from xulang.plumbing.folding import fold
from xulang.plumbing.sheets import Cell, Column
from xulang.programme.models import Assignment

_PARTED = re.compile(r"[ .,\u00a0]")
_TASK_SHOWN = 80  # letters of a task that stand behind its number
_HEADINGS = (
    *("TT", "Nhiệm vụ", "Nội dung chi", "Đơn vị tính", "Số lượng", "Số lần, số ngày", "Đơn giá", "Thành tiền"),
    *("Định mức", "Căn cứ", "Nguồn", "Tên chương trình, nhà tài trợ", "Mã mục lục ngân sách"),
)
_WIDTHS = (6, 44, 44, 14, 10, 10, 14, 16, 44, 30, 34, 30, 18)
TOTAL = "Tổng cộng"
_NUMBERS = {"Số lượng": 4, "Số lần, số ngày": 5, "Đơn giá": 6}


def task_called(assignment: Assignment) -> str:
    """How a task stands in a cell: by the assignment's number, then as many words as fit."""
    words = " ".join(assignment.task.text.split())
    return f"{assignment.pk}. {words[:_TASK_SHOWN]}"


def norm_called(norm: Norm, document: str) -> str:
    """How a norm of a document stands in a list."""
    return f"{norm.name} – {document}"


def norm_choices() -> list[tuple[str, str]]:
    """Every norm of every document, as (value, name): what a line can go by."""
    return [
        (f"{norm.code}@{one.document.code}", norm_called(norm, one.document.code))
        for norm in norms().values()
        for one in norm.versions
    ]


def columns(duties: Iterable[Assignment]) -> list[Column]:
    """The columns of the sheet, with lists for what is chosen."""
    lists: dict[str, Sequence[str]] = {
        "Nhiệm vụ": [task_called(one) for one in duties],
        "Định mức": [name for _value, name in norm_choices()],
        "Nguồn": [str(label) for label in Source.labels],
    }
    return [Column(name, width, lists.get(name, ())) for name, width in zip(_HEADINGS, _WIDTHS, strict=True)]


def rows(lines: Iterable[EstimateLine]) -> list[list[Cell]]:
    """The lines, and their total."""
    names = dict(norm_choices())
    told: list[list[Cell]] = [
        [
            *(number, task_called(line.assignment), line.content, line.measure, line.quantity, line.times, line.price),
            *(line.amount, names.get(f"{line.norm}@{line.document}", ""), line.basis, str(line.get_source_display())),
            *(line.origin, line.index_codes),
        ]
        for number, line in enumerate(lines, 1)
    ]
    total = sum(int(str(row[7])) for row in told)
    return [*told, ["", TOTAL, "", "", "", "", "", total]]


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """What is wrong with a row of the file, by its number there."""

    number: int
    told: str


def understood(
    sheet: Sequence[Sequence[str]], duties: Mapping[int, Assignment]
) -> tuple[list[NewLine], list[FaultyRow]]:
    """The lines of a sheet that was handed in, and everything that is wrong in it.

    `duties` are the assignments that lines may be for. The total, where one is told, must be that of the rows.
    """
    if not sheet or [fold(cell) for cell in sheet[0][: len(_HEADINGS)]] != [fold(name) for name in _HEADINGS]:
        told = _("Dòng tiêu đề phải là: %(names)s. Hãy tải tệp mẫu về và điền vào đó.") % {
            "names": "; ".join(_HEADINGS)
        }
        return [], [FaultyRow(1, told)]
    lines, faults, total = list[NewLine](), list[FaultyRow](), 0
    for number, row in enumerate(sheet[1:], 2):
        cells = [cell.strip() for cell in [*row, *[""] * len(_HEADINGS)][: len(_HEADINGS)]]
        if not any(cells):
            continue
        if fold(cells[1]) == fold(TOTAL):
            faults += _total(number, cells[7], total)
            continue
        line, wrong = _line(cells, duties)
        faults += [FaultyRow(number, told) for told in wrong]
        total += _whole(cells[7]) or 0
        lines += [line] if line else []
    return lines, faults


def _total(number: int, told: str, total: int) -> list[FaultyRow]:
    if _whole(told) == total:
        return []
    words = _("Tổng cộng ghi %(told)s, cộng các dòng là %(total)s.") % {"told": told or "…", "total": money(total)}
    return [FaultyRow(number, words)]


def _line(cells: Sequence[str], duties: Mapping[int, Assignment]) -> tuple[NewLine | None, list[str]]:
    wrong = []
    duty = duties.get(_whole(cells[1].split(".")[0]) or 0)
    if duty is None:
        wrong.append(_("Không có nhiệm vụ “%(name)s” của đơn vị. Hãy chọn trong danh sách.") % {"name": cells[1]})
    if not cells[2]:
        wrong.append(_("Thiếu nội dung chi."))
    numbers = {name: _whole(cells[place]) for name, place in _NUMBERS.items()}
    if not cells[5]:
        numbers["Số lần, số ngày"] = 1
    wrong += [
        _("“%(name)s” phải là số nguyên lớn hơn 0.") % {"name": name} for name, value in numbers.items() if not value
    ]
    source = next((one for one in Source if fold(str(one.label)) == fold(cells[10])), None)
    if source is None:
        wrong.append(_("Không có nguồn “%(name)s”. Hãy chọn trong danh sách.") % {"name": cells[10]})
    norm = next((value for value, name in norm_choices() if fold(name) == fold(cells[8])), "") if cells[8] else ""
    if cells[8] and not norm:
        wrong.append(_("Không có định mức “%(name)s”. Hãy chọn trong danh sách.") % {"name": cells[8]})
    amount = _whole(cells[7])
    quantity, times, price = numbers.values()
    if quantity and times and price:
        product = quantity * times * price
        if amount != product:
            told = {"told": cells[7] or "…", "product": money(product)}
            wrong.append(_("Thành tiền ghi %(told)s, nhân ra %(product)s.") % told)
        if product > MOST:
            wrong.append(str(BadFigure()))
    if wrong or duty is None or source is None or not (quantity and times and price):
        return None, wrong
    code, _at, document = norm.partition("@")
    line = NewLine(
        assignment=duty,
        content=cells[2],
        measure=cells[3],
        quantity=quantity,
        times=times,
        price=price,
        amount=amount,
        source=source,
        norm=code,
        document=document,
        basis=cells[9][:300],
        origin=cells[11][:200],
        index_codes=cells[12][:60],
    )
    return line, []


def _whole(cell: str) -> int | None:
    """A whole number as people and spreadsheets write it; groups parted by dots, commas or blanks."""
    parts = _PARTED.split(cell)
    grouped = all(len(part) == 3 for part in parts[1:])
    digits = "".join(parts)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 16 and grouped else None
