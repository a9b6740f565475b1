"""The checks of an estimate's lines, by table; and that no float comes near money."""

import ast
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import xulang.budget
from budget.faulty_lines import KINDS, make
from budget.measuring import Tally, judged
from xulang.budget import rules
from xulang.budget.enums import Fault, Source
from xulang.budget.likeness import Likeness, likeness
from xulang.budget.norms import documents, norms
from xulang.budget.rules import Ceiling, Item, Settled, checked, seems_regular

SAME, ALIKE, OTHER = Likeness.SAME, Likeness.ALIKE, Likeness.OTHER
REPEATS = {Fault.REPEATED, Fault.MAY_REPEAT}
NEW, OLD = "35/2026/TT-BTC", "71/2018/TT-BTC"
AFTER, BEFORE = dt.date(2026, 5, 18), dt.date(2026, 5, 17)  # the first day of the newer norms; the last of the older


def item(id: int = 1, **said: Any) -> Item:
    told: dict[str, Any] = {
        "unit": 1,
        "assignment": 1,
        "content": f"Nội dung {id}",
        "quantity": 2,
        "times": 3,
        "price": 1000,
        "source": Source.GRANTED,
        "regular": False,
    }
    told |= said
    return Item(id=id, **({"amount": told["quantity"] * told["times"] * told["price"]} | told))


def found(*items: Item, by: Settled | None = None, others: tuple[Item, ...] = ()) -> list[tuple[int, str]]:
    return [(one.line, str(one.fault)) for one in checked(items, others, by or Settled(AFTER))]


