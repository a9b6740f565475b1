"""The cascade: which directive comes down from which, as layers from the highest to the last. PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xulang.registry.enums import EffectKind, Relation

MOST = 60  # directives in one picture; what is left out is told


@dataclass(frozen=True, slots=True)
class Paper:
    """A directive in the cascade: one that the office holds (`id`), or one that is only cited."""

    key: str
    code: str
    title: str = ""
    issuer: str = ""
    type: str = ""
    date: str = ""
    id: int | None = None
    here: bool = False
    effect: EffectKind | None = None
    effect_sure: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """`below` cites `above`, and how."""

    above: str
    below: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Cascade:
    """Layers of directives, the highest first, and the links between them. `left_out` were too many."""

    layers: tuple[tuple[Paper, ...], ...]
    links: tuple[Link, ...]
    left_out: int = 0
    papers: Mapping[str, Paper] = field(default_factory=dict)


def layered(papers: Iterable[Paper], links: Iterable[Link], here: str) -> Cascade:
    """The directives above and below one of them, each at its greatest distance from it.

    What a directive implements stands above it, what implements it below, so every link leads down. Directives that
    are neither above nor below are left out, and so is whatever would make a circle.
    """
    known = {paper.key: paper for paper in papers}
    links = [link for link in dict.fromkeys(links) if {link.above, link.below} <= known.keys()]
    upward: dict[str, list[str]] = {}
    downward: dict[str, list[str]] = {}
    for link in links:
        upward.setdefault(link.below, []).append(link.above)
        downward.setdefault(link.above, []).append(link.below)
    above, below = _distances(here, upward), _distances(here, downward)
    ranks = {key: n for key, n in below.items() if key not in above} | {key: -n for key, n in above.items()}
    kept = sorted(ranks, key=lambda key: (abs(ranks[key]), known[key].id is None, known[key].code))[:MOST]
    places: dict[int, list[Paper]] = {}
    for key in kept:
        places.setdefault(ranks[key], []).append(known[key])
    layers = tuple(tuple(sorted(places[rank], key=lambda paper: (paper.date, paper.code))) for rank in sorted(places))
    shown = tuple(
        link for link in links if {link.above, link.below} <= set(kept) and ranks[link.above] < ranks[link.below]
    )
    return Cascade(layers, shown, len(ranks) - len(kept), {key: known[key] for key in kept})


def _distances(start: str, steps: Mapping[str, list[str]]) -> dict[str, int]:
    """The greatest number of steps from the start to each, never over one paper twice."""
    found = {start: 0}
    waiting: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
    while waiting:
        key, way = waiting.pop()
        for following in steps.get(key, ()):
            if following not in way and found.get(following, -1) < len(way) <= MOST:
                found[following] = len(way)
                waiting.append((following, (*way, following)))
    return found
