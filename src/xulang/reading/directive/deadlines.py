"""Thời hạn: when a thing is to be done, with the precision of the text and never more.

Two doors: `stated` reads a place that holds nothing but the time (a table cell, "Thời gian thực hiện: …"); `spoken`
finds the time in the prose of a task, where a date counts only behind a word that makes it a time limit.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from xulang.reading.directive.findings import Deadline, Every
from xulang.reading.text.dates import WrittenDate, find_dates
from xulang.reading.text.spans import Span

_NO_WORD = r"(?!\w)"
_EACH = r"(?:hằng|hàng|mỗi|từng|theo)"
_PERIODS: tuple[tuple[Every, str], ...] = (
    ("half", r"nửa năm|0?6 tháng/(?:0?1 )?lần|0?6 tháng|sáu tháng"),
    ("week", r"tuần"),
    ("quarter", r"quý|0?3 tháng|ba tháng"),
    ("month", r"tháng"),
    ("year", r"năm"),
)
# "hằng tháng", "định kỳ quý", "06 tháng/lần", "01 lần/năm", "mỗi tháng 02 chuyên mục", "tháng/lần".
_RECURRING = tuple(
    (
        every,
        re.compile(
            rf"(?<!\w)(?:{_EACH} (?:{words}){_NO_WORD}"
            + (
                rf"|định kỳ (?:vào )?(?:{words}){_NO_WORD}(?! \d)(?!/\d)"
                if every != "half"
                else rf"|định kỳ (?:{words}){_NO_WORD}"
            )
            + (
                rf"|(?:{words})/(?:0?1 )?lần|(?:{words}) (?:0?1|một) lần"
                if every != "half"
                else r"|(?:0?6|sáu) tháng[ ]?(?:/|một|1)[ ]?(?:0?1 )?lần|0?6 tháng(?: đầu năm)?,? (?:và |một )?(?:năm|cả năm|hằng năm|hàng năm)"
            )
            + rf"|\d+ (?:lần|đợt|kỳ|cuộc|buổi|số)[ ]?/[ ]?(?:0?1 )?(?:{words}){_NO_WORD}|(?:mỗi|một) (?:{words}) (?:ít nhất )?(?:một|\d+)|(?:một|\d+) lần (?:mỗi|một|trong) (?:{words}){_NO_WORD}"
            + ")"
        ),
    )
    for every, words in _PERIODS
)
_ONGOING = re.compile(
    r"(?<!\w)(?:thường xuyên|liên tục|hằng ngày|hàng ngày|xuyên suốt|trong suốt|quanh năm|24/24|24/7|nhiệm vụ thường xuyên)(?!\w)"
)
_RELATIVE_STATED = re.compile(
    r"(?<!\w)(?:kể từ|sau khi|ngay khi|ngay sau|sau \d+|theo|khi có|tùy theo|căn cứ|cùng với|trước khi|đồng thời với|trong thời hạn|trong vòng|chậm nhất \d+|không quá \d+|\d+ (?:ngày|tháng|giờ)|sau hội nghị|sau kỳ họp|sau đại hội)(?!\w)"
)
_DURATION = re.compile(
    r"(?<![\w/])(?:(?P<number>\d{1,3})|(?P<word>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))[ ]*(?:\([^)]{1,20}\)[ ]*)?(?P<unit>ngày làm việc|ngày|tuần|tháng|năm|giờ)(?!\w)"
)
_NUMBERS = dict(zip(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], range(1, 11), strict=True))
_UNITS = {"ngày làm việc": "D", "ngày": "D", "tuần": "W", "tháng": "M", "năm": "Y", "giờ": "H"}
_WEEKDAYS = {"hai": 1, "2": 1, "ba": 2, "3": 2, "tư": 3, "4": 3, "năm": 4, "5": 4, "sáu": 5, "6": 5, "bảy": 6, "7": 6}
_WEEKDAY = re.compile(r"(?<!\w)thứ (?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|(?P<sunday>chủ nhật)(?!\w)")
_FOLLOWING = re.compile(r"(?<!\w)(?:sau|kế tiếp|tiếp theo|liền kề|liền sau|kế)(?!\w)")
_BEFORE = re.compile(r"(?:tháng|quý|năm) (?:trước|liền trước|trước đó)(?!\w)")
_DAY_IN_PERIOD = re.compile(
    r"(?<!\w)(?:ngày|mùng|mồng)[ ]*(?P<day>[0-3]?\d)(?![\d/.\-]|[ ]*tháng[ ]*\d|[ ]*(?:ngày|phút))"
)
_MONTH_DAY = re.compile(r"(?<![\d/.])(?P<day>[0-3]?\d)(?:[/\-]|[ ]*tháng[ ]*)(?P<month>[01]?\d)(?![\d/])")
_MONTH_IN_YEAR = re.compile(r"(?<!\w)tháng[ ]*(?P<month>[01]?\d)(?![\d/])")
_YEARS = re.compile(r"(?<![\d/])((?:19|20)\d\d)[ ]*(?:-|đến(?: hết)?(?: năm)?|tới)[ ]*(?:năm )?((?:19|20)\d\d)(?!\d)")
_TILL = re.compile(r"^[^\d]*(?:đến|tới)(?: hết| năm| hết năm)?[ ]*((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the paper itself tells about its year: the year of its date, and of a column "Thời gian (Năm 2026)"."""

    year: int | None = None
    codes: tuple[int, ...] = ()  # where cited codes end: a date behind one is the date of that paper


