"""Which line of a paper is which component (cells 1 to 13): by words and place, never by the look to be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from xulang.papers.checking import copy_parts
from xulang.papers.checking.sheet import Line, Piece, Sheet
from xulang.papers.layout import table, types
from xulang.papers.numerals import from_roman
from xulang.reading.text.level import level

_PLACE_DATE = re.compile(r"(?:.{0,40}[,\s])?ngày\b.{0,20}\btháng\b.{0,20}\bnăm\b.{0,8}")
_NUMBER = re.compile(r"số\s*[:.]?[\s\d._…]*/|số\s*:")
_ANNEX = re.compile(r"phụ lục(?:\s+(?:số\s+)?([ivxlc]+|\d+))?\s*[.:]?$")
_RIGHT_HALF = re.compile(
    r"cộng hòa xã hội|độc lập\s*-|[^,(]{2,40},\s*ngày.*tháng|(tm|kt|tl|tuq|q)\.|(phó )?chủ tịch|sao (y|lục)|trích sao"
)
_LIST_MARK = re.compile(r"[-–+•*]\s*")
_DIVISION = re.compile(r"(phần|chương|mục|tiểu mục)\s+(?:thứ\s+)?([ivxlc]+|\d+)\s*[.:]?(?:\s+(.*))?$")
_ROMAN = re.compile(r"([IVXLC]+)\s*([.\-/)]|\s-)\s*\S")
_ARTICLE = re.compile(r"điều\s+\d+\s*([.:]?)")
_CLAUSE = re.compile(r"(\d+(?:\.\d+)*)([.)/\-]?)\s+\S")
_POINT = re.compile(r"([a-zđ])\s*([).\-/])\s*\S")
_DRAFTER = re.compile(r"\w{1,6}\.?\s*\(\d+\)$")


@dataclass(slots=True)
class Components:
    """The lines of each component, by the ids of the layout's elements; empty where there is none."""

    found: dict[str, list[Line]] = field(default_factory=dict)
    type: str | None = None
    party: bool = False
    body: list[Line] = field(default_factory=list)  # every printed line of cell 6 that is in no table
    annexes: list[list[Line]] = field(default_factory=list)
    nearby: dict[int, list[Line]] = field(default_factory=dict)  # after a paragraph, what stands next in its column
    copies: list[Components] = field(default_factory=list)  # of a paper that was copied: each copy's own block
    copy: str | None = None  # of a copy's block: its form
    after: list[Line] = field(default_factory=list)  # of a copy's block: what stands behind it

    @property
    def alone(self) -> bool:
        """Whether this is a copy's sheet without the paper that was copied."""
        return bool(self.copies) and not any(self.found.get(name) for name in ("national_name", "number", "type_name"))

    def of(self, name: str) -> list[Line]:
        """The lines of a component."""
        return self.found.get(name, [])

    def first(self, name: str) -> Line | None:
        """Its first line."""
        return next(iter(self.of(name)), None)

    def add(self, name: str, line: Line) -> None:
        """One more line of a component."""
        self.found.setdefault(name, []).append(line)


def shown(line: Line) -> str:
    """A line's words in one spelling, to be compared."""
    return level(line.text)


@cache
def cues() -> dict[str, list[str]]:
    """The words of cues.toml."""
    return table("cues.toml")


def begins(words: str, cue: str) -> bool:
    """Whether words begin with one of a cue's, as whole words."""
    return any(words.startswith(one) and not words[len(one) : len(one) + 1].isalnum() for one in cues()[cue])


@cache
def type_names() -> dict[str, str]:
    """The names of the types, in one spelling, and their abbreviations."""
    return {level(t.name): code for code, t in types().items() if code not in ("CV", "Thư công")}


