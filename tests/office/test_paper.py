"""The paper as it reads: whole, in order, with numbers and marks in their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.readings import Plan, clear_plan
from xulang.office import paper
from xulang.office.paper import Block, Mark, TaskPlace


def empty_reading(text: str) -> dict[str, object]:
    """A reading that found nothing."""
    header = dict.fromkeys(("issuer", "superior", "number", "symbol", "place", "date", "type", "title"))
    nothing: dict[str, object] = {"sections": [], "tasks": [], "recipients": [], "citations": []}
    return {"text": text, "header": header, "signature": {"lines": [], "name": None}} | nothing


def words_of(block: Block) -> list[str]:
    return ["".join(piece.text for piece in line.words.pieces) for line in block.lines]


def places(plan: Plan) -> list[TaskPlace]:
    return [TaskPlace(n, n, *task["at"], anchor=f"vb-{n}") for n, task in enumerate(plan.reading()["tasks"], start=1)]


def test_a_plan_reads_as_it_was_printed() -> None:
    plan = clear_plan()
    blocks = paper.blocks(plan.reading(), places(plan), [])
    lines = [(line.look, line.level, "".join(p.text for p in line.words.pieces)) for b in blocks for line in b.lines]
    # The head in two columns: who issues on the left, the motto and the day on the right.
    assert [look for look, _level, _words in lines[:6]] == ["left-head"] * 3 + ["right-head"] * 3
    # Then the type and the title; then text; headings by the depth of their section.
    assert ("title", 0, "KẾ HOẠCH") in lines
    assert ("heading", 3, "I. NHIỆM VỤ") in lines
    assert ("heading", 4, "1. Phổ biến Kế hoạch tới Nhân dân") in lines
    assert ("bullet", 0, "- Thời gian thực hiện: Thường xuyên.") in lines
    assert [look for look, _level, _words in lines[-4:]] == ["recipient", "recipient", "sign", "sign"]
    assert [words for _look, _level, words in lines] == [line for line in plan.text.split("\n") if line]


def test_each_task_is_numbered_once_where_it_begins() -> None:
    plan = clear_plan()
    blocks = paper.blocks(plan.reading(), places(plan), [])
    firsts = [
        (piece.first.number, "".join(p.text for p in line.words.pieces)[:2])
        for block in blocks
        for line in block.lines
        for piece in line.words.pieces
        if piece.first
    ]
    assert firsts == [(1, "1."), (2, "2."), (3, "3."), (4, "4.")]
    # Every line of a task belongs wholly to it, its unit and time lines included.
    whole = [line.whole.number for block in blocks for line in block.lines if line.whole]
    assert whole == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4]


def test_a_table_keeps_its_cells_and_their_places() -> None:
    text = "Việc\tĐơn vị\nDệt vải\tPhòng A\nThêu hoa\tPhòng B"
    start = text.index("Dệt")
    place = TaskPlace(7, 1, start, start + len("Dệt vải\tPhòng A"), anchor="vb-7")
    unit = Mark("lead", text.index("Phòng A"), text.index("Phòng A") + 7, card=7)
    (table,) = paper.blocks(empty_reading(text), [place], [unit])
    assert table.look == "table"
    assert table.headed
    assert [["".join(p.text for p in cell.pieces) for cell in row] for row in table.rows] == [
        ["Việc", "Đơn vị"],
        ["Dệt vải", "Phòng A"],
        ["Thêu hoa", "Phòng B"],
    ]
    assert [text[cell.start : cell.start + 4] for cell in table.rows[1]] == ["Dệt ", "Phòn"]
    assert table.rows[1][0].pieces[0].first == place
    assert table.rows[1][1].pieces[0].mark == unit
    assert not table.rows[1][1].pieces[0].first


def test_a_heading_never_skips_a_level() -> None:
    reading = empty_reading("I. Một\n1.1.1. Sâu")
    reading["sections"] = [
        {"id": "I", "label": "I.", "depth": 1, "title": "Một", "parent": None, "at": [0, 6]},
        {"id": "I.1.1.1", "label": "1.1.1.", "depth": 3, "title": "Sâu", "parent": "I", "at": [7, 17]},
    ]
    assert [line.level for block in paper.blocks(reading, [], []) for line in block.lines] == [3, 4]


# Links cannot hold links: of marks that overlap, the earlier and longer one stays.
@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([(0, 5), (5, 9)], [(0, 5), (5, 9)]),
        ([(0, 9), (2, 4)], [(0, 9)]),
        ([(0, 5), (3, 8)], [(0, 5)]),
        ([(3, 3)], []),  # nothing to show
    ],
)
def test_marks_never_overlap(spans: list[tuple[int, int]], kept: list[tuple[int, int]]) -> None:
    blocks = paper.blocks(empty_reading("abcdefghi"), [], [Mark("lead", *span, card=1) for span in spans])
    shown = [p.mark for b in blocks for line in b.lines for p in line.words.pieces if p.mark]
    assert [(mark.start, mark.end) for mark in dict.fromkeys(shown)] == kept


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=8)


@given(text=st.text("ab đ\t\n-.", max_size=60), tasks=SPANS, marks=SPANS)
def test_nothing_is_lost_or_doubled(text: str, tasks: list[list[int]], marks: list[list[int]]) -> None:
    places = [TaskPlace(n, n, *span, anchor=f"vb-{n}") for n, span in enumerate(tasks)]
    found = paper.blocks(empty_reading(text), places, [Mark("cites", *span) for span in marks])
    assert [words for block in found for words in words_of(block)] == [
        line for line in text.split("\n") if line.strip()
    ]
    for block in found:
        for cell in (words for row in block.rows for words in row):
            shown = "".join(piece.text for piece in cell.pieces)
            assert text[cell.start : cell.start + len(shown)] == shown
