"""The tests' own papers are sound: what their truth tells stands in the paper, and every format can be typed."""

from pathlib import Path

import pytest

from reading.scoring import KINDS, count, folded, letters, score
from reading.truth import Case, parse
from reading.typist import Columns, Grid, bare, plain, type_paper

PAPERS = sorted((Path(__file__).parent / "directives").glob("*.paper"))


@pytest.fixture(params=PAPERS, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Case:
    return parse(request.param)


def words(case: Case) -> str:
    parts = []
    for block in case.blocks:
        if isinstance(block, Columns):
            parts += [*block.side(0), *block.side(1)]
        elif isinstance(block, Grid):
            parts += [cell.replace("//", " ") for row in block.rows for cell in row]
        else:
            parts.append(block.text)
    return letters(bare(" ".join(parts)).replace("*", ""))[0]


def test_truth_stands_in_the_paper(case: Case) -> None:
    text, gold = words(case), case.gold
    told = [task["anchor"] for task in gold["tasks"]] + gold["recipients"] + [c["code"] for c in gold["citations"]]
    told += [gold["signature"]["name"] or "", gold["header"]["title"] or "", gold["header"]["symbol"] or ""]
    told += [name for task in gold["tasks"] for name in task["lead"] + task["coordinating"]]
    missing = [t for t in told if letters(t)[0] not in text]
    assert [t for t in missing if letters(t.removeprefix("Sở "))[0] not in text] == []  # "Các sở: Y tế, Tài chính"


def test_every_task_has_a_lead(case: Case) -> None:
    assert [task["anchor"] for task in case.gold["tasks"] if not task["lead"]] == []


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".md", ".txt"])
def test_every_format_can_be_typed(case: Case, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"paper{suffix}"
    type_paper(case.blocks, file)
    assert file.stat().st_size > 1000


def as_read(case: Case) -> dict:
    """A perfect reading of the plain text, made from the truth."""
    text = plain(case.blocks).decode()
    small, places = letters(text)
    tasks = []
    for i, task in enumerate(case.gold["tasks"]):
        start = places[small.index(letters(task["anchor"])[0])]
        unit = [{"value": v} for v in task["lead"]]
        coordinating = [{"value": v} for v in task["coordinating"]]
        tasks.append(
            {"id": f"T{i}", "at": [start, start + 10], "section": task["label"], "lead": unit,
             "coordinating": coordinating, "deadline": task["deadline"]}
        )  # fmt: skip
    gold = case.gold
    return {
        "text": text,
        "header": {k: v and {"value": v} for k, v in gold["header"].items()},
        "citations": gold["citations"],
        "tasks": tasks,
        "recipients": [{"value": v} for v in gold["recipients"]],
        "signature": {"name": gold["signature"]["name"] and {"value": gold["signature"]["name"]}},
    }


def test_a_perfect_reading_scores_one_and_a_task_less_scores_less() -> None:
    case = parse(next(p for p in PAPERS if p.stem == "chi-thi-2009"))
    reading = as_read(case)
    assert {kind: score(case.gold, reading)[kind].f1 for kind in KINDS} == dict.fromkeys(KINDS, 1.0)
    del reading["tasks"][2]
    worse = {kind for kind, found in score(case.gold, reading).items() if found.f1 < 1}
    assert worse == {"tasks", "sections", "lead", "deadline"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UBND tỉnh Sơn Khê", "Uỷ ban nhân dân Tỉnh Sơn Khê", True),  # short form, tone placement, case
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hoá - Thể thao, Du lịch", True),  # marks and "và"
        ("các phòng, ban", "Phòng, ban", True),  # a set with and without "các"
        ("Sở Xây dựng", "Sở Xây dưng", False),  # a letter off is another name
    ],
)
def test_names_are_compared_as_a_clerk_does(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same


def test_a_finding_is_hit_once() -> None:
    found = count(["a", "b"], ["a", "a"])
    assert (found.hit, found.true, found.read, found.f1) == (1, 2, 2, 0.5)
