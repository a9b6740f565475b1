"""Bảng báo cáo: many reports as one sheet. PURE: the rows that leave, and what a filled row says.

The headings are the file's own, in Vietnamese whatever the language of the screens.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xulang.plumbing.folding import fold
from xulang.plumbing.sheets import Cell, Column, Page, Sheet, as_xlsx
from xulang.programme.enums import EntryKind

MOST = 500  # filled rows that one file may bring
LONGEST = 10_000  # characters of a report, as in the form
CODE, TASK, UNIT, PERIOD, DUE = "Mã dòng", "Nhiệm vụ", "Đơn vị", "Kỳ", "Hạn"
KIND, NOTE, PERCENT, LINKS, FAULTS = "Báo cáo", "Nội dung", "Mức độ (%)", "Minh chứng (địa chỉ trang)", "Cần sửa"
FILLED = (KIND, NOTE, PERCENT, LINKS)  # by the unit; what stands before them is read back only to be compared
KINDS = {
    "Tiến độ": EntryKind.PROGRESS,
    "Không phát sinh": EntryKind.NIL,
    "Hoàn thành": EntryKind.DONE,
    "Vướng mắc": EntryKind.OBSTACLE,
}
_COLUMNS = (
    Column(CODE, 16),
    Column(TASK, 60),
    Column(UNIT, 32),
    Column(PERIOD, 16),
    Column(DUE, 13),
    Column(KIND, 18, tuple(KINDS)),
    Column(NOTE, 60),
    Column(PERCENT, 12),
    Column(LINKS, 34),
)
_ADVICE = (
    ("Cách dùng", "Mỗi dòng là một kỳ báo cáo. Chọn ở cột Báo cáo, ghi Nội dung, rồi nạp tệp. Đừng sửa Mã dòng."),
    ("Xem trước", "Nạp xong, phần mềm cho xem từng dòng. Chưa ghi gì trước khi bạn đồng ý."),
    ("Tiến độ", "Đã làm được một phần: ghi Nội dung, có thể ghi Mức độ (%) từ 0 đến 100."),
    ("Không phát sinh", "Trong kỳ không có việc. Không dùng cho việc có thời hạn một lần."),
    ("Hoàn thành", "Phải có minh chứng: ghi địa chỉ trang. Minh chứng là ảnh, tệp thì báo cáo ở trang của việc đó."),
    ("Vướng mắc", "Ghi vướng gì, cần ai giúp việc gì. Kỳ báo cáo vẫn còn phải báo cáo."),
    ("Để trống", "Dòng để trống cả bốn cột cuối thì được bỏ qua."),
    ("Nạp hai lần", "Nạp lại chính tệp đã nạp thì không có gì được ghi thêm."),
)
_TITLES = 10  # lines that may stand above the heading


class Standing(StrEnum):
    """What a row would do."""

    FAULTY = "FAULTY"
    NEW = "NEW"
    SAME = "SAME"
    BLANK = "BLANK"


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that is owed, as its row shows it."""

    id: int
    task: str
    unit: str
    period: str
    due: dt.date


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was filled in: its number in the file, the cells by heading, the headings of cells nobody typed."""

    number: int
    cells: Mapping[str, str]
    odd: Sequence[str] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return not self.odd and not any(self.cells.get(heading) for heading in FILLED)


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: to which report, of which kind, in which words."""

    expected: int
    kind: EntryKind
    note: str
    percent: int | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to be mended, and under which heading ("" for the row as a whole)."""

    heading: str
    sentence: str | Promise


def code_of(expected: int) -> str:
    """How a report is named in the sheet; the mark behind it shows a name that was mistyped or made up."""
    return f"{expected}-{_mark(expected)}"


def _mark(expected: int) -> str:
    return re.sub(r"\W|_", "", signing.Signer(salt="xulang.programme.bulk").signature(str(expected)))[:8]


def named(code: str) -> int | None:
    """Which report a code names; None where nobody gave such a code.

    >>> named(code_of(7)), named("7"), named("8" + code_of(7)[1:])
    (7, None, None)
    """
    number = code.partition("-")[0]
    if not re.fullmatch(r"[1-9]\d{0,17}", number) or code != code_of(int(number)):
        return None
    return int(number)


def sheet(owed: Iterable[Owed]) -> bytes:
    """The workbook to fill in, with a sheet that explains."""
    return as_xlsx([Page("Báo cáo", _COLUMNS, [_told(row) for row in owed]), _explained()])


def faulty_rows(found: Iterable[tuple[Row, Sequence[Fault]]]) -> bytes:
    """The faulty rows alone, each with what is to be mended: mend these, and take this file in."""
    rows = [
        [
            *(row.cells.get(column.heading, "") for column in _COLUMNS),
            "; ".join(
                f"{fault.heading}: {fault.sentence}" if fault.heading else str(fault.sentence) for fault in faults
            ),
        ]
        for row, faults in found
    ]
    return as_xlsx([Page("Báo cáo", [*_COLUMNS, Column(FAULTS, 60)], rows), _explained()])


def _told(row: Owed) -> list[Cell]:
    return [code_of(row.id), row.task, row.unit, row.period, row.due, "", "", "", ""]


def _explained() -> Page:
    return Page("Giải thích", [Column("Mục", 18), Column("Giải thích", 110)], _ADVICE)


def rows_of(sheets: Iterable[Sheet]) -> list[Row]:
    """The rows of every sheet that has our columns."""
    found: list[Row] = []
    for one in sheets:
        for at, cells in enumerate(one.rows[:_TITLES]):
            known = {fold(column.heading): column.heading for column in _COLUMNS}
            columns = [known.get(fold(cell), "") for cell in cells]
            if not {CODE, KIND}.issubset(columns):
                continue
            for number, values in enumerate(one.rows[at + 1 :], at + 2):
                given = {name: _tidy(cell) for name, cell in zip(columns, values, strict=False) if name}
                odd = [name for column, name in enumerate(columns, 1) if name and (number, column) in one.odd]
                if any(given.values()) or odd:
                    found.append(Row(number, given, odd))
            break
    return found


def _tidy(cell: str) -> str:
    """NFC; line ends stay, since a report may have paragraphs."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", cell).splitlines())
    return "\n".join(lines).strip()


