"""A million amounts are written in words, heard by a reader that shares nothing with the writer, and compared."""

import hashlib
import random
from pathlib import Path

from papers.heard_money import drawn, misspoken, read
from xulang.papers.money_words import MOST, in_words

ROOT = Path(__file__).resolve().parent.parent
AMOUNTS = 1_000_000
SEED = 20261129


def prove(state: Path, result: Path) -> bool:
    """Whether every amount is heard as it was written and none is misspoken. It takes a minute: nothing is kept."""
    chance = random.Random(SEED)
    wrong: list[str] = []
    lengths = [0] * 17
    for dong in (0, MOST, *(drawn(chance) for _ in range(AMOUNTS - 2))):
        words = in_words(dong)
        lengths[len(str(dong))] += 1
        if read(words) != dong or misspoken(words):
            wrong.append(f"{dong}: {words}")
    state.joinpath("wrong.txt").write_text("\n".join(wrong), "utf-8")
    result.write_text(page(wrong, lengths), "utf-8")
    return not wrong


def page(wrong: list[str], lengths: list[int]) -> str:
    """The written result."""
    mark = hashlib.sha256((ROOT / "src/xulang/papers/money_words.py").read_bytes()).hexdigest()[:16]
    lines = [
        "# Money in words",
        "",
        f"{AMOUNTS:,} amounts from 0 to 10^15 đồng, three in ten of them round, drawn with the seed {SEED}."
        " `python -m proofs money_words` runs it. Each is written in words, the words are read back by"
        " `tests/papers/heard_money.py`, which shares nothing with the writer, and are searched for what nobody says"
        " (“hai mươi một”, “mười năm”, “linh tư”, “một trăm năm”).",
        "",
        f"Wrong: {len(wrong)}. **{'DOES NOT HOLD' if wrong else 'Holds'}.** Writer {mark}.",
        "",
        "| digits | amounts |",
        "| --- | --- |",
        *(f"| {digits} | {count:,} |" for digits, count in enumerate(lengths) if count),
        "",
    ]
    return "\n".join(lines + [f"- {one}" for one in wrong[:20]])