def components(sheet: Sheet) -> Components:
    """The components of a paper."""
    found = Components(nearby=_nearby(sheet.lines))
    lines = [part for line in sheet.lines for part in _halves(line) if part.text]
    marked = copy_parts.mark(lines)
    for line in marked:
        found.add("copy_mark", line)
    lines = lines[len(marked) :]
    starts = copy_parts.blocks(lines)
    for start, stop in pairwise([*starts, len(lines)]):
        found.copies.append(_copy(lines[start:stop], found.nearby))
    lines = lines[: starts[0]] if starts else lines
    head = {id(line) for line in _head(lines, found)}
    rest = [line for line in lines if id(line) not in head]
    rest = _titled(rest, found)
    end = next((i for i, line in enumerate(rest) if shown(line).startswith("nơi nhận")), None)
    main, after = _closing(rest, end, found)
    _body(main, found)
    _annexes(after, found)
    for page in sheet.pages:
        for line in page.headers.get("default", []):
            if "PAGE" in line.fields:
                found.add("page_number", line)
    for line in sheet.pages[0].footers.get("first", []) if sheet.pages else ():
        if line.text:
            found.add("contact", line)
    return found


def _copy(lines: list[Line], nearby: dict[int, list[Line]]) -> Components:
    """The components of a copy's block."""
    found = Components(nearby=nearby)
    head = {id(line) for line in _head(lines, found)}
    rest = [line for line in lines if id(line) not in head]
    end = next((i for i, line in enumerate(rest) if shown(line).startswith("nơi nhận")), None)
    _before, found.after = _closing(rest, end, found)
    named = found.first("copy_form")
    found.copy = copy_parts.form_of(shown(named)) if named else ""
    return found


def _halves(line: Line) -> list[Line]:
    """A line whose two halves are parted by a wide gap, as headings without a table are, as two lines."""
    words = "".join(p.text for p in line.pieces)
    cut = re.search(r"\S([ \u00a0]*\t[\t \u00a0]*| {6,})\S", words)
    if not cut or not _RIGHT_HALF.match(level(words[cut.end(1) :])):
        return [line]
    left, right, at = [], [], 0
    for piece in line.pieces:
        middle = cut.start(1) - at
        left.append(Piece(piece.text[: max(0, middle)], piece.letters))
        right.append(Piece(piece.text[max(0, middle) :], piece.letters))
        at += len(piece.text)
    form = replace(line.form, align="center")  # tabs place the halves; there is nothing to measure
    return [replace(line, pieces=tuple(left), form=form), replace(line, pieces=tuple(right), form=form, label="")]


def _nearby(lines: Sequence[Line]) -> dict[int, list[Line]]:
    """After each paragraph, the next few lines of the same column."""
    columns: dict[object, list[Line]] = {}
    for line in lines:
        key = (line.cell.table, line.cell.column) if line.cell else None
        columns.setdefault(key, []).append(line)
    return {
        line.number: [other for other in column[at + 1 : at + 4] if other.number != line.number]
        for column in columns.values()
        for at, line in enumerate(column)
    }


def _head(lines: Sequence[Line], found: Components) -> list[Line]:
    """Cells 1 to 4, 5b, 10 and 11; the lines that are the head."""
    front = _first_head(lines[:30])
    tables = {ln.cell.table for ln in front if ln.cell and (_is_nation(shown(ln)) or _NUMBER.match(shown(ln)))}
    last = max((i for i, ln in enumerate(front) if _marks_head(shown(ln))), default=-1)
    head = [ln for i, ln in enumerate(front) if i <= last or (ln.cell and ln.cell.table in tables)]
    left: list[Line] = []
    for line in head:
        words = shown(line)
        if name := _named(words):
            found.party |= words.startswith("đảng cộng sản")
            found.add(name, line)
        elif begins(words, "subject") or _goes_on_subject(line, words, found.of("subject")):
            found.add("subject", line)
        elif not found.first("number") and not re.fullmatch(r"[\W_]+", words):
            left.append(line)
    for line in _issuer(left):
        found.add("issuer", line)
    for line in left:
        if line not in found.of("issuer"):
            found.add("superior", line)
    return head


