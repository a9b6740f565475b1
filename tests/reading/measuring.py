"""From a paper to its score: typed into a file, read back by the platform's reader, compared with its truth."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reading.contract import breaches
from reading.scoring import KINDS, Count, differences, score
from reading.truth import Case
from reading.typist import type_paper
from xulang.adapters.recognition import Tesseract
from xulang.reading.directive.read import read
from xulang.reading.files.opening import open_document


def reading_of(file: Path) -> dict[str, Any]:
    """The file as `xulang read` prints it, which is as the contract has it."""
    data = file.read_bytes()
    document = open_document(data, recognise=Tesseract(jobs=1))
    reading = read(document, name=file.name, sha256=hashlib.sha256(data).hexdigest()).as_contract()
    assert breaches(reading) == [], file.name
    return reading


def scored(case: Case, folder: Path) -> tuple[dict[str, Count], list[str]]:
    """How well the reader reads this paper, and in what it differs."""
    file = folder / case.file
    type_paper(case.blocks, file)
    reading = reading_of(file)
    file.unlink()
    return score(case.gold, reading), [f"{case.file}: {line}" for line in differences(case.gold, reading)]


def measured(cases: Iterable[Case], folder: Path) -> tuple[dict[str, Count], list[str]]:
    """All papers together: the counts added up, the differences one after the other."""
    total, told = dict.fromkeys(KINDS, Count()), []
    for counts, lines in (scored(case, folder) for case in cases):
        total = {kind: total[kind] + counts[kind] for kind in KINDS}
        told += lines
    return total, told


def below(total: dict[str, Count], floors: dict[str, float]) -> Iterator[str]:
    """The kinds that miss their floor, each as a line."""
    for kind, floor in floors.items():
        if total[kind].f1 < floor:
            yield f"{kind}: F1 {total[kind].f1:.4f} is below {floor} ({total[kind]})"
