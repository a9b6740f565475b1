"""Made-up estimates with known faults: what was planted is written down here, not asked of the checks.

A maker of lines that knows the law by its own table of a few ceilings, copied by hand from Thông tư 35/2026/TT-BTC, and
writes clean lines, near-misses (lines that look like a fault and are none) and faults of five kinds in many spellings.
"""

import datetime as dt
import random
import unicodedata
from dataclasses import dataclass, replace

from xulang.budget.enums import Source
from xulang.budget.rules import Ceiling, Item, Settled

KINDS = ("OVER_CEILING", "WRONG_PERIOD", "DOUBLE", "SUM", "SOURCE")
NEW, OLD = "35/2026/TT-BTC", "71/2018/TT-BTC"
CHANGE = dt.date(2026, 5, 18)  # Điều 35 khoản 1

# Điều 8, 10, 11, 12, 30, 31: code in the data, what people write, ceiling.
CEILINGS = (
    ("an-a", "Ăn ngày của đoàn hạng A", 3_000_000),
    ("an-b", "Ăn ngày của đoàn hạng B", 2_000_000),
    ("an-c", "Ăn ngày của đoàn hạng C", 1_600_000),
    ("an-khac", "Ăn ngày của khách mời", 1_200_000),
    ("giai-khat-a", "Hoa quả, bánh ngọt tiếp đoàn hạng A", 300_000),
    ("giai-khat-b", "Hoa quả, bánh ngọt tiếp đoàn hạng B", 160_000),
    ("giai-khat-c", "Hoa quả, bánh ngọt tiếp đoàn hạng C", 120_000),
    ("bien-dich-sang-viet", "Dịch tư liệu sang tiếng Việt", 300_000),
    ("bien-dich-tu-viet", "Dịch tư liệu sang tiếng Pháp", 360_000),
    ("dich-noi-tiep", "Thuê người dịch buổi hội đàm", 750_000),
    ("dich-song-song", "Thuê người dịch trong buồng", 1_500_000),
    ("can-bo-dich-noi-tiep", "Cán bộ phòng dịch buổi hội đàm", 375_000),
    ("qua-a", "Phù điêu tặng trưởng đoàn hạng A", 2_600_000),
    ("qua-b", "Phù điêu tặng trưởng đoàn hạng B", 1_800_000),
    ("giai-khat-trong-nuoc", "Trà, bánh tiếp đoàn tỉnh bạn", 60_000),
    ("moi-com-trong-nuoc", "Cơm trưa tiếp đoàn tỉnh bạn", 600_000),
)
# Of Thông tư 71/2018/TT-BTC, as far as they are known.
OLDER = {"an-a": 1_500_000, "an-b": 1_000_000, "an-c": 800_000, "an-khac": 600_000}
OLDER |= {"giai-khat-trong-nuoc": 30_000, "moi-com-trong-nuoc": 300_000}
# What has no ceiling: a first part and a second make many different things.
THINGS = ("Thuê phòng chiếu", "In tờ gấp", "In sách ảnh", "Dựng gian hàng", "Thuê xe 16 chỗ", "Thuê xe 29 chỗ")
THINGS += (
    "Làm phim ngắn",
    "Viết bài giới thiệu",
    "Thuê âm thanh",
    "Chụp ảnh tư liệu",
    "Mua vải chàm",
    "Làm biển chỉ dẫn",
)
PLACES = ("ở chợ phiên", "ở bến đò", "buổi sáng", "buổi chiều", "đợt một", "đợt hai", "cho đoàn thứ nhất")
PLACES += ("cho đoàn thứ hai", "bằng tiếng Anh", "bằng tiếng Trung", "bằng tiếng Pháp", "tại nhà văn hóa xã")