def _goes_on_subject(line: Line, words: str, subject: Sequence[Line]) -> bool:
    """Whether a line under "V/v …" is still the subject: in its column, not yet Kính gửi."""
    if not subject or words.startswith("kính gửi") or listed(line) or re.fullmatch(r"[\W_]+", words):
        return False
    return _column(line) == _column(subject[0]) and (line.cell is None) == (subject[0].cell is None)


def _first_head(front: Sequence[Line]) -> Sequence[Line]:
    """The lines before the type's name or Kính gửi, and before a second head, which an attached text brings along."""
    front = front[: next((i for i, line in enumerate(front) if _ends_head(line)), len(front))]
    nations = [i for i, line in enumerate(front) if _is_nation(shown(line))]
    if len(nations) < 2:
        return front
    end, cell = nations[1], front[nations[1]].cell
    while end and cell and (above := front[end - 1].cell) and above.table == cell.table:
        end -= 1
    return front[:end]


def _ends_head(line: Line) -> bool:
    words = shown(line)
    return words.startswith("kính gửi") or (line.cell is None and words.rstrip(".:") in type_names())


def _is_nation(words: str) -> bool:
    return words.startswith(("cộng hòa xã hội", "cộng hoà xã hội", "đảng cộng sản"))


def _marks_head(words: str) -> bool:
    return _named(words) in ("national_name", "motto", "number", "place_date")


def _is_place_date(words: str) -> bool:
    return bool(_PLACE_DATE.fullmatch(words)) and not words.startswith("(")


def _named(words: str) -> str | None:
    """The component that a line of the head is by its words alone."""
    if _is_nation(words):
        return "national_name"
    if words.startswith("độc lập") and "hạnh phúc" in words:
        return "motto"
    if _NUMBER.match(words):
        return "number"
    if _is_place_date(words):
        return "place_date"
    if copy_parts.form_of(words):
        return "copy_form"
    return next((name for name in ("urgency", "secrecy", "circulation") if words in cues()[name]), None)


def _issuer(lines: list[Line]) -> list[Line]:
    """Of the lines above the number, those of the issuing body: the last body that begins."""
    starts = [i for i, line in enumerate(lines) if _begins_body(shown(line)) and not _within(lines, i)]
    return lines[starts[-1] :] if starts else lines


def _begins_body(words: str) -> bool:
    return begins(words, "bodies") and not begins(words, "no_bodies")


def _within(lines: list[Line], at: int) -> bool:
    """Whether a line goes on with the body above: in the same paragraph, or after "VĂN PHÒNG" and the like."""
    return at > 0 and (lines[at].number == lines[at - 1].number or shown(lines[at - 1]) in cues()["unfinished"])


def _titled(rest: list[Line], found: Components) -> list[Line]:
    """Cell 5a, and what is left under it."""
    for at, line in enumerate(rest[:12]):
        words = shown(line).rstrip(".:")
        if words not in type_names() or line.cell is not None:
            continue
        found.type = type_names()[words]
        found.add("type_name", line)
        end = at + 1
        while end < len(rest) and end - at < 8 and _goes_on(rest[end], rest[end - 1], first=end == at + 1):
            found.add("title", rest[end])
            end += 1
        return rest[:at] + rest[end:]
    if found.first("subject"):
        found.type = "CV"
    return rest


def _goes_on(line: Line, above: Line, *, first: bool) -> bool:
    """Whether a line under the type's name is still the title: the rule beneath it, an empty paragraph, ends it."""
    words = shown(line)
    if _DIVISION.match(words) or (not first and line.number > above.number + 1):
        return False
    if (
        words.startswith(("kính gửi", "căn cứ", "(", "điều "))
        or re.fullmatch(r"[\W_]+", words)
        or line.cell is not None
    ):
        return False
    if line.form.align != "center" and _numbered(line.text):
        return False
    if (line.text.isupper() and not first) or len(words) > 400 or words.endswith("điện:"):
        return False
    return first and len(words) < 300 and not words.endswith((":", ";")) if line.form.align != "center" else True


def _numbered(text: str) -> bool:
    """Whether a line begins as a numbered part does: "I. ", "1. "; a title may begin with a number ("01 năm …")."""
    clause = _CLAUSE.match(text)
    return bool(_ROMAN.match(text) or (clause and clause[2]))


