"""What is doubtful, missing, written by hand or repaired: marks on the findings, and sentences a person can act on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from xulang.reading.directive import findings
from xulang.reading.directive.findings import Finding, Reading, Signature, TaskFinding, UnitMention
from xulang.reading.directive.lines import Sheet
from xulang.reading.text.level import LOWER, UPPER

_FIELDS = {
    "issuer": "cơ quan ban hành",
    "superior": "cơ quan cấp trên",
    "number": "số",
    "symbol": "ký hiệu",
    "place": "địa danh",
    "date": "ngày ban hành",
    "type": "loại văn bản",
    "title": "trích yếu",
}
_NEEDED = ("issuer", "symbol", "date", "title")


def told(sheet: Sheet, reading: Reading) -> Reading:
    """The reading with repairs shown, doubts marked, and a warning for each of them and for all that is missing."""
    if sheet.document.ocr:
        reading = _with_repairs(sheet, reading)
    reading = replace(reading, tasks=tuple(map(_doubted, reading.tasks)))
    warnings = chain(reading.warnings, _missing(sheet, reading), _repaired(reading), _doubtful(reading))
    return replace(reading, warnings=tuple(warnings))


def _with_repairs(sheet: Sheet, reading: Reading) -> Reading:
    """Of a scan the text that was matched may be another than the text that was recognised: both are shown."""

    def shown(finding: Finding) -> Finding:
        words = " ".join(finding.at.of(sheet.document.text).split())
        if finding.repaired_from is not None or words == " ".join(finding.at.of(sheet.text).split()):
            return finding
        return replace(finding, repaired_from=words)

    header, signed = reading.header, reading.signature
    fields = {name: shown(one) for name in _FIELDS if (one := getattr(header, name)) is not None}
    return replace(
        reading,
        header=replace(header, **fields, addressees=tuple(map(shown, header.addressees))),
        signature=Signature(tuple(map(shown, signed.lines)), shown(signed.name) if signed.name else None),
        recipients=tuple(map(shown, reading.recipients)),
    )


# A name of a body is capitals and what they carry; eight small words in a row are prose that ran on.
_PROSE = re.compile(rf"(?:[ ][{LOWER}]+){{8,}}$")
_NO_NAME = re.compile(rf"[^{UPPER}{LOWER}0-9 ,.;:&/()'\"“”\-–+]")  # both dashes are printed
_SETS = re.compile(r"^(?:các|những|mỗi|từng|tất cả|toàn)", re.IGNORECASE)


def _doubted(task: TaskFinding) -> TaskFinding:
    """A task whose units look ill read is marked, and so are they."""
    lead = tuple(_unit(unit, sure=task.sure) for unit in task.lead)
    coordinating = tuple(_unit(unit, sure=task.sure) for unit in task.coordinating)
    sure = task.sure and bool(lead) and all(unit.sure for unit in lead)
    return replace(task, lead=lead, coordinating=coordinating, sure=sure)


def _unit(unit: UnitMention, *, sure: bool) -> UnitMention:
    ran_on = bool(_PROSE.search(unit.value)) and not _SETS.match(unit.value)
    ill_read = bool(_NO_NAME.search(unit.value)) or len(unit.value) < 3
    return replace(unit, sure=unit.sure and sure and not ran_on and not ill_read)


def _missing(sheet: Sheet, reading: Reading) -> Iterator[findings.Warning]:
    header = reading.header
    for name in _NEEDED:
        if getattr(header, name) is None and not (name == "title" and header.type is not None):
            yield findings.Warning("missing", f"Không tìm thấy {_FIELDS[name]} của văn bản; hãy bổ sung khi nhận.")
    if header.symbol is not None and header.number is None:
        yield _left_out(sheet, "Số văn bản", header.symbol)
    if header.date is not None and len(header.date.value) < len("2024-05-06"):
        yield _left_out(sheet, "Ngày ban hành", header.date)


def _left_out(sheet: Sheet, what: str, beside: Finding) -> findings.Warning:
    if sheet.document.ocr:
        message = f"{what} viết tay hoặc không đọc được; hãy xem bản quét và nhập lại."
        return findings.Warning("handwritten", message, beside.at)
    return findings.Warning("missing", f"{what} còn để trống hoặc chưa đầy đủ; hãy bổ sung.", beside.at)


def _repaired(reading: Reading) -> Iterator[findings.Warning]:
    header = reading.header
    fields = [(_FIELDS[name], getattr(header, name)) for name in _FIELDS]
    others = [("nơi nhận", one) for one in reading.recipients] + [("người ký", reading.signature.name)]
    for what, one in (*fields, *others):
        if one is not None and one.repaired_from is not None:
            message = f"Đã sửa {what} “{one.repaired_from}” thành “{one.value}”; hãy kiểm tra với bản gốc."
            yield findings.Warning("repaired", message, one.at)


def _doubtful(reading: Reading) -> Iterator[findings.Warning]:
    for name, what in _FIELDS.items():
        one = getattr(reading.header, name)
        if one is not None and not one.sure:
            yield findings.Warning("doubtful", f"Chưa chắc chắn về {what} “{one.value}”; hãy kiểm tra.", one.at)
    for task in reading.tasks:
        units = [unit.value for unit in (*task.lead, *task.coordinating) if not unit.sure]
        if not task.lead:
            message = f"Nhiệm vụ {task.id} chưa rõ đơn vị thực hiện; hãy chọn đơn vị."
        elif units:
            message = f"Nhiệm vụ {task.id}: chưa chắc chắn về đơn vị “{'”, “'.join(units)}”; hãy kiểm tra."
        elif not task.sure:
            message = f"Nhiệm vụ {task.id}: chưa chắc đây là việc được giao; hãy kiểm tra."
        elif not task.deadline.sure:
            message = f"Nhiệm vụ {task.id}: chưa chắc chắn về thời hạn; hãy kiểm tra."
        else:
            continue
        yield findings.Warning("doubtful", message, task.at)
    for citation in reading.citations:
        if not citation.sure:
            message = f"Chưa chắc chắn về văn bản viện dẫn “{citation.code}”; hãy kiểm tra."
            yield findings.Warning("doubtful", message, citation.at[0])
