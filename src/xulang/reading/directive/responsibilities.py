"""The grammar of an assignment: who is to do a thing, who helps, and whether it is ordered or asked.

    assignment  = [opening ","] [cue] names [bracket] [":" | duty | lead | verb] words
    opening     = "Căn cứ …" | "Sau khi …" | "Định kỳ …" | any words ending in ":"
    cue         = "Giao" | "Yêu cầu" | "Đề nghị" | …
    helpers     = "phối hợp" ["chặt chẽ"] ["với" | "cùng"] names

It reads one sentence, one label line or one table cell; where in a paper such places are is not its to know.
"""

import re
from dataclasses import dataclass

from xulang.reading.directive.findings import Mode, UnitMention
from xulang.reading.directive.knowledge import cue, cues
from xulang.reading.text.level import UPPER, choice
from xulang.reading.text.spans import Span
from xulang.reading.text.units import Name, Scanner


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is named to do it. `words_at`: where the duty itself begins; `heading`: nothing stands behind the names."""

    lead: tuple[UnitMention, ...]
    coordinating: tuple[UnitMention, ...]
    mode: Mode
    at: Span
    words_at: int
    heading: bool
    firm: bool  # a word of order, of duty or of leading stands there; False for a bare name before a verb


_HELP_VERB = (
    r"phối hợp|phối, kết hợp|phối kết hợp|kết hợp(?=[ ]+(?:chặt chẽ[ ]+)?với)"
    r"|(?<=chủ trì, )cùng(?= )|(?<=chủ trì )cùng(?= )"
)
_HELP = re.compile(
    rf"(?<!\w)(?:{_HELP_VERB})(?:[ ]+(?:chặt chẽ|thường xuyên|tốt|đồng bộ))?"
    r"(?:[ ,]*(?:với|cùng với|cùng))?[ ]*:?[ ]*(?=\w)"
)
_LEADING = re.compile(r"(?<!\w)(?:chủ trì|làm đầu mối|là đầu mối)(?!\w)")


def mentions(scanner: Scanner, names: list[Name]) -> tuple[UnitMention, ...]:
    """Names as findings; a name that only its place in a list tells is not sure."""
    return tuple(_mention(scanner.text, name) for name in names)


def _mention(text: str, name: Name) -> UnitMention:
    words = _tidy(name.at.of(text))
    if name.kind is not None:
        words = f"{name.kind.of(text).capitalize()} {words}"
    return UnitMention(words, name.at, name.group, sure=name.known, completed_from=name.kind)


def _tidy(words: str) -> str:
    """A name on one line; the eth and the crossed d that recognition sets for one letter are one."""
    return " ".join(words.replace("ĐÐ", "Đ").replace("ÐĐ", "Đ").replace("Ð", "Đ").split())


def helpers(scanner: Scanner, place: Span, lead: tuple[UnitMention, ...]) -> tuple[UnitMention, ...]:
    """Everybody named behind "phối hợp với", or before "phối hợp", in the words of a task, who does not lead it."""
    leading = {unit.value.casefold() for unit in lead}
    found = [unit for unit in _helping(scanner, place.start, place.end) if unit.value.casefold() not in leading]
    for help_ in _HELP.finditer(scanner.low, place.start, place.end):
        names, _ = scanner.names(help_.end(), place.end, named=True)
        for unit in mentions(scanner, names):
            if unit.value.casefold() not in leading and unit.value.casefold() not in {
                u.value.casefold() for u in found
            }:
                found.append(unit)
    return tuple(found)


_BESIDE = re.compile(r"(?:[ ,]*(?:chủ trì|làm đầu mối|là đầu mối))?(?: thực hiện)?[ ]*[,;][ ]*(?:còn )?(?=\w)")
_HELPING = re.compile(r"[ ]*(?:cùng )?phối hợp(?!\w|[ ]+(?:với|cùng|chặt chẽ))")


def _helping(scanner: Scanner, place: int, end: int) -> tuple[UnitMention, ...]:
    """Those named right behind the word of leading who help: "… chủ trì, Phòng B, Phòng C phối hợp"."""
    beside = _BESIDE.match(scanner.low, place, end)
    names, stop = scanner.names(beside.end(), end) if beside else ([], place)
    return mentions(scanner, names) if names and _HELPING.match(scanner.low, stop, end) else ()


def read_names(
    text: str, low: str, place: Span, breaks: tuple[int, ...] = ()
) -> tuple[tuple[UnitMention, ...], tuple[UnitMention, ...]]:
    """Lead and coordinating units of a place that holds nothing else: a table cell, "Đơn vị thực hiện: …".

    Without a word of leading or of help all lead. A clause before the names ("Căn cứ hướng dẫn của …,") is passed over.
    `breaks`: where the further paragraphs of a cell begin.
    """
    scanner = Scanner(text, low, bounded=True, breaks=breaks)
    if _ROLE_BEHIND.search(low, place.start, place.end):
        return _by_role_behind(scanner, place)
    start = _past_opening(scanner, place)
    help_ = _HELP.search(low, start, place.end)
    stop = help_.start() if help_ else place.end
    lead_words = _LEADING.search(low, start, stop)
    if lead_words and not low[start : lead_words.start()].strip(" -+:"):
        start = lead_words.end()  # "Chủ trì: A"
        start += len(low[start:stop]) - len(low[start:stop].lstrip(" :"))
    elif lead_words and (helping := _helping(scanner, lead_words.end(), place.end)):
        return _all_names(scanner, start, lead_words.start()), helping  # "A chủ trì, B phối hợp"
    lead = _all_names(scanner, start, stop)
    coordinating = _all_names(scanner, help_.end(), place.end) if help_ else ()
    return lead, coordinating


# "Sở Y tế (chủ trì); Sở Tài chính (phối hợp)": a role in a bracket behind the names it is of.
_ROLE_BEHIND = re.compile(r"\((?:cơ quan |đơn vị )?(?P<role>chủ trì|phối hợp|thực hiện)(?: thực hiện| chính)?\)")


def _by_role_behind(scanner: Scanner, place: Span) -> tuple[tuple[UnitMention, ...], tuple[UnitMention, ...]]:
    lead: tuple[UnitMention, ...] = ()
    coordinating: tuple[UnitMention, ...] = ()
    start = place.start
    for bracket in _ROLE_BEHIND.finditer(scanner.low, place.start, place.end):
        named = _all_names(scanner, start, bracket.start())
        if bracket["role"] == "phối hợp":
            coordinating += named
        else:
            lead += named
        start = bracket.end()
    return lead, coordinating


_JOINT = re.compile(r"(?:và )?(?:kính )?đề nghị |và ")
_CELL_BREAK = re.compile(r"[\n;]|(?<=\.)\s")


def _all_names(scanner: Scanner, start: int, end: int) -> tuple[UnitMention, ...]:
    names: list[Name] = []
    place = start
    while place < end:
        while place < end and scanner.low[place] in " \n\t-+•:;,.*_":
            place += 1
        joint = _JOINT.match(scanner.low, place, end)
        place = joint.end() if joint else place
        more, stop = scanner.names(place, end, loose=True)
        names += more
        following = _CELL_BREAK.search(scanner.low, max(stop, place), end)
        if more and scanner.name_begins(stop + 1, end):
            place = stop + 1
        elif not more or following is None:
            break
        else:
            place = following.end()
    if any(not name.known and _is_prose(scanner.low, name.at) for name in names):
        names = [name for name in names if name.known]
    return mentions(scanner, names)


def _is_prose(low: str, at: Span) -> bool:
    return at.end - at.start > 70 or bool(re.match(r"(?:theo|tại|căn cứ|như)(?!\w)", low[at.start : at.end]))


def _past_opening(scanner: Scanner, place: Span) -> int:
    """Past "Căn cứ hướng dẫn của Ban A," before the names; the start of the place where there is none."""
    low = scanner.low
    start = place.start
    while start < place.end and low[start] in " \n\t-+•:*_":
        start += 1
    give = _GIVE.match(low, start, place.end)
    if give:
        return give.end()
    if not cue("prose", "openers").match(low, start, place.end):
        return start
    for comma in re.finditer(r",[ ]+", low[start : place.end]):
        name = scanner.name(start + comma.end(), place.end)
        if name is not None:
            return name.at.start
    return start


_CUES = choice(cues()["order"]["give"] + cues()["order"]["request"])
_GIVE = re.compile(rf"(?:kính |trân trọng )?(?P<cue>{_CUES})(?!\w)[ ]*:?[ ]*")
# "Phê bình và yêu cầu …", "Thống nhất chủ trương …, giao …": the order behind a verdict.
_TURN = re.compile(r"(?<!\w)(?:và|đồng thời|[,;])[ ]+(?=(?:giao|yêu cầu|đề nghị)[ ])")
_DUTY = re.compile(rf"[ ,]*(?:{choice(cues()['order']['duty'] + cues()['order']['lead'])})(?!\w)")
_PREFIX = re.compile(r"[^:.;\n]{3,140}:[ ]+(?=\w)")
# What may stand behind the names of a heading: "có trách nhiệm:", "chủ trì thực hiện các nhiệm vụ sau:".
_HEADING_DUTY = (
    r"có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|triển khai thực hiện|tập trung thực hiện|thực hiện"
)
_HEADING_WORK = r"(?:tốt |các |một số |những )*(?:nhiệm vụ|nội dung|việc|công việc)(?: trọng tâm)?(?:[ ]+sau(?: đây)?)?"
_HEADING_TAIL = re.compile(rf"[ ]*(?:,?[ ]*(?:{_HEADING_DUTY})(?:[ ]+{_HEADING_WORK}|[ ]+sau)?)?[ ]*[:.;,]*[ *_]*$")
# In small letters a name behind an opening clause needs "các" or a cue before it: it may be one more of a list there.
_MARKED = re.compile(rf"(?:{_CUES}|các|mỗi|từng|ban|sở|phòng)(?!\w)")
# "Trưởng các thôn: Đoài, Đông, Thượng.": which ones they are, and no duty.
_LISTING = re.compile(rf"[ ]*:[ ]*(?:[{UPPER}]\w*(?:[ ][{UPPER}]\w*)?(?:[,;][ ]*|[ ]*và[ ]+|[ .]*$))+")
_ALSO = re.compile(r"(?:riêng|trước mắt|ngoài ra|đồng thời)(?: đối với)?[ ]*[,:]?[ ]+")
_SKIP = " \t\n\"'*_-+•"


def read_assignment(scanner: Scanner, place: Span, issuer: str | None = None) -> Assignment | None:
    """The assignment that a sentence makes, or None. `issuer` (level text) orders and is never ordered by itself."""
    low = scanner.low
    start = place.start
    while start < place.end and low[start] in _SKIP:
        start += 1
    also = _ALSO.match(low, start, place.end)
    start = also.end() if also else start
    direct = _from(scanner, Span(start, place.end), issuer)
    if direct is not None:
        return direct
    opening = cue("prose", "openers").match(low, start, place.end)
    if opening:
        for comma in re.finditer(r",\s+", low[start : min(place.end, start + 500)]):
            if scanner.text[start + comma.end()].islower() and not _MARKED.match(low, start + comma.end()):
                continue
            after = _from(scanner, Span(start + comma.end(), place.end), issuer)
            if after is not None and not after.heading:
                return after
    if cue("prose", "verdicts").match(low, start, place.end):
        turn = _TURN.search(low, start, min(place.end, start + 400))
        after = _from(scanner, Span(turn.end(), place.end), issuer) if turn else None
        if after is not None and not after.heading:
            return after
    prefix = _PREFIX.match(low, start, place.end)
    if prefix and not cue("labels", "other").fullmatch(low[start : prefix.end()].rstrip(" :")):
        after = _from(scanner, Span(prefix.end(), place.end), issuer)
        if after is not None and not after.heading and (after.firm or prefix.end() - start < 60):
            return after
    return None


def _from(scanner: Scanner, place: Span, issuer: str | None) -> Assignment | None:
    low = scanner.low
    give = _GIVE.match(low, place.start, place.end)
    start = give.end() if give else place.start
    names, stop = scanner.names(start, place.end, named=give is not None)
    if not names:
        return None
    asked = bool(give and give["cue"] in cues()["order"]["request"])
    if not give and issuer and low[names[0].at.start : names[0].at.end] == issuer:
        return _by_issuer(scanner, Span(stop, place.end))
    names, stop = _with_commas(scanner, start, names, stop, place.end)
    names, stop = _asked_too(scanner, names, stop, place.end)
    if len(names) == 1 and names[0].group:
        names, stop = _listed(scanner, names, stop, place.end)
    lead = mentions(scanner, names)
    rest = low[stop : place.end]
    if _LISTING.fullmatch(scanner.text, stop, place.end):
        return None
    heading = bool(_HEADING_TAIL.fullmatch(rest))
    duty = _DUTY.match(low, stop, place.end)
    if not (heading or give or duty or _verb_follows(scanner, stop, place.end, whole=names[-1].whole)):
        return None
    firm = bool(give or duty or rest.lstrip().startswith(":"))
    words_at = duty.end() if duty else stop
    mode: Mode = "request" if asked else "order"
    at = Span(place.start, place.end)
    return Assignment(lead, helpers(scanner, Span(stop, place.end), lead), mode, at, words_at, heading, firm)


def _with_commas(scanner: Scanner, start: int, names: list[Name], stop: int, end: int) -> tuple[list[Name], int]:
    """The last name with what a comma parts from it, where a heading or a colon shows that all is one name:
    "Phòng Quản lý, bảo vệ và phát triển rừng:".
    """
    low = scanner.low
    if names[-1].group or low[stop : stop + 1] != "," or end <= start:
        return names, stop
    colon = low.find(":", stop, min(end, stop + 140))
    limit = colon if colon >= 0 else end
    if limit - start > 200 or (colon < 0 and low[end - 1] in ".;"):
        return names, stop
    whole, after = Scanner(scanner.text, low, bounded=True).names(start, limit)
    grown = len(whole) == len(names) and whole[-1].at.end > names[-1].at.end
    return (whole, after) if grown and _HEADING_TAIL.fullmatch(low, after, limit) else (names, stop)


_ASKED_TOO = re.compile(r"[ ]*[;,][ ]*(?:và[ ]+)?(?:kính[ ]+)?đề nghị[ ]+")


def _asked_too(scanner: Scanner, names: list[Name], stop: int, end: int) -> tuple[list[Name], int]:
    """ "Công an tỉnh; đề nghị Tòa án nhân dân tỉnh:" over what both are to do."""
    asked = _ASKED_TOO.match(scanner.low, stop, end)
    more, after = scanner.names(asked.end(), end) if asked else ([], stop)
    if not more or not _HEADING_TAIL.fullmatch(scanner.low, after, end):
        return names, stop
    return [*names, *more], after


def _listed(scanner: Scanner, names: list[Name], stop: int, end: int) -> tuple[list[Name], int]:
    """ "Các sở: Sở A, Sở B chuẩn bị …": the names behind the colon are meant, where a duty follows them."""
    colon = re.compile(r"[ ]*:[ ]+").match(scanner.low, stop, end)
    if not colon:
        return names, stop
    listed, after = scanner.names(colon.end(), end)
    if len(listed) < 2 or not _verb_follows(scanner, after, end):
        return names, stop
    return listed, after


def _by_issuer(scanner: Scanner, place: Span) -> Assignment | None:
    """ "UBND thành phố yêu cầu các phòng …": the order of the issuer itself."""
    gap = re.compile(r"[ ]*(?:đã |trân trọng |kính )?").match(scanner.low, place.start, place.end)
    start = gap.end() if gap else place.start
    return _from(scanner, Span(start, place.end), None) if _GIVE.match(scanner.low, start, place.end) else None


def _verb_follows(scanner: Scanner, place: int, end: int, *, whole: bool = False) -> bool:
    """Whether a verb of duty, an adverb or a colon stands behind the names; any small word behind a whole one."""
    while place < end and scanner.low[place] in " \n\t,":
        place += 1
    if place >= end:
        return False
    if scanner.low[place] == ":":
        return True
    verb = scanner.lex.end.match(scanner.low, place, end)
    if verb is None and whole and scanner.text[place].islower():
        return re.compile(r"\w+").match(scanner.low, place).group() not in _NOT_DUTY  # type: ignore[union-attr]
    return bool(verb) and verb.group() not in _NOT_DUTY  # type: ignore[union-attr]  # verb is set where bool(verb)


# These end a name but tell of no duty.
_NOT_DUTY = frozenset(
    [
        "là",
        "được",
        "đã",
        "đang",
        "sẽ",
        "trong",
        "tại",
        "về",
        "từ",
        "khi",
        "nếu",
        "do",
        "bằng",
        "như",
        "đến",
        "giữa",
        "gồm",
        "với",
        "cho",
        "và",
        "vào",
        "sau",
        "trước",
        "ngoài",
        "việc",
        "theo",
        "để",
        "nhằm",
        "cùng",
        "gắn",
        "kết luận",
        "phát biểu",
        "khẳng định",
        "nhấn mạnh",
        "chỉ thị",
        "quyết nghị",
        "dựa",
        "tùy",
    ]
)
