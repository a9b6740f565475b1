"""Cells 1 to 5: the words, the rules beneath, number, place and day, title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xulang.papers.checking.components import cues, shown
from xulang.papers.checking.rules import Broke, Case
from xulang.papers.checking.sheet import Line
from xulang.papers.layout import Range, copy_forms, measured, types
from xulang.papers.measure import width

_NATION = re.compile(r"CỘNG H(ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_CODE = re.compile(
    r"Số\s*(?P<colon>:?)\s*(?P<number>[\d._…\s]*?)(?P<slash>/?)\s*(?P<symbol>[^\d\s/.…].*)?$", re.IGNORECASE
)
_DAY = re.compile(
    r"(?P<place>.*?)(?P<comma>,?)\s*ngày\s*(?P<day>[^\s]*?)\s*tháng\s*(?P<month>[^\s]*?)\s*năm\s*(?P<year>[^\s.]*)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[\s._…]*")
_DRAWN = re.compile(r"[_\-–—─═]{3,}")
_ASIDE = 9  # points: what is set by eye
_SLACK = {"motto": 0.12, "issuer": 0.04, "title": 0.04}  # lines drawn by hand


def nation_rules(case: Case) -> Broke:
    """Cell 1."""
    nation, motto = case.found.first("national_name"), case.found.first("motto")
    if nation and not _NATION.fullmatch(nation.text.upper()):
        yield case.broken("national_name.words", line=nation)
    if motto and motto.text.lower().strip() != "độc lập - tự do - hạnh phúc":
        yield case.broken("motto.words", line=motto)
    elif motto and motto.text != "Độc lập - Tự do - Hạnh phúc" and not motto.text.isupper():
        yield case.broken("motto.words", "chữ cái đầu của các cụm từ viết hoa", motto)
    if motto:
        yield from _rule(case, "motto", [motto], case.layout.rule_motto, "national_name")
        if nation and not (_single(nation) and _single(motto)):
            yield case.broken("motto.single_line", line=motto)


def issuer_rules(case: Case) -> Broke:
    """Cell 2."""
    lines = case.found.of("issuer")
    if not lines:
        return
    yield from _rule(case, "issuer", lines, case.layout.rule_issuer, "superior")
    loose = next((line for line in (*case.found.of("superior"), *lines) if not _single(line)), None)
    if loose:
        yield case.broken("issuer.single_line", line=loose)


def _single(line: Line) -> bool:
    """Whether a line is set in single spacing."""
    if line.form.rule == "auto":
        return line.form.line <= 264
    size = max((p.letters.size for p in line.visible), default=13.0)
    return line.form.line / 20 <= size * 1.35


def _rule(case: Case, name: str, lines: Sequence[Line], allowed: Range, above: str = "") -> Broke:
    """The rule beneath a component: that there is one, and how long."""
    found = _drawn(case, lines, case.found.of(above))
    if found is None:
        yield case.broken(f"{name}.rule", line=lines[-1])
        return
    drawn, aside = found
    lengths = [_length(line) for line in lines]
    candidates = {lengths[-1], max(lengths), min(sum(lengths), _between(lines[-1]))}
    if not any(allowed.allows(drawn / length, _SLACK[name]) for length in candidates if length):
        part = f"{100 * drawn / lengths[-1]:.0f} % dòng chữ"
        yield case.broken(f"{name}.rule_length", f"ở đây dài {part}", lines[-1])
    if aside > _ASIDE and name != "motto":  # one as long as its words is told by its length
        yield case.broken(f"{name}.rule_centred", f"ở đây lệch {aside * 25.4 / 72:.0f} mm", lines[-1])


def _length(line: Line) -> float:
    """How long a printed line is, in points; no longer than its column between its indents."""
    whole = sum(
        width(
            p.text.upper() if p.letters.caps else p.text, p.letters.size, bold=p.letters.bold, italic=p.letters.italic
        )
        for p in line.pieces
    )
    return min(whole, _between(line))


def _between(line: Line) -> float:
    """The points between a line's indents."""
    return (line.room - line.form.left - line.form.right) / 20


def _drawn(case: Case, lines: Sequence[Line], above: Sequence[Line]) -> tuple[float, float] | None:
    """The rule beneath: drawn, a paragraph's border, a row of dashes, or underlined words; how long, how far aside.

    In points; what is not known to stand aside is taken as in the middle. A drawn line may hang on any of the lines, or
    on the component above them.
    """
    last = lines[-1]
    anchors = {line.number for line in (*lines, *above)}
    for line in case.sheet.lines:
        if line.drawn and line.number in anchors:
            return line.drawn[0] / 20, 0.0
    if "bottom" in last.form.borders and "top" not in last.form.borders:
        return _bordered(last)
    if underlined := [p for p in last.visible if p.letters.underlined]:
        return sum(width(p.text, p.letters.size, bold=p.letters.bold) for p in underlined), 0.0
    for line in case.found.nearby.get(last.number, []):
        if line.drawn:
            return line.drawn[0] / 20, 0.0
        if not line.text and line.form.borders & {"top", "bottom", "between"}:
            return _bordered(line)
        if _DRAWN.fullmatch(line.text):
            return _length(line), _aside(line) if line.form.align == "center" else 0.0
        if line.text and not line.text.startswith("("):
            return None
    return None


