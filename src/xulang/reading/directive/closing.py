"""The end of a paper: who signs, in whose name, and who receives it (Nghị định 30/2020, Phụ lục I, cells 7 and 9b)."""

import re
from dataclasses import dataclass

from xulang.reading.directive.findings import Finding, Signature
from xulang.reading.directive.knowledge import cues
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.text.level import LOWER, UPPER, choice
from xulang.reading.text.spans import Span, trimmed

_TO = re.compile(r"\W{0,2}(?:nơi|noi|nơl|vơi|nới|nỡi|not|nơt) (?:nhận|nhan|nhân|nhậm|nhặn)[ ]*[:.]?[ *_]*")
_AUTHORITY = re.compile(
    r"(?:t[ ]?/?[ ]?m|k[ ]?/?[ ]?t|t[ ]?/?[ ]?l|t[ ]?/?[ ]?u[ ]?q|tuq|q)[ ]?[./][ ]*(?=\w)"
    r"|(?:t/m|k/t|t/l|t/uq)[ ]+(?=\w)"  # the Party writes no mark after it
)
_POSITION = re.compile(
    rf"(?:q\. ?)?(?:quyền )?(?:phó |phó tổng )?(?:{choice(cues()['signature']['positions'])})"
    r"(?: thường trực| phụ trách)?(?:[ ]+[\w\- ]{2,60})?"
)
_ASIDE = re.compile(rf"\(?(?:{choice(cues()['signature']['asides'])})|^[\W_]+$")
_RANK = re.compile(rf"(?:(?:{choice(cues()['signature']['ranks'])})(?!\w)\.?[ ]*)*")
_NAME = re.compile(rf"(?P<name>[{UPPER}][{UPPER}{LOWER}'’]*(?:[ ]+[{UPPER}][{UPPER}{LOWER}'’]*){{1,5}})")
# Specks of a stamp on either side of a line of capitals.
_SPECKS = re.compile(
    rf"[\W_]{{0,4}}(?:\w[ ])?(?P<words>[{UPPER}.]{{2,}}(?:[ ][{UPPER}.]{{2,}})*)(?:[ ]\S)?[\W_]{{0,3}}"
)
_EDGES = " \t\n\u00a0-+*_;.,:–•"
_GAP = re.compile(r"\t+|[ \u00a0]{3,}")


@dataclass(frozen=True, slots=True)
class Closing:
    """Recipients and signature, and which rows they take (indices of `Sheet.rows`)."""

    recipients: tuple[Finding, ...]
    signature: Signature
    rows: frozenset[int]


def read_closing(sheet: Sheet, body: int) -> Closing:
    """The closing of the paper itself; a second signature under an annex only takes its rows."""
    recipients: tuple[Finding, ...] = ()
    signature: Signature | None = None
    taken: set[int] = set()
    index = body
    while index < len(sheet.rows):
        row = sheet.rows[index]
        if _TO.match(sheet.low, row.at.start, row.at.end) and row.at.end - row.at.start < 200:
            found, last = _recipients(sheet, index)
            recipients = recipients or found
            taken.update(range(index, last + 1))
            index = last + 1
            continue
        signed = _signature(sheet, index)
        if signed is not None:
            found_signature, last = signed
            if signature is None or (signature.name is None and found_signature.name is not None):
                signature = found_signature
            taken.update(range(index, last + 1))
            index = last + 1
            continue
        index += 1
    if not recipients:
        recipients, rows = _unheaded(sheet, body)
        taken |= rows
    return Closing(recipients, signature or Signature(), frozenset(taken))


def _unheaded(sheet: Sheet, body: int) -> tuple[tuple[Finding, ...], set[int]]:
    """Recipients whose heading is lost: a run of bullets that ends with "Lưu: …"."""
    for number in range(len(sheet.rows) - 1, body, -1):
        if not re.match(r"\W{0,3}lưu(?!\w)[ ]?:", sheet.low[sheet.rows[number].at.start :][:12]):
            continue
        first = number
        while (
            first - 1 >= body and sheet.rows[first - 1].bullet and sheet.text[sheet.rows[first - 1].at.end - 1] in ";,."
        ):
            first -= 1
        if number - first < 2:
            continue
        places = [trimmed(sheet.text, *_first_column(sheet, row.at), _EDGES) for row in sheet.rows[first : number + 1]]
        found = tuple(Finding(" ".join(at.of(sheet.text).split()), at) for at in places if at.end > at.start)
        return found, set(range(first, number + 1))
    return (), set()


def _recipients(sheet: Sheet, index: int) -> tuple[tuple[Finding, ...], int]:
    row = sheet.rows[index]
    match = _TO.match(sheet.low, row.at.start, row.at.end)
    assert match is not None
    places = [Span(match.end(), row.at.end)]
    last = index
    kept = False
    for number in range(index + 1, min(len(sheet.rows), index + 60)):
        below = sheet.rows[number]
        at = _first_column(sheet, below.at)
        if _ends_recipients(sheet, below, at, kept=kept):
            break
        if _is_continued(sheet, below, places[-1]):
            places[-1] = Span(places[-1].start, at.end)
        else:
            places.append(at)
        kept = kept or bool(re.match(r"[\W_]*lưu(?!\w)", sheet.low[at.start : at.end]))
        last = number
    found = []
    for place in places:
        at = trimmed(sheet.text, *_first_column(sheet, place), _EDGES)
        if at.end > at.start:
            found.append(Finding(" ".join(at.of(sheet.text).split()), at))
    return tuple(found), last


