"""The heading of an official paper: who issues it, its number, place and date, type and subject, and to whom it goes.

Nghị định 30/2020/NĐ-CP, Phụ lục I, cells 2 to 5 and 9; the Party's form has no colon behind "Số" and joins the number
by a dash. Layout is not asked: each finding is known by its own words.
"""

import re
from dataclasses import dataclass, replace

from xulang.reading.directive.findings import Finding, Header
from xulang.reading.directive.knowledge import cue, cues, types
from xulang.reading.directive.labels import RANK
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.directive.spelling import spelled
from xulang.reading.text.level import UPPER, choice, level
from xulang.reading.text.mending import bare
from xulang.reading.text.spans import Span, trimmed
from xulang.reading.text.units import Scanner

MAX_ROWS = 45  # a heading never takes more lines

_MOTTO = re.compile(
    r"c[ộo]ng h[òo]a x[ãa] h[ộo]i ch[ủu] ngh[ĩi]a|đ[ộo]c l[ậa]p\s*-\s*t[ựu] do|đảng cộng sản việt nam|^[\s_*\-.=~—]+$"
)
_GAP = re.compile(r"\t+|[ \u00a0]{3,}|(?<=\S)\s+(?=C[ỘO]NG H[ÒO]A X[ÃA] H[ỘO]I|ĐẢNG CỘNG SẢN VIỆT NAM)")
_SYMBOL = rf"[{UPPER}][\w&]*"
_NUMBER = re.compile(
    r"(?:^|\s)[Ss](?:ố|ổ|ó|Ố)[ ]*[:.;]?[ ]*(?P<number>\d[\d ]*[a-zđ]?(?:[ ]?/[ ]?(?:19|20)\d\d)?)?[ ._…]*"
    rf"(?:/[ ]?(?P<state>{_SYMBOL}(?:[ ]?[-–.][ ]?{_SYMBOL})*)"  # both dashes are printed
    rf"|[-–][ ]?(?P<party>[{UPPER}]\w*[ ]?/[ ]?{_SYMBOL}(?:[-–]{_SYMBOL})*))"
)
_PLACE = re.compile(
    rf"(?P<place>[{UPPER}][\w.\- ]{{1,40}}?)[ ]*[,.][ ]*ngày[ ]*(?P<day>[\d ]{{0,4}})[ ._…]*"
    r"tháng[ ]*(?P<month>[\d ]{0,4})[ ._…]*năm[ ]*(?P<year>[\d ]{0,6})"
)
_SUBJECT = re.compile(r"(?:^|(?<=\s))(?:v/v|v/ v|\(v/v|về việc)[ ]*:?[ ]*", re.IGNORECASE)
_TO = re.compile(r"kính gửi[ ]*:?[ ]*|[^.;\n]{3,160}(?<!\w)điện[ ]*:[ *_]*(?=\n|$)")  # "BỘ TRƯỞNG BỘ Y TẾ điện:"


@dataclass(frozen=True, slots=True)
class Heading:
    """The header found so far, and the index of the first row of the body."""

    header: Header
    body: int
    annex_only: bool = False


def read_heading(sheet: Sheet) -> Heading:
    """The header of a paper, as far as its first lines and its body tell it."""
    first_table = next((index for index, row in enumerate(sheet.rows) if row.cells), MAX_ROWS)
    rows = sheet.rows[: min(MAX_ROWS, first_table)]
    number_row, header = _scanned_number(sheet, rows) if sheet.document.ocr else (None, Header())
    if number_row is None:
        number_row, header = _number(sheet, rows)
    place_row, header = _place(sheet, rows, header)
    type_row, header = _type(sheet, rows, header)
    body = 0
    if type_row is not None:
        last, header = _title(sheet, rows, type_row, header)
        body = last + 1
    else:
        last, header = _subject(sheet, rows, header, number_row)
        body = max(last, number_row or 0, place_row or 0) + 1 if (last or number_row or place_row) else 0
    if header.symbol is None and type_row is None:
        last, header = _annex_title(sheet, rows, header)
        body = max(body, last)
    top = min(index for index in (number_row, type_row, place_row, len(rows)) if index is not None)
    after, header = _addressees(sheet, rows, header)
    body = max(body, after)
    header = _issuer(sheet, rows[:top], header)
    header = _symbol_by_type(header) if sheet.document.ocr else header
    if header.type is None and header.symbol is not None and type_row is None:
        header = replace(header, type=Finding("CV", header.symbol.at))
    return Heading(header, body, header.symbol is None and type_row is None)


