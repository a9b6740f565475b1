"""The only door of the directive reader: a Document in, a Reading out.

One pure function after the other: lines, heading, closing, tree, citations, tasks, then what is doubtful.
"""

import hashlib

from xulang.reading.directive import findings
from xulang.reading.directive.bodies import bodies_of
from xulang.reading.directive.citations import find_citations, find_codes
from xulang.reading.directive.closing import read_closing
from xulang.reading.directive.confidence import told
from xulang.reading.directive.deadlines import Calendar
from xulang.reading.directive.findings import Header, Reading, Source
from xulang.reading.directive.funding import find_funding
from xulang.reading.directive.heading import complete_issuer, read_heading
from xulang.reading.directive.lines import sheet_of
from xulang.reading.directive.secrecy import MESSAGE, secrecy_of
from xulang.reading.directive.sections import grow, sections_of
from xulang.reading.directive.tasks import Tasks
from xulang.reading.files.document import Document
from xulang.reading.files.opening import open_document
from xulang.reading.files.ports import Converter, Recogniser
from xulang.reading.text.level import level
from xulang.reading.text.spans import Span

MAX_TEXT = 2_000_000  # code points; a directive of a thousand pages is shorter, so a longer text is none
TOO_LONG = "Văn bản dài bất thường (hơn hai triệu ký tự) nên không đọc; hãy tách lấy phần văn bản chỉ đạo rồi đọc lại."


def read(document: Document, *, name: str, sha256: str) -> Reading:
    """All that stands in a directive. Never raises; what the file made hard comes back as warnings."""
    source = Source(name, document.media_type, sha256, document.pages, document.ocr)
    warnings = tuple(findings.Warning(fault.code, fault.message, fault.at) for fault in document.faults)
    if not document.text.strip():
        return Reading(source, text=document.text, warnings=warnings)
    if len(document.text) > MAX_TEXT:
        return Reading(source, warnings=(*warnings, findings.Warning("too_large", TOO_LONG)))
    sheet = sheet_of(document)
    stamp = secrecy_of(sheet)
    if stamp is not None:
        return Reading(source, warnings=(findings.Warning("secret", MESSAGE.format(stamp)),))
    heading = read_heading(sheet)
    closing = read_closing(sheet, heading.body)
    header = complete_issuer(sheet, heading, next(iter(closing.signature.lines), None))
    root = grow(bodies_of(sheet, heading.body, closing.rows), scanned=document.ocr)
    codes = tuple(code.at.end for code in find_codes(sheet.text))
    year = int(header.date.value[:4]) if header.date else None
    type_ = header.type.value if header.type else ""
    asks = type_ == "TTr"  # a tờ trình asks to decide, it orders nothing
    reader = Tasks(sheet, root, Calendar(year, codes), _issuer_names(header), orders=type_ not in ("", "BC"))
    reading = Reading(
        source,
        document.text,
        header,
        find_citations(sheet.text, sheet.low, header, Span(0, len(sheet.text))),
        sections_of(sheet, root),
        () if asks else reader.read(),
        find_funding(sheet, root),
        closing.signature,
        closing.recipients,
        warnings,
    )
    return told(sheet, reading)


def read_file(
    data: bytes, *, name: str, recognise: Recogniser | None = None, convert: Converter | None = None
) -> Reading:
    """All that stands in a file: opened, then read. Never raises. `name` is only told back, nothing is taken from it.

    Without `recognise` a scan, and without `convert` an old office file, gives a warning that says what to install.
    """
    document = open_document(data, recognise=recognise, convert=convert)
    return read(document, name=name, sha256=hashlib.sha256(data).hexdigest())


def _issuer_names(header: Header) -> tuple[str, ...]:
    """How the body of the paper calls its issuer: in full, and short without the name of the place."""
    if header.issuer is None:
        return ()
    full = level(header.issuer.value)
    names = {full, full.replace("ủy ban nhân dân", "ubnd")}
    for kind in ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường"):
        for name in tuple(names):
            head, found, _ = name.partition(f" {kind} ")
            if found:
                names |= {f"{head} {kind}", f"chủ tịch {head} {kind}", f"chủ tịch {name}"}
    for kind in ("tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy", "tỉnh đoàn"):
        head, found, _ = full.partition(f"{kind} ")
        names |= {f"{head}{kind}", f"ban thường vụ {kind}"} if found else set()
    return tuple(sorted(names))
