"""Thời hạn: when a thing is to be done, with the precision of the text and never more.

Two doors: `stated` reads a place that holds nothing but the time (a table cell, "Thời gian thực hiện: …"); `spoken`
finds the time in the prose of a task, where a date counts only behind a word that makes it a time limit.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xulang.reading.directive.findings import Deadline, Every
from xulang.reading.directive.knowledge import cues
from xulang.reading.text.dates import WrittenDate, find_dates
from xulang.reading.text.level import choice
from xulang.reading.text.spans import Span


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the paper itself tells: the year of its date, and where the codes it cites end."""

    year: int | None = None
    codes: tuple[int, ...] = ()  # a date right behind one is the date of that paper


# -- periods ---------------------------------------------------------------------------------------------------------

_WHOLE = r"(?<!\w)(?:{})(?!\w)"
_ONE = r"(?:0?1|một)"
_COUNT = r"(?:\d{1,3}|một|hai|ba)"
# The nouns of each period; the half-year and the quarter are named by their months too.
_EVERY: dict[str, Every] = (
    dict.fromkeys(("nửa năm", "06 tháng", "6 tháng", "sáu tháng"), "half")  # type: ignore[assignment]  # one of Every
    | dict.fromkeys(("quý", "03 tháng", "3 tháng", "ba tháng"), "quarter")
    | {"tuần": "week", "tháng": "month", "năm": "year"}
)
_NOUN = "|".join(_EVERY)
_TIMES = r"(?:lần|đợt|kỳ|cuộc|buổi|số|bài|tin, bài|chuyên mục)"
# "6 tháng, năm", "hằng tháng", "định kỳ quý", "tháng/lần", "02 lần/năm", "02 lần mỗi năm", "một tháng 02 số".
_RECURRING = re.compile(
    _WHOLE.format(
        r"(?P<halves>0?6 tháng)(?: đầu năm)?(?:,| và|, và) (?:hằng |hàng |cả |01 |một |tổng kết |báo cáo )*năm"
        r"|tháng (?:cuối|đầu)(?: của)?(?: mỗi)? (?P<ends>quý)(?! [iv\d])"
        rf"|(?:hằng|hàng|mỗi|từng|theo) (?P<each>{_NOUN})|định kỳ (?:vào )?(?P<fixed>{_NOUN})(?! \d|/\d)"
        rf"|(?P<per>{_NOUN})(?: ?/ ?(?:{_ONE} )?lần| (?:một|01) lần)"
        rf"|{_COUNT} {_TIMES} ?/ ?(?:{_ONE} )?(?P<times>{_NOUN})"
        rf"|{_COUNT} lần (?:mỗi|một|trong|trong một) (?P<in>{_NOUN})"
        rf"|một (?P<one>{_NOUN}) (?:ít nhất |tối thiểu )?{_COUNT}"
    )
)
# "Trước ngày 05 của tháng liền kề": each month, by the month that follows.
_NEXT = re.compile(
    _WHOLE.format(r"(?<!những )(?<!các )(?P<period>tháng|quý|năm|tuần) (?:liền kề|liền sau|kế tiếp|tiếp theo|sau|kế)")
)
_NEXT_EVERY: dict[str, Every] = {"tháng": "month", "quý": "quarter", "năm": "year", "tuần": "week"}
_FOLLOWING = re.compile(
    _WHOLE.format(
        r"(?:tháng|quý|năm|tuần|kỳ)(?: đầu)? (?:liền kề|liền sau|kế tiếp|tiếp theo|sau|kế)(?! (?:khi|đây|hoạch))"
    )
)
_BEFORE = re.compile(_WHOLE.format(r"(?:tháng|quý|năm) (?:trước(?! (?:ngày|\d|khi))|liền trước|trước đó)"))
_WEEKDAY = re.compile(_WHOLE.format(r"thứ (?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<sunday>chủ nhật)"))
_WEEKDAYS = {"hai": 1, "2": 1, "ba": 2, "3": 2, "tư": 3, "4": 3, "năm": 4, "5": 4, "sáu": 5, "6": 5, "bảy": 6, "7": 6}
_DAY = re.compile(r"(?<!\w)(?:ngày|mùng|mồng)[ ]*(?P<day>[0-3]?\d)(?![\d/.\-]|[ ]*(?:tháng[ ]*\d|ngày))")
_DAY_MONTH = re.compile(r"(?<![\d/.])(?P<day>[0-3]?\d)(?:[/\-]|[ ]*tháng[ ]*)(?P<month>0?[1-9]|1[0-2])(?![\d/])")
_MONTH = re.compile(r"(?<!\w)tháng[ ]*(?P<month>0?[1-9]|1[0-2])(?![\d/])")


