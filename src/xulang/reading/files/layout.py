"""Tables and tabs that only set text side by side: the heading of two columns, the signature row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from xulang.reading.files.draft import Grid, Paragraph

# Words that stand in the heading or the signature row of an official paper (Nghị định 30/2020, Annex I; Hướng dẫn
# 36-HD/VPTW for papers of the Party), without marks and in small letters. Only their place at a line's head counts.
_RIGHT_HEADING = re.compile(r"cong hoa xa hoi|dang cong san|doan tncs ho chi minh|doc lap ?[-–.]")
_NUMBER = re.compile(r"so ?:|so \d|so [./]")
_PLACE_AND_DAY = re.compile(r".{2,40}, ?ngay\b.{0,14}\bthang\b")
_RECIPIENTS = re.compile(r"noi nhan|noi gui")
_AUTHORITY = re.compile(
    r"(t ?/ ?m|k ?/ ?t|t ?/ ?l|t ?/ ?u ?q)\b\.?|(tm|kt|tl|tuq|q) ?\.|"
    r"(pho )?(chu tich|giam doc|truong (phong|ban)|chanh van phong|bi thu|cuc truong|bo truong|hieu truong)\b"
)
_NUMBERED_COLUMN = re.compile(
    r"(s?tt|so tt|so thu tu)\b|noi dung|nhiem vu|(don vi|co quan).{0,12}(chu tri|thuc hien|phoi hop)|thoi (gian|han)"
)


# Kinds of papers as their titles name them (Nghị định 30/2020, Điều 7; Quy định 66-QĐ/TW, Điều 4).
_KIND = re.compile(
    r"(nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong cao|thong bao|thong tri|huong dan|chuong trinh|ke hoach|"
    r"phuong an|de an|du an|bao cao|bien ban|to trinh|hop dong|cong dien|giay moi|giay uy quyen|ket luan|loi keu goi)"
    r"( hanh dong| lien tich)?:?"
)
_MARKS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """The beginning of a text without marks, in small letters: for comparing with cues, which stand at its head."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text[:80].lower()))
    return plain.replace("đ", "d").replace("ð", "d").strip(" *_\t")


def _heads(cells: Sequence[Sequence[str]], pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(folded(line)) for lines in cells for line in lines)


def is_layout(cells: Sequence[Sequence[str]], columns: int, rows: int, *, bordered: bool) -> bool:
    """Whether a table only sets text side by side. `cells`: the lines of each cell; `bordered`: lines are drawn inside.

    By content first (a heading says "CỘNG HÒA …" or "Số: …" beside a place and day; a signature row "Nơi nhận" or
    an authority beside nothing that looks like a table's heading), then by shape: one cell, or few without borders.
    """
    if rows * columns == 1 or columns == 1:
        return True
    if columns > 4 or rows > 12:
        return False
    if _heads(cells[:columns], _NUMBERED_COLUMN):
        return False
    heading = _heads(cells, _RIGHT_HEADING) or (_heads(cells, _NUMBER) and _heads(cells, _PLACE_AND_DAY))
    signature = _heads(cells, _RECIPIENTS) or (not bordered and _heads(cells, _AUTHORITY))
    if heading or signature:
        return True
    return not bordered and columns <= 3 and rows <= 2


def laid_out(grid: Grid, *, bordered: bool) -> list[Paragraph | Grid]:
    """A table as it is, or, where it only sets text side by side, the lines of its cells, column after column."""
    boxes = [box for row in grid.rows for box in row]
    columns = sorted({box.column for box in boxes if box.text})
    rows = sum(1 for row in grid.rows if any(box.text for box in row))
    if not boxes or not columns:
        return []
    if not is_layout([[p.printed for p in b.paragraphs] for b in boxes], len(columns), rows, bordered=bordered):
        return [grid]
    side = {column: None if len(columns) == 1 else min(at, 1) for at, column in enumerate(columns)}
    return [
        replace(p, column=side[column])
        for column in columns
        for box in boxes
        if box.column == column
        for p in box.paragraphs
    ]


def begins_heading(left: str, right: str) -> bool:
    """Whether two texts side by side begin the heading of an official paper."""
    return bool(left and _RIGHT_HEADING.match(folded(right)))


def begins_signature(left: str, right: str) -> bool:
    """Whether two texts side by side begin the signature row: Nơi nhận on the left, or an authority on the right."""
    return bool(_RECIPIENTS.match(folded(left))) or is_authority(right)


