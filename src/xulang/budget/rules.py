"""Decisions of the room. PURE: values in, a decision out; money is whole đồng."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from xulang.budget.enums import STOPPING, Fault, Source
from xulang.budget.likeness import Likeness, Paid, likeness
from xulang.budget.norms import Version, documents, grounds, norms
from xulang.plumbing.folding import fold

_CITED = re.compile(r"\b(\d+/\d{4}/[A-ZĐ][A-ZĐa-zđ-]*)")
# Sources whose money somebody else gives: who that is must be told.
_GIVEN = frozenset({Source.INTEGRATED, Source.OTHER, Source.SOCIAL})


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an estimate as the checks see it.

    `unit` and `assignment` say for whose duty it is, `activity` for which activity; `where` names the estimate of a
    line that is another estimate's.
    """

    id: int
    unit: int
    assignment: int
    content: str
    quantity: int
    times: int
    price: int
    amount: int
    source: str
    regular: bool
    activity: int | None = None
    norm: str = ""
    document: str = ""
    basis: str = ""
    origin: str = ""
    where: str = ""

    @property
    def paid(self) -> Paid:
        """What it pays for."""
        return Paid(self.content, (self.quantity, self.times, self.price), self.activity)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a line: the fault, the document and article it goes by, and what the sentence names."""

    line: int
    fault: Fault
    document: str
    article: str
    named: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether it must be mended before the estimate goes on."""
        return self.fault in STOPPING


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A ceiling of the place's own, in force on the days that it is asked of."""

    amount: int
    basis: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What an estimate is judged by: when its plan was approved, and whether it was adjusted to newer norms since."""

    approved_on: dt.date
    adjusted: bool = False
    own: Mapping[str, Ceiling] = field(default_factory=dict)


def seems_regular(cadence: str | None) -> bool:
    """The proposal: what is reported time and again is a regular duty, what is due on one day is not."""
    return cadence is not None


def checked(items: Sequence[Item], others: Iterable[Item], by: Settled) -> list[Finding]:
    """Everything that the checks find of an estimate's lines, in their order; `others` ask for money, or have it."""
    found = [finding for item in items for finding in _of_one(item, by)]
    found += [*_doubles(items, others), *_repeated(items, others)]
    place = {item.id: number for number, item in enumerate(items)}
    return sorted(found, key=lambda finding: (place[finding.line], not finding.stops))


def _of_one(item: Item, by: Settled) -> list[Finding]:
    return [*_sum(item), *_source(item), *_period(item, by), *_ceiling(item, by)]


# --- Sums and sources ---


def _sum(item: Item) -> list[Finding]:
    product = item.quantity * item.times * item.price
    if item.amount == product:
        return []
    return [_finding(item, Fault.SUM, told=item.amount, product=product)]


def _source(item: Item) -> list[Finding]:
    """Part III of the plan: regular duties are paid from regular money, other ones by an estimate of their own."""
    if item.regular and item.source == Source.GRANTED:
        return [_finding(item, Fault.SOURCE, why="regular")]
    if not item.regular and item.source == Source.REGULAR:
        return [_finding(item, Fault.SOURCE, why="other")]
    if item.source in _GIVEN and not item.origin.strip():
        return [Finding(item.id, Fault.SOURCE, *grounds()["ORIGIN"], {"why": "origin"})]
    return []


# --- Norms ---


def _period(item: Item, by: Settled) -> list[Finding]:
    named = {item.document} if item.norm else set()
    named |= {code for code in _CITED.findall(item.basis) if code in documents()}
    may = _in_force(by)
    wrong = sorted(code for code in named if code not in may)
    if not wrong:
        return []
    right = documents()[may[0]].name if may else ""
    return [
        _finding(
            item, Fault.WRONG_PERIOD, told=documents()[wrong[0]].name, right=right, day=f"{by.approved_on:%d/%m/%Y}"
        )
    ]