def stated(low: str, place: Span, calendar: Calendar, *, column_year: int | None = None) -> Deadline:
    """The deadline of a place that holds nothing but the time. `none` for an empty place."""
    words = low[place.start : place.end]
    if not words.strip(" .-:;"):
        return Deadline()
    dates = _dates(low, place, calendar, bare=True)
    recurring = _recurring(low, place)
    dated = [date for date in dates if date.iso(column_year or calendar.year)]
    if recurring is not None and not _has_full_date(dated):
        return recurring
    if dated and not _counted(words, dated, place):
        value = _interval(low, dated, column_year or calendar.year)
        sure = all(date.year or column_year for date in dated[-1:])
        if value:
            return Deadline("date", value, None, _around(dated, words, place), sure)
    if recurring is not None:
        return recurring
    if _ONGOING.search(words):
        return Deadline("ongoing", at=place)
    if _RELATIVE_STATED.search(words):
        return Deadline("relative", _duration(words), None, place)
    return Deadline() if re.search(r"kịp thời|định kỳ|quy định", words) else Deadline(at=None, sure=False)


def _counted(words: str, dates: list[WrittenDate], place: Span) -> bool:
    """ "Theo … ngày 17/10/2025 của …": the date of a paper, not a time limit."""
    lead = words[: dates[0].at.start - place.start]
    return bool(re.search(r"(?<!\w)(?:theo|căn cứ|kể từ|sau khi|tại)(?!\w)", lead))


def _dates(low: str, place: Span, calendar: Calendar, *, bare: bool = False) -> list[WrittenDate]:
    """Dates that are not those of a cited paper."""
    return [
        date
        for date in find_dates(low, place.start, place.end, bare_years=bare)
        if not _follows_code(date.at.start, calendar.codes)
    ]


def _follows_code(start: int, codes: tuple[int, ...]) -> bool:
    index = bisect_right(codes, start)
    return index > 0 and start - codes[index - 1] <= 14


def _has_full_date(dates: list[WrittenDate]) -> bool:
    return any(date.day is not None and date.year is not None for date in dates)


def _around(dates: list[WrittenDate], words: str, place: Span) -> Span:
    return place if len(words) < 80 else Span(dates[0].at.start, dates[-1].at.end)


_FROM = re.compile(r"(?:từ|bắt đầu|giai đoạn)(?: ngày| năm| tháng| quý)?[ ]*$")


def _interval(low: str, dates: list[WrittenDate], year: int | None) -> str | None:
    """Two dates joined by "đến" or a dash are an interval; otherwise the last one counts."""
    first, last = dates[0], dates[-1]
    if len(dates) >= 2:
        first = dates[-2]
        between = low[first.at.end : last.at.start]
        if re.fullmatch(r"\s*(?:-|đến(?: hết)?|tới|và đến)\s*(?:ngày|năm|hết)?\s*", between):
            start, end = first.iso(last.year or year), last.iso(year)
            return f"{start}/{end}" if start and end and start < end else end
    return last.iso(year)