def _closing(rest: list[Line], end: int | None, found: Components) -> tuple[list[Line], list[Line]]:
    """Cells 7, 9b and 12; what stands before the signature, and what stands after."""
    if end is None:
        cut = next((i for i, ln in enumerate(rest) if i and _ANNEX.match(shown(ln)) and ln.cell is None), len(rest))
        return rest[:cut], rest[cut:]
    place = rest[end].cell
    if place is None:
        return _untabled(rest, end, found)
    inside = [i for i, ln in enumerate(rest) if ln.cell and ln.cell.table == place.table]
    word = rest[end]
    left = [i for i in inside if i >= end and _column(rest[i]) == _column(word)]
    found.add("recipients_word", word)
    _recipients([rest[i] for i in left[1:]], found)
    columns: dict[int | None, list[Line]] = {}
    for i in inside:
        if i not in left:
            columns.setdefault(_column(rest[i]), []).append(rest[i])
    for lines in columns.values():
        _signature(lines, found)
    return rest[: inside[0]], rest[inside[-1] + 1 :]


def _column(line: Line) -> int | None:
    return line.cell.column if line.cell else None


def _untabled(rest: list[Line], end: int, found: Components) -> tuple[list[Line], list[Line]]:
    """A closing set with tabs, or one under the other."""
    found.add("recipients_word", rest[end])
    last = end + 1
    signers: list[Line] = []
    listed: list[Line] = []
    while last < len(rest) and last - end < 40 and not _ANNEX.match(shown(rest[last])):
        (listed if _LIST_MARK.match(rest[last].text) else signers).append(rest[last])
        last += 1
    first = end
    while first and rest[first - 1].text.isupper() and rest[first - 1].form.align != "justify":
        first -= 1
    _recipients(listed, found)
    _signature(rest[first:end] + signers, found)
    return rest[:first], rest[last:]


def _recipients(lines: list[Line], found: Components) -> None:
    for line in lines:
        if _DRAFTER.match(line.text):
            found.add("drafter", line)
        else:
            found.add("recipients", line)


def _signature(lines: list[Line], found: Components) -> None:
    """Authority lines are the upper ones, the name the last line; "(Đã ký)" and the like are neither."""
    lines = [ln for ln in lines if not ln.text.startswith("(") and not re.fullmatch(r"[\W_]+", ln.text)]
    if not lines:
        return
    named = not (lines[-1].text.isupper() and begins(shown(lines[-1]), "posts"))
    name = lines[-1] if named else None
    for line in lines:
        found.add("signer_name" if line is name else "signer_authority", line)


def _body(main: list[Line], found: Components) -> None:
    """Cell 6 and 9a: what each line of the text is."""
    free = [line for line in main if line.cell is None and not re.fullmatch(r"[\W_]+", line.text)]
    at = _addressees(free, main, found)
    free = free[at:]
    title_awaited = False
    for line in free:
        words = shown(line)
        if title_awaited and not _DIVISION.match(words):
            found.add("division_title", line)
            title_awaited = False
            continue
        kind = body_kind(line, found)
        found.add(kind, line)
        if kind in ("body", "clause_heading"):
            found.body.append(line)
        title_awaited = kind == "division_label" and not division(line)[2]


def _addressees(free: list[Line], main: list[Line], found: Components) -> int:
    """Kính gửi; how many free lines it takes."""
    calls = types()[found.type].calls if found.type else ""
    at = next((i for i, ln in enumerate(free[:6]) if _sends(shown(ln), calls)), None)
    if at is None:
        for line in main[:12]:
            if line.cell and (shown(line).startswith("kính gửi") or found.first("addressees")):
                found.add("addressees", line)
        return 0
    found.add("addressees", free[at])
    end = at + 1
    while end < len(free) and free[at].text.endswith(":") and _goes_on_list(free[end], free[end - 1]):
        found.add("addressees", free[end])
        end += 1
    return end


