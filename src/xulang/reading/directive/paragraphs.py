"""Lines put together into paragraphs and taken apart into sentences, and the words that lay nothing on anybody."""

import re
from dataclasses import dataclass

from xulang.reading.directive.blocks import opens_block
from xulang.reading.directive.knowledge import cue, types
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.text.spans import Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a bullet with the smaller bullets under it."""

    rows: tuple[Row, ...]

    @property
    def at(self) -> Span:
        """From the first line, its label included, to the end of the last."""
        return Span(self.rows[0].at.start, self.rows[-1].at.end)

    @property
    def head(self) -> Span:
        """The words of the first line behind its label."""
        return self.rows[0].body

    @property
    def bullet(self) -> bool:
        return self.rows[0].bullet


def paragraphs_of(sheet: Sheet, rows: list[Row]) -> list[Paragraph]:
    """The paragraphs among these lines. Table rows are left out; label lines stay with what stands before them."""
    groups: list[list[Row]] = []
    top: str | None = None  # the mark of the bullets that are not smaller ones
    for row in rows:
        if row.cells:
            top = None
            continue
        mark = row.label.key if row.bullet and row.label else None
        if groups and (opens_block(sheet, row) or _goes_on(sheet, groups[-1][-1], row, mark, top)):
            groups[-1].append(row)
        else:
            groups.append([row])
            top = mark
    return [Paragraph(tuple(group)) for group in groups]


def _goes_on(sheet: Sheet, above: Row, row: Row, mark: str | None, top: str | None) -> bool:
    if mark is not None:
        return top is not None and mark != top
    first, last = sheet.text[row.at.start], sheet.text[above.at.end - 1]
    return first.islower() and last not in ".;:"


def is_form(sheet: Sheet, row: Row, *, over_first_part: bool) -> bool:
    """A line that lays nothing on anybody by its form: capitals, brackets, and the grounds over the first part."""
    words, low = row.body.of(sheet.text), sheet.low[row.body.start : row.body.end]
    if over_first_part and _GROUNDS.match(low):
        return True
    return (words.startswith("(") and words.endswith(")")) or (len(words) > 3 and words.isupper() and not row.bullet)


# Căn cứ, and what stands with it over the first part of a decision.
_GROUNDS = re.compile(
    r"(?:căn cứ|xét|theo đề nghị)[^.]*[;,.:]?$|thực hiện [^.]*(?:như sau:?|;)$|quyết (?:định|nghị)[ ]?:"
)


# "… nghiêm túc triển khai thực hiện Kế hoạch này./.": to carry out the paper is no task of its own.
_EARNEST = re.compile(
    r"(?:nghiêm túc|nghiêm chỉnh|đầy đủ|có hiệu quả|khẩn trương)"
    r"(?:,? (?:tổ chức|triển khai))*,? (?:và )?(?:tổ chức )?thực hiện"
    rf"(?: (?:{types().names}|nội dung|văn bản)(?: này| trên)?)?[ .;/]*$"
)
# A plea to a body above: "Kính đề nghị … quan tâm, xem xét".
_ASKED = re.compile(
    r"^[\s\-+]*(?:kính |trân trọng )?(?:đề nghị|mong|rất mong)[^.;]{0,120}"
    r"(?:quan tâm|xem xét,? (?:bố trí|bổ sung|cho ý kiến))"
)


# "Trên đây là Kế hoạch …; các cơ quan, đơn vị chủ động thực hiện./.": the words that close a paper.
_CLOSES = re.compile(r"^\W*trên đây là [^;.]{3,200}[;,.][^;]{0,160}(?:thực hiện|triển khai)[ .;/]*$")
_TOLD = re.compile(r"thông báo [^.;]{0,60}?(?:để|đến) [^.;]{0,80}biết")


def is_boilerplate(low: str) -> bool:
    """Closing words that lay no task: "… chịu trách nhiệm thi hành", "nếu có vướng mắc …"."""
    if cue("prose", "boilerplate").search(low) or any(form.search(low) for form in (_EARNEST, _ASKED, _TOLD, _CLOSES)):
        return True
    arises = cue("prose", "arises").search(low)
    return bool(arises and cue("prose", "if_").search(low[max(0, arises.start() - 40) : arises.start()]))


_BREAK = re.compile(r"(?:[.!?]|;(?=\s*(?:giao|đề nghị|yêu cầu)\s))[\"')]?\s+(?=\S)")
_SHORTENED = re.compile(r"(?<!\w)(?:tp|tx|tt|đ/c|gs|ts|ths|bs|ks|pgs|v\.v|st|\w)$")


def sentences_of(sheet: Sheet, place: Span) -> list[Span]:
    """The sentences of a paragraph; "TP." and the like end none, "; giao …" begins one."""
    out, start = [], place.start
    for mark in _BREAK.finditer(sheet.low, place.start, place.end):
        stop = sheet.low[mark.start()]
        if stop == "." and _SHORTENED.search(sheet.low[max(start, mark.start() - 6) : mark.start()]):
            continue
        after = sheet.text[mark.end()]
        if stop == ";" or not after.islower():
            out.append(Span(start, mark.end()))
            start = mark.end()
    out.append(Span(start, place.end))
    return out