@pytest.mark.parametrize(
    ("said", "by", "fault"),
    [
        # the norm's own ceiling, and one đồng more
        ({"norm": "dich-noi-tiep", "document": NEW, "price": 750_000}, Settled(AFTER), None),
        ({"norm": "dich-noi-tiep", "document": NEW, "price": 750_001}, Settled(AFTER), Fault.OVER_CEILING),
        # the place's own, lower
        (
            {"norm": "dich-noi-tiep", "document": NEW, "price": 500_001},
            Settled(AFTER, own={"dich-noi-tiep": Ceiling(500_000, "NQ 15")}),
            Fault.OVER_CEILING,
        ),
        # approved a day earlier: the older norms, whose amounts are not known
        ({"norm": "dich-noi-tiep", "document": NEW, "price": 1}, Settled(BEFORE), Fault.WRONG_PERIOD),
        ({"norm": "dich-noi-tiep", "document": OLD, "price": 1}, Settled(BEFORE), Fault.NO_AMOUNT),
        ({"norm": "dich-noi-tiep", "document": OLD, "price": 1}, Settled(AFTER), Fault.WRONG_PERIOD),
        # of the older circular eight amounts are known
        ({"norm": "an-b", "document": OLD, "price": 1_000_000}, Settled(BEFORE), None),
        ({"norm": "an-b", "document": OLD, "price": 1_000_001}, Settled(BEFORE), Fault.OVER_CEILING),
        # an amount entered by the finance office for them
        (
            {"norm": "dich-noi-tiep", "document": OLD, "price": 11},
            Settled(BEFORE, own={"dich-noi-tiep": Ceiling(10, "Quy chế")}),
            Fault.OVER_CEILING,
        ),
        # an older plan that was adjusted to the newer norms (Điều 35 khoản 4 điểm b)
        ({"norm": "dich-noi-tiep", "document": NEW, "price": 750_000}, Settled(BEFORE, adjusted=True), None),
        (
            {"norm": "dich-noi-tiep", "document": NEW, "price": 750_001},
            Settled(BEFORE, adjusted=True),
            Fault.OVER_CEILING,
        ),
        # before any of them was in force
        ({"norm": "dich-noi-tiep", "document": NEW}, Settled(dt.date(2017, 1, 1)), Fault.WRONG_PERIOD),
        # the words of the basis name a document, too
        ({"basis": f"Theo Thông tư {OLD}"}, Settled(AFTER), Fault.WRONG_PERIOD),
        ({"basis": f"Theo Thông tư {NEW}"}, Settled(AFTER), None),
        ({"basis": "Theo Thông tư 40/2017/TT-BTC"}, Settled(AFTER), None),  # none of the documents known
        # sums
        ({"amount": 6001}, Settled(AFTER), Fault.SUM),
        ({"amount": 0}, Settled(AFTER), Fault.SUM),
        # sources: part III of the plan
        ({"regular": True}, Settled(AFTER), Fault.SOURCE),
        ({"regular": True, "source": Source.REGULAR}, Settled(AFTER), None),
        ({"regular": False, "source": Source.REGULAR}, Settled(AFTER), Fault.SOURCE),
        ({"regular": True, "source": Source.SOCIAL, "origin": "Hội"}, Settled(AFTER), None),
        ({"source": Source.INTEGRATED}, Settled(AFTER), Fault.SOURCE),
        ({"source": Source.INTEGRATED, "origin": "Chương trình 5"}, Settled(AFTER), None),
        # what seems to have a norm is asked, not stopped
        ({"content": "Phiên dịch hội thảo"}, Settled(AFTER), Fault.NORM_NEEDED),
        ({"content": "In tờ gấp"}, Settled(AFTER), None),
    ],
)
def test_one_line(said: dict[str, Any], by: Settled, fault: Fault | None) -> None:
    findings = checked([item(**said)], (), by)
    assert [one.fault for one in findings] == ([fault] if fault else [])
    assert all(one.document for one in findings)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"content": "Thuê sân khấu"}, {"content": "Thuê sân khấu"}, SAME),
        ({"content": "Thuê sân khấu"}, {"content": "  chi THUÊ  sân khấu. "}, SAME),
        ({"content": "Thuê sân khấu"}, {"content": "thue san khau"}, SAME),  # typed without marks
        ({"content": "Thuê sân khấu"}, {"content": "Sân khấu: thuê"}, SAME),  # in another order
        ({"content": "Tiền thuê sân khấu"}, {"content": "Kinh phí thuê sân khấu"}, SAME),
        # an opening that says nothing, an act of paying left out: where the figures agree
        ({"content": "Thuê sân khấu"}, {"content": "Kinh phí thực hiện công tác thuê sân khấu"}, SAME),
        ({"content": "Thuê sân khấu"}, {"content": "Chi để phục vụ việc sân khấu"}, SAME),
        ({"content": "Thuê sân khấu"}, {"content": "san khau"}, SAME),
        ({"content": "Thuê sân khấu"}, {"content": "Sân khấu", "price": 5}, OTHER),
        ({"content": "Tổ chức hội nghị"}, {"content": "Phục vụ hội nghị", "price": 5}, OTHER),
        ({"content": "In sách ảnh"}, {"content": "Dịch sách ảnh"}, OTHER),  # two acts
        ({"content": "Loa máy"}, {"content": "Máy"}, OTHER),  # no act of paying
        ({"content": "In tờ gấp"}, {"content": "In tờ gấp tiếng Anh"}, OTHER),  # something more
        ({"content": "Di sản vật thể"}, {"content": "Di sản phi vật thể"}, OTHER),  # "phi" is not "phí"
        # a slip, figures alike: certain where no word of Vietnamese comes of it
        ({"content": "Tài liệu học viên"}, {"content": "Tài liệu hoc viên"}, OTHER),
        ({"content": "Phòng họp lớn"}, {"content": "Phng họp lớn"}, SAME),
        ({"content": "Phòng họp lớn"}, {"content": "Phng họp lớn", "price": 5}, OTHER),
        ({"content": "In bảng màu"}, {"content": "In bản màu"}, ALIKE),  # two words, or a slip
        ({"content": "Nước cho khách"}, {"content": "Nước cho khác"}, ALIKE),
        ({"content": "Xe 16 chỗ"}, {"content": "Xe 29 chỗ"}, OTHER),
        ({"content": "Nước uống buổi sáng"}, {"content": "Nước uống buổi chiều"}, OTHER),
        ({"content": "Dịch sang tiếng Anh"}, {"content": "Dịch sang tiếng Trung"}, OTHER),
        ({"content": "Thuê bảng"}, {"content": "Thuê băng"}, OTHER),  # marks make another word
        ({"content": "Loa", "activity": 1}, {"content": "Loa", "activity": 2}, OTHER),  # two events
        ({"content": "Loa", "activity": 1}, {"content": "Loa"}, SAME),
    ],
)
def test_the_same_thing(one: dict[str, Any], other: dict[str, Any], expected: Likeness) -> None:
    assert likeness(item(1, **one).paid, item(2, **other).paid) == expected
    assert likeness(item(2, **other).paid, item(1, **one).paid) == expected


def test_where_the_same_thing_is_looked_for() -> None:
    loud = {"content": "Loa"}
    assert found(item(1, **loud), item(2, **loud)) == [(2, "DOUBLE")]  # told of the later line
    assert found(item(1, **loud), item(2, **loud, source=Source.SOCIAL, origin="Hội")) == [(2, "DOUBLE")]
    assert found(item(1, **loud), others=(item(9, **loud, where="Khác"),)) == [(1, "DOUBLE")]
    assert found(item(1, **loud), item(2, **loud, assignment=2)) == []  # another duty
    shared = {"content": "Loa", "activity": 7}
    assert found(item(1, **shared), item(2, **shared, assignment=2)) == [(2, "DOUBLE")]  # one event, two duties
    assert found(item(1, **loud), others=(item(9, **loud, assignment=5),)) == []
    board, copy = item(1, content="In bảng màu"), item(2, content="In bản màu")
    assert [(one.fault, one.stops) for one in checked([board, copy], (), Settled(AFTER))] == [(Fault.ALIKE, False)]
    assert found(board, copy, item(3, content="In bản màu")) == [(2, "ALIKE"), (3, "DOUBLE")]  # the certain one is told


