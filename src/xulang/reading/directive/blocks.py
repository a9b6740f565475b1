"""Label lines: "Đơn vị thực hiện: …", "Thời gian: …", "Sản phẩm: …", one to a line or several in one."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from xulang.reading.directive.knowledge import cues
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.text.level import level
from xulang.reading.text.spans import Span, trimmed

Role = Literal["lead", "coordinating", "both", "time", "product", "money", "content", "other", "index"]
WHO: frozenset[Role] = frozenset(("lead", "coordinating", "both"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One "label: value" of a line. `value` may be empty where the value stands in the lines below."""

    role: Role
    at: Span
    value: Span


@cache
def roles() -> dict[str, Role]:
    """Every label in level text and what it holds. A name listed twice keeps the first meaning."""
    out: dict[str, Role] = {}
    for role, names in cues()["labels"].items():
        for name in names:
            out.setdefault(level(name), role)
    return out


# "- Đơn vị thực hiện (dự kiến): ": any few words before a colon; the list of labels tells which are one.
_LABEL = re.compile(
    r"(?P<lead>^|[.;(\n]| -)[ \t*_\-+•]*(?:\(?\d\) ?)?(?P<name>[^\W\d_](?:(?! -)[^:;.()\n]){1,70}?)"
    r"(?: *\([^()]{0,60}\))?[ *_]*:[ *_]*"
)


_TIME = re.compile(r"(?:thời gian|thời hạn)(?: \w+){0,3}")


def labels_in(sheet: Sheet, row: Row) -> list[Labelled]:
    """The labels of one line with their values; those in the middle only behind a mark."""
    start, end = row.body
    if sheet.low.find(":", start, end) < 0:
        return []
    hits = []
    for match in _LABEL.finditer(sheet.low[start:end]):
        name = " ".join(match["name"].removeprefix("các ").strip("*_ ").split())
        role = roles().get(name) or ("time" if _TIME.fullmatch(name) else None)
        if role is not None:
            hits.append((match, role))
    out = []
    for index, (match, role) in enumerate(hits):
        stop = start + hits[index + 1][0].start("lead") if index + 1 < len(hits) else end
        value = trimmed(sheet.text, start + match.end(), stop, " \t\n*_")
        out.append(Labelled(role, Span(start + match.start("name"), stop), value))
    return out


def opens_block(sheet: Sheet, row: Row) -> list[Labelled]:
    """The labels of a line that begins with one that tells who, when, what comes out or what it costs."""
    found = labels_in(sheet, row)
    first = found[0] if found else None
    if first is None or first.at.start > row.body.start + 3 or first.role in ("content", "other", "index"):
        return []
    return found


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive label lines: rows from `first` to `last` (places in the list they came from)."""

    first: int
    last: int
    values: tuple[tuple[Role, tuple[Span, ...]], ...]

    @property
    def tells_who(self) -> bool:
        return any(role in WHO for role, _ in self.values)


def blocks_of(sheet: Sheet, rows: list[Row]) -> list[Block]:
    """The blocks among these lines, in order. A label with nothing behind it takes the lines below as its value."""
    blocks: list[Block] = []
    index = 0
    while index < len(rows):
        labels = opens_block(sheet, rows[index])
        if not labels:
            index += 1
            continue
        first = index
        values: list[tuple[Role, tuple[Span, ...]]] = []
        leaders: list[int] = []
        while index < len(rows):
            labels = opens_block(sheet, rows[index]) or _other(sheet, rows[index])
            if not labels:
                break
            leaders += [len(values) + n for n, label in enumerate(labels) if _is_leader(sheet, label)]
            values += [(label.role, (label.value,)) for label in labels]
            index += 1
            if labels[-1].value.end <= labels[-1].value.start:
                below = _value_below(sheet, rows, index)
                values[-1] = (labels[-1].role, tuple(row.body for row in rows[index : index + below]))
                index += below
        if any(role in WHO and n not in leaders for n, (role, _) in enumerate(values)):
            values = [value for n, value in enumerate(values) if n not in leaders]
        blocks.append(Block(first, index - 1, tuple(values)))
    return blocks


def _is_leader(sheet: Sheet, label: Labelled) -> bool:
    """ "Lãnh đạo phụ trách: …": beside the body that does the thing, the leader only looks after it."""
    return label.role == "lead" and sheet.low.startswith("lãnh đạo", label.at.start)


def _other(sheet: Sheet, row: Row) -> list[Labelled]:
    """A label that tells of something else, inside a block."""
    found = labels_in(sheet, row)
    return found if found and found[0].at.start <= row.body.start + 3 and found[0].role == "other" else []


def _value_below(sheet: Sheet, rows: list[Row], index: int) -> int:
    count = 0
    while index + count < len(rows) and count < 12:
        row = rows[index + count]
        if labels_in(sheet, row) or (not row.bullet and count > 0) or row.body.end - row.body.start > 300:
            break
        count += 1
    return count
