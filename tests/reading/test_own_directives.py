"""The reader on made-up directives of kinds, issuers and shapes that it was not tuned on: floors pinned per kind."""

from pathlib import Path

import pytest

from reading.measuring import below, measured
from reading.scoring import KINDS
from reading.truth import parse

PAPERS = sorted((Path(__file__).parent / "directives").glob("*.paper"))
FLOORS = {
    "header": 0.99,
    "citations": 1.0,
    "cited dates": 1.0,
    "tasks": 0.99,
    "sections": 0.99,
    "lead": 0.99,
    "coordinating": 0.99,
    "deadline": 0.99,
    "recipients": 1.0,
    "signature": 1.0,
}
MEAN = 0.99


@pytest.mark.lasting
def test_own_directives_are_read(tmp_path: Path) -> None:
    total, told = measured(map(parse, PAPERS), tmp_path)
    mean = sum(total[kind].f1 for kind in KINDS) / len(KINDS)
    missed = [*below(total, FLOORS), *([f"mean F1 {mean:.4f} is below {MEAN}"] if mean < MEAN else [])]
    assert not missed, "\n".join([*missed, *told])