def _first_column(sheet: Sheet, at: Span) -> Span:
    start = at.start
    while start < at.end and sheet.text[start] in _EDGES:
        start += 1
    gap = _GAP.search(sheet.text, start, at.end)
    return Span(at.start, gap.start()) if gap else at


def _ends_recipients(sheet: Sheet, row: Row, at: Span, *, kept: bool) -> bool:
    low, words = sheet.low[at.start : at.end], at.of(sheet.text)
    if row.label is not None and row.label.kind not in ("bullet", "letter"):
        return True
    if _AUTHORITY.match(low) or (words.isupper() and _POSITION.fullmatch(low.strip(_EDGES))):
        return True
    if row.bullet:
        return kept and not low.lstrip(_EDGES).startswith("lưu") and row.line.page is None and len(words) > 120
    if kept or len(words) > 140 or (words.isupper() and len(words) > 12):
        return True
    return (
        bool(_NAME.fullmatch(words.strip()))
        and not words.rstrip().endswith((";", ","))
        and not _any_bullet_before(sheet, row)
    )


def _any_bullet_before(sheet: Sheet, row: Row) -> bool:
    return not any(sheet.text[row.at.start :].startswith(mark) for mark in "-+")


def _is_continued(sheet: Sheet, row: Row, above: Span) -> bool:
    """A recipient that runs over two lines: no dash, and the line above did not end with a mark."""
    words = sheet.text[above.start : above.end].rstrip()
    return not row.bullet and bool(words) and words[-1] not in ";.:" and above.end > above.start


def _signature(sheet: Sheet, index: int) -> tuple[Signature, int] | None:
    """The lines of authority that begin at this row, and the name under them; None where none begin here."""
    lines: list[Finding] = []
    place = index
    while place < len(sheet.rows) and (at := _authority(sheet, sheet.rows[place])) is not None:
        lines.append(Finding(" ".join(at.of(sheet.text).split()), at))
        place += 1
    if not lines:
        return None
    explicit = bool(_AUTHORITY.match(sheet.low, lines[0].at.start))
    last = place
    capitals: Finding | None = None  # a name in capitals, or the rest of a long position: the lines below tell which
    for number in range(place, min(len(sheet.rows), place + (10 if explicit else 6))):
        row = sheet.rows[number]
        at = _last_column(sheet, row.at)
        words = at.of(sheet.text).strip(" *_")
        if _ASIDE.search(sheet.low[at.start : at.end]):
            continue
        name = None if _POSITION.fullmatch(words.lower()) or _TO.match(words.lower()) else _name(sheet, at)
        if name is not None and not words.isupper():
            return Signature((*lines, *([capitals] if capitals else [])), name), number
        if name is not None and capitals is None:
            capitals, last = name, number
            continue
        if row.label is not None or len(words) > 60:
            break
    if capitals is not None:
        return Signature(tuple(lines), capitals), last
    return (Signature(tuple(lines)), place - 1) if explicit else None


def _name(sheet: Sheet, at: Span) -> Finding | None:
    """A person's name without the rank before it."""
    at = trimmed(sheet.text, at.start, at.end, " \t*_")
    rank = _RANK.match(sheet.low, at.start, at.end)
    at = trimmed(sheet.text, rank.end() if rank else at.start, at.end, " .")
    words = at.of(sheet.text)
    return Finding(" ".join(words.split()), at) if _NAME.fullmatch(words) else None


def _authority(sheet: Sheet, row: Row) -> Span | None:
    """The place of a line of authority or position in capitals, or None."""
    at = trimmed(sheet.text, *_last_column(sheet, row.at), " \t*_")
    if sheet.document.ocr:
        speck = _SPECKS.fullmatch(at.of(sheet.text))
        at = Span(at.start + speck.start("words"), at.start + speck.end("words")) if speck else at
    words, low = at.of(sheet.text), sheet.low[at.start : at.end]
    if len(words) > 90 or (words.upper() != words and not _AUTHORITY.match(low)):
        return None
    if row.label is not None and row.label.kind not in ("upper", "roman") and not sheet.document.ocr:
        return None
    if _AUTHORITY.match(low) and words[0].isupper():
        return at
    bare = low.strip(_EDGES)
    return (
        at if words.isupper() and _POSITION.fullmatch(bare) and not re.search(r"ủy ban nhân dân|ubnd", bare) else None
    )


def _last_column(sheet: Sheet, at: Span) -> Span:
    gaps = list(_GAP.finditer(sheet.text, at.start, at.end))
    return Span(gaps[-1].end(), at.end) if gaps else at