def _number(sheet: Sheet, rows: tuple[Row, ...]) -> tuple[int | None, Header]:
    for index, row in enumerate(rows):
        start = row.at.start
        match = _NUMBER.search(row.at.of(sheet.text))
        if not match or (match.start() > 3 and not _GAP.search(row.at.of(sheet.text)[: match.start() + 1])):
            continue  # "… Quyết định số 12/QĐ-UBND" in prose
        digits = re.sub(r"\s", "", match["number"] or "")
        name = "state" if match["state"] else "party"
        symbol = re.sub(r"\s", "", match[name]).replace("–", "-")
        number = None
        if digits:
            number = Finding(digits, trimmed(sheet.text, start + match.start("number"), start + match.end("number")))
        return index, Header(
            number=number, symbol=Finding(symbol, Span(start + match.start(name), start + match.end(name)))
        )
    return None, Header()


# In a scan the number is often written by hand and comes out as anything at all before the symbol.
_SCANNED_NUMBER = re.compile(
    rf"\W{{0,3}}[Ss]\w{{1,2}}[ ]?[:.;]?[ ]?(?P<number>[^\n/⁄]{{0,14}}?)[ ]?(?:[/⁄]{{1,2}}|(?=[A-Z]{{2,3}}-))[ ]?"
    rf"(?P<state>{_SYMBOL}(?:[ ]?[-–.][ ]?{_SYMBOL})+)"  # both dashes are printed
)


def _scanned_number(sheet: Sheet, rows: tuple[Row, ...]) -> tuple[int | None, Header]:
    """The symbol of a scan; its number only where nothing but digits was recognised, and then not for sure."""
    for index, row in enumerate(rows):
        start = row.at.start
        match = _SCANNED_NUMBER.match(row.at.of(sheet.text))
        if not match:
            continue
        digits = match["number"].strip()
        at = trimmed(sheet.text, start + match.start("number"), start + match.end("number"))
        number = Finding(digits, at, sure=False) if re.fullmatch(r"\d{1,5}[a-z]?", digits) else None
        symbol = re.sub(r"\s", "", match["state"]).replace("–", "-")
        place = Span(start + match.start("state"), start + match.end("state"))
        return index, Header(number=number, symbol=Finding(symbol, place))
    return None, Header()


def _symbol_by_type(header: Header) -> Header:
    """ "QĐÐ-UBND" under "QUYẾT ĐỊNH" is "QĐ-UBND": the type's name tells its abbreviation."""
    if header.symbol is None or header.type is None or header.type.value not in types().by_symbol:
        return header
    head, dash, issuer = header.symbol.value.partition("-")
    if not dash or head in types().by_symbol or bare(level(head))[:1] != bare(level(header.type.value))[:1]:
        return header
    value = f"{header.type.value}-{issuer}"
    return replace(header, symbol=replace(header.symbol, value=value, repaired_from=header.symbol.value, sure=False))