def _bordered(line: Line) -> tuple[float, float]:
    return _between(line), _aside(line)


def _aside(line: Line) -> float:
    """How far the middle between a line's indents is from its column's."""
    return abs(line.form.left - line.form.right) / 40


def number_rules(case: Case) -> Broke:
    """Cell 3."""
    line = case.found.first("number")
    told = _CODE.match(line.text) if line else None
    if line is None or told is None:
        return
    if line.text.startswith("SỐ"):
        yield case.broken("number.word", line=line)
    if not told["colon"]:
        yield case.broken("number.colon", line=line)
    number = told["number"].strip()
    if number.isdigit() and int(number) < 10 and len(number) < 2:
        yield case.broken("number.padded", f"ở đây là “{number}”", line)
    if not told["slash"]:
        yield case.broken("number.slash", line=line)
    symbol = (told["symbol"] or "").strip()
    if re.search(r"\s[-–]|[-–]\s|[–—]", symbol):
        yield case.broken("number.hyphens", f"ở đây là “{symbol}”", line)
    known = types().keys() | copy_forms().keys()
    if any(part != part.upper() and part not in known for part in re.split(r"\s*[-–/]\s*", symbol)):
        yield case.broken("number.upper", f"ở đây là “{symbol}”", line)
    yield from _type_in_symbol(case, line, re.split(r"\s*[-–]\s*", symbol)[0])


def _type_in_symbol(case: Case, line: Line, first: str) -> Broke:
    type = types().get(case.found.type or "")
    if type is None or not first:
        return
    if type.in_symbol and first != type.code:
        yield case.broken("number.type", f"{type.name} viết tắt là {type.code}, ở đây là “{first}”", line)
    if not type.in_symbol and first in types():
        yield case.broken("number.type", f"công văn không ghi “{first}” trong ký hiệu", line)


def date_rules(case: Case) -> Broke:
    """Cell 4."""
    line = case.found.first("place_date")
    told = _DAY.match(line.text) if line else None
    if line is None or told is None:
        return
    if told["place"].strip() and not told["comma"]:
        yield case.broken("place_date.comma", line=line)
    first, *others = told["place"].strip(" ,.…").split() or [""]
    if first[:1].islower() or any(w[0].islower() and w not in cues()["places"] for w in others):
        yield case.broken("place_date.capitals", f"ở đây là “{told['place'].strip()}”", line)
    day, month, year = told["day"].rstrip(","), told["month"], told["year"]
    if any(not (part.isdigit() or _BLANK.fullmatch(part)) for part in (day, month, year)) or not year:
        yield case.broken("place_date.complete", line=line)
    if (day.isdigit() and int(day) < 10 and len(day) < 2) or month in ("1", "2") or re.fullmatch("0[3-9]", month):
        yield case.broken("place_date.padded", f"ở đây là “ngày {day} tháng {month}”", line)
    number = case.found.first("number")
    if number and number.cell and line.cell and number.cell.table == line.cell.table:
        rows = {other.cell.row for other in case.sheet.lines if other.cell and other.cell.table == line.cell.table}
        if len(rows) > 1 and number.cell.row != line.cell.row:
            yield case.broken("place_date.same_line", line=line)


def title_rules(case: Case) -> Broke:
    """Cell 5."""
    type, lines = case.found.type, case.found.of("title")
    if type is None:
        yield case.broken("type_name.present")
    elif case.found.of("type_name") and not lines and types()[type].titled:
        yield case.broken("title.present", line=case.found.first("type_name"))
    if lines:
        yield from _rule(case, "title", lines, case.layout.rule_title, "type_name")
    subject, number = case.found.first("subject"), case.found.first("number")
    if subject is None or case.found.of("type_name"):
        return
    if not shown(subject).startswith("v/v"):
        yield case.broken("subject.vv", line=subject)
    if number and number.number != subject.number:
        gap = max(number.form.after, subject.form.before)
        if abs(gap - 20 * case.layout.gap) > 10 and not _empty_between(number, subject):
            yield case.broken("subject.gap", f"ở đây cách {measured(gap / 20)}pt", subject)


def _empty_between(above: Line, below: Line) -> bool:
    """Whether an empty paragraph parts two lines, whose height is not the law's matter."""
    return below.number - above.number > 1