def _duration(words: str) -> str | None:
    match = _DURATION.search(words)
    if not match:
        return None
    number = int(match["number"]) if match["number"] else _NUMBERS[match["word"]]
    unit = _UNITS[match["unit"]]
    return f"PT{number}H" if unit == "H" else f"P{number}{unit}"


def _recurring(low: str, place: Span, *, spoken: bool = False) -> Deadline | None:
    """The period, and the day within it where told."""
    hits = [
        (match.start(), match, every)
        for every, pattern in _RECURRING
        for match in pattern.finditer(low, place.start, place.end)
    ]
    if spoken:
        hits = [hit for hit in hits if _is_clause(low, hit[1], place)]
    if not hits:
        return None
    _, match, every = min(
        hits, key=lambda hit: (not low.startswith("định kỳ", max(place.start, hit[0] - 8), hit[0] + 8), hit[0])
    )
    if every == "year" and any(hit[2] == "half" for hit in hits):
        every = "half"
    around = Span(max(place.start, match.start() - 60), min(place.end, match.end() + 60)) if spoken else place
    value = _within(low[around.start : around.end], every)
    at = Span(match.start(), match.end()) if spoken else place
    return Deadline("recurring", value, every, at)


def _within(words: str, every: Every) -> str | None:
    """The day or month within the period: "12-15", "01", "25", "5" (a weekday); "+05" in the following period."""
    sign = "+" if _FOLLOWING.search(words) else "-" if _BEFORE.search(words) else ""
    if every == "week":
        weekday = _WEEKDAY.search(words)
        return None if not weekday else "7" if weekday["sunday"] else str(_WEEKDAYS[weekday["day"]])
    if every in ("year", "half"):
        day = [m for m in _MONTH_DAY.finditer(words) if 1 <= int(m["month"]) <= 12]
        if day and every == "year":
            return f"{sign}{int(day[-1]['month']):02d}-{int(day[-1]['day']):02d}"
        month = _MONTH_IN_YEAR.search(words)
        if month and every == "year" and 1 <= int(month["month"]) <= 12:
            return f"{sign}{int(month['month']):02d}"
        return None
    day_in = _DAY_IN_PERIOD.search(words)
    return f"{sign}{int(day_in['day']):02d}" if day_in and 1 <= int(day_in["day"]) <= 31 else None


# A period counts in prose only as a clause of its own: behind "định kỳ", at the head, behind a mark, before "báo cáo".
_CLAUSE_BEFORE = re.compile(
    r"(?:định kỳ(?: trước[^,.;]{0,40})?|^|[,;.:()\n]|\bvà|phát sóng|trước ngày \d+(?: tháng \d+)?|báo cáo|thứ \w+|ngày \d+)[ \-+]*$"
)
_CLAUSE_AFTER = re.compile(
    r"^[ ,]*(?:\(|(?:tổ chức|báo cáo|tổng hợp|có|thực hiện|rà soát|tiến hành|công khai|kiểm tra|đánh giá|cập nhật|xây dựng|lập|gửi|phải|\d|ít nhất))"
)


def _is_clause(low: str, match: re.Match[str], place: Span) -> bool:
    before, after = low[place.start : match.start()][-60:], low[match.end() : match.end() + 30]
    if match.group().startswith("định kỳ") or "lần" in match.group() or match.group().startswith("mỗi"):
        return True
    return (
        bool(_CLAUSE_BEFORE.search(before) or _CLAUSE_AFTER.search(after))
        or "bắt đầu thực hiện từ" in low[match.end() : place.end]
    )


