"""The marking of a state secret (MẬT, TỐI MẬT, TUYỆT MẬT): a stamp on a line of its own, never the word in prose."""

import re

from xulang.reading.directive.lines import Sheet
from xulang.reading.text.level import level

_STAMP = re.compile(r"(?:độ mật|dấu mật|mức độ mật)[ ]*:[ ]*(?:mật|tối mật|tuyệt mật)|(?:mật|tối mật|tuyệt mật)")
_HEAD_ROWS = 30  # the stamp stands over or beside the heading
MESSAGE = (
    "Văn bản đóng dấu độ mật ({}). Phần mềm không đọc và không lưu nội dung; "
    "hãy xử lý theo quy định về bảo vệ bí mật nhà nước."
)


def secrecy_of(sheet: Sheet) -> str | None:
    """The marking as printed, or None. Only the first lines and the columns of the heading are looked at."""
    for row in sheet.rows[:_HEAD_ROWS]:
        if "mật" not in sheet.low[row.at.start : row.at.end]:
            continue
        for words in re.split(r"\t+|[ \u00a0]{3,}", row.at.of(sheet.text)):
            bare = words.strip(" \t*_|[](){}.:;-–")  # both dashes frame a stamp
            if bare.isupper() and _STAMP.fullmatch(level(bare)):
                return bare
            named = re.match(r"(?:độ mật|mức độ mật)[ ]*:[ ]*", level(bare))
            if named and _STAMP.fullmatch(level(bare[named.end() :]).strip()):
                return bare[named.end() :].strip()
    return None
