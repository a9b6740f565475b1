"""Viện dẫn: the documents a text cites by code.

Every code holds a slash with a capital behind it ("61/KH-UBND", "149-KH/TU", "05/2008/TT-BTTTT"), so one fast scan
finds the candidates; what stands before and behind each slash then tells whether it is a code and of which grammar.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from xulang.reading.directive.findings import Citation, Header, Relation
from xulang.reading.directive.knowledge import types
from xulang.reading.text.dates import date_at, find_dates
from xulang.reading.text.level import UPPER, choice, level
from xulang.reading.text.spans import Span
from xulang.reading.text.units import Scanner


@dataclass(frozen=True, slots=True)
class Code:
    """One printed code. `number` is with its year ("15/2010") or its letter ("3176b")."""

    at: Span
    number: str
    symbol: str
    party: bool  # 149-KH/TU: the number is joined by a dash

    @property
    def text(self) -> str:
        """The code as printed, without blanks."""
        return f"{self.number}{'-' if self.party else '/'}{self.symbol}"

    @property
    def head(self) -> str:
        """The first part of the symbol: the type's abbreviation, or the issuer of a công văn."""
        return _head(self.symbol)


@lru_cache(maxsize=1024)  # a text cites the same few symbols again and again
def _head(symbol: str) -> str:
    return symbol.replace("/", "-").partition("-")[0]


_GAP = r"[ \u00a0]?"
_DASH = r"[-–]"  # both dashes are printed
_SLASH = re.compile(rf"/⁄?{_GAP}(?=[{UPPER}])")  # recognition doubles some slashes
# One part of a symbol: KH, UBND, TTg, GDTrH, QH15, CCHC&VTLT, HĐND.
_PART = rf"[{UPPER}][{UPPER}a-zđ0-9&]*"
_TAIL = re.compile(rf"{_PART}(?:(?:{_GAP}{_DASH}|{_DASH}[ \n\u00a0](?=[{UPPER}][{UPPER}0-9&])){_PART})*")
# Before the slash: "61", "15/2010", "3176b", a list "17, 18, 19", or the Party's "149-KH".
_NUMBER = rf"\d{{1,6}}[a-zđ]?(?:{_GAP}/{_GAP}(?:19|20)\d\d)?"
_STATE = re.compile(rf"(?<![\w/.])({_NUMBER}){_GAP}$")
_LIST = re.compile(rf"(?<!\w)((?:{_NUMBER}(?:[ ]?[,;][ ]?|[ ]và[ ]))+){_NUMBER}{_GAP}$")
_PARTY = re.compile(rf"(?<![\w/])(\d{{1,5}}[a-z]?){_GAP}{_DASH}{_GAP}([{UPPER}][{UPPER}a-z&]{{0,7}}){_GAP}$")
_NEAR = 24  # code points before a slash in which a number stands
_REACH = 60  # and a list of numbers
_ASSEMBLY = re.compile(r"QH\d+")  # of the National Assembly's terms


def find_codes(text: str) -> Iterator[Code]:
    """Every code of the text, in order; a list of numbers before one symbol is one code each."""
    for slash in _SLASH.finditer(text):
        tail = _TAIL.match(text, slash.end())
        if not tail:
            continue
        near = max(0, slash.start() - _NEAR)
        close = text[near : slash.start()]
        end = tail.end() - _stuck(text, tail)
        symbol = "".join(text[tail.start() : end].split()).replace("–", "-")
        if ("-" in close or "–" in close) and (party := _PARTY.search(close)):
            yield Code(Span(near + party.start(), end), party[1], f"{party[2]}/{symbol}", party=True)
            continue
        state = _STATE.search(close)
        start = max(0, slash.start() - _REACH)
        if not state or not _likely(symbol, lead := text[start : near + state.start()]):
            continue
        before = text[start : slash.start()]
        row = _LIST.search(before) if lead.rstrip().endswith((",", ";", "và")) else None
        if row and _is_list(before[: row.start()]):
            for one in re.finditer(_NUMBER, row[1]):
                yield Code(
                    Span(start + row.start() + one.start(), start + row.start() + one.end()), one[0], symbol, False
                )
        yield Code(Span(near + state.start(), end), "".join(state[1].split()), symbol, party=False)


