"""Plans made up from a seed: the same each time, of every kind and format, and read."""

from collections import Counter
from pathlib import Path

from reading.measuring import below, measured
from reading.plans import make
from reading.scoring import KINDS, letters
from reading.typist import plain

SAMPLE = range(60)
FLOORS = dict.fromkeys(KINDS, 0.99)


def test_a_seed_always_makes_the_same_plan() -> None:
    assert (make(7).blocks, make(7).gold) == (make(7).blocks, make(7).gold)
    assert make(7).gold != make(8).gold


def test_the_sample_holds_every_kind_format_and_deadline() -> None:
    plans = [make(seed) for seed in range(200)]
    seen = {p.gold["header"]["type"] for p in plans} | {p.format for p in plans}
    seen |= {t["deadline"]["kind"] for p in plans for t in p.gold["tasks"]}
    seen |= {t["deadline"]["every"] for p in plans for t in p.gold["tasks"]}
    wanted = (
        "KH CTr CV CT QĐ TB CĐ HD docx pdf md txt ongoing date recurring relative none year half quarter month week"
    )
    assert set(wanted.split()) - seen == set()


def test_no_task_of_a_plan_is_told_twice_and_each_stands_in_it() -> None:
    for plan in map(make, SAMPLE):
        text = letters(plain(plan.blocks).decode())[0]
        anchors = Counter(letters(task["anchor"])[0] for task in plan.gold["tasks"])
        assert anchors.total() == len(anchors), plan.name
        assert [a for a in anchors if a not in text] == [], plan.name


def test_plans_are_read(tmp_path: Path) -> None:
    total, told = measured(map(make, SAMPLE), tmp_path)
    assert not list(below(total, FLOORS)), "\n".join([*below(total, FLOORS), *told])
