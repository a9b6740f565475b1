"""Made-up names of partners, each in several writings, and beside each the names that look like it and are others."""

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FORMS = [
    "Công ty trách nhiệm hữu hạn", "Công ty cổ phần", "Hợp tác xã", "Trường Đại học", "Ủy ban nhân dân thành phố",
    "Hội Hữu nghị", "Trung tâm Văn hóa", "Báo", "Viện Nghiên cứu", "Trường Trung học phổ thông",
]  # fmt: skip
OWN = [
    "Hòa Bình", "Hoa Bình", "Thúy Vân", "Thủy Vân", "Đông Giang", "Dông Giang", "Mường Hoa", "Mường Hòa", "Kỹ Nghệ",
    "Quý Xuân", "Quỳ Xuân", "Lan Đài", "Lân Đài", "Sơn Khê", "Sơn Khế", "Nà Loa", "Nà Lòa", "Đức Toàn", "Đức Toán",
    "Bảo Ngọc", "Bạo Ngọc", "Mỹ Sơn", "Tân Thành", "Tấn Thành", "Khoái Lạc", "Khoai Lạc", "Uyên Ương", "Vĩnh Tuy",
]  # fmt: skip
FIELDS = ["", "Du lịch", "Vận tải", "Giáo dục", "Xuất nhập khẩu", "Nông sản", "Truyền thông"]
ABROAD = [
    "Chongyang Cultural Exchange Company Limited", "Longhua Friendship University",
    "Vientan International Tourism Department",
    "Nanqiao Foreign Affairs Office", "Seowon Provincial Broadcasting", "Hanabira Municipal Government",
    "Chongyuan Cultural Exchange Company Limited", "Longhai Friendship University", "Nanqing Foreign Affairs Office",
]  # fmt: skip
FAMILY = ["Nguyễn", "Trần", "Hoàng", "Lương", "Đàm", "Đoàn", "Nông", "Vi", "Triệu", "Bế"]
MIDDLE = ["Văn", "Thị", "Minh", "Đức", "Thu", "Quốc", "Thúy"]
GIVEN = ["An", "Ân", "Hòa", "Hoa", "Hóa", "Đức", "Dực", "Thúy", "Thủy", "Minh", "Mình", "Loan", "Toàn", "Quý", "Quỳ"]
SHORT = [
    ("Công ty", "Cty"), ("trách nhiệm hữu hạn", "TNHH"), ("cổ phần", "CP"), ("Hợp tác xã", "HTX"),
    ("Đại học", "ĐH"),
    ("Ủy ban nhân dân", "UBND"), ("thành phố", "TP."), ("Trung học phổ thông", "THPT"),
    ("Company Limited", "Co., Ltd."),
    ("University", "Univ."), ("Department", "Dept."), ("Viện Nghiên cứu", "Viện NC"), ("Trung tâm", "TT"),
]  # fmt: skip
# The tone on the other vowel, as old and new spelling have it.
OTHER_PLACE = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "úy": "uý", "ùy": "uỳ", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ", "òe": "oè", "óe": "oé",
}  # fmt: skip
I_FOR_Y = {"Kỹ": "Kĩ", "Mỹ": "Mĩ", "kỹ": "kĩ"}


@dataclass(frozen=True)
class Pair:
    """Two writings, whether of persons, and whether they mean one."""

    one: str
    other: str
    persons: bool
    same: bool


def _bare(name: str) -> str:
    apart = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def _slip(chance: random.Random, name: str) -> str:
    words = name.split()
    long = [n for n, word in enumerate(words) if len(word) >= 8]
    if not long:
        return name
    n = chance.choice(long)
    at = chance.randrange(1, len(words[n]) - 1)
    words[n] = words[n][:at] + words[n][at + 1 :]
    return " ".join(words)


def _replaced(name: str, table: dict[str, str]) -> str:
    for here, there in table.items():
        name = name.replace(here, there)
    return name


def _turned(chance: random.Random, name: str) -> str:
    words = name.split()
    return chance.choice([" ".join(words[1:] + words[:1]), " ".join(words[::-1]), f"{words[0]}, {' '.join(words[1:])}"])


# Case, tones, letters: what anybody's keyboard does to any name.
WAYS: list[Callable[[random.Random, str], str]] = [
    lambda _chance, name: _replaced(name, OTHER_PLACE),
    lambda _chance, name: _replaced(name, I_FOR_Y),
    lambda chance, name: chance.choice([str.upper, str.lower])(name),
    lambda _chance, name: unicodedata.normalize("NFD", name),
    lambda _chance, name: name.replace("Đ", "Ð"),  # the Icelandic letter, as some keyboards give it
    lambda _chance, name: _bare(name),
]


def _written(chance: random.Random, name: str, persons: bool) -> str:
    """The name as somebody else writes it: one to three things are otherwise, the order of a person's name once."""
    turned = False
    for _turn in range(chance.randrange(1, 4)):
        how = chance.randrange(7)
        if how == 6 and persons:
            name, turned = (name, True) if turned else (_turned(chance, name), True)
        elif how == 6:
            short = _replaced(name, dict(chance.sample(SHORT, 4)))
            name = short if short != name else _slip(chance, name) if name in ABROAD else name
        else:
            name = WAYS[how % 6](chance, name)
    return name


def _body(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return chance.choice(ABROAD)
    number = f" số {chance.randrange(1, 9)}" if chance.random() < 0.15 else ""
    return " ".join(f"{chance.choice(FORMS)} {chance.choice(FIELDS)} {chance.choice(OWN)}{number}".split())


def _person(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def _beside(chance: random.Random, name: str, persons: bool) -> str:
    """A name that looks like it and is another's: one word otherwise, or the middle name for the given one."""
    words = name.split()
    if persons:
        if chance.random() < 0.3 and words[1] != words[2]:
            return f"{words[0]} {words[2]} {words[1]}"
        part, of = chance.choice([(0, FAMILY), (1, MIDDLE), (2, GIVEN)])
        words[part] = chance.choice([word for word in of if word != words[part]])
        return " ".join(words)
    if name in ABROAD:
        return chance.choice([one for one in ABROAD if one != name])
    for own in sorted(OWN, key=len, reverse=True):
        if own in name:
            near = [one for one in OWN if _bare(one) == _bare(own) and one != own]
            return name.replace(own, near[0] if near else chance.choice([one for one in OWN if one != own]))
    return f"{name} số 2"


def pairs(seed: int, count: int) -> Iterator[Pair]:
    """As many pairs: a half of one name in two writings, a third of near-misses, the rest of any two."""
    chance = random.Random(seed)
    for _turn in range(count):
        persons = chance.random() < 0.4
        make = _person if persons else _body
        name = make(chance)
        draw = chance.random()
        if draw < 0.5:
            yield Pair(name, _written(chance, name, persons), persons, True)
            continue
        other = _beside(chance, name, persons) if draw < 0.85 else make(chance)
        if other == name:
            continue
        # Without marks nobody can tell Hòa from Hoa, and turned round "Trần Mình Văn" is what "Trần Văn Mình" is from
        # behind: where a near-miss comes out as a writing of the name itself, it is given as it stands.
        written = _written(chance, other, persons)
        lost = _bare(written) == written and _bare(other) == _bare(name)
        turned = persons and sorted(_words(other)) == sorted(_words(name))
        yield Pair(name, other if lost or turned else written, persons, False)


def _words(name: str) -> list[str]:
    return _bare(name).lower().split()