def _stuck(text: str, tail: re.Match[str]) -> int:
    """How many letters belong to a next word that lost its blank before: "QĐ-TTgngày"."""
    return 2 if tail.group().endswith("ng") and text.startswith("ày", tail.end()) else 0


def _likely(symbol: str, before: str) -> bool:
    """Whether a number, a slash and this are a code, and not a share, an address or a measure."""
    head = _head(symbol)
    if "-" in symbol or head in types().by_symbol or _ASSEMBLY.fullmatch(head):
        return True
    return bool(_TYPED.search(level(before))) and symbol.isupper()


_IS_LIST = re.compile(r"(?:số|,|;|và)[ ]*$")


def _is_list(before: str) -> bool:
    low = level(before)
    return bool(_IS_LIST.search(low) or _TYPED.search(low))


_TYPED = re.compile(rf"(?<!\w)(?P<type>{types().cited})(?:[ ]+(?:số|liên tịch))*[ ]*:?[ ]*$")
_SEVERAL = re.compile(r"(?:[,;]|và|cùng)[ ]*(?:số[ ]*:?[ ]*)?$")
# What may stand between a code and its date: "61/KH-UBND, ký ngày …", "… (ngày …)".
_DATE_LEAD = re.compile(r"[ ]?[,(]?\s?(?:ký\s|ban hành\s)?(?:ngày|năm|tháng|,)\s")
_OF = re.compile(r"[ ,)]*\s?của\s")
_ABOUT = re.compile(
    r"[ ,)]*\s?(?P<cue>về việc|về|ban hành|quy định|hướng dẫn|phê duyệt|sửa đổi|công bố|triển khai|thực hiện|v/v)\s"
)
_TITLE_END = re.compile(r"[;.](?=\s|$|/)|\n|[\"”“)]|,\s(?=(?:UBND|Ủy ban|Uỷ ban|Sở|Chủ tịch|đồng thời|nhằm))")


def find_citations(text: str, low: str, header: Header, body: Span) -> tuple[Citation, ...]:
    """The distinct documents cited in `body` of the text, in the order of their first mention."""
    own = (header.number.value if header.number else None, header.symbol.value if header.symbol else None)
    cited: dict[str, Citation] = {}
    places: dict[str, list[Span]] = {}
    kind: str | None = None
    last_end = -1
    joined: Relation = "mentions"  # of the citation before
    for code in find_codes(text):
        if not body.holds(code.at):
            continue
        typed = _TYPED.search(low, max(0, code.at.start - 40), code.at.start)
        between = low[last_end : code.at.start] if 0 <= last_end <= code.at.start else ""
        if typed:
            kind = types().by_name[" ".join(typed["type"].split())]
        elif not (len(between) < 120 and _SEVERAL.search(between)):
            kind = None
        last_end = code.at.end
        if (code.number, code.symbol) == own and not _of_another_day(low, code, header):
            continue
        one = _citation(text, low, code, kind)
        if one.relation != "mentions":
            joined = one.relation
        elif typed and joined != "mentions" and _goes_on(between, typed):
            one = replace(one, relation=joined)
        else:
            joined = "mentions"
        key = one.code.casefold()
        cited[key] = _merge(cited[key], one) if key in cited else one
        places.setdefault(key, []).append(code.at)
    rows = list(places.values())
    for index, at in _short_forms(low, body, list(cited.values()), rows):
        rows[index].append(at)
    return tuple(
        one if len(row) == 1 else replace(one, at=_apart(row)) for one, row in zip(cited.values(), rows, strict=True)
    )


_AND = re.compile(r"(?:[,;]|(?<!\w)và)[ ]*(?:các[ ]+)?$")


