"""Five hundred faults are planted in made-up estimates, beside clean lines and near-misses; those found are counted."""

import hashlib
import json
from collections import Counter
from pathlib import Path

from budget.faulty_lines import KINDS, make
from budget.measuring import Tally, judged

ROOT = Path(__file__).resolve().parent.parent
EACH = 100  # planted faults of every kind
CLEAN = 200  # estimates without any
FOUND, STOPPED = 0.99, 0.005  # found at least; stopped falsely at most, of the clean lines
MADE_OF = ("src/xulang/budget/rules.py", "src/xulang/budget/likeness.py", "src/xulang/budget/norms.py")


def version() -> str:
    """A mark of the checks and the maker: results of other ones do not count."""
    digest = hashlib.sha256()
    for file in (*MADE_OF, "src/xulang/budget/data/norms.toml", "tests/budget/faulty_lines.py", "proofs/norms.py"):
        digest.update((ROOT / file).read_bytes())
    return digest.hexdigest()[:16]


def prove(state: Path, result: Path) -> bool:
    """Whether enough is found and little stopped that is right. It takes seconds: only the figures are kept."""
    whole = measured()
    state.joinpath(f"{version()}.json").write_text(json.dumps(whole.told()), "utf-8")
    result.write_text(page(whole), "utf-8")
    return whole.found >= FOUND and whole.falsely <= STOPPED


def measured() -> Tally:
    """All estimates, judged."""
    whole = Tally(Counter(), Counter(), Counter(), Counter(), [])
    for number, kind in enumerate(KINDS):
        for seed in range(EACH):
            whole.add(judged(make(number * EACH + seed, kind)))
    for seed in range(CLEAN):
        whole.add(judged(make(900_000 + seed)))
    return whole


def page(whole: Tally) -> str:
    """The written result."""
    holds = "holds" if whole.found >= FOUND and whole.falsely <= STOPPED else "DOES NOT HOLD"
    lines = [
        "# Faults planted in estimates",
        "",
        f"{sum(whole.planted.values())} faults in as many made-up estimates, {EACH} of each kind, and {CLEAN} estimates"
        " without any; every estimate has clean lines and near-misses beside. `python -m proofs norms` runs it; the"
        " lines come from `tests/budget/faulty_lines.py`, which knows what it planted and asks nothing of the checks.",
        "",
        f"Found: {whole.found:.4f}, at least {FOUND}. Clean lines stopped: {whole.falsely:.4f}"
        f" ({whole.stopped['clean']} of {whole.clean}), at most {STOPPED}: {holds}.",
        "",
        "Found is what the check tells of on the faulty line by its own kind. Doubles whose words differ by one letter"
        " that makes another word of Vietnamese are told of as possible ones and left to a person: they are found, and"
        f" stop nothing. Of clean lines {whole.stopped['shown']} are shown so. One double in thirty is said in other"
        " words; those that no comparison of words can follow stay among the missed.",
        "",
        "| fault | planted | found | stopped |",
        "| --- | --- | --- | --- |",
        *(f"| {kind} | {whole.planted[kind]} | {whole.hit[kind]} | {whole.held[kind]} |" for kind in KINDS),
        "",
    ]
    if whole.missed:
        lines += ["Missed or stopped falsely:", "", *(f"- {told}" for told in whole.missed[:20]), ""]
    return "\n".join(lines)
