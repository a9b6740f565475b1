"""An estimate as a table of cells and back: the columns that offices use, every faulty row told with its number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from xulang.activities.models import Activity
from xulang.budget.enums import Source
from xulang.budget.errors import BadFigure
from xulang.budget.findings import money
from xulang.budget.models import EstimateLine
from xulang.budget.norms import norms
from xulang.budget.services import NewLine
from xulang.papers.money_words import MOST
from xulang.plumbing.amounts import whole
from xulang.plumbing.folding import fold
from xulang.plumbing.sheets import Cell, Column
from xulang.programme.models import Assignment

Served = Mapping[int, Mapping[int, Activity]]  # by assignment, then by number
_SHOWN = 80  # letters of a task or an activity that stand behind its number
_HEADINGS = (
    *("TT", "Nhiệm vụ", "Nội dung chi", "Đơn vị tính", "Số lượng", "Số lần, số ngày", "Đơn giá", "Thành tiền"),
    *("Định mức", "Căn cứ", "Nguồn", "Tên chương trình, nhà tài trợ", "Mã mục lục ngân sách", "Hoạt động"),
)
_WIDTHS = (6, 44, 44, 14, 10, 10, 14, 16, 44, 30, 34, 30, 18, 44)
TOTAL = "Tổng cộng"
_WORDS = {2: "content", 3: "measure", 9: "basis", 11: "origin", 12: "index_codes"}  # cells of words, by what they say
_NUMBERS = {"Số lượng": 4, "Số lần, số ngày": 5, "Đơn giá": 6}


def task_called(assignment: Assignment) -> str:
    """How a task stands in a cell: by the assignment's number, then as many words as fit."""
    words = " ".join(assignment.task.text.split())
    return f"{assignment.pk}. {words[:_SHOWN]}"


def activity_called(activity: Activity) -> str:
    """How an activity stands in a cell."""
    return f"{activity.pk}. {activity.begins:%d/%m/%Y} {' '.join(activity.title.split())[:_SHOWN]}"


def norm_choices() -> list[tuple[str, str]]:
    """Every norm of every document, as (value, name): what a line can go by."""
    return [
        (f"{norm.code}@{one.document.code}", f"{norm.name} – {one.document.code}")
        for norm in norms().values()
        for one in norm.versions
    ]


def _sources() -> dict[str, Source]:
    """The sources by their names: the sheet speaks Vietnamese, whoever takes it away."""
    with override("vi"):
        return {str(source.label): source for source in Source}


def columns(duties: Iterable[Assignment], served: Served) -> list[Column]:
    """The columns of the sheet, with lists for what is chosen."""
    known = {activity.pk: activity for of_duty in served.values() for activity in of_duty.values()}
    lists: dict[str, Sequence[str]] = {
        "Hoạt động": [activity_called(one) for one in known.values()],
        "Nhiệm vụ": [task_called(one) for one in duties],
        "Định mức": [name for _value, name in norm_choices()],
        "Nguồn": list(_sources()),
    }
    return [Column(name, width, lists.get(name, ())) for name, width in zip(_HEADINGS, _WIDTHS, strict=True)]