def _place(sheet: Sheet, rows: tuple[Row, ...], header: Header) -> tuple[int | None, Header]:
    for index, row in enumerate(rows):
        match, text = _PLACE.search(sheet.text, row.at.start, row.at.end), sheet.text
        if not match and (below := rows[index + 1 : index + 2]) and sheet.low.find("ngày", *row.at) >= 0:
            text = sheet.text[: below[0].at.end].replace("\n", " ")  # "…, ngày 05 tháng 3" over "năm 2026"
            match = _PLACE.search(text, row.at.start)
        if not match or match.end() < row.at.end - 30:
            continue
        start = match.start("place")
        gap = list(_GAP.finditer(sheet.text, start, match.end("place")))
        start = gap[-1].end() if gap else start
        place = trimmed(sheet.text, start, match.end("place"))
        day, month, year = (re.sub(r"\D", "", match[name]) for name in ("day", "month", "year"))
        date = None
        if len(year) == 4 and 1900 < int(year) < 2100:
            value = year
            if month and 1 <= int(month) <= 12:
                value += f"-{int(month):02d}"
                if day and 1 <= int(day) <= 31:
                    value += f"-{int(day):02d}"
            date = Finding(value, trimmed(sheet.text, place.end + 1, match.end()))
        return index, replace(header, place=Finding(place.of(sheet.text), place), date=date)
    return None, header


def _type(sheet: Sheet, rows: tuple[Row, ...], header: Header) -> tuple[int | None, Header]:
    """The line that holds the type's name in capitals, alone or with the title behind it."""
    for index, row in enumerate(rows):
        if row.label is not None and RANK[row.label.kind] < RANK["bullet"]:
            break
        at = _last_column(sheet, row.at)
        words = at.of(sheet.text)
        match = re.match(rf"(?:{types().names})(?!\w)", sheet.low[at.start : at.end])
        if not match or not words[: match.end()].isupper():
            continue
        name = " ".join(match.group().split())
        rest = words[match.end() :].strip(" :.*_")
        if rest and rest.isupper() and len(rest.split()) < 3:
            continue
        code = types().by_name[name]
        return index, replace(header, type=Finding(code, Span(at.start, at.start + match.end())))
    return None, header


def _last_column(sheet: Sheet, at: Span) -> Span:
    gaps = list(_GAP.finditer(sheet.text, at.start, at.end))
    return trimmed(sheet.text, gaps[-1].end(), at.end) if gaps else at


# The first words of the body, where a title cannot go on.
_BODY = re.compile(rf"(?:{choice(cues()['heading']['body'])})(?!\w)|(?:ngày|năm) \d")
_MAX_TITLE = 700


def _title(sheet: Sheet, rows: tuple[Row, ...], type_row: int, header: Header) -> tuple[int, Header]:
    """What stands under the type's name, or behind it on its line."""
    assert header.type is not None
    row = rows[type_row]
    same = trimmed(sheet.text, header.type.at.end, row.at.end, " :.*_\t\n")
    if same.end > same.start:
        start, end, last = same.start, same.end, type_row
    else:
        start, end, last = -1, -1, type_row
    first: Row | None = None
    for index in range(type_row + 1, min(len(rows), type_row + 9)):
        below = rows[index]
        if not _title_goes_on(sheet, below, first, start >= 0, (rows[type_row], rows[index - 1])):
            break
        first = first or below
        start, end, last = (below.at.start if start < 0 else start), below.at.end, index
    if start < 0 or end - start > _MAX_TITLE:
        return type_row, header
    at = trimmed(sheet.text, start, end, ' :.*_\t\n"')
    if at.end <= at.start:
        return type_row, header  # nothing but marks
    return last, replace(header, title=Finding(_joined(sheet, at), at))


def _joined(sheet: Sheet, at: Span) -> str:
    return " ".join(re.sub(r"[*_#]{2,}", "", at.of(sheet.text)).split())