def said(row: Row) -> tuple[Said | None, list[Fault]]:
    """What a filled row says, or what is to be mended in it; of the report that it names nothing is asked yet."""
    faults = [Fault(name, _("Ô này là công thức hoặc giá trị lỗi. Hãy gõ chữ hoặc số vào ô.")) for name in row.odd]
    told = row.cells
    expected = named(told.get(CODE, ""))
    if expected is None and CODE not in row.odd:
        faults.append(
            Fault(CODE, _("Mã dòng bị sửa hoặc thiếu. Hãy chép lại mã từ tệp đã tải, hoặc tải tệp mới rồi ghi lại."))
        )
    kind = {fold(word): kind for word, kind in KINDS.items()}.get(fold(told.get(KIND, "")))
    if kind is None and KIND not in row.odd:
        words = ", ".join(KINDS)
        faults.append(Fault(KIND, _("Hãy chọn một trong các loại: %(words)s.") % {"words": words}))
    percent = told.get(PERCENT, "").removesuffix("%").strip()
    if percent and not re.fullmatch(r"\d{1,3}", percent):
        faults.append(Fault(PERCENT, _("Ghi số nguyên từ 0 đến 100, hoặc để trống.")))
    if len(told.get(NOTE, "")) > LONGEST:
        faults.append(Fault(NOTE, _("Dài quá %(longest)s ký tự. Hãy rút gọn.") % {"longest": LONGEST}))
    links = tuple(told.get(LINKS, "").split())
    if any(len(link) > 500 for link in links):
        faults.append(Fault(LINKS, _("Dài quá %(longest)s ký tự. Hãy rút gọn.") % {"longest": 500}))
    if faults or expected is None or kind is None:
        return None, faults
    return Said(expected, kind, told.get(NOTE, ""), int(percent) if percent else None, links), []


STRAYED: str | Promise = gettext_lazy(
    "Không khớp với Mã dòng: các dòng có thể bị xếp lệch, hoặc nhiệm vụ vừa đổi. Hãy tải tệp mới rồi ghi lại."
)


def strayed(row: Row, owed: Owed) -> list[Fault]:
    """Where the row shows another duty or period than its code names: columns were sorted apart from each other."""
    return [
        Fault(heading, STRAYED)
        for heading, ours in ((TASK, owed.task), (PERIOD, owed.period))
        if (theirs := row.cells.get(heading)) and _words(theirs) != _words(ours)
    ]


def _words(text: str) -> str:
    return fold(" ".join(text.split()))[:5_000]