# What makes a date in prose a time limit, right before it.
_LIMIT = re.compile(
    r"(?<!\w)(?:trước|xong|xong trước|chậm nhất|muộn nhất|hoàn thành|hạn cuối|hạn|thời hạn|thời gian|đến hết|đến|hết|trong|vào|bắt đầu|từ|tiến độ|kết thúc|thực hiện|về [^.;]{1,60})"
    r"(?:[ ]+(?:là|vào|trước|trong|từ|hết|xong|đến|ngày|tháng|quý|năm|cuối|đầu|giữa|kể từ|thời điểm|chậm nhất|các|buổi|lúc|khoảng))*[ ,:]*(?:\d{1,2}(?:h|g| giờ)[\d]*[ ,]*(?:phút )?(?:ngày )?)?$"
)
_LAST = re.compile(r"(?:trước|xong|chậm nhất|muộn nhất|hoàn thành|hạn|đến hết|thời gian)")
_YEAR_ONLY_CUES = re.compile(
    r"(?:xong|hoàn thành|hoàn thành trong|trong|thời gian|thời gian thực hiện:?|đến hết)[ ]*(?:năm )?$"
)
_START_RELATIVE = re.compile(r"^(?:ngay )?(?:sau khi|ngay khi|khi có|ngay sau|sau \d+ (?:ngày|tháng))(?!\w)")
_TERM = re.compile(
    r"(?<!\w)(?:trong (?:thời hạn|vòng|thời gian)|chậm nhất(?: là)?(?: sau)?|không quá|sau|trước|tối đa)[ ]*(?P<d>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|mười)?[ ]*(?:\([^)]{1,20}\)[ ]*)?(?:ngày làm việc|ngày|tuần|tháng|giờ)?,?[ ]*(?:làm việc,? )?(?:kể từ|tính từ|sau khi|từ khi|từ ngày (?:nhận|ký|ban hành|kết thúc|có)|trước khi)"
)
_ONGOING_SPOKEN = re.compile(r"(?<!\w)(?:thường xuyên|liên tục|hằng ngày|hàng ngày|24/24|24/7)(?!\w)")
_ATTRIBUTE = re.compile(
    r"(?:nhiệm vụ|chi|hoạt động|công tác|kinh phí|việc làm|công việc|đầu tư|chuyên mục|trách nhiệm|tính|kiểm tra|phiên|dự toán|ngân sách|nguồn|chế độ|cán bộ|công chức|viên chức|người|hộ|đội ngũ|chương trình thời sự|thời sự|sinh hoạt|đời sống|giao dịch|diễn ra|bản tin)$"
)


def spoken(low: str, place: Span, calendar: Calendar, *, lead_end: int | None = None) -> Deadline:
    """The deadline in the prose of a task. `lead_end`: where the words that say who end."""
    dates = [date for date in _dates(low, place, calendar) if _is_limit(low, date, place)]
    firm = [date for date in dates if date.iso(calendar.year)]
    recurring = _recurring(low, place, spoken=True)
    if recurring is not None and not any(
        _LAST.search(low[max(place.start, d.at.start - 20) : d.at.start]) and d.year for d in firm
    ):
        return recurring
    if firm:
        value = _interval(low, firm, calendar.year)
        return Deadline("date", value, None, firm[-1].at, sure=firm[-1].year is not None)
    start = _skip(low, place)
    term = _TERM.search(low, place.start, place.end)
    if term and (term["d"] or low.startswith(("trong", "chậm"), term.start())):
        stop = min(place.end, term.end() + 40)
        return Deadline("relative", _duration(low[term.start() : stop]), None, Span(term.start(), term.end()))
    if _START_RELATIVE.match(low[start : start + 40]):
        return Deadline("relative", None, None, Span(start, min(place.end, start + 40)), sure=True)
    ongoing = _ongoing(low, place)
    return Deadline("ongoing", at=ongoing) if ongoing else Deadline()


def _skip(low: str, place: Span) -> int:
    start = place.start
    while start < place.end and not low[start].isalpha():
        start += 1
    return start


def _is_limit(low: str, date: WrittenDate, place: Span) -> bool:
    before = low[max(place.start, date.at.start - 90) : date.at.start]
    if date.month is None and date.quarter is None and date.half is None:
        return bool(_YEAR_ONLY_CUES.search(before)) and not re.match(
            r"[ ]*(?:-|đến)", low[date.at.end : date.at.end + 5]
        )
    return bool(_LIMIT.search(before))


def _ongoing(low: str, place: Span) -> Span | None:
    for match in _ONGOING_SPOKEN.finditer(low, place.start, place.end):
        before = low[place.start : match.start()].rstrip()
        after = low[match.end() : place.end].lstrip()
        if _ATTRIBUTE.search(before) or not after or (after[0] in ".;)" and not before.endswith(",")):
            continue
        return Span(*match.span())
    return None