@pytest.mark.parametrize(
    ("lines", "others", "told"),
    [
        # one banquet of one visit: the guests, and who joins them from our side
        ([{"activity": 7, "times": 1}], [], []),
        ([{"activity": 7, "times": 2}], [], [(1, Fault.REPEATED)]),
        ([{"activity": 7, "times": 1}, {"activity": 7, "times": 1}], [], [(2, Fault.MAY_REPEAT)]),
        ([{"activity": 7, "times": 1}], [{"activity": 7, "times": 1, "assignment": 3}], [(1, Fault.MAY_REPEAT)]),
        # two visits
        ([{"activity": 7, "times": 1}, {"activity": 8, "times": 1}], [], []),
        ([{"times": 1}, {"times": 1, "assignment": 2}], [], []),
        # nothing says of which visit
        ([{"times": 2}], [], [(1, Fault.MAY_REPEAT)]),
        ([{"times": 1}, {"activity": 7, "times": 1}], [], [(2, Fault.MAY_REPEAT)]),
        # other guests: whoever receives them decides; the older circular's rule was not read
        ([{"activity": 7, "times": 2, "norm": "chieu-dai-khac"}], [], []),
        ([{"activity": 7, "times": 2, "document": OLD}], [], []),
    ],
)
def test_one_banquet_a_delegation(
    lines: list[dict[str, Any]], others: list[dict[str, Any]], told: list[tuple[int, Fault]]
) -> None:
    banquet = {"norm": "chieu-dai-b", "document": NEW, "price": 2_000_000}
    asked = [item(number, **banquet | line) for number, line in enumerate(lines, 1)]
    beside = [item(number, **banquet | line) for number, line in enumerate(others, 50)]
    findings = [one for one in checked(asked, beside, Settled(AFTER)) if one.fault in REPEATS]
    assert [(one.line, one.fault) for one in findings] == told
    assert {(one.document, one.article) for one in findings} <= {("Thông tư 35/2026/TT-BTC", "Điều 9 khoản 2")}


def test_what_is_proposed() -> None:
    assert seems_regular("MONTH")
    assert not seems_regular(None)


def test_the_norms_are_whole() -> None:
    newer = [norm.of(NEW) for norm in norms().values()]
    assert all(one is not None and one.ceiling and one.article for one in newer)
    # Of the older circular eight ceilings are known, none above the newer one's; the others are not told.
    older = {code: norm.of(OLD) for code, norm in norms().items()}
    known = {code: one.ceiling for code, one in older.items() if one and one.ceiling}
    assert (len(older), len(known), None in older.values()) == (len(norms()), 8, False)
    assert all(ceiling < norms()[code].of(NEW).ceiling for code, ceiling in known.items())
    assert [code for code, norm in norms().items() if norm.of(NEW).once] == [
        "chieu-dai-a",
        "chieu-dai-b",
        "chieu-dai-c",
    ]
    first, second = sorted(documents().values(), key=lambda one: one.valid_from)
    assert first.valid_to == second.valid_from


SOURCE = Path(xulang.budget.__file__).parent.parent
# The room, and where money comes in and goes out: the desks, what is typed, what is written in words.
MONEY_IN = [
    *sorted((SOURCE / "budget").rglob("*.py")),
    *(
        SOURCE / f"office/desks/{desk}.py"
        for desk in ("appraising", "estimate_lines", "estimates", "norms", "spending")
    ),
    *(SOURCE / name for name in ("office/forms/budget.py", "office/typed.py", "plumbing/amounts.py")),
    SOURCE / "papers/money_words.py",
]


def test_no_float_comes_near_money() -> None:
    found = []
    for file in MONEY_IN:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            named = isinstance(node, ast.Name) and node.id in {"float", "round"}
            divided = isinstance(node, ast.Div)
            field = isinstance(node, ast.Attribute) and node.attr in {"FloatField", "DecimalField"}
            if literal or named or field or divided:
                found.append(f"{file.name}:{getattr(node, 'lineno', 0)} {type(node).__name__}")
    # Widths of a paper's columns are shares of a line, no money.
    assert [one for one in found if not one.startswith("papering.py")] == []


# --- A sample of the proof of norms (proofs/norms.py) ---


def sample(each: int = 12) -> Tally:
    """Some planted faults of each kind."""
    whole = Tally(Counter(), Counter(), Counter(), Counter(), [])
    for number, kind in enumerate(KINDS):
        for seed in range(each):
            whole.add(judged(make(number * each + seed, kind)))
    return whole


def test_planted_faults_are_found_and_clean_lines_pass() -> None:
    whole = sample()
    assert whole.found >= 0.99, whole.missed
    assert whole.falsely <= 0.005, whole.missed


def test_the_figures_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that compares to the letter misses doubles; one that takes alike for same stops what is right."""
    monkeypatch.setattr(rules, "likeness", lambda one, other: SAME if one.content == other.content else OTHER)
    assert sample().hit["DOUBLE"] < 12
    monkeypatch.setattr(rules, "likeness", lambda one, other: SAME if one.content[:12] == other.content[:12] else OTHER)
    assert sample().falsely > 0.005
