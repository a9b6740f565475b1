"""How near a reading comes to the truth: hits, truth and readings counted per kind of finding."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

KINDS = (
    "header",
    "citations",
    "cited dates",
    "tasks",
    "sections",
    "lead",
    "coordinating",
    "deadline",
    "recipients",
    "signature",
)
SPELLED = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("mặt trận tổ quốc", "mttq"),
    ("thành phố", "tp"),
)
TONES = "\u0300\u0301\u0303\u0309\u0323"
REACH = 12  # letters by which a task may begin after its anchor: a label read as part of the item


@dataclass(frozen=True)
class Count:
    """What both have, what the truth has, what was read."""

    hit: int = 0
    true: int = 0
    read: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.hit + other.hit, self.true + other.true, self.read + other.read)

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.true + self.read) if self.true + self.read else 1.0


def count(true: Iterable[Any], read: Iterable[Any]) -> Count:
    """Counts two bags against each other; each finding can be hit once."""
    wanted, got = Counter(true), Counter(read)
    return Count((wanted & got).total(), wanted.total(), got.total())


def syllable(word: str) -> str:
    """A syllable with its tone at the end: "hòa" and "hoà" are one."""
    parts = unicodedata.normalize("NFD", word)
    base = "".join(c for c in parts if c not in TONES)
    return unicodedata.normalize("NFC", base) + "".join(c for c in parts if c in TONES)


def folded(name: str) -> str:
    """A name as a clerk compares it: case, marks, the tone's place, "và", "các" and short forms do not count."""
    words = re.sub(r"[^\w]+", " ", unicodedata.normalize("NFC", name).lower()).split()
    plain = " ".join(syllable(word) for word in words if word != "và").removeprefix(syllable("các") + " ")
    for long, short in SHORT:
        plain = plain.replace(long, short)
    return plain


SHORT = tuple((" ".join(map(syllable, long.split())), short) for long, short in SPELLED)


def letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, small and without marks, since "uỷ" and "ủy" are one; and where each stands."""
    kept = [(unicodedata.normalize("NFD", c)[0].lower(), place) for place, c in enumerate(text) if c.isalnum()]
    return "".join(c for c, _ in kept), [place for _, place in kept]


def value(finding: Any) -> str | None:
    return finding["value"] if finding else None


def header(gold: dict[str, Any], reading: dict[str, Any]) -> Count:
    total = Count()
    for key, true in gold["header"].items():
        read = value(reading["header"][key])
        if key in ("issuer", "title"):
            true, read = (folded(x)[:80] if x else None for x in (true, read))
        total += count([true] if true else [], [read] if read else [])
    return total


def paired(gold: dict[str, Any], reading: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each true task with the smallest reading that its first words stand in; each reading is given once."""
    small, places = letters(reading["text"])
    free = list(reading["tasks"])
    cursor, pairs = 0, []
    for true in gold["tasks"]:
        anchor, _ = letters(true["anchor"])
        found = small.find(anchor, cursor)
        if found < 0:
            found = small.find(anchor)
        if found < 0 and reading["source"]["ocr"]:  # a letter was recognised wrongly: it counts as not read
            pairs.append((true, None))
            continue
        if found < 0:
            raise LookupError(f"{gold['file']}: the text as read does not hold: {true['anchor']}")
        cursor, place = found + 1, places[found]
        around = [t for t in free if t["at"][0] <= place + REACH and place < t["at"][1]]
        best = min(around, key=lambda t: t["at"][1] - t["at"][0], default=None)
        if best is not None:
            free.remove(best)
        pairs.append((true, best))
    return pairs


def due(deadline: dict[str, Any]) -> tuple[Any, ...]:
    return deadline["kind"], deadline["value"], deadline["every"]


def section(label: str | None) -> str:
    return re.sub(r"[\s.)]+", ".", label or "").strip(".").lower()


def score(gold: dict[str, Any], reading: dict[str, Any]) -> dict[str, Count]:
    """Scores one reading in the contract's shape. An unread task loses its section, units and deadline too."""
    dates = {c["code"]: c["date"] for c in gold["citations"]}
    cited = {c["code"]: c["date"] for c in reading["citations"]}
    scores = dict.fromkeys(KINDS, Count())
    scores["header"] = header(gold, reading)
    scores["citations"] = count(list(dates), list(cited))
    scores["cited dates"] = count(
        [(c, d) for c, d in dates.items() if d], [(c, d) for c, d in cited.items() if d and c in dates]
    )
    scores["recipients"] = count(map(folded, gold["recipients"]), (folded(r["value"]) for r in reading["recipients"]))
    signed, read_name = gold["signature"]["name"], value(reading["signature"]["name"])
    scores["signature"] = count([folded(signed)] if signed else [], [folded(read_name)] if read_name else [])
    pairs = paired(gold, reading)
    scores["tasks"] = Count(sum(got is not None for _, got in pairs), len(gold["tasks"]), len(reading["tasks"]))
    for true, got in pairs:
        if true["label"]:
            scores["sections"] += count([section(true["label"])], [section(got["section"])] if got else [])
        for role in ("lead", "coordinating"):
            scores[role] += count(map(folded, true[role]), (folded(u["value"]) for u in got[role]) if got else ())
        scores["deadline"] += count([due(true["deadline"])], [due(got["deadline"])] if got else [])
    return scores


def differences(gold: dict[str, Any], reading: dict[str, Any]) -> list[str]:
    """What a person should look at, a sentence each: for the message of a test that fails."""
    found = []
    for key, true in gold["header"].items():
        read = value(reading["header"][key])
        if (true or read) and (not true or not read or folded(true)[:80] != folded(read)[:80]):
            found.append(f"header {key}: {true!r}, read {read!r}")
    for kind, true_bag, read_bag in (
        ("citation", [c["code"] for c in gold["citations"]], [c["code"] for c in reading["citations"]]),
        (
            "cited date",
            [(c["code"], c["date"]) for c in gold["citations"]],
            [(c["code"], c["date"]) for c in reading["citations"]],
        ),
        ("recipient", list(map(folded, gold["recipients"])), [folded(r["value"]) for r in reading["recipients"]]),
    ):
        found += [f"{kind} not read: {x}" for x in (Counter(true_bag) - Counter(read_bag))]
        found += [f"{kind} not true: {x}" for x in (Counter(read_bag) - Counter(true_bag))]
    if (gold["signature"]["name"] or "") != (value(reading["signature"]["name"]) or ""):
        found.append(f"signature: {gold['signature']['name']}, read {value(reading['signature']['name'])}")
    pairs = paired(gold, reading)
    taken = [got["id"] for _, got in pairs if got]
    found += [f"task not true: {t['section']} {t['text'][:70]!r}" for t in reading["tasks"] if t["id"] not in taken]
    for true, got in pairs:
        where = f"{true['label']} {true['anchor'][:45]!r}"
        if got is None:
            found.append(f"task not read: {where}")
            continue
        if true["label"] and section(true["label"]) != section(got["section"]):
            found.append(f"section of {where}: read {got['section']}")
        for role in ("lead", "coordinating"):
            if Counter(map(folded, true[role])) != Counter(folded(u["value"]) for u in got[role]):
                found.append(f"{role} of {where}: {true[role]}, read {[u['value'] for u in got[role]]}")
        if due(true["deadline"]) != due(got["deadline"]):
            found.append(f"deadline of {where}: {due(true['deadline'])}, read {due(got['deadline'])}")
    return found