def _title_goes_on(sheet: Sheet, row: Row, first: Row | None, begun: bool, above: tuple[Row, Row]) -> bool:
    low, words = sheet.low[row.at.start : row.at.end], row.at.of(sheet.text)
    if (
        (row.label is not None and (row.label.kind != "bullet" or not begun))
        or (_MOTTO.match(low) and (words.isupper() or "-" in words))  # a title may name the country or the Party
        or not words[0].isalnum()
    ):
        return False
    if low.startswith(("kính gửi", "(kèm theo", "(ban hành", "quyết định:", "quyết định :", "quyết nghị")):
        return False
    if low.rstrip("*_ ").endswith("điện:"):
        return False  # who sends a telegram, over those it goes to
    closed = words.rstrip("*_ ").endswith((":", ";", "."))
    if closed and not row.line.bold:
        return False
    if not begun:
        return not _is_authority(sheet, row)
    assert first is not None or begun
    if _BODY.match(low) or _is_authority(sheet, row):
        return False
    if sheet.text.count("\n", above[1].at.end, row.at.start) > 2:
        return False
    if words[0].islower() or words[0].isdigit():
        return True
    aligned = first is not None and {row.line.align, first.line.align} <= {None, "center"}  # a full line shows no align
    same = first is not None and row.line.align == first.line.align
    alike = first is not None and row.line.bold == first.line.bold and (same or aligned)
    if first is not None and (first.line.bold or first.line.align == "center") and not alike:
        return False
    return len(words) < 110 or (alike and first is not None and first.line.bold)


def _annex_title(sheet: Sheet, rows: tuple[Row, ...], header: Header) -> tuple[int, Header]:
    """The title of a paper that is an annex alone: the lines in capitals under "PHỤ LỤC"."""
    if not rows or rows[0].label is None or rows[0].label.kind != "annex":
        return 0, header
    title = [row for row in rows[1:5] if not row.cells and row.at.of(sheet.text).isupper()]
    if not title:
        return 0, header
    at = Span(title[0].at.start, title[-1].at.end)
    return 1 + len(title), replace(header, title=Finding(_joined(sheet, at), at))


def _is_authority(sheet: Sheet, row: Row) -> bool:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …": the one who decides, in capitals over the grounds."""
    words = row.at.of(sheet.text)
    if not words.isupper():
        return False
    scanner = Scanner(sheet.text, sheet.low)
    return bool(scanner.lex.post.match(sheet.low, row.at.start) or scanner.lex.head.match(sheet.low, row.at.start))


def _subject(sheet: Sheet, rows: tuple[Row, ...], header: Header, number_row: int | None) -> tuple[int, Header]:
    """V/v of a công văn, over as many lines as it takes."""
    for index, row in enumerate(rows):
        match = _SUBJECT.match(sheet.text, row.body.start, row.body.end) or _SUBJECT.search(
            sheet.text, row.body.start, min(row.body.end, row.body.start + 120)
        )
        if not match or (
            "v/" not in match.group().lower() and (number_row is None or not number_row < index <= number_row + 2)
        ):
            continue
        end, last = row.at.end, index
        for below in rows[index + 1 : index + 7]:
            low, words = sheet.low[below.at.start : below.at.end], below.at.of(sheet.text)
            if _MOTTO.search(low) or _TO.match(low) or _PLACE.search(words) or below.label or words.isupper():
                break
            if below.line.column != row.line.column or _BODY.match(low) or (not words[0].islower() and len(words) > 60):
                break
            end, last = below.at.end, last + 1
        at = trimmed(sheet.text, match.end(), end, " :.*_\t\n()")
        if at.end <= at.start:
            continue
        return last, replace(header, title=Finding(_joined(sheet, at), at))
    return 0, header


def _addressees(sheet: Sheet, rows: tuple[Row, ...], header: Header) -> tuple[int, Header]:
    """Kính gửi: one on the line, or one to a line below; and the row behind them, 0 where there are none."""
    for index, row in enumerate(rows):
        match = _TO.match(sheet.low, row.body.start, row.body.end)
        if not match:
            continue
        places = [trimmed(sheet.text, match.end(), row.at.end, _EDGES)]
        last = index
        for below in rows[index + 1 :]:
            bare = places[0].end <= places[0].start and not below.label and last == index
            if (
                not (below.bullet or bare)
                or below.at.end - below.at.start > 200
                or _BODY.match(sheet.low[below.body.start :][:40])
            ):
                break
            places.append(trimmed(sheet.text, below.body.start, below.body.end, _EDGES))
            last += 1
        found = tuple(Finding(_joined(sheet, at), at) for at in places if at.end > at.start)
        return last + 1, replace(header, addressees=found)
    return 0, header