def ends_heading(text: str) -> bool:
    """Whether a text stands below the heading, whichever side it stands on: whom it is for, or its kind in capitals."""
    plain = folded(text)
    return plain.startswith("kinh gui") or (text.isupper() and bool(_KIND.fullmatch(plain)))


def is_authority(text: str) -> bool:
    """Whether a text is an authority line: TM., KT., a position."""
    return len(text) < 60 and bool(_AUTHORITY.match(folded(text)))


def is_number(text: str) -> bool:
    """Whether a text begins as a paper's number does."""
    return bool(_NUMBER.match(folded(text)))


def is_place_and_day(text: str) -> bool:
    """Whether a text is the place and day of issue."""
    return bool(_PLACE_AND_DAY.match(folded(text)))


_GAP = re.compile("[ \t\u00a0]+")


def side_by_side(blocks: list[Paragraph | Grid]) -> list[Paragraph | Grid]:
    """The same blocks, where two columns made by tabs or by runs of blanks are given one after the other, left first.

    A block of two columns begins with a line whose halves are a heading ("UBND …" ⇥ "CỘNG HÒA …") or a signature row
    ("Nơi nhận:" ⇥ "TM. …"); it goes on while lines have a gap or stand plainly on one side.
    """
    done: list[Paragraph | Grid] = []
    at = 0
    while at < len(blocks):
        end = _block_end(blocks, at)
        if end > at:
            done += _parted([b for b in blocks[at:end] if isinstance(b, Paragraph)])
            at = end
        else:
            done.append(blocks[at])
            at += 1
    return done


def _halves(text: str, near: int | None = None) -> tuple[str, str] | None:
    """What stands left and right of the gap at `near`, or of the widest one; None where there is none.

    The place and day stand whole.
    """
    if "\t" not in text and "    " not in text.replace("\u00a0", " "):
        return None  # most lines, told quickly
    gaps = [gap for gap in _GAP.finditer(text) if "\t" in gap[0] or len(gap[0]) >= 4]
    if not gaps:
        return None
    before_day = [gap for gap in gaps if is_place_and_day(text[gap.end() :])]  # "Số:      /KH-UBND   …, ngày"
    if before_day:
        gap = before_day[-1]
    elif near is not None and "\t" not in text:
        gap = min(gaps, key=lambda m: abs(m.end() - near))
    else:
        gap = max(gaps, key=lambda m: (m[0].count("\t") * 8) + len(m[0]))
    return text[: gap.start()].strip(), text[gap.end() :].strip()


def _right_begins(text: str) -> int:
    """Where the right half of a line of two columns begins."""
    halves = _halves(text)
    return len(text.rstrip()) - len(halves[1]) if halves else 0


def _block_end(blocks: list[Paragraph | Grid], at: int) -> int:
    first = blocks[at]
    halves = _halves(first.text) if isinstance(first, Paragraph) else None
    if not isinstance(first, Paragraph) or not halves or not halves[0] or not halves[1]:
        return at
    heading, dated = begins_heading(*halves), False
    if not heading and not begins_signature(*halves):
        return at
    near = _right_begins(first.text)
    last = end = at + 1
    while end < len(blocks) and end - at < (10 if heading else 30):
        block = blocks[end]
        if not isinstance(block, Paragraph):
            break
        end += 1
        if not block.text.strip() and not block.label:
            continue  # a blank line parts no columns
        parts = _halves(block.text, near)
        left_alone = len(block.text.rstrip()) <= near if heading else block.text.lstrip().startswith(("-", "+"))
        parted_off = dated and block.text.strip().isupper() and last < end - 1  # the type's name below a blank line
        if parts is None and (not left_alone or parted_off):
            break
        below = (dated and not parts[0]) or ends_heading(parts[1]) if parts else ends_heading(block.text)
        if heading and below:
            break  # centred below the place and day
        dated = dated or bool(parts and is_place_and_day(parts[1]))
        last = end
    return last


def _parted(paragraphs: list[Paragraph]) -> list[Paragraph]:
    left: list[Paragraph] = []
    right: list[Paragraph] = []
    near = _right_begins(paragraphs[0].text)
    for p in paragraphs:
        halves = _halves(p.text, near)
        if halves is None:
            left.append(replace(p, column=0))
            continue
        if halves[0]:
            left.append(replace(p, text=halves[0], column=0))
        if halves[1]:
            right.append(replace(p, text=halves[1], label="" if halves[0] else p.label, column=1))
    return left + right