def rows(lines: Iterable[EstimateLine]) -> list[list[Cell]]:
    """The lines, and their total."""
    names, sources = dict(norm_choices()), {source: name for name, source in _sources().items()}
    told: list[list[Cell]] = [
        [
            *(number, task_called(line.assignment), line.content, line.measure, line.quantity, line.times, line.price),
            *(line.amount, names.get(f"{line.norm}@{line.document}", ""), line.basis, sources[Source(line.source)]),
            *(line.origin, line.index_codes, activity_called(line.activity) if line.activity else ""),
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
    sheet: Sequence[Sequence[str]], duties: Mapping[int, Assignment], served: Served
) -> tuple[list[NewLine], list[FaultyRow]]:
    """The lines of a sheet that was handed in, and everything that is wrong in it.

    `duties` are the assignments that lines may be for, `served` the activities that serve each. The total, where one
    is told, must be that of the rows.
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
        line, wrong = _line(cells, duties, served)
        faults += [FaultyRow(number, told) for told in wrong]
        total += whole(cells[7]) or 0
        lines += [line] if line else []
    return lines, faults


def _total(number: int, told: str, total: int) -> list[FaultyRow]:
    if whole(told) == total:
        return []
    words = _("Tổng cộng ghi %(told)s, cộng các dòng là %(total)s.") % {"told": told or "…", "total": money(total)}
    return [FaultyRow(number, words)]


def _line(cells: Sequence[str], duties: Mapping[int, Assignment], served: Served) -> tuple[NewLine | None, list[str]]:
    wrong = _worded(cells)
    duty = duties.get(_numbered(cells[1]))
    if duty is None:
        wrong.append(_("Không có nhiệm vụ “%(name)s” của đơn vị. Hãy chọn trong danh sách.") % {"name": cells[1]})
    activity = served.get(duty.pk, {}).get(_numbered(cells[13])) if duty else None
    if duty and cells[13] and activity is None:
        wrong.append(
            _("Nhiệm vụ này không có hoạt động “%(name)s”. Hãy chọn trong danh sách, hoặc để trống.")
            % {"name": cells[13]}
        )
    numbers = {name: whole(cells[place]) for name, place in _NUMBERS.items()}
    if not cells[5]:
        numbers["Số lần, số ngày"] = 1
    wrong += [
        _("“%(name)s” phải là số nguyên lớn hơn 0.") % {"name": name} for name, value in numbers.items() if not value
    ]
    source = next((one for name, one in _sources().items() if fold(name) == fold(cells[10])), None)
    if source is None:
        wrong.append(_("Không có nguồn “%(name)s”. Hãy chọn trong danh sách.") % {"name": cells[10]})
    norm = next((value for value, name in norm_choices() if fold(name) == fold(cells[8])), "") if cells[8] else ""
    if cells[8] and not norm:
        wrong.append(_("Không có định mức “%(name)s”. Hãy chọn trong danh sách.") % {"name": cells[8]})
    amount = whole(cells[7])
    quantity, times, price = numbers.values()
    if quantity and times and price:
        product = quantity * times * price
        if amount != product:
            told = {"told": cells[7] or "…" if amount is None else money(amount), "product": money(product)}
            wrong.append(_("Thành tiền ghi %(told)s, nhân ra %(product)s. Hãy sửa cho khớp.") % told)
        if product > MOST:
            wrong.append(str(BadFigure()))
    if wrong or duty is None or source is None or not (quantity and times and price):
        return None, wrong
    code, _at, document = norm.partition("@")
    line = NewLine(
        assignment=duty,
        activity=activity,
        content=cells[2],
        measure=cells[3],
        quantity=quantity,
        times=times,
        price=price,
        amount=amount,
        source=source,
        norm=code,
        document=document,
        basis=cells[9],
        origin=cells[11],
        index_codes=cells[12],
    )
    return line, []


def _worded(cells: Sequence[str]) -> list[str]:
    """What is wrong with the cells of words: none where there must be some, or more than the line has room for."""
    wrong = [_("Thiếu “%(name)s”. Hãy ghi.") % {"name": _HEADINGS[place]} for place in (2, 3) if not cells[place]]
    for place, name in _WORDS.items():
        most: int = getattr(EstimateLine._meta.get_field(name), "max_length", 0)
        if len(cells[place]) > most:
            told = {"name": _HEADINGS[place], "most": most}
            wrong.append(_("“%(name)s” dài quá %(most)s ký tự. Hãy rút gọn.") % told)
    return wrong


def _numbered(cell: str) -> int:
    """The number before the words of a cell that was chosen in a list; 0 without one."""
    return whole(cell.split(".")[0]) or 0