_EDGES = " \t\n\u00a0-+*_;.,:–"


def _issuer(sheet: Sheet, rows: tuple[Row, ...], header: Header) -> Header:
    """The block over the number: the upper body, if there are two, and the one that issues."""
    pieces: list[Span] = []
    for row in rows:
        if row.cells or (row.label is not None and row.label.kind not in ("bullet", "letter")):
            continue
        for at in _columns(sheet, row.at):
            low = sheet.low[at.start : at.end]
            if (
                low.strip()
                and not _MOTTO.search(low)
                and not _NUMBER.match(at.of(sheet.text))
                and _names_body(sheet, at, pieces)
            ):
                pieces.append(at)
    bodies: list[list[Span]] = []
    for at in pieces:
        if bodies and not _begins_body(sheet, at, bodies[-1]):
            bodies[-1].append(at)
        else:
            bodies.append([at])
    if not bodies:
        return header
    upper, lower = (bodies[:1], bodies[1:]) if len(bodies) > 1 else ([], bodies)
    issuer = _body_finding(sheet, [at for body in lower for at in body])
    superior = _body_finding(sheet, upper[0]) if upper else None
    return replace(header, issuer=issuer, superior=superior)


def _columns(sheet: Sheet, at: Span) -> list[Span]:
    out, start = [], at.start
    for gap in _GAP.finditer(sheet.text, at.start, at.end):
        out.append(Span(start, gap.start()))
        start = gap.end()
    return [trimmed(sheet.text, piece.start, piece.end, " \t*_") for piece in (*out, Span(start, at.end))]


def _names_body(sheet: Sheet, at: Span, before: list[Span]) -> bool:
    words = at.of(sheet.text)
    if not words or len(words) > 120 or not words[0].isalpha() or words.endswith((":", ";")):
        return False
    if words.isupper():
        lex = Scanner(sheet.text, sheet.low).lex
        begun = cue("heading", "unfinished").fullmatch(sheet.low[at.start : at.end])
        named = lex.head.match(sheet.low, at.start) or lex.post.match(sheet.low, at.start) or begun
        return bool(before) or named is not None
    name = Scanner(sheet.text, sheet.low, bounded=True).name(at.start, at.end)
    return name is not None and name.at.end >= at.end - 1


_PLACE_KIND = re.compile(r"(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)(?! ủy| đoàn)")


def _begins_body(sheet: Sheet, at: Span, body: list[Span]) -> bool:
    """Whether a further line of the block names another body, and does not go on with the name above."""
    low = sheet.low[at.start : at.end]
    if _PLACE_KIND.match(low) or low.startswith(("và ", "- ")):
        return False
    above = sheet.low[body[-1].start : body[-1].end]
    if above.endswith((" và", ",", "-", " thuộc", " của")) or cue("heading", "unfinished").fullmatch(above):
        return False
    lex = Scanner(sheet.text, sheet.low).lex
    if lex.head.match(sheet.low, at.start) is None:
        return False
    both = f"{above} {low}"  # "SỞ NÔNG NGHIỆP VÀ MÔI" over "TRƯỜNG TỈNH SƠN KHÊ": broken within its field
    head = lex.head.match(both)
    field = lex.domain.match(both, head.end() + 1) if head else None
    return field is None or field.end() <= len(above)


def _body_finding(sheet: Sheet, pieces: list[Span]) -> Finding:
    """One body over its lines: `at` runs over all of them, `value` joins them."""
    words = " ".join(" ".join(at.of(sheet.text).split()) for at in pieces)
    return Finding(spelled(words), Span(pieces[0].start, pieces[-1].end))


# -- what the body of the paper adds ---------------------------------------------------------------------------------

