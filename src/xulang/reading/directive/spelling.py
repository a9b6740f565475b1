"""Names that are printed in capitals, written as they are written in a sentence."""

import re

from xulang.reading.text.lexicon import lexicon

_KIND = r"tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_PLACE = re.compile(rf"(?<!\w)({_KIND})((?:[ ]+(?!và |- |đảng|ủy|đoàn)[\w\-]+)+)")
_OFFICE = re.compile(
    r"(?<!\w)((?:tỉnh|thành|huyện) (?:đoàn|ủy)|đảng (?:ủy|bộ))((?:[ ]+(?!- |các |khối )[\w\-]+)+)$", re.IGNORECASE
)
_FIXED = {
    "ubnd": "UBND",
    "hđnd": "HĐND",
    "mttq": "MTTQ",
    "việt nam": "Việt Nam",
    "trung ương": "Trung ương",
    "bch": "BCH",
    "tncs hồ chí minh": "TNCS Hồ Chí Minh",
}
_SECOND = re.compile(
    r"^(Sở|Bộ|Phòng|Ban|Cục|Chi cục|Trung tâm|Văn phòng|Hội|Trường|Viện|Đài|Báo|Liên đoàn|Công an|Thanh tra)[ ](\w)"
)


def spelled(words: str) -> str:
    """ "UBND TỈNH SƠN KHÊ" as "UBND tỉnh Sơn Khê", "SỞ NỘI VỤ" as "Sở Nội vụ"; other spelling stays as it is."""
    words = " ".join(words.split())
    if not words.isupper() or len(words) <= 4:
        return words
    low = words.lower()
    low = low[0].upper() + low[1:]
    low = _PLACE.sub(lambda place: place[1] + "".join(f" {word.capitalize()}" for word in place[2].split()), low)
    low = _OFFICE.sub(
        lambda place: place[1] + "".join(f" {word[0].upper()}{word[1:]}" for word in place[2].split()), low
    )
    for small, right in _FIXED.items():
        low = re.sub(rf"(?<!\w){small}(?!\w)", right, low, flags=re.IGNORECASE)
    for key, name in lexicon().spelling.items():
        if len(key) > 3:
            pattern = r"\W+".join(re.escape(part) for part in key.split())
            low = (
                re.sub(rf"(?<=\w[ ]){pattern}(?!\w)", name, low, count=1, flags=re.IGNORECASE)
                if re.search(rf"(?:Sở|Phòng|Bộ|Ban) {pattern}(?!\w)", low)
                else low
            )
    return _SECOND.sub(
        lambda head: f"{head[1]} {head[2].upper()}" if head[1] not in ("Công an", "Thanh tra") else head[0], low
    )
