"""Which names are of a set of bodies, and not of one."""

import re

# "UBND các xã" is a set; "Ban Quản lý các khu công nghiệp" is one body.
_SET = re.compile(
    r"^(?:các|những|mỗi|từng|mọi|tất cả)(?!\w)"
    r"|(?<!\w)(?:các|mỗi|từng)[ ]+"
    r"(?:xã|phường|huyện|quận|thị xã|thành phố|tỉnh|cấp|sở|phòng|cơ quan|đơn vị|trường)(?!\w)"
    r"|(?<!\w)(?:xã|huyện|quận|phường|thị xã),[ ]*(?:phường|xã|thị|huyện|thành|đặc|tp)"
)


def has_set(words: str) -> bool:
    """Whether a name, in level text, tells of several: "UBND các xã", "mỗi đơn vị"."""
    return bool(_SET.search(words))