_LEAD_IN = re.compile(r"như sau|sau đây|các nội dung|sau:|nội dung chính|kế hoạch|yêu cầu")


def complete_issuer(sheet: Sheet, heading: Heading, authority: Finding | None) -> Header:
    """The issuer where no block names it in full: out of the lead-in, the annex's bracket or the signature."""
    header = heading.header
    if header.issuer is None:
        found = _issuer_in_body(sheet, heading) or _issuer_in_bracket(sheet) or _issuer_of(authority)
        header = replace(header, issuer=found)
    if header.issuer is None or header.place is None:
        return header
    return replace(header, issuer=_with_place(header.issuer, header.place))


def _issuer_in_body(sheet: Sheet, heading: Heading) -> Finding | None:
    if heading.annex_only:
        return None
    scanner = Scanner(sheet.text, sheet.low)
    for row in sheet.rows[heading.body : heading.body + 12]:
        if not _LEAD_IN.search(sheet.low, row.at.start, row.at.end):
            continue
        starts = [row.body.start, *(m.end() for m in re.finditer(r"[;,.][ ]+", sheet.low[row.body.start : row.at.end]))]
        starts = [starts[0], *(row.body.start + place for place in starts[1:])]
        for start in reversed(starts):
            name = scanner.name(start, row.at.end)
            if name and not name.group and cue("heading", "issues").match(sheet.low, name.at.end + 1, row.at.end):
                return Finding(spelled(" ".join(name.at.of(sheet.text).split())), name.at)
    return None


_BRACKET = re.compile(r"\((?:ban hành )?kèm theo[^()]*?của (?P<name>[^()]+)\)")


def _issuer_in_bracket(sheet: Sheet) -> Finding | None:
    match = _BRACKET.search(sheet.low, 0, 4000)
    if not match:
        return None
    name = Scanner(sheet.text, sheet.low).name(match.start("name"), match.end("name"))
    return Finding(name.at.of(sheet.text), name.at) if name else None


def _issuer_of(authority: Finding | None) -> Finding | None:
    if authority is None or not authority.value.upper().startswith(("TM", "T/M")):
        return None
    words = re.sub(r"^T/?M\s*[./]?\s*", "", authority.value, flags=re.IGNORECASE)
    return Finding(spelled(words), Span(authority.at.end - len(words), authority.at.end), sure=False) if words else None


_KINDS = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "tt": "thị trấn", "tt.": "thị trấn"}
_OPEN_END = re.compile(
    r"(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd)"
    r"(?:[ ]+(?P<kind>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu))?$",
    re.IGNORECASE,
)


def _with_place(issuer: Finding, place: Finding) -> Finding:
    """ "UBND thành phố" and "TP. Mường Hoa," make "Ủy ban nhân dân thành phố Mường Hoa"."""
    open_ = _OPEN_END.fullmatch(issuer.value)
    if not open_:
        return issuer
    words = place.value.split()
    kind = _KINDS.get(
        words[0].lower(),
        words[0].lower() if words[0].lower() in ("thành", "thị", "huyện", "quận", "xã", "phường", "đặc") else "",
    )
    name = place.value
    if kind and words[0].lower() in _KINDS:
        name = " ".join(words[1:]) if len(words) > 1 else place.value
    elif _PLACE_KIND.match(place.value.lower()):
        name = place.value[_PLACE_KIND.match(place.value.lower()).end() :].strip()  # type: ignore[union-attr]  # just matched
        kind = place.value[: len(place.value) - len(name)].strip().lower()
    own = (open_["kind"] or "").lower()
    own = _KINDS.get(own, own)
    sure = not (own and kind and own != kind)
    body = re.sub(
        r"^ubnd",
        "Ủy ban nhân dân",
        issuer.value[: open_.start("kind")].strip() if open_["kind"] else issuer.value,
        flags=re.IGNORECASE,
    )
    value = " ".join(part for part in (body, own or kind, name) if part)
    return replace(issuer, value=value, completed_from=place.at, sure=issuer.sure and sure)