def _goes_on(between: str, typed: re.Match[str]) -> bool:
    """Whether what stands between two codes joins them: "Thực hiện Kế hoạch … của Tỉnh ủy về … và Kết luận số …"."""
    words = between[: -len(typed.group())]
    return len(words) < 400 and "\n" not in words and ". " not in words and bool(_AND.search(words[-12:]))


def _of_another_day(low: str, code: Code, header: Header) -> bool:
    """Whether a paper of the same number and symbol is another one: a superior's "70/KH-UBND" of another day."""
    date, _place = _date_after(low, code.at.end)
    own = header.date.value if header.date else None
    return date is not None and own is not None and date != own


_TWICE = re.compile(r"(?<=Q)ĐĐ|(?<=N)ĐĐ")  # one letter that recognition doubled: no type is called so


def _citation(text: str, low: str, code: Code, kind: str | None) -> Citation:
    printed = code.symbol
    if "ĐĐ" in printed:
        code = replace(code, symbol=_TWICE.sub("Đ", printed))
    head = code.head
    by_symbol = types().by_symbol.get(head) or ("NQ" if _ASSEMBLY.fullmatch(head) else None)
    type_ = kind if kind and by_symbol in (None, "NQ", "TT", "QĐ", kind) else by_symbol or kind or "CV"
    date, place = _date_after(low, code.at.end)
    issuer, place = _issuer_after(text, low, place)
    title = _title_after(text, low, place)
    relation = _relation(low, code.at.start)
    found = Citation(code.text, code.number, code.symbol, type_, date, issuer, title, relation, (code.at,))
    return found if code.symbol == printed else replace(found, sure=False, repaired_from=printed)


def _date_after(low: str, place: int) -> tuple[str | None, int]:
    lead = _DATE_LEAD.match(low, place, place + 20)
    if not lead:
        return None, place
    if at_once := date_at(low, lead.end()):
        return at_once.iso(), at_once.at.end
    dates = find_dates(low[place : place + 48].replace("\n", " "))
    if not dates or place + dates[0].at.start > lead.end() + 1 or dates[0].year is None:
        return None, place
    return dates[0].iso(), place + dates[0].at.end


_NEXT_PAPER = re.compile(rf"[ ,]*(?:và|,)[ ]+(?:{types().names}) số ")


def _issuer_after(text: str, low: str, place: int) -> tuple[str | None, int]:
    of = _OF.match(low, place, place + 12)
    if not of:
        return None, place
    name = Scanner(text, low).name(of.end(), min(len(text), of.end() + 160))
    if not name:
        return None, place
    start, end = name.at.start, name.at.end
    # "của UBND tỉnh A và Kết luận số …"
    if low.find(" số ", start, end) >= 0 and (following := _NEXT_PAPER.search(low, start, end)):
        end = following.start()
    return " ".join(text[start:end].split()), end


def _title_after(text: str, low: str, place: int) -> str | None:
    about = _ABOUT.match(low, place, place + 30)
    if not about:
        return None
    end = _TITLE_END.search(text, about.end(), min(len(text), about.end() + 400))
    title = text[about.start("cue") : end.start() if end else min(len(text), about.end() + 400)]
    return " ".join(title.split()) or None


# The words to look for first, and how they must stand before the code.
_RELATIONS: tuple[tuple[Relation, tuple[str, ...], re.Pattern[str]], ...] = (
    ("replaces", ("thay thế", "bãi bỏ", "hủy bỏ"), re.compile(r"(?:thay thế|bãi bỏ|hủy bỏ)[^.;\n]{0,60}$")),
    (
        "amends",
        ("sửa đổi", "bổ sung", "điều chỉnh"),
        re.compile(r"(?:sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|điều chỉnh)[^.;\n]{0,80}$"),
    ),
    (
        "basis",
        ("căn cứ", "xét", "theo đề nghị"),
        re.compile(r"(?:^|\n)[\s\-+*_]*(?:căn cứ|xét|theo đề nghị)[^;\n]{0,200}$"),
    ),
    (
        "implements",
        ("thực hiện", "triển khai", "cụ thể hóa", "quán triệt"),
        re.compile(r"(?:thực hiện|triển khai|cụ thể hóa|quán triệt)[^.;\n]{0,80}$"),
    ),
)


