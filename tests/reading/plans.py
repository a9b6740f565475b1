"""Makes up plans with known truth: any number, each told by its seed; kinds × forms of duty × deadlines × layouts."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from reading.deadlines import NO_DUE, Due, some_due
from reading.truth import Case, task
from reading.typist import ABOVE, LEFT, Block, Columns, Grid, Para

WORDS = tomllib.loads((Path(__file__).parent / "plans.toml").read_text("utf-8"))
LETTERS = "abcdđeg"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
KIND_NAMES = {
    "KH": "KẾ HOẠCH",
    "CTr": "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    "CT": "CHỈ THỊ",
    "QĐ": "QUYẾT ĐỊNH",
    "TB": "THÔNG BÁO",
    "CĐ": "CÔNG ĐIỆN",
    "HD": "HƯỚNG DẪN",
}
FORMATS = ("docx", "docx", "docx", "pdf", "md", "txt")


@dataclass(frozen=True)
class Duty:
    """Who does what with whom by when."""

    what: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    due: Due


@dataclass
class Author:
    """Writes one plan. Every choice comes from the seed."""

    seed: int
    format: str | None = None
    rng: Random = field(init=False)
    case: Case = field(init=False)
    used: set[str] = field(default_factory=set)
    chapter: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        level = self.rng.choice(WORDS["level"])
        place = self.rng.choice(level["places"])
        told = {"PLACE": place.upper(), "place": place}
        self.level: dict[str, Any] = level | {"head": [h.format(**told) for h in level["head"]]}
        self.issuer = level["issuer"].format(**told)
        self.place, self.kind = place, self.rng.choice(level["kinds"])
        self.year = self.rng.randint(2021, 2026)
        self.party = bool(level.get("party"))
        self.case = Case(f"plan-{self.seed}", self.format or self.rng.choice(FORMATS))
        self.auto = self.case.format == "docx" and not self.party and self.rng.random() < 0.5
        self.topic = self.rng.choice(WORDS["topics"])
        self.case.gold = {
            "file": self.case.file,
            "header": {},
            "citations": [],
            "tasks": [],
            "recipients": [],
            "signature": {},
        }

    # Pieces

    def put(self, text: str, label: str = "", heading: bool = False, centered: bool = False) -> None:
        """One paragraph; its label is made by Word where the plan is numbered so and Word can make it."""
        automatic = self.auto and label and "đ" not in label and not label.startswith("Điều")
        printed = text if automatic or not label else f"{label} {text}"
        self.case.blocks.append(Para(printed, label if automatic else "", centered, heading))

    def truth(self, section: str, anchor: str, duty: Duty) -> None:
        words = (
            f"{section} | lead: {'; '.join(duty.lead)} | with: {'; '.join(duty.coordinating)} | due: {duty.due.means}"
        )
        self.case.gold["tasks"].append(task(words, anchor))

    def code(self) -> tuple[str, str | None, str]:
        """A document to cite: its code, its date or none, and the words that cite it."""
        rng = self.rng
        number, y = rng.randint(1, 999), rng.randint(2018, self.year)
        d, m = rng.randint(1, 28), rng.randint(1, 12)
        name, code = rng.choice(
            (
                ("Kế hoạch số", f"{number}-KH/TU"),
                ("Nghị quyết số", f"{number}-NQ/TW"),
                ("Quyết định số", f"{number}/QĐ-TTg"),
                ("Nghị định số", f"{number}/{y}/NĐ-CP"),
                ("Kế hoạch số", f"{number}/KH-UBND"),
                ("Công văn số", f"{number}/BVHTTDL-HTQT"),
                ("Thông tư", f"{number:02}/{y}/TT-BTTTT"),
                ("Nghị quyết số", f"{number}/{y}/NQ-HĐND"),
            )
        )
        comma = "," if "-KH/" in code or "-NQ/" in code else ""
        date, words = rng.choice(
            (
                (f"{y}-{m:02}-{d:02}", f"{comma} ngày {d:02}/{m if m > 2 else f'{m:02}'}/{y}"),
                (f"{y}-{m:02}-{d:02}", f"{comma} ngày {d:02} tháng {m if m > 2 else f'{m:02}'} năm {y}"),
                (None, ""),
            )
        )
        return code, date, f"{name} {code}{words}"

    def cite(self) -> str:
        code, date, words = self.code()
        if any(c["code"] == code for c in self.case.gold["citations"]):
            return self.cite()
        self.case.gold["citations"].append({"code": code, "date": date})
        return words

    def what(self) -> str:
        """A duty nobody else in this plan has."""
        rng = self.rng
        while True:
            words = f"{rng.choice(WORDS['verbs'])} {rng.choice(WORDS['objects'])}, {rng.choice(WORDS['manners'])}"
            if words not in self.used:
                self.used.add(words)
                return words

    def units(self, count: int, but: Iterable[str] = ()) -> tuple[str, ...]:
        return tuple(self.rng.sample([u for u in self.level["units"] if u not in but], count))

    def duty(self, due: bool = True, leads: tuple[str, ...] | None = None, helped: bool = True) -> Duty:
        rng = self.rng
        lead = leads or self.units(rng.choice((1, 1, 1, 2)))
        coordinating = self.units(rng.choice((0, 1, 1, 2)), lead) if helped else ()
        if coordinating and rng.random() < 0.3:
            coordinating += (rng.choice([s for s in self.level["sets"] if s not in lead]),)
        return Duty(self.what(), lead, coordinating, some_due(rng, self.year) if due else NO_DUE)

    def listed(self, names: tuple[str, ...]) -> str:
        if len(names) < 2:
            return "".join(names)
        glue = self.rng.choice(("; ", ", "))
        return glue.join(names)

    def sentence(self, duty: Duty, subject: bool = True) -> str:
        """The duty as one sentence: who leads, with whom, what, by when."""
        rng = self.rng
        what = duty.what[0].lower() + duty.what[1:]
        who = self.listed(duty.lead)
        if duty.coordinating:
            verb = rng.choice(("chủ trì, phối hợp với", "chủ trì, phối hợp", "phối hợp với", "chủ trì, phối hợp cùng"))
            words = f"{verb} {', '.join(duty.coordinating)} {what}"
        else:
            words = rng.choice((what, f"chủ trì {what}", f"có trách nhiệm {what}"))
        words = f"{who} {words}" if subject else words[0].upper() + words[1:]
        return f"{words}{duty.due.clause}"

    # The paper

    def write(self) -> Case:
        self.heading()
        body = {"CV": self.letter, "CT": self.letter, "CĐ": self.letter, "TB": self.conclusions, "QĐ": self.articles}
        body.get(self.kind, self.plan)()
        self.closing()
        if self.rng.random() < 0.3:
            self.case.blocks = [untidy(block, self.rng) for block in self.case.blocks]
        return self.case

    def heading(self) -> None:
        rng, gold = self.rng, self.case.gold
        number, day, month = rng.randint(10, 4000), rng.randint(1, 28), rng.randint(1, 12)
        drafted = rng.random() < 0.15
        symbol = f"{self.kind}/{self.level['code']}" if self.party else f"{self.kind}-{self.level['code']}"
        if self.kind == "CV":
            symbol = f"{self.level['code']}-{rng.choice(('TH', 'KGVX', 'NC'))}"
        printed = f"Số {number}-{symbol}" if self.party else f"Số: {number}/{symbol}"
        if drafted and not self.party:
            printed = f"Số:        /{symbol}"
        shown_day = "    " if drafted else f"{day:02}"
        date = f"{self.place}, ngày {shown_day} tháng {month if month > 2 else f'{month:02}'} năm {self.year}"
        title = {
            "CV": f"tăng cường công tác {self.topic} trên địa bàn năm {self.year}",
            "TB": f"Kết luận của đồng chí {rng.choice(WORDS['people'])} tại cuộc họp về công tác {self.topic}",
            "CĐ": f"về việc tập trung thực hiện công tác {self.topic}",
        }.get(self.kind, f"Triển khai công tác {self.topic} trên địa bàn năm {self.year}")
        left, right = (
            list(self.level["head"]),
            ["**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**", "**Độc lập - Tự do - Hạnh phúc**", date],
        )
        if self.party:
            left, right = [*left, "*" if self.case.format != "md" else "\\*"], ["**ĐẢNG CỘNG SẢN VIỆT NAM**", date]
        left.append(printed)
        if self.kind == "CV":
            left.append(f"V/v {title}")
        size = max(len(left), len(right))
        pairs = zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True)
        shape = rng.choice(("cells", "cells", "breaks", "tabs") if self.party else ("cells", "breaks", "rows", "tabs"))
        self.case.blocks.append(Columns(tuple(pairs), shape))
        if self.kind != "CV":
            self.put(KIND_NAMES[self.kind], heading=True, centered=True)
            self.put(title, heading=True, centered=True)
        gold["header"] = {
            "issuer": self.issuer,
            "number": None if drafted and not self.party else str(number),
            "symbol": symbol,
            "date": f"{self.year}-{month:02}" if drafted else f"{self.year}-{month:02}-{day:02}",
            "type": self.kind,
            "title": title,
        }

    def preamble(self) -> None:
        cited = "; ".join(self.cite() for _ in range(self.rng.randint(1, 3)))
        self.put(f"Thực hiện {cited}, {self.level['short']} ban hành văn bản này với các nội dung sau:")

    def chapter_of(self, title: str) -> str:
        """Opens a chapter (I., II., …) and gives its label."""
        roman = ROMAN[self.chapter]
        self.chapter += 1
        self.put(title, f"{roman}-" if self.party else f"{roman}.", heading=True)
        return roman

    def plan(self) -> None:
        rng = self.rng
        self.preamble()
        self.chapter_of("MỤC ĐÍCH, YÊU CẦU")
        for i, aim in enumerate(rng.sample(WORDS["aims"], 2), 1):
            self.put(aim.format(year=self.year), f"{i}.")
        tabled = rng.random() < 0.4
        chapter = self.chapter_of(rng.choice(("NỘI DUNG THỰC HIỆN", "NHIỆM VỤ, GIẢI PHÁP", "NỘI DUNG NHIỆM VỤ")))
        if tabled:
            self.put("Nhiệm vụ cụ thể và phân công thực hiện như sau:")
            rng.choice((self.table, self.table, self.table, self.table_by_unit))()
        else:
            rng.choice((self.blocks, self.blocks, self.numbered, self.bracketed))(chapter)
        self.chapter_of("KINH PHÍ THỰC HIỆN")
        self.put(rng.choice(WORDS["funding"]))
        self.organisation(self.chapter_of("TỔ CHỨC THỰC HIỆN"))

    def blocks(self, chapter: str) -> None:
        """Items with lines of their own: who, with whom, by when."""
        rng = self.rng
        style = rng.choice(
            (
                ("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện"),
                ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"),
                ("Chủ trì", "Phối hợp", "Thời gian"),
                ("Đơn vị thực hiện", "Đơn vị phối hợp", "Thời hạn hoàn thành"),
            )
        )
        bullet = rng.choice(("-", "-", "+", "a)"))
        for i in range(1, rng.randint(3, 7)):
            title = f"Công tác {rng.choice(WORDS['topics'])}"
            self.put(title, f"{i}.", heading=True)
            if rng.random() < 0.4:
                for j in range(1, rng.randint(2, 4)):
                    duty = self.duty()
                    self.put(f"{duty.what}.", f"{i}.{j}.")
                    self.lines(duty, style, bullet)
                    self.truth(f"{chapter}.{i}.{j}", duty.what, duty)
            else:
                duty = self.duty()
                self.put(f"{duty.what}.")
                if rng.random() < 0.3:
                    self.put(f"{self.what()}.")
                self.lines(duty, style, bullet)
                self.truth(f"{chapter}.{i}", duty.what, duty)

    def lines(self, duty: Duty, style: tuple[str, str, str], bullet: str) -> None:
        told = (
            (style[0], self.listed(duty.lead)),
            (style[1], self.listed(duty.coordinating)),
            (style[2], duty.due.told),
        )
        for letter, (name, value) in zip(LETTERS, [line for line in told if line[1]], strict=False):
            self.put(f"{name}: {value}.", f"{letter})" if bullet == "a)" else bullet)

    def numbered(self, chapter: str, requests: bool = False) -> None:
        """Numbered sentences, each with its own subject; with `requests`, one is asked of a body outside."""
        rng = self.rng
        for i in range(1, rng.randint(3, 7)):
            duty = self.duty(due=rng.random() < 0.7)
            if requests and self.level["outside"] and rng.random() < 0.3:
                duty = Duty(duty.what, (rng.choice(self.level["outside"]),), (), duty.due)
                text = f"Đề nghị {self.sentence(duty)}."
            else:
                text = f"{rng.choice(('', '', 'Giao '))}{self.sentence(duty)}."
            self.put(text, f"{i}.")
            self.truth(f"{chapter}.{i}" if chapter else str(i), text, duty)

    def loose(self, _chapter: str) -> None:
        """Paragraphs without numbers, each with its own subject."""
        for _ in range(self.rng.randint(1, 3)):
            duty = self.duty(due=self.rng.random() < 0.7)
            text = f"{self.rng.choice(('', 'Giao '))}{self.sentence(duty)}."
            self.put(text)
            self.truth("none", text, duty)

    def bracketed(self, chapter: str) -> None:
        """Lettered items that end with their time in brackets."""
        rng = self.rng
        for i in range(1, rng.randint(2, 4)):
            self.put(f"Về {rng.choice(WORDS['topics'])}", f"{i}.", heading=True)
            for letter in "abcd"[: rng.randint(2, 4)]:
                lead = self.units(1)
                due = some_due(rng, self.year)
                duty = Duty(self.what(), lead, (), due)
                text = f"{lead[0]} {duty.what[0].lower()}{duty.what[1:]} ({due.told[0].lower()}{due.told[1:]})."
                if "(" in due.told:
                    text = f"{lead[0]} {duty.what[0].lower()}{duty.what[1:]}{due.clause}."
                self.put(text, f"{letter})")
                self.truth(f"{chapter}.{i}.{letter}", text, duty)

    def organisation(self, chapter: str) -> None:
        """Who sees to the plan: a heading a unit with bullets, letters or a paragraph below; or numbered sentences."""
        rng = self.rng
        if rng.random() < 0.3:
            self.numbered(chapter, requests=True)
            return
        chosen = [(u,) for u in self.units(rng.randint(2, min(5, len(self.level["units"]))))]
        chosen.append((rng.choice(self.level["sets"]),))
        for i, lead in enumerate(chosen, 1):
            self.unit_heading(lead, f"{chapter}.{i}" if chapter else str(i), f"{i}.")
        if self.level["outside"] and rng.random() < 0.4:
            i = len(chosen) + 1
            duty = Duty(self.what(), (rng.choice(self.level["outside"]),), (), NO_DUE)
            text = f"Đề nghị {duty.lead[0]} {duty.what[0].lower()}{duty.what[1:]}."
            self.put(text, f"{i}.")
            self.truth(f"{chapter}.{i}" if chapter else str(i), text, duty)

    def unit_heading(self, lead: tuple[str, ...], section: str, label: str) -> None:
        rng = self.rng
        name = lead[0][0].upper() + lead[0][1:]
        shape = rng.choice(("bullets", "letters", "paragraph", "run-in"))
        duties = [self.duty(rng.random() < 0.5, lead) for _ in range(rng.randint(2, 4))]
        if shape == "run-in":
            text = f"{name}: {self.sentence(duties[0], subject=False)}."
            self.put(text, label)
            self.truth(section, text, duties[0])
            return
        self.put(name + rng.choice(("", ":")), label, heading=rng.random() < 0.7)
        for i, duty in enumerate(duties[:1] if shape == "paragraph" else duties):
            text = f"{self.sentence(duty, subject=False)}."
            letter = "abcd"[i]
            self.put(text, {"bullets": "-", "letters": f"{letter})", "paragraph": ""}[shape])
            self.truth(f"{section}.{letter}" if shape == "letters" else section, text, duty)

    def table(self) -> None:
        """A table that assigns work, with group rows, merged cells and columns that may be missing."""
        rng = self.rng
        rows = self.table_heading()
        width = len(rows[0])
        numbered, last = 0, None
        for group in range(rng.choice((1, 2, 3))):
            if rng.random() < 0.8:
                rows.append(self.group_row(ROMAN[group], f"**{rng.choice(WORDS['topics']).capitalize()}**", width))
                last = None
            for _ in range(rng.randint(2, 5)):
                numbered += 1
                duty = self.duty()
                repeated = bool(last) and rng.random() < 0.2 and self.merges
                if last and repeated:
                    coordinating = tuple(c for c in duty.coordinating if c not in last.lead)
                    duty = Duty(duty.what, last.lead, coordinating, duty.due)
                lead = ABOVE if repeated else self.cell(duty.lead)
                cells = (self.row_number(numbered), duty.what, lead, self.cell(duty.coordinating), duty.due.told)
                product = (rng.choice(("Báo cáo", "Kế hoạch", "Quyết định", "Văn bản")),)
                rows.append(cells + product[: width - len(cells)])
                self.truth("row", duty.what, duty)
                last = duty
        self.case.blocks.append(Grid(tuple(rows), (6, 40, 24, 24, 18, 12)[:width]))

    def table_heading(self) -> list[tuple[str, ...]]:
        """The names of the columns, in one row or, where cells can be merged, in two."""
        rng = self.rng
        index = rng.choice(("STT", "TT", "Số TT"))
        content = rng.choice(("Nhiệm vụ", "Nội dung công việc", "Nội dung", "Nhiệm vụ, giải pháp"))
        time = rng.choice(("Thời gian", "Thời gian thực hiện", "Thời gian hoàn thành", "Thời hạn"))
        product = ("Sản phẩm",) if rng.random() < 0.5 else ()
        if self.merges and rng.random() < 0.25:
            under = (ABOVE, ABOVE, "Chủ trì", "Phối hợp", ABOVE) + (ABOVE,) * len(product)
            return [
                (index, content, rng.choice(("Phân công thực hiện", "Đơn vị thực hiện")), LEFT, time, *product),
                under,
            ]
        lead = rng.choice(("Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì thực hiện"))
        coordinating = rng.choice(("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp"))
        return [(index, content, lead, coordinating, time, *product)]

    def table_by_unit(self) -> None:
        """A table whose group rows name the unit that does what stands below."""
        rng = self.rng
        rows: list[tuple[str, ...]] = [("TT", rng.choice(("Nhiệm vụ", "Nội dung công việc")), "Thời gian hoàn thành")]
        numbered = 0
        for group, unit in enumerate(self.units(3)):
            rows.append(self.group_row(ROMAN[group], f"**{unit}**", 3))
            for _ in range(rng.randint(1, 4)):
                numbered += 1
                duty = self.duty(leads=(unit,), helped=False)
                rows.append((self.row_number(numbered), duty.what, duty.due.told))
                self.truth("row", duty.what, duty)
        self.case.blocks.append(Grid(tuple(rows), (6, 70, 24)))

    @property
    def merges(self) -> bool:
        """Whether cells can be merged in this format."""
        return self.case.format in ("docx", "pdf", "scan.pdf")

    def group_row(self, number: str, title: str, width: int) -> tuple[str, ...]:
        rest = LEFT if self.merges and self.rng.random() < 0.6 else ""
        return (number, title, *(rest,) * (width - 2))

    def row_number(self, number: int) -> str:
        return f"{{{number}}}" if self.auto else str(number)

    def cell(self, names: tuple[str, ...]) -> str:
        return self.rng.choice(("; ", ", ", "; // ")).join(names)

    def letter(self) -> None:
        """A công văn, chỉ thị or công điện: numbered addressees and what each is to do."""
        rng = self.rng
        if self.kind == "CV":
            self.put("Kính gửi:", centered=True)
            for name in self.units(2):
                self.put(f"- {name};")
        cited = self.cite()
        self.put(f"Thực hiện {cited}, {self.level['short']} yêu cầu các cơ quan, đơn vị thực hiện một số nội dung sau:")
        rng.choice((self.organisation, self.organisation, self.numbered, self.loose))("")

    def conclusions(self) -> None:
        """A notice of what a meeting concluded."""
        self.preamble()
        self.chapter_of("ĐÁNH GIÁ CHUNG")
        self.put("Thời gian qua, các cơ quan, đơn vị đã có nhiều cố gắng, tuy nhiên tiến độ một số việc còn chậm.")
        self.numbered(self.chapter_of("NHIỆM VỤ THỜI GIAN TỚI"), requests=True)

    def articles(self) -> None:
        """A decision: articles, one of which gives duties."""
        rng = self.rng
        for _ in range(2):
            self.put(f"Căn cứ {self.cite()};")
        self.put("QUYẾT ĐỊNH:", heading=True, centered=True)
        self.put(f"Ban hành kèm theo Quyết định này Quy chế phối hợp về {self.topic}.", "Điều 1.")
        self.put("Phân công trách nhiệm", "Điều 2.", heading=True)
        for i in range(1, rng.randint(3, 5)):
            duty = self.duty(due=rng.random() < 0.5)
            text = f"{self.sentence(duty)}."
            self.put(text, f"{i}.")
            self.truth(f"Điều 2.{i}", text, duty)
        self.put("Quyết định này có hiệu lực kể từ ngày ký.", "Điều 3.")
        self.put(
            "Chánh Văn phòng, Thủ trưởng các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này./.",
            "Điều 4.",
        )

    def closing(self) -> None:
        rng, gold = self.rng, self.case.gold
        if self.kind != "QĐ":
            self.put(rng.choice(WORDS["closings"]))
        to = (["Như trên"] if self.kind == "CV" else []) + rng.sample(self.level["to"], 3)
        to.append("Lưu Văn phòng" if self.party else "Lưu: VT, TH")
        name = rng.choice(WORDS["people"])
        left = ["**Nơi nhận:**", *(f"- {t};" for t in to[:-1]), f"- {to[-1]}."]
        right = [f"**{line}**" for line in rng.choice(self.level["sign"])]
        right += [""] * (len(left) - len(right) - 1) + [f"**{name}**"]
        left += [""] * (len(right) - len(left))
        shape = rng.choice(("cells", "cells", "breaks", "tabs"))
        self.case.blocks.append(Columns(tuple(zip(left, right, strict=True)), shape))
        gold["recipients"], gold["signature"] = to, {"name": name}


def untidy(block: Block, rng: Random) -> Block:
    """The block as hasty hands type it: blanks doubled or unbreakable, letters decomposed, "uỷ" and "hoá"."""
    old = rng.random() < 0.5
    decomposed = rng.random() < 0.2

    def spoil(text: str) -> str:
        words = text.replace("ủy ", "uỷ ").replace("Ủy ", "Uỷ ").replace("hóa", "hoá") if old else text
        words = re.sub(r"^(Số:) (\d+)/", r"\1  \2 /", words)
        words = "".join(rng.choice(("  ", "\u00a0")) if c == " " and rng.random() < 0.05 else c for c in words)
        return unicodedata.normalize("NFD", words) if decomposed else words

    if isinstance(block, Columns):
        return replace(block, lines=tuple((spoil(a), spoil(b)) for a, b in block.lines))
    if isinstance(block, Grid):
        marks = (ABOVE, LEFT, "")
        return replace(block, rows=tuple(tuple(c if c in marks else spoil(c) for c in row) for row in block.rows))
    return replace(block, text=spoil(block.text) + rng.choice(("", "", " ")))


def make(seed: int, format: str | None = None) -> Case:
    """The plan of this seed, in the format given or one the seed chooses."""
    return Author(seed, format).write()