def _in_force(by: Settled) -> list[str]:
    """The documents that lines may go by: that of the day of approval; first newer ones where the plan was adjusted.

    Thông tư 35/2026/TT-BTC, Điều 35 khoản 4: what was approved before it is settled by the norms of that day, or, where
    the head of the office decides so, adjusted to the newer ones.
    """
    day = [one.code for one in documents().values() if one.holds(by.approved_on)]
    newer = [one.code for one in documents().values() if by.adjusted and one.valid_from > by.approved_on]
    return newer + day


def _ceiling(item: Item, by: Settled) -> list[Finding]:
    if not item.norm:
        seems = next((one for one in norms().values() if any(cue in fold(item.content) for cue in one.words)), None)
        return [_finding(item, Fault.NORM_NEEDED, norm=seems.code)] if seems else []
    version = norms()[item.norm].of(item.document) if item.document in _in_force(by) else None
    if version is None:
        return []  # told as a wrong period
    own = by.own.get(item.norm)
    most = min(
        (amount for amount in (version.ceiling, own.amount if own else None) if amount is not None), default=None
    )
    told: dict[str, int | str] = {"norm": item.norm, "ceiling": most or 0, "price": item.price}
    if most is None:
        return [Finding(item.id, Fault.NO_AMOUNT, version.document.name, version.article, told)]
    if item.price <= most:
        return []
    if own and own.amount == most:
        return [Finding(item.id, Fault.OVER_CEILING, own.basis, "", told)]
    return [Finding(item.id, Fault.OVER_CEILING, version.document.name, version.article, told)]


# --- Double funding ---

_DOUBLE = {Likeness.SAME: Fault.DOUBLE, Likeness.ALIKE: Fault.ALIKE}


def _doubles(items: Sequence[Item], others: Iterable[Item]) -> list[Finding]:
    """Pairs that pay for the same thing: told of the later line of an estimate, or of the one that asks last."""
    found: dict[int, Finding] = {}
    groups: dict[tuple[str, int], list[Item]] = defaultdict(list)
    own = {item.id for item in items}
    for item in [*others, *items]:
        for key in _subjects(item):
            groups[key].append(item)
    for group in groups.values():
        for one, other in combinations(group, 2):
            fault = _DOUBLE.get(likeness(one.paid, other.paid))
            told = found.get(other.id)
            if fault and other.id in own and (told is None or (told.fault, fault) == (Fault.ALIKE, Fault.DOUBLE)):
                found[other.id] = _finding(other, fault, other=one.content, where=one.where)
    return list(found.values())


def _repeated(items: Sequence[Item], others: Iterable[Item]) -> list[Finding]:
    """What is paid for once a delegation, paid for more often. An activity is one delegation's visit.

    Several lines may be one banquet: the guests, and who joins them from our side (Thông tư 35/2026/TT-BTC, Điều 9
    khoản 4). So only what one line says of one visit is certain; the others a person looks at.
    """
    found = []
    before = [other for other in others if _once(other)]
    for item in items:
        if (version := _once(item)) is None:
            continue
        beside = next((one.content for one in before if _may_be_one_visit(one, item)), "")
        before.append(item)
        if item.times > 1 or beside:
            fault = Fault.REPEATED if item.times > 1 and item.activity else Fault.MAY_REPEAT
            told: dict[str, int | str] = {"norm": item.norm, "times": item.times, "other": beside}
            found.append(Finding(item.id, fault, version.document.name, version.article, told))
    return found


def _once(item: Item) -> Version | None:
    version = norms()[item.norm].of(item.document) if item.norm else None
    return version if version and version.once else None


def _may_be_one_visit(one: Item, other: Item) -> bool:
    if one.activity and other.activity:
        return one.activity == other.activity
    return one.assignment == other.assignment


def _subjects(item: Item) -> list[tuple[str, int]]:
    """Under what lines are compared: the duty of a unit, and the activity whoever pays for it."""
    return [("duty", item.assignment), *([("activity", item.activity)] if item.activity else [])]


def _finding(item: Item, fault: Fault, **named: int | str) -> Finding:
    document, article = grounds()[fault]
    return Finding(item.id, fault, document, article, named)