def _within(words: str, every: Every) -> str | None:
    """The day or month within the period: "12-15", "01", "25", "5" (a weekday); "+05" in the period that follows."""
    sign = "+" if _FOLLOWING.search(words) else "-" if _BEFORE.search(words) else ""
    if every == "week":
        weekday = _WEEKDAY.search(words)
        return None if not weekday else "7" if weekday["sunday"] else str(_WEEKDAYS[weekday["day"]])
    if every == "year":
        days = list(_DAY_MONTH.finditer(words))
        if days:
            return f"{sign}{int(days[-1]['month']):02d}-{int(days[-1]['day']):02d}"
        month = _MONTH.search(words)
        return f"{sign}{int(month['month']):02d}" if month else None
    day = _DAY.search(words) if every != "half" else None
    return f"{sign}{int(day['day']):02d}" if day and 1 <= int(day["day"]) <= 31 else None


# -- a place of its own ------------------------------------------------------------------------------------------------

_ONGOING = re.compile(
    _WHOLE.format(
        r"thường xuyên|liên tục|hằng ngày|hàng ngày|xuyên suốt|trong suốt|quanh năm|cả năm|24/24|24/24h|24/7|lâu dài"
    )
)
_COUNTED = re.compile(
    _WHOLE.format(
        r"kể từ|tính từ|sau khi|ngay khi|ngay sau|sau \d+|theo|khi có|tùy theo|căn cứ|cùng với|trước khi|đồng thời với"
        r"|trong thời hạn|trong vòng|không quá|\d+ (?:ngày|tuần|tháng|giờ)|sau hội nghị|sau kỳ họp|sau đại hội"
    )
)
_NO_TIME = re.compile(_WHOLE.format(r"kịp thời|định kỳ|theo quy định|đúng quy định|theo yêu cầu|khi có yêu cầu"))
_AS_RULED = re.compile(
    r"(?:thực hiện )?(?:theo|đúng) "
    r"(?:quy định|tiến độ|thời gian quy định|(?:tình hình |điều kiện |yêu cầu )?thực tế|nhu cầu|yêu cầu)[ .;]*"
)
_THIS_YEAR = re.compile(r"trong năm[ .;]*")
_DURATION = re.compile(
    r"(?<![\w/])(?:(?P<number>\d{1,3})|(?P<word>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))[ ]*"
    r"(?:\([^()]{1,20}\)[ ]*)?(?P<unit>ngày|tuần|tháng|năm|giờ)(?!\w)"
)
_NUMBERS = dict(zip(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], range(1, 11), strict=True))
_UNITS = {"ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "năm": "P{}Y", "giờ": "PT{}H"}
_YEAR = r"((?:19|20)\d\d)"
_YEARS = re.compile(rf"(?<![\d/]){_YEAR}[ ]*(?:-|đến(?: hết)?(?: năm)?|tới)[ ]*(?:năm )?{_YEAR}(?![\w/])")
_LEAD_TO_PAPER = re.compile(_WHOLE.format(r"theo|căn cứ|kể từ|sau khi|tại|ngay khi"))


def stated(low: str, place: Span, calendar: Calendar, *, column_year: int | None = None) -> Deadline:
    """The deadline of a place that holds nothing but the time. `none` for an empty place."""
    words = low[place.start : place.end]
    if not words.strip(" .-:;") or _AS_RULED.fullmatch(words.strip()):
        return Deadline()
    dates = [d for d in _dates(low, place, calendar, bare=True) if d.iso(column_year or calendar.year)]
    recurring = _stated_period(low, place)
    if recurring is not None and not any(date.day and date.year for date in dates):
        return recurring
    years = _YEARS.search(words)
    if years and len(dates) <= 2:
        return Deadline("date", f"{years[1]}/{years[2]}", None, place)
    if dates and not _LEAD_TO_PAPER.search(words[: dates[0].at.start - place.start]):
        return _date(low, place, dates, calendar, column_year)
    if recurring is not None:
        return recurring
    if _ONGOING.search(words):
        return Deadline("ongoing", at=place)
    if _THIS_YEAR.fullmatch(words.strip()) and (column_year or calendar.year):
        return Deadline("date", str(column_year or calendar.year), None, place, sure=False)
    if _COUNTED.search(words):
        return Deadline("relative", _duration(words), None, place)
    return Deadline(sure=bool(_NO_TIME.search(words)))


def _date(
    low: str, place: Span, dates: list[WrittenDate], calendar: Calendar, column_year: int | None = None
) -> Deadline:
    value = _interval(low, dates, column_year or calendar.year)
    at = place if place.end - place.start < 80 else Span(dates[0].at.start, dates[-1].at.end)
    return Deadline("date", value, None, at, sure=bool(dates[-1].year or column_year))


def _stated_period(low: str, place: Span) -> Deadline | None:
    hit = _first_period(_periods(low, place), low)
    if hit is not None:
        return Deadline("recurring", _within(low[place.start : place.end], hit[1]), hit[1], place)
    following = _NEXT.search(low, place.start, place.end)
    if following is None:
        return None
    every = _NEXT_EVERY[following["period"]]
    return Deadline("recurring", _within(low[place.start : place.end], every), every, place)


def _periods(low: str, place: Span) -> Iterator[tuple[re.Match[str], Every]]:
    for match in _RECURRING.finditer(low, place.start, place.end):
        yield match, _EVERY[match[match.lastgroup or 0]]


def _first_period(hits: Iterator[tuple[re.Match[str], Every]], low: str) -> tuple[re.Match[str], Every] | None:
    """The period behind "định kỳ" before any other, the half-year before the year it is named with."""
    found = list(hits)
    if not found:
        return None
    match, every = min(
        found, key=lambda hit: ("định kỳ" not in low[max(0, hit[0].start() - 8) : hit[0].end()], hit[0].start())
    )
    halves = [hit for hit in found if hit[1] == "half"]
    return halves[0] if every == "year" and halves else (match, every)


def _dates(low: str, place: Span, calendar: Calendar, *, bare: bool = False) -> list[WrittenDate]:
    """Dates that are not those of a cited paper."""
    found = find_dates(low, place.start, place.end, bare_years=bare)
    return [date for date in found if not _follows_code(date.at.start, place.start, calendar.codes)]


def _follows_code(start: int, first: int, codes: tuple[int, ...]) -> bool:
    """Whether a code stands right before, in the same place: one in the cell beside tells nothing of the date."""
    index = bisect_right(codes, start)
    return index > 0 and start - codes[index - 1] <= 14 and codes[index - 1] > first


# "22 - 23/02/2026", "từ 01/5 đến 10/5/2026": a day that only the date behind it makes one.
_FIRST_DAY = re.compile(
    r"(?<![\d/.,])(?P<day>0?[1-9]|[12]\d|3[01])(?:[ ]?/[ ]?(?P<month>0?[1-9]|1[0-2]))?"
    r"[ ]*(?:-|đến(?: hết)?|tới)[ ]*(?:ngày[ ]*)?$"
)
_TILL = re.compile(r"\s*(?:-|đến(?: hết)?|tới|và đến)\s*(?:ngày|năm|hết)?\s*")


def _interval(low: str, dates: list[WrittenDate], year: int | None) -> str | None:
    """Two dates joined by "đến" or a dash are an interval; otherwise the last one counts."""
    last = dates[-1]
    end = last.iso(year)
    first = _FIRST_DAY.search(low, max(0, last.at.start - 30), last.at.start) if last.day else None
    if first and (len(dates) < 2 or dates[-2].at.end <= first.start()):
        begun = replace(last, day=int(first["day"]), month=int(first["month"] or last.month or 0))
        start = begun.iso(year)
        return f"{start}/{end}" if start and end and start < end else end
    if len(dates) < 2 or not _TILL.fullmatch(low[dates[-2].at.end : last.at.start]):
        return end
    start = dates[-2].iso(last.year or year)
    return f"{start}/{end}" if start and end and start < end else end


def _duration(words: str) -> str | None:
    match = _DURATION.search(words)
    if not match:
        return None
    number = int(match["number"]) if match["number"] else _NUMBERS[match["word"]]
    return _UNITS[match["unit"]].format(number)


# -- prose -------------------------------------------------------------------------------------------------------------

# A word of limit, what may follow it, an hour: "chậm nhất là ngày", "hoàn thành trước 16 giờ ngày".
_LIMIT_WORD = rf"{choice(cues()['time']['limit'])}|về [^.;]{{1,60}}"
_LIMIT_MORE = choice(cues()["time"]["between"])
_HOUR = r"(?:\d{1,2}[ ]?(?:h|g|giờ)[ ]?\d{0,2}[ ]?(?:phút)?[ ,]*(?:ngày[ ]*)?)?"
_LIMIT = re.compile(rf"(?<!\w)(?:{_LIMIT_WORD})(?:[ ]+(?:{_LIMIT_MORE}))*[ ,:]*{_HOUR}$")
_FIRM = re.compile(r"(?:trước|xong|chậm nhất|muộn nhất|hoàn thành|hạn|đến hết|thời gian)")
_YEAR_LIMIT = re.compile(
    r"(?:xong|hoàn thành|trong|thời gian|thời gian thực hiện:?|đến hết)[ ]*(?:trong )?(?:năm )?$"
    r"|(?:vào|kỳ họp(?: thường lệ| thường kỳ)?)(?: đầu| giữa| cuối)?[ ]*$"
)
_GOES_ON = re.compile(r"[ ]*(?:-|đến)")

# "… (giai đoạn 2023 - 2027).": a bracket at the end of a task that begins as a time does.
_BRACKET = re.compile(
    rf"\((?P<time>(?:(?:{choice(cues()['time']['opens'])})(?!\w)|\d{{1,2}}/\d|\d{{1,3}} ngày(?!\w))"
    r"[^()]{0,90})\)[ .;,/*_]*$"
)

_ANNIVERSARY = re.compile(r"\d{4}-(?P<day>\d\d-\d\d)/\d{4}-(?P=day)")  # "(22/12/1944 - 22/12/2024)"

# A period counts in prose only as a clause of its own: behind "định kỳ" or a mark, at the head, before its verb.
_CLAUSE_BEFORE = re.compile(
    r"(?:định kỳ(?: trước[^,.;]{0,40})?|^|[,;.:()\n]|phát sóng|báo cáo|thứ \w+|chủ nhật"
    r"|ngày \d+(?:/\d+|[ ]*tháng[ ]*\d+)?|(?:^[ \-+]*|[,;.:)] ?)(?:báo cáo|tổng hợp|gửi|đánh giá)[^,;.]{0,60})[ \-+]*$"
)
_CLAUSE_AFTER = re.compile(rf"[ ,]*(?:\(|\d|(?:{choice(cues()['time']['clause'])})(?!\w))")
_JOINED = re.compile(r"[ ]*(?:,|và|, và)[ ]+(?:trước |trong )?(?:ngày )?")
_STARTS = re.compile(r"bắt đầu (?:thực hiện )?từ")

_AT_HEAD = re.compile(r"(?:ngay )?(?:sau khi|ngay khi|khi có|ngay sau|sau \d+ (?:ngày|tháng))(?!\w)")
_BY_PLAN = re.compile(
    r"(?:thời gian|thời hạn|tiến độ|hoàn thành)(?: thực hiện| hoàn thành)?:?[ ]+(?:thực hiện )?"
    r"theo (?!quy định|đúng|yêu cầu)[^,.;]{3,}"
)
# "… sau khi có hướng dẫn của bộ." where it ends the task.
_AT_END = re.compile(
    r"(?<!\w)(?:ngay sau khi|ngay khi|sau khi (?:có|được|nhận được|hoàn thành|kết thúc))(?!\w)[^.;]{3,90}[.;/ ]*$"
)
_BY_NEXT = re.compile(
    r"(?<!\w)(?:trước|vào|chậm nhất|đến|xong)[^,.;]{0,20}ngày[ ]*[0-3]?\d[ ]*(?:của )?"
    r"(?P<period>tháng|quý|năm|tuần) (?:liền kề|liền sau|kế tiếp|tiếp theo|sau)(?!\w)"
)
_TERM = re.compile(
    r"(?<!\w)(?:trong (?:thời hạn|vòng|thời gian)|chậm nhất(?: là)?(?: sau)?|không quá|sau|trước|tối đa)[ ]*"
    r"(?P<count>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|mười)?[ ]*(?:\([^()]{1,20}\)[ ]*)?"
    r"(?:ngày làm việc|ngày|tuần|tháng|giờ)?,?[ ]*(?:làm việc,? )?"
    r"(?:kể từ|tính từ|sau khi|từ khi|từ ngày (?:nhận|ký|ban hành|kết thúc|có)|trước khi)"
)
_ALWAYS = re.compile(_WHOLE.format(r"thường xuyên|liên tục|hằng ngày|hàng ngày|24/24|24/7"))
_KIND_OF = re.compile(rf"(?<!\w)(?:{choice(cues()['time']['kind_of'])})$")


def spoken(low: str, place: Span, calendar: Calendar) -> Deadline:
    """The deadline in the prose of a task: in a bracket at its end, else in its clauses."""
    period = _spoken_period(low, place)
    bracket = _BRACKET.search(low, place.start, place.end) if period is None else None
    inside = stated(low, Span(*bracket.span("time")), calendar) if bracket else Deadline()
    if inside.value is not None and _ANNIVERSARY.fullmatch(inside.value):
        inside = Deadline()
    if inside.kind != "none":
        return inside
    dates = _limits(low, place, calendar)
    if period is not None and not any(date.year and _FIRM.search(_lead(low, date, place, 20)) for date in dates):
        return period
    if dates:
        value = _interval(low, dates, calendar.year)
        return Deadline("date", value, None, dates[-1].at, sure=dates[-1].year is not None)
    following = _BY_NEXT.search(low, place.start, place.end)
    if following:
        every = _NEXT_EVERY[following["period"]]
        return Deadline("recurring", _within(following.group(), every), every, Span(*following.span()))
    term = _TERM.search(low, place.start, place.end)
    if term and (term["count"] or low.startswith(("trong", "chậm"), term.start())):
        words = low[term.start() : min(place.end, term.end() + 40)]
        return Deadline("relative", _duration(words), None, Span(*term.span()))
    start = _first_word(low, place)
    head = (
        _AT_HEAD.match(low, start, place.end)
        or _BY_PLAN.search(low, place.start, place.end)
        or _AT_END.search(low, place.start, place.end)
    )
    if head:
        return Deadline("relative", None, None, Span(*head.span()))
    always = _always(low, place)
    return Deadline("ongoing", at=always) if always else Deadline()


def _first_word(low: str, place: Span) -> int:
    start = place.start
    while start < place.end and not low[start].isalpha():
        start += 1
    return start


def _lead(low: str, date: WrittenDate, place: Span, reach: int) -> str:
    return low[max(place.start, date.at.start - reach) : date.at.start]


def _limits(low: str, place: Span, calendar: Calendar) -> list[WrittenDate]:
    """The dates behind a word of limit, and those joined to one: "trong Quý II và Quý IV/2026"."""
    limits: list[WrittenDate] = []
    for date in _dates(low, place, calendar):
        joined = bool(limits) and _JOINED.fullmatch(low[limits[-1].at.end : date.at.start])
        if (joined or _is_limit(low, date, place)) and date.iso(calendar.year):
            limits.append(date)
    return limits


def _is_limit(low: str, date: WrittenDate, place: Span) -> bool:
    if date.month is None and date.quarter is None and date.half is None:
        return bool(_YEAR_LIMIT.search(_lead(low, date, place, 40))) and not _GOES_ON.match(low, date.at.end)
    return bool(_LIMIT.search(_lead(low, date, place, 90)))


def _spoken_period(low: str, place: Span) -> Deadline | None:
    hit = _first_period((hit for hit in _periods(low, place) if _is_clause(low, hit[0], place)), low)
    if hit is None:
        return None
    match, every = hit
    around = low[max(place.start, match.start() - 60) : min(place.end, match.end() + 60)]
    return Deadline("recurring", _within(around, every), every, Span(*match.span()))


def _is_clause(low: str, match: re.Match[str], place: Span) -> bool:
    words = match.group()
    if words.startswith(("định kỳ", "mỗi", "tháng cuối", "tháng đầu")) or "lần" in words or "/" in words:
        return True
    before = low[max(place.start, match.start() - 60) : match.start()]
    if _CLAUSE_BEFORE.search(before) or _CLAUSE_AFTER.match(low, match.end(), place.end):
        return True
    return bool(_STARTS.search(low, match.end(), place.end))


def _always(low: str, place: Span) -> Span | None:
    """ "thường xuyên" as a clause of the task, not as a mere attribute."""
    for match in _ALWAYS.finditer(low, place.start, place.end):
        before = low[place.start : match.start()].rstrip()
        after = low[match.end() : place.end].lstrip()
        attribute = not after or (after[0] in ".;)" and not before.endswith(","))
        if not attribute and not _KIND_OF.search(before[-30:]):
            return Span(*match.span())
    return None