ALIKE = ("tiếng Nùng", "tiếng Tày", "tiếng Dao", "lần 1", "lần 2", "lần 12", "khối sáng", "khối chiều", "bảng lớn")
ALIKE += ("băng lớn", "bằng lớn", "tranh lụa", "tranh dó", "mâm đồng", "mâm đông")
# Things that one letter more makes others, both words of Vietnamese.
LETTERS = (("bản gỗ", "bảng gỗ"), ("sàn tre", "sàng tre"), ("đèn màn", "đèn màng"))
# Things as another says them whom no comparison of words can follow.
OTHERWISE = (("Thuê phòng chiếu", "Thuê rạp"), ("In tờ gấp", "In tờ rơi"), ("In sách ảnh", "Ấn phẩm ảnh"))
OTHERWISE += (("Thuê xe 16 chỗ", "Thuê xe mười sáu chỗ"), ("Làm phim ngắn", "Làm phóng sự"))
OTHERWISE += (("Thuê âm thanh", "Thuê loa, máy"), ("Dựng gian hàng", "Lắp quầy trưng bày"))


@dataclass(frozen=True)
class Case:
    """An estimate, what else asks for money, what it is judged by, and the truth: faults as (line, kind)."""

    lines: tuple[Item, ...]
    others: tuple[Item, ...]
    by: Settled
    planted: frozenset[tuple[int, str]]


