"""How findings are worded for Vietnamese readers, the same in every format."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xulang.reading.directive.findings import Citation, Deadline, Finding, Header, Reading, TaskFinding, UnitMention

RELATIONS = {
    "implements": "thực hiện",
    "basis": "căn cứ",
    "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế",
    "mentions": "nhắc đến",
}
MODES = {"order": "giao việc", "request": "đề nghị"}
_EVERY = {
    "year": "hằng năm",
    "half": "6 tháng một lần",
    "quarter": "hằng quý",
    "month": "hằng tháng",
    "week": "hằng tuần",
}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def units(mentions: Sequence[UnitMention]) -> str:
    """The units of a task, one after the other."""
    return "; ".join(unit.value for unit in mentions)


def day(value: str) -> str:
    """An ISO date of any precision as Vietnamese writes it: 30/06/2024, 06/2024, quý II/2024; a range with –."""
    if "/" in value:
        return " – ".join(map(day, value.split("/")))
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return f"quý {('I', 'II', 'III', 'IV')[int(quarter[2]) - 1]}/{quarter[1]}"
    return "/".join(reversed(value.split("-")))


def deadline(found: Deadline) -> str:
    """A deadline in words; "" where the text gives none."""
    if found.kind == "ongoing":
        return "thường xuyên"
    if found.kind == "date" and found.value:
        return day(found.value)
    if found.kind == "recurring" and found.every:
        return _EVERY[found.every] + (f", {_within(found.value, found.every)}" if found.value else "")
    if found.kind == "relative":
        span = re.fullmatch(r"P(T?)(\d+)([DWMYH])", found.value or "")
        names = {"D": "ngày", "W": "tuần", "M": "phút" if span and span[1] else "tháng", "Y": "năm", "H": "giờ"}
        return f"trong {span[2]} {names[span[3]]} kể từ mốc nêu trong văn bản" if span else "theo mốc nêu trong văn bản"
    return ""


def _within(value: str, every: str) -> str:
    """The day or month within a period: "ngày 25", "ngày 15/12", "thứ Sáu", "ngày 05 kỳ sau"."""
    period = {"+": " kỳ sau", "-": " kỳ trước"}.get(value[0], "")
    bare = value.lstrip("+-")
    if every == "week":
        return _WEEKDAYS[int(bare) - 1] + period
    if every == "year" and "-" not in bare:
        return f"tháng {bare}{period}"
    return f"ngày {day(bare)}{period}"


def heading(header: Header) -> list[tuple[str, str]]:
    """The heading's findings under their Vietnamese names, those that were found."""
    both = [found.value for found in (header.number, header.symbol) if found]
    rows: list[tuple[str, Finding | str | None]] = [
        ("Cơ quan ban hành", header.issuer),
        ("Cơ quan chủ quản", header.superior),
        ("Số, ký hiệu", "/".join(both) if header.number else f".../{both[0]}" if both else None),
        ("Nơi ban hành", header.place),
        ("Ngày ban hành", day(header.date.value) if header.date else None),
        ("Loại văn bản", header.type),
        ("Trích yếu", header.title),
        ("Kính gửi", "; ".join(found.value for found in header.addressees) or None),
    ]
    return [(name, found if isinstance(found, str) else found.value) for name, found in rows if found]


def citation(found: Citation) -> str:
    """A cited document with its date, issuer and title, where the text gives them."""
    date = f"ngày {day(found.date)}" if found.date else None
    return ", ".join(filter(None, (found.code, date, found.issuer, found.title)))


def doubtful(task: TaskFinding) -> list[str]:
    """What in a task a person must check: names of the parts that are not sure."""
    parts = [
        ("nhiệm vụ", task.sure),
        ("đơn vị", all(unit.sure for unit in (*task.lead, *task.coordinating))),
        ("thời hạn", task.deadline.sure),
    ]
    return [name for name, sure in parts if not sure]


def task_text(reading: Reading, task: TaskFinding) -> str:
    """The words of a task; the cells of a table's row parted by a bar."""
    return " | ".join(filter(None, (cell.strip() for cell in task.at.of(reading.text).split("\t"))))
