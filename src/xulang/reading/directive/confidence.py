"""What is doubtful, missing, written by hand or repaired: marks on the findings, and sentences a person can act on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from xulang.reading.directive import findings
from xulang.reading.directive.findings import Finding, Header, Reading, Signature, TaskFinding, UnitMention
from xulang.reading.directive.lines import Sheet
from xulang.reading.text.level import LOWER, UPPER
from xulang.reading.text.lexicon import within_names
from xulang.reading.text.spans import Span
from xulang.reading.text.units import Scanner

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
    scanner = Scanner(sheet.text, sheet.low)
    reading = replace(
        reading, header=_issued(reading.header), tasks=tuple(_doubted(scanner, task) for task in reading.tasks)
    )
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
_AND_MORE = re.compile(r"[ ]*,[ ]+(?=\w)|[ ]+và[ ]+")
_SMALL = re.compile(rf"[ ]+(?=[{LOWER}])")
# Behind one of these a name has told all there is of it.
_PLACED = re.compile(
    r"(?<!\w)(?:(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thôn|bản)"
    rf"(?:[ ][{UPPER}]\w*){{0,4}}|liên quan)$"
)
_NO_PLACE = re.compile(r"(?:ubnd|nhân dân) (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$")
_CAPITAL = re.compile(rf"(?<=[\w)])[ ,]+(?=[{UPPER}])")
_TIME_INSIDE = re.compile(
    r"(?<!\w)(?:sáng|chiều|thứ (?:hai|ba|tư|năm|sáu|bảy)|hằng (?:tuần|tháng|quý)|trước ngày)(?!\w)"
)
_UNFINISHED = re.compile(r"(?<!\w)(?:quản lý|và|của|thuộc)$")


def _issued(header: Header) -> Header:
    """An issuer whose place is not told, "Chủ tịch UBND tỉnh", is marked."""
    issuer = header.issuer
    if issuer is None or not _NO_PLACE.search(issuer.value.lower()):
        return header
    return replace(header, issuer=replace(issuer, sure=False))


def _doubted(scanner: Scanner, task: TaskFinding) -> TaskFinding:
    """A task whose units look ill read is marked, and so are they."""
    lead = tuple(_unit(scanner, unit, sure=task.sure) for unit in task.lead)
    coordinating = tuple(_unit(scanner, unit, sure=task.sure) for unit in task.coordinating)
    sure = task.sure and bool(lead) and all(unit.sure for unit in lead)
    return replace(task, lead=lead, coordinating=coordinating, sure=sure)


def _unit(scanner: Scanner, unit: UnitMention, *, sure: bool) -> UnitMention:
    ran_on = bool(_PROSE.search(unit.value)) and not _SETS.match(unit.value)
    ill_read = bool(_NO_NAME.search(unit.value)) or len(unit.value) < 3
    low = scanner.low[unit.at.start : unit.at.end]
    unlike = bool(_TIME_INSIDE.search(low) or _UNFINISHED.search(low))
    odd = ran_on or ill_read or unlike or _cut_short(scanner, unit.at) or _holds_another(scanner, unit.at)
    return replace(unit, sure=unit.sure and sure and not odd)


def _cut_short(scanner: Scanner, at: Span) -> bool:
    """Whether more of the name may stand behind it: "Phòng Quản lý|, bảo vệ rừng", "Trung tâm Dịch vụ| tổng hợp"."""
    low, lex = scanner.low, scanner.lex
    line = low.find("\n", at.end)
    end = line if line >= 0 else len(low)
    more = _AND_MORE.match(low, at.end, end)
    if more:
        role = lex.role.match(low, more.end(), end)  # "…, phối hợp với Phòng B"
        another = scanner.name(more.end(), end) or lex.domain.match(low, more.end(), end)
        return not (another or (role and role.group() not in within_names()))
    small = _SMALL.match(scanner.text, at.end, end)
    if small is None or _PLACED.search(scanner.text, at.start, at.end):
        return False
    verb = lex.end.match(low, small.end(), end)
    doubtful = verb is None or " " not in verb.group() or verb.group() in within_names()
    return doubtful and not _told_whole(scanner, at)


def _told_whole(scanner: Scanner, at: Span) -> bool:
    """Whether a name ends with a field that is known: "Sở Tài chính", "Phòng Kinh tế"."""
    starts = (gap.end() for gap in _CAPITAL.finditer(scanner.text, at.start, at.end))
    return any(
        (field := scanner.lex.domain.match(scanner.low, start, at.end)) and field.end() == at.end for start in starts
    )


def _holds_another(scanner: Scanner, at: Span) -> bool:
    """Whether a second body begins inside the name, behind what is a whole name: "Sở Tài chính Ban Quản lý dự án"."""
    for gap in _CAPITAL.finditer(scanner.text, at.start, at.end):
        before = Span(at.start, gap.start())
        whole = _PLACED.search(scanner.text, *before) or _told_whole(scanner, before)
        if whole and scanner.body_begins(gap.end(), at.end):
            return True
    return False


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