class Maker:
    """Makes the lines of one estimate by a seed."""

    def __init__(self, seed: int) -> None:
        self.by_chance = random.Random(f"dự toán {seed}")
        self.next = 1
        pick = self.by_chance
        self.old = pick.random() < 0.3
        span = dt.timedelta(days=pick.randrange(300))
        self.day = CHANGE - dt.timedelta(days=1) - span if self.old else CHANGE + span
        # The edges of the change are tried more often than a wide span would.
        if pick.random() < 0.2:
            self.day = CHANGE - dt.timedelta(days=1) if self.old else CHANGE
        self.adjusted = self.old and pick.random() < 0.4
        self.document = NEW if not self.old or self.adjusted else OLD
        self.own = {}
        for code, _words, most in pick.sample(CEILINGS, 4):
            if pick.random() < 0.5:
                self.own[code] = most * pick.choice((4, 5, 6, 8)) // 10
        self.used: set[str] = set()

    # --- Clean lines and near-misses ---

    def item(self, content: str, **said: object) -> Item:
        pick, number = self.by_chance, self.next
        self.next += 1
        regular = pick.random() < 0.4
        told: dict[str, object] = {
            "unit": 1,
            "assignment": 2 if regular else 1,
            "content": content,
            "quantity": pick.randint(1, 60),
            "times": pick.choice((1, 1, 1, 2, 3, 6)),
            "price": pick.randint(1, 400) * 5_000,
            "source": self.source(regular),
            "regular": regular,
        } | said
        told.setdefault("origin", "" if told["source"] in (Source.REGULAR, Source.GRANTED) else "Hội Doanh nghiệp")
        told.setdefault("amount", told["quantity"] * told["times"] * told["price"])  # type: ignore[operator]
        return Item(id=number, **told)  # type: ignore[arg-type]

    def source(self, regular: bool) -> Source:
        budget = Source.REGULAR if regular else Source.GRANTED
        return self.by_chance.choice((budget, budget, Source.INTEGRATED, Source.OTHER, Source.SOCIAL))

    def thing(self) -> str:
        """Words that no line of this estimate has yet."""
        while True:
            words = f"{self.by_chance.choice(THINGS)} {self.by_chance.choice(PLACES)}"
            if words not in self.used:
                self.used.add(words)
                return words

    def most(self, code: str, ceiling: int) -> int:
        """The ceiling that holds: of the State, or the place's own; not all of the older circular's are known."""
        known = [self.own[code]] if code in self.own else []
        known += [ceiling] if self.document == NEW else [OLDER[code]] if code in OLDER else []
        return min(known) if known else 10**9

    def clean(self) -> list[Item]:
        """Lines without a fault; some of them come near one."""
        pick = self.by_chance
        code, words, ceiling = pick.choice(CEILINGS)
        most = min(self.most(code, ceiling), ceiling)
        normed = {"norm": code, "document": self.document}
        kind = pick.randrange(10)
        if kind == 0:  # exactly the ceiling
            return [self.item(f"{words} ({self.thing()})", price=most, **normed)]
        if kind == 1:
            return [self.item(f"{words} ({self.thing()})", price=most - pick.choice((1, 1000, 5000)), **normed)]
        if kind == 2:  # two things that differ in one word, at one price; seldom in one letter of it
            thing = self.thing()
            first, second = pick.sample(ALIKE, 2) if pick.random() < 0.9 else pick.choice(LETTERS)
            one = self.item(f"{thing} {first}")
            return [one, self.again_as(one, f"{thing} {second}")]
        if kind == 3:  # the same words for two events
            thing = self.thing()
            same = {"assignment": 1, "regular": False, "source": Source.GRANTED}
            return [self.item(thing, activity=1, **same), self.item(thing, activity=2, **same)]
        if kind == 4:  # the same words for two duties
            thing = self.thing()
            return [
                self.item(thing, assignment=1, regular=False, source=Source.GRANTED),
                self.item(thing, assignment=2, regular=True, source=Source.REGULAR),
            ]
        if kind == 5:  # a basis that cites the right document, or one that sets no norm
            cited = pick.choice((f"Thông tư {self.document}", "Thông tư 40/2017/TT-BTC", "Ba báo giá kèm theo"))
            return [self.item(self.thing(), basis=cited)]
        if kind == 6:  # large figures, summed rightly
            return [self.item(self.thing(), quantity=pick.randint(900, 9000), times=7, price=1_234_567)]
        if kind == 7:  # another act on the same thing, at one price
            thing = self.thing()
            act = pick.choice(("Sửa", "Vận chuyển", "Thiết kế", "Trông coi"))
            one = self.item(thing)
            return [one, self.again_as(one, f"{act} {' '.join(thing.split()[1:])}")]
        if kind == 8:  # the same and something more, at one price
            thing = self.thing()
            one = self.item(thing)
            return [one, self.again_as(one, f"{thing} {pick.choice(('có phụ đề', 'loại hai', 'ngày thứ hai'))}")]
        return [self.item(self.thing())]

    def again_as(self, one: Item, content: str) -> Item:
        """The same figures for other words."""
        made = replace(one, id=self.next, content=content)
        self.next += 1
        return made

    # --- Faults ---

    def over_ceiling(self) -> list[Item]:
        pick = self.by_chance
        known = [row for row in CEILINGS if self.document == NEW or row[0] in self.own or row[0] in OLDER]
        if not known:
            return []
        code, words, ceiling = pick.choice(known)
        over = pick.choice((1, 1000, 10_000, 500_000))
        price = self.most(code, ceiling) + over
        return [self.item(f"{words} ({self.thing()})", price=price, norm=code, document=self.document)]

    def wrong_period(self) -> list[Item]:
        pick = self.by_chance
        code, words, ceiling = pick.choice(CEILINGS)
        # Where an older plan was adjusted, the older norm is still the one of its day; before and after, one is wrong.
        if self.adjusted:
            return []
        wrong = OLD if self.document == NEW else NEW
        if pick.random() < 0.5:
            low = {"norm": code, "document": wrong, "price": min(1_000, ceiling)}
            return [self.item(f"{words} ({self.thing()})", **low)]
        spelled = pick.choice((f"Thông tư {wrong}", f"Theo TT số {wrong}, Điều 8", f"căn cứ {wrong} của BTC"))
        return [self.item(self.thing(), basis=spelled)]

    def double(self) -> tuple[list[Item], list[Item]]:
        """A line that another pays for already: in this estimate, out of another pocket, or in another one."""
        pick = self.by_chance
        duty = {"assignment": 1, "regular": False, "source": Source.GRANTED}
        event = {"activity": pick.choice((None, 7))}
        first = self.item(self.thing(), **duty, **event)
        second = replace(first, id=self.next, content=self.again(first.content))
        self.next += 1
        how = pick.randrange(4)
        if how == 0:  # out of another pocket
            second = replace(second, source=Source.SOCIAL, origin="Nhà tài trợ")
        if how == 1 and first.activity:  # the same event, entered for another duty
            second = replace(second, assignment=9)
        if how == 2:
            return [second], [replace(first, where="Dự toán khác (2026)")]
        return [first, second], []

    def again(self, words: str) -> str:
        """The same thing as another hand writes it."""
        pick = self.by_chance
        parts = words.split()
        long = [at for at, word in enumerate(parts) if len(word) >= 5 and word.isalpha()]
        ways = [
            words,
            words.upper(),
            f"Chi {words[0].lower()}{words[1:]}",
            f"Kinh phí {words}.",
            f"  {words.replace(' ', '  ')} ",
            unicodedata.normalize("NFD", words),
            bare(words),
            ", ".join([" ".join(parts[:2]), " ".join(parts[2:])]),
            " ".join([*parts[2:], *parts[:2]]),
        ]
        if long:  # a letter forgotten
            at = pick.choice(long)
            ways.append(" ".join([*parts[:at], parts[at][:2] + parts[at][3:], *parts[at + 1 :]]))
        if pick.random() < 0.3:  # said in other words
            rest = " ".join(parts[1:])
            said = [f"Khoản phục vụ việc {rest}", f"Kinh phí để thực hiện {words.lower()}", f"Hợp đồng {rest}"]
            said += [other + words.removeprefix(usual) for usual, other in OTHERWISE if words.startswith(usual)]
            ways.append(pick.choice(said))
        return pick.choice(ways)

    def wrong_sum(self) -> list[Item]:
        pick = self.by_chance
        right = self.item(self.thing())
        digits = str(right.amount)
        swapped = digits[1] + digits[0] + digits[2:] if len(digits) > 1 and digits[0] != digits[1] else digits + "0"
        wrong = pick.choice(
            (right.amount + 1, right.amount - 1, right.amount * 10, right.amount // 10, int(swapped), right.price - 1)
        )
        return [replace(right, amount=wrong)] if wrong != right.amount else [replace(right, amount=right.amount + 5)]

    def wrong_source(self) -> list[Item]:
        pick = self.by_chance
        told = pick.choice(
            (
                {"regular": True, "assignment": 2, "source": Source.GRANTED},
                {"regular": False, "assignment": 1, "source": Source.REGULAR},
                {
                    "source": pick.choice((Source.INTEGRATED, Source.OTHER, Source.SOCIAL)),
                    "origin": pick.choice(("", "  ")),
                },
            )
        )
        return [self.item(self.thing(), **told)]


def bare(text: str) -> str:
    """The text as it is typed without marks."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def make(seed: int, fault: str = "") -> Case:
    """An estimate of clean lines and near-misses, and one fault of the kind, if any is asked for."""
    maker = Maker(seed)
    groups = [maker.clean() for _ in range(maker.by_chance.randint(4, 9))]
    others: list[Item] = []
    wrong: list[Item] = []
    if fault == "DOUBLE":
        wrong, others = maker.double()
    elif fault:
        plant = {
            "OVER_CEILING": maker.over_ceiling,
            "WRONG_PERIOD": maker.wrong_period,
            "SUM": maker.wrong_sum,
            "SOURCE": maker.wrong_source,
        }[fault]
        while not wrong:
            wrong = plant()
            if not wrong:  # none can be planted in an estimate that is judged so
                return make(seed + 1_000_000, fault)
    groups.insert(maker.by_chance.randint(0, len(groups)), wrong)
    lines = tuple(line for group in groups for line in group)
    planted = frozenset({(wrong[-1].id, fault)}) if wrong else frozenset()
    own = {code: Ceiling(amount, "Nghị quyết của HĐND") for code, amount in maker.own.items()}
    return Case(lines, tuple(others), Settled(maker.day, maker.adjusted, own), planted)