def _sends(words: str, calls: str) -> bool:
    """Whether a line opens the list of who it is sent to: Kính gửi, in a công điện "… điện:"."""
    return words.startswith("kính gửi") or (bool(calls) and words.endswith(calls))


def _goes_on_list(line: Line, above: Line) -> bool:
    """Whether a line is one more of a list: behind a dash, or by the semicolon at its end or, set in, the last's."""
    return listed(line) or line.text.endswith(";") or (above.text.endswith(";") and line.form.left > 1000)


def body_kind(line: Line, found: Components) -> str:
    """What a line of the text is, by its words."""
    words = shown(line)
    if _DIVISION.match(words) and len(words) < 120 and not words.endswith((";", ",")):
        return "division_label"
    roman = _ROMAN.match(line.text)
    if roman and from_roman(roman[1]) and (line.text.isupper() or len(line.text) < 90) and roman[1] not in ("C", "L"):
        return "roman_heading"
    if _ARTICLE.match(words):
        return "article_heading"
    early = not found.body and not found.of("roman_heading") and not found.of("article_heading")
    if early and begins(words, "basis") and not words.endswith(":") and found.type not in cues()["not_basis"]:
        return "basis"
    if early and _decides(line, words, found.type):
        return "authority"
    if _CLAUSE.match(line.text) and is_heading(line):
        return "clause_heading"
    return "body"


def _decides(line: Line, words: str, type: str | None) -> bool:
    """Whether a line before the articles of a decision says who decides, or "QUYẾT ĐỊNH:"."""
    resolves = types()[type].resolves if type else ""
    return bool(resolves) and (words == level(resolves) or line.form.align == "center" or line.text.isupper())


def is_heading(line: Line) -> bool:
    """Whether a numbered line is a title: all bold, or short and without a closing mark."""
    if all(p.letters.bold for p in line.visible):
        return True
    return len(line.text.split()) <= 12 and line.text[-1:] not in ".;:,/" and line.text[-2:] != "./"


def _annexes(after: list[Line], found: Components) -> None:
    """The annexes: each from its label on; its title and its reference to the paper."""
    for line in after:
        words = shown(line)
        if line.cell is None and _ANNEX.match(words):
            found.annexes.append([line])
            found.add("annex_label", line)
        elif found.annexes:
            here = found.annexes[-1]
            here.append(line)
            if line.cell is None and words.startswith("(") and "kèm theo" in words and len(here) < 8:
                found.add("annex_reference", line)
            elif line.cell is None and len(here) < 6 and _is_annex_title(line, here):
                found.add("annex_title", line)


def _is_annex_title(line: Line, here: Sequence[Line]) -> bool:
    """Whether a line stands between an annex's label and its reference, and looks like no running text."""
    return not any(ln.text.startswith("(") for ln in here) and (line.form.align == "center" or line.text.isupper())


def article_mark(line: Line) -> str | None:
    """The mark after "Điều 1", None where the line is no article."""
    found = _ARTICLE.match(shown(line))
    return found[1] if found else None


def clause_mark(line: Line) -> str | None:
    """The mark after "1", None where the line is no clause."""
    found = _CLAUSE.match(line.text)
    return found[2] if found else None


def point_mark(line: Line) -> tuple[str, str] | None:
    """The letter of a point and the mark after it."""
    found = _POINT.match(line.text)
    return (found[1], found[2]) if found else None


def roman_mark(line: Line) -> str | None:
    """The mark after "I"."""
    found = _ROMAN.match(line.text)
    return found[2].strip() if found else None


def division(line: Line) -> tuple[str, str, str]:
    """The word, number and same-line title of a division's label."""
    found = _DIVISION.match(shown(line))
    return (found[1], found[2], found[3] or "") if found else ("", "", "")


def annex_number(line: Line) -> str:
    """The number of an annex's label as printed, "" where it has none."""
    found = _ANNEX.match(shown(line))
    return (found[1] or "") if found else ""


def listed(line: Line) -> bool:
    """Whether a line is an item behind a dash or a bullet."""
    return bool(_LIST_MARK.match(line.text))