def _relation(low: str, place: int) -> Relation:
    before = low[max(0, place - 240) : place]
    for relation, cues, pattern in _RELATIONS:
        if any(map(before.__contains__, cues)) and pattern.search(before):
            return relation
    return "mentions"


_RANK: dict[Relation, int] = {"mentions": 0, "implements": 1, "basis": 2, "amends": 3, "replaces": 4}


def _merge(first: Citation, again: Citation) -> Citation:
    """A later mention adds what the first left out."""
    return replace(
        first,
        type=first.type or again.type,
        date=first.date or again.date,
        issuer=first.issuer or again.issuer,
        title=first.title or again.title,
        relation=max(first.relation, again.relation, key=lambda relation: _RANK[relation]),
    )


# "Kế hoạch 149", "Kết luận số 57": a type and a number, and no slash or dash behind it.
_SHORT_NUMBER = re.compile(r" (\d{1,5}[a-z]?)(?![\w/,.\-]|[ ]?[/%\-])")
_SHORT_TYPE = re.compile(rf"(?<!\w)(?P<type>{types().names})[ ]+(?:số[ ]+)?$")
# "(sau đây gọi tắt là Chương trình 12)": the name that stands for the document cited before it.
_ALIAS = re.compile(
    r"(?:gọi|viết) tắt(?: chung)? là:?[ ]*\"?"
    rf"(?P<alias>(?:{types().names})(?:[ ]+(?:số[ ]+)?[\w\-]+){{0,4}}?)\"?(?=[)\",;.])"
)


def _short_forms(low: str, body: Span, cited: list[Citation], places: list[list[Span]]) -> Iterator[tuple[int, Span]]:
    """Mentions by type and number alone, and by the name given with "gọi tắt là": which document, and where."""
    by_number: dict[tuple[str | None, str], int] = {}
    for index, one in enumerate(cited):
        by_number.setdefault((one.type, (one.number or "").split("/")[0]), index)
    numbers = {number for _type, number in by_number}
    for short in _SHORT_NUMBER.finditer(low, body.start, body.end):
        # Numbers stand all over a text: only one that is cited is worth asking for its type.
        if short[1] not in numbers:
            continue
        typed = _SHORT_TYPE.search(low, max(body.start, short.start() - 60), short.start(1))
        meant = by_number.get((types().by_name[" ".join(typed["type"].split())], short[1])) if typed else None
        if typed and meant is not None:
            yield meant, Span(typed.start(), short.end())
    ends = sorted((at.end, index) for index, row in enumerate(places) for at in row)
    names: dict[str, tuple[int, int]] = {}
    for alias in _aliases(low, body):
        last = bisect_right(ends, (alias.start(), len(cited))) - 1
        if last >= 0 and low.rfind("\n", max(0, alias.start() - 400), alias.start()) < ends[last][0]:
            names.setdefault(alias["alias"], (ends[last][1], alias.start()))
    if not names or len(names) > 200:  # no paper names so many
        return
    for name in re.finditer(rf"(?<!\w)(?:{choice(names)})(?![\w/]|[ ]?[/-])", low[: body.end]):
        index, first = names.get(name.group(), (0, body.end))
        if name.start() >= first:
            yield index, Span(*name.span())


def _aliases(low: str, body: Span) -> Iterator[re.Match[str]]:
    at = low.find(" tắt", body.start, body.end)
    while at >= 0:
        if alias := _ALIAS.match(low, at - len("gọi"), body.end) or _ALIAS.match(low, at - len("viết"), body.end):
            yield alias
        at = low.find(" tắt", at + 1, body.end)


def _apart(places: list[Span]) -> tuple[Span, ...]:
    """The places in order, without those that lie in one before."""
    out: list[Span] = []
    for at in sorted(places, key=lambda at: (at.start, -at.end)):
        if not out or at.start >= out[-1].end:
            out.append(at)
    return tuple(out)
